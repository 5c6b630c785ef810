import { describe, expect, it } from 'vitest';
import {
  hammingDistance,
  hammingMatches,
  hammingProfile,
  hammingSearch,
  nearestMatches,
  nearestMatchesAsync,
  preparePattern,
  type Symbols,
  searchMany,
  shardRanges,
} from '../src/index.js';
import { bruteForce, randomSymbols } from './texts.js';

// biome-ignore lint/suspicious/noExplicitAny: wrong types are the point
type Wrong = any;

/** The code and message of what a call throws. */
function refused(call: () => unknown): [code: string | undefined, message: string | undefined] {
  let error: { code?: string; message?: string } = {};
  try {
    call();
  } catch (caught) {
    error = caught as typeof error;
  }
  return [error.code, error.message];
}

describe('hammingDistance', () => {
  it('counts what differs, for every kind of symbols', () => {
    for (const letters of [2, 256, 3000, 70000]) {
      const a = randomSymbols('a', 200, letters);
      const b = a.map((symbol, i) => (i % 7 === 0 ? symbol ^ 1 : symbol));
      expect(hammingDistance(a, b)).toBe(29);
      expect(hammingDistance(a, a)).toBe(0);
      for (const maxDistance of [0, 1, 28]) expect(hammingDistance(a, b, { maxDistance })).toBe(maxDistance + 1);
      for (const maxDistance of [29, 30]) expect(hammingDistance(a, b, { maxDistance })).toBe(29);
    }
    expect(hammingDistance('', '')).toBe(0);
    expect(hammingDistance('añ', 'aж')).toBe(1);
    expect(hammingDistance(Uint8Array.of(1, 2), Uint32Array.of(1, 70000))).toBe(1);
  });

  it.each([
    [
      'different lengths',
      () => hammingDistance('ab', 'abc'),
      'ERR_DIMENSION',
      'b: expected length 2 (that of a), got 3',
    ],
    ['mixed kinds', () => hammingDistance('a', Uint8Array.of(97)), 'ERR_INCOMPATIBLE', 'b: expected a string'],
    ['no symbols', () => hammingDistance(3 as Wrong, 'a'), 'ERR_INPUT', 'a: expected a string'],
    ['maxDistance', () => hammingDistance('a', 'a', { maxDistance: -1 }), 'ERR_OPTION', 'options.maxDistance'],
  ])('refuses %s', (_, call, code, message) => {
    expect(refused(call)).toEqual([code, expect.stringContaining(message)]);
  });
});

describe('nearestMatches', () => {
  it('sorts the profile by distance and position', () => {
    for (const letters of [2, 20, 3000]) {
      const text = randomSymbols('nearest', 500, letters);
      const pattern = text.slice(77, 97);
      const order = bruteForce(text, pattern)
        .map((distance, position) => ({ distance, position }))
        .sort((a, b) => a.distance - b.distance || a.position - b.position);
      for (const count of [1, 2, 17, 481, 1000]) {
        const { status, positions, distances } = nearestMatches(text, pattern, count);
        const expected = order.slice(0, count);
        expect(status).toBe('complete');
        expect(Array.from(positions)).toEqual(expected.map(({ position }) => position));
        expect(Array.from(distances)).toEqual(expected.map(({ distance }) => distance));
      }
    }
    expect(nearestMatches('a', 'ab', 3).positions.length).toBe(0);
  });

  it('gives the same asynchronously', async () => {
    const { elapsedMs: _, ...same } = nearestMatches('the cat sat on the mat', 'cot', 5);
    expect(await nearestMatchesAsync('the cat sat on the mat', 'cot', 5)).toMatchObject(same);
    await expect(nearestMatchesAsync('a', 'a', 0)).rejects.toThrow('count: expected an integer >= 1');
    const signal = AbortSignal.abort(new Error('never'));
    await expect(nearestMatchesAsync('a', 'a', 1, { signal })).rejects.toThrow('never');
  });

  it('refuses counts that are none', () => {
    for (const count of [0, 1.5, Infinity, undefined]) {
      expect(refused(() => nearestMatches('a', 'a', count as Wrong))).toEqual([
        'ERR_INPUT',
        expect.stringContaining('count: expected an integer >= 1'),
      ]);
    }
  });
});

