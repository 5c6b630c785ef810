import { refusal } from '@lemmata/core';
import type { ExactnessCertificate } from '../certificates/rounding-bound.js';
import { readIntegers, requireEntries } from '../sums/integers.js';

/** What a profile of numbers costs, in operations. */
export interface ValueCounts {
  /** Numbers that went through Fourier transforms. */
  readonly transformPoints: number;
  /** Numbers that went through number-theoretic transforms. */
  readonly modularPoints: number;
  /** Pairs of a number of the text and one of the pattern that were taken singly. */
  readonly pairs: number;
}

/** A sum for every window of a sequence of integers. */
export interface ValueProfile {
  /** The computation was carried out in full. */
  readonly status: 'complete';
  /** One integer for each window, n - m + 1 of them; none when the text is shorter than the pattern. */
  readonly values: Float64Array;
  /** What it cost, in operations. */
  readonly counts: ValueCounts;
  /** Why the values are exact. */
  readonly certificate: ExactnessCertificate;
  /** What the caller should know; empty for exact profiles. */
  readonly warnings: readonly string[];
  /** Time from the call to the result, in milliseconds. */
  readonly elapsedMs: number;
}

/** A text and a pattern of integers. */
export interface IntegerMatter {
  readonly text: Float64Array;
  readonly pattern: Float64Array;
  /** Number of windows. */
  readonly shifts: number;
  /** Smallest integer of both. */
  readonly smallest: number;
  /** Largest integer of both. */
  readonly largest: number;
}

/**
 * Reads a text and a pattern of integers.
 *
 * @param text - n integers
 * @param pattern - m >= 1 integers
 * @returns copies of both
 * @throws DimensionError for an empty pattern
 * @throws InvalidInputError for anything but safe integers
 */
export function openIntegers(text: unknown, pattern: unknown): IntegerMatter {
  const t = readIntegers('text', text);
  const p = readIntegers('pattern', pattern);
  requireEntries('pattern', p.length);
  let smallest = p[0];
  let largest = p[0];
  for (const values of [t, p]) {
    for (const value of values) {
      if (value < smallest) smallest = value;
      if (value > largest) largest = value;
    }
  }
  return { text: t, pattern: p, shifts: Math.max(0, t.length - p.length + 1), smallest, largest };
}

/**
 * Requires that no sum can leave the safe integers.
 *
 * @param largest - what m times the largest term may come to
 * @throws InvalidInputError `ERR_INPUT` when that is 2^53 or more
 */
export function requireSafeSums(largest: number): void {
  if (largest <= Number.MAX_SAFE_INTEGER) return;
  throw refusal(
    'text',
    'integers whose sums with the pattern stay below 2^53',
    `sums of up to ${largest}`,
    'ERR_INPUT',
  );
}
