import { DimensionError, requireNumber, requireVector } from '@lemmata/core';
import { type DenseMatrix, linearOperator, type MatrixLike, multiply, toMatrix } from '@lemmata/linalg';

/** What prediction needs of a fit. */
export interface LinearModel {
  /** Coefficients, length n. */
  readonly coefficients: ArrayLike<number>;
  /** Intercept. */
  readonly intercept: number;
}

/** What prediction needs of a fit with several outputs. */
export interface OutputsModel {
  /** Coefficients, shape (n, outputs). */
  readonly coefficients: MatrixLike;
  /** Intercepts, one an output. */
  readonly intercepts: ArrayLike<number>;
}

/**
 * Predicts targets with a fitted linear model: X w + c, or X W + 1 c' where there are several outputs.
 *
 * @param fit - a fit, or anything with `coefficients` (length n, finite) and `intercept` (finite); with several outputs,
 * `coefficients` (shape (n, outputs)) and `intercepts`
 * @param X - matrix of shape (k, n), dense or sparse, all entries finite
 * @returns predictions, length k; with several outputs a dense matrix of shape (k, outputs), row layout
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
export function predict(fit: LinearModel, X: MatrixLike): Float64Array;
export function predict(fit: OutputsModel, X: MatrixLike): DenseMatrix;
export function predict(fit: LinearModel | OutputsModel, X: MatrixLike): Float64Array | DenseMatrix {
  if ('intercepts' in fit) return predictOutputs(fit, X);
  const intercept = requireNumber('fit.intercept', fit.intercept);
  const matrix = toMatrix('X', X);
  const coefficients = requireVector('fit.coefficients', fit.coefficients, matrix.cols, 'columns of X');
  const predictions = new Float64Array(matrix.rows);
  linearOperator(matrix).apply(coefficients, predictions);
  for (let i = 0; i < predictions.length; i++) predictions[i] += intercept;
  return predictions;
}

function predictOutputs(fit: OutputsModel, X: MatrixLike): DenseMatrix {
  const matrix = toMatrix('X', X);
  const coefficients = toMatrix('fit.coefficients', fit.coefficients);
  if (coefficients.rows !== matrix.cols) {
    throw new DimensionError(
      `fit.coefficients: expected ${matrix.cols} rows (columns of X), got ${coefficients.rows}`,
      {
        argument: 'fit.coefficients',
        expected: matrix.cols,
        actual: coefficients.rows,
      },
    );
  }
  const { cols } = coefficients;
  const intercepts = requireVector('fit.intercepts', fit.intercepts, cols, 'columns of fit.coefficients');
  const predictions = multiply(matrix, coefficients);
  for (let e = 0; e < predictions.data.length; e++) predictions.data[e] += intercepts[e % cols];
  return predictions;
}
