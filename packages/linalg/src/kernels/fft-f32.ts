/** Rounds to f32: every operation below is one on f32 numbers, as in the WebAssembly twin. */
const f = Math.fround;

/**
 * One stage of radix 4: `stride` transforms of length `size` become four times as many of a quarter of the length.
 *
 * With c the length over 4 and p < c, the four entries p, p + c, p + 2c, p + 3c give (the sums of a butterfly, each
 * times a power of exp(-2 pi i p / size)) the entries 4p to 4p + 3 of the target, in units of the stride. `at` is where
 * the stage's table begins: three powers, as complex numbers, for each p. The last stage, of size 4, has none.
 */
function radix4(
  size: number,
  stride: number,
  source: Float32Array,
  target: Float32Array,
  table: Float32Array,
  at: number,
  sign: number,
): void {
  const quarter = size >> 2;
  const jump = 2 * stride * quarter;
  const step = 2 * stride;
  const plus = f(sign);
  const minus = f(-sign);
  for (let p = 0; p < quarter; p++) {
    const w = at + 6 * p;
    const turned = size > 4;
    const w1r = f(turned ? table[w] : 1);
    const w1i = f(turned ? f(plus * table[w + 1]) : 0);
    const w2r = f(turned ? table[w + 2] : 1);
    const w2i = f(turned ? f(plus * table[w + 3]) : 0);
    const w3r = f(turned ? table[w + 4] : 1);
    const w3i = f(turned ? f(plus * table[w + 5]) : 0);
    let out = 8 * stride * p;
    const end = 2 * stride * (p + 1);
    for (let k = 2 * stride * p; k < end; k += 2, out += 2) {
      const ar = source[k];
      const ai = source[k + 1];
      const br = source[k + jump];
      const bi = source[k + jump + 1];
      const cr = source[k + 2 * jump];
      const ci = source[k + 2 * jump + 1];
      const dr = source[k + 3 * jump];
      const di = source[k + 3 * jump + 1];
      const sr = f(ar + cr);
      const si = f(ai + ci);
      const tr = f(br + dr);
      const ti = f(bi + di);
      const mr = f(ar - cr);
      const mi = f(ai - ci);
      const jr = f(f(bi - di) * minus);
      const ji = f(f(br - dr) * plus);
      target[out] = f(sr + tr);
      target[out + 1] = f(si + ti);
      const y1r = f(mr - jr);
      const y1i = f(mi - ji);
      const y2r = f(sr - tr);
      const y2i = f(si - ti);
      const y3r = f(mr + jr);
      const y3i = f(mi + ji);
      if (turned) {
        target[out + step] = f(f(y1r * w1r) - f(y1i * w1i));
        target[out + step + 1] = f(f(y1i * w1r) + f(y1r * w1i));
        target[out + 2 * step] = f(f(y2r * w2r) - f(y2i * w2i));
        target[out + 2 * step + 1] = f(f(y2i * w2r) + f(y2r * w2i));
        target[out + 3 * step] = f(f(y3r * w3r) - f(y3i * w3i));
        target[out + 3 * step + 1] = f(f(y3i * w3r) + f(y3r * w3i));
      } else {
        target[out + step] = y1r;
        target[out + step + 1] = y1i;
        target[out + 2 * step] = y2r;
        target[out + 2 * step + 1] = y2i;
        target[out + 3 * step] = y3r;
        target[out + 3 * step + 1] = y3i;
      }
    }
  }
}

/** The last stage when the length is not a power of 4: sums and differences of the two halves. */
function radix2(stride: number, source: Float32Array, target: Float32Array): void {
  const jump = 2 * stride;
  for (let k = 0; k < jump; k++) {
    const a = source[k];
    const b = source[k + jump];
    target[k] = f(a + b);
    target[k + jump] = f(a - b);
  }
}

