import type { Algorithm } from '@lemmata/core';
import { type Matrix, type MatrixLike, toMatrix } from '@lemmata/linalg';
import { logisticLoss } from '../blocks/functions/row-loss.js';
import type { Label } from '../labels.js';
import type { LassoPathAnswer } from '../lasso-path-algorithm.js';
import type { LassoPathColumn, LassoPathSettings, LassoPathState } from '../lasso-path-options.js';
import { type TwoClasses, twoClassLabels } from '../two-classes.js';
import { type CrossValidationAnswer, crossValidationAlgorithm } from './cross-validation-algorithm.js';
import type { CrossValidationColumn, CrossValidationState, FoldSettings } from './cross-validation-options.js';

/** Makes the run of a path of logistic regressions on some rows with their labels. */
export type TwoClassPath = (
  A: Matrix,
  labels: readonly Label[],
  settings: LassoPathSettings,
) => Algorithm<LassoPathState, LassoPathColumn, LassoPathAnswer>;

/**
 * Makes the run of a cross-validation of two classes, whose error is the deviance.
 *
 * @param A - the matrix
 * @param labels - the classes of its rows
 * @param path - the paths
 * @param settings - the options of the path on all rows
 * @param fold - the fold options
 * @returns the run, for the driver
 */
export function twoClassAlgorithm(
  A: MatrixLike,
  labels: ArrayLike<Label>,
  path: TwoClassPath,
  settings: LassoPathSettings,
  fold: FoldSettings,
): Algorithm<CrossValidationState, CrossValidationColumn, CrossValidationAnswer & { readonly classes: TwoClasses }> {
  const matrix = toMatrix('A', A);
  const { classes, codes } = twoClassLabels(labels, matrix.rows);
  const algorithm = crossValidationAlgorithm(
    {
      matrix,
      outputs: 1,
      // Both classes have to be there outside every fold.
      strata: codes,
      settings,
      path: (part, rows, given) =>
        path(
          part,
          Array.from(rows, (i) => labels[i]),
          given,
        ),
      intercepts: ({ intercepts }) => intercepts,
      error: (i, [z]) => 2 * logisticLoss.value(z, 2 * codes[i] - 1),
    },
    fold,
  );
  return { ...algorithm, answer: () => ({ ...algorithm.answer(), classes }) };
}
