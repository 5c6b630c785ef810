import { randomStream } from '@lemmata/core';
import { toMatrix } from '@lemmata/linalg';
import type { GapMonitor } from '../src/certificates/duality-gap.js';
import { screenGapSafe } from '../src/certificates/gap-safe-screening.js';
import { elasticNetSettings } from '../src/elastic-net-options.js';
import { LassoEngine } from '../src/engine.js';
import { elasticNet, elasticNetIterations, lambdaMax, type ModelOptions } from '../src/index.js';
import { modelProblem, openModel, startAt } from '../src/lasso-algorithm.js';
import { loadProblem } from '../src/problem/lasso-problem.js';
import { testProblem } from './problems.js';

/** Violations found, and columns screened, over `count` random designs. */
export interface ScreeningOutcome {
  readonly wronglyScreened: number;
  readonly screened: number;
}

/** The plain Lasso half of the time, else weights, factors (some 0), bounds and scaled columns in all combinations. */
function model(k: number, m: number, n: number, uniform: () => number): ModelOptions & { l1Ratio: number } {
  if (k % 2 === 0) return { l1Ratio: 1 };
  const bits = Math.floor(uniform() * 32);
  return {
    l1Ratio: (bits & 1) !== 0 ? 0.6 : 1,
    ...((bits & 2) !== 0 && { sampleWeights: Array.from({ length: m }, () => Math.floor(3 * uniform()) + 0.5) }),
    ...((bits & 4) !== 0 && {
      penaltyFactors: Array.from({ length: n }, (_, j) => (j % 7 === 3 ? 0 : 0.5 + uniform())),
    }),
    ...((bits & 8) !== 0 && { lowerBounds: 0, upperBounds: 0.7 }),
    standardize: (bits & 16) !== 0,
  };
}

/**
 * Screens at every outer iteration of a run and counts screened columns that the solution uses. A column is in the
 * support of every solution when its coefficient is not 0 in a fit of gap 1e-13 and its product with the dual point
 * meets the threshold.
 */
export function screenRandomDesigns(count: number, seed: string): ScreeningOutcome {
  let wronglyScreened = 0;
  let screenedColumns = 0;
  const stream = randomStream(`${seed}/models`);
  for (let k = 0; k < count; k++) {
    const m = 8 + (k % 17);
    const n = 5 + (k % 29);
    const { rows, sparse, b } = testProblem(`${seed}/${k}`, m, n, k % 3 === 0 ? 0.4 : 1, k % 5 === 0 ? 1 : 0);
    const A = k % 3 === 0 ? sparse : rows;
    const intercept = k % 4 < 2;
    const shape = { ...model(k, m, n, () => stream.uniform()), intercept };
    const lambda = lambdaMax(A, b, shape) / [1.5, 4, 20, 100][(k >> 1) % 4];
    const options = { ...shape, lambda, tolerance: 1e-13 };
    const exact = elasticNet(A, b, options);
    const settings = elasticNetSettings('elasticNet', { ...options, backend: 'js' });
    const opened = openModel(toMatrix('A', A), settings);
    const problem = modelProblem(opened, b, settings);
    for (const _ of loadProblem(problem, opened, undefined));
    const engine = new LassoEngine(problem);
    startAt(engine, lambda, settings);
    const monitor: GapMonitor = engine.monitor;
    const screened = new Uint8Array(n);
    problem.active = n;
    problem.design.work.workingSet.set(Array.from({ length: n }, (_, j) => j));
    for (const state of elasticNetIterations(A, b, { ...options, algorithm: 'cyclic' })) {
      problem.design.work.coefficients.set(state.coefficients);
      for (const _ of monitor.evaluate());
      screenGapSafe(problem, monitor, screened);
      for (const j of exact.activeSet) wronglyScreened += screened[j];
    }
    screenedColumns += screened.reduce((sum, value) => sum + value, 0);
    opened.dispose();
  }
  return { wronglyScreened, screened: screenedColumns };
}
