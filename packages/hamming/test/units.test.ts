import { describe, expect, it } from 'vitest';
import {
  approximateProfile,
  hammingDistance,
  hammingMatches,
  hammingProfile,
  hammingProfileAsync,
  hammingSearch,
  hammingStream,
  preparePattern,
} from '../src/index.js';
import { bruteForce, randomSymbols } from './texts.js';

describe('Int32Array and plain arrays', () => {
  it.each([2, 300, 70000])('give what unsigned arrays give, %d letters', (letters) => {
    const wide = Uint32Array.from(randomSymbols('units', 300, letters), (symbol) =>
      letters > 65536 ? symbol >>> 1 : symbol,
    );
    const pattern = wide.slice(30, 60);
    const expected = bruteForce(wide, pattern);
    for (const make of [(codes: Uint32Array) => Int32Array.from(codes), (codes: Uint32Array) => Array.from(codes)]) {
      const before = make(wide);
      expect(Array.from(hammingProfile(before, make(pattern)).distances)).toEqual(expected);
      expect(Array.from(hammingProfile(wide, preparePattern(make(pattern))).distances)).toEqual(expected);
      expect(Array.from(approximateProfile(make(wide), pattern, { epsilon: 0.01 }).lower)).toEqual(expected);
      expect(Array.from(hammingStream(pattern).push(make(wide)).distances)).toEqual(expected);
      expect([...hammingMatches(make(wide), make(pattern), 0)][0]).toEqual({ position: 30, distance: 0 });
      expect(hammingDistance(make(wide), make(wide))).toBe(0);
      expect(before).toEqual(make(wide));
    }
  });

  it('holds the largest symbol, and views into a longer buffer', () => {
    expect(Array.from(hammingProfile([4294967295, 0], [4294967295]).distances)).toEqual([0, 1]);
    const view = Int32Array.of(9, 1, 2, 1, 9).subarray(1, 4);
    expect(Array.from(hammingProfile(view, [1]).distances)).toEqual([0, 1, 0]);
  });

  it('may be changed while an asynchronous call runs', async () => {
    const text = Int32Array.of(1, 2, 1);
    const promise = hammingProfileAsync(text, [1]);
    text.fill(5);
    expect(Array.from((await promise).distances)).toEqual([0, 1, 0]);
  });
});

describe('units of strings', () => {
  const text = 'naïve 🐢🐇 € 🐢🐇 ж';
  const pattern = '🐢🐇 €';
  const utf8 = (string: string) => new TextEncoder().encode(string);
  const read = {
    codeUnit: (string: string) => Array.from({ length: string.length }, (_, i) => string.charCodeAt(i)),
    codePoint: (string: string) => Array.from(string, (character) => character.codePointAt(0) as number),
    utf8: (string: string) => Array.from(utf8(string)),
  };

  it.each(['codeUnit', 'codePoint', 'utf8'] as const)('%s: distances and positions are counted in it', (unit) => {
    const prepared = preparePattern(pattern, { unit });
    const expected = bruteForce(read[unit](text), read[unit](pattern));
    expect(prepared.length).toBe(read[unit](pattern).length);
    expect(Array.from(hammingProfile(text, prepared).distances)).toEqual(expected);
    expect(Array.from(hammingSearch(text, prepared, 0).positions)).toEqual([expected.indexOf(0)]);
    expect(hammingDistance('€x', '₭x', { unit })).toBe(bruteForce(read[unit]('€x'), read[unit]('₭x'))[0]);
  });

  it('takes wildcards and classes of one code point', () => {
    const classes = new Map([['x', '🐢🐇']]);
    const prepared = preparePattern('xx🦊', { unit: 'codePoint', classes, wildcard: { pattern: '🦊' } });
    expect([prepared.length, prepared.positions]).toEqual([3, 2]);
    expect(Array.from(hammingProfile('🐇🐢ж🐢', prepared).distances)).toEqual([0, 1]);
  });

  it('takes half a character as a code point of its own', () => {
    const prepared = preparePattern('\ud83d', { unit: 'codePoint' });
    expect(Array.from(hammingProfile('\ud83d🐢', prepared).distances)).toEqual([0, 1]);
  });
});
