import { liveArenas, randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import {
  hammingProfile,
  hammingProfileAsync,
  hammingSearch,
  hammingStream,
  IUPAC,
  preparePattern,
} from '../src/index.js';
import { bruteForce, randomSymbols } from './texts.js';

const METHODS = ['las-vegas', 'deterministic'] as const;

/** A text of one frequent letter, some that are less so, and many rare ones: all three ways of counting are taken. */
function mixed(name: string, length: number): Uint8Array {
  const stream = randomStream(name);
  return Uint8Array.from({ length }, () => {
    const draw = stream.uniform();
    if (draw < 0.4) return 0;
    return draw < 0.85 ? 1 + stream.integer(3) : 5 + stream.integer(200);
  });
}

const text = mixed('mixed', 5000);
const pattern = text.slice(2100, 3124);
const expected = bruteForce(text, pattern);

describe.each(METHODS)('%s', (method) => {
  it('transforms frequent letters, marks rare ones and folds those between', () => {
    const { distances, counts, plan, certificate } = hammingProfile(text, pattern, { method });
    expect(Array.from(distances)).toEqual(expected);
    expect(plan).toMatchObject({ method, heavyLetters: 1, transformLength: 2048 });
    expect(counts.increments).toBeGreaterThan(0);
    expect(counts.transformPoints).toBeGreaterThan(0);
    expect(counts.residuePoints).toBeGreaterThan(0);
    // Two or more convolutions for each of the three letters between.
    expect(counts.rounds).toBeGreaterThanOrEqual(6);
    expect(certificate.kind).toBe('rounding-bound');
    expect(certificate.residual).toBeLessThanOrEqual(certificate.bound);
    expect(certificate.bound).toBeLessThan(0.25);
  });

  it('corrects wrong residues of text and pattern with a period', () => {
    // Of 16384 letters every 31st is a zero: sums go up to 529, the prime is 293.
    const periodic = Uint8Array.from({ length: 20000 }, (_, i) => (i % 31 === 0 ? 0 : 1 + ((i * i) % 193)));
    const window = periodic.slice(1000, 17384);
    const { distances } = hammingProfile(periodic, window, { method });
    expect(distances.join()).toBe(hammingProfile(periodic, window, { method: 'marking' }).distances.join());
  });

  it('takes classes and wildcards', () => {
    const dna = Array.from(randomSymbols('dna', 2500, 4), (draw) => 'ACGT'[draw]).join('');
    const stream = randomStream('codes');
    const codes = Array.from({ length: 900 }, () => 'ACGTRYN'[stream.integer(7)]).join('');
    const prepared = preparePattern(codes, { classes: IUPAC });
    const accepts = (code: string, letter: string) => (IUPAC.get(code) as string).includes(letter);
    const distances = Array.from({ length: dna.length - codes.length + 1 }, (_, i) =>
      Array.from(codes).reduce((sum, code, j) => sum + (accepts(code, dna[i + j]) ? 0 : 1), 0),
    );
    const result = hammingProfile(dna, prepared, { method });
    expect(Array.from(result.distances)).toEqual(distances);
    expect(result.counts.rounds).toBeGreaterThan(0);
  });

  it('gives the same result asynchronously', async () => {
    const { elapsedMs, ...result } = hammingProfile(text, pattern, { method });
    expect(elapsedMs).toBeGreaterThanOrEqual(0);
    expect(await hammingProfileAsync(text, pattern, { method })).toMatchObject(result);
  });

  it('is aborted within one slice and keeps no memory', () => {
    for (const at of [3, 5, 9, 30]) {
      let looks = 0;
      const signal = {
        get aborted() {
          return ++looks >= at;
        },
        reason: new Error('enough'),
      };
      expect(() => hammingProfile(text, pattern, { method, signal })).toThrow('enough');
      expect(looks).toBeLessThanOrEqual(at + 1);
      expect(liveArenas()).toBe(0);
    }
  });
});

it('draws primes by the seed, which distances do not depend on', () => {
  const runs = [0, '0', 1, 2, 3, 4].map((seed) => hammingProfile(text, pattern, { method: 'las-vegas', seed }));
  for (const { distances } of runs) expect(Array.from(distances)).toEqual(expected);
  expect(runs[1].counts).toEqual(runs[0].counts);
  expect(runs.map(({ seed }) => seed)).toEqual(['0', '0', '1', '2', '3', '4']);
  expect(new Set(runs.map(({ counts }) => counts.residuePoints + counts.transformPoints + counts.residuePairs)).size)
    // The seeds draw different primes.
    .toBeGreaterThan(1);
  expect(() => hammingProfile(text, pattern, { method: 'las-vegas', seed: NaN })).toThrow(/^options.seed: expected/);
});

it('serves searches and streams', () => {
  const k = 700;
  const positions = expected.flatMap((distance, i) => (distance <= k ? [i] : []));
  for (const method of METHODS) {
    const found = hammingSearch(text, pattern, k, { method, filter: 'profile' });
    expect(Array.from(found.positions)).toEqual(positions);
    expect(found.counts.rounds).toBeGreaterThan(0);
    const stream = hammingStream(pattern, { method });
    const pieces = [text.subarray(0, 1500), text.subarray(1500, 1501), text.subarray(1501)];
    expect(pieces.flatMap((piece) => Array.from(stream.push(piece).distances))).toEqual(expected);
  }
});

it('refuses patterns whose frequent letters take too much room', () => {
  const long = new Uint8Array(2 ** 20).map((_, i) => i % 32);
  expect(() => hammingProfile(long, long, { method: 'deterministic' })).toThrow(
    /^options.method: expected a pattern whose frequent letters have spectra of at most 33554432 numbers/,
  );
});

it('never comes from the cost model, and predicts no cost', () => {
  const { plan } = hammingProfile(text, pattern, { method: 'las-vegas' });
  expect(Object.keys(plan.costs).sort()).toEqual(['bytes', 'fft', 'heavy-light', 'marking', 'sliced']);
});
