import { runOneShot, runOneShotAsync, type Slices } from '../one-shot.js';
import { addCorrelation, certificateOf, newTally } from '../sums/integer-convolution.js';
import { type IntegerOptions, integerSettings } from '../sums/integers.js';
import { type IntegerMatter, openIntegers, requireSafeSums, type ValueProfile } from './value-profile.js';

function* l2Of({ text, pattern, shifts, smallest, largest }: IntegerMatter): Slices<Omit<ValueProfile, 'elapsedMs'>> {
  const m = pattern.length;
  requireSafeSums(m * (largest - smallest + 1) * (largest - smallest + 1));
  const tally = newTally();
  const values = new Float64Array(shifts);
  // Differences do not change when all numbers are moved; around 0 the sums are smallest.
  const middle = Math.floor(smallest / 2 + largest / 2);
  const t = text.map((value) => value - middle);
  const p = pattern.map((value) => value - middle);
  yield* addCorrelation('text', t, p, values, tally);
  let squares = 0;
  for (const value of p) squares += value * value;
  if (shifts > 0) for (let i = 0; i < m - 1; i++) squares += t[i] * t[i];
  for (let i = 0; i < shifts; i++) {
    squares += t[i + m - 1] * t[i + m - 1];
    values[i] = squares - 2 * values[i];
    squares -= t[i] * t[i];
  }
  const { transformPoints, modularPoints } = tally;
  const counts = { transformPoints, modularPoints, pairs: 0 };
  return { status: 'complete', values, counts, certificate: certificateOf(tally), warnings: [] };
}

/**
 * Computes the squared Euclidean distance of a pattern from every window of a sequence of integers, exactly.
 *
 * values[i] = sum over j of (text[i + j] - pattern[j])^2: the squares of the window and of the pattern less twice one
 * correlation.
 *
 * @param text - n integers
 * @param pattern - m >= 1 integers
 * @param options - `signal`
 * @returns one value for each window, and why they are exact
 * @throws DimensionError for an empty pattern
 * @throws InvalidInputError for anything but safe integers, and when a value could reach 2^53; the signal's reason when it
 * is aborted
 * Complexity: O(n log m).
 *
 * @example
 * ```ts
 * import { l2Profile } from '@lemmata/hamming';
 *
 * console.log(l2Profile([1, 2, 3, 4], [1, 3]).values); // 1 1 5
 * ```
 * @see M. Atallah, "Faster image template matching in the sum of the absolute value of differences measure", IEEE
 * Transactions on Image Processing 10(4), 2001, for this and related sums
 */
export function l2Profile(text: ArrayLike<number>, pattern: ArrayLike<number>, options?: IntegerOptions): ValueProfile {
  const { signal } = integerSettings('l2Profile', options);
  const matter = openIntegers(text, pattern);
  return runOneShot(() => l2Of(matter), signal);
}

/**
 * Does what `l2Profile` does, giving the event loop a macrotask at least every 16 ms (a single transform is not interrupted).
 *
 * @param text - n integers
 * @param pattern - m >= 1 integers
 * @param options - `signal`
 * @returns a promise of the same result
 * @throws what `l2Profile` throws, as a rejection
 * Complexity: that of `l2Profile`.
 *
 * @example
 * ```ts
 * import { l2ProfileAsync } from '@lemmata/hamming';
 *
 * const { values } = await l2ProfileAsync([1, 2, 3, 4], [1, 3]);
 * console.log(values); // 1 1 5
 * ```
 */
export async function l2ProfileAsync(
  text: ArrayLike<number>,
  pattern: ArrayLike<number>,
  options?: IntegerOptions,
): Promise<ValueProfile> {
  const { signal } = integerSettings('l2ProfileAsync', options);
  const matter = openIntegers(text, pattern);
  return runOneShotAsync(() => l2Of(matter), signal);
}
