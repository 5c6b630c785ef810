import { describe, expect, it } from 'vitest';
import { hammingProfile, plan, preparePattern } from '../src/index.js';
import { randomSymbols } from './texts.js';

const METHODS = ['bytes', 'sliced', 'fft', 'heavy-light', 'marking'] as const;

describe.each(METHODS)('%s', (method) => {
  const text = randomSymbols('invariants', 21000, 5);
  // Longer than the smallest tile of 8192 shifts.
  const pattern = randomSymbols('invariants pattern', 9001, 5);
  const { distances } = hammingProfile(text, pattern, { method });
  const prefix = (letter: number) => {
    const sums = new Int32Array(text.length + 1);
    text.forEach((symbol, i) => {
      sums[i + 1] = sums[i] + (symbol === letter ? 1 : 0);
    });
    return sums;
  };

  it('adds up to what prefix counts of letters give', () => {
    const prefixes = [0, 1, 2, 3, 4].map(prefix);
    const shifts = distances.length;
    let matches = 0;
    pattern.forEach((symbol, j) => {
      matches += prefixes[symbol][j + shifts] - prefixes[symbol][j];
    });
    expect(Array.from(distances).reduce((a, b) => a + b, 0)).toBe(shifts * pattern.length - matches);
  });

  it('is the same for other names of the letters, and reversed for reversed sequences', () => {
    const names = Uint32Array.of(4000000000, 7, 65536, 0, 255);
    const renamed = (symbols: ArrayLike<number>) => Uint32Array.from(symbols, (symbol) => names[symbol]);
    expect(hammingProfile(renamed(text), renamed(pattern), { method }).distances).toEqual(distances);
    const backwards = hammingProfile(text.slice().reverse(), pattern.slice().reverse(), { method }).distances;
    expect(backwards.slice().reverse()).toEqual(distances);
  });

  it('adds over a pattern that is cut in two', () => {
    const cut = 4321;
    const first = hammingProfile(text, pattern.slice(0, cut), { method }).distances;
    const second = hammingProfile(text, pattern.slice(cut), { method }).distances;
    expect(distances.every((distance, i) => distance === first[i] + second[i + cut])).toBe(true);
  });

  it('gives the same for a prepared pattern', () => {
    const prepared = preparePattern(pattern);
    expect([prepared.length, prepared.alphabetSize]).toEqual([9001, 5]);
    expect(hammingProfile(text, prepared, { method }).distances).toEqual(distances);
    prepared.dispose();
  });
});

it('returns the narrowest array that holds the length of the pattern', () => {
  const of = (m: number) => hammingProfile('a'.repeat(m), 'a'.repeat(m)).distances.constructor;
  expect([of(255), of(256), of(65535), of(65536)]).toEqual([Uint8Array, Uint16Array, Uint16Array, Uint32Array]);
});

describe('the plan', () => {
  it('takes the cheapest method that can run', () => {
    for (const letters of [2, 4, 20, 256, 5000]) {
      for (const m of [1, 16, 256, 4096]) {
        const { method, costs } = plan(100000, randomSymbols('plan', m, letters));
        const least = Math.min(...Object.values(costs));
        expect(costs[method]).toBe(least);
      }
    }
  });

  it('goes from words of lanes or slices to transforms as the pattern grows, and marks where letters are many', () => {
    const method = (m: number, letters: number) => plan(1 << 20, randomSymbols('plan', m, letters)).method;
    expect(method(16, 2)).toBe('bytes');
    expect(method(128, 2)).toBe('sliced');
    expect(method(16384, 2)).toBe('fft');
    expect(method(4096, 4000)).toBe('marking');
  });

  it('is what the profile reports when the text is like the pattern', () => {
    const text = 'acgt'.repeat(500);
    expect(hammingProfile(text, text.slice(0, 400)).plan).toEqual(plan(2000, text.slice(0, 400)));
  });

  it('mixes transforms and marks for one letter that is heavy among many that are not', () => {
    const mixed = Uint16Array.from(randomSymbols('mixed', 60000, 5000), (s, i) => (i % 2 === 0 ? 6000 : s));
    const pattern = mixed.slice(1000, 11000);
    const result = hammingProfile(mixed, pattern);
    expect([result.plan.method, result.plan.heavyLetters > 0]).toEqual(['heavy-light', true]);
    expect(result.counts.increments).toBeGreaterThan(0);
    expect(result.distances).toEqual(hammingProfile(mixed, pattern, { method: 'marking' }).distances);
  });
});
