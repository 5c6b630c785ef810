import { describe, expect, it } from 'vitest';
import {
  type InclusionResult,
  matrixGame,
  matrixGameAsync,
  matrixGameIterations,
  solveInclusion,
  solveInclusionAsync,
  solveInclusionIterations,
  solveLP,
  solveLPAsync,
  solveLPIterations,
} from '../src/index.js';
import { METHODS } from '../src/solve-inclusion-options.js';
import { affineProblem } from './problems.js';

const problem = affineProblem('endings', { n: 9, d: 4, mu: 0.05, box: 0.2 });
const { inclusion } = problem;
const program = {
  c: [2, 3, 1],
  A: [
    [4, 1, 0],
    [1, 3, 1],
  ],
  rowLower: [8, 6],
};
const payoffs = [
  [0, -1, 2],
  [1, 0, -1],
  [-1, 1, 0],
];

/** Everything but the time. */
function timeless<Result extends { elapsedMs: number }>(result: Result): Omit<Result, 'elapsedMs'> {
  const { elapsedMs, ...rest } = result;
  expect(elapsedMs).toBeGreaterThanOrEqual(0);
  return rest;
}

function last<State, Result>(steps: Generator<State, Result, void>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** A signal that is aborted from its k-th reading on; the first two come before the first slice. */
function abortedAtReading(k: number) {
  let readings = 0;
  return {
    reason: new Error('enough'),
    get aborted() {
      readings++;
      return readings >= k;
    },
  };
}

/** |F(x) + g|, by the definition. */
function residualOf({ x, certificate }: InclusionResult): number {
  const value = problem.matrix.map((row, i) => row.reduce((sum, m, j) => sum + m * x[j], -problem.offset[i]));
  return Math.hypot(...value.map((f, j) => f + certificate.element[j]));
}

describe('the same bits', () => {
  it.each(METHODS)('come from all three forms of solveInclusion, %s', async (method) => {
    const options = { method, seed: 'bits' };
    const whole = timeless(solveInclusion(inclusion, options));
    expect(timeless(await solveInclusionAsync(inclusion, options))).toEqual(whole);
    expect(timeless(last(solveInclusionIterations(inclusion, options)))).toEqual(whole);
    const watched = solveInclusion(inclusion, {
      ...options,
      historyEvery: 3,
      onIteration: (state) => {
        state.x.fill(7);
      },
    });
    expect(watched.x).toEqual(whole.x);
    expect(watched.history.iteration.every((k, i) => k % 3 === 0 || i === watched.history.iteration.length - 1)).toBe(
      true,
    );
  });

  it('come from all three forms of matrixGame and solveLP', async () => {
    const game = timeless(matrixGame(payoffs, { initial: [1, 0, 0, 0, 1, 0] }));
    expect(timeless(await matrixGameAsync(payoffs, { initial: [1, 0, 0, 0, 1, 0] }))).toEqual(game);
    expect(timeless(last(matrixGameIterations(payoffs, { initial: [1, 0, 0, 0, 1, 0] })))).toEqual(game);
    const lp = timeless(solveLP(program));
    expect(timeless(await solveLPAsync(program))).toEqual(lp);
    expect(timeless(last(solveLPIterations(program)))).toEqual(lp);
  });

  it('come from the same seed, whatever its type, and others from another seed', () => {
    const run = (seed: number | string) => solveInclusion(inclusion, { method: 'vr-forb', seed });
    expect(run(42).x).toEqual(run('42').x);
    expect(run(42).x).not.toEqual(run(43).x);
    expect(run(42).seed).toBe('42');
  });
});

describe('the end of a run', () => {
  it('throws the reason of a signal that is aborted at the call', async () => {
    const signal = { aborted: true, reason: new Error('too late') };
    expect(() => solveInclusion(inclusion, { signal })).toThrow('too late');
    expect(() => matrixGame(payoffs, { signal })).toThrow('too late');
    await expect(solveLPAsync(program, { signal })).rejects.toThrow('too late');
  });

  it.each(METHODS)('returns a certified point when aborted, %s', (method) => {
    for (const k of [3, 4, 5, 9]) {
      const result = solveInclusion(inclusion, { method, tolerance: 0, signal: abortedAtReading(k) });
      expect(result.status).toBe('aborted');
      // Sums of 4 products of numbers below 5.
      expect(Math.abs(residualOf(result) - result.certificate.gap)).toBeLessThan(1e-13);
      expect(result.certificate.gap).toBe(Math.min(...result.history.residual));
    }
  });

  it('comes at every limit, with the counts that belong to it', () => {
    const full = solveInclusion(inclusion, { method: 'extragradient', tolerance: 0, maxIterations: 5 });
    expect([full.status, full.iterations]).toEqual(['max-iterations', 5]);
    expect(full.counts).toMatchObject({
      steps: 5,
      fullEvaluations: 11,
      evaluations: 99,
      linearEvaluations: 99,
      resolvents: 11,
    });
    const spent = solveInclusion(inclusion, { method: 'extragradient', tolerance: 0, maxEvaluations: 100 });
    expect([spent.status, spent.counts.evaluations]).toEqual(['max-evaluations', 117]);
    expect(solveInclusion(inclusion, { tolerance: 0, timeLimitMs: 1e-6 }).status).toBe('time-limit');
    const stopped = solveInclusion(inclusion, { tolerance: 0, onIteration: (state) => state.iteration < 2 });
    expect([stopped.status, stopped.iterations]).toEqual(['stopped', 2]);
    const rounds = solveLP(program, { tolerance: 0, maxIterations: 2, checkEvery: 5 });
    expect([rounds.status, rounds.iterations, rounds.counts.steps]).toEqual(['max-iterations', 2, 10]);
  });

  it('is honoured within a slice where steps are many and certificates rare', () => {
    const n = 40000;
    const operator = {
      dimension: 64,
      components: n,
      averageLipschitz: 1,
      full: (z: Float64Array, out: Float64Array) => out.set(z),
      addDifference: (_i: number, z: Float64Array, other: Float64Array, weight: number, out: Float64Array) => {
        for (let j = 0; j < 64; j++) out[j] += weight * (z[j] - other[j]);
      },
    };
    const initial = new Float64Array(64).fill(1);
    const result = solveInclusion({ operator }, { method: 'vr-forb', initial, signal: abortedAtReading(4) });
    expect([result.status, result.iterations]).toEqual(['aborted', 0]);
    expect(result.counts.steps).toBeGreaterThan(0);
    expect(result.counts.steps * 4 * 64).toBeLessThan(2 * 2 ** 20 + 4 * 64 * 2);
  });
});

describe('steps that are too long', () => {
  const constants = { cocoercive: 0.01, averageLipschitz: 0.01, lipschitz: 0.01 };
  const wild = { operator: { ...affineProblem('wild', { n: 9, d: 4, mu: 0.5 }).inclusion.operator, ...constants } };

  it.each(METHODS)('never lead to NaN, %s', (method) => {
    const result = solveInclusion(wild, { method, initial: [1, 2, 3, 4] });
    expect(['diverged', 'converged']).toContain(result.status);
    expect(result.x.every(Number.isFinite)).toBe(true);
    expect(result.certificate.gap).toBeLessThan(Infinity);
  });

  it.each(['vr-halpern', 'halpern'] as const)('are halved until they fit, %s', (method) => {
    const result = solveInclusion(wild, { method, initial: [1, 2, 3, 4] });
    expect(result.status).toBe('converged');
    expect(result.stepSize).toBeLessThan(200);
    expect(solveInclusion(wild, { method, schedule: 'paper', initial: [1, 2, 3, 4] }).status).toBe('diverged');
  });
});

describe('what belongs to the caller', () => {
  it('is never written to', () => {
    const initial = [0.1, 0.2, 0.1, 0];
    const before = structuredClone({ program, payoffs, initial });
    for (const method of METHODS) solveInclusion(inclusion, { method, initial });
    const { x, y } = solveLP(program);
    solveLP(program, { initial: { x, y } });
    matrixGame(payoffs);
    expect({ program, payoffs, initial }).toEqual(before);
  });

  it('gets plain data back', () => {
    for (const result of [solveInclusion(inclusion), solveLP(program), matrixGame(payoffs)]) {
      expect(structuredClone(result)).toEqual(result);
      expect(JSON.parse(JSON.stringify(result)).status).toBe('converged');
    }
  });
});
