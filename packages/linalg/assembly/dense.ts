// Dense kernels. Every pointer is a byte offset; loops count down instead of comparing end pointers, because an array may
// end at the last byte of the memory, where its end pointer is 0.

/** x . y: eight partial sums in four registers, one tree, then the tail in order. */
export function dot(x: usize, y: usize, n: usize): f64 {
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  let c = f64x2.splat(0);
  let d = f64x2.splat(0);
  for (let k = n >> 3; k > 0; k--) {
    a = f64x2.add(a, f64x2.mul(v128.load(x), v128.load(y)));
    b = f64x2.add(b, f64x2.mul(v128.load(x, 16), v128.load(y, 16)));
    c = f64x2.add(c, f64x2.mul(v128.load(x, 32), v128.load(y, 32)));
    d = f64x2.add(d, f64x2.mul(v128.load(x, 48), v128.load(y, 48)));
    x += 64;
    y += 64;
  }
  const s = f64x2.add(f64x2.add(a, b), f64x2.add(c, d));
  return dotTail(f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1), x, y, n & 7);
}

function dotTail(sum: f64, x: usize, y: usize, n: usize): f64 {
  for (; n > 0; n--) {
    sum += load<f64>(x) * load<f64>(y);
    x += 8;
    y += 8;
  }
  return sum;
}

/** p . r for a column: four partial sums in two registers, one tree, then the tail in order. */
function columnDot(n: usize, p: usize, r: usize): f64 {
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  for (let k = n >> 2; k > 0; k--) {
    a = f64x2.add(a, f64x2.mul(v128.load(p), v128.load(r)));
    b = f64x2.add(b, f64x2.mul(v128.load(p, 16), v128.load(r, 16)));
    p += 32;
    r += 32;
  }
  a = f64x2.add(a, b);
  return dotTail(f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1), p, r, n & 3);
}

/** Stores p . r and q . r, each summed as columnDot does, while r is read once. Wider blocks spill registers in V8. */
function columnDotPair(n: usize, p: usize, q: usize, r: usize, outP: usize, outQ: usize): void {
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  let c = f64x2.splat(0);
  let d = f64x2.splat(0);
  for (let k = n >> 2; k > 0; k--) {
    const u = v128.load(r);
    a = f64x2.add(a, f64x2.mul(v128.load(p), u));
    c = f64x2.add(c, f64x2.mul(v128.load(q), u));
    const v = v128.load(r, 16);
    b = f64x2.add(b, f64x2.mul(v128.load(p, 16), v));
    d = f64x2.add(d, f64x2.mul(v128.load(q, 16), v));
    p += 32;
    q += 32;
    r += 32;
  }
  a = f64x2.add(a, b);
  c = f64x2.add(c, d);
  store<f64>(outP, dotTail(f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1), p, r, n & 3));
  store<f64>(outQ, dotTail(f64x2.extract_lane(c, 0) + f64x2.extract_lane(c, 1), q, r, n & 3));
}

/** y += alpha x. */
export function axpy(alpha: f64, x: usize, y: usize, n: usize): void {
  const v = f64x2.splat(alpha);
  for (let k = n >> 3; k > 0; k--) {
    v128.store(y, f64x2.add(v128.load(y), f64x2.mul(v, v128.load(x))));
    v128.store(y, f64x2.add(v128.load(y, 16), f64x2.mul(v, v128.load(x, 16))), 16);
    v128.store(y, f64x2.add(v128.load(y, 32), f64x2.mul(v, v128.load(x, 32))), 32);
    v128.store(y, f64x2.add(v128.load(y, 48), f64x2.mul(v, v128.load(x, 48))), 48);
    x += 64;
    y += 64;
  }
  for (let k = n & 7; k > 0; k--) {
    store<f64>(y, load<f64>(y) + alpha * load<f64>(x));
    x += 8;
    y += 8;
  }
}

