import { DimensionError, randomStream, refusal } from '@lemmata/core';
import { runOneShot, runOneShotAsync, type Slices } from '../one-shot.js';
import { type IntegerOptions, integerSettings, readIntegers } from './integers.js';
import { convolveModulo, joinResidues, multiplyModulo, PRIMES, powerModulo, residueOf } from './number-theoretic.js';
import { nextPrime } from './primes.js';
import type { ExactSums } from './sum-counts.js';

/** A vector that is 0 but for some entries. */
export interface SparseVector {
  /** Places of the entries, integers >= 0; repeated places add up. */
  readonly indices: ArrayLike<number>;
  /** The entries, integers of any sign, as many. */
  readonly values: ArrayLike<number>;
}

/** The convolution of two sparse vectors. */
export interface SparseConvolution extends Omit<ExactSums, 'certificate'> {
  /** Places of the entries that are not 0, rising. */
  readonly indices: Float64Array;
  /** The entries. */
  readonly values: Float64Array;
  /** What a sceptic needs: the product of generating polynomials at a pseudorandom point modulo 2^61 - 1. */
  readonly certificate: {
    /** How the answer was verified. */
    readonly kind: 'random-point';
    /** The point, in decimal digits. */
    readonly point: string;
    /** Largest chance that a wrong answer agrees there: degree / 2^60. */
    readonly failure: number;
  };
}

const MERSENNE = 2305843009213693951n;

/** Places and entries, read. */
export interface Entries {
  readonly indices: Float64Array;
  readonly values: Float64Array;
}

function readSparse(argument: string, vector: SparseVector): Entries {
  if (typeof vector !== 'object' || vector === null) throw refusal(argument, 'an object of indices and values', vector);
  const indices = readIntegers(`${argument}.indices`, vector.indices, 0);
  const values = readIntegers(`${argument}.values`, vector.values);
  if (indices.length !== values.length) {
    throw new DimensionError(`${argument}.values: expected length ${indices.length} (indices), got ${values.length}`, {
      argument: `${argument}.values`,
      expected: indices.length,
      actual: values.length,
    });
  }
  return { indices, values };
}

/** The polynomial with these coefficients at a point, modulo 2^61 - 1; once for each candidate answer. */
function evaluate({ indices, values }: Entries, point: bigint): bigint {
  const squares = [point];
  while (squares.length < 54) squares.push((squares[squares.length - 1] * squares[squares.length - 1]) % MERSENNE);
  let sum = 0n;
  for (let k = 0; k < indices.length; k++) {
    let power = 1n;
    for (let e = indices[k], bit = 0; e > 0; e = Math.floor(e / 2), bit++) {
      if (e % 2 === 1) power = (power * squares[bit]) % MERSENNE;
    }
    sum = (sum + power * BigInt(values[k])) % MERSENNE;
  }
  return (sum + MERSENNE) % MERSENNE;
}

/** Folds values times the e-th power of their indices modulo `q`, for e = 0, 1, 2, in a transform's length. */
function momentsOf({ indices, values }: Entries, q: number, size: number, p: number): Int32Array[] {
  const moments = [0, 1, 2].map(() => new Int32Array(size));
  for (let k = 0; k < indices.length; k++) {
    const index = residueOf(indices[k], p);
    let term = residueOf(values[k], p);
    for (const moment of moments) {
      const place = indices[k] % q;
      moment[place] = (moment[place] + term) % p;
      term = multiplyModulo(term, index, p, 1 / p);
    }
  }
  return moments;
}

/** Moments of the convolution, folded modulo q, less those of what is known. */
function openMoments(a: Entries, b: Entries, known: Entries, q: number, size: number, p: number): Int32Array[] {
  const x = momentsOf(a, q, size, p);
  const y = momentsOf(b, q, size, p);
  const sums = momentsOf(known, q, q, p).map((moment) => moment.map((value) => (value === 0 ? 0 : p - value)));
  // (i + j)^e by the binomial theorem.
  for (const [d, e, factor] of [
    [0, 0, 1],
    [1, 0, 1],
    [0, 1, 1],
    [2, 0, 1],
    [1, 1, 2],
    [0, 2, 1],
  ]) {
    const product = x[d].slice();
    convolveModulo(product, y[e].slice(), p);
    const target = sums[d + e];
    for (let k = 0; k < 2 * q - 1; k++) target[k % q] = (target[k % q] + factor * product[k]) % p;
  }
  return sums;
}

