import { refusal, requireVector } from '@lemmata/core';
import type { MatrixLike, SparseMatrix } from '@lemmata/linalg';
import type { SliceMeter } from '../../slices.js';
import { QuadraticOracle } from '../quadratic-oracle.js';
import { registerOracle } from './open-oracle.js';
import type { SmoothFunction } from './smooth-function.js';
import { symmetricMatrix } from './symmetric.js';

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
  const matrix = symmetricMatrix('H', H);
  const diagonal = positiveDiagonal(matrix);
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
 * The entries of a row of a symmetric matrix.
 *
 * @param matrix - the matrix in CSR
 * @param i - the row
 * @param ids - entries that must be right
 * @param out - entry j goes to out[j]; of entries outside `ids` those that are not 0 are written as well
 */
export function quadraticRow(
  { indptr, indices, data }: SparseMatrix,
  i: number,
  ids: Int32Array,
  out: Float64Array,
): void {
  for (const j of ids) out[j] = 0;
  for (let k = indptr[i]; k < indptr[i + 1]; k++) out[indices[k]] = data[k];
}

/**
 * The product of a symmetric matrix with a vector that is 0 outside a block.
 *
 * @param matrix - the matrix in CSR
 * @param block - indices
 * @param d - the entries of the vector there
 * @param out - becomes the product
 * @param meter - counts the work between slices
 */
export function* quadraticProduct(
  { indptr, indices, data }: SparseMatrix,
  block: Int32Array,
  d: Float64Array,
  out: Float64Array,
  meter: SliceMeter,
): Generator<'slice', void, void> {
  out.fill(0);
  for (let k = 0; k < block.length; k++) {
    const [start, end] = [indptr[block[k]], indptr[block[k] + 1]];
    for (let e = start; e < end; e++) out[indices[e]] += d[k] * data[e];
    if (meter.full(end - start)) yield 'slice';
  }
}

/**
 * Requires a positive diagonal.
 *
 * @param matrix - H in CSR
 * @returns the diagonal
 * @throws InvalidInputError for an entry that is not > 0
 */
export function positiveDiagonal({ rows, indptr, indices, data }: SparseMatrix): Float64Array {
  const diagonal = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let k = indptr[i]; k < indptr[i + 1]; k++) if (indices[k] === i) diagonal[i] = data[k];
    if (!(diagonal[i] > 0)) throw refusal(`H[${i}][${i}]`, 'a number > 0', diagonal[i]);
  }
  return diagonal;
}
