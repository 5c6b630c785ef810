import { QrDecomposition } from 'ml-matrix';
import type { DenseMatrix, MatrixLike } from '../matrix/types.js';
import { multiply } from '../products/multiply.js';
import { measure, turned } from './certificate.js';
import { type FactorisationCertificate, leadingBlock, mlMatrix, scaledCopy, unscaled } from './scaled.js';

/** A factorisation A = Q R. */
export interface QrFactors {
  /** The factorisation was carried out in full. */
  readonly status: 'complete';
  /** Orthonormal columns, shape (m, min(m, n)), in row layout. */
  readonly Q: DenseMatrix;
  /** Upper triangular (trapezoidal when n > m), shape (min(m, n), n), in row layout. */
  readonly R: DenseMatrix;
  /** How exact it is. */
  readonly certificate: FactorisationCertificate;
  /** Remarks for the caller; none so far. */
  readonly warnings: readonly string[];
}

/** The factors of a matrix in row layout whose largest entry is about 1. */
export function householder(A: DenseMatrix): { readonly Q: DenseMatrix; readonly R: DenseMatrix } {
  const { rows, cols } = A;
  const rank = Math.min(rows, cols);
  if (rank === 0) {
    const Q: DenseMatrix = { layout: 'row', rows, cols: 0, data: new Float64Array(0) };
    return { Q, R: { layout: 'row', rows: 0, cols, data: new Float64Array(0) } };
  }
  // ml-matrix reads beyond the rows of a wide matrix: its leading square is factorised, and Q' applied to the rest.
  const square = leadingBlock(mlMatrix(A), rows, rank);
  const decomposition = new QrDecomposition(mlMatrix(square));
  const Q = leadingBlock(decomposition.orthogonalMatrix, rows, rank);
  const triangle = leadingBlock(decomposition.upperTriangularMatrix, rank, rank);
  if (cols === rank) return { Q, R: triangle };
  const { data } = multiply(turned(Q), A);
  for (let i = 0; i < rank; i++) data.set(triangle.data.subarray(i * rank, (i + 1) * rank), i * cols);
  return { Q, R: { layout: 'row', rows: rank, cols, data } };
}

/**
 * Factorises a matrix as A = Q R with orthonormal columns Q and upper triangular R, by Householder reflections
 * (ml-matrix).
 *
 * Wide matrices are factorised by their leading square, A = [A1 A2] = Q [R1 Q'A2]. A copy of A is scaled by a power of
 * 2, so entries of any size are taken. For exact errors look at the certificate; they are of the order of max(m, n)
 * 2^-53. Diagonal entries of R may have either sign, and columns of Q that R has no use for are orthonormal all the
 * same.
 *
 * @param A - any matrix, of shape (m, n)
 * @returns the factors in economy size, and how exact they are
 * @throws DimensionError, InvalidInputError as `toMatrix` of `@lemmata/linalg` does
 * Complexity: O(m n min(m, n)), O(m n) memory.
 *
 * @example
 * ```ts
 * import { qr } from '@lemmata/linalg/dense';
 *
 * const { Q, R, certificate } = qr([[3, 1], [4, 2]]);
 * console.log(Math.abs(R.data[0]), certificate.relativeGap < 1e-15); // 5 true
 * ```
 * @see N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., SIAM 2002, theorem 19.4
 */
export function qr(A: MatrixLike): QrFactors {
  const { matrix, scale } = scaledCopy(A);
  const { Q, R } = householder(matrix);
  const certificate = measure(matrix, scale, Q, R, [Q]);
  return { status: 'complete', Q, R: unscaled(R, scale), certificate, warnings: [] };
}
