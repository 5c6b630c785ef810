/**
 * Makes one pair of entries of a symmetric matrix zero by a rotation of two coordinates, A <- J'A J, and rotates rows of
 * vectors along: a step of Jacobi's method, whose vectors become eigenvectors when no rotation is left to do.
 *
 * The arrays are the caller's own and are not checked, since this stands in inner loops.
 *
 * @param order - order n of the matrix, an integer >= 1
 * @param matrix - A, n x n, symmetric, row by row; written to
 * @param vectors - n x n, vector i in row i, the identity at first; written to
 * @param p - a coordinate, an integer in [0, n)
 * @param q - another one
 * @returns false when |a_pq| <= 2^-52 sqrt(|a_pp a_qq|), where nothing is done
 * @throws nothing
 * Complexity: O(n).
 *
 * @example
 * ```ts
 * import { jacobiRotation } from '@lemmata/linalg';
 *
 * const matrix = Float64Array.of(2, 1, 1, 2);
 * jacobiRotation(2, matrix, Float64Array.of(1, 0, 0, 1), 0, 1);
 * console.log(matrix[0].toFixed(6), matrix[1], matrix[3].toFixed(6)); // 1.000000 0 3.000000
 * ```
 * @see G. H. Golub, C. F. Van Loan, "Matrix Computations", 4th edition, section 8.5
 */
export function jacobiRotation(
  order: number,
  matrix: Float64Array,
  vectors: Float64Array,
  p: number,
  q: number,
): boolean {
  const off = matrix[p * order + q];
  const first = matrix[p * order + p];
  const second = matrix[q * order + q];
  if (!(Math.abs(off) > Number.EPSILON * Math.sqrt(Math.abs(first) * Math.abs(second)))) return false;
  const theta = (second - first) / (2 * off);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(1 + theta * theta));
  const cos = 1 / Math.sqrt(1 + t * t);
  const sin = t * cos;
  for (let i = 0; i < order; i++) {
    const x = matrix[i * order + p];
    const y = matrix[i * order + q];
    matrix[i * order + p] = cos * x - sin * y;
    matrix[i * order + q] = sin * x + cos * y;
  }
  for (let i = 0; i < order; i++) {
    const x = matrix[p * order + i];
    const y = matrix[q * order + i];
    matrix[p * order + i] = cos * x - sin * y;
    matrix[q * order + i] = sin * x + cos * y;
    const s = vectors[p * order + i];
    const u = vectors[q * order + i];
    vectors[p * order + i] = cos * s - sin * u;
    vectors[q * order + i] = sin * s + cos * u;
  }
  matrix[p * order + q] = 0;
  matrix[q * order + p] = 0;
  return true;
}
