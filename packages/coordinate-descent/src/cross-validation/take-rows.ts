import { type Matrix, toSparse } from '@lemmata/linalg';

/**
 * Some rows of a matrix, in the order given.
 *
 * @param matrix - the matrix, checked
 * @param rows - which rows
 * @returns a new matrix: dense in row layout, or CSR
 */
export function takeRows(matrix: Matrix, rows: Int32Array): Matrix {
  const { cols } = matrix;
  if ('indptr' in matrix) {
    const { indptr, indices, data } = matrix.layout === 'csr' ? matrix : toSparse(matrix, 'csr');
    const ends = new Int32Array(rows.length + 1);
    rows.forEach((i, k) => {
      ends[k + 1] = ends[k] + indptr[i + 1] - indptr[i];
    });
    const taken = { indices: new Int32Array(ends[rows.length]), data: new Float64Array(ends[rows.length]) };
    rows.forEach((i, k) => {
      taken.indices.set(indices.subarray(indptr[i], indptr[i + 1]), ends[k]);
      taken.data.set(data.subarray(indptr[i], indptr[i + 1]), ends[k]);
    });
    return { layout: 'csr', rows: rows.length, cols, indptr: ends, ...taken };
  }
  const data = new Float64Array(rows.length * cols);
  const byRows = matrix.layout === 'row';
  rows.forEach((i, k) => {
    for (let j = 0; j < cols; j++) data[k * cols + j] = matrix.data[byRows ? i * cols + j : j * matrix.rows + i];
  });
  return { layout: 'row', rows: rows.length, cols, data };
}
