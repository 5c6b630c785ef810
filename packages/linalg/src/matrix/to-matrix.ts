import { notFinite, refusal } from '@lemmata/core';
import { checkDense, checkSparse, finiteNumbers, requireArray, requireLength, requireSize } from './check.js';
import type { DenseMatrix, Matrix, MatrixLike, MlMatrixLike } from './types.js';

const ACCEPTED =
  'a matrix: { rows, cols, data }, { layout, rows, cols, indptr, indices, data }, an array of rows or a Matrix of ml-matrix';

/**
 * Reads whatever is accepted as a matrix and checks it once: the door through which matrices enter every package.
 *
 * Arrays that have the right type (Float64Array for entries, Int32Array for indices) are kept, not copied, and are only
 * read; all else is converted. Nested arrays and matrices of ml-matrix become dense matrices in row layout.
 *
 * @param argument - name of the argument as the caller knows it, such as `A`, for error messages
 * @param value - a dense or sparse matrix of ours with any arrays of numbers, an array of rows, a Matrix of ml-matrix
 * @param entries - `'now'` (default), or `'later'` to leave the entries of a dense Float64Array to {@link requireFinite}
 * @returns the matrix, dense or sparse as it came, in the layout in which it came
 * @throws DimensionError when lengths do not fit together, such as rows of different length
 * @throws InvalidInputError `ERR_NOT_FINITE` for NaN and infinities, named by row and column (`A[3][0]`, with
 * `details.index` [3, 0]); `ERR_INPUT` for sizes, offsets and indices out of range, indices repeated or out of order,
 * entries that are no numbers, and anything that is no matrix
 * Complexity: O(entries + rows + cols).
 *
 * @example
 * ```ts
 * import { toMatrix } from '@lemmata/linalg';
 *
 * const A = toMatrix('A', [
 *   [1, 2],
 *   [3, 4],
 *   [5, 6],
 * ]);
 * console.log(A.rows, A.cols); // 3 2
 * ```
 */
export function toMatrix(argument: string, value: MatrixLike, entries: 'now' | 'later' = 'now'): Matrix {
  if (typeof value !== 'object' || value === null) throw refusal(argument, ACCEPTED, value, 'ERR_INPUT');
  if (Array.isArray(value)) return fromRows(argument, value);
  if ('indptr' in value) {
    const { layout, rows, cols, indptr, indices, data } = value;
    return checkSparse(argument, { layout, rows, cols, indptr, indices, data });
  }
  if ('cols' in value) {
    const { layout, rows, cols, data } = value;
    return checkDense(argument, { layout, rows, cols, data }, entries);
  }
  if ('columns' in value && 'get' in value && typeof value.get === 'function') return fromMlMatrix(argument, value);
  throw refusal(argument, ACCEPTED, value, 'ERR_INPUT');
}

function fromRows(argument: string, list: readonly unknown[]): DenseMatrix {
  const rows = requireSize(`${argument}.length`, list.length);
  const first = rows === 0 ? [] : requireArray(`${argument}[0]`, list[0], 'an array of numbers (a row)');
  const cols = first.length;
  const data = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) {
    const row = requireArray(`${argument}[${i}]`, list[i], 'an array of numbers (a row)');
    requireLength(`${argument}[${i}]`, row.length, cols, `that of ${argument}[0]`);
    data.set(
      finiteNumbers(row, (entry, j) => notFinite(`${argument}[${i}][${j}]`, entry, [i, j])),
      i * cols,
    );
  }
  return { layout: 'row', rows, cols, data };
}

function fromMlMatrix(argument: string, matrix: MlMatrixLike): DenseMatrix {
  const rows = requireSize(`${argument}.rows`, matrix.rows);
  const cols = requireSize(`${argument}.columns`, matrix.columns);
  const data = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      const entry = matrix.get(i, j);
      if (typeof entry !== 'number' || !Number.isFinite(entry)) {
        throw notFinite(`${argument}[${i}][${j}]`, entry, [i, j]);
      }
      data[i * cols + j] = entry;
    }
  }
  return { layout: 'row', rows, cols, data };
}
