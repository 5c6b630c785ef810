import { requireVector, run, runAsync } from '@lemmata/core';
import { type MatrixLike, toMatrix } from '@lemmata/linalg';
import { elasticNetPathSettings } from '../elastic-net-options.js';
import { lassoPathAlgorithm } from '../lasso-path-algorithm.js';
import type { LassoPathSettings } from '../lasso-path-options.js';
import { type CrossValidation, crossValidationAlgorithm, type Family } from './cross-validation-algorithm.js';
import { type ElasticNetCrossValidationOptions, splitOptions } from './cross-validation-options.js';

function familyOf(A: MatrixLike, b: ArrayLike<number>, settings: LassoPathSettings): Family {
  const matrix = toMatrix('A', A);
  const target = requireVector('b', b, matrix.rows, 'rows of A');
  return {
    matrix,
    outputs: 1,
    strata: undefined,
    settings,
    path: (part, rows, given) =>
      lassoPathAlgorithm(
        part,
        Float64Array.from(rows, (i) => target[i]),
        given,
      ),
    intercepts: ({ intercepts }) => intercepts,
    error: (i, [z]) => (target[i] - z) * (target[i] - z),
  };
}

/**
 * Chooses the penalty weight of an elastic net, or with `l1Ratio: 1` of a Lasso, by cross-validation.
 *
 * Fits a path on all rows, and one on the rows outside each fold at the same lambdas, and measures the mean squared error
 * of each on the rows inside. The coefficients returned are those of the path on all rows at the lambda chosen.
 *
 * @param A - matrix of shape (m, n), dense or sparse, all entries finite
 * @param b - targets, length m, finite
 * @param options - `folds` (default 5), `foldOf`, `rule` (default `'min'`), `seed`, and all options of `elasticNetPath`;
 * `maxIterations` and `tolerance` hold for every fit
 * @returns the errors of every lambda, the one chosen, its coefficients, and the path
 * @throws DimensionError, InvalidInputError as `elasticNetPath`, and for folds that do not fit the rows
 * Complexity: that of folds + 1 paths.
 *
 * @example
 * ```ts
 * import { elasticNetCrossValidation, predict } from '@lemmata/coordinate-descent';
 *
 * const A = Array.from({ length: 30 }, (_, i) => [Math.cos(i), Math.cos(2 * i), Math.cos(3 * i)]);
 * const b = A.map((row, i) => 2 * row[0] - row[2] + 0.1 * Math.cos(7 * i));
 * const chosen = elasticNetCrossValidation(A, b, { l1Ratio: 1, rule: '1se' });
 * console.log(chosen.lambda, chosen.coefficients, predict(chosen, [[1, 0, 0]]));
 * ```
 * @see {@link elasticNetPath}
 */
export function elasticNetCrossValidation(
  A: MatrixLike,
  b: ArrayLike<number>,
  options?: ElasticNetCrossValidationOptions,
): CrossValidation {
  const { fold, path, limits } = splitOptions(options);
  const settings = elasticNetPathSettings('elasticNetCrossValidation', path);
  return run(() => crossValidationAlgorithm(familyOf(A, b, settings), fold), limits);
}

/**
 * Chooses a penalty weight like {@link elasticNetCrossValidation} without blocking the event loop for long.
 *
 * Gives the same bits. A and b must not change before the promise is settled.
 *
 * @param A - matrix of shape (m, n)
 * @param b - targets, length m, finite
 * @param options - as for {@link elasticNetCrossValidation}
 * @returns a promise of the errors and the choice; aborting the signal fulfils it with the folds finished so far
 * @throws never; the promise is rejected with what {@link elasticNetCrossValidation} would throw
 * Complexity: as {@link elasticNetCrossValidation}.
 *
 * @example
 * ```ts
 * import { elasticNetCrossValidationAsync } from '@lemmata/coordinate-descent';
 *
 * const A = Array.from({ length: 20 }, (_, i) => [Math.cos(i), Math.cos(2 * i)]);
 * const { lambda } = await elasticNetCrossValidationAsync(A, A.map((row) => row[0]), { folds: 4, numLambdas: 20 });
 * console.log(lambda);
 * ```
 * @see {@link elasticNetCrossValidation}
 */
export async function elasticNetCrossValidationAsync(
  A: MatrixLike,
  b: ArrayLike<number>,
  options?: ElasticNetCrossValidationOptions,
): Promise<CrossValidation> {
  const { fold, path, limits } = splitOptions(options);
  const settings = elasticNetPathSettings('elasticNetCrossValidationAsync', path);
  return await runAsync(() => crossValidationAlgorithm(familyOf(A, b, settings), fold), limits);
}
