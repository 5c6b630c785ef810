import { runOneShot, runOneShotAsync, type Slices } from '../one-shot.js';
import { certificateOf, newTally } from '../sums/integer-convolution.js';
import { type IntegerOptions, integerSettings } from '../sums/integers.js';
import { addOrdered, type OrderedSum } from './buckets.js';
import { type IntegerMatter, openIntegers, requireSafeSums, type ValueProfile } from './value-profile.js';

/** |t - p| = s t - s p, s being the sign of t - p. */
const DISTANCE: OrderedSum = {
  argument: 'text',
  ofText: [(value, sign) => sign * value, (_, sign) => -sign],
  ofPattern: [() => 1, (value) => value],
  pair: (t, p) => Math.abs(t - p),
};

function* l1Of(matter: IntegerMatter): Slices<Omit<ValueProfile, 'elapsedMs'>> {
  const { smallest, largest, shifts } = matter;
  requireSafeSums(matter.pattern.length * (largest - smallest));
  const tally = newTally();
  const values = new Float64Array(shifts);
  const text = matter.text.map((value) => value - smallest);
  const pattern = matter.pattern.map((value) => value - smallest);
  const pairs = yield* addOrdered({ ...matter, text, pattern }, DISTANCE, values, tally);
  const { transformPoints, modularPoints } = tally;
  const counts = { transformPoints, modularPoints, pairs };
  return { status: 'complete', values, counts, certificate: certificateOf(tally), warnings: [] };
}

/**
 * Computes the sum of absolute differences of a pattern and every window of a sequence of integers, exactly.
 *
 * values[i] = sum over j of |text[i + j] - pattern[j]|. The numbers are sorted into buckets; pairs of different buckets
 * are added by two correlations a bucket, pairs of one bucket singly.
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
 * import { l1Profile } from '@lemmata/hamming';
 *
 * console.log(l1Profile([1, 2, 3, 4], [1, 3]).values); // 1 1 3
 * ```
 * @see K. Abrahamson, "Generalized String Matching", SIAM Journal on Computing 16(6), 1987: the buckets
 */
export function l1Profile(text: ArrayLike<number>, pattern: ArrayLike<number>, options?: IntegerOptions): ValueProfile {
  const { signal } = integerSettings('l1Profile', options);
  const matter = openIntegers(text, pattern);
  return runOneShot(() => l1Of(matter), signal);
}

/**
 * Does what `l1Profile` does, giving the event loop a macrotask at least every 16 ms (a single transform is not interrupted).
 *
 * @param text - n integers
 * @param pattern - m >= 1 integers
 * @param options - `signal`
 * @returns a promise of the same result
 * @throws what `l1Profile` throws, as a rejection
 * Complexity: that of `l1Profile`.
 *
 * @example
 * ```ts
 * import { l1ProfileAsync } from '@lemmata/hamming';
 *
 * const { values } = await l1ProfileAsync([1, 2, 3, 4], [1, 3]);
 * console.log(values); // 1 1 3
 * ```
 */
export async function l1ProfileAsync(
  text: ArrayLike<number>,
  pattern: ArrayLike<number>,
  options?: IntegerOptions,
): Promise<ValueProfile> {
  const { signal } = integerSettings('l1ProfileAsync', options);
  const matter = openIntegers(text, pattern);
  return runOneShotAsync(() => l1Of(matter), signal);
}
