import { randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { addCorrelation, convolveIntegers, newTally } from '../src/sums/integer-convolution.js';
import { convolveModulo, joinResidues, multiplyModulo, PRIMES, residueOf } from '../src/sums/number-theoretic.js';

/** The convolution of the definition, in integers of any size. */
function direct(x: readonly number[], y: readonly number[]): bigint[] {
  const sums: bigint[] = new Array(x.length + y.length - 1).fill(0n);
  x.forEach((a, i) => {
    y.forEach((b, j) => {
      sums[i + j] += BigInt(a) * BigInt(b);
    });
  });
  return sums;
}

describe('number-theoretic transforms', () => {
  it.each(PRIMES)('multiplies modulo %i at its extremes and between', (p) => {
    const stream = randomStream(`products ${p}`);
    const factors = [0, 1, 2, p - 1, p - 2, (p - 1) / 2, ...Array.from({ length: 60 }, () => stream.integer(p))];
    for (const a of factors) {
      for (const b of factors) expect(multiplyModulo(a, b, p, 1 / p)).toBe(Number((BigInt(a) * BigInt(b)) % BigInt(p)));
    }
  });

  it.each(PRIMES)('convolves cyclically modulo %i as the definition says', (p) => {
    const stream = randomStream(`cyclic ${p}`);
    for (const size of [1, 2, 4, 64]) {
      const x = Array.from({ length: size }, () => stream.integer(p));
      const y = Array.from({ length: size }, (_, j) => (j % 3 === 0 ? p - 1 : stream.integer(p)));
      const sums = new Array(size).fill(0n);
      direct(x, y).forEach((sum, k) => {
        sums[k % size] = (sums[k % size] + sum) % BigInt(p);
      });
      const result = Int32Array.from(x);
      convolveModulo(result, Int32Array.from(y), p);
      expect(Array.from(result)).toEqual(sums.map(Number));
    }
  });

  it('joins residues of integers of both signs up to 2^53', () => {
    const [p, q] = PRIMES;
    const largest = Number.MAX_SAFE_INTEGER;
    for (const value of [0, 1, -1, p, -p, q, -q, p - 1, largest, -largest, largest - p, p - largest]) {
      expect(joinResidues(residueOf(value, p), residueOf(value, q), p, q)).toBe(value);
    }
  });
});

describe('exact convolution', () => {
  it.each([
    [3, 0],
    [2 ** 12, 0],
    [2 ** 22, 768],
  ])('of integers up to %i equals the definition', (size, modularPoints) => {
    const stream = randomStream(`linear ${size}`);
    const draw = (length: number) => Array.from({ length }, () => stream.integer(2 * size + 1) - size);
    const [x, y] = [draw(70), draw(40)];
    const tally = newTally();
    const sums = convolveIntegers('x', Float64Array.from(x), Float64Array.from(y), tally);
    expect(Array.from(sums, BigInt)).toEqual(direct(x, y));
    expect(tally.modularPoints).toBe(modularPoints);
    expect(tally.residual).toBeLessThanOrEqual(tally.bound);
    expect(tally.bound).toBeLessThan(0.25);
  });

  it('of blocks equals the definition at every shift', () => {
    const stream = randomStream('blocks');
    for (const [n, m] of [
      [1, 1],
      [300, 1],
      [400, 17],
      [50, 50],
    ]) {
      const x = Float64Array.from({ length: n }, () => stream.integer(100) - 50);
      const y = Float64Array.from({ length: m }, () => stream.integer(100) - 50);
      const sums = new Float64Array(n - m + 1);
      for (const _ of addCorrelation('x', x, y, sums, newTally()));
      const expected = sums.map((_, i) => y.reduce((sum, value, j) => sum + value * x[i + j], 0));
      expect(Array.from(sums, (sum) => sum + 0)).toEqual(Array.from(expected, (sum) => sum + 0));
    }
  });

  it('refuses sums that could reach 2^53', () => {
    const large = Float64Array.of(2 ** 30, 2 ** 30);
    expect(() => convolveIntegers('x', large, large, newTally())).toThrow(
      /^x: expected integers whose sums stay below/,
    );
  });
});
