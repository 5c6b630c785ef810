import { liveArenas } from '@lemmata/core';
import { expect, it } from 'vitest';
import {
  approximateProfile,
  approximateProfileAsync,
  hammingProfile,
  hammingProfileAsync,
  hammingSearch,
  hammingSearchAsync,
  hammingSearchStream,
  hammingStream,
  plan,
  preparePattern,
  searchChunks,
} from '../src/index.js';

// biome-ignore lint/suspicious/noExplicitAny: wrong types are the point
type Wrong = any;

const manyLetters = Uint16Array.from({ length: 300 }, (_, i) => i);

const table: [name: string, call: () => unknown, code: string, message: string][] = [
  ['text: a number', () => hammingProfile(7 as Wrong, 'a'), 'ERR_INPUT', 'text: expected a string, a Uint8Array'],
  [
    'text: floats',
    () => hammingProfile(new Float64Array(3) as Wrong, 'a'),
    'ERR_INPUT',
    'got Float64Array of length 3',
  ],
  ['text: fractions', () => hammingProfile([1, 0.5], [1]), 'ERR_INPUT', 'text[1]: expected an integer in'],
  ['text: NaN', () => hammingProfile([NaN], [1]), 'ERR_INPUT', 'text[0]: expected an integer in'],
  ['text: too large', () => hammingProfile([2 ** 32], [1]), 'ERR_INPUT', 'text[0]: expected an integer in'],
  ['text: negative', () => hammingProfile([1, -1], [1]), 'ERR_INPUT', 'text[1]: expected an integer in'],
  ['text: strings', () => hammingProfile(['a'] as Wrong, [1]), 'ERR_INPUT', 'text[0]: expected an integer in'],
  [
    'pattern: negative',
    () => hammingProfile([1], Int32Array.of(2, -7)),
    'ERR_INPUT',
    'pattern[1]: expected an integer in',
  ],
  ['mixed, plain array', () => hammingProfile([97], 'a'), 'ERR_INCOMPATIBLE', 'text: expected a string'],
  ['unit', () => preparePattern('a', { unit: 'byte' as Wrong }), 'ERR_OPTION', 'options.unit: expected one of'],
  [
    'half a character in UTF-8',
    () => hammingProfile('ab\ud800', preparePattern('a', { unit: 'utf8' })),
    'ERR_INPUT',
    'text[2]: expected a character',
  ],
  [
    'a wildcard of two bytes',
    () => preparePattern('a', { unit: 'utf8', wildcard: 'é' }),
    'ERR_OPTION',
    'options.wildcard: expected a string of one ASCII character',
  ],
  [
    'a stream of code points',
    () => hammingStream(preparePattern('a', { unit: 'codePoint' })),
    'ERR_INCOMPATIBLE',
    "pattern: expected one of unit 'codeUnit'",
  ],
  ['pattern: null', () => hammingProfile('a', null as Wrong), 'ERR_INPUT', 'pattern: expected a string'],
  ['pattern: empty', () => hammingProfile('a', ''), 'ERR_DIMENSION', 'pattern: expected at least one symbol, got 0'],
  ['pattern: empty, prepared', () => preparePattern(new Uint8Array()), 'ERR_DIMENSION', 'pattern: expected at least'],
  ['mixed', () => hammingProfile('a', Uint8Array.of(97)), 'ERR_INCOMPATIBLE', 'text: expected an array'],
  ['mixed, prepared', () => hammingSearch(Uint8Array.of(97), preparePattern('a'), 0), 'ERR_INCOMPATIBLE', 'a string'],
  ['options: not an object', () => hammingProfile('a', 'a', 3 as Wrong), 'ERR_OPTION', 'options: expected an object'],
  [
    'options: unknown',
    () => hammingProfile('a', 'a', { seeds: 1 } as Wrong),
    'ERR_OPTION',
    'options.seeds: expected one',
  ],
  [
    'method',
    () => hammingProfile('a', 'a', { method: 'naive' as Wrong }),
    'ERR_OPTION',
    'options.method: expected one',
  ],
  ['precision', () => hammingProfile('a', 'a', { precision: 'f16' as Wrong }), 'ERR_OPTION', 'options.precision'],
  ['backend', () => hammingProfile('a', 'a', { backend: 'gpu' as Wrong }), 'ERR_OPTION', 'options.backend'],
  ['signal', () => hammingProfile('a', 'a', { signal: {} as Wrong }), 'ERR_OPTION', 'options.signal'],
  [
    'bytes with 300 letters',
    () => hammingProfile(manyLetters, manyLetters, { method: 'bytes' }),
    'ERR_INCOMPATIBLE',
    'options.method: expected a pattern of at most 255 different letters (8 with classes',
  ],
  [
    'heavy and light with one letter',
    () => hammingProfile('aa', 'a', { method: 'heavy-light' }),
    'ERR_INCOMPATIBLE',
    'options.method: expected a pattern of at least 2',
  ],
  ['k: negative', () => hammingSearch('a', 'a', -1), 'ERR_INPUT', 'k: expected an integer >= 0, got -1'],
  ['k: fraction', () => hammingSearch('a', 'a', 0.5), 'ERR_INPUT', 'k: expected an integer >= 0, got 0.5'],
  ['k: NaN', () => hammingSearch('a', 'a', NaN), 'ERR_INPUT', 'k: expected an integer >= 0, got NaN'],
  ['filter', () => hammingSearch('a', 'a', 0, { filter: 'x' as Wrong }), 'ERR_OPTION', 'options.filter'],
  ['filter: k = m', () => hammingSearch('abc', 'abc', 3, { filter: 'lanes' }), 'ERR_INCOMPATIBLE', 'for k >= 3'],
  ['limit', () => hammingSearch('a', 'a', 0, { limit: 0 }), 'ERR_OPTION', 'options.limit: expected an integer >= 1'],
  ['mismatches', () => hammingSearch('a', 'a', 0, { mismatches: 1 as Wrong }), 'ERR_OPTION', 'options.mismatches'],
  [
    'epsilon 0',
    () => approximateProfile('a', 'a', { epsilon: 0 }),
    'ERR_OPTION',
    'options.epsilon: expected a number in',
  ],
  [
    'epsilon 1',
    () => approximateProfile('a', 'a', { epsilon: 1 }),
    'ERR_OPTION',
    'options.epsilon: expected a number in',
  ],
  ['delta', () => approximateProfile('a', 'a', { delta: NaN }), 'ERR_OPTION', 'options.delta'],
  ['repetitions', () => approximateProfile('a', 'a', { repetitions: 0 }), 'ERR_OPTION', 'options.repetitions'],
  ['both', () => approximateProfile('a', 'a', { delta: 0.1, repetitions: 3 }), 'ERR_INCOMPATIBLE', 'options.delta'],
  ['seed', () => approximateProfile('a', 'a', { seed: NaN }), 'ERR_OPTION', 'options.seed'],
  ['stream: empty pattern', () => hammingStream(''), 'ERR_DIMENSION', 'pattern: expected at least one symbol'],
  ['stream: latency', () => hammingStream('a', { latency: -1 }), 'ERR_OPTION', 'options.latency'],
  ['stream: limit', () => hammingSearchStream('a', 0, { limit: 1 } as Wrong), 'ERR_OPTION', 'options.limit'],
  ['stream: k', () => hammingSearchStream('a', 0.5), 'ERR_INPUT', 'k: expected an integer >= 0'],
  ['stream: required', () => hammingSearchStream('a', 0, { required: [1] }), 'ERR_OPTION', 'options.required[0]'],
  ['stream: k = m', () => hammingSearchStream('a', 1, { filter: 'lanes' }), 'ERR_INCOMPATIBLE', 'for k >= 1'],
  [
    'stream: more than 64 bits',
    () => hammingSearchStream('a'.repeat(17), 4, { filter: 'shift-add' }),
    'ERR_INCOMPATIBLE',
    "options.filter: expected another for m = 17 and k = 4 (m fields of 4 bits exceed 64), got 'shift-add'",
  ],
  ['pieces: k = m', () => hammingSearch('abc', 'abc', 3, { filter: 'pigeonhole' }), 'ERR_INCOMPATIBLE', 'k >= m = 3'],
  [
    'estimates of classes',
    () => hammingSearch('abc', preparePattern('ab', { wildcard: { text: '?' } }), 0, { filter: 'bounded' }),
    'ERR_INCOMPATIBLE',
    'options.filter: expected another for classes and wildcards of texts',
  ],
  ['stream: mixed', () => hammingStream('a').push([97]), 'ERR_INCOMPATIBLE', 'chunk: expected a string'],
  ['stream: no symbols', () => hammingStream('a').push(7 as Wrong), 'ERR_INPUT', 'chunk: expected a string'],
  ['chunks: a string', () => searchChunks('abc' as Wrong, 'a', 0), 'ERR_INPUT', 'chunks: expected an iterable'],
  ['chunks: k', () => searchChunks(['abc'], 'a', -1), 'ERR_INPUT', 'k: expected an integer >= 0'],
  ['plan: length', () => plan(-1, 'a'), 'ERR_INPUT', 'textLength: expected an integer >= 0'],
  ['plan: too short', () => plan(2, 'abc'), 'ERR_DIMENSION', 'textLength: expected at least 3'],
];

