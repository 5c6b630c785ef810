import { describe, expect, it } from 'vitest';
import {
  hammingProfile,
  hammingSearch,
  IUPAC,
  type PatternOptions,
  preparePattern,
  reverseComplement,
} from '../src/index.js';
import { randomSymbols } from './texts.js';

const METHODS = [
  'bytes',
  'sliced',
  'fft',
  'heavy-light',
  'marking',
  'periodic',
  'las-vegas',
  'deterministic',
  'auto',
] as const;
/** Methods by residues have nothing in WebAssembly but the transforms of heavy letters. */
const RUNS = METHODS.flatMap((method) => (['js', 'wasm'] as const).map((backend) => ({ method, backend }))).filter(
  ({ method, backend }) => backend === 'js' || (method !== 'las-vegas' && method !== 'deterministic'),
);

/** The distances by definition: a position differs unless its symbol accepts that of the text. */
function bruteForce(text: string, pattern: string, accepts: (symbol: string, met: string) => boolean): number[] {
  return Array.from({ length: text.length - pattern.length + 1 }, (_, i) => {
    let distance = 0;
    for (let j = 0; j < pattern.length; j++) if (!accepts(pattern[j], text[i + j])) distance++;
    return distance;
  });
}

function letters(name: string, length: number, alphabet: string): string {
  return Array.from(randomSymbols(name, length, alphabet.length), (draw) => alphabet[draw]).join('');
}

const table: [name: string, text: string, pattern: string, PatternOptions, (p: string, t: string) => boolean][] = [
  ['a wildcard of the pattern', 'abcd', 'ab?', { wildcard: { pattern: '?' } }, (p, t) => p === '?' || p === t],
  ['a wildcard of the text', 'abc?', 'abc', { wildcard: { text: '?' } }, (p, t) => t === '?' || p === t],
  ['a wildcard of both', 'abc?', 'abc?', { wildcard: '?' }, (p, t) => p === '?' || t === '?' || p === t],
  [
    'different wildcards',
    'abc?!',
    'abc?!',
    { wildcard: { text: '!', pattern: '?' } },
    (p, t) => p === '?' || t === '!' || p === t,
  ],
  ['IUPAC', 'ACGTN', 'ACGTRYSWKMBDHVN', { classes: IUPAC }, (p, t) => (IUPAC.get(p) as string).includes(t)],
  ['case', 'abAB', 'abAB', { ignoreCase: true }, (p, t) => p.toLowerCase() === t.toLowerCase()],
  [
    'classes that overlap, with a wildcard and without case',
    'abcABC?',
    'xyz*',
    {
      classes: new Map([
        ['x', 'ab'],
        ['Y', 'BC'],
        ['z', 'xyz'],
      ]),
      wildcard: { text: '?', pattern: '*' },
      ignoreCase: true,
    },
    (p, t) =>
      p === '*' || t === '?' || ({ x: 'ab', y: 'bc', z: 'xyz' } as Record<string, string>)[p].includes(t.toLowerCase()),
  ],
  [
    'classes of more letters than fit into a mask',
    'abcdefghijklmnop',
    'vwxyz',
    {
      classes: new Map([
        ['v', 'abcd'],
        ['w', 'bdfhjlnp'],
        ['x', 'cdghklop'],
        ['y', 'efghmnop'],
        ['z', 'ijklmnop'],
      ]),
    },
    (p, t) =>
      (({ v: 'abcd', w: 'bdfhjlnp', x: 'cdghklop', y: 'efghmnop', z: 'ijklmnop' }) as Record<string, string>)[
        p
      ].includes(t),
  ],
];

describe.each(table)('%s', (name, textLetters, patternLetters, options, accepts) => {
  it.each(RUNS)('$method, $backend', ({ method, backend }) => {
    for (const m of [1, 5, 16, 33, 130, 300]) {
      const text = letters(`classes ${m}`, 700, textLetters);
      const pattern = letters(`classes pattern ${m}`, m, patternLetters);
      const prepared = preparePattern(pattern, options);
      if (method === 'heavy-light' && prepared.alphabetSize < 2) continue;
      const expected = bruteForce(text, pattern, accepts);
      if (method === 'bytes' && name.endsWith('fit into a mask') && m >= 16) {
        expect(() => hammingProfile(text, prepared, { method, backend })).toThrow('8 with classes');
        continue;
      }
      if (method !== 'bytes' || m >= 16) {
        expect(Array.from(hammingProfile(text, prepared, { method, backend }).distances)).toEqual(expected);
      }
      const k = Math.max(0, Math.min(...expected) + 1);
      for (const filter of ['auto', 'lanes', 'profile'] as const) {
        if (filter === 'lanes' && k >= Math.min(255, prepared.positions)) continue;
        const found = hammingSearch(text, prepared, k, { filter, backend, mismatches: true });
        const positions = expected.flatMap((distance, i) => (distance <= k ? [i] : []));
        expect(Array.from(found.positions)).toEqual(positions);
        expect(Array.from(found.distances)).toEqual(positions.map((i) => expected[i]));
        positions.forEach((at, t) => {
          const [from, to] = [found.mismatchStarts?.[t], found.mismatchStarts?.[t + 1]];
          const differing = Array.from({ length: m }, (_, j) => j).filter((j) => !accepts(pattern[j], text[at + j]));
          expect(Array.from(found.mismatchOffsets?.subarray(from, to) ?? [])).toEqual(differing);
        });
      }
      prepared.dispose();
    }
  });
});

