import { describe, expect, it } from 'vitest';
import { hammingSearch, plan } from '../src/index.js';
import { bruteForce, randomSymbols } from './texts.js';

/** A text with copies of the pattern, each with one more symbol changed than the one before. */
function planted(letters: number, m: number) {
  const text = randomSymbols(`planted ${letters}`, 1200, letters);
  const pattern = randomSymbols(`pattern ${letters}`, m, letters);
  for (let copy = 0; copy * (m + 11) + m <= text.length; copy++) {
    const at = copy * (m + 11);
    text.set(pattern, at);
    for (let change = 0; change < Math.min(copy, m); change++) {
      const j = at + ((change * 7) % m);
      text[j] = text[j] === 0 ? 1 : 0;
    }
  }
  text.set(pattern, text.length - m);
  return { text, pattern };
}

describe.each(['auto', 'lanes', 'profile'] as const)('filter %s', (filter) => {
  it.each([2, 4, 20, 256, 3000, 70000])('finds what brute force finds, %d letters', (letters) => {
    for (const m of [1, 23, 300]) {
      const { text, pattern } = planted(letters, m);
      const expected = bruteForce(text, pattern);
      for (const k of [0, 2, 20, 254]) {
        if (filter === 'lanes' && k >= Math.min(m, 255)) continue;
        const found = hammingSearch(text, pattern, k, { filter, mismatches: true });
        const positions = expected.flatMap((distance, i) => (distance <= k ? [i] : []));
        expect(found.status).toBe('complete');
        if (filter !== 'auto') expect(found.filter).toBe(filter);
        expect(Array.from(found.positions)).toEqual(positions);
        expect(Array.from(found.distances)).toEqual(positions.map((i) => expected[i]));
        const { mismatchStarts: starts = [], mismatchOffsets: offsets = new Uint32Array() } = found;
        expect(starts.length).toBe(positions.length + 1);
        positions.forEach((at, t) => {
          const differing = Array.from(pattern, (_, j) => j).filter((j) => text[at + j] !== pattern[j]);
          expect(Array.from(offsets.subarray(starts[t], starts[t + 1]))).toEqual(differing);
        });
      }
    }
  });

  it('stops at the limit and says so only when there is more', () => {
    const text = 'ab'.repeat(20000);
    const all = hammingSearch(text, 'ab', 0, { filter });
    expect(all.positions.length).toBe(20000);
    const some = hammingSearch(text, 'ab', 0, { filter, limit: 3 });
    expect([some.status, Array.from(some.positions)]).toEqual(['limit', [0, 2, 4]]);
    expect(hammingSearch(text, 'ab', 0, { filter, limit: 20000 }).status).toBe('complete');
  });
});

it('gives every shift when k is at least the length of the pattern', () => {
  const { positions, distances } = hammingSearch('abcabc', 'abd', 3);
  expect(Array.from(positions)).toEqual([0, 1, 2, 3]);
  expect(Array.from(distances)).toEqual([1, 3, 3, 1]);
});

it('filters a random text by few positions and verifies few shifts', () => {
  const { text, pattern } = planted(20, 100);
  const { counts, filter } = hammingSearch(text, pattern, 2);
  expect(filter).toBe('lanes');
  expect(counts.candidates).toBeLessThan(text.length / 20);
});

it('gives the filter up where a periodic text lets too many shifts pass', () => {
  const text = 'ab'.repeat(10000);
  const pattern = 'ab'.repeat(1000);
  const found = hammingSearch(text, pattern, 0);
  expect(found.filter).toBe('profile');
  expect(found.counts.candidates).toBeGreaterThan(0);
  const { costs, method } = plan(text.length, pattern);
  // Half a unit a symbol, and at most one candidate more.
  expect(found.counts.verifiedSymbols * 0.5).toBeLessThanOrEqual((costs[method] as number) + pattern.length);
  expect(found.positions.length).toBe(9001);
  expect(hammingSearch(text, pattern, 0, { filter: 'lanes' }).positions).toEqual(found.positions);
});

it('compares windows until too many positions differ where hundreds may, and gives that up too', () => {
  const m = 5000;
  const text = randomSymbols('hundreds', 12000, 250);
  const pattern = text.slice(3000, 3000 + m);
  for (let j = 0; j < m; j += 20) pattern[j] ^= 1;
  const found = hammingSearch(text, pattern, 300);
  expect([found.filter, Array.from(found.positions), Array.from(found.distances)]).toEqual(['abort', [3000], [250]]);
  // 301 differences of 250 letters are there after some 302 positions: 19 or 20 pieces of 16.
  expect(found.counts.verifiedSymbols).toBeLessThan(21 * 16 * 7001 + m);
  // The same letters in the same order again and again: the shares say nothing of it.
  const period = randomSymbols('period of many', 250, 250);
  const repeated = Uint8Array.from({ length: 12000 }, (_, i) => period[i % 250]);
  const word = repeated.slice(0, m);
  const given = hammingSearch(repeated, word, 300);
  const positions = bruteForce(repeated, word).flatMap((distance, i) => (distance <= 300 ? [i] : []));
  expect(Array.from(given.positions)).toEqual(positions);
  const forced = hammingSearch(repeated, word, 300, { filter: 'abort' });
  expect(forced.positions).toEqual(given.positions);
});
