import { type Algorithm, type RunOptions, run, runAsync } from '@lemmata/core';
import { type MatrixLike, toMatrix } from '@lemmata/linalg';
import type { OutputsPathAnswer } from '../groups/outputs-fit.js';
import {
  type SoftmaxPathSettings,
  type SoftmaxRegressionPathOptions,
  softmaxPathAlgorithm,
  softmaxPathSettings,
} from '../groups/softmax-algorithm.js';
import { codeLabels, type Label } from '../labels.js';
import { rowLoss } from '../problem/softmax-row.js';
import type { Family } from './cross-validation-algorithm.js';
import {
  type CrossValidationColumn,
  type CrossValidationState,
  type FoldOptions,
  type FoldSettings,
  splitOptions,
} from './cross-validation-options.js';
import {
  knownForms,
  type OutputsCrossValidation,
  type OutputsCrossValidationAnswer,
  outputsCrossValidationAlgorithm,
  outputsPathAt,
  outputsSettings,
} from './outputs-cross-validation.js';

/** Options of `softmaxRegressionCrossValidation`. */
export interface SoftmaxRegressionCrossValidationOptions
  extends Omit<SoftmaxRegressionPathOptions, keyof RunOptions<unknown>>,
    FoldOptions {}

/** A cross-validation of softmax regressions: plain data. */
export interface SoftmaxCrossValidation extends OutputsCrossValidation {
  /** The classes in order, one an output. */
  readonly classes: readonly Label[];
}

/** Makes the run: its answer has the classes. */
function algorithmOf(
  A: MatrixLike,
  labels: ArrayLike<Label>,
  settings: SoftmaxPathSettings,
  fold: FoldSettings,
): Algorithm<
  CrossValidationState,
  CrossValidationColumn,
  OutputsCrossValidationAnswer & { readonly classes: readonly Label[] }
> {
  const matrix = toMatrix('A', A);
  const { classes, codes } = codeLabels(labels, matrix.rows);
  const known = knownForms(settings, matrix.rows, classes.length);
  const family: Omit<Family<OutputsPathAnswer>, 'intercepts'> = {
    matrix,
    outputs: classes.length,
    strata: codes,
    settings: outputsSettings(settings),
    path: (part, rows, given) => {
      const own = Array.from(rows, (i) => labels[i]);
      return softmaxPathAlgorithm(part, own, outputsPathAt(settings, given, known.rows(rows)));
    },
    error: (i, z) => 2 * rowLoss(known.add(i, z), codes[i]),
  };
  const algorithm = outputsCrossValidationAlgorithm(family, fold);
  return { ...algorithm, answer: () => ({ ...algorithm.answer(), classes }) };
}

/**
 * Chooses the penalty weight of a softmax regression by cross-validation.
 *
 * Fits a path on all rows, and one on the rows outside each fold at the same lambdas, and measures the mean deviance of
 * each, twice log sum_c exp(z_ic) - z_i,y(i), on the rows inside. Folds that are drawn have each class in equal shares.
 *
 * @param A - matrix of shape (m, n), dense or sparse, all entries finite
 * @param labels - classes of the samples, length m: numbers, strings or booleans, two at least
 * @param options - `folds` (default 5), `foldOf`, `rule` (default `'min'`), `seed`, and all options of
 * `softmaxRegressionPath`; `maxIterations` and `tolerance` hold for every fit
 * @returns the errors of every lambda, the one chosen, its coefficients, the path and the classes
 * @throws DimensionError, InvalidInputError as `softmaxRegressionPath`, and for folds that do not fit the rows or hold all rows
 * of a class
 * Complexity: that of folds + 1 paths.
 *
 * @example
 * ```ts
 * import { predictClasses, softmaxRegressionCrossValidation } from '@lemmata/coordinate-descent';
 *
 * const A = Array.from({ length: 60 }, (_, i) => [Math.cos(i), Math.cos(2 * i), Math.cos(3 * i)]);
 * const labels = A.map(([x, y]) => (x > 0.5 ? 'east' : y > 0 ? 'north' : 'west'));
 * const chosen = softmaxRegressionCrossValidation(A, labels, { numLambdas: 10, folds: 3 });
 * console.log(chosen.lambda, predictClasses(chosen, [[1, 0, 0]]));
 * ```
 * @see {@link softmaxRegressionPath}
 */
export function softmaxRegressionCrossValidation(
  A: MatrixLike,
  labels: ArrayLike<Label>,
  options?: SoftmaxRegressionCrossValidationOptions,
): SoftmaxCrossValidation {
  const { fold, path, limits } = splitOptions(options);
  const settings = softmaxPathSettings('softmaxRegressionCrossValidation', path);
  return run(() => algorithmOf(A, labels, settings, fold), limits);
}

/**
 * Chooses a penalty weight like {@link softmaxRegressionCrossValidation} without blocking the event loop for long.
 *
 * Gives the same bits. A and labels must not change before the promise is settled.
 *
 * @param A - matrix of shape (m, n)
 * @param labels - classes of the samples, length m
 * @param options - as for {@link softmaxRegressionCrossValidation}
 * @returns a promise of the errors and the choice; aborting the signal fulfils it with the folds finished so far
 * @throws never; the promise is rejected with what {@link softmaxRegressionCrossValidation} would throw
 * Complexity: as {@link softmaxRegressionCrossValidation}.
 *
 * @example
 * ```ts
 * import { softmaxRegressionCrossValidationAsync } from '@lemmata/coordinate-descent';
 *
 * const A = Array.from({ length: 30 }, (_, i) => [Math.cos(i), Math.cos(2 * i)]);
 * const labels = A.map((_, i) => i % 3);
 * const { lambda } = await softmaxRegressionCrossValidationAsync(A, labels, { folds: 3, numLambdas: 5 });
 * console.log(lambda);
 * ```
 * @see {@link softmaxRegressionCrossValidation}
 */
export async function softmaxRegressionCrossValidationAsync(
  A: MatrixLike,
  labels: ArrayLike<Label>,
  options?: SoftmaxRegressionCrossValidationOptions,
): Promise<SoftmaxCrossValidation> {
  const { fold, path, limits } = splitOptions(options);
  const settings = softmaxPathSettings('softmaxRegressionCrossValidationAsync', path);
  return runAsync(() => algorithmOf(A, labels, settings, fold), limits);
}
