import type { LassoProblem } from '../problem/lasso-problem.js';
import type { GapMonitor } from './duality-gap.js';

/**
 * Rules out columns whose coefficient is 0 in every solution.
 *
 * The dual solution lies within sqrt(2 G nu) of any feasible dual point, G being the gap between it and the best primal
 * value, and nu the smoothness of the loss, 1 for least squares. So where |x_j . s r| + |x_j| sqrt(2 G nu) < t_j, the constraint of column j is slack at the dual solution and w_j = 0.
 * To be called right after an evaluation of the gap.
 *
 * @param problem - the problem; a coefficient that is ruled out is set to 0 and the residual follows
 * @param monitor - the gap, just evaluated
 * @param screened - one byte a column, set to 1 where ruled out
 * @see E. Ndiaye, O. Fercoq, A. Gramfort, J. Salmon, "Gap Safe Screening Rules for Sparsity Enforcing Penalties",
 * JMLR 18(128), 2017
 */
export function screenGapSafe(problem: LassoProblem, monitor: GapMonitor, screened: Uint8Array): void {
  const { design, counts, penalty } = problem;
  const { coefficients: w } = design.work;
  // Primal and dual value are sums of at most m + n terms, each of them and each product right to a few units of rounding
  // a term: both margins keep a support column in that rounding alone would rule out.
  const rounding = 16 * Number.EPSILON * (design.rows + design.cols + 64);
  const gap = Math.max(0, monitor.bestPrimal - monitor.dual) + rounding * problem.loss.zeroValue;
  const radius = Math.sqrt(2 * gap * problem.loss.smoothness);
  for (let j = 0; j < design.cols; j++) {
    if (screened[j] === 1) continue;
    const reach = Math.abs(monitor.scale) * monitor.bound(j) + radius * design.norms[j];
    if (!(reach < penalty.level(j) * (1 - rounding))) continue;
    screened[j] = 1;
    counts.screened++;
    if (w[j] === 0) continue;
    problem.loss.move(problem, j, -w[j]);
    w[j] = 0;
  }
}
