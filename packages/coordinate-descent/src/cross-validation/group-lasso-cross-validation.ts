import { type RunOptions, requireVector, run, runAsync } from '@lemmata/core';
import { type MatrixLike, toMatrix } from '@lemmata/linalg';
import {
  type GroupLassoPathOptions,
  type GroupLassoPathSettings,
  groupLassoPathAlgorithm,
  groupLassoPathSettings,
} from '../groups/group-lasso-path.js';
import { LASSO_PATH_DEFAULTS, type LassoPathSettings } from '../lasso-path-options.js';
import { type CrossValidation, crossValidationAlgorithm, type Family } from './cross-validation-algorithm.js';
import { type FoldOptions, splitOptions } from './cross-validation-options.js';

/** Options of `groupLassoCrossValidation`. */
export interface GroupLassoCrossValidationOptions
  extends Omit<GroupLassoPathOptions, keyof RunOptions<unknown>>,
    FoldOptions {}

/** The options of a path on groups as all cross-validations have them. */
export function groupSettings(settings: GroupLassoPathSettings): LassoPathSettings {
  return { ...LASSO_PATH_DEFAULTS, ...settings, l1Ratio: 1 };
}

/** Those of the path of a fold: its lambdas, and what belongs to its rows. */
export function groupPathAt(settings: GroupLassoPathSettings, given: LassoPathSettings): GroupLassoPathSettings {
  const { lambdas, numLambdas, minRatio, maxNonzeros, minDevianceChange, maxDevianceRatio } = given;
  const where = { lambdas, numLambdas, minRatio, maxNonzeros, minDevianceChange, maxDevianceRatio };
  return { ...settings, ...where, sampleWeights: given.sampleWeights, offset: given.offset };
}

function familyOf(A: MatrixLike, b: ArrayLike<number>, settings: GroupLassoPathSettings): Family {
  const matrix = toMatrix('A', A);
  const target = requireVector('b', b, matrix.rows, 'rows of A');
  return {
    matrix,
    outputs: 1,
    strata: undefined,
    settings: groupSettings(settings),
    path: (part, rows, given) => {
      const own = Float64Array.from(rows, (i) => target[i]);
      return groupLassoPathAlgorithm(part, own, groupPathAt(settings, given));
    },
    intercepts: ({ intercepts }) => intercepts,
    error: (i, [z]) => (target[i] - z) * (target[i] - z),
  };
}

/**
 * Chooses the penalty weight of a group Lasso by cross-validation.
 *
 * Fits a path on all rows, and one on the rows outside each fold at the same lambdas, and measures the mean squared error
 * of each on the rows inside. The coefficients returned are those of the path on all rows at the lambda chosen.
 *
 * @param A - matrix of shape (m, n), dense or sparse, all entries finite
 * @param b - targets, length m, finite
 * @param options - `groups` (required), `folds` (default 5), `foldOf`, `rule` (default `'min'`), `seed`, and all options of
 * `groupLassoPath`; `maxIterations` and `tolerance` hold for every fit
 * @returns the errors of every lambda, the one chosen, its coefficients, and the path
 * @throws DimensionError, InvalidInputError as `groupLassoPath`, and for folds that do not fit the rows
 * Complexity: that of folds + 1 paths.
 *
 * @example
 * ```ts
 * import { groupLassoCrossValidation } from '@lemmata/coordinate-descent';
 *
 * const A = Array.from({ length: 30 }, (_, i) => [Math.cos(i), Math.cos(2 * i), Math.cos(3 * i), Math.cos(5 * i)]);
 * const b = A.map((row, i) => 2 * row[0] - row[1] + 0.1 * Math.cos(7 * i));
 * const chosen = groupLassoCrossValidation(A, b, { groups: [0, 0, 1, 1], numLambdas: 20 });
 * console.log(chosen.status, chosen.foldOf.length); // converged 30
 * ```
 * @see {@link groupLassoPath}
 */
export function groupLassoCrossValidation(
  A: MatrixLike,
  b: ArrayLike<number>,
  options: GroupLassoCrossValidationOptions,
): CrossValidation {
  const { fold, path, limits } = splitOptions(options);
  const settings = groupLassoPathSettings('groupLassoCrossValidation', path as GroupLassoPathOptions);
  return run(() => crossValidationAlgorithm(familyOf(A, b, settings), fold), limits);
}

/**
 * Chooses like {@link groupLassoCrossValidation} without blocking the event loop for long.
 *
 * Minimises the same objectives with the same bits. A and b must not change before the promise is settled.
 *
 * @param A - matrix of shape (m, n)
 * @param b - targets, length m, finite
 * @param options - as for {@link groupLassoCrossValidation}
 * @returns a promise of the errors and the choice; aborting the signal fulfils it with the folds finished so far
 * @throws never; the promise is rejected with what {@link groupLassoCrossValidation} would throw
 * Complexity: as {@link groupLassoCrossValidation}.
 *
 * @example
 * ```ts
 * import { groupLassoCrossValidationAsync } from '@lemmata/coordinate-descent';
 *
 * const A = Array.from({ length: 24 }, (_, i) => [Math.cos(i), Math.cos(2 * i)]);
 * const b = A.map((row) => row[0] - row[1]);
 * const { status } = await groupLassoCrossValidationAsync(A, b, { groups: [0, 0], folds: 3, numLambdas: 5 });
 * console.log(status); // converged
 * ```
 * @see {@link groupLassoCrossValidation}
 */
export async function groupLassoCrossValidationAsync(
  A: MatrixLike,
  b: ArrayLike<number>,
  options: GroupLassoCrossValidationOptions,
): Promise<CrossValidation> {
  const { fold, path, limits } = splitOptions(options);
  const settings = groupLassoPathSettings('groupLassoCrossValidationAsync', path as GroupLassoPathOptions);
  return await runAsync(() => crossValidationAlgorithm(familyOf(A, b, settings), fold), limits);
}
