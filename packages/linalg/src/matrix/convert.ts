import { InvalidInputError, requireOneOf } from '@lemmata/core';
import { toMatrix } from './to-matrix.js';
import type { DenseMatrix, Matrix, MatrixLike, SparseMatrix } from './types.js';

/** Side of the square blocks in which a dense matrix is turned: two of 8 KiB stay in the first cache. */
const BLOCK = 32;
/** The largest dense form that is made, 16 GiB. */
const MAX_ENTRIES = 2147483647;

/**
 * Gives a matrix in dense form.
 *
 * @param matrix - any matrix
 * @param layout - order of the entries, default `'row'`
 * @returns a dense matrix; one that is dense in this layout already shares its Float64Array with the result
 * @throws DimensionError, InvalidInputError as {@link toMatrix} does; `ERR_INPUT` for an unknown layout, `ERR_MEMORY`
 * when rows * cols >= 2^31
 * Complexity: O(rows * cols).
 *
 * @example
 * ```ts
 * import { sparseMatrix, toDense } from '@lemmata/linalg';
 *
 * const A = sparseMatrix({ layout: 'csr', rows: 2, cols: 2, indptr: [0, 1, 2], indices: [1, 0], data: [3, 4] });
 * console.log(toDense(A).data); // 0 3 4 0
 * ```
 */
export function toDense(matrix: MatrixLike, layout: 'row' | 'column' = 'row'): DenseMatrix {
  requireOneOf('layout', layout, ['row', 'column']);
  const checked = toMatrix('matrix', matrix);
  if (checked.layout === layout) return checked;
  const { rows, cols } = checked;
  if (rows * cols > MAX_ENTRIES) {
    throw new InvalidInputError(
      `matrix: expected at most ${MAX_ENTRIES} entries in dense form, got ${rows} * ${cols}`,
      'ERR_MEMORY',
      { argument: 'matrix', expected: MAX_ENTRIES, actual: rows * cols },
    );
  }
  const data = new Float64Array(rows * cols);
  if ('indptr' in checked) scatter(checked, layout, data);
  else if (checked.layout === 'row') turn(rows, cols, checked.data, data);
  else turn(cols, rows, checked.data, data);
  return { layout, rows, cols, data };
}

/** target[j * lines + i] = source[i * width + j], block by block. */
function turn(lines: number, width: number, source: Float64Array, target: Float64Array): void {
  for (let top = 0; top < lines; top += BLOCK) {
    const bottom = Math.min(top + BLOCK, lines);
    for (let left = 0; left < width; left += BLOCK) {
      const right = Math.min(left + BLOCK, width);
      for (let i = top; i < bottom; i++) {
        for (let j = left; j < right; j++) target[j * lines + i] = source[i * width + j];
      }
    }
  }
}

function scatter(matrix: SparseMatrix, layout: 'row' | 'column', target: Float64Array): void {
  const { rows, cols, indptr, indices, data } = matrix;
  const [lineStride, placeStride] =
    (matrix.layout === 'csr') === (layout === 'row')
      ? [layout === 'row' ? cols : rows, 1]
      : [1, matrix.layout === 'csr' ? rows : cols];
  for (let line = 0; line < indptr.length - 1; line++) {
    for (let k = indptr[line]; k < indptr[line + 1]; k++) {
      target[line * lineStride + indices[k] * placeStride] = data[k];
    }
  }
}

/**
 * Gives a matrix in sparse form.
 *
 * Zeros of a dense matrix, of either sign, are left out; explicit zeros of a sparse one are kept. Between `'csr'` and
 * `'csc'` entries move by counting, which needs no comparison and keeps them in order.
 *
 * @param matrix - any matrix
 * @param layout - which lines are compressed, default `'csr'`
 * @returns a sparse matrix; one that is sparse in this layout already shares its typed arrays with the result
 * @throws DimensionError, InvalidInputError as {@link toMatrix} does; `ERR_INPUT` for an unknown layout
 * Complexity: O(entries + rows + cols) for a sparse matrix, O(rows * cols) for a dense one.
 *
 * @example
 * ```ts
 * import { toSparse } from '@lemmata/linalg';
 *
 * const { indptr, indices, data } = toSparse([[0, 3], [4, 0]], 'csc'); // 0 1 2; 1 0; 4 3
 * ```
 */
