import { run, runAsync } from '@lemmata/core';
import type { Label } from '../labels.js';
import type { LogisticPath } from '../logistic-path.js';
import type { DesignLike } from '../problem/prepare-design.js';
import {
  type GroupLassoLambdaMaxOptions,
  type GroupLassoPathOptions,
  groupLambdaMaxSettings,
  groupLassoPathSettings,
  unlimited,
} from './group-lasso-path.js';
import { groupLogisticPathAlgorithm, groupLogisticTask, openGroupLogistic } from './group-logistic-algorithm.js';
import { groupLambdaMax } from './group-path-algorithm.js';

/**
 * Fits logistic regressions on groups for a falling sequence of penalty weights, each started from the one before.
 *
 * Minimises the objective of `groupLogisticRegression` at every lambda to its own certified gap. The default grid starts at
 * the smallest lambda with all penalised coefficients 0.
 *
 * @param A - matrix of shape (m, n), m and n >= 1, dense or sparse, all entries finite; or a prepared design
 * @param labels - classes of the samples, length m, two of them
 * @param options - `groups` (required), the options of `groupLasso` but `lambda` and `initial`, and those of `lassoPath` that
 * concern lambdas and where to end
 * @returns the path: coefficients as a sparse matrix of shape (n, lambdas finished), one certified gap per lambda, the classes
 * @throws DimensionError, InvalidInputError as `groupLogisticRegression` and `lassoPath`
 * Complexity: that of the fits, after one copy of A.
 *
 * @example
 * ```ts
 * import { groupLogisticRegressionPath } from '@lemmata/coordinate-descent';
 *
 * const A = [[1, 0, 1], [0, 1, 2], [1, 1, 0], [2, 1, 1]];
 * const path = groupLogisticRegressionPath(A, [0, 0, 1, 1], { groups: [0, 0, 1], numLambdas: 10 });
 * console.log(path.status, path.lambdas.length); // converged 10
 * ```
 * @see {@link groupLogisticRegression}
 */
export function groupLogisticRegressionPath(
  A: DesignLike,
  labels: ArrayLike<Label>,
  options: GroupLassoPathOptions,
): LogisticPath {
  const settings = groupLassoPathSettings('groupLogisticRegressionPath', options);
  return run(() => groupLogisticPathAlgorithm(A, labels, settings), unlimited(settings));
}

/**
 * Fits a path like {@link groupLogisticRegressionPath} without blocking the event loop for long.
 *
 * Minimises the same objectives with the same bits. A and the labels must not change before the promise is settled.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param labels - classes of the samples, length m, two of them
 * @param options - as for {@link groupLogisticRegressionPath}
 * @returns a promise of the path; aborting the signal fulfils it with status `aborted` and the lambdas finished so far
 * @throws never; the promise is rejected with what {@link groupLogisticRegressionPath} would throw
 * Complexity: as {@link groupLogisticRegressionPath}.
 *
 * @example
 * ```ts
 * import { groupLogisticRegressionPathAsync } from '@lemmata/coordinate-descent';
 *
 * const options = { groups: [0, 0], lambdas: [0.2, 0.1] };
 * const path = await groupLogisticRegressionPathAsync([[1, 0], [0, 1], [1, 1]], [0, 0, 1], options);
 * console.log(path.statuses); // [converged converged]
 * ```
 * @see {@link groupLogisticRegressionPath}
 */
export async function groupLogisticRegressionPathAsync(
  A: DesignLike,
  labels: ArrayLike<Label>,
  options: GroupLassoPathOptions,
): Promise<LogisticPath> {
  const settings = groupLassoPathSettings('groupLogisticRegressionPathAsync', options);
  return await runAsync(() => groupLogisticPathAlgorithm(A, labels, settings), unlimited(settings));
}

/**
 * Computes the smallest penalty weight at which a logistic regression on groups has all penalised coefficients 0.
 *
 * That is the number of `groupLassoLambdaMax` with r_i = h_i y_i / (1 + exp(y_i z_i)) in the place of the residual, at the
 * fitted intercept, offset and groups of weight 0. It is rounded up where rounding would let a group in.
 *
 * @param A - matrix of shape (m, n), m and n >= 1, dense or sparse, all entries finite; or a prepared design
 * @param labels - classes of the samples, length m, two of them
 * @param options - `groups` (required), `weights`, `l1Share`, `intercept`, `standardize`, `sampleWeights`, `offset`, `backend`
 * @returns a number >= 0, in the units of `lambda`
 * @throws DimensionError, InvalidInputError as `groupLogisticRegression`
 * Complexity: one copy of A and one product A'r.
 *
 * @example
 * ```ts
 * import { groupLogisticRegression, groupLogisticRegressionLambdaMax } from '@lemmata/coordinate-descent';
 *
 * const A = [[1, 0], [0, 1], [1, 1]];
 * const lambda = groupLogisticRegressionLambdaMax(A, [0, 0, 1], { groups: [0, 0] });
 * console.log(groupLogisticRegression(A, [0, 0, 1], { groups: [0, 0], lambda }).activeSet.length); // 0
 * ```
 * @see {@link groupLogisticRegression}
 */
export function groupLogisticRegressionLambdaMax(
  A: DesignLike,
  labels: ArrayLike<Label>,
  options: GroupLassoLambdaMaxOptions,
): number {
  const settings = groupLambdaMaxSettings('groupLogisticRegressionLambdaMax', options);
  return groupLambdaMax(openGroupLogistic(A, settings), (opened) => groupLogisticTask(opened, labels, settings));
}