/** Takes each bucket that looks like a single entry; gives how many others are not 0. */
function takeSingles(moments: readonly Int32Array[][], q: number, known: Map<number, number>): number {
  let bad = 0;
  for (let h = 0; h < q; h++) {
    const places: number[] = [];
    const usable: number[] = [];
    let single = true;
    let empty = true;
    moments.forEach(([zeroth, first, second], d) => {
      const p = PRIMES[d];
      if (zeroth[h] === 0) {
        // An entry may be a multiple of one prime, not of two.
        if (first[h] !== 0 || second[h] !== 0) single = empty = false;
        return;
      }
      empty = false;
      const place = multiplyModulo(first[h], powerModulo(zeroth[h], p - 2, p), p, 1 / p);
      if (multiplyModulo(place, first[h], p, 1 / p) !== second[h]) single = false;
      places.push(place);
      usable.push(d);
    });
    if (empty) continue;
    if (!single || usable.length < 2) {
      bad++;
      continue;
    }
    const index = joinResidues(places[0], places[1], PRIMES[usable[0]], PRIMES[usable[1]]);
    const value = joinResidues(moments[0][0][h], moments[1][0][h], PRIMES[0], PRIMES[1]);
    if (index < 0 || !Number.isSafeInteger(index) || !Number.isSafeInteger(value) || index % q !== h) {
      bad++;
      continue;
    }
    known.set(index, (known.get(index) ?? 0) + value);
  }
  return bad;
}

const entriesOf = (known: ReadonlyMap<number, number>): Entries => {
  const indices = Float64Array.from(known.keys()).sort();
  return { indices, values: indices.map((index) => known.get(index) as number) };
};

/** Rounds before it begins again; a few do when the room is enough. */
const ROUNDS = 16;
/** Longest fold: two of it fill a transform. */
const LARGEST_FOLD = 4000000;
/** Pairs that are rather added one by one: a fold takes some thousand operations for each entry of the answer. */
export const FEW_PAIRS = 4194304;
/** Pairs of a slice. */
const SLICE_PAIRS = 65536;

/** The convolution, pair by pair. */
function* addPairs(a: Entries, b: Entries): Slices<Map<number, number>> {
  const known = new Map<number, number>();
  let done = 0;
  for (let k = 0; k < a.indices.length; k++) {
    for (let l = 0; l < b.indices.length; l++) {
      const place = a.indices[k] + b.indices[l];
      known.set(place, (known.get(place) ?? 0) + a.values[k] * b.values[l]);
    }
    done += b.indices.length;
    if (done < SLICE_PAIRS) continue;
    done = 0;
    yield 'slice';
  }
  return known;
}

/**
 * Convolves by pairs or by folds.
 *
 * @param a - places and entries
 * @param b - places and entries
 * @param fewPairs - most pairs that are added one by one
 * @returns the convolution, verified
 */
export function* convolutionOf(a: Entries, b: Entries, fewPairs: number): Slices<Omit<SparseConvolution, 'elapsedMs'>> {
  const all = a.indices.length * b.indices.length;
  const pairs = all <= fewPairs ? all : 0;
  const stream = randomStream('sparse convolution');
  const point = BigInt(stream.integer(1073741824)) * 2147483648n + BigInt(stream.integer(2147483648)) + 2n;
  const wanted = (evaluate(a, point) * evaluate(b, point)) % MERSENNE;
  const known = pairs > 0 ? yield* addPairs(a, b) : new Map<number, number>();
  let expected = a.indices.length + b.indices.length;
  let modularPoints = 0;
  for (let round = 1; ; round++) {
    const found = entriesOf(known);
    if (evaluate(found, point) === wanted) {
      for (const [index, value] of known) if (value === 0) known.delete(index);
      const degree = Math.max(0, ...found.indices.slice(-1), largestOf(a.indices) + largestOf(b.indices));
      return {
        status: 'complete',
        ...entriesOf(known),
        counts: { transformPoints: 0, modularPoints, pairs },
        certificate: { kind: 'random-point', point: point.toString(), failure: degree / 1073741824 / 1073741824 },
        warnings: [],
      };
    }
    const q = nextPrime(4 * expected + 16 + stream.integer(4 * expected + 16));
    if (q > LARGEST_FOLD) throw refusal('a', 'a convolution with fewer entries', `more than ${expected / 2}`);
    let size = 2;
    while (size < 2 * q) size *= 2;
    const moments: Int32Array[][] = [];
    for (const p of PRIMES) {
      moments.push(openMoments(a, b, found, q, size, p));
      modularPoints += 18 * size;
      yield 'slice';
    }
    if (takeSingles(moments, q, known) > q / 8 || round % ROUNDS === 0) {
      // Much of what was taken may be wrong: begin again, with twice the room.
      known.clear();
      expected *= 2;
    }
  }
}

