/**
 * Solves a small linear system by Gaussian elimination with partial pivoting.
 *
 * @param matrix - square matrix as rows, shape (n, n); not written to
 * @param right - right-hand side, length n; not written to
 * @returns the solution, or undefined when a pivot is at most n 2^-52 times the largest entry: singular to rounding
 * Complexity: O(n^3).
 *
 * @example
 * ```ts
 * import { solveLinearSystem } from '@lemmata/testing';
 *
 * console.log(solveLinearSystem([[0, 2], [4, 0]], [2, 8])); // [2, 1]
 * ```
 * @see G. H. Golub and C. F. Van Loan, Matrix Computations, 4th ed., 2013, section 3.4
 */
export function solveLinearSystem(
  matrix: readonly ArrayLike<number>[],
  right: ArrayLike<number>,
): number[] | undefined {
  const n = right.length;
  const work = matrix.map((row, i) => [...Array.from(row), right[i]]);
  let largest = 0;
  for (const row of matrix) for (let j = 0; j < n; j++) largest = Math.max(largest, Math.abs(row[j]));
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(work[i][k]) > Math.abs(work[pivot][k])) pivot = i;
    if (!(Math.abs(work[pivot][k]) > n * Number.EPSILON * largest)) return undefined;
    [work[k], work[pivot]] = [work[pivot], work[k]];
    for (let i = k + 1; i < n; i++) {
      const factor = work[i][k] / work[k][k];
      for (let j = k; j <= n; j++) work[i][j] -= factor * work[k][j];
    }
  }
  const solution = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    let rest = work[i][n];
    for (let j = i + 1; j < n; j++) rest -= work[i][j] * solution[j];
    solution[i] = rest / work[i][i];
  }
  return solution;
}
