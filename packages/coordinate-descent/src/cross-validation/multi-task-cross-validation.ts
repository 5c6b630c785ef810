import { type RunOptions, run, runAsync } from '@lemmata/core';
import { type MatrixLike, toMatrix } from '@lemmata/linalg';
import {
  type MultiTaskLassoPathOptions,
  type MultiTaskPathSettings,
  multiTaskPathAlgorithm,
  multiTaskPathSettings,
} from '../groups/multi-task-lasso-algorithm.js';
import { type OutputsPathAnswer, readOutputs } from '../groups/outputs-fit.js';
import type { Family } from './cross-validation-algorithm.js';
import { type FoldOptions, splitOptions } from './cross-validation-options.js';
import {
  knownForms,
  type OutputsCrossValidation,
  outputsCrossValidationAlgorithm,
  outputsPathAt,
  outputsSettings,
} from './outputs-cross-validation.js';
import { takeRows } from './take-rows.js';

/** Options of `multiTaskLassoCrossValidation`. */
export interface MultiTaskLassoCrossValidationOptions
  extends Omit<MultiTaskLassoPathOptions, keyof RunOptions<unknown>>,
    FoldOptions {}

function familyOf(
  A: MatrixLike,
  B: MatrixLike,
  settings: MultiTaskPathSettings,
): Omit<Family<OutputsPathAnswer>, 'intercepts'> {
  const matrix = toMatrix('A', A);
  const { data, cols: k } = readOutputs('B', B, matrix.rows, 'rows of A', 'row');
  const targets = { layout: 'row', rows: matrix.rows, cols: k, data } as const;
  const known = knownForms(settings, matrix.rows, k);
  return {
    matrix,
    outputs: k,
    strata: undefined,
    settings: outputsSettings(settings),
    path: (part, rows, given) =>
      multiTaskPathAlgorithm(part, takeRows(targets, rows), outputsPathAt(settings, given, known.rows(rows))),
    error: (i, forms) =>
      known.add(i, forms).reduce((sum, value, c) => sum + (data[i * k + c] - value) * (data[i * k + c] - value), 0),
  };
}

/**
 * Chooses the penalty weight of a multi-task Lasso by cross-validation.
 *
 * Fits a path on all rows, and one on the rows outside each fold at the same lambdas, and measures the mean of the squared
 * errors of each, |b_i - W'a_i - c|^2 summed over targets, on the rows inside.
 *
 * @param A - matrix of shape (m, n), dense or sparse, all entries finite
 * @param B - targets, shape (m, k), k >= 1, finite
 * @param options - `folds` (default 5), `foldOf`, `rule` (default `'min'`), `seed`, and all options of `multiTaskLassoPath`;
 * `maxIterations` and `tolerance` hold for every fit
 * @returns the errors of every lambda, the one chosen, its coefficients, and the path
 * @throws DimensionError, InvalidInputError as `multiTaskLassoPath`, and for folds that do not fit the rows
 * Complexity: that of folds + 1 paths.
 *
 * @example
 * ```ts
 * import { multiTaskLassoCrossValidation, predict } from '@lemmata/coordinate-descent';
 *
 * const A = Array.from({ length: 30 }, (_, i) => [Math.cos(i), Math.cos(2 * i), Math.cos(3 * i)]);
 * const B = A.map((row, i) => [row[0] + 0.1 * Math.sin(5 * i), row[0] - row[1]]);
 * const chosen = multiTaskLassoCrossValidation(A, B, { numLambdas: 20 });
 * console.log(chosen.lambda, predict(chosen, [[1, 0, 0]]).data);
 * ```
 * @see {@link multiTaskLassoPath}
 */
export function multiTaskLassoCrossValidation(
  A: MatrixLike,
  B: MatrixLike,
  options?: MultiTaskLassoCrossValidationOptions,
): OutputsCrossValidation {
  const { fold, path, limits } = splitOptions(options);
  const settings = multiTaskPathSettings('multiTaskLassoCrossValidation', path);
  return run(() => outputsCrossValidationAlgorithm(familyOf(A, B, settings), fold), limits);
}

/**
 * Chooses a penalty weight like {@link multiTaskLassoCrossValidation} without blocking the event loop for long.
 *
 * Gives the same bits. A and B must not change before the promise is settled.
 *
 * @param A - matrix of shape (m, n)
 * @param B - targets, shape (m, k), finite
 * @param options - as for {@link multiTaskLassoCrossValidation}
 * @returns a promise of the errors and the choice; aborting the signal fulfils it with the folds finished so far
 * @throws never; the promise is rejected with what {@link multiTaskLassoCrossValidation} would throw
 * Complexity: as {@link multiTaskLassoCrossValidation}.
 *
 * @example
 * ```ts
 * import { multiTaskLassoCrossValidationAsync } from '@lemmata/coordinate-descent';
 *
 * const A = Array.from({ length: 20 }, (_, i) => [Math.cos(i), Math.cos(2 * i)]);
 * const B = A.map((row) => [row[0], row[1] - row[0]]);
 * const { lambda } = await multiTaskLassoCrossValidationAsync(A, B, { folds: 3, numLambdas: 10 });
 * console.log(lambda);
 * ```
 * @see {@link multiTaskLassoCrossValidation}
 */
export async function multiTaskLassoCrossValidationAsync(
  A: MatrixLike,
  B: MatrixLike,
  options?: MultiTaskLassoCrossValidationOptions,
): Promise<OutputsCrossValidation> {
  const { fold, path, limits } = splitOptions(options);
  const settings = multiTaskPathSettings('multiTaskLassoCrossValidationAsync', path);
  return await runAsync(() => outputsCrossValidationAlgorithm(familyOf(A, B, settings), fold), limits);
}