const largestOf = (indices: Float64Array): number => indices.reduce((largest, index) => Math.max(largest, index), 0);

/**
 * Convolves two sparse vectors of integers: the entry at z is the sum over x + y = z of a[x] b[y].
 *
 * Up to 2^22 pairs are added one by one. Of more, indices are folded modulo a random prime of about as many places as there
 * are entries; the sums of entries, of entries
 * times indices and times squares of indices show which places of the fold hold a single entry, and which. What is found
 * is subtracted, and the rest is folded anew, until the product of the generating polynomials agrees at a
 * pseudorandom point modulo 2^61 - 1, the same at every call. All sums are exact, modulo three primes.
 *
 * @param a - places and entries
 * @param b - places and entries
 * @param options - `signal`
 * @returns the entries that are not 0, by rising places
 * @throws DimensionError when places and entries are not as many
 * @throws InvalidInputError for anything but integers, places or sums that could reach 2^53, and convolutions with too
 * many entries; the signal's reason when it is aborted
 * Complexity: O(|a| |b|) up to 2^22 pairs; beyond, O((|a| + |b| + t) log t) expected for t entries of the convolution, when
 * few of its sums cancel.
 *
 * @example
 * ```ts
 * import { sparseConvolution } from '@lemmata/hamming';
 *
 * const a = { indices: [0, 1000000007], values: [1, -2] };
 * const { indices, values } = sparseConvolution(a, a);
 * console.log(indices, values); // 0 1000000007 2000000014, then 1 -4 4
 * ```
 * @see K. Bringmann, N. Fischer, V. Nakos, "Sparse Nonnegative Convolution Is Equivalent to Dense Nonnegative Convolution",
 * STOC 2021, for folding and moments; this loop is a reconstruction
 */
export function sparseConvolution(a: SparseVector, b: SparseVector, options?: IntegerOptions): SparseConvolution {
  const { x, y, signal } = prepareVectors('sparseConvolution', a, b, options);
  return runOneShot(() => convolutionOf(x, y, FEW_PAIRS), signal);
}

/**
 * Does what `sparseConvolution` does, giving the event loop a macrotask at least every 16 ms (a single transform is not interrupted).
 *
 * @param a - places and entries; copied at the call
 * @param b - places and entries; copied at the call
 * @param options - `signal`
 * @returns a promise of the same result
 * @throws what `sparseConvolution` throws, as a rejection
 * Complexity: that of `sparseConvolution`.
 *
 * @example
 * ```ts
 * import { sparseConvolutionAsync } from '@lemmata/hamming';
 *
 * const a = { indices: [0, 1000000007], values: [1, -2] };
 * const { values } = await sparseConvolutionAsync(a, a);
 * console.log(values); // 1 -4 4
 * ```
 */
export async function sparseConvolutionAsync(
  a: SparseVector,
  b: SparseVector,
  options?: IntegerOptions,
): Promise<SparseConvolution> {
  const { x, y, signal } = prepareVectors('sparseConvolutionAsync', a, b, options);
  return runOneShotAsync(() => convolutionOf(x, y, FEW_PAIRS), signal);
}

function prepareVectors(entryPoint: string, a: SparseVector, b: SparseVector, options: IntegerOptions | undefined) {
  const { signal } = integerSettings(entryPoint, options);
  const [x, y] = [readSparse('a', a), readSparse('b', b)];
  if (largestOf(x.indices) + largestOf(y.indices) > Number.MAX_SAFE_INTEGER) {
    throw refusal('a.indices', 'places whose sums with those of b stay below 2^53', largestOf(x.indices), 'ERR_INPUT');
  }
  const sum = (values: Float64Array) => values.reduce((total, value) => total + Math.abs(value), 0);
  if (sum(x.values) * sum(y.values) > Number.MAX_SAFE_INTEGER) {
    throw refusal('a.values', 'entries whose sums stay below 2^53', `sums of up to ${sum(x.values) * sum(y.values)}`);
  }
  return { x, y, signal };
}
