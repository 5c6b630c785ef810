/** The inner product of x[start ..] and y over n entries: eight partial sums, one tree, then the tail in order. */
export function denseDot(x: Float64Array, start: number, y: Float64Array, n: number): number {
  const end = n - (n & 7);
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let s4 = 0;
  let s5 = 0;
  let s6 = 0;
  let s7 = 0;
  for (let i = 0, k = start; i < end; i += 8, k += 8) {
    s0 += x[k] * y[i];
    s1 += x[k + 1] * y[i + 1];
    s2 += x[k + 2] * y[i + 2];
    s3 += x[k + 3] * y[i + 3];
    s4 += x[k + 4] * y[i + 4];
    s5 += x[k + 5] * y[i + 5];
    s6 += x[k + 6] * y[i + 6];
    s7 += x[k + 7] * y[i + 7];
  }
  let sum = s0 + s2 + (s4 + s6) + (s1 + s3 + (s5 + s7));
  for (let i = end; i < n; i++) sum += x[start + i] * y[i];
  return sum;
}

/** y += alpha x[start ..] over n entries. */
export function denseAxpy(alpha: number, x: Float64Array, start: number, y: Float64Array, n: number): void {
  const end = n - (n & 3);
  for (let i = 0, k = start; i < end; i += 4, k += 4) {
    y[i] += alpha * x[k];
    y[i + 1] += alpha * x[k + 1];
    y[i + 2] += alpha * x[k + 2];
    y[i + 3] += alpha * x[k + 3];
  }
  for (let i = end; i < n; i++) y[i] += alpha * x[start + i];
}

/** The inner product of x and y, of equal length. */
export function dot(x: Float64Array, y: Float64Array): number {
  return denseDot(x, 0, y, x.length);
}

/** y += alpha x. */
export function axpy(alpha: number, x: Float64Array, y: Float64Array): void {
  denseAxpy(alpha, x, 0, y, x.length);
}

/** a[start ..] . r over n entries: four partial sums, one tree, then the tail in order. */
function columnDot(a: Float64Array, start: number, r: Float64Array, n: number): number {
  const end = n - (n & 3);
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let i = 0, k = start; i < end; i += 4, k += 4) {
    s0 += a[k] * r[i];
    s1 += a[k + 1] * r[i + 1];
    s2 += a[k + 2] * r[i + 2];
    s3 += a[k + 3] * r[i + 3];
  }
  let sum = s0 + s2 + (s1 + s3);
  for (let i = end; i < n; i++) sum += a[start + i] * r[i];
  return sum;
}

/** out[j] = a_j . r for j in [from, to). */
export function columnProducts(
  rows: number,
  a: Float64Array,
  r: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
): void {
  for (let j = from; j < to; j++) out[j] = columnDot(a, j * rows, r, rows);
}

/** out[j] = a_j . r for j = ids[k], k in [from, to). */
export function selectedColumnProducts(
  rows: number,
  a: Float64Array,
  ids: Int32Array,
  r: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
): void {
  for (let k = from; k < to; k++) out[ids[k]] = columnDot(a, ids[k] * rows, r, rows);
}

/** y += sum of x[j] a_j for j in [from, to) with x[j] != 0, in that order. */
export function columnCombination(
  rows: number,
  a: Float64Array,
  x: Float64Array,
  y: Float64Array,
  from: number,
  to: number,
): void {
  for (let j = from; j < to; j++) {
    if (x[j] !== 0) denseAxpy(x[j], a, j * rows, y, rows);
  }
}
