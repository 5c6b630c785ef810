import { requireInteger } from '@lemmata/core';
import { runOneShot, runOneShotAsync, type Slices } from '../one-shot.js';
import { type ConvolutionTally, certificateOf, convolveIntegers, newTally } from './integer-convolution.js';
import { type IntegerOptions, integerSettings, readIntegers } from './integers.js';
import { residueOf } from './number-theoretic.js';
import type { ExactSums } from './sum-counts.js';

/** For each integer of a range, how many pairs have it as their sum. */
export interface SumsInRange extends ExactSums {
  /** Entry c is the number of (i, j) with a[i] + b[j] = c; n entries. */
  readonly multiplicities: Float64Array;
}

/** Longest range: two residues of it fill a number-theoretic transform. */
const LARGEST_RANGE = 4194304;
/** A transform of two residues costs about as much for each place of the range as so many pairs. */
const PAIRS_PER_PLACE = 16;

/** The residues modulo n of numbers, by quotient. */
function groupsOf(values: Float64Array, n: number): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const value of values) {
    const residue = residueOf(value, n);
    const quotient = (value - residue) / n;
    const group = groups.get(quotient);
    if (group === undefined) groups.set(quotient, [residue]);
    else group.push(residue);
  }
  return groups;
}

/** Counts the pairs of residues whose sum less `shift` lies in the range; gives how many pairs were taken singly. */
function addGroups(
  a: readonly number[],
  b: readonly number[],
  shift: number,
  table: Float64Array,
  tally: ConvolutionTally,
): number {
  const n = table.length;
  if (a.length * b.length <= PAIRS_PER_PLACE * n) {
    for (const i of a) {
      for (const j of b) {
        const c = i + j - shift;
        if (c >= 0 && c < n) table[c]++;
      }
    }
    return a.length * b.length;
  }
  const [x, y] = [new Float64Array(n), new Float64Array(n)];
  for (const i of a) x[i]++;
  for (const j of b) y[j]++;
  const sums = convolveIntegers('a', x, y, tally);
  for (let c = 0; c < n && c + shift < sums.length; c++) table[c] += sums[c + shift];
  return 0;
}

function* countsOf(a: Float64Array, b: Float64Array, n: number): Slices<Omit<SumsInRange, 'elapsedMs'>> {
  const tally = newTally();
  const multiplicities = new Float64Array(n);
  const others = groupsOf(b, n);
  let pairs = 0;
  for (const [quotient, residues] of groupsOf(a, n)) {
    // With sums of residues in [0, 2 n), quotients have to add to 0 or to -1.
    for (const carry of [0, 1]) {
      const partners = others.get(0 - quotient - carry);
      if (partners !== undefined) pairs += addGroups(residues, partners, carry * n, multiplicities, tally);
    }
    yield 'slice';
  }
  const { transformPoints, modularPoints } = tally;
  const counts = { transformPoints, modularPoints, pairs };
  return { status: 'complete', multiplicities, counts, certificate: certificateOf(tally), warnings: [] };
}

/**
 * Counts, for every c in [0, n), the pairs of two sets of integers that add to c.
 *
 * multiplicities[c] = number of (i, j) with a[i] + b[j] = c. Numbers are grouped by their quotient by n; only groups whose
 * quotients add to 0 or -1 meet, and each such pair is one small problem of residues, enumerated or transformed. Counting
 * so is as hard as Hamming distances: with K = 2 n + 1, the matches of a text T of length n and a pattern P at shift c are
 * the multiplicity of c for a = K T[i] + i and b = -K P[j] - j.
 *
 * @param a - integers of any sign and order; repeated ones count repeatedly
 * @param b - likewise
 * @param n - length of the range, an integer in [1, 2^22]
 * @param options - `signal`
 * @returns n multiplicities
 * @throws InvalidInputError for anything but such integers; the signal's reason when it is aborted
 * Complexity: for each pair of groups that meets, O(min(pairs, n log n)).
 *
 * @example
 * ```ts
 * import { countSumsInRange } from '@lemmata/hamming';
 *
 * console.log(countSumsInRange([1, 7, -5], [0, -5, 6], 4).multiplicities); // 0 2 1 0
 * ```
 * @see T. M. Chan, C. Jin, V. Vassilevska Williams, Y. Xu, "Faster Algorithms for Text-to-Pattern Hamming Distances",
 * FOCS 2023, section 6, for the equivalence; the grouping is a reconstruction
 */
export function countSumsInRange(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  n: number,
  options?: IntegerOptions,
): SumsInRange {
  const { signal } = integerSettings('countSumsInRange', options);
  const [first, second] = [readIntegers('a', a), readIntegers('b', b)];
  requireInteger('n', n, 1, LARGEST_RANGE);
  return runOneShot(() => countsOf(first, second, n), signal);
}

/**
 * Does what `countSumsInRange` does, giving the event loop a macrotask at least every 16 ms (a single transform is not interrupted).
 *
 * @param a - integers of any sign and order
 * @param b - likewise
 * @param n - length of the range, an integer in [1, 2^22]
 * @param options - `signal`
 * @returns a promise of the same result
 * @throws what `countSumsInRange` throws, as a rejection
 * Complexity: that of `countSumsInRange`.
 *
 * @example
 * ```ts
 * import { countSumsInRangeAsync } from '@lemmata/hamming';
 *
 * const { multiplicities } = await countSumsInRangeAsync([1, 7, -5], [0, -5, 6], 4);
 * console.log(multiplicities); // 0 2 1 0
 * ```
 */
export async function countSumsInRangeAsync(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  n: number,
  options?: IntegerOptions,
): Promise<SumsInRange> {
  const { signal } = integerSettings('countSumsInRangeAsync', options);
  const [first, second] = [readIntegers('a', a), readIntegers('b', b)];
  requireInteger('n', n, 1, LARGEST_RANGE);
  return runOneShotAsync(() => countsOf(first, second, n), signal);
}
