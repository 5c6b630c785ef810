import { randomStream, refusal } from '@lemmata/core';
import { incompatible } from '../incompatible.js';
import { randomFolds } from '../las-vegas/fold-primes.js';
import { convolvePackedRests, convolveRests } from '../las-vegas/modular-convolution.js';
import { convolveByResidues, convolveDilated } from '../las-vegas/residue-convolution.js';
import { newResidueTally, type ResidueTally, residueCertificate } from '../las-vegas/residue-tally.js';
import { runOneShot, runOneShotAsync, type Slices } from '../one-shot.js';
import { convolveIntegers } from './integer-convolution.js';
import { readIntegers } from './integers.js';
import type { ExactSums, SumCounts } from './sum-counts.js';
import { type SumsetMethod, type SumsetOptions, type SumsetSettings, sumsetSettings } from './sumset-options.js';

/** What a sumset cost, in operations; all but the first three are those of the method `'xy'`. */
export interface SumsetCounts extends SumCounts {
  /** Numbers that went through transforms of convolutions modulo a small prime. */
  readonly residuePoints: number;
  /** Multiplications, each with an addition, of field elements that hold several residues. */
  readonly fieldOperations: number;
  /** Products that were looked up to settle the last sums. */
  readonly verifications: number;
  /** Known sums that were folded. */
  readonly foldedSums: number;
  /** Folds that settled sums, those of folds included. */
  readonly rounds: number;
  /** Most rounds of one convolution. */
  readonly mostRounds: number;
  /** Largest prime modulo which sums were computed first; 0 without any. */
  readonly largestPrime: number;
}

/** The sums of pairs and how often each occurs. */
export interface Sumset extends ExactSums {
  /** The different sums, rising. */
  readonly sums: Float64Array;
  /** Entry k is the number of pairs whose sum is sums[k], >= 1. */
  readonly multiplicities: Float64Array;
  /** The method that counted them. */
  readonly method: SumsetMethod;
  /** What it cost, in operations. */
  readonly counts: SumsetCounts;
  /** The seed of the draws. */
  readonly seed: string;
}

/** Longest range of sums that is kept as a table. */
const LARGEST_RANGE = 8388608;
/** Most pairs that are sorted. */
const LARGEST_SORT = 5e7;
/** A transform costs about as much for each place of the range as so many pairs. */
const PAIRS_PER_PLACE = 8;
/** Pairs of a slice: about 5 ms. */
const SLICE_PAIRS = 2_000_000;

/** The wanted method, or the cheapest. */
function methodFor(wanted: SumsetMethod | 'auto', pairs: number, range: number): SumsetMethod {
  const sorting = wanted === 'sort' || (wanted === 'auto' && range > LARGEST_RANGE);
  if (sorting) {
    if (pairs <= LARGEST_SORT) return 'sort';
    const unless = wanted === 'sort' ? '' : ` for a range above ${LARGEST_RANGE}`;
    throw refusal('x', `at most ${LARGEST_SORT} pairs${unless}`, `${pairs} pairs`);
  }
  if (wanted === 'auto') return pairs <= PAIRS_PER_PLACE * range ? 'enumerate' : 'transform';
  if (range <= LARGEST_RANGE) return wanted;
  throw incompatible('options.method', `'sort' for a range of sums above ${LARGEST_RANGE}`, `'${wanted}'`);
}

function* sumsetOf(x: Float64Array, y: Float64Array, settings: SumsetSettings): Slices<Omit<Sumset, 'elapsedMs'>> {
  const tally = newResidueTally();
  const pairs = x.length * y.length;
  x.sort();
  y.sort();
  const least = pairs === 0 ? 0 : x[0] + y[0];
  const most = pairs === 0 ? 0 : x[x.length - 1] + y[y.length - 1];
  if (!Number.isSafeInteger(least) || !Number.isSafeInteger(most)) {
    throw refusal('x', 'integers whose sums with y stay below 2^53', `sums from ${least} to ${most}`, 'ERR_INPUT');
  }
  const method = methodFor(settings.method, pairs, most - least + 1);
  let found: Counted;
  if (pairs === 0) found = { sums: new Float64Array(0), multiplicities: new Float64Array(0) };
  else if (method === 'sort') found = yield* sorted(x, y);
  else found = tabled(yield* tableOf(x, y, method, settings, tally), least);
  const { residues, plain, fieldOperations, verifications, foldedSums, rounds, mostRounds, largestPrime } = tally;
  return {
    status: 'complete',
    ...found,
    method,
    counts: {
      transformPoints: plain.transformPoints,
      modularPoints: plain.modularPoints,
      pairs: method === 'sort' || method === 'enumerate' ? pairs : tally.pairs,
      residuePoints: residues.transformPoints + residues.modularPoints,
      fieldOperations,
      verifications,
      foldedSums,
      rounds,
      mostRounds,
      largestPrime,
    },
    certificate: residueCertificate(tally),
    seed: settings.seed,
    warnings: [],
  };
}

type Counted = Pick<Sumset, 'sums' | 'multiplicities'>;

