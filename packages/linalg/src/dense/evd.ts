import { refusal } from '@lemmata/core';
import { EigenvalueDecomposition } from 'ml-matrix';
import { requireLength } from '../matrix/check.js';
import type { DenseMatrix, MatrixLike } from '../matrix/types.js';
import { measure, timesDiagonal, turned } from './certificate.js';
import { type FactorisationCertificate, leadingBlock, mlMatrix, scaledCopy } from './scaled.js';

/** A factorisation A = V diag(values) V' of a symmetric matrix. */
export interface EigenFactors {
  /** The factorisation was carried out in full. */
  readonly status: 'complete';
  /** The eigenvalues, rising, length n. */
  readonly values: Float64Array;
  /** Orthonormal eigenvectors as columns, shape (n, n), in row layout. */
  readonly vectors: DenseMatrix;
  /** How exact it is. */
  readonly certificate: FactorisationCertificate;
  /** Remarks for the caller; none so far. */
  readonly warnings: readonly string[];
}

/**
 * Finds all eigenvalues and eigenvectors of a symmetric matrix, A = V diag(values) V', by the QL method (ml-matrix).
 *
 * A copy of A is scaled by a power of 2, so entries of any size are taken. Only symmetric matrices are accepted: QL
 * with Wilkinson's shift, which ml-matrix runs for them, converges for every symmetric matrix, and its stopping rule,
 * relative to the norm, can be met in floating point; the QR iteration that it runs for other matrices has no limit of
 * steps and is known not to end for some of them.
 *
 * @param A - symmetric matrix, of shape (n, n), to the last bit
 * @returns values and vectors, and how exact they are; each value is within the certificate's gap of an eigenvalue, up
 * to the loss of orthogonality
 * @throws DimensionError when A is not square, or as `toMatrix` of `@lemmata/linalg` does; InvalidInputError
 * `ERR_INPUT` when A is not symmetric, with the place, or as `toMatrix` does
 * Complexity: O(n^3), O(n^2) memory.
 *
 * @example
 * ```ts
 * import { evd } from '@lemmata/linalg/dense';
 *
 * const { values } = evd([[2, 1], [1, 2]]); // 1 3
 * ```
 * @see B. N. Parlett, The Symmetric Eigenvalue Problem, SIAM 1998, sections 8.9 and 8.10
 */
export function evd(A: MatrixLike): EigenFactors {
  const { matrix, scale } = scaledCopy(A);
  const { rows: n, cols, data } = matrix;
  requireLength('A', cols, n, 'columns of a square matrix');
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      if (data[i * n + j] === data[j * n + i]) continue;
      throw refusal(
        `A[${i}][${j}]`,
        `${data[j * n + i] / scale} (A[${j}][${i}]: a symmetric matrix)`,
        data[i * n + j] / scale,
      );
    }
  }
  let values = new Float64Array(0);
  let vectors: DenseMatrix = { layout: 'row', rows: n, cols: n, data: new Float64Array(0) };
  if (n > 0) {
    const decomposition = new EigenvalueDecomposition(mlMatrix(matrix), { assumeSymmetric: true });
    values = Float64Array.from(decomposition.realEigenvalues);
    vectors = leadingBlock(decomposition.eigenvectorMatrix, n, n);
  }
  const certificate = measure(matrix, scale, timesDiagonal(vectors, values), turned(vectors), [vectors]);
  return { status: 'complete', values: values.map((value) => value / scale), vectors, certificate, warnings: [] };
}
