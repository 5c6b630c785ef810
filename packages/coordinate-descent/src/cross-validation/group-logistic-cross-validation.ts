import { run, runAsync } from '@lemmata/core';
import type { MatrixLike } from '@lemmata/linalg';
import {
  type GroupLassoPathOptions,
  type GroupLassoPathSettings,
  groupLassoPathSettings,
} from '../groups/group-lasso-path.js';
import { groupLogisticPathAlgorithm } from '../groups/group-logistic-algorithm.js';
import type { Label } from '../labels.js';
import { splitOptions } from './cross-validation-options.js';
import { type GroupLassoCrossValidationOptions, groupPathAt, groupSettings } from './group-lasso-cross-validation.js';
import type { LogisticCrossValidation } from './logistic-cross-validation.js';
import { type TwoClassPath, twoClassAlgorithm } from './two-class-algorithm.js';

function groupPath(settings: GroupLassoPathSettings): TwoClassPath {
  return (part, own, given) => groupLogisticPathAlgorithm(part, own, groupPathAt(settings, given));
}

/**
 * Chooses the penalty weight of a logistic regression on groups by cross-validation.
 *
 * Fits a path on all rows, and one on the rows outside each fold at the same lambdas, and measures the mean deviance of
 * each, twice the logistic loss, on the rows inside. Folds that are drawn have each class in equal shares.
 *
 * @param A - matrix of shape (m, n), dense or sparse, all entries finite
 * @param labels - classes of the samples, length m, two of them
 * @param options - `groups` (required), `folds` (default 5), `foldOf`, `rule` (default `'min'`), `seed`, and all options of
 * `groupLogisticRegressionPath`; `maxIterations` and `tolerance` hold for every fit
 * @returns the errors of every lambda, the one chosen, its coefficients, and the path
 * @throws DimensionError, InvalidInputError as `groupLogisticRegressionPath`, and for folds that do not fit the rows or leave
 * rows of one class alone
 * Complexity: that of folds + 1 paths.
 *
 * @example
 * ```ts
 * import { groupLogisticRegressionCrossValidation, predictClasses } from '@lemmata/coordinate-descent';
 *
 * const A = Array.from({ length: 40 }, (_, i) => [Math.cos(i), Math.cos(2 * i), Math.cos(3 * i)]);
 * const labels = A.map((row) => (row[0] - row[1] > 0 ? 'warm' : 'cold'));
 * const chosen = groupLogisticRegressionCrossValidation(A, labels, { groups: [0, 0, 1], numLambdas: 20 });
 * console.log(chosen.lambda, predictClasses(chosen, [[1, 0, 0]]));
 * ```
 * @see {@link groupLogisticRegressionPath}
 */
export function groupLogisticRegressionCrossValidation(
  A: MatrixLike,
  labels: ArrayLike<Label>,
  options: GroupLassoCrossValidationOptions,
): LogisticCrossValidation {
  const { fold, path, limits } = splitOptions(options);
  const settings = groupLassoPathSettings('groupLogisticRegressionCrossValidation', path as GroupLassoPathOptions);
  const whole = groupSettings(settings);
  return run(() => twoClassAlgorithm(A, labels, groupPath(settings), whole, fold), limits);
}

/**
 * Chooses a penalty weight like {@link groupLogisticRegressionCrossValidation} without blocking the event loop for long.
 *
 * Gives the same bits. A and labels must not change before the promise is settled.
 *
 * @param A - matrix of shape (m, n)
 * @param labels - classes of the samples, length m, two of them
 * @param options - as for {@link groupLogisticRegressionCrossValidation}
 * @returns a promise of the errors and the choice; aborting the signal fulfils it with the folds finished so far
 * @throws never; the promise is rejected with what {@link groupLogisticRegressionCrossValidation} would throw
 * Complexity: as {@link groupLogisticRegressionCrossValidation}.
 *
 * @example
 * ```ts
 * import { groupLogisticRegressionCrossValidationAsync } from '@lemmata/coordinate-descent';
 *
 * const A = Array.from({ length: 24 }, (_, i) => [Math.cos(i), Math.cos(2 * i)]);
 * const labels = A.map((row) => row[0] > 0);
 * const options = { groups: [0, 1], folds: 3, numLambdas: 10 };
 * const { lambda } = await groupLogisticRegressionCrossValidationAsync(A, labels, options);
 * console.log(lambda);
 * ```
 * @see {@link groupLogisticRegressionCrossValidation}
 */
export async function groupLogisticRegressionCrossValidationAsync(
  A: MatrixLike,
  labels: ArrayLike<Label>,
  options: GroupLassoCrossValidationOptions,
): Promise<LogisticCrossValidation> {
  const { fold, path, limits } = splitOptions(options);
  const settings = groupLassoPathSettings('groupLogisticRegressionCrossValidationAsync', path as GroupLassoPathOptions);
  const whole = groupSettings(settings);
  return runAsync(() => twoClassAlgorithm(A, labels, groupPath(settings), whole, fold), limits);
}