/** How often each sum between the least and the largest occurs. */
function* tableOf(
  x: Float64Array,
  y: Float64Array,
  method: Exclude<SumsetMethod, 'sort'>,
  { seed, dilate, packed }: SumsetSettings,
  tally: ResidueTally,
): Slices<Float64Array> {
  if (method === 'enumerate') return yield* enumerated(x, y);
  const [a, b] = [frequencies(x), frequencies(y)];
  if (method === 'transform') return convolveIntegers('x', a, b, tally.plain);
  const stream = randomStream(seed).fork('sumset');
  const choices = { folds: randomFolds(stream.fork('folds')), modular: packed ? convolvePackedRests : convolveRests };
  if (dilate) return yield* convolveDilated(a, b, stream.fork('dilation'), choices, tally);
  return yield* convolveByResidues(a, b, choices, tally);
}

function* enumerated(x: Float64Array, y: Float64Array): Slices<Float64Array> {
  const least = x[0] + y[0];
  const table = new Float64Array(x[x.length - 1] + y[y.length - 1] - least + 1);
  let done = 0;
  for (const a of x) {
    for (const b of y) table[a + b - least]++;
    done += y.length;
    if (done < SLICE_PAIRS) continue;
    done = 0;
    yield 'slice';
  }
  return table;
}

/** The sums that occur. */
function tabled(table: Float64Array, least: number): Counted {
  let size = 0;
  for (const count of table) if (count > 0) size++;
  const sums = new Float64Array(size);
  const multiplicities = new Float64Array(size);
  let next = 0;
  for (let k = 0; k < table.length; k++) {
    if (table[k] === 0) continue;
    sums[next] = least + k;
    multiplicities[next++] = table[k];
  }
  return { sums, multiplicities };
}

/** How often each integer between the first and the last occurs. */
function frequencies(values: Float64Array): Float64Array {
  const table = new Float64Array(values[values.length - 1] - values[0] + 1);
  for (const value of values) table[value - values[0]]++;
  return table;
}

function* sorted(x: Float64Array, y: Float64Array): Slices<Counted> {
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
  return { sums: all.slice(0, size), multiplicities: multiplicities.slice(0, size) };
}

/**
 * Computes all sums of an element of x and one of y, with the number of pairs for each.
 *
 * multiplicities[k] = number of (i, j) with x[i] + y[j] = sums[k]. Few pairs are enumerated, many in a short range are
 * counted by one transform, and those of a range above 2^23 are sorted. `'xy'`, by name only, is a reconstruction of the
 * paper's way for sets whose pairs are a few times as many as places: with U places and W pairs, sums are first computed
 * modulo a prime of about (W / U)^2, then corrected by folding everything modulo primes of about U^2 / W, until a fold
 * shows that all are right. It is exact whatever is drawn; as it stands it costs a transform of the same length and more.
 *
 * @param x - integers of any sign and order; repeated ones count repeatedly
 * @param y - likewise
 * @param options - `method`, `dilate`, `packed`, `seed`, `signal`
 * @returns the sums, rising, and their multiplicities
 * @throws InvalidInputError for anything but integers, options out of range or unknown, sums of 2^53 and above, more than
 * 5e7 pairs to sort, and a method that cannot run (`ERR_INCOMPATIBLE`); the signal's reason when it is aborted
 * Complexity: O(min(|x| |y|, r log r)) for a range r up to 2^23, O(|x| |y| log(|x| |y|)) above; no bound is claimed for `'xy'`.
 *
 * @example
 * ```ts
 * import { sumset } from '@lemmata/hamming';
 *
 * const { sums, multiplicities } = sumset([0, 1, 5], [0, 1]);
 * console.log(sums, multiplicities); // 0 1 2 5 6, then 1 2 1 1 1
 * ```
 * @see T. M. Chan, C. Jin, V. Vassilevska Williams, Y. Xu, "Faster Algorithms for Text-to-Pattern Hamming Distances",
 * FOCS 2023, for the problem and the ingredients of `'xy'`
 */
export function sumset(x: ArrayLike<number>, y: ArrayLike<number>, options?: SumsetOptions): Sumset {
  const settings = sumsetSettings('sumset', options);
  const [first, second] = [readIntegers('x', x), readIntegers('y', y)];
  return runOneShot(() => sumsetOf(first, second, settings), settings.signal);
}

/**
 * Does what `sumset` does, giving the event loop a macrotask at least every 16 ms (a single transform is not interrupted).
 *
 * @param x - integers of any sign and order; repeated ones count repeatedly
 * @param y - likewise
 * @param options - those of `sumset`
 * @returns a promise of the same result
 * @throws what `sumset` throws, as a rejection
 * Complexity: that of `sumset`.
 *
 * @example
 * ```ts
 * import { sumsetAsync } from '@lemmata/hamming';
 *
 * const { sums } = await sumsetAsync([0, 1, 5], [0, 1]);
 * console.log(sums); // 0 1 2 5 6
 * ```
 */
export async function sumsetAsync(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  options?: SumsetOptions,
): Promise<Sumset> {
  const settings = sumsetSettings('sumsetAsync', options);
  const [first, second] = [readIntegers('x', x), readIntegers('y', y)];
  return runOneShotAsync(() => sumsetOf(first, second, settings), settings.signal);
}
