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
  source: Float64Array,
  target: Float64Array,
  table: Float64Array,
  at: number,
  sign: number,
): void {
  const quarter = size >> 2;
  const jump = 2 * stride * quarter;
  const step = 2 * stride;
  for (let p = 0; p < quarter; p++) {
    const w = at + 6 * p;
    const turned = size > 4;
    const w1r = turned ? table[w] : 1;
    const w1i = turned ? sign * table[w + 1] : 0;
    const w2r = turned ? table[w + 2] : 1;
    const w2i = turned ? sign * table[w + 3] : 0;
    const w3r = turned ? table[w + 4] : 1;
    const w3i = turned ? sign * table[w + 5] : 0;
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
      const sr = ar + cr;
      const si = ai + ci;
      const tr = br + dr;
      const ti = bi + di;
      const mr = ar - cr;
      const mi = ai - ci;
      const jr = (bi - di) * -sign;
      const ji = (br - dr) * sign;
      target[out] = sr + tr;
      target[out + 1] = si + ti;
      const y1r = mr - jr;
      const y1i = mi - ji;
      const y2r = sr - tr;
      const y2i = si - ti;
      const y3r = mr + jr;
      const y3i = mi + ji;
      if (turned) {
        target[out + step] = y1r * w1r - y1i * w1i;
        target[out + step + 1] = y1i * w1r + y1r * w1i;
        target[out + 2 * step] = y2r * w2r - y2i * w2i;
        target[out + 2 * step + 1] = y2i * w2r + y2r * w2i;
        target[out + 3 * step] = y3r * w3r - y3i * w3i;
        target[out + 3 * step + 1] = y3i * w3r + y3r * w3i;
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
function radix2(stride: number, source: Float64Array, target: Float64Array): void {
  const jump = 2 * stride;
  for (let k = 0; k < jump; k++) {
    const a = source[k];
    const b = source[k + jump];
    target[k] = a + b;
    target[k + jump] = a - b;
  }
}

/**
 * The discrete Fourier transform X_k = sum of x_j exp(-sign 2 pi i j k / n) of n complex numbers, n a power of 2, by
 * Stockham's method in radix 4.
 *
 * `x` holds the numbers as pairs (re, im); `x` and `y` are overwritten. `table` is filled by `fillFftTable(n)`, `sign`
 * 1 or -1. Returns 0 when the result stands in `x`, 1 when it stands in `y`.
 */
export function fftF64(n: number, x: Float64Array, y: Float64Array, table: Float64Array, sign: number): number {
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
export function complexProductsF64(n: number, a: Float64Array, b: Float64Array): void {
  for (let k = 0; k < 2 * n; k += 2) {
    const re = a[k] * b[k] - a[k + 1] * b[k + 1];
    a[k + 1] = a[k + 1] * b[k] + a[k] * b[k + 1];
    a[k] = re;
  }
}

/**
 * From the transform Z of the `half` complex numbers x_0 + i x_1, x_2 + i x_3, ... to the entries 0 .. half of the
 * transform of the 2 half reals x, in place. `turns` holds exp(-2 pi i k / (2 half)) for k <= half / 2.
 */
export function splitRealF64(half: number, z: Float64Array, turns: Float64Array): void {
  const re = z[0];
  const im = z[1];
  z[0] = re + im;
  z[1] = 0;
  z[2 * half] = re - im;
  z[2 * half + 1] = 0;
  for (let k = 2, m = 2 * half - 2; k < m; k += 2, m -= 2) {
    const er = (z[k] + z[m]) * 0.5;
    const ei = (z[k + 1] - z[m + 1]) * 0.5;
    const or = (z[k + 1] + z[m + 1]) * 0.5;
    const oi = (z[m] - z[k]) * 0.5;
    const tr = turns[k] * or - turns[k + 1] * oi;
    const ti = turns[k] * oi + turns[k + 1] * or;
    z[k] = er + tr;
    z[k + 1] = ei + ti;
    z[m] = er - tr;
    z[m + 1] = ti - ei;
  }
  if ((half & 1) === 0) z[half + 1] = -z[half + 1];
}

/**
 * The way back: from entries 0 .. half of a real transform, times `scale`, to Z, in place. The last entry is left over.
 */
export function joinRealF64(half: number, z: Float64Array, turns: Float64Array, scale: number): void {
  const factor = scale * 0.5;
  const first = z[0];
  const last = z[2 * half];
  z[0] = (first + last) * factor;
  z[1] = (first - last) * factor;
  for (let k = 2, m = 2 * half - 2; k < m; k += 2, m -= 2) {
    const er = (z[k] + z[m]) * factor;
    const ei = (z[k + 1] - z[m + 1]) * factor;
    const dr = (z[k] - z[m]) * factor;
    const di = (z[k + 1] + z[m + 1]) * factor;
    const or = turns[k] * dr + turns[k + 1] * di;
    const oi = turns[k] * di - turns[k + 1] * dr;
    z[k] = er - oi;
    z[k + 1] = ei + or;
    z[m] = er + oi;
    z[m + 1] = or - ei;
  }
  if ((half & 1) === 0) {
    z[half] *= scale;
    z[half + 1] *= -scale;
  }
}
