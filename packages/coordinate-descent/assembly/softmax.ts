// Passes on the quadratic model of the softmax loss: matrices of m rows and k classes are stored one class after the other.
import { axpy } from '../../linalg/assembly/dense';
import { shrink } from '../../linalg/assembly/descent';
import { entry } from '../../linalg/assembly/sparse';
import { columnLength, columnProduct, columnStart } from './columns';

/** y += alpha x s, entry by entry. */
function addScaled(alpha: f64, x: usize, s: usize, y: usize, n: usize): void {
  const v = f64x2.splat(alpha);
  for (let k = n >> 2; k > 0; k--) {
    const first = f64x2.mul(f64x2.mul(v, v128.load(x)), v128.load(s));
    v128.store(y, f64x2.add(v128.load(y), first));
    const second = f64x2.mul(f64x2.mul(v, v128.load(x, 16)), v128.load(s, 16));
    v128.store(y, f64x2.add(v128.load(y, 16), second), 16);
    x += 32;
    s += 32;
    y += 32;
  }
  for (let k = n & 3; k > 0; k--) {
    store<f64>(y, load<f64>(y) + alpha * load<f64>(x) * load<f64>(s));
    x += 8;
    s += 8;
    y += 8;
  }
}

/** y += alpha x s over the n entries of a sparse column x, s being a vector of all rows. */
function scatterScaled(alpha: f64, indices: usize, x: usize, n: usize, s: usize, y: usize): void {
  for (let e: usize = 0; e < n; e++) {
    const place = <usize>load<u32>(indices + (e << 2)) << 3;
    const scaled = alpha * load<f64>(x + (e << 3)) * load<f64>(s + place);
    store<f64>(y + place, load<f64>(y + place) + scaled);
  }
}

/** out[j] = the sum of a_ij^2 q_i for the dense columns j in [from, to): two partial sums, then the last entry. */
export function columnSquaresDense(rows: usize, a: usize, q: usize, out: usize, from: usize, to: usize): void {
  const bytes = rows << 3;
  for (let j = from; j < to; j++) {
    let x = a + j * bytes;
    let by = q;
    let pair = f64x2.splat(0);
    for (let k = rows >> 1; k > 0; k--) {
      const value = v128.load(x);
      pair = f64x2.add(pair, f64x2.mul(f64x2.mul(value, value), v128.load(by)));
      x += 16;
      by += 16;
    }
    let sum = f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
    if (rows & 1) sum += load<f64>(x) * load<f64>(x) * load<f64>(by);
    store<f64>(out + (j << 3), sum);
  }
}

/** The same for sparse columns, entry after entry. */
export function columnSquaresSparse(
  indptr: usize,
  indices: usize,
  data: usize,
  q: usize,
  out: usize,
  from: usize,
  to: usize,
): void {
  for (let j = from; j < to; j++) {
    const end: usize = load<u32>(indptr + (j << 2), 4);
    let sum: f64 = 0;
    for (let e: usize = load<u32>(indptr + (j << 2)); e < end; e++) {
      const value = load<f64>(data + (e << 3));
      sum += value * value * load<f64>(entry(q, indices + (e << 2)));
    }
    store<f64>(out + (j << 3), sum);
  }
}

/**
 * One pass over the columns ids[from..to) for one class: y = H Z of the class, s the weights of its rows, `slopes` the products
 * of columns with the residual at the start, `bounds` their curvatures. Raises `largest` to the largest change times curvature;
 * returns the number of coefficients that changed.
 */
// @ts-ignore: decorator
@inline
function classPass(
  sparse: bool,
  rows: usize,
  indptr: usize,
  indices: usize,
  data: usize,
  ids: usize,
  from: usize,
  to: usize,
  y: usize,
  s: usize,
  slopes: usize,
  bounds: usize,
  threshold: f64,
  ridge: f64,
  w: usize,
  largest: usize,
): i32 {
  let most = load<f64>(largest);
  let changed = 0;
  for (let e = from; e < to; e++) {
    const id: usize = load<u32>(ids + (e << 2));
    const j = id << 3;
    const bound = load<f64>(bounds + j);
    if (bound == 0) continue;
    const start = columnStart(sparse, rows, indptr, id);
    const n = columnLength(sparse, rows, indptr, id, start);
    const first = indices + (start << 2);
    const column = data + (start << 3);
    const old = load<f64>(w + j);
    const z = load<f64>(slopes + j) - columnProduct(sparse, first, column, n, y) + bound * old;
    const divisor = bound + ridge;
    const value = shrink(z, threshold, divisor);
    const change = value - old;
    if (change == 0) continue;
    store<f64>(w + j, value);
    if (sparse) scatterScaled(change, first, column, n, s, y);
    else addScaled(change, column, s, y, n);
    most = max(most, divisor * abs(change));
    changed++;
  }
  store<f64>(largest, most);
  return changed;
}

