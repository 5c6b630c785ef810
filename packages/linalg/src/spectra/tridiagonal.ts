/** Steps allowed for one eigenvalue; two are common, and LAPACK allows 30. */
const MAX_STEPS = 60;

/** The root of f^2 + g^2 for numbers whose squares do not overflow. */
function length(f: number, g: number): number {
  return Math.sqrt(f * f + g * g);
}

/**
 * Finds all eigenvalues of a symmetric tridiagonal matrix by the implicit QL method, and applies its rotations.
 *
 * The entries are to be of moderate size (at most 2^500 or so, scaled to about 1): squares must not overflow.
 *
 * @param d - diagonal, length k; becomes the eigenvalues, in no order
 * @param e - subdiagonal, entry i between i and i + 1, length k (the last entry is not used); overwritten
 * @param rows - rows of length k, one after the other: each row z becomes z Q, where T = Q diag(d) Q'
 * @returns false when an eigenvalue needs more than 60 steps, which no matrix is known to do
 */
export function tridiagonalEigen(d: Float64Array, e: Float64Array, rows: Float64Array): boolean {
  const k = d.length;
  if (k > 0) e[k - 1] = 0;
  for (let l = 0; l < k; l++) {
    for (let step = 0; ; step++) {
      let m = l;
      while (m < k - 1 && Math.abs(e[m]) > Number.EPSILON * (Math.abs(d[m]) + Math.abs(d[m + 1]))) m++;
      if (m === l) break;
      if (step === MAX_STEPS) return false;
      sweep(d, e, rows, l, m);
    }
  }
  return true;
}

/** One QL step with Wilkinson's shift on the block l .. m. */
function sweep(d: Float64Array, e: Float64Array, rows: Float64Array, l: number, m: number): void {
  const half = (d[l + 1] - d[l]) / (2 * e[l]);
  const root = length(half, 1);
  let g = d[m] - d[l] + e[l] / (half + (half < 0 ? -root : root));
  let s = 1;
  let c = 1;
  let p = 0;
  for (let i = m - 1; i >= l; i--) {
    const f = s * e[i];
    const b = c * e[i];
    const r = length(f, g);
    e[i + 1] = r;
    if (r === 0) {
      // The block falls into two: start again with what is left.
      d[i + 1] -= p;
      e[m] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = d[i + 1] - p;
    const t = (d[i] - g) * s + 2 * c * b;
    p = s * t;
    d[i + 1] = g + p;
    g = c * t - b;
    for (let at = i; at < rows.length; at += d.length) {
      const z = rows[at + 1];
      rows[at + 1] = s * rows[at] + c * z;
      rows[at] = c * rows[at] - s * z;
    }
  }
  d[l] -= p;
  e[l] = g;
  e[m] = 0;
}
