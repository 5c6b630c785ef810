// Passes of block coordinate descent for least squares with k outputs: blocks are the rows of W, matrices of m rows are stored
// one output after the other.
import { axpy } from '../../linalg/assembly/dense';
import { scatterAxpy } from '../../linalg/assembly/sparse';
import { columnLength, columnProduct, columnStart } from './columns';

/** What multiplies u in the minimiser of (divisor / 2) |v|^2 - u . v + threshold |v|; NaN stays NaN. */
// @ts-ignore: decorator
@inline
function shrinkage(size: f64, threshold: f64, divisor: f64): f64 {
  return size <= threshold ? 0 : (1 - threshold / size) / divisor;
}

/** y += alpha times a column of n entries. */
// @ts-ignore: decorator
@inline
function addColumn(sparse: bool, alpha: f64, indices: usize, data: usize, n: usize, y: usize): void {
  if (sparse) scatterAxpy(alpha, indices, data, n, y);
  else axpy(alpha, data, y, n);
}

/**
 * One pass over the rows ids[from..to) of W: R follows. W is stored row by row; `u` is room for k numbers. Raises `largest` to
 * the length of the largest change times its curvature; returns how many rows changed.
 */
// @ts-ignore: decorator
@inline
function outputsPass(
  sparse: bool,
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
    const start = columnStart(sparse, rows, indptr, id);
    const n = columnLength(sparse, rows, indptr, id, start);
    const first = indices + (start << 2);
    const column = data + (start << 3);
    const own = w + ((id * outputs) << 3);
    let size: f64 = 0;
    for (let o: usize = 0; o < outputs; o++) {
      const product = columnProduct(sparse, first, column, n, r + o * bytes);
      const value = product + square * load<f64>(own + (o << 3));
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
      addColumn(sparse, -change, first, column, n, r + o * bytes);
    }
    if (moved == 0) continue;
    most = max(most, (square + ridge) * sqrt(moved));
    changed++;
  }
  store<f64>(largest, most);
  return changed;
}

/** The pass for dense columns. */
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
  return outputsPass(false, rows, outputs, 0, 0, a, ids, from, to, squares, threshold, ridge, r, w, u, largest);
}

/** The pass for sparse columns. */
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
  return outputsPass(true, rows, outputs, indptr, indices, data, ids, from, to, squares, threshold, ridge, r, w, u, largest);
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
