// The transforms of fft.ts for f32 numbers: two complex numbers a register.

/** z w for two complex numbers, where `wr` is the real part twice and `wi` (-imaginary, imaginary). */
function turn(z: v128, wr: v128, wi: v128): v128 {
  return f32x4.add(f32x4.mul(z, wr), f32x4.mul(v128.shuffle<f32>(z, z, 1, 0, 3, 2), wi));
}

/** (-sign, sign, -sign, sign). */
function signs(sign: f32): v128 {
  return f32x4.replace_lane(f32x4.replace_lane(f32x4.splat(-sign), 1, sign), 3, sign);
}

/** The complex numbers at `place` and 24 bytes after it. */
function twoPowers(place: usize): v128 {
  return v128.load64_lane(place + 24, v128.load64_zero(place), 1);
}

function realParts(w: v128): v128 {
  return v128.shuffle<f32>(w, w, 0, 0, 2, 2);
}

function imaginaryParts(w: v128): v128 {
  return v128.shuffle<f32>(w, w, 1, 1, 3, 3);
}

/** The first stage of n >= 8 numbers: the two numbers of a register belong to neighbouring p. */
function firstRadix4(n: usize, source: usize, target: usize, table: usize, sign: f32): void {
  const conjugate = signs(sign);
  const jump = n << 1;
  for (let p = n >> 3; p > 0; p--) {
    const a = v128.load(source);
    const c = v128.load(source + 2 * jump);
    const b = v128.load(source + jump);
    const d = v128.load(source + 3 * jump);
    const s = f32x4.add(a, c);
    const m = f32x4.sub(a, c);
    const t = f32x4.add(b, d);
    const e = f32x4.sub(b, d);
    const j = f32x4.mul(v128.shuffle<f32>(e, e, 1, 0, 3, 2), conjugate);
    const w1 = twoPowers(table);
    const w2 = twoPowers(table + 8);
    const w3 = twoPowers(table + 16);
    const y0 = f32x4.add(s, t);
    const y1 = turn(f32x4.sub(m, j), realParts(w1), f32x4.mul(imaginaryParts(w1), conjugate));
    const y2 = turn(f32x4.sub(s, t), realParts(w2), f32x4.mul(imaginaryParts(w2), conjugate));
    const y3 = turn(f32x4.add(m, j), realParts(w3), f32x4.mul(imaginaryParts(w3), conjugate));
    v128.store(target, v128.shuffle<f64>(y0, y1, 0, 2));
    v128.store(target, v128.shuffle<f64>(y2, y3, 0, 2), 16);
    v128.store(target, v128.shuffle<f64>(y0, y1, 1, 3), 32);
    v128.store(target, v128.shuffle<f64>(y2, y3, 1, 3), 48);
    source += 16;
    target += 64;
    table += 48;
  }
}

/** A later stage of radix 4 of a size above 4; its stride is a multiple of 4. */
function radix4(size: usize, stride: usize, source: usize, target: usize, table: usize, sign: f32): void {
  const conjugate = signs(sign);
  const step = stride << 3;
  const jump = step * (size >> 2);
  for (let p = size >> 2; p > 0; p--) {
    const w1r = v128.load32_splat(table);
    const w1i = f32x4.mul(v128.load32_splat(table, 4), conjugate);
    const w2r = v128.load32_splat(table, 8);
    const w2i = f32x4.mul(v128.load32_splat(table, 12), conjugate);
    const w3r = v128.load32_splat(table, 16);
    const w3i = f32x4.mul(v128.load32_splat(table, 20), conjugate);
    table += 24;
    for (let k = stride >> 1; k > 0; k--) {
      const a = v128.load(source);
      const c = v128.load(source + 2 * jump);
      const b = v128.load(source + jump);
      const d = v128.load(source + 3 * jump);
      const s = f32x4.add(a, c);
      const m = f32x4.sub(a, c);
      const t = f32x4.add(b, d);
      const e = f32x4.sub(b, d);
      const j = f32x4.mul(v128.shuffle<f32>(e, e, 1, 0, 3, 2), conjugate);
      v128.store(target, f32x4.add(s, t));
      v128.store(target + step, turn(f32x4.sub(m, j), w1r, w1i));
      v128.store(target + 2 * step, turn(f32x4.sub(s, t), w2r, w2i));
      v128.store(target + 3 * step, turn(f32x4.add(m, j), w3r, w3i));
      source += 16;
      target += 16;
    }
    target += 3 * step;
  }
}

