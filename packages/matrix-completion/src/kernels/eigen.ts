import { jacobiRotation } from '@lemmata/linalg';
import type { Budget, Sliced } from '../budget.js';

/** Eigenvalues of a symmetric matrix, falling, and its eigenvectors. */
export interface SymmetricEigen {
  /** Eigenvalues, falling. */
  readonly values: Float64Array;
  /** Vector j is row j, k numbers. */
  readonly vectors: Float64Array;
}

/** Sweeps after which Jacobi's method ends in any case; a dozen is the most that is met. */
const MOST_SWEEPS = 40;

/**
 * Finds the eigenvalues and eigenvectors of a symmetric matrix by Jacobi's cyclic rotations.
 *
 * @param k - order
 * @param matrix - k x k, row by row; not written to
 * @param budget - when to give way
 * @returns the eigenvalues and eigenvectors
 */
export function* symmetricEigen(k: number, matrix: Float64Array, budget: Budget): Sliced<SymmetricEigen> {
  const a = matrix.slice();
  const v = new Float64Array(k * k);
  for (let i = 0; i < k; i++) v[i * k + i] = 1;
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let rotations = 0;
    for (let p = 0; p < k - 1; p++) {
      for (let q = p + 1; q < k; q++) {
        if (jacobiRotation(k, a, v, p, q)) rotations++;
        if (budget.spend(6 * k)) yield 'slice';
      }
    }
    if (rotations === 0) break;
  }
  const order = Array.from({ length: k }, (_, i) => i).sort((i, j) => a[j * k + j] - a[i * k + i] || i - j);
  const vectors = new Float64Array(k * k);
  for (let j = 0; j < k; j++) vectors.set(v.subarray(order[j] * k, order[j] * k + k), j * k);
  return { values: Float64Array.from(order, (i) => a[i * k + i]), vectors };
}

/**
 * Computes A'A for a tall matrix.
 *
 * @param m - rows of A
 * @param k - columns of A
 * @param a - A, row by row
 * @param budget - when to give way
 * @returns A'A, k x k
 */
export function* gram(m: number, k: number, a: Float64Array, budget: Budget): Sliced<Float64Array> {
  const g = new Float64Array(k * k);
  for (let i = 0; i < m; i++) {
    for (let c = 0; c < k; c++) for (let d = 0; d <= c; d++) g[c * k + d] += a[i * k + c] * a[i * k + d];
    if (budget.spend((k * k) / 2)) yield 'slice';
  }
  for (let c = 0; c < k; c++) for (let d = 0; d < c; d++) g[d * k + c] = g[c * k + d];
  return g;
}
