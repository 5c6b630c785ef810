import { randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { lightLetters, lightPositions } from '../src/estimators/light-letters.js';
import { countPieces } from '../src/estimators/many-matches.js';
import { approximateProfile, hammingProfile, IUPAC, preparePattern } from '../src/index.js';
import { openMatter } from '../src/symbols/prepare-pattern.js';
import { DELTA, failuresAllowed, SEEDS } from './failures-allowed.js';
import { bruteForce } from './texts.js';

/** Letters of which small ones are more frequent: letter 0 stands at almost a fifth of the places. */
function skewed(name: string, length: number): Uint8Array {
  const stream = randomStream(name);
  return Uint8Array.from({ length }, () => Math.min(stream.integer(24), stream.integer(24), stream.integer(60)));
}

/** Copies of pieces of the pattern among other letters: windows of which some pieces match. */
function patchwork(m: number) {
  const pattern = skewed('patches', m);
  const text = skewed('between', 4 * m);
  const stream = randomStream('where');
  for (let copy = 0; copy < 40; copy++) {
    const at = stream.integer(m - 60);
    text.set(pattern.subarray(at, at + 20 + stream.integer(40)), stream.integer(3) * m + at);
  }
  return { text, pattern, exact: bruteForce(text, pattern) };
}

/** A text that repeats the pattern's first third with some letters changed: whole windows match at many shifts. */
function repeats(m: number) {
  const period = Math.floor(m / 3);
  const first = skewed('period', period);
  const noise = randomStream('noise');
  const draw = (length: number, changes: number) =>
    Uint8Array.from({ length }, (_, i) => (noise.integer(changes) === 0 ? noise.integer(24) : first[i % period]));
  const [text, pattern] = [draw(4 * m, 4), draw(m, 20)];
  return { text, pattern, exact: bruteForce(text, pattern) };
}

describe.each([
  ['patchwork', patchwork(400)],
  ['repeats', repeats(400)],
])('%s', (_, { text, pattern, exact }) => {
  it.each([0.6, 0.4, 0.3])('holds all distances as often as it says, within a factor of 1 +- %d', (epsilon) => {
    let failures = 0;
    for (let seed = 0; seed < SEEDS; seed++) {
      const result = approximateProfile(text, pattern, { method: 'equality-products', epsilon, delta: DELTA, seed });
      const { estimates, lower, upper, confidence, counts } = result;
      expect(confidence).toBe(1 - DELTA);
      expect(counts.pieces).toBeGreaterThan(0);
      expect(counts.samples).toBeLessThan(pattern.length);
      expect(counts.exactWindows).toBeLessThan(exact.length / 4);
      if (exact.some((distance, i) => distance < lower[i] || distance > upper[i])) failures++;
      for (let i = 0; i < exact.length; i++) {
        expect(lower[i] <= estimates[i] && estimates[i] <= upper[i]).toBe(true);
        expect(upper[i] * (1 - epsilon) <= estimates[i] && estimates[i] <= lower[i] * (1 + epsilon)).toBe(true);
      }
    }
    expect(failures).toBeLessThanOrEqual(failuresAllowed());
  });

  it('counts pieces that match at half of their light letters, without a miss for whole ones', () => {
    const matter = openMatter(text, pattern, false);
    const light = lightLetters(matter.pattern);
    const slices = countPieces(matter, light, randomStream('pivots'));
    let step = slices.next();
    while (step.done !== true) step = slices.next();
    const { length, matches, counted, pieces, counts } = step.value;
    const { codes, inPiece } = lightPositions(matter.pattern, light, length);
    let [flagged, whole] = [0, 0];
    for (let i = 0; i < exact.length; i++) {
      let sum = 0;
      for (let q = 0; q < inPiece.length; q++) {
        let found = 0;
        for (let j = q * length; j < Math.min(pattern.length, (q + 1) * length); j++) {
          if (codes[j] >= 0 && matter.text[i + j] === codes[j]) found++;
        }
        const flag = ((counted[i]?.[q >> 3] ?? 0) >> (q & 7)) & 1;
        if (flag === 1) {
          expect(2 * found).toBeGreaterThanOrEqual(inPiece[q]);
          sum += found;
          flagged++;
        } else if (found === length) whole++;
      }
      expect(matches[i]).toBe(sum);
    }
    expect([flagged, whole]).toEqual([pieces, 0]);
    expect(pieces).toBeGreaterThan(20);
    // A fraction of all matches of light letters, since a product is of equal letters alone.
    const all = hammingProfile(text, pattern, { method: 'marking' }).counts.increments;
    expect(counts.pairs).toBeLessThan(all / 2);
  });
});

it('needs fewer samples than the hybrid', () => {
  const { text, pattern } = patchwork(900);
  const samples = (method: 'hybrid' | 'equality-products') =>
    approximateProfile(text, pattern, { method, epsilon: 0.6 }).counts.samples;
  expect(samples('equality-products')).toBeGreaterThan(0);
  expect(1.5 * samples('equality-products')).toBeLessThan(samples('hybrid'));
});

it('knows a window that all but matches by its pieces alone', () => {
  const [text, pattern] = [skewed('long', 4000), skewed('copied', 800)];
  text.set(pattern, 1000);
  for (const j of [10, 11, 400, 799]) text[1000 + j] = 200;
  // Such a window is within 1 +- epsilon only when every piece is counted, or when it is compared as a whole.
  for (let seed = 0; seed < 5; seed++) {
    const options = { method: 'equality-products', epsilon: 0.6, seed } as const;
    const { lower, upper, estimates, counts } = approximateProfile(text, pattern, options);
    expect([lower[1000], estimates[1000], upper[1000], counts.exactWindows]).toEqual([4, 4, 4, 0]);
  }
});

it('leaves out wildcards of the pattern and letters that it has not', () => {
  const { text, pattern } = patchwork(700);
  for (let i = 0; i < text.length; i += 9) text[i] = 250;
  for (let j = 0; j < pattern.length; j += 11) pattern[j] = 251;
  const prepared = preparePattern(pattern, { wildcard: { pattern: 251 } });
  const { distances } = hammingProfile(text, prepared);
  const { lower, upper, counts } = approximateProfile(text, prepared, {
    method: 'equality-products',
    epsilon: 0.5,
    delta: 1e-6,
  });
  expect([counts.pieces > 0, counts.samples > 0]).toEqual([true, true]);
  expect(lower.some((bound, i) => bound < upper[i])).toBe(true);
  expect(distances.every((distance, i) => lower[i] <= distance && distance <= upper[i])).toBe(true);
});

it('counts exactly with classes, and where all positions are needed', () => {
  const { text, pattern, exact } = patchwork(400);
  const few = approximateProfile(text, pattern, { method: 'equality-products', epsilon: 0.01 });
  expect([Array.from(few.lower), few.confidence, few.counts.samples]).toEqual([exact, 1, 0]);
  const dna = 'ACGTTGCAAC'.repeat(30);
  const classes = preparePattern('ACGTR', { classes: IUPAC });
  const result = approximateProfile(dna, classes, { method: 'equality-products' });
  expect([result.lower, result.confidence]).toEqual([hammingProfile(dna, classes).distances, 1]);
});
