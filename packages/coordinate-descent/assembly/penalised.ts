// Passes of coordinate descent for separable penalties: every column has its own threshold, ridge and bounds.
import { axpy, dot } from '../../linalg/assembly/dense';
import { gatherDot, scatterAxpy } from '../../linalg/assembly/sparse';

/** The minimiser over [lower, upper] of (divisor / 2) v^2 - z v + threshold |v|; NaN stays NaN, so that an overflow shows. */
// @ts-ignore: decorator
@inline
export function proximal(z: f64, threshold: f64, divisor: f64, lower: f64, upper: f64): f64 {
  if (abs(z) <= threshold) return 0;
  const value = (z - copysign(threshold, z)) / divisor;
  return value < lower ? lower : value > upper ? upper : value;
}

/** One pass over the dense columns ids[from..to); returns the number of coordinates that changed. */
export function penalisedEpochDense(
  rows: usize,
  a: usize,
  ids: usize,
  from: usize,
  to: usize,
  squares: usize,
  threshold: f64,
  ridge: f64,
  l1: usize,
  l2: usize,
  lower: usize,
  upper: usize,
  r: usize,
  w: usize,
): i32 {
  const bytes = rows << 3;
  let changed = 0;
  for (let k = from; k < to; k++) {
    const j: usize = load<u32>(ids + (k << 2)) << 3;
    const square = load<f64>(squares + j);
    if (square == 0) continue;
    const column = a + (j >> 3) * bytes;
    const old = load<f64>(w + j);
    const z = dot(column, r, rows) + square * old;
    const divisor = square + ridge * load<f64>(l2 + j);
    const value = proximal(z, threshold * load<f64>(l1 + j), divisor, load<f64>(lower + j), load<f64>(upper + j));
    const change = value - old;
    if (change == 0) continue;
    store<f64>(w + j, value);
    axpy(-change, column, r, rows);
    changed++;
  }
  return changed;
}

/** One pass over the sparse columns ids[from..to), centred by their means; `rows` is the length of r. */
export function penalisedEpochSparse(
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
  ridge: f64,
  l1: usize,
  l2: usize,
  lower: usize,
  upper: usize,
  r: usize,
  residualSum: usize,
  w: usize,
): i32 {
  const m = <f64>rows;
  let sum = load<f64>(residualSum);
  let changed = 0;
  for (let k = from; k < to; k++) {
    const id: usize = load<u32>(ids + (k << 2));
    const j = id << 3;
    const square = load<f64>(squares + j);
    if (square == 0) continue;
    const start: usize = load<u32>(indptr + (id << 2));
    const n = <usize>load<u32>(indptr + (id << 2), 4) - start;
    const first = indices + (start << 2);
    const column = data + (start << 3);
    const mean = load<f64>(means + j);
    const old = load<f64>(w + j);
    const z = gatherDot(first, column, n, r) - mean * sum + square * old;
    const divisor = square + ridge * load<f64>(l2 + j);
    const value = proximal(z, threshold * load<f64>(l1 + j), divisor, load<f64>(lower + j), load<f64>(upper + j));
    const change = value - old;
    if (change == 0) continue;
    store<f64>(w + j, value);
    sum -= change * (m * mean);
    changed++;
    scatterAxpy(-change, first, column, n, r);
  }
  store<f64>(residualSum, sum);
  return changed;
}
