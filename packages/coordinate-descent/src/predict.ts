import { requireNumber, requireVector } from '@lemmata/core';
import { linearOperator, type MatrixLike, toMatrix } from '@lemmata/linalg';

/** What prediction needs of a fit. */
export interface LinearModel {
  /** Coefficients, length n. */
  readonly coefficients: ArrayLike<number>;
  /** Intercept. */
  readonly intercept: number;
}

/**
 * Predicts targets with a fitted linear model: X w + c.
 *
 * @param fit - a fit, or anything with `coefficients` (length n, finite) and `intercept` (finite)
 * @param X - matrix of shape (k, n), dense or sparse, all entries finite
 * @returns predictions, length k
 * @throws DimensionError when X does not have n columns
 * @throws InvalidInputError for entries that are not finite
 * Complexity: O(k n), or O(nonzeros of X).
 *
 * @example
 * ```ts
 * import { lasso, predict } from '@lemmata/coordinate-descent';
 *
 * const fit = lasso([[1, 0], [0, 1], [1, 1]], [1, 2, 3], { lambda: 0.1 });
 * console.log(predict(fit, [[2, 2]]));
 * ```
 * @see {@link lasso}
 */
export function predict(fit: LinearModel, X: MatrixLike): Float64Array {
  const intercept = requireNumber('fit.intercept', fit.intercept);
  const matrix = toMatrix('X', X);
  const coefficients = requireVector('fit.coefficients', fit.coefficients, matrix.cols, 'columns of X');
  const predictions = new Float64Array(matrix.rows);
  linearOperator(matrix).apply(coefficients, predictions);
  for (let i = 0; i < predictions.length; i++) predictions[i] += intercept;
  return predictions;
}
