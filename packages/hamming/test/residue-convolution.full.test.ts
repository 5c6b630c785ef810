import { randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { hammingProfile, sumset } from '../src/index.js';
import { bruteForce } from './texts.js';

const SETS = ['random', 'progression', 'cluster', 'cluster and random', 'two clusters'] as const;

function places(kind: (typeof SETS)[number], length: number, size: number, name: string): number[] {
  const stream = randomStream(name);
  const width = Math.min(length, 2 * size);
  const random = (count: number): number[] => Array.from(stream.sample(length, count));
  const cluster = (count: number): number[] => {
    const from = stream.integer(length - width + 1);
    return Array.from(stream.sample(width, count), (place) => from + place);
  };
  const half = Math.floor(size / 2);
  if (kind === 'random') return random(size);
  if (kind === 'cluster') return cluster(size);
  if (kind === 'progression') return random(1).flatMap((at) => Array.from({ length: size }, (_, i) => at + 7 * i));
  return [...cluster(half), ...(kind === 'two clusters' ? cluster(half) : random(half))];
}

describe.each(SETS)('sums by residues equal those by pairs, %s', (kind) => {
  it.each([256, 1024, 4096, 32768])('of sets below %i', (length) => {
    for (const g of [2, 4.2, 6, 8, 11, 14]) {
      const size = Math.ceil(g * Math.sqrt(length));
      if (size > length / 2) continue;
      const [x, y] = [places(kind, length, size, `x ${g}`), places(kind, length, size, `y ${g}`)];
      const { sums, multiplicities } = sumset(x, y, { method: 'enumerate' });
      for (const seed of [0, 1, 2]) {
        for (const [dilate, packed] of [
          [false, false],
          [true, false],
          [seed === 1, true],
        ]) {
          const found = sumset(x, y, { method: 'xy', seed, dilate, packed });
          // Comparing number by number is far faster than the matcher for arrays.
          expect(found.sums.length).toBe(sums.length);
          expect(found.sums.every((sum, k) => sum === sums[k])).toBe(true);
          expect(found.multiplicities.every((count, k) => count === multiplicities[k])).toBe(true);
        }
      }
    }
  });
});

it('profiles by residues equal brute force on texts of all kinds', () => {
  const stream = randomStream('profiles by residues');
  for (let run = 0; run < 400; run++) {
    const letters = 2 + stream.integer(12);
    const m = 1 + stream.integer(1500);
    const n = m + stream.integer(2000);
    const period = 1 + stream.integer(60);
    const regular = stream.uniform();
    const draw = (length: number) =>
      Uint8Array.from({ length }, (_, i) =>
        stream.uniform() < regular ? (i % period) % letters : Math.floor(letters * stream.uniform() ** 2),
      );
    const [text, pattern] = [draw(n), draw(m)];
    const expected = bruteForce(text, pattern);
    for (const method of ['las-vegas', 'deterministic'] as const) {
      expect(Array.from(hammingProfile(text, pattern, { method, seed: run }).distances)).toEqual(expected);
    }
  }
});
