import { toMatrix } from '../matrix/to-matrix.js';
import type { Matrix, MatrixLike } from '../matrix/types.js';

/** 2^1023 */
const LARGEST_POWER = 8.98846567431158e307;

/**
 * A power of 2 that brings a size into [1, 2), or as near to it as 2^1023 can: products with it are exact.
 *
 * @param size - a finite number >= 0
 * @returns the power, 1 for 0
 */
export function scaleToOne(size: number): number {
  let scale = 1;
  if (size === 0) return scale;
  while (size * scale >= 2) scale /= 2;
  while (size * scale < 1 && scale < LARGEST_POWER) scale *= 2;
  return scale;
}

/** The largest |x_i|, 0 for none, NaN when an entry is NaN. */
export function largestEntry(x: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < x.length; i++) largest = Math.max(largest, Math.abs(x[i]));
  return largest;
}

/** The 2-norm of a vector of finite numbers, without overflow or underflow on the way. */
export function vectorNorm(x: Float64Array): number {
  const scale = scaleToOne(largestEntry(x));
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    const value = x[i] * scale;
    sum += value * value;
  }
  return Math.sqrt(sum) / scale;
}

/** The largest sum of |entries| over the rows or over the columns. */
function largestSum(matrix: Matrix, over: 'rows' | 'columns'): number {
  const { rows, cols, data } = matrix;
  const byRows = matrix.layout === 'row' || matrix.layout === 'csr';
  const lines = byRows ? rows : cols;
  const sums = new Float64Array(over === 'rows' ? rows : cols);
  const along = byRows === (over === 'rows');
  if ('indptr' in matrix) {
    const { indptr, indices } = matrix;
    for (let line = 0; line < lines; line++) {
      for (let k = indptr[line]; k < indptr[line + 1]; k++) sums[along ? line : indices[k]] += Math.abs(data[k]);
    }
  } else {
    const width = byRows ? cols : rows;
    for (let line = 0; line < lines; line++) {
      for (let k = 0; k < width; k++) sums[along ? line : k] += Math.abs(data[line * width + k]);
    }
  }
  return largestEntry(sums);
}

/**
 * Computes the 1-norm of a matrix, the largest sum of |entries| of a column.
 *
 * @param A - any matrix, of shape (m, n)
 * @returns max over j of sum over i of |a_ij|, summed by rising i; 0 for an empty matrix, Infinity when a sum overflows
 * @throws DimensionError, InvalidInputError as `toMatrix` does
 * Complexity: O(entries + n).
 *
 * @example
 * ```ts
 * import { norm1 } from '@lemmata/linalg';
 *
 * console.log(norm1([[1, -2], [3, 4]])); // 6
 * ```
 */
export function norm1(A: MatrixLike): number {
  return largestSum(toMatrix('A', A), 'columns');
}

/**
 * Computes the infinity norm of a matrix, the largest sum of |entries| of a row.
 *
 * @param A - any matrix, of shape (m, n)
 * @returns max over i of sum over j of |a_ij|, summed by rising j; 0 for an empty matrix, Infinity when a sum overflows
 * @throws DimensionError, InvalidInputError as `toMatrix` does
 * Complexity: O(entries + m).
 *
 * @example
 * ```ts
 * import { normInf } from '@lemmata/linalg';
 *
 * console.log(normInf([[1, -2], [3, 4]])); // 7
 * ```
 */
export function normInf(A: MatrixLike): number {
  return largestSum(toMatrix('A', A), 'rows');
}

/**
 * Computes the Frobenius norm of a matrix, the root of the sum of squares.
 *
 * Entries are scaled by a power of 2, so no square overflows; the order of the sum is that of the entries in memory.
 *
 * @param A - any matrix, of shape (m, n)
 * @returns sqrt(sum of a_ij^2), 0 for an empty matrix; Infinity when the norm itself overflows
 * @throws DimensionError, InvalidInputError as `toMatrix` does
 * Complexity: O(entries).
 *
 * @example
 * ```ts
 * import { frobenius } from '@lemmata/linalg';
 *
 * console.log(frobenius([[3e200, 0], [0, 4e200]])); // 5e200
 * ```
 */
export function frobenius(A: MatrixLike): number {
  return vectorNorm(toMatrix('A', A).data);
}
