import { checkDense, checkSparse } from './check.js';
import type { DenseMatrix, SparseMatrix, SparseMatrixLike } from './types.js';

/**
 * Makes a dense matrix of an array of entries.
 *
 * Entry (i, j) is `data[i * cols + j]` in row layout and `data[j * rows + i]` in column layout. A Float64Array is kept,
 * not copied: writing to it later writes into the matrix. Other arrays are converted.
 *
 * @param rows - number of rows, an integer in [0, 2^31 - 1]
 * @param cols - number of columns, an integer in [0, 2^31 - 1]
 * @param data - the entries, any array of finite numbers, length rows * cols
 * @param layout - order of the entries, default `'row'`
 * @returns the matrix, checked
 * @throws DimensionError when the length of data is not rows * cols
 * @throws InvalidInputError when a size is no such integer, or an entry is no finite number (named by row and column)
 * Complexity: O(rows * cols).
 *
 * @example
 * ```ts
 * import { denseMatrix } from '@lemmata/linalg';
 *
 * const A = denseMatrix(2, 3, [1, 2, 3, 4, 5, 6]); // rows (1 2 3) and (4 5 6)
 * const B = denseMatrix(2, 3, [1, 4, 2, 5, 3, 6], 'column'); // the same entries, column by column
 * ```
 */
export function denseMatrix(
  rows: number,
  cols: number,
  data: ArrayLike<number>,
  layout: 'row' | 'column' = 'row',
): DenseMatrix {
  return checkDense('matrix', { layout, rows, cols, data });
}

/**
 * Makes a sparse matrix by compressed rows or columns.
 *
 * Line l (a row of a `'csr'`, a column of a `'csc'` matrix) has its entries at positions indptr[l] to indptr[l + 1] - 1;
 * the entry at position k is `data[k]` and stands at `indices[k]` in its line. Int32Array and Float64Array are kept, not
 * copied: writing to them later writes into the matrix. Other arrays are converted.
 *
 * @param parts - layout, sizes (integers in [0, 2^31 - 1]) and the three arrays: `indptr` of length lines + 1,
 * `indices` strictly rising inside a line, `data` finite
 * @returns the matrix, checked
 * @throws DimensionError when lengths do not fit together
 * @throws InvalidInputError when an index is out of range, repeated or out of order (with its line and position), or an
 * entry is no finite number (named by row and column)
 * Complexity: O(lines + entries).
 *
 * @example
 * ```ts
 * import { sparseMatrix } from '@lemmata/linalg';
 *
 * // (5 0 0)
 * // (0 0 7)
 * const A = sparseMatrix({ layout: 'csc', rows: 2, cols: 3, indptr: [0, 1, 1, 2], indices: [0, 1], data: [5, 7] });
 * ```
 */
export function sparseMatrix(parts: SparseMatrixLike): SparseMatrix {
  return checkSparse('matrix', { ...parts });
}