it.each(table)('refuses %s', (_, call, code, message) => {
  let error: { code?: string; message?: string } = {};
  try {
    call();
  } catch (caught) {
    error = caught as typeof error;
  }
  expect(error.code).toBe(code);
  expect(error.message).toContain(message);
  expect(liveArenas()).toBe(0);
});

it('rejects instead of throwing where the call is asynchronous', async () => {
  await expect(hammingProfileAsync('a', '')).rejects.toMatchObject({ code: 'ERR_DIMENSION' });
  await expect(hammingSearchAsync('a', 'a', -1)).rejects.toMatchObject({ code: 'ERR_INPUT' });
  await expect(approximateProfileAsync('a', 'a', { epsilon: 2 })).rejects.toMatchObject({ code: 'ERR_OPTION' });
});

it('gives empty results for patterns longer than the text', () => {
  expect(hammingProfile('ab', 'abc').distances).toEqual(new Uint8Array());
  expect(hammingProfile('', 'abc').distances.length).toBe(0);
  const { status, positions } = hammingSearch('ab', 'abc', 5);
  expect([status, positions.length]).toEqual(['complete', 0]);
  expect(approximateProfile('ab', 'abc').lower.length).toBe(0);
});

it('leaves what the caller gave untouched and keeps no view of it', () => {
  const text = Uint8Array.of(1, 2, 3, 1, 2);
  const pattern = Uint8Array.of(1, 2);
  const prepared = preparePattern(pattern);
  const before = hammingProfile(text, prepared).distances;
  expect([Array.from(text), Array.from(pattern)]).toEqual([
    [1, 2, 3, 1, 2],
    [1, 2],
  ]);
  pattern[0] = 9;
  expect(hammingProfile(text, prepared).distances).toEqual(before);
  prepared.dispose();
  prepared.dispose();
  expect(() => hammingProfile(text, prepared)).toThrow('pattern: expected a prepared pattern in use');
});
