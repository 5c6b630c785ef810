// Fourier transforms of n complex f64 numbers, n a power of 2, by Stockham's method in radix 4: one complex number (re,
// im) a register. `sign` is 1 for exp(-2 pi i j k / n) and -1 for its conjugate. Tables as fft.ts of the TypeScript
// kernels.

/** z w, where `wr` is the real part twice and `wi` (-imaginary, imaginary). */
function turn(z: v128, wr: v128, wi: v128): v128 {
  return f64x2.add(f64x2.mul(z, wr), f64x2.mul(v128.shuffle<f64>(z, z, 1, 0), wi));
}

/** The pair (-sign, sign). */
function signs(sign: f64): v128 {
  return f64x2.replace_lane(f64x2.splat(-sign), 1, sign);
}

/** One stage of radix 4 with its table of three powers for each p < size / 4. */
function radix4(size: usize, stride: usize, source: usize, target: usize, table: usize, sign: f64): void {
  const conjugate = signs(sign);
  const step = stride << 4;
  const jump = step * (size >> 2);
  for (let p = size >> 2; p > 0; p--) {
    const w1r = v128.load64_splat(table);
    const w1i = f64x2.mul(v128.load64_splat(table, 8), conjugate);
    const w2r = v128.load64_splat(table, 16);
    const w2i = f64x2.mul(v128.load64_splat(table, 24), conjugate);
    const w3r = v128.load64_splat(table, 32);
    const w3i = f64x2.mul(v128.load64_splat(table, 40), conjugate);
    table += 48;
    for (let k = stride; k > 0; k--) {
      const a = v128.load(source);
      const c = v128.load(source + 2 * jump);
      const b = v128.load(source + jump);
      const d = v128.load(source + 3 * jump);
      const s = f64x2.add(a, c);
      const m = f64x2.sub(a, c);
      const t = f64x2.add(b, d);
      const e = f64x2.sub(b, d);
      const j = f64x2.mul(v128.shuffle<f64>(e, e, 1, 0), conjugate);
      v128.store(target, f64x2.add(s, t));
      v128.store(target + step, turn(f64x2.sub(m, j), w1r, w1i));
      v128.store(target + 2 * step, turn(f64x2.sub(s, t), w2r, w2i));
      v128.store(target + 3 * step, turn(f64x2.add(m, j), w3r, w3i));
      source += 16;
      target += 16;
    }
    target += 3 * step;
  }
}

/** The stage of size 4, which turns nothing. */
function lastRadix4(stride: usize, source: usize, target: usize, sign: f64): void {
  const conjugate = signs(sign);
  const step = stride << 4;
  for (let k = stride; k > 0; k--) {
    const a = v128.load(source);
    const c = v128.load(source + 2 * step);
    const b = v128.load(source + step);
    const d = v128.load(source + 3 * step);
    const s = f64x2.add(a, c);
    const m = f64x2.sub(a, c);
    const t = f64x2.add(b, d);
    const e = f64x2.sub(b, d);
    const j = f64x2.mul(v128.shuffle<f64>(e, e, 1, 0), conjugate);
    v128.store(target, f64x2.add(s, t));
    v128.store(target + step, f64x2.sub(m, j));
    v128.store(target + 2 * step, f64x2.sub(s, t));
    v128.store(target + 3 * step, f64x2.add(m, j));
    source += 16;
    target += 16;
  }
}

/** Sums and differences of the two halves. */
function radix2(stride: usize, source: usize, target: usize): void {
  const step = stride << 4;
  for (let k = stride; k > 0; k--) {
    const a = v128.load(source);
    const b = v128.load(source + step);
    v128.store(target, f64x2.add(a, b));
    v128.store(target + step, f64x2.sub(a, b));
    source += 16;
    target += 16;
  }
}

/** The transform of the numbers in x; x and y are overwritten. Returns 0 when the result stands in x, 1 when in y. */
export function fftF64(n: usize, x: usize, y: usize, table: usize, sign: f64): i32 {
  let source = x;
  let target = y;
  let size = n;
  let stride: usize = 1;
  let side = 0;
  while (size > 1) {
    if (size > 4) radix4(size, stride, source, target, table, sign);
    else if (size == 4) lastRadix4(stride, source, target, sign);
    else radix2(stride, source, target);
    table += 48 * (size >> 2);
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
export function complexProductsF64(n: usize, a: usize, b: usize): void {
  const conjugate = signs(1);
  for (let k = n; k > 0; k--) {
    const w = v128.load64_splat(b, 8);
    v128.store(a, turn(v128.load(a), v128.load64_splat(b), f64x2.mul(w, conjugate)));
    a += 16;
    b += 16;
  }
}

/** From the transform of pairs to the entries 0 .. half of that of 2 half reals, in place. */
export function splitRealF64(half: usize, z: usize, turns: usize): void {
  const re = load<f64>(z);
  const im = load<f64>(z, 8);
  const end = z + (half << 4);
  store<f64>(z, re + im);
  store<f64>(z, 0, 8);
  store<f64>(end, re - im);
  store<f64>(end, 0, 8);
  let k = z + 16;
  let m = end - 16;
  const oneHalf = f64x2.splat(0.5);
  const conjugate = signs(1);
  for (; k < m; k += 16, m -= 16) {
    turns += 16;
    const x = v128.load(k);
    const y = v128.load(m);
    // (kr + mr, ki - mi) / 2 and (ki + mi, mr - kr) / 2
    const e = f64x2.mul(f64x2.sub(x, f64x2.mul(y, conjugate)), oneHalf);
    const o = f64x2.mul(
      f64x2.add(v128.shuffle<f64>(x, y, 1, 2), v128.shuffle<f64>(y, f64x2.neg(x), 1, 2)),
      oneHalf,
    );
    const t = turn(o, v128.load64_splat(turns), f64x2.mul(v128.load64_splat(turns, 8), conjugate));
    v128.store(k, f64x2.add(e, t));
    v128.store(m, f64x2.sub(v128.shuffle<f64>(e, t, 0, 3), v128.shuffle<f64>(t, e, 0, 3)));
  }
  if ((half & 1) == 0) store<f64>(k, -load<f64>(k, 8), 8);
}

/** The way back, times `scale`. */
export function joinRealF64(half: usize, z: usize, turns: usize, scale: f64): void {
  const factor = scale * 0.5;
  const first = load<f64>(z);
  const last = load<f64>(z + (half << 4));
  store<f64>(z, (first + last) * factor);
  store<f64>(z, (first - last) * factor, 8);
  let k = z + 16;
  let m = z + (half << 4) - 16;
  const factors = f64x2.splat(factor);
  const conjugate = signs(1);
  const opposite = signs(-1);
  for (; k < m; k += 16, m -= 16) {
    turns += 16;
    const x = v128.load(k);
    const y = f64x2.mul(v128.load(m), opposite);
    // (kr + mr, ki - mi) and (kr - mr, ki + mi), times the factor
    const e = f64x2.mul(f64x2.add(x, y), factors);
    const d = f64x2.mul(f64x2.sub(x, y), factors);
    const o = turn(d, v128.load64_splat(turns), f64x2.mul(v128.load64_splat(turns, 8), opposite));
    const across = v128.shuffle<f64>(o, o, 1, 0);
    v128.store(k, f64x2.add(e, f64x2.mul(across, conjugate)));
    v128.store(m, f64x2.add(across, f64x2.mul(e, opposite)));
  }
  if ((half & 1) == 0) {
    store<f64>(k, load<f64>(k) * scale);
    store<f64>(k, load<f64>(k, 8) * -scale, 8);
  }
}
