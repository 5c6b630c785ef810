import { randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { hammingSearch, hammingSearchStream, IUPAC, preparePattern, type SearchFilter } from '../src/index.js';
import { FILTERS, fuzzFilters } from './search-fuzz.js';
import { bruteForce, randomSymbols } from './texts.js';

const BY_NAME = FILTERS.filter((filter) => filter !== 'lanes' && filter !== 'profile');

/** Whether a filter takes a pattern of m symbols, by the rules in its documentation. */
function takes(filter: SearchFilter, m: number, k: number): boolean {
  if (filter === 'lanes') return k < Math.min(m, 255);
  if (filter === 'pigeonhole') return k < m;
  const digits = Math.ceil(Math.log2(Math.min(k, m) + 1));
  return filter !== 'shift-add' || m * (digits + 1) <= 64;
}

function check(filter: SearchFilter, text: ArrayLike<number>, pattern: ArrayLike<number>, k: number): void {
  const [t, p] = [Uint32Array.from(text), Uint32Array.from(pattern)];
  if (!takes(filter, p.length, k)) {
    expect(() => hammingSearch(t, p, k, { filter })).toThrow(/^options.filter: expected .*, got '/);
    return;
  }
  const all = bruteForce(t, p);
  const positions = all.flatMap((distance, i) => (distance <= k ? [i] : []));
  const found = hammingSearch(t, p, k, { filter });
  expect(found.filter).toBe(filter);
  expect(Array.from(found.positions)).toEqual(positions);
  expect(Array.from(found.distances)).toEqual(positions.map((i) => all[i]));
}

const codes = (text: string) => Array.from(text, (symbol) => symbol.charCodeAt(0));

/** De Bruijn word of order 6 over two letters: every word of six letters once. */
function deBruijn(): number[] {
  const word: number[] = [];
  const seen = new Set<string>();
  let window = '000000';
  for (let step = 0; step < 64; step++) {
    const one = `${window.slice(1)}1`;
    window = seen.has(one) ? `${window.slice(1)}0` : one;
    seen.add(window);
    word.push(Number(window[5]));
  }
  return word;
}

const fibonacci = (() => {
  let [a, b] = ['a', 'ab'];
  while (b.length < 600) [a, b] = [b, b + a];
  return codes(b);
})();
const binary = deBruijn();

const many = randomSymbols('many letters', 300, 70000);
const structured: [name: string, text: ArrayLike<number>, pattern: ArrayLike<number>][] = [
  ['all equal', codes('a'.repeat(300)), codes('a'.repeat(90))],
  ['no letter in common', codes('a'.repeat(300)), codes('bcdefg'.repeat(15))],
  ['period 2', codes('ab'.repeat(150)), codes('ba'.repeat(40))],
  ['period 3', codes('abc'.repeat(100)), codes('bca'.repeat(20))],
  ['a period of 7 letters', codes('abcdefg'.repeat(60)), codes('cdefgab'.repeat(20))],
  ['Fibonacci word', fibonacci, fibonacci.slice(13, 213)],
  ['de Bruijn word', binary.concat(binary, binary), binary.slice(20, 50)],
  ['one heavy letter', codes(`${'a'.repeat(99)}xyzuvw${'a'.repeat(99)}`), codes(`x${'a'.repeat(60)}yzuvw`)],
  ['70000 letters', many, many.slice(100, 180).map((symbol, j) => (j % 29 === 5 ? symbol ^ 65536 : symbol))],
  ['each letter once', codes('the quick brown fox jumps over the lazy dog'), codes('zyxwvutsrqponm')],
];

describe.each(BY_NAME)('filter %s', (filter) => {
  it.each(structured)('on texts with structure: %s', (_, text, pattern) => {
    for (const k of [0, 1, 3, 10, 25, pattern.length - 1, pattern.length]) check(filter, text, pattern, k);
  });

  it('at all borders of sizes', () => {
    const lengths = [1, 2, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 129, 255, 257];
    for (const m of lengths) {
      for (const n of [m, m + 1, m + 95]) {
        const text = randomSymbols(`borders ${n}`, n, 6);
        const pattern = text.slice(n - m);
        if (m > 1) pattern[m >> 1] ^= 1;
        for (const k of [0, 1, 3]) check(filter, text, pattern, k);
      }
    }
  });

  it('in texts of several tiles', () => {
    const text = randomSymbols('tiles', 70000, 9);
    const pattern = text.slice(32760, 32776);
    for (const at of [0, 32767, 65530, 70000 - 16]) text.set(pattern, at);
    text[65531] ^= 15;
    check(filter, text, pattern, 2);
  });

  it('keeps positions that are required, and its limit', () => {
    const text = codes('abcdefgh'.repeat(40));
    text[5] = 1;
    text[16] = 1;
    const pattern = codes('cdefghab'.repeat(3));
    const [t, p] = [Uint8Array.from(text), Uint8Array.from(pattern)];
    // Two differences of 24, no more than the shortest of these filters takes.
    if (!takes(filter, p.length, 2)) return;
    const all = bruteForce(t, p);
    const positions = all.flatMap((distance, i) => (distance <= 2 && t[i + 3] === p[3] ? [i] : []));
    expect(positions).not.toContain(2);
    const found = hammingSearch(t, p, 2, { filter, required: [3] });
    expect(Array.from(found.positions)).toEqual(positions);
    const { mismatchOffsets, mismatchStarts } = hammingSearch(t, p, 2, { filter, required: [3], mismatches: true });
    const offsets = positions.map((i) => Array.from(p.keys()).filter((j) => t[i + j] !== p[j]));
    expect(Array.from(mismatchOffsets as Uint32Array)).toEqual(offsets.flat());
    expect(mismatchStarts?.length).toBe(positions.length + 1);
    const few = hammingSearch(t, p, 2, { filter, required: [3], limit: 4 });
    expect([few.status, Array.from(few.positions)]).toEqual(['limit', positions.slice(0, 4)]);
    const enough = hammingSearch(t, p, 2, { filter, required: [3], limit: positions.length });
    expect(enough.status).toBe('complete');
  });

  it('takes wildcards and classes, or says that it does not', () => {
    const text = Array.from(randomSymbols('classes', 400, 4), (letter) => 'ACGT'[letter]).join('');
    const table = [
      ['ACN?GT', { wildcard: { pattern: '?' } }, filter !== 'pigeonhole'],
      ['ACNRYT', { classes: IUPAC }, filter !== 'pigeonhole' && filter !== 'bounded'],
      ['ACGT', { wildcard: { text: 'A' } }, filter !== 'pigeonhole' && filter !== 'bounded'],
    ] as const;
    for (const [letters, options, taken] of table) {
      const pattern = preparePattern(letters, options);
      const search = () => hammingSearch(text, pattern, 1, { filter });
      if (taken) {
        const { positions, distances } = hammingSearch(text, pattern, 1, { filter: 'profile' });
        expect(search()).toMatchObject({ filter, positions, distances });
        expect(positions.length).toBeGreaterThan(0);
      } else expect(search).toThrow(/^options.filter: expected another for .*wildcards/);
    }
  });

  it('runs in streams', () => {
    const text = randomSymbols('stream', 900, 9);
    const pattern = text.slice(333, 345);
    const stream = hammingSearchStream(pattern, 3, { filter });
    const positions: number[] = [];
    for (let at = 0; at < text.length; at += 250) positions.push(...stream.push(text.slice(at, at + 250)).positions);
    expect(positions).toEqual(Array.from(hammingSearch(text, pattern, 3).positions));
  });
});

it('every filter finds what brute force finds in random texts', () => {
  expect(fuzzFilters('random texts', 2100)).toBeGreaterThan(0.7 * 2100);
});

/** A word of some period, a share of whose symbols are changed. */
function noisy(name: string, length: number, period: number, letters: number, changes: number): Uint8Array {
  const stream = randomStream(name);
  const word = Uint8Array.from({ length }, (_, i) => i % period);
  for (let change = 0; change < changes; change++) word[stream.integer(length)] = stream.integer(letters);
  return word;
}

it('counts what it does: updates, hashes, marks, pairs', () => {
  const text = randomSymbols('counts', 5000, 20);
  const pattern = text.slice(700, 714);
  expect(hammingSearch(text, pattern, 2, { filter: 'shift-add' }).counts.scannedSymbols).toBe(5000);
  const holes = hammingSearch(text, text.slice(50, 350), 2, { filter: 'pigeonhole' }).counts;
  expect(holes.scannedSymbols).toBe(5000);
  // Eight letters of 20 are met by chance once in 20^8 places.
  expect(holes.candidates).toBe(1);
  // Of 16 positions at most 16 differ, of 32 more than 20 but for one window in a million: that which is an occurrence.
  const abort = hammingSearch(text, text.slice(50, 350), 20, { filter: 'abort' });
  expect(Array.from(abort.positions)).toEqual([50]);
  expect(abort.counts.verifiedSymbols).toBe(32 * 4701 + 300 - 32);
});

it('compares the same positions in WebAssembly and in TypeScript', () => {
  for (const m of [1, 15, 16, 17, 100]) {
    const text = randomSymbols('backends', 40000, 5);
    const pattern = preparePattern(text.slice(500, 500 + m), { wildcard: { pattern: 3 } });
    const [js, wasm] = (['js', 'wasm'] as const).map((backend) =>
      hammingSearch(text, pattern, 7, { filter: 'abort', backend }),
    );
    expect([js.backend, wasm.backend]).toEqual(['js', 'wasm']);
    expect([js.positions, js.distances, js.counts]).toEqual([wasm.positions, wasm.distances, wasm.counts]);
  }
});

it('settles a periodic text with noise by changes, far fewer than symbols of the candidates', () => {
  const [n, m, k] = [8000, 2000, 20];
  const text = noisy('periodic text', n, 10, 60, 40);
  const pattern = noisy('periodic pattern', m, 10, 60, 8);
  const { filter, counts, positions } = hammingSearch(text, pattern, k, { filter: 'bounded' });
  expect(filter).toBe('bounded');
  check('bounded', text, pattern, k);
  expect(positions.length).toBeGreaterThan(100);
  expect(counts.itemPairs).toBeGreaterThan(0);
  expect(counts.itemPairs).toBeLessThan((counts.candidates * m) / 100);
  expect(counts.maps).toBe(12);
});

it('jumps from difference to difference where many candidates are exact', () => {
  const text = Uint8Array.from({ length: 8000 }, (_, i) => (i === 700 ? 59 : i % 8));
  const pattern = Uint8Array.from({ length: 4000 }, (_, i) => i % 8);
  check('bounded', text, pattern, 0);
  const { counts } = hammingSearch(text, pattern, 0, { filter: 'bounded' });
  expect(counts.jumps).toBeGreaterThan(100);
  expect(counts.namedFactors).toBeGreaterThan(0);
  // Each candidate is one jump, or two when it differs.
  expect(counts.jumps).toBeLessThanOrEqual(2 * counts.candidates);
});

it('finds the same by other maps', () => {
  const text = noisy('seeds text', 2000, 7, 40, 60);
  const pattern = noisy('seeds pattern', 300, 7, 40, 5);
  const first = hammingSearch(text, pattern, 15, { filter: 'bounded' });
  for (const seed of [1, 'two']) {
    const { positions, distances } = hammingSearch(text, pattern, 15, { filter: 'bounded', seed });
    expect([positions, distances]).toEqual([first.positions, first.distances]);
  }
});
