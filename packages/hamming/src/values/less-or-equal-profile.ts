import { runOneShot, runOneShotAsync, type Slices } from '../one-shot.js';
import { certificateOf, newTally } from '../sums/integer-convolution.js';
import { type IntegerOptions, integerSettings } from '../sums/integers.js';
import { addOrdered, type OrderedSum } from './buckets.js';
import { type IntegerMatter, openIntegers, type ValueProfile } from './value-profile.js';

/** One for each number of the text that stands behind the pattern's in the order. */
export const DOMINANCE: OrderedSum = {
  argument: 'text',
  ofText: [(_, sign) => (sign > 0 ? 1 : 0)],
  ofPattern: [() => 1],
  pair: (t, p) => (p <= t ? 1 : 0),
};

/** Counts the pairs with pattern[j] <= text[i + j]. */
function* dominanceOf(matter: IntegerMatter): Slices<Omit<ValueProfile, 'elapsedMs'>> {
  const tally = newTally();
  const values = new Float64Array(matter.shifts);
  const pairs = yield* addOrdered(matter, DOMINANCE, values, tally);
  const { transformPoints, modularPoints } = tally;
  const counts = { transformPoints, modularPoints, pairs };
  return { status: 'complete', values, counts, certificate: certificateOf(tally), warnings: [] };
}

/**
 * Counts, for every window of a sequence of integers, the places where a pattern is not larger (dominance matching).
 *
 * values[i] = number of j with pattern[j] <= text[i + j]. The numbers are sorted into buckets; pairs of different buckets
 * are counted by one correlation a bucket, pairs of one bucket singly.
 *
 * @param text - n integers
 * @param pattern - m >= 1 integers
 * @param options - `signal`
 * @returns one value for each window, and why they are exact
 * @throws DimensionError for an empty pattern
 * @throws InvalidInputError for anything but safe integers, and when a value could reach 2^53; the signal's reason when it
 * is aborted
 * Complexity: O(n sqrt(m log m)).
 *
 * @example
 * ```ts
 * import { lessOrEqualProfile } from '@lemmata/hamming';
 *
 * console.log(lessOrEqualProfile([1, 2, 3, 4], [1, 3]).values); // 1 2 2
 * ```
 * @see K. Abrahamson, "Generalized String Matching", SIAM Journal on Computing 16(6), 1987: the buckets
 * @see A. Amir, M. Farach, "Efficient 2-dimensional approximate matching of half-rectangular figures", Information and
 * Computation 118(1), 1995
 */
export function lessOrEqualProfile(
  text: ArrayLike<number>,
  pattern: ArrayLike<number>,
  options?: IntegerOptions,
): ValueProfile {
  const { signal } = integerSettings('lessOrEqualProfile', options);
  const matter = openIntegers(text, pattern);
  return runOneShot(() => dominanceOf(matter), signal);
}

/**
 * Does what `lessOrEqualProfile` does, giving the event loop a macrotask at least every 16 ms (a single transform is not interrupted).
 *
 * @param text - n integers
 * @param pattern - m >= 1 integers
 * @param options - `signal`
 * @returns a promise of the same result
 * @throws what `lessOrEqualProfile` throws, as a rejection
 * Complexity: that of `lessOrEqualProfile`.
 *
 * @example
 * ```ts
 * import { lessOrEqualProfileAsync } from '@lemmata/hamming';
 *
 * const { values } = await lessOrEqualProfileAsync([1, 2, 3, 4], [1, 3]);
 * console.log(values); // 1 2 2
 * ```
 */
export async function lessOrEqualProfileAsync(
  text: ArrayLike<number>,
  pattern: ArrayLike<number>,
  options?: IntegerOptions,
): Promise<ValueProfile> {
  const { signal } = integerSettings('lessOrEqualProfileAsync', options);
  const matter = openIntegers(text, pattern);
  return runOneShotAsync(() => dominanceOf(matter), signal);
}