/** The stage of size 4, which turns nothing; a stride of 1 uses half a register. */
function lastRadix4(stride: usize, source: usize, target: usize, sign: f32): void {
  const conjugate = signs(sign);
  const step = stride << 3;
  for (let k: usize = 0; k < stride; k += 2) {
    const a = v128.load64_lane(source + (stride > 1 ? 8 : 0), v128.load64_zero(source), 1);
    const b = v128.load64_lane(source + step + (stride > 1 ? 8 : 0), v128.load64_zero(source + step), 1);
    const c = v128.load64_lane(source + 2 * step + (stride > 1 ? 8 : 0), v128.load64_zero(source + 2 * step), 1);
    const d = v128.load64_lane(source + 3 * step + (stride > 1 ? 8 : 0), v128.load64_zero(source + 3 * step), 1);
    const s = f32x4.add(a, c);
    const m = f32x4.sub(a, c);
    const t = f32x4.add(b, d);
    const e = f32x4.sub(b, d);
    const j = f32x4.mul(v128.shuffle<f32>(e, e, 1, 0, 3, 2), conjugate);
    put(target, f32x4.add(s, t), stride);
    put(target + step, f32x4.sub(m, j), stride);
    put(target + 2 * step, f32x4.sub(s, t), stride);
    put(target + 3 * step, f32x4.add(m, j), stride);
    source += 16;
    target += 16;
  }
}

/** Stores two complex numbers, or the first alone when the stride is 1. */
function put(place: usize, z: v128, stride: usize): void {
  if (stride > 1) v128.store(place, z);
  else v128.store64_lane(place, z, 0);
}

/** Sums and differences of the two halves. */
function radix2(stride: usize, source: usize, target: usize): void {
  const step = stride << 3;
  if (stride == 1) {
    const a = v128.load64_zero(source);
    const b = v128.load64_zero(source + 8);
    v128.store64_lane(target, f32x4.add(a, b), 0);
    v128.store64_lane(target + 8, f32x4.sub(a, b), 0);
    return;
  }
  for (let k = stride >> 1; k > 0; k--) {
    const a = v128.load(source);
    const b = v128.load(source + step);
    v128.store(target, f32x4.add(a, b));
    v128.store(target + step, f32x4.sub(a, b));
    source += 16;
    target += 16;
  }
}

/** The transform of the numbers in x; x and y are overwritten. Returns 0 when the result stands in x, 1 when in y. */
export function fftF32(n: usize, x: usize, y: usize, table: usize, sign: f32): i32 {
  let source = x;
  let target = y;
  let size = n;
  let stride: usize = 1;
  let side = 0;
  while (size > 1) {
    if (size == 4) lastRadix4(stride, source, target, sign);
    else if (size == 2) radix2(stride, source, target);
    else if (stride == 1) firstRadix4(n, source, target, table, sign);
    else radix4(size, stride, source, target, table, sign);
    table += 24 * (size >> 2);
    size >>= 2;
    stride <<= 2;
    side ^= 1;
    const kept = source;
    source = target;
    target = kept;
  }
  return side;
}

/** a_k <- a_k b_k for n complex numbers. */
export function complexProductsF32(n: usize, a: usize, b: usize): void {
  const conjugate = signs(1);
  for (let k = n >> 1; k > 0; k--) {
    const w = v128.load(b);
    v128.store(a, turn(v128.load(a), realParts(w), f32x4.mul(imaginaryParts(w), conjugate)));
    a += 16;
    b += 16;
  }
  if (n & 1) {
    const w = v128.load64_zero(b);
    const z = turn(v128.load64_zero(a), realParts(w), f32x4.mul(imaginaryParts(w), conjugate));
    v128.store64_lane(a, z, 0);
  }
}

/** Two complex numbers in the order of falling places, the one at `place` first. */
function falling(place: usize): v128 {
  const z = v128.load(place - 8);
  return v128.shuffle<f64>(z, z, 1, 0);
}

