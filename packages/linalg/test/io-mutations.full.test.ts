import { describe, expect, test } from 'vitest';
import { LARGEST_ALLOWED, readMutations } from './io-mutation-cases.js';

const SEED = 20260107;
/** For each of three formats: more than 10^5 in all. */
const CASES = 34000;

describe('mutated inputs give a matrix that round-trips or an error with its place', () => {
  for (const format of ['csv', 'libsvm', 'matrix-market'] as const) {
    test(format, async () => {
      const { valid, refused, largest } = await readMutations(format, SEED, CASES);
      expect(valid + refused).toBe(CASES);
      // Both ends are tried often: a change of Matrix Market text mostly breaks its counts.
      expect(Math.min(valid, refused)).toBeGreaterThan(CASES / 20);
      expect(largest).toBeLessThanOrEqual(LARGEST_ALLOWED);
      console.info(`${format}: ${valid} valid, ${refused} refused, largest array ${largest} bytes`);
    });
  }
});
