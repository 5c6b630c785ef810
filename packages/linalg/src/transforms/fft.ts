import { refusal } from '@lemmata/core';
import type { FftNumbers } from '../kernels/fft-kernels.js';
import { requireArray } from '../matrix/check.js';
import { type FftOptions, prepareFft } from './prepare-fft.js';

function transformOnce<Precision extends 'f64' | 'f32'>(
  way: 'forward' | 'inverse',
  input: ArrayLike<number>,
  options: FftOptions<Precision> | undefined,
): FftNumbers[Precision] {
  const { length } = requireArray('input', input);
  if (length < 2 || length % 2 !== 0) throw refusal('input', 'pairs (re, im), an even number >= 2 of entries', input);
  const prepared = prepareFft(length / 2, options);
  try {
    return prepared[way](input);
  } finally {
    prepared.dispose();
  }
}

/**
 * Transforms n complex numbers, X_k = sum over j of x_j exp(-2 pi i j k / n).
 *
 * For one transform; `prepareFft` keeps tables and memory for many.
 *
 * @param input - pairs (re, im), length 2 n, all finite, n in [1, 2^26]
 * @param options - `precision` and `backend`
 * @returns pairs (re, im), length 2 n
 * @throws InvalidInputError for an odd length, NaN, infinities (with the index) and options out of their range
 * Complexity: O(n log n).
 *
 * @example
 * ```ts
 * import { fft } from '@lemmata/linalg';
 *
 * const spectrum = fft([1, 0, 2, 0, 3, 0]); // 6 0 -1.5 0.866 -1.5 -0.866
 * ```
 * @see prepareFft for the methods and the error bound
 */
export function fft<Precision extends 'f64' | 'f32' = 'f64'>(
  input: ArrayLike<number>,
  options?: FftOptions<Precision>,
): FftNumbers[Precision] {
  return transformOnce('forward', input, options);
}

/**
 * Undoes {@link fft}: x_j = (1 / n) sum over k of X_k exp(2 pi i j k / n).
 *
 * @param input - pairs (re, im), length 2 n, all finite, n in [1, 2^26]
 * @param options - `precision` and `backend`
 * @returns pairs (re, im), length 2 n
 * @throws InvalidInputError for an odd length, NaN, infinities (with the index) and options out of their range
 * Complexity: O(n log n).
 *
 * @example
 * ```ts
 * import { inverseFft } from '@lemmata/linalg';
 *
 * const signal = inverseFft([4, 0, 0, 0, 0, 0, 0, 0]); // 1 0 1 0 1 0 1 0
 * ```
 * @see prepareFft for the methods and the error bound
 */
export function inverseFft<Precision extends 'f64' | 'f32' = 'f64'>(
  input: ArrayLike<number>,
  options?: FftOptions<Precision>,
): FftNumbers[Precision] {
  return transformOnce('inverse', input, options);
}
