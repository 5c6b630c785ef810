import { iterate, run, runAsync } from '@lemmata/core';
import { makeHuberLoss } from './huber-loss.js';
import { type HuberRegressionOptions, huberSettings } from './huber-options.js';
import type { LassoFit } from './lasso-fit.js';
import type { LassoState } from './lasso-options.js';
import type { DesignLike } from './problem/prepare-design.js';
import { rowLossAlgorithm } from './row-loss-algorithm.js';

/**
 * Fits a linear model whose loss is Huber's, with an L1 penalty or a mixed one, and proves how good the fit is: rows far off
 * pull no harder than rows at the distance `epsilon`.
 *
 * Minimises F(w, c) = 1/m sum_i h_i H(a_i . w + c + o_i - b_i) + lambda (rho |w|_1 + (1 - rho)/2 |w|^2), rho = `l1Ratio`, over
 * coefficients w and an intercept c, where H(r) = r^2 / 2 for |r| <= epsilon and epsilon (|r| - epsilon / 2) beyond, h are the
 * sample weights (mean 1) and o the offset, by proximal Newton steps on working sets; the intercept and columns without
 * penalty are solved for at every evaluation. Every u of length m with |m u_i| <= epsilon h_i, and sum 0 if there is an
 * intercept, gives the lower bound D(u) = u . (b - o) - (m/2) sum_i u_i^2 / h_i - sum_j g_j*(a_j . u) of the minimal objective,
 * where g_j* is 0 where |a_j . u| <= lambda; `certificate.dual` is such a point. `converged` means that the duality gap of the
 * full problem is at most `tolerance` times F at zero coefficients with the fitted intercept.
 *
 * @param A - matrix of shape (m, n), m and n >= 1, dense or sparse, all entries finite; or a prepared design
 * @param b - targets, length m, finite
 * @param options - `lambda` (required, >= 0), `epsilon` (> 0, in the units of b, default 1.35, meant for errors of standard
 * deviation 1), `l1Ratio` (in [0, 1], default 1), and all options of `lasso` but `algorithm`; `standardize` goes by variances
 * that do not know how far off a row is
 * @returns the fit: the best coefficients met, their objective and certificate
 * @throws DimensionError when b or options do not fit A
 * @throws InvalidInputError for entries that are not finite, options out of range or unknown, and a bounded coefficient
 * without penalty
 * Complexity: one copy of A; per Newton step a copy of the working set's columns and a least squares fit on it; every outer
 * iteration at most one product A'r. Steps become many where epsilon and lambda are so small that as many coefficients as rows
 * are not 0.
 *
 * @example
 * ```ts
 * import { huberRegression, predict } from '@lemmata/coordinate-descent';
 *
 * const A = [[0], [1], [2], [3], [4], [5]];
 * const fit = huberRegression(A, [0, 1, 2, 3, 4, 50], { lambda: 0.01, epsilon: 0.5 });
 * console.log(fit.status, fit.coefficients, predict(fit, [[6]])); // 50 counts as an outlier
 * ```
 * @see P. J. Huber, "Robust Estimation of a Location Parameter", Annals of Mathematical Statistics 35, 1964
 * @see G.-X. Yuan, C.-H. Ho, C.-J. Lin, "An Improved GLMNET for L1-regularized Logistic Regression", JMLR 13, 2012
 */
export function huberRegression(A: DesignLike, b: ArrayLike<number>, options: HuberRegressionOptions): LassoFit {
  const { epsilon, settings } = huberSettings('huberRegression', options);
  return run(() => rowLossAlgorithm(A, settings, makeHuberLoss(b, epsilon)), settings);
}

/**
 * Fits a model like {@link huberRegression}, one outer iteration at a time.
 *
 * Minimises the same objective with the same bits. Yields the same live state after every outer iteration.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param b - targets, length m, finite
 * @param options - as for {@link huberRegression}
 * @returns a generator of states
 * @throws what {@link huberRegression} throws: options at the call, data at the first step
 * Complexity: as {@link huberRegression}.
 *
 * @example
 * ```ts
 * import { huberRegressionIterations } from '@lemmata/coordinate-descent';
 *
 * for (const state of huberRegressionIterations([[1, 0], [0, 1], [1, 1]], [1, 2, 30], { lambda: 0.1 })) {
 *   console.log(state.iteration, state.relativeGap);
 * }
 * ```
 * @see {@link huberRegression}
 */
export function huberRegressionIterations(
  A: DesignLike,
  b: ArrayLike<number>,
  options: HuberRegressionOptions,
): Generator<LassoState, LassoFit, void> {
  const { epsilon, settings } = huberSettings('huberRegressionIterations', options);
  return iterate(() => rowLossAlgorithm(A, settings, makeHuberLoss(b, epsilon)), settings);
}

/**
 * Fits a model like {@link huberRegression} without blocking the event loop for long.
 *
 * Minimises the same objective with the same bits. A and b must not change before the promise is settled.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param b - targets, length m, finite
 * @param options - as for {@link huberRegression}
 * @returns a promise of the fit; aborting the signal fulfils it with status `aborted` and the best fit so far
 * @throws never; the promise is rejected with what {@link huberRegression} would throw
 * Complexity: as {@link huberRegression}.
 *
 * @example
 * ```ts
 * import { huberRegressionAsync } from '@lemmata/coordinate-descent';
 *
 * const fit = await huberRegressionAsync([[1, 0], [0, 1], [1, 1]], [1, 2, 30], { lambda: 0.1 });
 * console.log(fit.status);
 * ```
 * @see {@link huberRegression}
 */
export async function huberRegressionAsync(
  A: DesignLike,
  b: ArrayLike<number>,
  options: HuberRegressionOptions,
): Promise<LassoFit> {
  const { epsilon, settings } = huberSettings('huberRegressionAsync', options);
  return await runAsync(() => rowLossAlgorithm(A, settings, makeHuberLoss(b, epsilon)), settings);
}
