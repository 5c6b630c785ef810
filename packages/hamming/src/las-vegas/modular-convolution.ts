import type { Slices } from '../one-shot.js';
import { convolveIntegers } from '../sums/integer-convolution.js';
import { nextPrime } from '../sums/primes.js';
import { convolvePacked } from './packed-convolution.js';
import type { ResidueTally } from './residue-tally.js';

/** Sums modulo a prime. */
export interface ModularSums {
  /** The prime. */
  readonly p: number;
  /** Sums modulo it. */
  readonly sums: Float64Array;
}

/** Convolves modulo a prime that is not less than a given number, and adds up what it cost. */
export type ModularConvolution = (
  x: Float64Array,
  y: Float64Array,
  leastPrime: number,
  tally: ResidueTally,
) => Slices<ModularSums>;

/**
 * Convolves residues as integers and takes rests: on machines whose words are much longer than residues this is faster
 * than packing them.
 *
 * @param x - integers >= 0
 * @param y - integers >= 0
 * @param leastPrime - an integer >= 3
 * @param tally - adds up costs
 * @returns sums modulo the first prime from there on
 */
export function* convolveRests(
  x: Float64Array,
  y: Float64Array,
  leastPrime: number,
  tally: ResidueTally,
): Slices<ModularSums> {
  const p = nextPrime(leastPrime);
  const rest = (value: number): number => value % p;
  const sums = convolveIntegers('x', x.map(rest), y.map(rest), tally.residues).map(rest);
  yield 'slice';
  return { p, sums };
}

/**
 * Convolves packed residues.
 *
 * @param x - integers >= 0
 * @param y - integers >= 0
 * @param leastPrime - an integer >= 3
 * @param tally - adds up costs
 * @returns sums modulo a prime that is not less
 */
export function* convolvePackedRests(
  x: Float64Array,
  y: Float64Array,
  leastPrime: number,
  tally: ResidueTally,
): Slices<ModularSums> {
  const { operations, ...sums } = yield* convolvePacked(x, y, leastPrime);
  tally.fieldOperations += operations;
  return sums;
}
