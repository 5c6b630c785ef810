import { describe, expect, it } from 'vitest';
import { approximateProfile, hammingProfile, IUPAC, preparePattern } from '../src/index.js';
import { DELTA, failuresAllowed, SEEDS } from './failures-allowed.js';
import { bruteForce, randomSymbols } from './texts.js';

it('allows the number of failures that a binomial tail allows', () => {
  const choose = (j: number): number => (j === 0 ? 1 : (choose(j - 1) * (SEEDS - j + 1)) / j);
  const tail = (least: number) =>
    Array.from({ length: SEEDS + 1 }, (_, j) => (j < least ? 0 : choose(j) * DELTA ** j * (1 - DELTA) ** (SEEDS - j)));
  const beyond = (least: number) => tail(least).reduce((sum, p) => sum + p, 0);
  expect(beyond(failuresAllowed() + 1)).toBeLessThan(1e-6);
  expect(beyond(failuresAllowed())).toBeGreaterThanOrEqual(1e-6);
});

/** A text with distances of all sizes: copies of the pattern with more and more changes between random pieces. */
function graded(m: number, letters: number) {
  const pattern = randomSymbols('graded', m, letters);
  const text = randomSymbols('around', 8 * m, letters);
  for (let copy = 0; copy < 5; copy++) {
    const at = Math.floor((copy * 7 * m) / 5);
    text.set(pattern.map((symbol, j) => (j % 8 < copy ? (symbol + 1) % letters : symbol)).subarray(0, m), at);
  }
  return { text, pattern, exact: bruteForce(text, pattern) };
}

describe.each([
  { method: 'projection', epsilon: 0.5, m: 300, letters: 60 },
  { method: 'karloff', epsilon: 0.6, m: 200, letters: 60 },
  { method: 'sampling', epsilon: 0.2, m: 600, letters: 20 },
  { method: 'hybrid', epsilon: 0.6, m: 1200, letters: 20 },
  { method: 'equality-products', epsilon: 0.5, m: 500, letters: 20 },
] as const)('$method', ({ method, epsilon, m, letters }) => {
  const { text, pattern, exact } = graded(m, letters);

  it('holds all distances as often as it says', () => {
    let failures = 0;
    for (let seed = 0; seed < SEEDS; seed++) {
      const result = approximateProfile(text, pattern, { method, epsilon, delta: DELTA, seed });
      const { estimates, lower, upper, confidence, counts } = result;
      expect([result.method, confidence >= 1 - DELTA]).toEqual([method, true]);
      // It did estimate, and did not count everything.
      expect(Math.max(counts.maps, counts.samples)).toBeGreaterThan(0);
      expect(counts.samples).toBeLessThan(m);
      expect(lower.some((value, i) => value < upper[i])).toBe(true);
      if (exact.some((distance, i) => distance < lower[i] || distance > upper[i])) failures++;
      if (method === 'projection' || method === 'karloff')
        expect(lower.every((value, i) => value <= exact[i])).toBe(true);
      expect(estimates.every((value, i) => lower[i] <= Math.ceil(value) && Math.floor(value) <= upper[i])).toBe(true);
    }
    expect(failures).toBeLessThanOrEqual(failuresAllowed());
  });

  it('is as narrow as it says', () => {
    const { estimates, lower, upper } = approximateProfile(text, pattern, { method, epsilon, delta: DELTA });
    for (let i = 0; i < exact.length; i++) {
      if (method === 'sampling') expect(upper[i] - lower[i]).toBeLessThanOrEqual(2 * epsilon * m);
      else expect(upper[i] * (1 - epsilon)).toBeLessThanOrEqual(estimates[i] * (1 + 1e-12));
    }
  });

  it('gives the same for the same seed and another for another', () => {
    const run = (seed: number | string) => approximateProfile(text, pattern, { method, epsilon, seed }).estimates;
    expect(run(5)).toEqual(run('5'));
    expect(run(5)).not.toEqual(run(6));
  });
});

it('sees half of each difference by two images, also of letters that the pattern has not', () => {
  const { estimates } = approximateProfile(
    new Uint8Array(300).fill(9),
    Uint8Array.from({ length: 100 }, (_, j) => j % 3),
    {
      method: 'karloff',
      repetitions: 1000,
    },
  );
  // All distances are 100: the mean of 1000 maps is off by 20 with probability < 2 exp(-2 * 1000 * 0.1^2) = 4e-9.
  expect(estimates.every((value) => Math.abs(value - 100) < 20)).toBe(true);
});

it('counts windows exactly where the sample is too small to tell', () => {
  const { text, pattern, exact } = graded(1200, 20);
  const { lower, upper, counts } = approximateProfile(text, pattern, { method: 'hybrid', epsilon: 0.6 });
  expect(counts.exactWindows).toBeGreaterThan(0);
  expect(counts.exactWindows).toBeLessThan(exact.length / 2);
  expect([lower[0], upper[0]]).toEqual([0, 0]);
  const counted = Array.from(lower).filter((value, i) => value === upper[i]).length;
  expect(counted).toBeGreaterThanOrEqual(counts.exactWindows);
});

it('computes the profile where most windows would have to be counted', () => {
  const text = Uint8Array.from({ length: 30000 }, (_, i) => (i % 2 === 0 ? 1 : i % 64 === 1 ? 2 : 3));
  const pattern = text.slice(0, 10000);
  const { lower, upper, confidence, counts } = approximateProfile(text, pattern, { method: 'hybrid', epsilon: 0.9 });
  const { distances } = hammingProfile(text, pattern);
  expect([lower, upper, confidence]).toEqual([distances, distances, 1]);
  expect(counts.samples).toBeGreaterThan(0);
});

it('samples positions that are no wildcard, with their classes', () => {
  const letters = 'ACGT';
  const dna = Array.from(randomSymbols('classes', 7000, 4), (code) => letters[code]).join('');
  const symbols = Array.from(randomSymbols('codes', 6000, 6), (code) => 'ACGTR*'[code]).join('');
  const pattern = preparePattern(symbols, { classes: IUPAC, wildcard: { pattern: '*' } });
  const { distances } = hammingProfile(dna, pattern);
  for (const method of ['sampling', 'hybrid'] as const) {
    const { lower, upper, counts } = approximateProfile(dna, pattern, { method, epsilon: 0.7, delta: 1e-6 });
    expect(counts.samples).toBeGreaterThan(0);
    expect(distances.every((distance, i) => lower[i] <= distance && distance <= upper[i])).toBe(true);
  }
});

it('is exact where all positions are needed, and of nothing', () => {
  const text = randomSymbols('short', 300, 30);
  const exact = Uint8Array.from(bruteForce(text, text.slice(9, 29)));
  for (const method of ['sampling', 'hybrid', 'equality-products'] as const) {
    const { lower, upper, confidence, counts } = approximateProfile(text, text.slice(9, 29), { method });
    expect([lower, upper, confidence, counts.samples]).toEqual([exact, exact, 1, 0]);
    expect(approximateProfile('a', 'ab', { method }).estimates.length).toBe(0);
  }
});

it('refuses unknown estimators and repetitions of samples', () => {
  expect(() => approximateProfile('a', 'a', { method: 'fft' as 'karloff' })).toThrow('options.method: expected one of');
  for (const method of ['sampling', 'hybrid', 'equality-products'] as const) {
    expect(() => approximateProfile('a', 'a', { method, repetitions: 3 })).toThrow(
      'options.repetitions: expected none',
    );
  }
});
