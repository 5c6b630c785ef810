import { GapMonitor } from '../src/certificates/duality-gap.js';
import { screenGapSafe } from '../src/certificates/gap-safe-screening.js';
import { lambdaMax, lasso, lassoIterations } from '../src/index.js';
import { lassoProblem, loadProblem } from '../src/problem/lasso-problem.js';
import { openDesign } from '../src/problem/open-design.js';
import { testProblem } from './problems.js';

/** Violations found, and columns screened, over `count` random designs. */
export interface ScreeningOutcome {
  readonly wronglyScreened: number;
  readonly screened: number;
}

/**
 * Screens at every outer iteration of a run and counts screened columns that the solution uses. A column is in the
 * support of every solution when its coefficient is not 0 in a fit of gap 1e-13 and its product with the dual point
 * meets the threshold.
 */
export function screenRandomDesigns(count: number, seed: string): ScreeningOutcome {
  let wronglyScreened = 0;
  let screenedColumns = 0;
  for (let k = 0; k < count; k++) {
    const m = 8 + (k % 17);
    const n = 5 + (k % 29);
    const { rows, sparse, b } = testProblem(`${seed}/${k}`, m, n, k % 3 === 0 ? 0.4 : 1, k % 5 === 0 ? 1 : 0);
    const A = k % 3 === 0 ? sparse : rows;
    const intercept = k % 2 === 0;
    const lambda = lambdaMax(A, b, { intercept }) / [1.5, 4, 20, 100][k % 4];
    const exact = lasso(A, b, { lambda, intercept, tolerance: 1e-13 });
    const opened = openDesign(A, intercept, 'js', true);
    const problem = lassoProblem(opened, b);
    for (const _ of loadProblem(problem, opened, undefined));
    const monitor = new GapMonitor(problem);
    const screened = new Uint8Array(n);
    const threshold = lambda * m;
    problem.active = n;
    problem.design.work.workingSet.set(Array.from({ length: n }, (_, j) => j));
    for (const state of lassoIterations(A, b, { lambda, intercept, algorithm: 'cyclic', tolerance: 1e-13 })) {
      problem.design.work.coefficients.set(state.coefficients);
      for (const _ of monitor.evaluate(threshold));
      screenGapSafe(problem, monitor, threshold, screened);
      for (const j of exact.activeSet) wronglyScreened += screened[j];
    }
    screenedColumns += screened.reduce((sum, value) => sum + value, 0);
    opened.dispose();
  }
  return { wronglyScreened, screened: screenedColumns };
}
