import { iterate, run, runAsync } from '@lemmata/core';
import { squaredHingeLoss } from './blocks/functions/row-loss.js';
import type { Label } from './labels.js';
import type { LassoFit } from './lasso-fit.js';
import type { LassoState } from './lasso-options.js';
import { type LogisticOptions, logisticSettings } from './logistic-options.js';
import { ParabolaLoss } from './problem/parabola-loss.js';
import type { DesignLike } from './problem/prepare-design.js';
import { type MakeSignLoss, type TwoClasses, twoClassFitAlgorithm } from './two-classes.js';

/** Options of a single fit with the squared hinge: those of a logistic regression. */
export type SquaredHingeClassificationOptions = LogisticOptions;

/** A fitted classification by the squared hinge with its proof: plain data that survives `structuredClone`. */
export interface SquaredHingeFit extends LassoFit {
  /** The two classes in order; a score above 0 means the second one. */
  readonly classes: TwoClasses;
}

/** Makes the squared hinge of signs. */
export const makeSquaredHinge: MakeSignLoss = ({ design, penalty, weights, offset }, target) =>
  new ParabolaLoss(design, penalty, squaredHingeLoss, { target, weights, offset, origin: 0 });

/**
 * Fits a linear classifier of two classes with the squared hinge loss and an L1 penalty, or a mixed one, and proves how good
 * the fit is: a linear support vector machine with squared slacks and few coefficients.
 *
 * Minimises F(w, c) = 1/m sum_i h_i/2 max(0, 1 - s_i (a_i . w + c + o_i))^2 + lambda (rho |w|_1 + (1 - rho)/2 |w|^2),
 * rho = `l1Ratio`, over coefficients w and an intercept c, where s_i is -1 for the first class and 1 for the second, h are the
 * sample weights (mean 1) and o the offset, by proximal Newton steps on working sets; the intercept, which is not penalised,
 * and columns without penalty are solved for at every evaluation. Every u of length m with s_i u_i >= 0, and sum 0 if there is
 * an intercept, gives the lower bound D(u) = sum_i u_i (s_i - o_i) - (m/2) sum_i u_i^2 / h_i - sum_j g_j*(a_j . u) of the minimal
 * objective, where g_j* is 0 where |a_j . u| <= lambda; `certificate.dual` is such a point. `converged` means that the duality
 * gap of the full problem is at most `tolerance` times F at zero coefficients with the fitted intercept.
 *
 * @param A - matrix of shape (m, n), m and n >= 1, dense or sparse, all entries finite; or a prepared design
 * @param labels - classes of the samples, length m: numbers, strings or booleans, two of them
 * @param options - `lambda` (required, >= 0; liblinear's C is 1 / (2 m lambda)), `l1Ratio` (in [0, 1], default 1), and all
 * options of `lasso` but `algorithm`
 * @returns the fit: the best coefficients met, their objective and certificate, and the classes, for `predictClasses`; scores
 * are no probabilities
 * @throws DimensionError when labels or options do not fit A
 * @throws InvalidInputError for entries that are not finite, other than two classes, options out of range or unknown, and a
 * bounded coefficient without penalty
 * Complexity: one copy of A; per Newton step a copy of the working set's columns and a least squares fit on it; every outer
 * iteration at most one product A'r.
 *
 * @example
 * ```ts
 * import { predictClasses, squaredHingeClassification } from '@lemmata/coordinate-descent';
 *
 * const A = [[1, 0], [0, 1], [1, 1], [2, 1], [0, 2], [3, 0]];
 * const fit = squaredHingeClassification(A, ['no', 'no', 'yes', 'yes', 'no', 'yes'], { lambda: 0.05 });
 * console.log(fit.status, fit.coefficients, predictClasses(fit, [[3, 1], [0, 3]]));
 * ```
 * @see R.-E. Fan, K.-W. Chang, C.-J. Hsieh, X.-R. Wang, C.-J. Lin, "LIBLINEAR: A Library for Large Linear Classification",
 * JMLR 9, 2008
 * @see G.-X. Yuan, C.-H. Ho, C.-J. Lin, "An Improved GLMNET for L1-regularized Logistic Regression", JMLR 13, 2012
 */
export function squaredHingeClassification(
  A: DesignLike,
  labels: ArrayLike<Label>,
  options: SquaredHingeClassificationOptions,
): SquaredHingeFit {
  const settings = logisticSettings('squaredHingeClassification', options);
  return run(() => twoClassFitAlgorithm(A, labels, settings, makeSquaredHinge), settings);
}

/**
 * Fits a classifier like {@link squaredHingeClassification}, one outer iteration at a time.
 *
 * Minimises the same objective with the same bits. Yields the same live state after every outer iteration.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param labels - classes of the samples, length m
 * @param options - as for {@link squaredHingeClassification}
 * @returns a generator of states
 * @throws what {@link squaredHingeClassification} throws: options at the call, data at the first step
 * Complexity: as {@link squaredHingeClassification}.
 *
 * @example
 * ```ts
 * import { squaredHingeClassificationIterations } from '@lemmata/coordinate-descent';
 *
 * for (const state of squaredHingeClassificationIterations([[1, 0], [0, 1], [1, 1]], [0, 0, 1], { lambda: 0.1 })) {
 *   console.log(state.iteration, state.relativeGap);
 * }
 * ```
 * @see {@link squaredHingeClassification}
 */
export function squaredHingeClassificationIterations(
  A: DesignLike,
  labels: ArrayLike<Label>,
  options: SquaredHingeClassificationOptions,
): Generator<LassoState, SquaredHingeFit, void> {
  const settings = logisticSettings('squaredHingeClassificationIterations', options);
  return iterate(() => twoClassFitAlgorithm(A, labels, settings, makeSquaredHinge), settings);
}

/**
 * Fits a classifier like {@link squaredHingeClassification} without blocking the event loop for long.
 *
 * Minimises the same objective with the same bits. A and the labels must not change before the promise is settled.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param labels - classes of the samples, length m
 * @param options - as for {@link squaredHingeClassification}
 * @returns a promise of the fit; aborting the signal fulfils it with status `aborted` and the best fit so far
 * @throws never; the promise is rejected with what {@link squaredHingeClassification} would throw
 * Complexity: as {@link squaredHingeClassification}.
 *
 * @example
 * ```ts
 * import { squaredHingeClassificationAsync } from '@lemmata/coordinate-descent';
 *
 * const fit = await squaredHingeClassificationAsync([[1, 0], [0, 1], [1, 1]], ['a', 'a', 'b'], { lambda: 0.1 });
 * console.log(fit.status);
 * ```
 * @see {@link squaredHingeClassification}
 */
export async function squaredHingeClassificationAsync(
  A: DesignLike,
  labels: ArrayLike<Label>,
  options: SquaredHingeClassificationOptions,
): Promise<SquaredHingeFit> {
  const settings = logisticSettings('squaredHingeClassificationAsync', options);
  return await runAsync(() => twoClassFitAlgorithm(A, labels, settings, makeSquaredHinge), settings);
}
