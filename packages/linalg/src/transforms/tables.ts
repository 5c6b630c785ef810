import { cos, sin } from '@lemmata/core';

/** pi / 2 */
const HALF_PI = 1.5707963267948966;

/**
 * Writes exp(-2 pi i k / n) as (re, im) for 0 <= k < n.
 *
 * The angle is folded into [0, pi / 4] in integers, so the roots are exactly symmetric and those of the axes are exact;
 * each part is wrong by less than 2^-51. `octant`, where there is one, is that of `rootOctant(n)`: a table instead of sines.
 */
export function writeRoot(
  k: number,
  n: number,
  out: Float64Array | Float32Array,
  at: number,
  octant?: Float64Array,
): void {
  // In units of 2 pi / n, pi / n and pi / (2 n), so that halves of odd numbers do not occur.
  const below = 2 * k > n;
  let r = 2 * (below ? n - k : k);
  const left = 2 * r > n;
  r = 2 * (left ? n - r : r);
  const steep = 2 * r > n;
  if (steep) r = n - r;
  const angle = HALF_PI * (r / n);
  const near = octant === undefined ? cos(angle) : octant[r >> 1];
  const far = octant === undefined ? sin(angle) : octant[(r >> 1) + 1];
  const re = steep ? far : near;
  const im = steep ? near : far;
  out[at] = left ? -re : re;
  out[at + 1] = below ? im : -im;
}

/** Cosine and sine of 2 pi k / n for k = 0 .. n / 8, the angles that all others fold to; n is a multiple of 8. */
function rootOctant(n: number): Float64Array {
  const octant = new Float64Array(n / 4 + 2);
  for (let k = 0; k <= n / 8; k++) {
    const angle = HALF_PI * ((4 * k) / n);
    octant[2 * k] = cos(angle);
    octant[2 * k + 1] = sin(angle);
  }
  return octant;
}

/**
 * Gives the length of the table that {@link fillFftTable} fills.
 *
 * @param n - length of the transform, a power of 2
 * @returns the number of entries, below 2 n
 * Complexity: O(log n).
 *
 * @example
 * ```ts
 * import { fftTableLength } from '@lemmata/linalg';
 *
 * console.log(fftTableLength(16)); // 24
 * ```
 */
export function fftTableLength(n: number): number {
  let length = 0;
  for (let size = n; size > 4; size /= 4) length += 6 * (size / 4);
  return length;
}

/**
 * Fills the table of a complex transform for the `transform` of `fftKernels`.
 *
 * The stages of radix 4 have sizes n, n / 4, ... above 4; each has, for p = 0 .. size / 4 - 1, the powers 1, 2 and 3 of
 * exp(-2 pi i p / size).
 *
 * @param n - length of the transform, a power of 2
 * @param out - length `fftTableLength(n)`; overwritten
 * Complexity: O(n).
 *
 * @example
 * ```ts
 * import { fftTableLength, fillFftTable } from '@lemmata/linalg';
 *
 * const table = new Float64Array(fftTableLength(1024));
 * fillFftTable(1024, table);
 * ```
 */
export function fillFftTable(n: number, out: Float64Array | Float32Array): void {
  if (n <= 4) return;
  const quarter = n / 4;
  const octant = rootOctant(n);
  for (let p = 0; p < quarter; p++) {
    for (let power = 1; power <= 3; power++) writeRoot(power * p, n, out, 6 * p + 2 * (power - 1), octant);
  }
  // Every later stage has one p in four of the stage before it.
  let source = 0;
  let at = 6 * quarter;
  for (let size = n / 4; size > 4; size /= 4) {
    for (let p = 0; p < size / 4; p++) {
      for (let k = 0; k < 6; k++) out[at + 6 * p + k] = out[source + 24 * p + k];
    }
    source = at;
    at += 6 * (size / 4);
  }
}

/**
 * Fills the table of a real transform for `splitReal` and `joinReal` of `fftKernels`: exp(-2 pi i k / n), k = 0 .. n /
 * 4.
 *
 * @param n - length of the real transform, even
 * @param out - at least 2 floor(n / 4) + 2 entries; overwritten
 * Complexity: O(n).
 *
 * @example
 * ```ts
 * import { fillRealFftTable } from '@lemmata/linalg';
 *
 * const turns = new Float64Array(6);
 * fillRealFftTable(8, turns); // 1, (1 - i) / sqrt(2), -i
 * ```
 */
export function fillRealFftTable(n: number, out: Float64Array | Float32Array): void {
  const octant = n % 8 === 0 ? rootOctant(n) : undefined;
  for (let k = 0; k <= n / 4; k++) writeRoot(k, n, out, 2 * k, octant);
}
