import { randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { scoreProfile, scoreProfileAsync } from '../src/values/score-profile.js';

/** The scores of the definition, in integers of any size. */
function direct(text: readonly number[], weights: readonly number[][]): bigint[] {
  const m = weights[0].length;
  return Array.from({ length: Math.max(0, text.length - m + 1) }, (_, i) =>
    weights[0].reduce((sum, _, j) => sum + BigInt(weights[text[i + j]][j]), 0n),
  );
}

function instance(name: string, n: number, m: number, letters: number, size: number) {
  const stream = randomStream(`scores ${name}`);
  const text = Array.from({ length: n }, () => stream.integer(letters));
  const weights = Array.from({ length: letters }, () =>
    Array.from({ length: m }, () => stream.integer(2 * size + 1) - size),
  );
  return { text, weights };
}

describe('scoreProfile', () => {
  it.each([
    ['by table', 200, 12, 4, 100, 'integers'],
    ['of one place', 30, 1, 3, 5, 'integers'],
    ['by transforms', 900, 250, 2, 100, 'rounding-bound'],
    ['by number-theoretic transforms', 600, 250, 2, 2 ** 44, 'integers'],
    ['of a short text', 3, 4, 2, 5, 'integers'],
  ])('equals the definition for integers, %s', (name, n, m, letters, size, kind) => {
    const { text, weights } = instance(name, n, m, letters, size);
    const { scores, certificate, counts } = scoreProfile(text, weights);
    expect(Array.from(scores, BigInt)).toEqual(direct(text, weights));
    expect(certificate.kind).toBe(kind);
    expect(counts.pairs > 0).toBe(n >= m && m < 250);
  });

  it('bounds the error for other weights', () => {
    const { text, weights } = instance('real', 400, 60, 5, 2 ** 40);
    // Fractions with at most 60 binary digits behind the point: times 2^60 they are integers.
    const real = weights.map((row) => row.map((weight) => weight / 1000));
    const scale = 2 ** 60;
    const { scores, certificate } = scoreProfile(text, real);
    const exact = direct(
      text,
      real.map((row) => row.map((weight) => weight * scale)),
    );
    expect(certificate.kind).toBe('error-bound');
    exact.forEach((sum, i) => {
      const error = Number(BigInt(scores[i] * scale) - sum) / scale;
      expect(Math.abs(error)).toBeLessThanOrEqual(certificate.bound);
    });
    expect(certificate.bound).toBeLessThan(2 ** -53 * 1.02 * 60 * 60 * (2 ** 40 / 1000));
  });

  it('comes from its twin as well', async () => {
    const { text, weights } = instance('twin', 900, 250, 2, 100);
    const { elapsedMs: _, ...same } = scoreProfile(Uint8Array.from(text), weights);
    expect(await scoreProfileAsync(text, weights)).toMatchObject(same);
  });

  it.each([
    [
      'a letter without a row',
      () => scoreProfile([0, 2], [[1], [2]]),
      /^text\[1\]: expected an integer in \[0, 1\], got 2$/,
    ],
    ['a negative letter', () => scoreProfile([-1], [[1]]), /^text\[0\]: expected an integer in \[0, 0\], got -1$/],
    ['an empty matrix', () => scoreProfile([0], []), /^weights: expected/],
    ['NaN', () => scoreProfile([0], [[Number.NaN]]), /^weights/],
    ['ragged rows', () => scoreProfile([0], [[1, 2], [1]]), /^weights/],
    ['sums of 2^53', () => scoreProfile([0], [[2 ** 52, 2 ** 52]]), /^weights: expected scores that stay below 2\^53/],
  ])('refuses %s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});
