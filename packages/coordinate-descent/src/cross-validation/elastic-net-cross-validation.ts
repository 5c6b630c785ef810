import { requireVector, run, runAsync } from '@lemmata/core';
import { type MatrixLike, toMatrix } from '@lemmata/linalg';
import { elasticNetPathSettings } from '../elastic-net-options.js';
import { lassoPathAlgorithm } from '../lasso-path-algorithm.js';
import type { LassoPathSettings } from '../lasso-path-options.js';
import { sampleWeights } from '../model-options.js';
import { type CrossValidation, crossValidationAlgorithm, type Family } from './cross-validation-algorithm.js';
import {
  type CrossValidationState,
  type ElasticNetCrossValidationOptions,
  type FoldSettings,
  splitOptions,
} from './cross-validation-options.js';
import { takeRows } from './take-rows.js';

interface Settings {
  readonly fold: FoldSettings;
  readonly path: LassoPathSettings;
  readonly limits: Parameters<typeof run<CrossValidationState, 'error', object>>[1];
}

function settingsOf(entryPoint: string, options: ElasticNetCrossValidationOptions | undefined): Settings {
  const { fold, rest } = splitOptions(options);
  const { signal, onIteration, timeLimitMs, historyEvery, ...others } = rest;
  const path = elasticNetPathSettings(entryPoint, others);
  return { fold, path, limits: limitsOf(rest) };
}

/**
 * The limits of the whole run: `maxIterations` holds for every fit, as in a path.
 *
 * @param rest - the options but for the folds
 * @returns limits for the driver
 */
export function limitsOf(rest: Omit<ElasticNetCrossValidationOptions, keyof FoldSettings>): Settings['limits'] {
  const { signal, onIteration, timeLimitMs = Infinity, historyEvery = 1 } = rest;
  return { maxIterations: Number.MAX_SAFE_INTEGER, timeLimitMs, signal, onIteration, historyEvery };
}

/**
 * Chooses rows of options that have one number a row.
 *
 * @param settings - the options of a path
 * @param rows - which rows; undefined for all
 * @returns the options for these rows
 */
export function settingsFor(settings: LassoPathSettings, rows: Int32Array | undefined): LassoPathSettings {
  if (rows === undefined) return settings;
  const { sampleWeights: weights, offset } = settings;
  return {
    ...settings,
    sampleWeights: weights === undefined ? undefined : Float64Array.from(rows, (i) => weights[i]),
    offset: offset === undefined ? undefined : Float64Array.from(rows, (i) => offset[i]),
  };
}

function familyOf(A: MatrixLike, b: ArrayLike<number>, settings: LassoPathSettings): Family {
  const matrix = toMatrix('A', A);
  const target = requireVector('b', b, matrix.rows, 'rows of A');
  const offset =
    settings.offset === undefined
      ? undefined
      : requireVector('options.offset', settings.offset, matrix.rows, 'rows of A');
  return {
    matrix,
    weights: sampleWeights(settings.sampleWeights, matrix.rows),
    strata: undefined,
    settings,
    path: (rows, given) =>
      rows === undefined
        ? lassoPathAlgorithm(matrix, target, given)
        : lassoPathAlgorithm(
            takeRows(matrix, rows),
            Float64Array.from(rows, (i) => target[i]),
            settingsFor(given, rows),
          ),
    error: (i, z) => {
      const miss = target[i] - z - (offset?.[i] ?? 0);
      return miss * miss;
    },
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
  const { fold, path, limits } = settingsOf('elasticNetCrossValidation', options);
  return run(() => crossValidationAlgorithm(familyOf(A, b, path), fold), limits);
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
  const { fold, path, limits } = settingsOf('elasticNetCrossValidationAsync', options);
  return await runAsync(() => crossValidationAlgorithm(familyOf(A, b, path), fold), limits);
}
