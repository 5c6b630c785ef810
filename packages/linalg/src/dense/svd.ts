import { denseAxpy, denseDot } from '../kernels/dense.js';
import type { DenseMatrix, MatrixLike } from '../matrix/types.js';
import { multiply } from '../products/multiply.js';
import { vectorNorm } from '../spectra/norms.js';
import { measure, timesDiagonal, turned } from './certificate.js';
import { orthogonaliseRows } from './jacobi.js';
import { householder } from './qr.js';
import { type FactorisationCertificate, scaledCopy } from './scaled.js';

/** A factorisation A = U diag(s) V'. */
export interface SingularFactors {
  /**
   * `complete`, or `max-iterations` when 60 sweeps left rows that are not orthogonal, which no matrix is known to need.
   */
  readonly status: 'complete' | 'max-iterations';
  /** Left singular vectors as columns, orthonormal, shape (m, min(m, n)), in row layout. */
  readonly U: DenseMatrix;
  /** Singular values, falling, >= 0, length min(m, n). */
  readonly s: Float64Array;
  /** Right singular vectors as columns, orthonormal, shape (n, min(m, n)), in row layout. */
  readonly V: DenseMatrix;
  /** How exact it is. */
  readonly certificate: FactorisationCertificate;
  /** Sweeps over all pairs of rows. */
  readonly counts: {
    /** Sweeps, an integer in [1, 60]. */
    readonly sweeps: number;
  };
  /** Remarks for the caller; none so far. */
  readonly warnings: readonly string[];
}

/**
 * Finds the singular values and vectors of a matrix, A = U diag(s) V', in economy size.
 *
 * A = Q R by Householder reflections (ml-matrix); then the rows of R are made orthogonal by one-sided Jacobi rotations
 * of our own, J R = diag(s) V', so U = Q J'. The iteration of ml-matrix's own SVD has no limit of steps, cannot be
 * interrupted and is reported not to end for some data, so it is not used; Jacobi's method ends after at most 60 sweeps
 * and is at least as exact. Wide matrices go through their transpose. A copy of A is scaled by a power of 2, so entries
 * of any size are taken; singular values below 2^-480 of the largest entry are given as 0, those that overflow as
 * Infinity. Vectors that belong to zeros complete an orthonormal set.
 *
 * @param A - any matrix, of shape (m, n)
 * @returns the factors, and how exact they are
 * @throws DimensionError, InvalidInputError as `toMatrix` of `@lemmata/linalg` does
 * Complexity: O(m n k) for the reflections and about 4 k^3 multiplications for each of some 6 to 10 sweeps, k = min(m,
 * n); O(m n) memory.
 *
 * @example
 * ```ts
 * import { svd } from '@lemmata/linalg/dense';
 *
 * const { s } = svd([[3, 0], [0, -4], [0, 0]]); // 4 3
 * ```
 * @see J. Demmel, K. Veselic, "Jacobi's Method is More Accurate than QR", SIAM J. Matrix Anal. Appl. 13, 1992
 */
export function svd(A: MatrixLike): SingularFactors {
  const { matrix, scale } = scaledCopy(A);
  const wide = matrix.cols > matrix.rows;
  const { Q, R } = householder(wide ? turned(matrix) : matrix);
  const n = R.cols;
  const y = R.data.slice();
  const rotations = new Float64Array(n * n);
  for (let i = 0; i < n; i++) rotations[i * (n + 1)] = 1;
  const sweeps = orthogonaliseRows(n, y, rotations);
  const s = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const row = y.subarray(i * n, (i + 1) * n);
    s[i] = vectorNorm(row);
    if (s[i] === 0) completeRow(n, y, i);
    else for (let k = 0; k < n; k++) row[k] /= s[i];
  }
  const outer = multiply(Q, turned({ layout: 'row', rows: n, cols: n, data: rotations }));
  const inner = turned({ layout: 'row', rows: n, cols: n, data: y });
  const [U, V] = wide ? [inner, outer] : [outer, inner];
  return {
    status: sweeps < 0 ? 'max-iterations' : 'complete',
    U,
    s: s.map((value) => value / scale),
    V,
    certificate: measure(matrix, scale, timesDiagonal(U, s), turned(V), [U, V]),
    counts: { sweeps: sweeps < 0 ? 60 : sweeps },
    warnings: [],
  };
}

/**
 * Fills row i with a unit vector orthogonal to the rows before it: of the axes, the one that is furthest from their
 * span.
 */
function completeRow(n: number, y: Float64Array, i: number): void {
  const covered = new Float64Array(n);
  for (let at = 0; at < i * n; at++) covered[at % n] += y[at] * y[at];
  const axis = covered.indexOf(Math.min(...covered));
  const row = y.subarray(i * n, (i + 1) * n);
  row.fill(0);
  row[axis] = 1;
  // Twice: what is left has at least a length of sqrt(1 - i / n), and rounding is orthogonalised too.
  for (let pass = 0; pass < 2; pass++) {
    for (let j = 0; j < i; j++) denseAxpy(-denseDot(y, j * n, row, n), y, j * n, row, n);
    const norm = vectorNorm(row);
    for (let k = 0; k < n; k++) row[k] /= norm;
  }
}
