import { LuDecomposition } from 'ml-matrix';
import type { DenseMatrix, MatrixLike } from '../matrix/types.js';
import { measure } from './certificate.js';
import { type FactorisationCertificate, leadingBlock, mlMatrix, scaledCopy, unscaled } from './scaled.js';

/** A factorisation of a matrix with its rows exchanged: row permutation[i] of A is row i of L U. */
export interface LuFactors {
  /** The factorisation was carried out in full. */
  readonly status: 'complete';
  /** Unit lower triangular (trapezoidal when m > n), shape (m, min(m, n)), entries of modulus <= 1, in row layout. */
  readonly L: DenseMatrix;
  /** Upper triangular (trapezoidal when n > m), shape (min(m, n), n), in row layout. */
  readonly U: DenseMatrix;
  /** Which row of A each row of L U is: a permutation of 0 .. m - 1. */
  readonly permutation: Int32Array;
  /** How exact it is; no part is orthogonal. */
  readonly certificate: FactorisationCertificate;
  /** Remarks for the caller; none so far. */
  readonly warnings: readonly string[];
}

/**
 * Factorises a matrix as P A = L U with partial pivoting (ml-matrix).
 *
 * Works for every shape and rank: a column without a pivot leaves a zero on the diagonal of U. A copy of A is scaled by
 * a power of 2, so entries of any size are taken. For exact errors look at the certificate.
 *
 * @param A - any matrix, of shape (m, n)
 * @returns the factors in economy size, the permutation, and how exact they are
 * @throws DimensionError, InvalidInputError as `toMatrix` of `@lemmata/linalg` does
 * Complexity: O(m n min(m, n)), O(m n) memory.
 *
 * @example
 * ```ts
 * import { lu } from '@lemmata/linalg/dense';
 *
 * const { L, U, permutation } = lu([[1, 2], [4, 6]]); // (1 0), (0.25 1); (4 6), (0 0.5); 1 0
 * ```
 * @see N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., SIAM 2002, theorem 9.3
 */
export function lu(A: MatrixLike): LuFactors {
  const { matrix, scale } = scaledCopy(A);
  const { rows, cols } = matrix;
  const rank = Math.min(rows, cols);
  let L: DenseMatrix = { layout: 'row', rows, cols: rank, data: new Float64Array(0) };
  let U: DenseMatrix = { layout: 'row', rows: rank, cols, data: new Float64Array(0) };
  let permutation = Int32Array.from({ length: rows }, (_, i) => i);
  if (rank > 0) {
    const decomposition = new LuDecomposition(mlMatrix(matrix));
    L = leadingBlock(decomposition.lowerTriangularMatrix, rows, rank);
    U = leadingBlock(decomposition.upperTriangularMatrix, rank, cols);
    permutation = Int32Array.from(decomposition.pivotPermutationVector);
  }
  const exchanged = new Float64Array(rows * cols);
  permutation.forEach((row, i) => {
    exchanged.set(matrix.data.subarray(row * cols, (row + 1) * cols), i * cols);
  });
  const certificate = measure({ ...matrix, data: exchanged }, scale, L, U, []);
  return { status: 'complete', L, U: unscaled(U, scale), permutation, certificate, warnings: [] };
}
