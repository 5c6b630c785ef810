// The plain loops over one column, in the order of the WebAssembly ones.

/** a[start ..] . r over n entries: eight partial sums, combined in a fixed tree, then the tail. */
export function columnProduct(a: Float64Array, start: number, r: Float64Array, n: number): number {
  const eights = n - (n & 7);
  let [a0, a1, b0, b1, c0, c1, d0, d1] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = 0, k = start; i < eights; i += 8, k += 8) {
    a0 += a[k] * r[i];
    a1 += a[k + 1] * r[i + 1];
    b0 += a[k + 2] * r[i + 2];
    b1 += a[k + 3] * r[i + 3];
    c0 += a[k + 4] * r[i + 4];
    c1 += a[k + 5] * r[i + 5];
    d0 += a[k + 6] * r[i + 6];
    d1 += a[k + 7] * r[i + 7];
  }
  let sum = a0 + b0 + (c0 + d0) + (a1 + b1 + (c1 + d1));
  for (let i = eights; i < n; i++) sum += a[start + i] * r[i];
  return sum;
}

/** r += alpha a[start ..] over n entries. */
export function addMultiple(alpha: number, a: Float64Array, start: number, r: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) r[i] += alpha * a[start + i];
}

/** The sum of data[k] r[indices[k]] over k in [start, end): four partial sums, a last pair, one tree, a last entry. */
export function gatheredProduct(
  indices: Int32Array,
  data: Float64Array,
  start: number,
  end: number,
  r: Float64Array,
): number {
  let [even0, even1, odd0, odd1] = [0, 0, 0, 0];
  let k = start;
  for (; k + 4 <= end; k += 4) {
    even0 += data[k] * r[indices[k]];
    even1 += data[k + 1] * r[indices[k + 1]];
    odd0 += data[k + 2] * r[indices[k + 2]];
    odd1 += data[k + 3] * r[indices[k + 3]];
  }
  if (k + 2 <= end) {
    even0 += data[k] * r[indices[k]];
    even1 += data[k + 1] * r[indices[k + 1]];
    k += 2;
  }
  const sum = even0 + odd0 + (even1 + odd1);
  return k < end ? sum + data[k] * r[indices[k]] : sum;
}
