import { type BackendChoice, requireVector, resolveOptions } from '@lemmata/core';
import { GapMonitor } from './certificates/duality-gap.js';
import { type LassoProblem, lassoProblem, loadProblem } from './problem/lasso-problem.js';
import { acquireDesign, type DesignLike } from './problem/prepare-design.js';

/** Options of {@link lambdaMax}. */
export interface LambdaMaxOptions {
  /** Whether the model has an intercept; default true, or as a prepared design was prepared. */
  readonly intercept?: boolean;
  /** Which kernels are to run; default `'auto'`. The answer's bits do not depend on it. */
  readonly backend?: BackendChoice;
}

const LAMBDA_MAX_DEFAULTS: {
  readonly intercept: boolean | undefined;
  readonly backend: BackendChoice;
} = Object.freeze({ intercept: undefined, backend: 'auto' });

/**
 * Computes the smallest penalty weight at which all coefficients of the Lasso are 0.
 *
 * That is max_j |a_j . (b - mean b)| / m, without an intercept max_j |a_j . b| / m, rounded up where rounding would let a
 * coefficient in.
 *
 * @param A - matrix of shape (m, n), m and n >= 1, dense or sparse, all entries finite; or a prepared design
 * @param b - targets, length m, finite
 * @param options - `intercept` (default true) and `backend` (default `'auto'`)
 * @returns a number >= 0, in the units of `lambda`
 * @throws DimensionError, InvalidInputError as `lasso` does
 * Complexity: one copy of A and one product A'b.
 *
 * @example
 * ```ts
 * import { lambdaMax, lasso } from '@lemmata/coordinate-descent';
 *
 * const A = [[1, 0], [0, 1], [1, 1]];
 * const b = [1, 2, 3];
 * console.log(lasso(A, b, { lambda: lambdaMax(A, b) }).activeSet.length); // 0
 * ```
 * @see {@link lasso}
 */
export function lambdaMax(A: DesignLike, b: ArrayLike<number>, options?: LambdaMaxOptions): number {
  const settings = resolveOptions('lambdaMax', options, LAMBDA_MAX_DEFAULTS);
  const opened = acquireDesign(A, settings.intercept, settings.backend);
  try {
    const problem = lassoProblem(opened, requireVector('b', b, opened.design.rows, 'rows of A'));
    for (const _ of loadProblem(problem, opened, undefined));
    const monitor = new GapMonitor(problem);
    for (const _ of monitor.evaluate(0));
    return largestUseful(problem, monitor);
  } finally {
    opened.dispose();
  }
}

/**
 * The smallest lambda with all coefficients 0, from an evaluation at zero coefficients and threshold 0.
 *
 * @param problem - the problem
 * @param monitor - just evaluated
 * @returns lambda >= 0, such that m lambda is not below the largest product
 */
export function largestUseful(problem: LassoProblem, monitor: GapMonitor): number {
  const { rows } = problem.design;
  const largest = monitor.largest;
  let lambda = largest / rows;
  while (lambda * rows < largest) lambda += lambda * Number.EPSILON;
  return lambda;
}