/** The pass for dense columns. */
export function classPassDense(
  rows: usize,
  a: usize,
  ids: usize,
  from: usize,
  to: usize,
  y: usize,
  s: usize,
  slopes: usize,
  bounds: usize,
  threshold: f64,
  ridge: f64,
  w: usize,
  largest: usize,
): i32 {
  return classPass(false, rows, 0, 0, a, ids, from, to, y, s, slopes, bounds, threshold, ridge, w, largest);
}

/** The pass for sparse columns. */
export function classPassSparse(
  indptr: usize,
  indices: usize,
  data: usize,
  ids: usize,
  from: usize,
  to: usize,
  y: usize,
  s: usize,
  slopes: usize,
  bounds: usize,
  threshold: f64,
  ridge: f64,
  w: usize,
  largest: usize,
): i32 {
  return classPass(true, 0, indptr, indices, data, ids, from, to, y, s, slopes, bounds, threshold, ridge, w, largest);
}

/** y_c -= p_c t, entry by entry, in all classes but one. */
export function spreadClass(rows: usize, classes: usize, own: usize, p: usize, t: usize, y: usize): void {
  const bytes = rows << 3;
  for (let c: usize = 0; c < classes; c++) {
    if (c == own) continue;
    let from = p + c * bytes;
    let by = t;
    let to = y + c * bytes;
    for (let k = rows >> 1; k > 0; k--) {
      v128.store(to, f64x2.sub(v128.load(to), f64x2.mul(v128.load(from), v128.load(by))));
      from += 16;
      by += 16;
      to += 16;
    }
    if (rows & 1) store<f64>(to, load<f64>(to) - load<f64>(from) * load<f64>(by));
  }
}

/**
 * y += h (diag(p) - p p') (a d') row by row, for a dense column a and the step d of its coefficients; `means` is room for a
 * number a row.
 */
export function addCurvedDense(
  rows: usize,
  classes: usize,
  a: usize,
  d: usize,
  p: usize,
  h: usize,
  means: usize,
  y: usize,
): void {
  const bytes = rows << 3;
  memory.fill(means, 0, bytes);
  for (let c: usize = 0; c < classes; c++) {
    axpy(load<f64>(d + (c << 3)), p + c * bytes, means, rows);
  }
  for (let c: usize = 0; c < classes; c++) {
    const step = load<f64>(d + (c << 3));
    const steps = f64x2.splat(step);
    let to = y + c * bytes;
    let by = p + c * bytes;
    let column = a;
    let weight = h;
    let mean = means;
    for (let k = rows >> 1; k > 0; k--) {
      const scaled = f64x2.mul(f64x2.mul(v128.load(weight), v128.load(column)), v128.load(by));
      v128.store(to, f64x2.add(v128.load(to), f64x2.mul(scaled, f64x2.sub(steps, v128.load(mean)))));
      to += 16;
      by += 16;
      column += 16;
      weight += 16;
      mean += 16;
    }
    if (rows & 1) {
      const scaled = load<f64>(weight) * load<f64>(column) * load<f64>(by);
      store<f64>(to, load<f64>(to) + scaled * (step - load<f64>(mean)));
    }
  }
}

/** The same for a sparse column of n entries. */
export function addCurvedSparse(
  rows: usize,
  classes: usize,
  indices: usize,
  data: usize,
  n: usize,
  d: usize,
  p: usize,
  h: usize,
  y: usize,
): void {
  const bytes = rows << 3;
  for (let e: usize = 0; e < n; e++) {
    const place = <usize>load<u32>(indices + (e << 2)) << 3;
    const scaled = load<f64>(h + place) * load<f64>(data + (e << 3));
    let mean: f64 = 0;
    let by = p + place;
    for (let c: usize = 0; c < classes; c++) {
      mean += load<f64>(d + (c << 3)) * load<f64>(by);
      by += bytes;
    }
    by = p + place;
    let to = y + place;
    for (let c: usize = 0; c < classes; c++) {
      store<f64>(to, load<f64>(to) + scaled * load<f64>(by) * (load<f64>(d + (c << 3)) - mean));
      by += bytes;
      to += bytes;
    }
  }
}