/**
 * The discrete Fourier transform X_k = sum of x_j exp(-sign 2 pi i j k / n) of n complex numbers, n a power of 2, by
 * Stockham's method in radix 4.
 *
 * `x` holds the numbers as pairs (re, im); `x` and `y` are overwritten. `table` is filled by `fillFftTable(n)`, `sign`
 * 1 or -1. Returns 0 when the result stands in `x`, 1 when it stands in `y`.
 */
export function fftF32(n: number, x: Float32Array, y: Float32Array, table: Float32Array, sign: number): number {
  let source = x;
  let target = y;
  let size = n;
  let stride = 1;
  let at = 0;
  let side = 0;
  for (; size >= 4; size >>= 2, stride *= 4, side ^= 1) {
    radix4(size, stride, source, target, table, at, sign);
    if (size > 4) at += 6 * (size >> 2);
    const kept = source;
    source = target;
    target = kept;
  }
  if (size === 2) {
    radix2(stride, source, target);
    side ^= 1;
  }
  return side;
}

/** a_k <- a_k b_k for n complex numbers. */
export function complexProductsF32(n: number, a: Float32Array, b: Float32Array): void {
  for (let k = 0; k < 2 * n; k += 2) {
    const re = f(f(a[k] * b[k]) - f(a[k + 1] * b[k + 1]));
    a[k + 1] = f(f(a[k + 1] * b[k]) + f(a[k] * b[k + 1]));
    a[k] = re;
  }
}

/**
 * From the transform Z of the `half` complex numbers x_0 + i x_1, x_2 + i x_3, ... to the entries 0 .. half of the
 * transform of the 2 half reals x, in place. `turns` holds exp(-2 pi i k / (2 half)) for k <= half / 2.
 */
export function splitRealF32(half: number, z: Float32Array, turns: Float32Array): void {
  const re = z[0];
  const im = z[1];
  z[0] = f(re + im);
  z[1] = 0;
  z[2 * half] = f(re - im);
  z[2 * half + 1] = 0;
  for (let k = 2, m = 2 * half - 2; k < m; k += 2, m -= 2) {
    const er = f(f(z[k] + z[m]) * 0.5);
    const ei = f(f(z[k + 1] - z[m + 1]) * 0.5);
    const or = f(f(z[k + 1] + z[m + 1]) * 0.5);
    const oi = f(f(z[m] - z[k]) * 0.5);
    const tr = f(f(turns[k] * or) - f(turns[k + 1] * oi));
    const ti = f(f(turns[k] * oi) + f(turns[k + 1] * or));
    z[k] = f(er + tr);
    z[k + 1] = f(ei + ti);
    z[m] = f(er - tr);
    z[m + 1] = f(ti - ei);
  }
  if ((half & 1) === 0) z[half + 1] = -z[half + 1];
}

/**
 * The way back: from entries 0 .. half of a real transform, times `scale`, to Z, in place. The last entry is left over.
 */
export function joinRealF32(half: number, z: Float32Array, turns: Float32Array, scale: number): void {
  const factor = f(scale * 0.5);
  const first = z[0];
  const last = z[2 * half];
  z[0] = f(f(first + last) * factor);
  z[1] = f(f(first - last) * factor);
  for (let k = 2, m = 2 * half - 2; k < m; k += 2, m -= 2) {
    const er = f(f(z[k] + z[m]) * factor);
    const ei = f(f(z[k + 1] - z[m + 1]) * factor);
    const dr = f(f(z[k] - z[m]) * factor);
    const di = f(f(z[k + 1] + z[m + 1]) * factor);
    const or = f(f(turns[k] * dr) + f(turns[k + 1] * di));
    const oi = f(f(turns[k] * di) - f(turns[k + 1] * dr));
    z[k] = f(er - oi);
    z[k + 1] = f(ei + or);
    z[m] = f(er + oi);
    z[m + 1] = f(or - ei);
  }
  if ((half & 1) === 0) {
    z[half] = f(z[half] * scale);
    z[half + 1] = f(z[half + 1] * -scale);
  }
}
