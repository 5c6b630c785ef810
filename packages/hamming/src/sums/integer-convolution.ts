import { refusal } from '@lemmata/core';
import { prepareRealFft } from '@lemmata/linalg';
import { type ExactnessCertificate, LARGEST_ROUNDING_BOUND, roundingBound } from '../certificates/rounding-bound.js';
import { convolveModulo, joinResidues, LARGEST_TRANSFORM, PRIMES, residueOf } from './number-theoretic.js';

/** What convolutions have cost and shown so far. */
export interface ConvolutionTally {
  /** Numbers that went through Fourier transforms. */
  transformPoints: number;
  /** Numbers that went through number-theoretic transforms. */
  modularPoints: number;
  /** Largest bound of a sum's rounding error. */
  bound: number;
  /** Largest distance of a sum from an integer. */
  residual: number;
}

/**
 * Begins a tally.
 *
 * @returns a tally of nothing
 */
export function newTally(): ConvolutionTally {
  return { transformPoints: 0, modularPoints: 0, bound: 0, residual: 0 };
}

/**
 * Says why sums are exact.
 *
 * @param tally - of all convolutions
 * @returns the certificate
 */
export function certificateOf({ transformPoints, bound, residual }: ConvolutionTally): ExactnessCertificate {
  return { kind: transformPoints > 0 ? 'rounding-bound' : 'integers', bound, residual };
}

/** The sum, the sum of squares and the largest of absolute values. */
function sizesOf(x: Float64Array): { sum: number; squares: number; largest: number } {
  let sum = 0;
  let squares = 0;
  let largest = 0;
  for (const value of x) {
    const size = Math.abs(value);
    sum += size;
    squares += size * size;
    if (size > largest) largest = size;
  }
  return { sum, squares, largest };
}

/**
 * Convolves integers exactly: result[k] = sum over i + j = k of x[i] y[j].
 *
 * Fourier transforms in f64 where the rounding bound is below 1/4, else number-theoretic transforms modulo two primes,
 * whose product, about 2^58.7, is more than twice what a sum may be.
 *
 * @param argument - name of the data, for the message
 * @param x - integers
 * @param y - integers
 * @param tally - adds up costs
 * @returns x.length + y.length - 1 integers, none when x or y is empty
 * @throws InvalidInputError `ERR_INPUT` when sums cannot be shown to stay below 2^53, or the transforms are too long
 * Complexity: O(s log s) for s = x.length + y.length.
 */
export function convolveIntegers(
  argument: string,
  x: Float64Array,
  y: Float64Array,
  tally: ConvolutionTally,
): Float64Array {
  if (x.length === 0 || y.length === 0) return new Float64Array(0);
  const length = x.length + y.length - 1;
  const a = sizesOf(x);
  const b = sizesOf(y);
  const largest = Math.min(a.sum * b.largest, a.largest * b.sum);
  if (largest > Number.MAX_SAFE_INTEGER) {
    throw refusal(argument, 'integers whose sums stay below 2^53', `sums of up to ${largest}`, 'ERR_INPUT');
  }
  let size = 2;
  while (size < length) size *= 2;
  const bound = roundingBound('f64', size, 1, Math.sqrt(a.squares) * Math.sqrt(b.squares));
  if (bound < LARGEST_ROUNDING_BOUND) return byFourier(x, y, length, size, bound, tally);
  if (size > LARGEST_TRANSFORM) {
    throw refusal(argument, `sums of at most ${LARGEST_TRANSFORM} entries at this size of values`, length, 'ERR_INPUT');
  }
  return byResidues(x, y, length, size, tally);
}

function byFourier(
  x: Float64Array,
  y: Float64Array,
  length: number,
  size: number,
  bound: number,
  tally: ConvolutionTally,
): Float64Array {
  const fft = prepareRealFft(size);
  const padded = new Float64Array(size);
  padded.set(x);
  const u = fft.forward(padded);
  padded.fill(0);
  padded.set(y);
  const v = fft.forward(padded);
  for (let k = 0; k < u.length; k += 2) {
    const re = u[k] * v[k] - u[k + 1] * v[k + 1];
    u[k + 1] = u[k] * v[k + 1] + u[k + 1] * v[k];
    u[k] = re;
  }
  const sums = fft.inverse(u).slice(0, length);
  fft.dispose();
  for (let k = 0; k < length; k++) {
    const nearest = Math.round(sums[k]) + 0;
    tally.residual = Math.max(tally.residual, Math.abs(sums[k] - nearest));
    sums[k] = nearest;
  }
  tally.transformPoints += 3 * size;
  tally.bound = Math.max(tally.bound, bound);
  return sums;
}

function byResidues(
  x: Float64Array,
  y: Float64Array,
  length: number,
  size: number,
  tally: ConvolutionTally,
): Float64Array {
  const [p, q] = PRIMES;
  const [r, s] = [p, q].map((prime) => {
    const u = new Int32Array(size);
    const v = new Int32Array(size);
    for (let i = 0; i < x.length; i++) u[i] = residueOf(x[i], prime);
    for (let j = 0; j < y.length; j++) v[j] = residueOf(y[j], prime);
    convolveModulo(u, v, prime);
    return u;
  });
  tally.modularPoints += 6 * size;
  const sums = new Float64Array(length);
  for (let k = 0; k < length; k++) sums[k] = joinResidues(r[k], s[k], p, q);
  return sums;
}

/**
 * Correlates integers exactly, block by block: adds sum over j of x[i + j] y[j] to sums[i].
 *
 * @param argument - name of the data, for the message
 * @param x - n integers
 * @param y - m integers, m >= 1
 * @param sums - n - m + 1 numbers that are added to
 * @param tally - adds up costs
 * @throws InvalidInputError `ERR_INPUT` as `convolveIntegers` does
 * Complexity: O(n log m).
 */
export function* addCorrelation(
  argument: string,
  x: Float64Array,
  y: Float64Array,
  sums: Float64Array,
  tally: ConvolutionTally,
): Generator<'slice'> {
  const m = y.length;
  const reversed = y.slice().reverse();
  let size = 64;
  while (size < 4 * m) size *= 2;
  // A block of this many numbers fills a transform of `size` with the pattern.
  const block = size - m + 1;
  for (let from = 0; from < sums.length; from += block - m + 1) {
    const piece = x.subarray(from, Math.min(x.length, from + block));
    const products = convolveIntegers(argument, piece, reversed, tally);
    const end = Math.min(sums.length, from + piece.length - m + 1);
    for (let i = from; i < end; i++) sums[i] += products[i - from + m - 1];
    yield 'slice';
  }
}