/** From the transform of pairs to the entries 0 .. half of that of 2 half reals, in place. */
export function splitRealF32(half: usize, z: usize, turns: usize): void {
  const re = load<f32>(z);
  const im = load<f32>(z, 4);
  const end = z + (half << 3);
  store<f32>(z, re + im);
  store<f32>(z, 0, 4);
  store<f32>(end, re - im);
  store<f32>(end, 0, 4);
  let k = z + 8;
  let m = end - 8;
  const oneHalf = f32x4.splat(0.5);
  const conjugate = signs(1);
  for (; k + 8 < m - 8; k += 16, m -= 16) {
    const x = v128.load(k);
    const y = falling(m);
    const less = f32x4.neg(x);
    // (kr + mr, ki - mi) / 2 and (ki + mi, mr - kr) / 2
    const e = f32x4.mul(f32x4.sub(x, f32x4.mul(y, conjugate)), oneHalf);
    const o = f32x4.mul(
      f32x4.add(v128.shuffle<f32>(x, y, 1, 4, 3, 6), v128.shuffle<f32>(y, less, 1, 4, 3, 6)),
      oneHalf,
    );
    const w = v128.load(turns, 8);
    const t = turn(o, realParts(w), f32x4.mul(imaginaryParts(w), conjugate));
    const u = v128.shuffle<f32>(e, t, 0, 5, 2, 7);
    const v = v128.shuffle<f32>(t, e, 0, 5, 2, 7);
    const r = f32x4.sub(u, v);
    v128.store(k, f32x4.add(e, t));
    v128.store(m - 8, v128.shuffle<f64>(r, r, 1, 0));
    turns += 16;
  }
  for (; k < m; k += 8, m -= 8) {
    turns += 8;
    const kr = load<f32>(k);
    const ki = load<f32>(k, 4);
    const mr = load<f32>(m);
    const mi = load<f32>(m, 4);
    const er = (kr + mr) * 0.5;
    const ei = (ki - mi) * 0.5;
    const or = (ki + mi) * 0.5;
    const oi = (mr - kr) * 0.5;
    const tr = load<f32>(turns) * or - load<f32>(turns, 4) * oi;
    const ti = load<f32>(turns) * oi + load<f32>(turns, 4) * or;
    store<f32>(k, er + tr);
    store<f32>(k, ei + ti, 4);
    store<f32>(m, er - tr);
    store<f32>(m, ti - ei, 4);
  }
  if ((half & 1) == 0) store<f32>(k, -load<f32>(k, 4), 4);
}

/** The way back, times `scale`. */
export function joinRealF32(half: usize, z: usize, turns: usize, scale: f32): void {
  const factor = scale * <f32>0.5;
  const first = load<f32>(z);
  const last = load<f32>(z + (half << 3));
  store<f32>(z, (first + last) * factor);
  store<f32>(z, (first - last) * factor, 4);
  let k = z + 8;
  let m = z + (half << 3) - 8;
  const factors = f32x4.splat(factor);
  const conjugate = signs(1);
  const opposite = signs(-1);
  for (; k + 8 < m - 8; k += 16, m -= 16) {
    const x = v128.load(k);
    const y = f32x4.mul(falling(m), opposite);
    // (kr + mr, ki - mi) and (kr - mr, ki + mi), times the factor
    const e = f32x4.mul(f32x4.add(x, y), factors);
    const d = f32x4.mul(f32x4.sub(x, y), factors);
    const w = v128.load(turns, 8);
    const o = turn(d, realParts(w), f32x4.mul(imaginaryParts(w), opposite));
    const across = v128.shuffle<f32>(o, o, 1, 0, 3, 2);
    v128.store(k, f32x4.add(e, f32x4.mul(across, conjugate)));
    const r = f32x4.add(across, f32x4.mul(e, opposite));
    v128.store(m - 8, v128.shuffle<f64>(r, r, 1, 0));
    turns += 16;
  }
  for (; k < m; k += 8, m -= 8) {
    turns += 8;
    const kr = load<f32>(k);
    const ki = load<f32>(k, 4);
    const mr = load<f32>(m);
    const mi = load<f32>(m, 4);
    const er = (kr + mr) * factor;
    const ei = (ki - mi) * factor;
    const dr = (kr - mr) * factor;
    const di = (ki + mi) * factor;
    const or = load<f32>(turns) * dr + load<f32>(turns, 4) * di;
    const oi = load<f32>(turns) * di - load<f32>(turns, 4) * dr;
    store<f32>(k, er - oi);
    store<f32>(k, ei + or, 4);
    store<f32>(m, er + oi);
    store<f32>(m, or - ei, 4);
  }
  if ((half & 1) == 0) {
    store<f32>(k, load<f32>(k) * scale);
    store<f32>(k, load<f32>(k, 4) * -scale, 4);
  }
}
