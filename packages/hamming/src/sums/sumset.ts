import { refusal } from '@lemmata/core';
import { runOneShot, type Slices } from '../one-shot.js';
import { certificateOf, convolveIntegers, newTally } from './integer-convolution.js';
import { type IntegerOptions, integerSettings, readIntegers } from './integers.js';
import type { ExactSums } from './sum-counts.js';

/** The sums of pairs and how often each occurs. */
export interface Sumset extends ExactSums {
  /** The different sums, rising. */
  readonly sums: Float64Array;
  /** Entry k is the number of pairs whose sum is sums[k], >= 1. */
  readonly multiplicities: Float64Array;
}

/** Longest range of sums that is kept as a table. */
const LARGEST_RANGE = 8388608;
/** Most pairs that are sorted when the range is longer. */
const LARGEST_SORT = 5e7;

/** A transform costs about as much for each place of the range as so many pairs. */
const PAIRS_PER_PLACE = 8;

function* sumsetOf(x: Float64Array, y: Float64Array): Slices<Omit<Sumset, 'elapsedMs'>> {
  const tally = newTally();
  const pairs = x.length * y.length;
  const done = (sums: Float64Array, multiplicities: Float64Array, singly: number): Omit<Sumset, 'elapsedMs'> => {
    const { transformPoints, modularPoints } = tally;
    const counts = { transformPoints, modularPoints, pairs: singly };
    return { status: 'complete', sums, multiplicities, counts, certificate: certificateOf(tally), warnings: [] };
  };
  if (pairs === 0) return done(new Float64Array(0), new Float64Array(0), 0);
  x.sort();
  y.sort();
  const least = x[0] + y[0];
  const most = x[x.length - 1] + y[y.length - 1];
  if (!Number.isSafeInteger(least) || !Number.isSafeInteger(most)) {
    throw refusal('x', 'integers whose sums with y stay below 2^53', `sums from ${least} to ${most}`, 'ERR_INPUT');
  }
  const range = most - least + 1;
  if (range > LARGEST_RANGE) {
    if (pairs > LARGEST_SORT) {
      throw refusal('x', `at most ${LARGEST_SORT} pairs for a range above ${LARGEST_RANGE}`, `${pairs} pairs`);
    }
    return done(...(yield* sorted(x, y)), pairs);
  }
  let table = new Float64Array(range);
  const enumerate = pairs <= PAIRS_PER_PLACE * range;
  if (enumerate) {
    for (const a of x) for (const b of y) table[a + b - least]++;
  } else {
    table = convolveIntegers('x', frequencies(x), frequencies(y), tally) as typeof table;
  }
  yield 'slice';
  let size = 0;
  for (const count of table) if (count > 0) size++;
  const sums = new Float64Array(size);
  const multiplicities = new Float64Array(size);
  let next = 0;
  for (let k = 0; k < range; k++) {
    if (table[k] === 0) continue;
    sums[next] = least + k;
    multiplicities[next++] = table[k];
  }
  return done(sums, multiplicities, enumerate ? pairs : 0);
}

/** How often each integer between the first and the last occurs. */
function frequencies(values: Float64Array): Float64Array {
  const table = new Float64Array(values[values.length - 1] - values[0] + 1);
  for (const value of values) table[value - values[0]]++;
  return table;
}

function* sorted(x: Float64Array, y: Float64Array): Generator<'slice', [Float64Array, Float64Array]> {
  const all = new Float64Array(x.length * y.length);
  let at = 0;
  for (const a of x) for (const b of y) all[at++] = a + b;
  yield 'slice';
  all.sort();
  yield 'slice';
  const multiplicities = new Float64Array(all.length);
  let size = 0;
  for (let k = 0; k < all.length; k++) {
    if (k === 0 || all[k] !== all[k - 1]) all[size++] = all[k];
    multiplicities[size - 1]++;
  }
  return [all.slice(0, size), multiplicities.slice(0, size)];
}

/**
 * Computes all sums of an element of x and one of y, with the number of pairs for each.
 *
 * multiplicities[k] = number of (i, j) with x[i] + y[j] = sums[k]. Few pairs are enumerated, many in a short range are
 * counted by one transform, and those of a range above 2^23 are sorted.
 *
 * @param x - integers of any sign and order; repeated ones count repeatedly
 * @param y - likewise
 * @param options - `signal`
 * @returns the sums, rising, and their multiplicities
 * @throws InvalidInputError for anything but integers, sums of 2^53 and above, and more than 5e7 pairs in a range above
 * 2^23; the signal's reason when it is aborted
 * Complexity: O(min(|x| |y|, r log r)) for a range r up to 2^23, O(|x| |y| log(|x| |y|)) above.
 *
 * @example
 * ```ts
 * import { sumset } from '@lemmata/hamming';
 *
 * const { sums, multiplicities } = sumset([0, 1, 5], [0, 1]);
 * console.log(sums, multiplicities); // 0 1 2 5 6, then 1 2 1 1 1
 * ```
 * @see T. M. Chan, C. Jin, V. Vassilevska Williams, Y. Xu, FOCS 2023, for the problem; its own method is not used here
 */
export function sumset(x: ArrayLike<number>, y: ArrayLike<number>, options?: IntegerOptions): Sumset {
  const { signal } = integerSettings('sumset', options);
  const [first, second] = [readIntegers('x', x), readIntegers('y', y)];
  return runOneShot(() => sumsetOf(first, second), signal);
}
