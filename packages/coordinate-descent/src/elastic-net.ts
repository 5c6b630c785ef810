import { iterate, run, runAsync } from '@lemmata/core';
import { type ElasticNetOptions, elasticNetSettings } from './elastic-net-options.js';
import { lassoAlgorithm } from './lasso-algorithm.js';
import type { LassoFit } from './lasso-fit.js';
import type { LassoState } from './lasso-options.js';
import type { DesignLike } from './problem/prepare-design.js';

/**
 * Fits a linear model with a mixed L1 and ridge penalty and proves how good the fit is.
 *
 * Minimises 1/(2m) |b - A w - c|^2 + lambda (rho |w|_1 + (1 - rho)/2 |w|^2), rho = `l1Ratio`, over coefficients w and an
 * intercept c. The dual value of a point u is b . u - (m/2) |u|^2 - sum_j max(0, |a_j . u| - lambda rho)^2 / (2 lambda
 * (1 - rho)), so that any u (of sum 0 with an intercept) bounds the minimum; the certificate holds the best one met.
 *
 * @param A - matrix of shape (m, n), m and n >= 1, dense or sparse, all entries finite; or a prepared design
 * @param b - targets, length m, finite
 * @param options - `lambda` (required, >= 0), `l1Ratio` (in [0, 1], default 0.5), and all options of `lasso`
 * @returns the fit: the best coefficients met, their objective and certificate, whatever the status
 * @throws DimensionError, InvalidInputError as `lasso`; also for `l1Ratio` out of its range
 * Complexity: that of `lasso`.
 *
 * @example
 * ```ts
 * import { elasticNet } from '@lemmata/coordinate-descent';
 *
 * const fit = elasticNet([[1, 0], [0, 1], [1, 1], [2, 1]], [1, 0, 1, 2], { lambda: 0.1, l1Ratio: 0.7 });
 * console.log(fit.status, fit.coefficients);
 * ```
 * @see H. Zou, T. Hastie, "Regularization and variable selection via the elastic net", JRSS B 67(2), 2005
 */
export function elasticNet(A: DesignLike, b: ArrayLike<number>, options: ElasticNetOptions): LassoFit {
  const settings = elasticNetSettings('elasticNet', options);
  return run(() => lassoAlgorithm(A, b, settings), settings);
}

/**
 * Fits an elastic net like {@link elasticNet}, one outer iteration at a time.
 *
 * Minimises the same objective with the same bits. Yields the same live state after every outer iteration.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param b - targets, length m, finite
 * @param options - as for {@link elasticNet}
 * @returns a generator of states
 * @throws what {@link elasticNet} throws: options at the call, data at the first step
 * Complexity: as {@link elasticNet}.
 *
 * @example
 * ```ts
 * import { elasticNetIterations } from '@lemmata/coordinate-descent';
 *
 * for (const state of elasticNetIterations([[1, 0], [0, 1], [1, 1]], [1, 2, 3], { lambda: 0.1 })) {
 *   console.log(state.iteration, state.relativeGap);
 * }
 * ```
 * @see {@link elasticNet}
 */
export function elasticNetIterations(
  A: DesignLike,
  b: ArrayLike<number>,
  options: ElasticNetOptions,
): Generator<LassoState, LassoFit, void> {
  const settings = elasticNetSettings('elasticNetIterations', options);
  return iterate(() => lassoAlgorithm(A, b, settings), settings);
}

/**
 * Fits an elastic net like {@link elasticNet} without blocking the event loop for long.
 *
 * Minimises the same objective with the same bits. A and b must not change before the promise is settled.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param b - targets, length m, finite
 * @param options - as for {@link elasticNet}
 * @returns a promise of the fit; aborting the signal fulfils it with status `aborted` and the best fit so far
 * @throws never; the promise is rejected with what {@link elasticNet} would throw
 * Complexity: as {@link elasticNet}.
 *
 * @example
 * ```ts
 * import { elasticNetAsync } from '@lemmata/coordinate-descent';
 *
 * const fit = await elasticNetAsync([[1, 0], [0, 1], [1, 1]], [1, 2, 3], { lambda: 0.1 });
 * console.log(fit.status);
 * ```
 * @see {@link elasticNet}
 */
export async function elasticNetAsync(
  A: DesignLike,
  b: ArrayLike<number>,
  options: ElasticNetOptions,
): Promise<LassoFit> {
  const settings = elasticNetSettings('elasticNetAsync', options);
  return await runAsync(() => lassoAlgorithm(A, b, settings), settings);
}