describe('searchMany', () => {
  it('gives for each pattern what a search for it gives', () => {
    const text = randomSymbols('many', 400, 4);
    const patterns = [text.slice(3, 9), preparePattern(text.slice(100, 130)), Uint8Array.of(1)];
    for (const k of [1, [0, 12, 0]]) {
      const found = searchMany(text, patterns, k, { mismatches: true });
      patterns.forEach((pattern, i) => {
        const alone = hammingSearch(text, pattern, typeof k === 'number' ? k : k[i], { mismatches: true });
        expect({ ...found[i], elapsedMs: 0 }).toEqual({ ...alone, elapsedMs: 0 });
        expect(alone.positions.length).toBeGreaterThan(0);
      });
    }
    expect(searchMany('abc', [], 0)).toEqual([]);
  });

  it('refuses what is no list, and other numbers of k than of patterns', () => {
    expect(refused(() => searchMany('abc', 'ab' as Wrong, 0))).toEqual([
      'ERR_INPUT',
      expect.stringContaining('patterns'),
    ]);
    expect(refused(() => searchMany('abc', ['a'], [0, 0]))[0]).toBe('ERR_DIMENSION');
    expect(refused(() => searchMany('abc', ['a'], '0' as Wrong))[0]).toBe('ERR_INPUT');
  });
});

describe('hammingMatches', () => {
  it('yields what a search finds, across steps too', () => {
    const text = randomSymbols('matches', 140000, 4);
    text.copyWithin(65530, 10, 35);
    for (const [given, pattern] of [
      [text, text.slice(10, 35)],
      [String.fromCharCode(...text.subarray(0, 3000)), String.fromCharCode(...text.slice(10, 35))],
    ] as [Symbols, Symbols][]) {
      const { positions, distances } = hammingSearch(given, pattern, 8);
      const matches = [...hammingMatches(given, pattern, 8)];
      expect(matches).toEqual(Array.from(positions, (position, t) => ({ position, distance: distances[t] })));
    }
    expect([...hammingMatches(text, text.slice(10, 35), 0)].map(({ position }) => position)).toEqual([10, 65530]);
    expect([...hammingMatches('', 'a', 1)]).toEqual([]);
  });

  it('refuses at the call, not at the first match', () => {
    expect(refused(() => hammingMatches('a', 'a', -1))[0]).toBe('ERR_INPUT');
    expect(refused(() => hammingMatches(3 as Wrong, 'a', 1))[0]).toBe('ERR_INPUT');
    expect(refused(() => hammingMatches('a', Uint8Array.of(1), 1))[0]).toBe('ERR_INCOMPATIBLE');
    expect(refused(() => hammingMatches('a', 'a', 1, { limit: 3 } as Wrong))[0]).toBe('ERR_OPTION');
  });
});

describe('shardRanges', () => {
  it('covers every window once, with numbers of windows that differ by at most 1', () => {
    for (let n = 0; n <= 13; n++) {
      for (let m = 1; m <= 5; m++) {
        for (let shards = 1; shards <= 6; shards++) {
          const ranges = shardRanges(n, m, shards);
          const windows = ranges.map(({ start, end }) => end - start - m + 1);
          const all = ranges.flatMap(({ start }, s) => Array.from({ length: windows[s] }, (_, i) => start + i));
          expect(all).toEqual(Array.from({ length: Math.max(0, n - m + 1) }, (_, i) => i));
          expect(ranges.length).toBe(Math.min(shards, all.length));
          if (windows.length > 0) expect(Math.max(...windows) - Math.min(...windows)).toBeLessThanOrEqual(1);
        }
      }
    }
  });

  it('makes pieces whose profiles, put together, are the profile', () => {
    const text = randomSymbols('shards', 301, 20);
    const pattern = text.slice(9, 29);
    const parts = shardRanges(301, 20, 4).flatMap(({ start, end }) =>
      Array.from(hammingProfile(text.slice(start, end), pattern).distances),
    );
    expect(parts).toEqual(bruteForce(text, pattern));
  });

  it('refuses what are no counts', () => {
    expect(refused(() => shardRanges(-1, 1, 1))[1]).toContain('n: expected an integer >= 0');
    expect(refused(() => shardRanges(1, 0, 1))[1]).toContain('m: expected an integer >= 1');
    expect(refused(() => shardRanges(1, 1, 0))[1]).toContain('shards: expected an integer >= 1');
  });
});
