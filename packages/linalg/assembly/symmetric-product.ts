// Blocks of inner products between rows. Every product is summed over its even positions and over its odd ones, in the
// two lanes of one register; eight such registers are live in the widest loop, since V8 spills what goes beyond
// fifteen.

/** The inner product of x and y over n entries. */
function pairDot(x: usize, y: usize, n: usize): f64 {
  let a = f64x2.splat(0);
  for (let k = n >> 1; k > 0; k--) {
    a = f64x2.add(a, f64x2.mul(v128.load(x), v128.load(y)));
    x += 16;
    y += 16;
  }
  const sum = f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
  return n & 1 ? sum + load<f64>(x) * load<f64>(y) : sum;
}

/** c[0], c[1] += sign (the two sums, and u, v for the odd last position). */
function addPair(sign: v128, c: usize, s: v128, t: v128, odd: usize, x: usize, u: usize, v: usize): void {
  let sums = f64x2.add(v128.shuffle<f64>(s, t, 0, 2), v128.shuffle<f64>(s, t, 1, 3));
  if (odd) {
    const last = f64x2.replace_lane(v128.load64_splat(u), 1, load<f64>(v));
    sums = f64x2.add(sums, f64x2.mul(v128.load64_splat(x), last));
  }
  v128.store(c, f64x2.add(v128.load(c), f64x2.mul(sign, sums)));
}

/** Four rows of a times two of b; strides in bytes. */
function addFourByTwo(
  sign: v128,
  c: usize,
  cStride: usize,
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  length: usize,
): void {
  let p = a;
  let q = p + aStride;
  let r = q + aStride;
  let s = r + aStride;
  let u = b;
  let v = b + bStride;
  let pu = f64x2.splat(0);
  let pv = f64x2.splat(0);
  let qu = f64x2.splat(0);
  let qv = f64x2.splat(0);
  let ru = f64x2.splat(0);
  let rv = f64x2.splat(0);
  let su = f64x2.splat(0);
  let sv = f64x2.splat(0);
  for (let k = length >> 1; k > 0; k--) {
    const e = v128.load(u);
    const f = v128.load(v);
    let x = v128.load(p);
    pu = f64x2.add(pu, f64x2.mul(x, e));
    pv = f64x2.add(pv, f64x2.mul(x, f));
    x = v128.load(q);
    qu = f64x2.add(qu, f64x2.mul(x, e));
    qv = f64x2.add(qv, f64x2.mul(x, f));
    x = v128.load(r);
    ru = f64x2.add(ru, f64x2.mul(x, e));
    rv = f64x2.add(rv, f64x2.mul(x, f));
    x = v128.load(s);
    su = f64x2.add(su, f64x2.mul(x, e));
    sv = f64x2.add(sv, f64x2.mul(x, f));
    p += 16;
    q += 16;
    r += 16;
    s += 16;
    u += 16;
    v += 16;
  }
  const odd = length & 1;
  addPair(sign, c, pu, pv, odd, p, u, v);
  c += cStride;
  addPair(sign, c, qu, qv, odd, q, u, v);
  c += cStride;
  addPair(sign, c, ru, rv, odd, r, u, v);
  c += cStride;
  addPair(sign, c, su, sv, odd, s, u, v);
}

/** c[i][j] += sign (a_i . b_j) for i < rows and j < cols; strides in entries. */
export function addBlockProducts(
  sign: f64,
  c: usize,
  cStride: usize,
  a: usize,
  aStride: usize,
  rows: usize,
  b: usize,
  bStride: usize,
  cols: usize,
  length: usize,
): void {
  const signs = f64x2.splat(sign);
  const cBytes = cStride << 3;
  const aBytes = aStride << 3;
  const bBytes = bStride << 3;
  const fourRows = rows & ~3;
  const twoCols = cols & ~1;
  for (let i: usize = 0; i < fourRows; i += 4) {
    for (let j: usize = 0; j < twoCols; j += 2) {
      addFourByTwo(signs, c + i * cBytes + (j << 3), cBytes, a + i * aBytes, aBytes, b + j * bBytes, bBytes, length);
    }
  }
  for (let i: usize = 0; i < rows; i++) {
    for (let j: usize = i < fourRows ? twoCols : 0; j < cols; j++) {
      const place = c + i * cBytes + (j << 3);
      store<f64>(place, load<f64>(place) + sign * pairDot(a + i * aBytes, b + j * bBytes, length));
    }
  }
}

/** c[i][j] += sign (a_i . a_j) for j <= i < size; strides in entries. */
export function addLowerProducts(
  sign: f64,
  c: usize,
  cStride: usize,
  a: usize,
  aStride: usize,
  size: usize,
  length: usize,
): void {
  const cBytes = cStride << 3;
  const aBytes = aStride << 3;
  for (let first: usize = 0; first < size; first += 4) {
    const rows: usize = size - first < 4 ? size - first : 4;
    addBlockProducts(sign, c + first * cBytes, cStride, a + first * aBytes, aStride, rows, a, aStride, first, length);
    for (let i = first; i < first + rows; i++) {
      for (let j = first; j <= i; j++) {
        const place = c + i * cBytes + (j << 3);
        store<f64>(place, load<f64>(place) + sign * pairDot(a + i * aBytes, a + j * aBytes, length));
      }
    }
  }
}
