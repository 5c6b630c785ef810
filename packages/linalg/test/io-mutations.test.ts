import { describe, expect, test } from 'vitest';
import { LARGEST_ALLOWED, readMutations } from './io-mutation-cases.js';

const SEED = 20260106;
/** For each format; the long test reads 34,000. */
const CASES = 170;

describe('mutated inputs give a matrix that round-trips or an error with its place', () => {
  for (const format of ['csv', 'libsvm', 'matrix-market'] as const) {
    test(format, async () => {
      const { valid, refused, largest } = await readMutations(format, SEED, CASES);
      expect(valid + refused).toBe(CASES);
      // Both ends are tried often: a change of Matrix Market text mostly breaks its counts.
      expect(Math.min(valid, refused)).toBeGreaterThan(CASES / 20);
      expect(largest).toBeLessThanOrEqual(LARGEST_ALLOWED);
    });
  }
});
