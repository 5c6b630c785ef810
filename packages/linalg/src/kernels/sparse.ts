/**
 * The sum of data[k] r[indices[k]] for k in [start, end): four partial sums; a last pair goes to the first two of them, a
 * last single entry after the tree.
 */
export function sparseDot(
  indices: Int32Array,
  data: Float64Array,
  start: number,
  end: number,
  r: Float64Array,
): number {
  const n = end - start;
  const fours = end - (n & 3);
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let k = start; k < fours; k += 4) {
    s0 += data[k] * r[indices[k]];
    s1 += data[k + 1] * r[indices[k + 1]];
    s2 += data[k + 2] * r[indices[k + 2]];
    s3 += data[k + 3] * r[indices[k + 3]];
  }
  if ((n & 2) !== 0) {
    s0 += data[fours] * r[indices[fours]];
    s1 += data[fours + 1] * r[indices[fours + 1]];
  }
  const sum = s0 + s2 + (s1 + s3);
  return (n & 1) !== 0 ? sum + data[end - 1] * r[indices[end - 1]] : sum;
}

/** y[indices[k]] += alpha data[k] for k in [start, end), one after the other. */
export function sparseAxpy(
  alpha: number,
  indices: Int32Array,
  data: Float64Array,
  start: number,
  end: number,
  y: Float64Array,
): void {
  for (let k = start; k < end; k++) y[indices[k]] += alpha * data[k];
}

/** out[j] = a_j . r for j in [from, to). */
export function sparseColumnProducts(
  indptr: Int32Array,
  indices: Int32Array,
  data: Float64Array,
  r: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
): void {
  for (let j = from; j < to; j++) out[j] = sparseDot(indices, data, indptr[j], indptr[j + 1], r);
}

/** out[j] = a_j . r for j = ids[k], k in [from, to). */
export function selectedSparseColumnProducts(
  indptr: Int32Array,
  indices: Int32Array,
  data: Float64Array,
  ids: Int32Array,
  r: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
): void {
  for (let k = from; k < to; k++) {
    const j = ids[k];
    out[j] = sparseDot(indices, data, indptr[j], indptr[j + 1], r);
  }
}

/** y += sum of x[j] a_j for j in [from, to) with x[j] != 0, in that order. */
export function sparseColumnCombination(
  indptr: Int32Array,
  indices: Int32Array,
  data: Float64Array,
  x: Float64Array,
  y: Float64Array,
  from: number,
  to: number,
): void {
  for (let j = from; j < to; j++) {
    if (x[j] !== 0) sparseAxpy(x[j], indices, data, indptr[j], indptr[j + 1], y);
  }
}
