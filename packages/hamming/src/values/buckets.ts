import { log } from '@lemmata/core';
import { addCorrelation, type ConvolutionTally } from '../sums/integer-convolution.js';
import type { IntegerMatter } from './value-profile.js';

/** How two integers in order add to a sum, by correlations for different buckets and singly within one. */
export interface OrderedSum {
  /** Name of the data, for messages. */
  readonly argument: string;
  /**
   * What a number of the text contributes to each correlation when its bucket is later (`sign` 1) or earlier (-1) than
   * that of the pattern's number.
   */
  readonly ofText: readonly ((value: number, sign: number) => number)[];
  /** What a number of the pattern contributes to each correlation. */
  readonly ofPattern: readonly ((value: number) => number)[];
  /** The term of two numbers of the same bucket. */
  readonly pair: (textValue: number, patternValue: number) => number;
}

/** A correlation costs about as much for each number and doubling as a hundred pairs: buckets of ten times the root. */
const BUCKET_FACTOR = 10;

/**
 * Adds, for each window, a term that depends on the order of its numbers and the pattern's.
 *
 * The numbers of a piece of the text and of the pattern are sorted and cut into buckets of about 10 sqrt(m log m). Pairs in
 * different buckets have a known order and are added by one correlation a bucket, pairs in the same bucket singly.
 *
 * @param matter - text and pattern
 * @param rule - the term
 * @param sums - n - m + 1 numbers that are added to
 * @param tally - costs of the correlations
 * @returns the number of pairs that were taken singly
 * Complexity: O(n sqrt(m log m)) for numbers in general position; pairs of equal buckets number at most n times the
 * bucket size.
 */
export function* addOrdered(
  { text, pattern, shifts }: IntegerMatter,
  rule: OrderedSum,
  sums: Float64Array,
  tally: ConvolutionTally,
): Generator<'slice', number> {
  const m = pattern.length;
  const bucketSize = Math.ceil(BUCKET_FACTOR * Math.sqrt(m * log(m + 1)));
  let pairs = 0;
  for (let from = 0; from < shifts; from += m + 1) {
    const piece = text.subarray(from, Math.min(text.length, from + 2 * m));
    const here = sums.subarray(from, from + piece.length - m + 1);
    const size = m + piece.length;
    // Item k < m is the pattern's number k, the others are the text's; equal numbers keep the pattern's first.
    const numberAt = (k: number): number => (k < m ? pattern[k] : piece[k - m]);
    const order = Int32Array.from({ length: size }, (_, k) => k).sort((a, b) => numberAt(a) - numberAt(b) || a - b);
    const bucketOf = new Int32Array(size);
    for (let rank = 0; rank < size; rank++) bucketOf[order[rank]] = Math.floor(rank / bucketSize);
    yield 'slice';
    for (let start = 0; start < size; start += bucketSize) {
      const members = order.subarray(start, Math.min(size, start + bucketSize));
      const ofPattern = members.filter((k) => k < m);
      if (ofPattern.length === 0) continue;
      const bucket = start / bucketSize;
      for (let part = 0; part < rule.ofText.length; part++) {
        const x = new Float64Array(piece.length);
        const y = new Float64Array(m);
        for (let i = 0; i < piece.length; i++) {
          const sign = Math.sign(bucketOf[m + i] - bucket);
          if (sign !== 0) x[i] = rule.ofText[part](piece[i], sign);
        }
        for (const j of ofPattern) y[j] = rule.ofPattern[part](pattern[j]);
        yield* addCorrelation(rule.argument, x, y, here, tally);
      }
      for (const k of members) {
        if (k < m) continue;
        const i = k - m;
        for (const j of ofPattern) {
          if (j > i || i - j >= here.length) continue;
          here[i - j] += rule.pair(piece[i], pattern[j]);
          pairs++;
        }
      }
      yield 'slice';
    }
  }
  return pairs;
}