/** out[j] = a_j . r for j = ids[k], k in [from, to), or j = k when `ids` is null. */
function products(rows: usize, a: usize, ids: usize, r: usize, out: usize, from: usize, to: usize): void {
  const bytes = rows << 3;
  for (; from + 1 < to; from += 2) {
    const i: usize = ids ? load<u32>(ids + (from << 2)) : from;
    const j: usize = ids ? load<u32>(ids + (from << 2), 4) : from + 1;
    columnDotPair(rows, a + i * bytes, a + j * bytes, r, out + (i << 3), out + (j << 3));
  }
  if (from < to) {
    const j: usize = ids ? load<u32>(ids + (from << 2)) : from;
    store<f64>(out + (j << 3), columnDot(rows, a + j * bytes, r));
  }
}

/** out[j] = a_j . r for j in [from, to). */
export function columnProducts(rows: usize, a: usize, r: usize, out: usize, from: usize, to: usize): void {
  products(rows, a, 0, r, out, from, to);
}

/** out[j] = a_j . r for j = ids[k], k in [from, to). */
export function selectedColumnProducts(
  rows: usize,
  a: usize,
  ids: usize,
  r: usize,
  out: usize,
  from: usize,
  to: usize,
): void {
  products(rows, a, ids, r, out, from, to);
}

/** The first j >= from with x[j] != 0; `to` or beyond when there is none below `to`. */
function nextNonzero(x: usize, from: usize, to: usize): usize {
  while (from < to && load<f64>(x + (from << 3)) == 0) from++;
  return from;
}

/** y = (((y + s p) + t q) + u v) + w z, element by element: what four axpy in turn give. */
function axpyFour(
  n: usize,
  y: usize,
  s: f64,
  p: usize,
  t: f64,
  q: usize,
  u: f64,
  v: usize,
  w: f64,
  z: usize,
): void {
  const ss = f64x2.splat(s);
  const tt = f64x2.splat(t);
  const uu = f64x2.splat(u);
  const ww = f64x2.splat(w);
  for (let k = n >> 2; k > 0; k--) {
    let e = f64x2.add(v128.load(y), f64x2.mul(ss, v128.load(p)));
    let f = f64x2.add(v128.load(y, 16), f64x2.mul(ss, v128.load(p, 16)));
    e = f64x2.add(e, f64x2.mul(tt, v128.load(q)));
    f = f64x2.add(f, f64x2.mul(tt, v128.load(q, 16)));
    e = f64x2.add(e, f64x2.mul(uu, v128.load(v)));
    f = f64x2.add(f, f64x2.mul(uu, v128.load(v, 16)));
    v128.store(y, f64x2.add(e, f64x2.mul(ww, v128.load(z))));
    v128.store(y, f64x2.add(f, f64x2.mul(ww, v128.load(z, 16))), 16);
    y += 32;
    p += 32;
    q += 32;
    v += 32;
    z += 32;
  }
  for (let k = n & 3; k > 0; k--) {
    const e = load<f64>(y) + s * load<f64>(p) + t * load<f64>(q) + u * load<f64>(v) + w * load<f64>(z);
    store<f64>(y, e);
    y += 8;
    p += 8;
    q += 8;
    v += 8;
    z += 8;
  }
}

/** y += sum of x[j] a_j for j in [from, to) with x[j] != 0, in that order. */
export function columnCombination(rows: usize, a: usize, x: usize, y: usize, from: usize, to: usize): void {
  const bytes = rows << 3;
  let j = nextNonzero(x, from, to);
  while (j < to) {
    const j1 = nextNonzero(x, j + 1, to);
    const j2 = nextNonzero(x, j1 + 1, to);
    const j3 = nextNonzero(x, j2 + 1, to);
    const s = load<f64>(x + (j << 3));
    if (j3 < to) {
      const t = load<f64>(x + (j1 << 3));
      const u = load<f64>(x + (j2 << 3));
      const w = load<f64>(x + (j3 << 3));
      axpyFour(rows, y, s, a + j * bytes, t, a + j1 * bytes, u, a + j2 * bytes, w, a + j3 * bytes);
      j = nextNonzero(x, j3 + 1, to);
    } else {
      axpy(s, a + j * bytes, y, rows);
      j = j1;
    }
  }
}
