import { run, runAsync } from '@lemmata/core';
import type { MatrixLike } from '@lemmata/linalg';
import type { Label } from '../labels.js';
import { logisticPathAlgorithm } from '../logistic-algorithm.js';
import { logisticPathSettings } from '../logistic-options.js';
import type { TwoClasses } from '../two-classes.js';
import type { CrossValidation } from './cross-validation-algorithm.js';
import { type LogisticCrossValidationOptions, splitOptions } from './cross-validation-options.js';
import { twoClassAlgorithm } from './two-class-algorithm.js';

/** A cross-validation of logistic regressions: plain data. */
export interface LogisticCrossValidation extends CrossValidation {
  /** The two classes in order; the models give the probability of the second one. */
  readonly classes: TwoClasses;
}

/**
 * Chooses the penalty weight of a logistic regression by cross-validation.
 *
 * Fits a path on all rows, and one on the rows outside each fold at the same lambdas, and measures the mean deviance of
 * each, twice the logistic loss, on the rows inside. Folds that are drawn have each class in equal shares.
 *
 * @param A - matrix of shape (m, n), dense or sparse, all entries finite
 * @param labels - classes of the samples, length m, two of them
 * @param options - `folds` (default 5), `foldOf`, `rule` (default `'min'`), `seed`, and all options of
 * `logisticRegressionPath`; `maxIterations` and `tolerance` hold for every fit
 * @returns the errors of every lambda, the one chosen, its coefficients, and the path
 * @throws DimensionError, InvalidInputError as `logisticRegressionPath`, and for folds that do not fit the rows or leave
 * rows of one class alone
 * Complexity: that of folds + 1 paths.
 *
 * @example
 * ```ts
 * import { logisticRegressionCrossValidation, predictClasses } from '@lemmata/coordinate-descent';
 *
 * const A = Array.from({ length: 40 }, (_, i) => [Math.cos(i), Math.cos(2 * i), Math.cos(3 * i)]);
 * const labels = A.map((row) => (row[0] - row[1] > 0 ? 'warm' : 'cold'));
 * const chosen = logisticRegressionCrossValidation(A, labels, { numLambdas: 20 });
 * console.log(chosen.lambda, predictClasses(chosen, [[1, 0, 0]]));
 * ```
 * @see {@link logisticRegressionPath}
 */
export function logisticRegressionCrossValidation(
  A: MatrixLike,
  labels: ArrayLike<Label>,
  options?: LogisticCrossValidationOptions,
): LogisticCrossValidation {
  const { fold, path, limits } = splitOptions(options);
  const settings = logisticPathSettings('logisticRegressionCrossValidation', path);
  return run(() => twoClassAlgorithm(A, labels, logisticPathAlgorithm, settings, fold), limits);
}

/**
 * Chooses a penalty weight like {@link logisticRegressionCrossValidation} without blocking the event loop for long.
 *
 * Gives the same bits. A and labels must not change before the promise is settled.
 *
 * @param A - matrix of shape (m, n)
 * @param labels - classes of the samples, length m, two of them
 * @param options - as for {@link logisticRegressionCrossValidation}
 * @returns a promise of the errors and the choice; aborting the signal fulfils it with the folds finished so far
 * @throws never; the promise is rejected with what {@link logisticRegressionCrossValidation} would throw
 * Complexity: as {@link logisticRegressionCrossValidation}.
 *
 * @example
 * ```ts
 * import { logisticRegressionCrossValidationAsync } from '@lemmata/coordinate-descent';
 *
 * const A = Array.from({ length: 24 }, (_, i) => [Math.cos(i), Math.cos(2 * i)]);
 * const labels = A.map((row) => row[0] > 0);
 * const { lambda } = await logisticRegressionCrossValidationAsync(A, labels, { folds: 3, numLambdas: 10 });
 * console.log(lambda);
 * ```
 * @see {@link logisticRegressionCrossValidation}
 */
export async function logisticRegressionCrossValidationAsync(
  A: MatrixLike,
  labels: ArrayLike<Label>,
  options?: LogisticCrossValidationOptions,
): Promise<LogisticCrossValidation> {
  const { fold, path, limits } = splitOptions(options);
  const settings = logisticPathSettings('logisticRegressionCrossValidationAsync', path);
  return runAsync(() => twoClassAlgorithm(A, labels, logisticPathAlgorithm, settings, fold), limits);
}
