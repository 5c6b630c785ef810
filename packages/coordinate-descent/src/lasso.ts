import { iterate, run, runAsync } from '@lemmata/core';
import { lassoAlgorithm } from './lasso-algorithm.js';
import type { LassoFit } from './lasso-fit.js';
import { type LassoOptions, type LassoState, lassoSettings } from './lasso-options.js';
import type { DesignLike } from './problem/prepare-design.js';

/**
 * Fits a linear model with an L1 penalty and proves how good the fit is.
 *
 * Minimises F(w, c) = 1/(2m) |b - A w - c|^2 + lambda |w|_1 over coefficients w and an intercept c, by coordinate
 * descent on working sets (default) or over all columns. The run ends as `converged` once the duality gap of the full
 * problem, evaluated at a residual recomputed from the coefficients, is at most `tolerance` times F at zero
 * coefficients; the certificate holds the dual point. Nothing is drawn at random.
 *
 * @param A - matrix of shape (m, n), m and n >= 1, dense or sparse, all entries finite; or a prepared design
 * @param b - targets, length m, finite
 * @param options - `lambda` (required, >= 0), `algorithm`, `intercept` (default true), `tolerance` (default 1e-6),
 * `initial`, `backend`, and the options of a run: `maxIterations` (default 1000), `timeLimitMs`, `signal`,
 * `onIteration`, `historyEvery`
 * @returns the fit: the best coefficients met, their objective and certificate, whatever the status
 * @throws DimensionError when b or `initial` does not fit A, or A has no rows or columns
 * @throws InvalidInputError for entries that are not finite, options out of range or unknown, `ERR_INCOMPATIBLE` and
 * `ERR_STATE` for prepared designs
 * Complexity: one copy of A; every pass costs a product and an update per column of the working set; every outer
 * iteration at most one product A'r. O(m n) memory, O(nonzeros + m + n) when sparse.
 *
 * @example
 * ```ts
 * import { lasso } from '@lemmata/coordinate-descent';
 *
 * const A = [[1, 0], [0, 1], [1, 1], [2, 1]];
 * const fit = lasso(A, [1, 0, 1, 2], { lambda: 0.1 });
 * console.log(fit.status, fit.coefficients, fit.certificate.relativeGap <= 1e-6);
 * ```
 * @see J. Nutini, I. Laradji, M. Schmidt, "Let's Make Block Coordinate Descent Converge Faster: Faster Greedy Rules,
 * Message-Passing, Active-Set Complexity, and Superlinear Convergence", JMLR 23(131), 2022
 */
export function lasso(A: DesignLike, b: ArrayLike<number>, options: LassoOptions): LassoFit {
  const settings = lassoSettings('lasso', options);
  return run(() => lassoAlgorithm(A, b, settings), settings);
}

/**
 * Fits a Lasso like {@link lasso}, one outer iteration at a time.
 *
 * Minimises the same objective with the same bits. Yields the same live state after every outer iteration, the start
 * (iteration 0) and the last one included, and returns the fit. Leaving the loop early releases the memory.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param b - targets, length m, finite
 * @param options - as for {@link lasso}
 * @returns a generator of states
 * @throws what {@link lasso} throws: options at the call, data at the first step
 * Complexity: as {@link lasso}.
 *
 * @example
 * ```ts
 * import { lassoIterations } from '@lemmata/coordinate-descent';
 *
 * for (const state of lassoIterations([[1, 0], [0, 1], [1, 1]], [1, 2, 3], { lambda: 0.1 })) {
 *   console.log(state.iteration, state.relativeGap, state.nonzeros);
 * }
 * ```
 * @see {@link lasso}
 */
export function lassoIterations(
  A: DesignLike,
  b: ArrayLike<number>,
  options: LassoOptions,
): Generator<LassoState, LassoFit, void> {
  const settings = lassoSettings('lassoIterations', options);
  return iterate(() => lassoAlgorithm(A, b, settings), settings);
}

/**
 * Fits a Lasso like {@link lasso} without blocking the event loop for long.
 *
 * Minimises the same objective with the same bits, in slices of about a millisecond; timers, events and `signal` get
 * their turn at least every 16 ms. A and b must not change before the promise is settled.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param b - targets, length m, finite
 * @param options - as for {@link lasso}
 * @returns a promise of the fit; aborting the signal fulfils it with status `aborted` and the best fit so far
 * @throws never; the promise is rejected with what {@link lasso} would throw
 * Complexity: as {@link lasso}.
 *
 * @example
 * ```ts
 * import { lassoAsync } from '@lemmata/coordinate-descent';
 *
 * const signal = AbortSignal.timeout(1000);
 * const fit = await lassoAsync([[1, 0], [0, 1], [1, 1]], [1, 2, 3], { lambda: 0.1, signal });
 * console.log(fit.status);
 * ```
 * @see {@link lasso}
 */
export async function lassoAsync(A: DesignLike, b: ArrayLike<number>, options: LassoOptions): Promise<LassoFit> {
  const settings = lassoSettings('lassoAsync', options);
  return await runAsync(() => lassoAlgorithm(A, b, settings), settings);
}
