import { type RandomStream, randomStream } from '@lemmata/core';
import { expect } from 'vitest';
import {
  type ExactMethod,
  hammingProfile,
  hammingSearch,
  type PatternOptions,
  preparePattern,
  type SearchFilter,
} from '../src/index.js';

export const FILTERS: readonly SearchFilter[] = [
  'lanes',
  'profile',
  'abort',
  'shift-add',
  'pigeonhole',
  'alp',
  'bounded',
];

const METHODS: readonly (ExactMethod | 'auto')[] = [
  'auto',
  'bytes',
  'sliced',
  'fft',
  'heavy-light',
  'marking',
  'periodic',
  'las-vegas',
  'deterministic',
];

/** A word over so many letters: random, periodic, in runs, or of one letter, with some symbols changed. */
function word(stream: RandomStream, length: number, letters: number): number[] {
  const draw = () => stream.integer(letters);
  const kind = stream.integer(4);
  const period = 1 + stream.integer(12);
  const symbols: number[] = [];
  for (let i = 0; i < length; i++) {
    if (kind === 0 || i === 0) symbols.push(draw());
    else if (kind === 1) symbols.push(i < period ? draw() : symbols[i - period]);
    else symbols.push(kind === 2 && stream.integer(6) === 0 ? draw() : symbols[i - 1]);
  }
  const changes = stream.integer(1 + Math.floor(length / 8));
  for (let change = 0; change < changes; change++) symbols[stream.integer(length)] = draw();
  return symbols;
}

/** How symbols are read, with 0 as a wildcard or a class, and whether a symbol p of the pattern accepts t. */
const READINGS: readonly (readonly [PatternOptions, (p: number, t: number) => boolean])[] = [
  [{}, (p, t) => p === t],
  [{}, (p, t) => p === t],
  [{ wildcard: { pattern: 0 } }, (p, t) => p === 0 || p === t],
  [{ wildcard: { text: 0 } }, (p, t) => t === 0 || p === t],
  [{ classes: new Map([[0, [0, 1]]]) }, (p, t) => p === t || (p === 0 && t === 1)],
];

/** A text, a pattern that is often cut out of it, and k. */
function instance(stream: RandomStream) {
  const letters = [1, 2, 4, 6, 9, 12, 30, 300][stream.integer(8)];
  const n = 1 + stream.integer(160);
  const m = 1 + stream.integer(stream.integer(2) === 0 ? Math.min(n, 24) : n);
  const text = word(stream, n, letters);
  const at = stream.integer(n - m + 1);
  const pattern = stream.integer(4) === 0 ? word(stream, m, letters) : text.slice(at, at + m);
  const changes = stream.integer(4);
  for (let change = 0; change < changes; change++) pattern[stream.integer(m)] = stream.integer(letters);
  const k = stream.integer(2) === 0 ? stream.integer(4) : stream.integer(m + 2);
  const reading = READINGS[stream.integer(READINGS.length)];
  return { text: Uint16Array.from(text), pattern: Uint16Array.from(pattern), k, reading };
}

/** Distances of all windows by definition. */
function distancesOf(text: Uint16Array, pattern: Uint16Array, accepts: (p: number, t: number) => boolean): number[] {
  return Array.from({ length: text.length - pattern.length + 1 }, (_, i) =>
    pattern.reduce((sum, p, j) => sum + (accepts(p, text[i + j]) ? 0 : 1), 0),
  );
}

/** Profiles so many random texts by all methods by turns, and compares with brute force; gives how often a method ran. */
export function fuzzProfiles(seed: string, cases: number): number {
  const stream = randomStream(seed);
  let ran = 0;
  for (let number = 0; number < cases; number++) {
    const { text, pattern, reading } = instance(stream);
    const [options, accepts] = reading;
    const method = METHODS[number % METHODS.length];
    let found: ReturnType<typeof hammingProfile>;
    try {
      found = hammingProfile(text, preparePattern(pattern, options), { method, seed: number });
    } catch (error) {
      expect((error as { code?: string }).code).toBe('ERR_INCOMPATIBLE');
      continue;
    }
    ran++;
    const expected = distancesOf(text, pattern, accepts);
    const same = (method === 'auto' || found.plan.method === method) && `${found.distances}` === `${expected}`;
    if (!same) expect({ number, method, options, text, pattern, found }).toEqual(expected);
  }
  return ran;
}

/** Searches so many random texts, the filters and `'auto'` by turns, and compares with brute force; gives how often a filter ran. */
export function fuzzFilters(seed: string, cases: number): number {
  const stream = randomStream(seed);
  let ran = 0;
  for (let number = 0; number < cases; number++) {
    const { text, pattern, k, reading } = instance(stream);
    const [options, accepts] = reading;
    const filter = number % 8 === 7 ? 'auto' : FILTERS[number % 8];
    let found: ReturnType<typeof hammingSearch>;
    try {
      found = hammingSearch(text, preparePattern(pattern, options), k, { filter, seed: number });
    } catch (error) {
      expect((error as { code?: string }).code).toBe('ERR_INCOMPATIBLE');
      continue;
    }
    ran++;
    const positions: number[] = [];
    const distances: number[] = [];
    distancesOf(text, pattern, accepts).forEach((distance, i) => {
      if (distance > k) return;
      positions.push(i);
      distances.push(distance);
    });
    const same =
      (filter === 'auto' || found.filter === filter) &&
      `${found.positions}` === `${positions}` &&
      `${found.distances}` === `${distances}`;
    if (!same) expect({ number, filter, k, options, text, pattern, found }).toEqual({ positions, distances });
  }
  return ran;
}
