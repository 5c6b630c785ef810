import { requireInteger, requireNumber } from '@lemmata/core';
import type { SparseMatrix } from '@lemmata/linalg';

/**
 * Makes the 5-point Laplacian of a square grid with zero boundary, times a factor, plus a multiple of the identity.
 *
 * Row i * side + j belongs to the point (i, j): 4 factor + shift on the diagonal and -factor for each neighbour.
 *
 * @param side - interior points along a side, an integer in [1, 20000]
 * @param shift - what is added to the diagonal, finite, default 0
 * @param factor - what the Laplacian is multiplied with, finite and not 0, default 1
 * @returns the matrix, CSR, of order side^2; positive definite for factor > 0 and shift >= 0
 * @throws InvalidInputError when a number is out of its range
 * Complexity: O(side^2).
 *
 * @example
 * ```ts
 * import { laplacian2d, sor } from '@lemmata/sor-bandit';
 *
 * const A = laplacian2d(10, 0.05);
 * console.log(sor(A, new Float64Array(100).fill(1), { omega: 1.55 }).iterations);
 * ```
 */
export function laplacian2d(side: number, shift: number = 0, factor: number = 1): SparseMatrix {
  requireInteger('side', side, 1, 20000);
  requireNumber('shift', shift);
  requireNumber('factor', factor);
  const n = side * side;
  const indptr = new Int32Array(n + 1);
  const indices = new Int32Array(5 * n - 4 * side);
  const data = new Float64Array(5 * n - 4 * side);
  let count = 0;
  const put = (column: number, value: number): void => {
    indices[count] = column;
    data[count] = value;
    count++;
  };
  for (let i = 0; i < side; i++) {
    for (let j = 0; j < side; j++) {
      const row = i * side + j;
      if (i > 0) put(row - side, -factor);
      if (j > 0) put(row - 1, -factor);
      put(row, 4 * factor + shift);
      if (j + 1 < side) put(row + 1, -factor);
      if (i + 1 < side) put(row + side, -factor);
      indptr[row + 1] = count;
    }
  }
  return { layout: 'csr', rows: n, cols: n, indptr, indices, data };
}
