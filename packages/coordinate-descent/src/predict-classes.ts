import { DimensionError, exp } from '@lemmata/core';
import type { DenseMatrix, MatrixLike } from '@lemmata/linalg';
import type { Label } from './labels.js';
import { type LinearModel, type OutputsModel, predict } from './predict.js';

/** What {@link predictProbabilities} and {@link predictClasses} read of a fit. */
export interface TwoClassModel extends LinearModel {
  /** The two classes in order. */
  readonly classes: readonly [Label, Label];
}

/** What they read of a fit with several classes. */
export interface ClassesModel extends OutputsModel {
  /** The classes in order, one an output. */
  readonly classes: readonly Label[];
}

/**
 * Predicts the probability of the second class, 1 / (1 + exp(-(X w + c))), or those of all classes of a softmax regression,
 * exp(z_ic) / sum_d exp(z_id) at Z = X W + 1 c'.
 *
 * @param fit - a logistic regression, or anything with `coefficients`, `intercept` and `classes`; a softmax regression, or
 * anything with `coefficients`, `intercepts` and `classes`
 * @param X - matrix of shape (k, n), dense or sparse, all entries finite
 * @returns probabilities of `fit.classes[1]`, length k, in [0, 1]; of a softmax regression those of all classes, a dense
 * matrix of shape (k, classes), row layout, with rows of sum 1 to rounding
 * @throws DimensionError, InvalidInputError as `predict`
 * Complexity: O(k n), or O(nonzeros of X).
 *
 * @example
 * ```ts
 * import { logisticRegression, predictProbabilities } from '@lemmata/coordinate-descent';
 *
 * const fit = logisticRegression([[1, 0], [0, 1], [1, 1]], [0, 0, 1], { lambda: 0.1 });
 * console.log(predictProbabilities(fit, [[2, 2]]));
 * ```
 * @see {@link logisticRegression}
 */
export function predictProbabilities(fit: TwoClassModel, X: MatrixLike): Float64Array;
export function predictProbabilities(fit: ClassesModel, X: MatrixLike): DenseMatrix;
export function predictProbabilities(fit: TwoClassModel | ClassesModel, X: MatrixLike): Float64Array | DenseMatrix {
  if ('intercepts' in fit) return softmax(predictAll(fit, X));
  return predict(fit, X).map((z) => {
    const e = exp(-Math.abs(z));
    return z >= 0 ? 1 / (1 + e) : e / (1 + e);
  });
}

/**
 * Predicts classes: the second one where the score X w + c is above 0, that is where a logistic regression gives it more than
 * one half; of a softmax regression the most probable one, the first of equal ones.
 *
 * @param fit - a logistic or softmax regression, a classification by the squared hinge, or anything with what
 * {@link predictProbabilities} reads
 * @param X - matrix of shape (k, n), dense or sparse, all entries finite
 * @returns classes, length k
 * @throws DimensionError, InvalidInputError as `predict`
 * Complexity: O(k n), or O(nonzeros of X).
 *
 * @example
 * ```ts
 * import { logisticRegression, predictClasses } from '@lemmata/coordinate-descent';
 *
 * const fit = logisticRegression([[1, 0], [0, 1], [1, 1]], ['a', 'a', 'b'], { lambda: 0.1 });
 * console.log(predictClasses(fit, [[2, 2]]));
 * ```
 * @see {@link logisticRegression}
 */
export function predictClasses(fit: TwoClassModel | ClassesModel, X: MatrixLike): Label[] {
  if ('intercepts' in fit) {
    const { rows, cols, data } = predictAll(fit, X);
    return Array.from({ length: rows }, (_, i) => {
      let best = 0;
      for (let c = 1; c < cols; c++) if (data[i * cols + c] > data[i * cols + best]) best = c;
      return fit.classes[best];
    });
  }
  return Array.from(predict(fit, X), (z) => fit.classes[z > 0 ? 1 : 0]);
}

/** X W + 1 c', with a column for each class. */
function predictAll(fit: ClassesModel, X: MatrixLike): DenseMatrix {
  const scores = predict(fit, X);
  if (fit.classes.length === scores.cols) return scores;
  throw new DimensionError(`fit.classes: expected length ${scores.cols} (outputs), got ${fit.classes.length}`, {
    argument: 'fit.classes',
    expected: scores.cols,
    actual: fit.classes.length,
  });
}

/** Scores to probabilities, row by row, in place. */
function softmax(scores: DenseMatrix): DenseMatrix {
  const { data, cols } = scores;
  for (let at = 0; at < data.length; at += cols) {
    let largest = -Infinity;
    for (let e = at; e < at + cols; e++) largest = Math.max(largest, data[e]);
    let sum = 0;
    for (let e = at; e < at + cols; e++) {
      data[e] = exp(data[e] - largest);
      sum += data[e];
    }
    for (let e = at; e < at + cols; e++) data[e] /= sum;
  }
  return scores;
}
