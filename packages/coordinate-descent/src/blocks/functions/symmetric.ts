import { DimensionError, refusal } from '@lemmata/core';
import { type MatrixLike, type SparseMatrix, toMatrix, toSparse } from '@lemmata/linalg';

/**
 * Reads a symmetric matrix.
 *
 * @param argument - its name, for messages
 * @param value - what the caller gave
 * @returns the matrix in CSR
 * @throws DimensionError, InvalidInputError for anything but a square matrix equal to its transpose, to the last bit
 */
export function symmetricMatrix(argument: string, value: MatrixLike): SparseMatrix {
  const matrix = toSparse(toMatrix(argument, value), 'csr');
  const { rows, cols, indptr, indices, data } = matrix;
  if (rows !== cols || rows === 0) {
    const actual = `${rows} x ${cols}`;
    throw new DimensionError(`${argument}: expected a square matrix of at least 1 x 1, got ${actual}`, {
      argument,
      expected: 'a square matrix',
      actual,
    });
  }
  const transposed = toSparse({ ...matrix, layout: 'csc' }, 'csr');
  for (let i = 0; i < rows; i++) {
    // The entries of row i of the matrix and of its transpose, side by side; a missing entry is 0.
    for (let k = indptr[i], t = transposed.indptr[i]; k < indptr[i + 1] || t < transposed.indptr[i + 1]; ) {
      const j = k < indptr[i + 1] ? indices[k] : rows;
      const s = t < transposed.indptr[i + 1] ? transposed.indices[t] : rows;
      const here = j <= s ? data[k] : 0;
      const there = s <= j ? transposed.data[t] : 0;
      if (here !== there) {
        const col = Math.min(j, s);
        const expected = `${argument}[${col}][${i}] = ${there} (a symmetric matrix)`;
        throw refusal(`${argument}[${i}][${col}]`, expected, here);
      }
      if (j <= s) k++;
      if (s <= j) t++;
    }
  }
  return matrix;
}
