import { describe, expect, it } from 'vitest';
import { approximateProfile, hammingProfile } from '../src/index.js';
import { randomSymbols } from './texts.js';

const text = randomSymbols('approximate', 1500, 300);
const pattern = text.slice(400, 700);
const exact = hammingProfile(text, pattern).distances;

describe.each([0.5, 0.25, 0.1])('epsilon %d', (epsilon) => {
  // Each seed may fail with probability 1e-3; the seeds are fixed, and with these none does.
  it('holds every distance for 20 seeds', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { lower, upper, confidence, counts } = approximateProfile(text, pattern, { epsilon, seed });
      expect(confidence).toBeGreaterThanOrEqual(0.999);
      expect(counts.maps).toBe(21); // 1201 shifts / 0.001 lies between 2^20 and 2^21
      for (let i = 0; i < exact.length; i++) {
        expect(lower[i] <= exact[i] && exact[i] <= upper[i]).toBe(true);
        expect(lower[i] >= (1 - epsilon) * exact[i]).toBe(true);
      }
      expect(lower[400]).toBe(0);
    }
  });

  it('is never above the distance, whatever the draw, with a single map', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { lower, confidence, warnings } = approximateProfile(text, pattern, { epsilon, seed, repetitions: 1 });
      expect(lower.every((value, i) => value <= exact[i])).toBe(true);
      expect([confidence, warnings.length]).toEqual([0, 1]);
    }
  });
});

it('maps to so few letters that some differences are hidden', () => {
  const { lower } = approximateProfile(text, pattern, { epsilon: 0.9, repetitions: 1 });
  expect(lower.some((value, i) => value < exact[i])).toBe(true);
});

it('is exact, with confidence 1, for few letters', () => {
  const short = randomSymbols('few', 500, 4);
  const { lower, upper, confidence, counts } = approximateProfile(short, short.slice(9, 60));
  const { distances } = hammingProfile(short, short.slice(9, 60));
  expect([lower, upper, confidence, counts.maps]).toEqual([distances, distances, 1, 0]);
});

it('gives the same bits for the same seed, as number and string, and others for another', () => {
  const run = (seed: number | string) => approximateProfile(text, pattern, { epsilon: 0.5, repetitions: 2, seed });
  expect(run(3).lower).toEqual(run('3').lower);
  expect(run(3).seed).toBe('3');
  expect(run(3).lower).not.toEqual(run(4).lower);
});

it('does not depend on the backend', () => {
  for (const method of ['projection', 'karloff', 'sampling', 'hybrid', 'equality-products'] as const) {
    const run = (backend: 'js' | 'wasm') => approximateProfile(text, pattern, { epsilon: 0.4, backend, method });
    const [a, b] = [run('js'), run('wasm')];
    expect([a.lower, a.upper, a.estimates]).toEqual([b.lower, b.upper, b.estimates]);
  }
});
