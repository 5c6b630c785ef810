import type { RandomStream } from '@lemmata/core';
import type { Slices } from '../one-shot.js';
import { convolveIntegers } from '../sums/integer-convolution.js';
import { nextPrime } from '../sums/primes.js';
import type { FoldPrimes } from './fold-primes.js';
import type { ModularConvolution } from './modular-convolution.js';
import type { ResidueTally } from './residue-tally.js';

// The sums are first known modulo a small prime p, so that what is known of a sum is never above it and differs from it by
// a multiple of p. Folded modulo a prime q, the convolution is short; what its places have above the folded known sums are
// deficits, and a place without one proves that all sums which fold onto it are known. No probability enters what is
// right: primes only decide how many rounds it takes.

/** Shorter vectors are convolved pair by pair. */
const SHORTEST = 64;
/** So many pairs for each place are taken singly: fewer operations than any convolution by residues takes. */
const PAIRS_PER_PLACE = 16;
/** So many products for each place settle what is left. */
const PRODUCTS_PER_PLACE = 4;
/** Rounds before the convolution is computed as it is; so it is when primes are no longer shorter than half of it. */
const MOST_ROUNDS = 40;
/** Pairs of a slice: about 5 ms. */
const SLICE_PAIRS = 2_000_000;

/** How a convolution by residues goes about it. */
export interface ResidueChoices {
  /** Moduli of the folds. */
  readonly folds: FoldPrimes;
  /** How residues are convolved. */
  readonly modular: ModularConvolution;
}

/** A vector with what is asked of it again and again. */
interface Weights {
  readonly values: Float64Array;
  /** Where they are not 0, rising. */
  readonly support: Int32Array;
  /** Their sum. */
  readonly total: number;
}

function weightsOf(values: Float64Array): Weights {
  const support: number[] = [];
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i] === 0) continue;
    support.push(i);
    total += values[i];
  }
  return { values, support: Int32Array.from(support), total };
}

/**
 * Convolves vectors of counts exactly, by residues modulo a small prime that are corrected by short folds.
 *
 * With U the longer length, W the product of the sums and g = sqrt(W / U): the sums are taken modulo a prime p >= g^4, so
 * that at most W / p of them are wrong, and folded modulo primes q of about U / g^2, each fold being such a problem of its
 * own, with a larger g. Sums whose fold has no deficit are settled; so is one that is alone on its place of the fold. Few
 * pairs are added one by one, and many (W >= U log2(U)^2) convolved as they are.
 *
 * @param x - integers >= 0, at least one
 * @param y - integers >= 0, at least one, with sums of products below 2^53
 * @param choices - folds and residues
 * @param tally - adds up costs
 * @returns x.length + y.length - 1 sums
 */
export function* convolveByResidues(
  x: Float64Array,
  y: Float64Array,
  choices: ResidueChoices,
  tally: ResidueTally,
): Slices<Float64Array> {
  const [a, b] = [weightsOf(x), weightsOf(y)];
  const length = Math.max(x.length, y.length);
  const pairs = a.support.length * b.support.length;
  if (pairs <= PAIRS_PER_PLACE * length || length < SHORTEST) return yield* byPairs(a, b, tally);
  const levels = 32 - Math.clz32(length);
  if (a.total * b.total >= length * levels * levels) {
    yield 'slice';
    return convolveIntegers('x', x, y, tally.plain);
  }
  return yield* byRounds(a, b, choices, tally);
}

function* byPairs(a: Weights, b: Weights, tally: ResidueTally): Slices<Float64Array> {
  const sums = new Float64Array(a.values.length + b.values.length - 1);
  let done = 0;
  for (const i of a.support) {
    for (const j of b.support) sums[i + j] += a.values[i] * b.values[j];
    done += b.support.length;
    if (done < SLICE_PAIRS) continue;
    done = 0;
    yield 'slice';
  }
  tally.pairs += a.support.length * b.support.length;
  return sums;
}

