// Passes of Lasso coordinate descent: product, soft threshold and residual update of a column after the other.
import { axpy, dot } from './dense';
import { gatherDot, scatterAxpy } from './sparse';

/** S(z, threshold) / square; NaN stays NaN, so that an overflow shows. */
// @ts-ignore: decorator
@inline
export function shrink(z: f64, threshold: f64, square: f64): f64 {
  if (abs(z) <= threshold) return 0;
  return (z - copysign(threshold, z)) / square;
}

/** r += alpha x and the new r . y in one reading of r, with the bits of axpy and dot in turn. */
function axpyDot(alpha: f64, x: usize, r: usize, y: usize, n: usize): f64 {
  const t = f64x2.splat(alpha);
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  let c = f64x2.splat(0);
  let d = f64x2.splat(0);
  for (let k = n >> 3; k > 0; k--) {
    let v = f64x2.add(v128.load(r), f64x2.mul(t, v128.load(x)));
    v128.store(r, v);
    a = f64x2.add(a, f64x2.mul(v128.load(y), v));
    v = f64x2.add(v128.load(r, 16), f64x2.mul(t, v128.load(x, 16)));
    v128.store(r, v, 16);
    b = f64x2.add(b, f64x2.mul(v128.load(y, 16), v));
    v = f64x2.add(v128.load(r, 32), f64x2.mul(t, v128.load(x, 32)));
    v128.store(r, v, 32);
    c = f64x2.add(c, f64x2.mul(v128.load(y, 32), v));
    v = f64x2.add(v128.load(r, 48), f64x2.mul(t, v128.load(x, 48)));
    v128.store(r, v, 48);
    d = f64x2.add(d, f64x2.mul(v128.load(y, 48), v));
    x += 64;
    r += 64;
    y += 64;
  }
  const s = f64x2.add(f64x2.add(a, b), f64x2.add(c, d));
  let sum = f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
  for (let k = n & 7; k > 0; k--) {
    const v = load<f64>(r) + alpha * load<f64>(x);
    store<f64>(r, v);
    sum += load<f64>(y) * v;
    x += 8;
    r += 8;
    y += 8;
  }
  return sum;
}

/**
 * One pass over the dense columns ids[from..to); returns the number of coordinates that changed. The update of r for a
 * column waits for the product of the next one.
 */
export function lassoEpochDense(
  rows: usize,
  a: usize,
  ids: usize,
  from: usize,
  to: usize,
  squares: usize,
  threshold: f64,
  r: usize,
  w: usize,
): i32 {
  const bytes = rows << 3;
  let changed = 0;
  let waiting: f64 = 0;
  let waitingColumn: usize = 0;
  for (let k = from; k < to; k++) {
    const j: usize = load<u32>(ids + (k << 2));
    const square = load<f64>(squares + (j << 3));
    if (square == 0) continue;
    const column = a + j * bytes;
    const old = load<f64>(w + (j << 3));
    const product = waiting != 0 ? axpyDot(waiting, waitingColumn, r, column, rows) : dot(column, r, rows);
    const value = shrink(product + square * old, threshold, square);
    waiting = old - value;
    if (waiting != 0) {
      store<f64>(w + (j << 3), value);
      waitingColumn = column;
      changed++;
    }
  }
  if (waiting != 0) axpy(waiting, waitingColumn, r, rows);
  return changed;
}

/** One pass over the sparse columns ids[from..to), centred by their means; `rows` is the length of r. */
export function lassoEpochSparse(
  rows: usize,
  indptr: usize,
  indices: usize,
  data: usize,
  ids: usize,
  from: usize,
  to: usize,
  squares: usize,
  means: usize,
  threshold: f64,
  r: usize,
  residualSum: usize,
  w: usize,
): i32 {
  const m = <f64>rows;
  let sum = load<f64>(residualSum);
  let changed = 0;
  for (let k = from; k < to; k++) {
    const j: usize = load<u32>(ids + (k << 2));
    const square = load<f64>(squares + (j << 3));
    if (square == 0) continue;
    const start: usize = load<u32>(indptr + (j << 2));
    const n = <usize>load<u32>(indptr + (j << 2), 4) - start;
    const first = indices + (start << 2);
    const column = data + (start << 3);
    const mean = load<f64>(means + (j << 3));
    const old = load<f64>(w + (j << 3));
    const value = shrink(gatherDot(first, column, n, r) - mean * sum + square * old, threshold, square);
    const change = value - old;
    if (change == 0) continue;
    store<f64>(w + (j << 3), value);
    sum -= change * (m * mean);
    changed++;
    scatterAxpy(-change, first, column, n, r);
  }
  store<f64>(residualSum, sum);
  return changed;
}
