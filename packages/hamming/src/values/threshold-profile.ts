import { refusal, requireInteger } from '@lemmata/core';
import { runOneShot, runOneShotAsync, type Slices } from '../one-shot.js';
import { certificateOf, newTally } from '../sums/integer-convolution.js';
import { type IntegerOptions, integerSettings } from '../sums/integers.js';
import { addOrdered } from './buckets.js';
import { DOMINANCE } from './less-or-equal-profile.js';
import { type IntegerMatter, openIntegers, type ValueProfile } from './value-profile.js';

/** Counts the pairs with text[i + j] - pattern[j] > delta, and those with pattern[j] - text[i + j] > delta. */
function* farOf(matter: IntegerMatter, delta: number): Slices<Omit<ValueProfile, 'elapsedMs'>> {
  const { smallest, largest } = matter;
  const range = largest - smallest;
  if (range > Number.MAX_SAFE_INTEGER) {
    throw refusal('text', 'integers that differ from all others by less than 2^53', range, 'ERR_INPUT');
  }
  const tally = newTally();
  const values = new Float64Array(matter.shifts);
  let pairs = 0;
  if (delta < range) {
    // t - p > delta is p <= t - delta - 1; reflected, the other order is the same.
    const upwards = (value: number): number => value - smallest;
    const downwards = (value: number): number => largest - value;
    for (const from of [upwards, downwards]) {
      const text = matter.text.map((value) => from(value) - delta - 1);
      const pattern = matter.pattern.map(from);
      pairs += yield* addOrdered({ ...matter, text, pattern }, DOMINANCE, values, tally);
    }
  }
  const { transformPoints, modularPoints } = tally;
  const counts = { transformPoints, modularPoints, pairs };
  return { status: 'complete', values, counts, certificate: certificateOf(tally), warnings: [] };
}

/**
 * Counts, for every window of a sequence of integers, the places where a pattern is further away than a threshold.
 *
 * values[i] = number of j with |text[i + j] - pattern[j]| > delta: the Hamming distance of numbers that are only known up to
 * an error, which delta = 0 is itself. Found as two profiles of dominance, for numbers above and below.
 *
 * @param text - n integers
 * @param pattern - m >= 1 integers
 * @param delta - largest difference that does not count, an integer >= 0
 * @param options - `signal`
 * @returns one value for each window, in [0, m], and why they are exact
 * @throws DimensionError for an empty pattern
 * @throws InvalidInputError for anything but safe integers whose differences are below 2^53 and an integer delta >= 0; the
 * signal's reason when it is aborted
 * Complexity: O(n sqrt(m log m)).
 *
 * @example
 * ```ts
 * import { thresholdProfile } from '@lemmata/hamming';
 *
 * console.log(thresholdProfile([10, 21, 29, 40], [20, 30], 1).values); // 2 0 2
 * ```
 * @see M. J. Atallah, T. W. Duket, "Pattern matching in the Hamming distance with thresholds", Information Processing
 * Letters 111(14), 2011
 */
export function thresholdProfile(
  text: ArrayLike<number>,
  pattern: ArrayLike<number>,
  delta: number,
  options?: IntegerOptions,
): ValueProfile {
  const { signal } = integerSettings('thresholdProfile', options);
  const matter = openIntegers(text, pattern);
  requireInteger('delta', delta);
  return runOneShot(() => farOf(matter, delta), signal);
}

/**
 * Does what `thresholdProfile` does, giving the event loop a macrotask at least every 16 ms (a single transform is not
 * interrupted).
 *
 * @param text - n integers
 * @param pattern - m >= 1 integers
 * @param delta - largest difference that does not count, an integer >= 0
 * @param options - `signal`
 * @returns a promise of the same result
 * @throws what `thresholdProfile` throws, as a rejection
 * Complexity: that of `thresholdProfile`.
 *
 * @example
 * ```ts
 * import { thresholdProfileAsync } from '@lemmata/hamming';
 *
 * const { values } = await thresholdProfileAsync([10, 21, 29, 40], [20, 30], 1);
 * console.log(values); // 2 0 2
 * ```
 */
export async function thresholdProfileAsync(
  text: ArrayLike<number>,
  pattern: ArrayLike<number>,
  delta: number,
  options?: IntegerOptions,
): Promise<ValueProfile> {
  const { signal } = integerSettings('thresholdProfileAsync', options);
  const matter = openIntegers(text, pattern);
  requireInteger('delta', delta);
  return runOneShotAsync(() => farOf(matter, delta), signal);
}
