import { iterate, run, runAsync } from '@lemmata/core';
import type { Label } from '../labels.js';
import type { DesignLike } from '../problem/prepare-design.js';
import type { TwoClasses } from '../two-classes.js';
import type { GroupLassoFit } from './group-lasso-algorithm.js';
import { type GroupLassoOptions, groupLassoSettings } from './group-lasso-options.js';
import { groupLogisticAlgorithm } from './group-logistic-algorithm.js';
import type { GroupState } from './group-options.js';

/**
 * A fitted logistic regression with a penalty on groups, and its proof: plain data that survives `structuredClone`.
 *
 * `certificate.dual` is a point u with the products of `groupLasso` within their limits, sum 0 if there is an intercept, the
 * signs of the labels and m |u_i| <= h_i, so that the objective cannot get below
 * (1/m) sum_i h_i H(m |u_i| / h_i) - u . o, where H is the entropy -p log p - (1 - p) log(1 - p), h are the sample weights
 * (mean 1) and o the offset. `objective` has the logistic loss in the place of the squares.
 */
export interface GroupLogisticFit extends GroupLassoFit {
  /** The two classes in order; the model gives the probability of the second one. */
  readonly classes: TwoClasses;
}

/**
 * Fits a logistic regression that takes in groups of columns or leaves them out, and proves how good the fit is.
 *
 * Minimises F(w, c) = 1/m sum_i log(1 + exp(-y_i (a_i . w + c))) + lambda (alpha |w|_1 + (1 - alpha) sum_g weight_g |w_g|) over
 * coefficients w and an intercept c, where y_i is -1 for the first class and 1 for the second, w_g are the coefficients of
 * group g and alpha = `l1Share`, 0 by default, by proximal Newton steps on working sets of groups, each a weighted group
 * Lasso. Groups of weight 0 are solved for at every evaluation of the gap. `converged` means that the duality gap of the
 * full problem is at most `tolerance` times F at zero coefficients with the fitted intercept.
 *
 * @param A - matrix of shape (m, n), m and n >= 1, dense or sparse, all entries finite; or a prepared design
 * @param labels - classes of the samples, length m: numbers, strings or booleans, two of them
 * @param options - `lambda` (required, >= 0), `groups` (required), and all options of `groupLasso`
 * @returns the fit: the best coefficients met, their objective and certificate, and the classes
 * @throws DimensionError when labels or options do not fit A
 * @throws InvalidInputError for entries that are not finite, other than two classes, columns in no group or in two, options
 * out of range or unknown
 * Complexity: one copy of A; per Newton step a copy of the working set's columns and the passes of a group Lasso over it,
 * O(m) exponentials; every outer iteration at most one product A'r.
 *
 * @example
 * ```ts
 * import { groupLogisticRegression, predictClasses } from '@lemmata/coordinate-descent';
 *
 * const A = [[1, 0, 1], [0, 1, 0], [1, 1, 2], [2, 1, 1], [0, 2, 1], [3, 0, 0]];
 * const fit = groupLogisticRegression(A, ['no', 'no', 'yes', 'yes', 'no', 'yes'], { lambda: 0.05, groups: [0, 0, 1] });
 * console.log(fit.status, fit.activeGroups, predictClasses(fit, A));
 * ```
 * @see L. Meier, S. van de Geer, P. Buehlmann, "The group lasso for logistic regression", JRSS B 70(1), 2008
 */
export function groupLogisticRegression(
  A: DesignLike,
  labels: ArrayLike<Label>,
  options: GroupLassoOptions,
): GroupLogisticFit {
  const settings = groupLassoSettings('groupLogisticRegression', options);
  return run(() => groupLogisticAlgorithm(A, labels, settings), settings);
}

/**
 * Fits a model like {@link groupLogisticRegression}, one outer iteration at a time.
 *
 * Minimises the same objective with the same bits. Yields the same live state after every outer iteration.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param labels - classes of the samples, length m, two of them
 * @param options - as for {@link groupLogisticRegression}
 * @returns a generator of states
 * @throws what {@link groupLogisticRegression} throws: options at the call, data at the first step
 * Complexity: as {@link groupLogisticRegression}.
 *
 * @example
 * ```ts
 * import { groupLogisticRegressionIterations } from '@lemmata/coordinate-descent';
 *
 * const options = { lambda: 0.1, groups: [[0, 1]] };
 * for (const state of groupLogisticRegressionIterations([[1, 0], [0, 1], [1, 1]], [0, 0, 1], options)) {
 *   console.log(state.iteration, state.relativeGap);
 * }
 * ```
 * @see {@link groupLogisticRegression}
 */
export function groupLogisticRegressionIterations(
  A: DesignLike,
  labels: ArrayLike<Label>,
  options: GroupLassoOptions,
): Generator<GroupState, GroupLogisticFit, void> {
  const settings = groupLassoSettings('groupLogisticRegressionIterations', options);
  return iterate(() => groupLogisticAlgorithm(A, labels, settings), settings);
}

/**
 * Fits a model like {@link groupLogisticRegression} without blocking the event loop for long.
 *
 * Minimises the same objective with the same bits. A and the labels must not change before the promise is settled.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param labels - classes of the samples, length m, two of them
 * @param options - as for {@link groupLogisticRegression}
 * @returns a promise of the fit; aborting the signal fulfils it with status `aborted` and the best fit so far
 * @throws never; the promise is rejected with what {@link groupLogisticRegression} would throw
 * Complexity: as {@link groupLogisticRegression}.
 *
 * @example
 * ```ts
 * import { groupLogisticRegressionAsync } from '@lemmata/coordinate-descent';
 *
 * const options = { lambda: 0.1, groups: [0, 0] };
 * const fit = await groupLogisticRegressionAsync([[1, 0], [0, 1], [1, 1]], [false, false, true], options);
 * console.log(fit.status); // converged
 * ```
 * @see {@link groupLogisticRegression}
 */
export async function groupLogisticRegressionAsync(
  A: DesignLike,
  labels: ArrayLike<Label>,
  options: GroupLassoOptions,
): Promise<GroupLogisticFit> {
  const settings = groupLassoSettings('groupLogisticRegressionAsync', options);
  return await runAsync(() => groupLogisticAlgorithm(A, labels, settings), settings);
}
