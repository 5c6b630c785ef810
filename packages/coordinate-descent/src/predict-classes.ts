import { exp } from '@lemmata/core';
import type { MatrixLike } from '@lemmata/linalg';
import type { Label } from './labels.js';
import { type LinearModel, predict } from './predict.js';

/** What {@link predictProbabilities} and {@link predictClasses} read of a fit. */
export interface TwoClassModel extends LinearModel {
  /** The two classes in order. */
  readonly classes: readonly [Label, Label];
}

/**
 * Predicts the probability of the second class: 1 / (1 + exp(-(X w + c))).
 *
 * @param fit - a logistic regression, or anything with `coefficients`, `intercept` and `classes`
 * @param X - matrix of shape (k, n), dense or sparse, all entries finite
 * @returns probabilities of `fit.classes[1]`, length k, in [0, 1]
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
export function predictProbabilities(fit: TwoClassModel, X: MatrixLike): Float64Array {
  return predict(fit, X).map((z) => {
    const e = exp(-Math.abs(z));
    return z >= 0 ? 1 / (1 + e) : e / (1 + e);
  });
}

/**
 * Predicts classes: the second one where its probability is above one half.
 *
 * @param fit - a logistic regression, or anything with `coefficients`, `intercept` and `classes`
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
export function predictClasses(fit: TwoClassModel, X: MatrixLike): Label[] {
  return Array.from(predict(fit, X), (z) => fit.classes[z > 0 ? 1 : 0]);
}
