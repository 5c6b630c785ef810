import { iterate, run, runAsync } from '@lemmata/core';
import type { Label } from './labels.js';
import type { LassoFit } from './lasso-fit.js';
import type { LassoState } from './lasso-options.js';
import { logisticAlgorithm } from './logistic-algorithm.js';
import { type LogisticOptions, logisticSettings } from './logistic-options.js';
import type { DesignLike } from './problem/prepare-design.js';
import type { TwoClasses } from './two-classes.js';

/**
 * A fitted logistic regression with its proof: plain data that survives `structuredClone`.
 *
 * Every u of length m with sum 0 if there is an intercept, sign of the labels and m |u_i| <= h_i gives the lower bound
 * D(u) = (1/m) sum_i h_i H(m |u_i| / h_i) - u . o - sum_j g_j*(a_j . u) of the minimal objective, where H is the entropy
 * -p log p - (1 - p) log(1 - p), h are the sample weights (mean 1), o the offset, and g_j* is 0 where
 * |a_j . u| <= lambda. `certificate.dual` is such a point.
 */
export interface LogisticFit extends LassoFit {
  /** The two classes in order; the model gives the probability of the second one. */
  readonly classes: TwoClasses;
}

/**
 * Fits a logistic regression with an L1 penalty, or a mixed one, and proves how good the fit is.
 *
 * Minimises F(w, c) = 1/m sum_i log(1 + exp(-y_i (a_i . w + c))) + lambda (rho |w|_1 + (1 - rho)/2 |w|^2), rho = `l1Ratio`,
 * over coefficients w and an intercept c, where y_i is -1 for the first class and 1 for the second, by proximal Newton
 * steps on working sets. `converged` means that the duality gap of the full problem is at most `tolerance` times F at zero
 * coefficients with the fitted intercept.
 *
 * @param A - matrix of shape (m, n), m and n >= 1, dense or sparse, all entries finite; or a prepared design
 * @param labels - classes of the samples, length m: numbers, strings or booleans, two of them
 * @param options - `lambda` (required, >= 0), `l1Ratio` (in [0, 1], default 1), and all options of `lasso` but `algorithm`;
 * `standardize` goes by variances that do not know the sample weights
 * @returns the fit: the best coefficients met, their objective and certificate, and the classes
 * @throws DimensionError when labels or options do not fit A
 * @throws InvalidInputError for entries that are not finite, other than two classes, options out of range or unknown
 * Complexity: one copy of A; per Newton step a copy of the working set's columns and a few passes over it, O(m)
 * exponentials; every outer iteration at most one product A'r.
 *
 * @example
 * ```ts
 * import { logisticRegression, predictProbabilities } from '@lemmata/coordinate-descent';
 *
 * const A = [[1, 0], [0, 1], [1, 1], [2, 1], [0, 2], [3, 0]];
 * const fit = logisticRegression(A, ['no', 'no', 'yes', 'yes', 'no', 'yes'], { lambda: 0.05 });
 * console.log(fit.status, fit.classes, predictProbabilities(fit, A));
 * ```
 * @see G.-X. Yuan, C.-H. Ho, C.-J. Lin, "An Improved GLMNET for L1-regularized Logistic Regression", JMLR 13, 2012
 */
export function logisticRegression(A: DesignLike, labels: ArrayLike<Label>, options: LogisticOptions): LogisticFit {
  const settings = logisticSettings('logisticRegression', options);
  return run(() => logisticAlgorithm(A, labels, settings), settings);
}

/**
 * Fits a logistic regression like {@link logisticRegression}, one outer iteration at a time.
 *
 * Minimises the same objective with the same bits. Yields the same live state after every outer iteration.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param labels - classes of the samples, length m
 * @param options - as for {@link logisticRegression}
 * @returns a generator of states
 * @throws what {@link logisticRegression} throws: options at the call, data at the first step
 * Complexity: as {@link logisticRegression}.
 *
 * @example
 * ```ts
 * import { logisticRegressionIterations } from '@lemmata/coordinate-descent';
 *
 * for (const state of logisticRegressionIterations([[1, 0], [0, 1], [1, 1]], [0, 0, 1], { lambda: 0.1 })) {
 *   console.log(state.iteration, state.relativeGap);
 * }
 * ```
 * @see {@link logisticRegression}
 */
export function logisticRegressionIterations(
  A: DesignLike,
  labels: ArrayLike<Label>,
  options: LogisticOptions,
): Generator<LassoState, LogisticFit, void> {
  const settings = logisticSettings('logisticRegressionIterations', options);
  return iterate(() => logisticAlgorithm(A, labels, settings), settings);
}

/**
 * Fits a logistic regression like {@link logisticRegression} without blocking the event loop for long.
 *
 * Minimises the same objective with the same bits. A and the labels must not change before the promise is settled.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param labels - classes of the samples, length m
 * @param options - as for {@link logisticRegression}
 * @returns a promise of the fit; aborting the signal fulfils it with status `aborted` and the best fit so far
 * @throws never; the promise is rejected with what {@link logisticRegression} would throw
 * Complexity: as {@link logisticRegression}.
 *
 * @example
 * ```ts
 * import { logisticRegressionAsync } from '@lemmata/coordinate-descent';
 *
 * const fit = await logisticRegressionAsync([[1, 0], [0, 1], [1, 1]], [false, false, true], { lambda: 0.1 });
 * console.log(fit.status);
 * ```
 * @see {@link logisticRegression}
 */
export async function logisticRegressionAsync(
  A: DesignLike,
  labels: ArrayLike<Label>,
  options: LogisticOptions,
): Promise<LogisticFit> {
  const settings = logisticSettings('logisticRegressionAsync', options);
  return await runAsync(() => logisticAlgorithm(A, labels, settings), settings);
}
