import type { Budget, Sliced } from '../budget.js';

/**
 * Makes the columns of a matrix orthonormal, A = Q R, by Gram-Schmidt with every column done twice. A column that
 * depends linearly on those before it, to rounding, becomes 0 in Q, with 0 on the diagonal of R.
 *
 * @param m - rows of A
 * @param k - columns of A
 * @param a - A, row by row; becomes Q
 * @param budget - when to give way
 * @returns R, upper triangular, k x k, row by row
 */
export function* orthonormalise(m: number, k: number, a: Float64Array, budget: Budget): Sliced<Float64Array> {
  const columns = new Float64Array(m * k);
  for (let i = 0; i < m; i++) for (let c = 0; c < k; c++) columns[c * m + i] = a[i * k + c];
  const r = new Float64Array(k * k);
  for (let j = 0; j < k; j++) {
    const before = Math.sqrt(dot(m, columns, j * m, j * m));
    for (let pass = 0; pass < 2; pass++) {
      for (let c = 0; c < j; c++) {
        const share = dot(m, columns, c * m, j * m);
        for (let i = 0; i < m; i++) columns[j * m + i] -= share * columns[c * m + i];
        r[c * k + j] += share;
        if (budget.spend(2 * m)) yield 'slice';
      }
    }
    const norm = Math.sqrt(dot(m, columns, j * m, j * m));
    const kept = norm > k * Number.EPSILON * before;
    if (kept) r[j * k + j] = norm;
    for (let i = 0; i < m; i++) columns[j * m + i] = kept ? columns[j * m + i] / norm : 0;
  }
  for (let i = 0; i < m; i++) for (let c = 0; c < k; c++) a[i * k + c] = columns[c * m + i];
  return r;
}

function dot(m: number, a: Float64Array, from: number, other: number): number {
  let sum = 0;
  for (let i = 0; i < m; i++) sum += a[from + i] * a[other + i];
  return sum;
}

/**
 * Multiplies every row by an upper triangular matrix: A becomes A R', so that U V' stays what it is when V = Q R
 * becomes Q and U becomes U R'.
 *
 * @param m - rows of A
 * @param k - columns of A
 * @param a - A, row by row, in place
 * @param r - R, k x k, row by row
 * @param budget - when to give way
 */
export function* timesTransposed(m: number, k: number, a: Float64Array, r: Float64Array, budget: Budget): Sliced {
  for (let i = 0; i < m; i++) {
    for (let c = 0; c < k; c++) {
      let sum = 0;
      for (let d = c; d < k; d++) sum += a[i * k + d] * r[c * k + d];
      a[i * k + c] = sum;
    }
    if (budget.spend((k * k) / 2)) yield 'slice';
  }
}
