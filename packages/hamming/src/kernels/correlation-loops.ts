import type { Codes } from '../symbols/symbols.js';

type Numbers = Float64Array | Float32Array;

/**
 * Writes what is shown for each letter of a block.
 *
 * @param letters - the block
 * @param shown - what is shown for each letter
 * @param row - becomes the numbers
 */
export function show(letters: Codes, shown: Int8Array, row: Numbers): void {
  for (let i = 0; i < letters.length; i++) row[i] = shown[letters[i]];
}

/**
 * sum_k += x_k conj(y_k) for complex numbers in f64.
 *
 * @param n - how many
 * @param sum - n pairs (re, im)
 * @param x - n pairs
 * @param y - n pairs
 */
export function addConjugateProductsF64(n: number, sum: Float64Array, x: Float64Array, y: Float64Array): void {
  for (let k = 0; k < 2 * n; k += 2) {
    sum[k] += x[k] * y[k] + x[k + 1] * y[k + 1];
    sum[k + 1] += x[k + 1] * y[k] - x[k] * y[k + 1];
  }
}

const f = Math.fround;

/**
 * The same in f32, each operation rounded.
 *
 * @param n - how many
 * @param sum - n pairs (re, im)
 * @param x - n pairs
 * @param y - n pairs
 */
export function addConjugateProductsF32(n: number, sum: Float32Array, x: Float32Array, y: Float32Array): void {
  for (let k = 0; k < 2 * n; k += 2) {
    sum[k] = f(sum[k] + f(f(x[k] * y[k]) + f(x[k + 1] * y[k + 1])));
    sum[k + 1] = f(sum[k + 1] + f(f(x[k + 1] * y[k]) - f(x[k] * y[k + 1])));
  }
}

/**
 * Subtracts from the sum of each shift how many symbols of its window are no letters.
 *
 * @param block - a text from the first shift on
 * @param other - the number that such symbols have
 * @param m - length of windows
 * @param count - number of shifts
 * @param sums - the sums
 */
export function subtractOthers(block: Codes, other: number, m: number, count: number, sums: Numbers): void {
  let others = 0;
  for (let j = 0; j < m - 1; j++) if (block[j] === other) others++;
  for (let i = 0; i < count; i++) {
    if (block[i + m - 1] === other) others++;
    sums[i] -= others;
    if (block[i] === other) others--;
  }
}

/**
 * Writes the integers next to (sum + less) / divisor.
 *
 * @param sums - the sums
 * @param from - first of them
 * @param to - end of them
 * @param divisor - a power of 2
 * @param less - an integer
 * @param matches - entry i becomes the integer of sum i
 * @returns the largest distance of a sum from `divisor` times its integer, minus `less`
 */
export function nearestIntegers(
  sums: Numbers,
  from: number,
  to: number,
  divisor: number,
  less: number,
  matches: Uint32Array,
): number {
  const scale = 1 / divisor;
  let residual = 0;
  for (let i = from; i < to; i++) {
    // Matches are at most the length of a transform, 2^26; an error makes them no less than -1/4.
    const nearest = ((sums[i] + less) * scale + 0.5) | 0;
    // The difference of neighbours is exact.
    const distance = Math.abs(sums[i] - (divisor * nearest - less));
    if (distance > residual) residual = distance;
    matches[i] = nearest;
  }
  return residual;
}
