// Sparse kernels over CSC columns: `indptr`, `indices` and `ids` are int32, `data` is f64.
//
// Columns may be as short as a dozen entries, where a call costs as much as half of the work. The compiler folds a
// function into its caller by itself only when it is tiny or has one caller; gatherDot and scatterAxpy have to be told.

/** The address of y[i], where i is the index stored at `place`. */
export function entry(y: usize, place: usize): usize {
  return y + ((<usize>load<u32>(place)) << 3);
}

/** The pair r[i], r[j], where i and j are the indices stored at `place`. */
export function gatherPair(r: usize, place: usize): v128 {
  return v128.load_lane<f64>(entry(r, place + 4), v128.load_zero<f64>(entry(r, place)), 1);
}

/** The sum of data[k] r[indices[k]] over n entries: four partial sums; a last pair goes to the first two, a last one after. */
// @ts-ignore: decorator
@inline
export function gatherDot(indices: usize, data: usize, n: usize, r: usize): f64 {
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  for (let k = n >> 2; k > 0; k--) {
    a = f64x2.add(a, f64x2.mul(v128.load(data), gatherPair(r, indices)));
    b = f64x2.add(b, f64x2.mul(v128.load(data, 16), gatherPair(r, indices + 8)));
    indices += 16;
    data += 32;
  }
  if (n & 2) {
    a = f64x2.add(a, f64x2.mul(v128.load(data), gatherPair(r, indices)));
    indices += 8;
    data += 16;
  }
  a = f64x2.add(a, b);
  const sum = f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
  return n & 1 ? sum + load<f64>(data) * load<f64>(entry(r, indices)) : sum;
}

/** y[indices[k]] += alpha data[k] for n entries, one after the other, so that repeated indices add up. */
// @ts-ignore: decorator
@inline
export function scatterAxpy(alpha: f64, indices: usize, data: usize, n: usize, y: usize): void {
  const v = f64x2.splat(alpha);
  for (let k = n >> 1; k > 0; k--) {
    const s = f64x2.mul(v, v128.load(data));
    const p = entry(y, indices);
    store<f64>(p, load<f64>(p) + f64x2.extract_lane(s, 0));
    const q = entry(y, indices + 4);
    store<f64>(q, load<f64>(q) + f64x2.extract_lane(s, 1));
    indices += 8;
    data += 16;
  }
  if (n & 1) {
    const p = entry(y, indices);
    store<f64>(p, load<f64>(p) + alpha * load<f64>(data));
  }
}

/** out[j] = a_j . r for j = ids[k], k in [from, to), or j = k when `ids` is null. */
function products(
  indptr: usize,
  indices: usize,
  data: usize,
  ids: usize,
  r: usize,
  out: usize,
  from: usize,
  to: usize,
): void {
  for (let k = from; k < to; k++) {
    const j: usize = ids ? load<u32>(ids + (k << 2)) : k;
    const start: usize = load<u32>(indptr + (j << 2));
    const n = <usize>load<u32>(indptr + (j << 2), 4) - start;
    store<f64>(out + (j << 3), gatherDot(indices + (start << 2), data + (start << 3), n, r));
  }
}

/** out[j] = a_j . r for j in [from, to). */
export function sparseColumnProducts(
  indptr: usize,
  indices: usize,
  data: usize,
  r: usize,
  out: usize,
  from: usize,
  to: usize,
): void {
  products(indptr, indices, data, 0, r, out, from, to);
}

/** out[j] = a_j . r for j = ids[k], k in [from, to). */
export function selectedSparseColumnProducts(
  indptr: usize,
  indices: usize,
  data: usize,
  ids: usize,
  r: usize,
  out: usize,
  from: usize,
  to: usize,
): void {
  products(indptr, indices, data, ids, r, out, from, to);
}

/** y += sum of x[j] a_j for j in [from, to) with x[j] != 0, in that order. */
export function sparseColumnCombination(
  indptr: usize,
  indices: usize,
  data: usize,
  x: usize,
  y: usize,
  from: usize,
  to: usize,
): void {
  indptr += from << 2;
  x += from << 3;
  for (let k = to - from; k > 0; k--) {
    const s = load<f64>(x);
    if (s != 0) {
      const start: usize = load<u32>(indptr);
      const n = <usize>load<u32>(indptr, 4) - start;
      scatterAxpy(s, indices + (start << 2), data + (start << 3), n, y);
    }
    indptr += 4;
    x += 8;
  }
}
