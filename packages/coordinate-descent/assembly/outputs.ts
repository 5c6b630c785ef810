// Passes of block coordinate descent for least squares with k outputs: blocks are the rows of W, matrices of m rows are stored
// one output after the other.
import { axpy, dot } from '../../linalg/assembly/dense';
import { entry, gatherPair } from '../../linalg/assembly/sparse';

/** What multiplies u in the minimiser of (divisor / 2) |v|^2 - u . v + threshold |v|; NaN stays NaN. */
// @ts-ignore: decorator
@inline
function shrinkage(size: f64, threshold: f64, divisor: f64): f64 {
  return size <= threshold ? 0 : (1 - threshold / size) / divisor;
}

/** The sum of data[e] r[indices[e]] over n entries: four partial sums, a last pair, one tree, a last entry. */
function gathered(indices: usize, data: usize, n: usize, r: usize): f64 {
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  for (let left = n >> 2; left > 0; left--) {
    even = f64x2.add(even, f64x2.mul(v128.load(data), gatherPair(r, indices)));
    odd = f64x2.add(odd, f64x2.mul(v128.load(data, 16), gatherPair(r, indices + 8)));
    indices += 16;
    data += 32;
  }
  if (n & 2) {
    even = f64x2.add(even, f64x2.mul(v128.load(data), gatherPair(r, indices)));
    indices += 8;
    data += 16;
  }
  even = f64x2.add(even, odd);
  const sum = f64x2.extract_lane(even, 0) + f64x2.extract_lane(even, 1);
  return n & 1 ? sum + load<f64>(data) * load<f64>(entry(r, indices)) : sum;
}

/** y[indices[e]] += alpha data[e] over n entries. */
function scattered(alpha: f64, indices: usize, data: usize, n: usize, y: usize): void {
  for (let e: usize = 0; e < n; e++) {
    const place = entry(y, indices + (e << 2));
    store<f64>(place, load<f64>(place) + alpha * load<f64>(data + (e << 3)));
  }
}

/**
 * One pass over the rows ids[from..to) of W, whose columns are dense: R follows. W is stored row by row; `u` is room for k
 * numbers. Raises `largest` to the length of the largest change times its curvature; returns how many rows changed.
 */
export function outputsPassDense(
  rows: usize,
  outputs: usize,
  a: usize,
  ids: usize,
  from: usize,
  to: usize,
  squares: usize,
  threshold: f64,
  ridge: f64,
  r: usize,
  w: usize,
  u: usize,
  largest: usize,
): i32 {
  const bytes = rows << 3;
  let most = load<f64>(largest);
  let changed = 0;
  for (let e = from; e < to; e++) {
    const id: usize = load<u32>(ids + (e << 2));
    const square = load<f64>(squares + (id << 3));
    if (square == 0) continue;
    const column = a + id * bytes;
    const own = w + ((id * outputs) << 3);
    let size: f64 = 0;
    for (let o: usize = 0; o < outputs; o++) {
      const value = dot(column, r + o * bytes, rows) + square * load<f64>(own + (o << 3));
      store<f64>(u + (o << 3), value);
      size += value * value;
    }
    const factor = shrinkage(sqrt(size), threshold, square + ridge);
    let moved: f64 = 0;
    for (let o: usize = 0; o < outputs; o++) {
      const value = factor == 0 ? 0 : factor * load<f64>(u + (o << 3));
      const change = value - load<f64>(own + (o << 3));
      if (change == 0) continue;
      moved += change * change;
      store<f64>(own + (o << 3), value);
      axpy(-change, column, r + o * bytes, rows);
    }
    if (moved == 0) continue;
    most = max(most, (square + ridge) * sqrt(moved));
    changed++;
  }
  store<f64>(largest, most);
  return changed;
}

/** The same for sparse columns. */
export function outputsPassSparse(
  rows: usize,
  outputs: usize,
  indptr: usize,
  indices: usize,
  data: usize,
  ids: usize,
  from: usize,
  to: usize,
  squares: usize,
  threshold: f64,
  ridge: f64,
  r: usize,
  w: usize,
  u: usize,
  largest: usize,
): i32 {
  const bytes = rows << 3;
  let most = load<f64>(largest);
  let changed = 0;
  for (let e = from; e < to; e++) {
    const id: usize = load<u32>(ids + (e << 2));
    const square = load<f64>(squares + (id << 3));
    if (square == 0) continue;
    const start: usize = load<u32>(indptr + (id << 2));
    const n = <usize>load<u32>(indptr + (id << 2), 4) - start;
    const first = indices + (start << 2);
    const column = data + (start << 3);
    const own = w + ((id * outputs) << 3);
    let size: f64 = 0;
    for (let o: usize = 0; o < outputs; o++) {
      const value = gathered(first, column, n, r + o * bytes) + square * load<f64>(own + (o << 3));
      store<f64>(u + (o << 3), value);
      size += value * value;
    }
    const factor = shrinkage(sqrt(size), threshold, square + ridge);
    let moved: f64 = 0;
    for (let o: usize = 0; o < outputs; o++) {
      const value = factor == 0 ? 0 : factor * load<f64>(u + (o << 3));
      const change = value - load<f64>(own + (o << 3));
      if (change == 0) continue;
      moved += change * change;
      store<f64>(own + (o << 3), value);
      scattered(-change, first, column, n, r + o * bytes);
    }
    if (moved == 0) continue;
    most = max(most, (square + ridge) * sqrt(moved));
    changed++;
  }
  store<f64>(largest, most);
  return changed;
}

/**
 * One pass over the rows [from, to) of W of a model of `count` columns with their products h with one another; c, the products
 * with R, and W are stored one output after the other, and c follows.
 */
export function outputsGramPass(
  count: usize,
  outputs: usize,
  from: usize,
  to: usize,
  h: usize,
  threshold: f64,
  ridge: f64,
  c: usize,
  w: usize,
  u: usize,
): i32 {
  const bytes = count << 3;
  let changed = 0;
  for (let j = from; j < to; j++) {
    const row = h + j * bytes;
    const square = load<f64>(row + (j << 3));
    if (square == 0) continue;
    let size: f64 = 0;
    for (let o: usize = 0; o < outputs; o++) {
      const place = o * bytes + (j << 3);
      const value = load<f64>(c + place) + square * load<f64>(w + place);
      store<f64>(u + (o << 3), value);
      size += value * value;
    }
    const factor = shrinkage(sqrt(size), threshold, square + ridge);
    let moved = false;
    for (let o: usize = 0; o < outputs; o++) {
      const place = o * bytes + (j << 3);
      const value = factor == 0 ? 0 : factor * load<f64>(u + (o << 3));
      const change = value - load<f64>(w + place);
      if (change == 0) continue;
      moved = true;
      store<f64>(w + place, value);
      axpy(-change, row, c + o * bytes, count);
    }
    if (moved) changed++;
  }
  return changed;
}
