/** A matrix as a test sees it: a list of rows. */
export type Rows = readonly ArrayLike<number>[];

/**
 * Multiplies a matrix by a vector by the definition, left to right.
 *
 * @param rows - the matrix A, shape (m, n)
 * @param x - length n
 * @returns A x, length m
 * Complexity: O(m n).
 *
 * @example
 * ```ts
 * import { naiveProduct } from '@lemmata/testing';
 *
 * console.log(naiveProduct([[1, 2], [3, 4]], [1, 1])); // [3, 7]
 * ```
 */
export function naiveProduct(rows: Rows, x: ArrayLike<number>): number[] {
  return rows.map((row) => {
    let sum = 0;
    for (let j = 0; j < row.length; j++) sum += row[j] * x[j];
    return sum;
  });
}

/**
 * Transposes a list of rows.
 *
 * @param rows - the matrix, shape (m, n)
 * @param cols - n, which an empty list cannot tell; default the length of the first row
 * @returns new rows, shape (n, m)
 * Complexity: O(m n).
 *
 * @example
 * ```ts
 * import { naiveTranspose } from '@lemmata/testing';
 *
 * console.log(naiveTranspose([[1, 2, 3]])); // [[1], [2], [3]]
 * ```
 */
export function naiveTranspose(rows: Rows, cols: number = rows[0]?.length ?? 0): number[][] {
  return Array.from({ length: cols }, (_, j) => rows.map((row) => row[j]));
}

/**
 * Bounds the error of a product A x for every order of summation, with or without fused operations.
 *
 * A sum of n products computed in any order differs from the exact one by at most gamma_n (|A| |x|)_i, where
 * gamma_n = n u / (1 - n u) and u = 2^-53; two computed sums therefore by at most twice that. The |A| |x| used is itself
 * computed, so the bound takes gamma_(2n).
 *
 * @param rows - the matrix A, shape (m, n)
 * @param x - length n
 * @returns for each row a bound on the difference of two computed values of (A x)_i
 * Complexity: O(m n).
 *
 * @example
 * ```ts
 * import { productErrorBound } from '@lemmata/testing';
 *
 * const bound = productErrorBound([[1, -1]], [1, 1]); // about 1.8e-15
 * ```
 * @see N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., SIAM 2002, section 3.1
 */
export function productErrorBound(rows: Rows, x: ArrayLike<number>): number[] {
  return rows.map((row) => {
    const products = 2 * row.length * (Number.EPSILON / 2);
    let sum = 0;
    for (let j = 0; j < row.length; j++) sum += Math.abs(row[j]) * Math.abs(x[j]);
    // Below 2^-1022 a product may also lose half of the smallest subnormal.
    return ((2 * products) / (1 - products)) * sum + row.length * Number.MIN_VALUE;
  });
}
