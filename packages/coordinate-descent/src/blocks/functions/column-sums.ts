import type { Matrix, SparseMatrix } from '@lemmata/linalg';

/**
 * Adds up a term of every entry of each column.
 *
 * @param matrix - the matrix, any layout
 * @param term - the term of an entry; 0 for an entry of 0
 * @returns sums, length n
 */
export function columnSums(matrix: Matrix, term: (value: number) => number): Float64Array {
  const sums = new Float64Array(matrix.cols);
  const { data, cols, rows } = matrix;
  if ('indptr' in matrix) {
    const { indptr, indices, layout } = matrix;
    for (let line = 0; line < indptr.length - 1; line++) {
      for (let k = indptr[line]; k < indptr[line + 1]; k++) {
        sums[layout === 'csc' ? line : indices[k]] += term(data[k]);
      }
    }
    return sums;
  }
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) sums[j] += term(data[matrix.layout === 'row' ? i * cols + j : j * rows + i]);
  }
  return sums;
}

/** sum_r weights_r a_rj^2 for a column of a matrix in CSC. */
export function weightedSquare({ indptr, indices, data }: SparseMatrix, j: number, weights: Float64Array): number {
  let sum = 0;
  for (let k = indptr[j]; k < indptr[j + 1]; k++) sum += weights[indices[k]] * data[k] * data[k];
  return sum;
}