it('has distance 0 everywhere from a pattern of wildcards alone', () => {
  for (const method of ['auto', 'marking'] as const) {
    const { distances } = hammingProfile('abcabc', preparePattern('???', { wildcard: { pattern: '?' } }), { method });
    expect(Array.from(distances)).toEqual([0, 0, 0, 0]);
  }
});

it('takes numbers as wildcards and classes of arrays', () => {
  const text = Uint32Array.of(1, 70000, 3, 9, 5);
  const pattern = preparePattern(Uint32Array.of(7, 9, 3), {
    wildcard: { text: 9 },
    classes: new Map([[7, [1, 70000]]]),
  });
  expect(Array.from(hammingProfile(text, pattern).distances)).toEqual([1, 1, 2]);
});

it('finds only windows that do not differ where they must not', () => {
  const text = letters('guide', 3000, 'ACGT');
  const guide = `${text.slice(1000, 1020)}NGG`;
  const pattern = preparePattern(guide, { classes: IUPAC });
  const all = hammingSearch(text, pattern, 14, { mismatches: true });
  const expected = Array.from(all.positions).filter((at) => text.slice(at + 21, at + 23) === 'GG');
  expect(expected.length).toBeGreaterThan(5);
  for (const filter of ['auto', 'lanes', 'profile'] as const) {
    const found = hammingSearch(text, pattern, 14, { filter, required: [21, 22] });
    expect(Array.from(found.positions)).toEqual(expected);
  }
});

it('finds on the other strand what the reverse complement finds on this one', () => {
  expect(reverseComplement('ACGTRYSWKMBDHVNacgt')).toBe('acgtNBDHVKMWSRYACGT');
  const text = letters('strands', 500, 'ACGT');
  const site = 'ACRTNNK';
  const forward = hammingSearch(reverseComplement(text), preparePattern(site, { classes: IUPAC }), 1);
  const backward = hammingSearch(text, preparePattern(reverseComplement(site), { classes: IUPAC }), 1);
  expect(Array.from(backward.positions)).toEqual(
    Array.from(forward.positions, (at) => text.length - site.length - at).reverse(),
  );
  expect(backward.positions.length).toBeGreaterThan(0);
});

describe('refuses', () => {
  // biome-ignore lint/suspicious/noExplicitAny: wrong types are the point
  type Wrong = any;
  const refused: [name: string, options: Wrong, message: string][] = [
    ['an unknown option', { wildcards: 'N' }, 'options.wildcards: expected one of'],
    ['a wildcard of two symbols', { wildcard: 'NN' }, 'options.wildcard: expected a string of one code unit'],
    ['a number as a wildcard of a string', { wildcard: 3 }, 'options.wildcard: expected a string of one code unit'],
    ['null as wildcards', { wildcard: null }, 'options.wildcard: expected a symbol'],
    ['classes that are no map', { classes: { A: 'A' } }, 'options.classes: expected a Map'],
    ['an empty class', { classes: new Map([['A', '']]) }, 'options.classes.get("A"): expected at least one symbol'],
    ['a class of numbers', { classes: new Map([['A', [1]]]) }, 'options.classes.get("A"): expected a string of one'],
    ['a case that is no boolean', { ignoreCase: 'ascii' }, 'options.ignoreCase: expected true or false'],
  ];
  it.each(refused)('%s', (_, options, message) => {
    expect(() => preparePattern('A', options)).toThrow(message);
  });
  it('what is no symbol of an array', () => {
    expect(() => preparePattern(Uint8Array.of(1), { wildcard: -1 as Wrong })).toThrow('an integer in [0, 4294967295]');
    expect(() => preparePattern(Uint8Array.of(1), { wildcard: 'N' })).toThrow('an integer in [0, 4294967295]');
  });
  it('positions outside the pattern', () => {
    expect(() => hammingSearch('aa', 'a', 0, { required: [1] })).toThrow('options.required[0]: expected an integer in');
    expect(() => hammingSearch('aa', 'a', 0, { required: 1 as Wrong })).toThrow('options.required: expected an array');
  });
  it('letters that have no complement', () => {
    expect(() => reverseComplement('AXC')).toThrow('dna[1]: expected one of');
    expect(() => reverseComplement(7 as Wrong)).toThrow('dna: expected a string, got 7');
  });
});
