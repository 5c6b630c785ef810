import { DimensionError, refusal, requireVector } from '@lemmata/core';
import { type MatrixLike, type SparseMatrix, toMatrix, toSparse } from '@lemmata/linalg';
import { QuadraticOracle } from '../quadratic-oracle.js';
import { registerOracle } from './open-oracle.js';
import type { SmoothFunction } from './smooth-function.js';

/**
 * Makes the quadratic function f(x) = x' H x / 2 - b . x for `minimize`.
 *
 * Its minimiser solves H x = b when H is positive definite. Sparse H pays: a move of a block touches the neighbours of its
 * variables alone.
 *
 * @param H - symmetric matrix of shape (n, n), n >= 1, dense or sparse, all entries finite, the diagonal > 0; positive
 * semidefinite, which is not checked
 * @param b - length n, finite
 * @returns the function of n variables
 * @throws DimensionError when H is not square or b does not fit; InvalidInputError for entries that are not finite, entries
 * H_ij and H_ji that differ, and diagonal entries that are not positive
 * Complexity: O(n^2) or O(nonzeros), once.
 *
 * @example
 * ```ts
 * import { minimize, quadratic } from '@lemmata/coordinate-descent';
 *
 * const smooth = quadratic([[2, -1], [-1, 2]], [1, 0]);
 * console.log(minimize({ smooth }, { blockSize: 2 }).x); // 2/3 1/3
 * ```
 */
export function quadratic(H: MatrixLike, b: ArrayLike<number>): SmoothFunction {
  const matrix = toSparse(toMatrix('H', H), 'csr');
  const diagonal = checkSymmetric(matrix);
  const linear = requireVector('b', b, matrix.rows, 'rows of H');
  const product = (x: Float64Array, i: number): number => {
    let sum = 0;
    for (let k = matrix.indptr[i]; k < matrix.indptr[i + 1]; k++) sum += matrix.data[k] * x[matrix.indices[k]];
    return sum;
  };
  const blockBound = (block: Int32Array, out: Float64Array) => quadraticBlock(matrix, block, out);
  const smooth: SmoothFunction = Object.freeze({
    dimension: matrix.rows,
    lipschitz: diagonal,
    value: (x: Float64Array) => x.reduce((sum, value, i) => sum + value * (product(x, i) / 2 - linear[i]), 0),
    gradient: (x: Float64Array, out: Float64Array) => {
      for (let i = 0; i < out.length; i++) out[i] = product(x, i) - linear[i];
    },
    blockBound,
    blockHessian: (_: Float64Array, block: Int32Array, out: Float64Array) => blockBound(block, out),
  });
  registerOracle(smooth, () => new QuadraticOracle(matrix, linear, diagonal));
  return smooth;
}

/**
 * The block of a symmetric matrix.
 *
 * @param matrix - the matrix in CSR
 * @param block - rising indices
 * @param out - the block, row by row
 */
export function quadraticBlock({ indptr, indices, data }: SparseMatrix, block: Int32Array, out: Float64Array): void {
  const size = block.length;
  out.fill(0, 0, size * size);
  for (let a = 0; a < size; a++) {
    const end = indptr[block[a] + 1];
    // Both lists rise: one walk finds what they share.
    for (let k = indptr[block[a]], c = 0; k < end && c < size; ) {
      if (indices[k] === block[c]) out[a * size + c++] = data[k++];
      else if (indices[k] < block[c]) k++;
      else c++;
    }
  }
}

/**
 * Requires a square H = H' with a positive diagonal.
 *
 * @param matrix - H in CSR
 * @returns the diagonal
 * @throws DimensionError, InvalidInputError when H is anything else
 */
export function checkSymmetric(matrix: SparseMatrix): Float64Array {
  const { rows, cols, indptr, indices, data } = matrix;
  if (rows !== cols || rows === 0) {
    const actual = `${rows} x ${cols}`;
    throw new DimensionError(`H: expected a square matrix of at least 1 x 1, got ${actual}`, {
      argument: 'H',
      expected: 'a square matrix',
      actual,
    });
  }
  const diagonal = new Float64Array(rows);
  const transposed = toSparse({ ...matrix, layout: 'csc' }, 'csr');
  for (let i = 0; i < rows; i++) {
    // The entries of row i of H and of H', side by side; a missing entry is 0.
    for (let k = indptr[i], t = transposed.indptr[i]; k < indptr[i + 1] || t < transposed.indptr[i + 1]; ) {
      const j = k < indptr[i + 1] ? indices[k] : rows;
      const s = t < transposed.indptr[i + 1] ? transposed.indices[t] : rows;
      const here = j <= s ? data[k] : 0;
      const there = s <= j ? transposed.data[t] : 0;
      const col = Math.min(j, s);
      if (here !== there) throw refusal(`H[${i}][${col}]`, `H[${col}][${i}] = ${there} (a symmetric matrix)`, here);
      if (col === i) diagonal[i] = here;
      if (j <= s) k++;
      if (s <= j) t++;
    }
    if (!(diagonal[i] > 0)) throw refusal(`H[${i}][${i}]`, 'a number > 0', diagonal[i]);
  }
  return diagonal;
}
