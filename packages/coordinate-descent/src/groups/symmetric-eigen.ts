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
      for (let j = i + 1; j < n; j++) {
        const off = a[i * n + j];
        const room = Number.EPSILON * Math.sqrt(Math.abs(a[i * n + i] * a[j * n + j]));
        if (!(Math.abs(off) > room) || !(Math.abs(off) > Number.MIN_VALUE)) continue;
        rotations++;
        const theta = (a[j * n + j] - a[i * n + i]) / (2 * off);
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        rotate(a, q, n, i, j, c, t * c);
      }
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

/** A <- J' A J and Q <- Q J for the rotation J of coordinates i and j. */
function rotate(a: Float64Array, q: Float64Array, n: number, i: number, j: number, c: number, s: number): void {
  for (let k = 0; k < n; k++) {
    const x = a[k * n + i];
    const y = a[k * n + j];
    a[k * n + i] = c * x - s * y;
    a[k * n + j] = s * x + c * y;
  }
  for (let k = 0; k < n; k++) {
    const x = a[i * n + k];
    const y = a[j * n + k];
    a[i * n + k] = c * x - s * y;
    a[j * n + k] = s * x + c * y;
    const v = q[i * n + k];
    const w = q[j * n + k];
    q[i * n + k] = c * v - s * w;
    q[j * n + k] = s * v + c * w;
  }
}
