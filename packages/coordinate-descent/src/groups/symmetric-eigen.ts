import { jacobiRotation } from '@lemmata/linalg';

/** A symmetric matrix as Q diag(values) Q'. */
export interface SymmetricEigen {
  /** Eigenvalues, none below 0; those that are 0 to rounding are 0. */
  readonly values: Float64Array;
  /** Q in columns: eigenvector i at [i n, (i + 1) n). */
  readonly vectors: Float64Array;
}

/** Most sweeps; five or six are usual. */
const MOST_SWEEPS = 30;

/**
 * Eigenvalues and eigenvectors of a small positive semidefinite matrix by cyclic Jacobi rotations.
 *
 * @param matrix - n x n, symmetric, positive semidefinite to rounding; overwritten
 * @param n - its size
 * @returns the decomposition, its order as the rotations leave it
 * @see G. H. Golub, C. F. Van Loan, "Matrix Computations", 4th edition, section 8.5
 */
export function symmetricEigen(matrix: Float64Array, n: number): SymmetricEigen {
  const a = matrix;
  const q = new Float64Array(n * n);
  for (let i = 0; i < n; i++) q[i * n + i] = 1;
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let rotations = 0;
    for (let i = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++) if (jacobiRotation(n, a, q, i, j)) rotations++;
    }
    if (rotations === 0) break;
  }
  const values = new Float64Array(n);
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, a[i * n + i]);
  const least = 8 * n * Number.EPSILON * largest;
  for (let i = 0; i < n; i++) values[i] = a[i * n + i] > least ? a[i * n + i] : 0;
  return { values, vectors: q };
}