function* byRounds(a: Weights, b: Weights, choices: ResidueChoices, tally: ResidueTally): Slices<Float64Array> {
  const length = Math.max(a.values.length, b.values.length);
  const square = (a.total * b.total) / length;
  const { p, sums } = yield* choices.modular(a.values, b.values, Math.ceil(square * square), tally);
  tally.largestPrime = Math.max(tally.largestPrime, p);
  yield 'slice';
  const fewer = Math.min(a.support.length, b.support.length);
  const candidates = choices.folds(Math.max(3, Math.floor(length / square)), length);
  let open: Int32Array = Int32Array.from(sums, (_, z) => z);
  for (let round = 0; open.length > 0; round++) {
    if (round > 0 && open.length * fewer <= PRODUCTS_PER_PLACE * length) {
      for (const z of open) sums[z] = singleSum(a, b, z);
      tally.verifications += open.length * fewer;
      break;
    }
    const moduli = candidates.next().value;
    if (round === MOST_ROUNDS || 2 * moduli[0] >= length) {
      return convolveIntegers('x', a.values, b.values, tally.plain);
    }
    let best: Settling | undefined;
    for (const q of moduli) {
      const deficits = yield* deficitsOf(a, b, sums, q, p, choices, tally);
      const settling = settle(open, deficits);
      yield 'slice';
      if (best === undefined || settling.left.length < best.left.length) best = settling;
      if (best.left.length === 0) break;
    }
    const { single, left, deficits } = best as Settling;
    for (const z of single) sums[z] += deficits[z % deficits.length];
    open = left;
    tally.rounds++;
    tally.mostRounds = Math.max(tally.mostRounds, round + 1);
  }
  return sums;
}

/** Adds what folds onto the same place modulo q. */
function fold(values: Float64Array, q: number): Float64Array {
  const folded = new Float64Array(q);
  for (let start = 0; start < values.length; start += q) {
    const end = Math.min(q, values.length - start);
    for (let h = 0; h < end; h++) folded[h] += values[start + h];
  }
  return folded;
}

/** How much the sums that fold onto each place modulo q lack. */
function* deficitsOf(
  a: Weights,
  b: Weights,
  sums: Float64Array,
  q: number,
  p: number,
  choices: ResidueChoices,
  tally: ResidueTally,
): Slices<Float64Array> {
  const all = yield* convolveByResidues(fold(a.values, q), fold(b.values, q), choices, tally);
  const deficits = fold(all, q);
  const known = fold(sums, q);
  tally.foldedSums += sums.length;
  for (let h = 0; h < q; h++) {
    deficits[h] -= known[h];
    tally.leastDeficit = Math.min(tally.leastDeficit, deficits[h]);
    tally.largestRest = Math.max(tally.largestRest, Math.abs(deficits[h] % p));
  }
  return deficits;
}

/** What a fold tells of open sums. */
interface Settling {
  readonly deficits: Float64Array;
  /** Sums that lack the whole deficit of their place. */
  readonly single: readonly number[];
  /** Sums that stay open. */
  readonly left: Int32Array;
}

function settle(open: Int32Array, deficits: Float64Array): Settling {
  const q = deficits.length;
  const lacking = open.filter((z) => deficits[z % q] > 0);
  const there = new Int32Array(q);
  for (const z of lacking) there[z % q]++;
  const single: number[] = [];
  const left = lacking.filter((z) => {
    if (there[z % q] > 1) return true;
    single.push(z);
    return false;
  });
  return { deficits, single, left };
}

/** One sum, over the fewer places. */
function singleSum(a: Weights, b: Weights, z: number): number {
  const [few, many] = a.support.length <= b.support.length ? [a, b] : [b, a];
  let sum = 0;
  for (const i of few.support) {
    const j = z - i;
    if (j >= 0 && j < many.values.length) sum += few.values[i] * many.values[j];
  }
  return sum;
}

/**
 * Does the same after the places were multiplied by one random number modulo a prime P above every sum, which spreads
 * what had a structure: sums of the new places, as integers below 2 P, are the new places of the sums.
 *
 * @param x - as for `convolveByResidues`
 * @param y - likewise
 * @param stream - draws the number
 * @param choices - folds and residues
 * @param tally - adds up costs
 * @returns x.length + y.length - 1 sums
 */
export function* convolveDilated(
  x: Float64Array,
  y: Float64Array,
  stream: RandomStream,
  choices: ResidueChoices,
  tally: ResidueTally,
): Slices<Float64Array> {
  const sums = new Float64Array(x.length + y.length - 1);
  const modulus = nextPrime(sums.length);
  const factor = 1 + stream.integer(modulus - 1);
  const dilate = (values: Float64Array): Float64Array => {
    const dilated = new Float64Array(modulus);
    for (let i = 0; i < values.length; i++) dilated[(factor * i) % modulus] = values[i];
    return dilated;
  };
  const all = yield* convolveByResidues(dilate(x), dilate(y), choices, tally);
  for (let z = 0; z < sums.length; z++) {
    const place = (factor * z) % modulus;
    // Two places below P add to less than 2 P - 1.
    sums[z] = all[place] + (place < modulus - 1 ? all[place + modulus] : 0);
  }
  return sums;
}