export function toSparse(matrix: MatrixLike, layout: 'csr' | 'csc' = 'csr'): SparseMatrix {
  requireOneOf('layout', layout, ['csr', 'csc']);
  const checked = toMatrix('matrix', matrix);
  if (checked.layout === layout) return checked;
  if ('indptr' in checked) return exchangeLines(checked);
  const { rows, cols } = checked;
  const dense = toDense(checked, layout === 'csr' ? 'row' : 'column').data;
  return { layout, rows, cols, ...(layout === 'csr' ? gather(rows, cols, dense) : gather(cols, rows, dense)) };
}

/** The entries other than zero of a dense array with the given lines of the given width. */
function gather(lines: number, width: number, dense: Float64Array): Pick<SparseMatrix, 'indptr' | 'indices' | 'data'> {
  let count = 0;
  for (let position = 0; position < dense.length; position++) if (dense[position] !== 0) count++;
  const indptr = new Int32Array(lines + 1);
  const indices = new Int32Array(count);
  const data = new Float64Array(count);
  let k = 0;
  for (let line = 0; line < lines; line++) {
    for (let place = 0; place < width; place++) {
      const entry = dense[line * width + place];
      if (entry === 0) continue;
      indices[k] = place;
      data[k] = entry;
      k++;
    }
    indptr[line + 1] = k;
  }
  return { indptr, indices, data };
}

/** The same matrix with the other lines compressed, by a counting sort on the places. */
function exchangeLines(matrix: SparseMatrix): SparseMatrix {
  const { rows, cols, indptr, indices, data } = matrix;
  const lines = indptr.length - 1;
  const width = matrix.layout === 'csr' ? cols : rows;
  const begins = new Int32Array(width + 1);
  for (let k = 0; k < indices.length; k++) begins[indices[k] + 1]++;
  for (let place = 0; place < width; place++) begins[place + 1] += begins[place];
  const next = begins.slice(0, width);
  const places = new Int32Array(indices.length);
  const entries = new Float64Array(indices.length);
  for (let line = 0; line < lines; line++) {
    for (let k = indptr[line]; k < indptr[line + 1]; k++) {
      const target = next[indices[k]]++;
      places[target] = line;
      entries[target] = data[k];
    }
  }
  const layout = matrix.layout === 'csr' ? 'csc' : 'csr';
  return { layout, rows, cols, indptr: begins, indices: places, data: entries };
}

/**
 * Transposes a matrix by exchanging what its layout calls rows and columns: no entry moves.
 *
 * The transpose of a matrix in row layout is the same array in column layout, that of a `'csr'` matrix the same arrays
 * as `'csc'`.
 *
 * @param matrix - a matrix that has passed {@link toMatrix} or a constructor; it is not checked again
 * @returns the transpose, of shape (cols, rows), sharing the typed arrays
 * @throws never, for a matrix as described
 * Complexity: O(1).
 *
 * @example
 * ```ts
 * import { denseMatrix, transpose } from '@lemmata/linalg';
 *
 * const A = transpose(denseMatrix(1, 3, [1, 2, 3])); // 3 rows, 1 column, layout 'column'
 * ```
 */
export function transpose(matrix: DenseMatrix): DenseMatrix;
export function transpose(matrix: SparseMatrix): SparseMatrix;
export function transpose(matrix: Matrix): Matrix;
export function transpose(matrix: Matrix): Matrix {
  const { rows, cols, data } = matrix;
  if ('indptr' in matrix) {
    const { indptr, indices } = matrix;
    return { layout: matrix.layout === 'csr' ? 'csc' : 'csr', rows: cols, cols: rows, indptr, indices, data };
  }
  return { layout: matrix.layout === 'row' ? 'column' : 'row', rows: cols, cols: rows, data };
}

/**
 * Gives a matrix as nested arrays, row by row.
 *
 * @param matrix - any matrix
 * @returns new arrays: entry (i, j) is `result[i][j]`
 * @throws DimensionError, InvalidInputError as {@link toMatrix} does
 * Complexity: O(rows * cols).
 *
 * @example
 * ```ts
 * import { denseMatrix, toArrays } from '@lemmata/linalg';
 *
 * console.log(toArrays(denseMatrix(2, 2, [1, 2, 3, 4]))); // [[1, 2], [3, 4]]
 * ```
 */
export function toArrays(matrix: MatrixLike): number[][] {
  const { rows, cols, data } = toDense(matrix, 'row');
  return Array.from({ length: rows }, (_, i) => Array.from(data.subarray(i * cols, (i + 1) * cols)));
}
