import { digestArray, digestJson, type JsonValue } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { ChebCb, heatProblem, heatStep, SmoothThompson, TsallisInf, TunedSolver } from '../src/index.js';

/**
 * SHA-256 of the temperature after 40 steps and of the learnt state, equal in every engine. A change of a digest is a
 * minor version: say so in the changelog.
 */
const STORED: Record<string, string> = {
  sor: 'c60fcbb2712bd233b06e9d830778ef7d63ffd3c5ad0400ccbfcd659233a4108c',
  ssor: 'cbd37eebf502b858b6ddc6046323264bc96ce742b0451444e9d33a31cb01eee5',
  'ssor-cg': '18999130d7a6891ad5b46cc4a8080426a3a089ca39cfcf0beb964dc68252b31b',
};

const context = { min: 0, max: 10 };
const makers = {
  sor: () => new TunedSolver({ method: 'sor', tuner: new TsallisInf({ seed: 1 }) }),
  ssor: () => new TunedSolver({ method: 'ssor', tuner: new ChebCb({ context, seed: 2 }) }),
  'ssor-cg': () => new TunedSolver({ tuner: new SmoothThompson({ context, bins: 4, seed: 3 }) }),
};

describe('stored digests', () => {
  it.each(Object.keys(makers) as (keyof typeof makers)[])('%s', async (name) => {
    const solver = makers[name]();
    const problem = heatProblem({ intervals: 10 });
    let u = problem.initial;
    for (let step = 580; step < 620; step++) {
      const { matrix, rightHandSide, diffusivity } = heatStep(problem, u, step);
      const where = solver.tuner.contextual ? { context: diffusivity } : {};
      u = solver.solve(matrix, rightHandSide, { initial: u, ...where }).x;
    }
    const state = JSON.parse(JSON.stringify(solver.snapshot())) as JsonValue;
    const digest = await digestJson([await digestArray(u), await digestJson(state)]);
    expect({ [name]: digest }).toEqual({ [name]: STORED[name] });
  });
});
