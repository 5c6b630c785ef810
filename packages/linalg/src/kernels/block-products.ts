/**
 * The inner product of x[from ..] and y[start ..] over n entries: one sum over the even positions and one over the odd
 * ones, added; the last entry of an odd number after that. This is the order of every sum in this file.
 */
function pairDot(x: Float64Array, from: number, y: Float64Array, start: number, n: number): number {
  const end = n - (n & 1);
  let even = 0;
  let odd = 0;
  for (let k = 0; k < end; k += 2) {
    even += x[from + k] * y[start + k];
    odd += x[from + k + 1] * y[start + k + 1];
  }
  const sum = even + odd;
  return end < n ? sum + x[from + end] * y[start + end] : sum;
}

/** c[i][j] += sign (a_i . b_j) for two rows of a and two of b, at the given positions. */
function addSquare(
  sign: number,
  c: Float64Array,
  cAt: number,
  cStride: number,
  a: Float64Array,
  aAt: number,
  aStride: number,
  b: Float64Array,
  bAt: number,
  bStride: number,
  length: number,
): void {
  const end = aAt + (length - (length & 1));
  let p = aAt;
  let q = aAt + aStride;
  let r = bAt;
  let s = bAt + bStride;
  let pr0 = 0;
  let pr1 = 0;
  let ps0 = 0;
  let ps1 = 0;
  let qr0 = 0;
  let qr1 = 0;
  let qs0 = 0;
  let qs1 = 0;
  for (; p < end; p += 2, q += 2, r += 2, s += 2) {
    const p0 = a[p];
    const q0 = a[q];
    const r0 = b[r];
    const s0 = b[s];
    pr0 += p0 * r0;
    ps0 += p0 * s0;
    qr0 += q0 * r0;
    qs0 += q0 * s0;
    const p1 = a[p + 1];
    const q1 = a[q + 1];
    const r1 = b[r + 1];
    const s1 = b[s + 1];
    pr1 += p1 * r1;
    ps1 += p1 * s1;
    qr1 += q1 * r1;
    qs1 += q1 * s1;
  }
  let pr = pr0 + pr1;
  let ps = ps0 + ps1;
  let qr = qr0 + qr1;
  let qs = qs0 + qs1;
  if ((length & 1) !== 0) {
    pr += a[p] * b[r];
    ps += a[p] * b[s];
    qr += a[q] * b[r];
    qs += a[q] * b[s];
  }
  c[cAt] += sign * pr;
  c[cAt + 1] += sign * ps;
  c[cAt + cStride] += sign * qr;
  c[cAt + cStride + 1] += sign * qs;
}

/**
 * Adds a block of inner products: c[i][j] += sign (a_i . b_j) for i < rows and j < cols.
 *
 * Row i of a matrix begins at its position plus i strides; the rows of `a` and `b` have `length` entries. Each product
 * is summed over the even positions and over the odd ones, so the result does not depend on how a block is cut.
 */
export function addBlockProducts(
  sign: number,
  c: Float64Array,
  cAt: number,
  cStride: number,
  a: Float64Array,
  aAt: number,
  aStride: number,
  rows: number,
  b: Float64Array,
  bAt: number,
  bStride: number,
  cols: number,
  length: number,
): void {
  const evenRows = rows - (rows & 1);
  const evenCols = cols - (cols & 1);
  for (let i = 0; i < evenRows; i += 2) {
    for (let j = 0; j < evenCols; j += 2) {
      const place = cAt + i * cStride + j;
      addSquare(sign, c, place, cStride, a, aAt + i * aStride, aStride, b, bAt + j * bStride, bStride, length);
    }
  }
  for (let i = 0; i < rows; i++) {
    for (let j = i < evenRows ? evenCols : 0; j < cols; j++) {
      c[cAt + i * cStride + j] += sign * pairDot(a, aAt + i * aStride, b, bAt + j * bStride, length);
    }
  }
}

/** The same for the lower triangle of a product of `a` with itself: c[i][j] += sign (a_i . a_j) for j <= i < size. */
export function addLowerProducts(
  sign: number,
  c: Float64Array,
  cAt: number,
  cStride: number,
  a: Float64Array,
  aAt: number,
  aStride: number,
  size: number,
  length: number,
): void {
  for (let first = 0; first < size; first += 4) {
    const rows = Math.min(4, size - first);
    const from = aAt + first * aStride;
    addBlockProducts(sign, c, cAt + first * cStride, cStride, a, from, aStride, rows, a, aAt, aStride, first, length);
    for (let i = first; i < first + rows; i++) {
      for (let j = first; j <= i; j++) {
        c[cAt + i * cStride + j] += sign * pairDot(a, aAt + i * aStride, a, aAt + j * aStride, length);
      }
    }
  }
}
