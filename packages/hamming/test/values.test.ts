import { randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { l1Profile } from '../src/values/l1-profile.js';
import { l2Profile, l2ProfileAsync } from '../src/values/l2-profile.js';
import { lessOrEqualProfile } from '../src/values/less-or-equal-profile.js';
import { thresholdProfile, thresholdProfileAsync } from '../src/values/threshold-profile.js';

/** Sums a term over every window, as the definition says. */
function windowSums(
  text: readonly number[],
  pattern: readonly number[],
  term: (t: number, p: number) => number,
): number[] {
  const sums: number[] = [];
  for (let i = 0; i + pattern.length <= text.length; i++) {
    sums.push(pattern.reduce((sum, p, j) => sum + term(text[i + j], p), 0));
  }
  return sums;
}

const PROFILES = [
  ['l2Profile', l2Profile, (t: number, p: number) => (t - p) * (t - p)],
  ['l1Profile', l1Profile, (t: number, p: number) => Math.abs(t - p)],
  ['lessOrEqualProfile', lessOrEqualProfile, (t: number, p: number) => (p <= t ? 1 : 0)],
] as const;

describe.each(PROFILES)('%s', (name, profile, term) => {
  it('equals the sum of its definition', () => {
    const stream = randomStream(name);
    for (const spread of [1, 3, 50, 1e6]) {
      for (const [n, m] of [
        [1, 1],
        [5, 5],
        [40, 7],
        [300, 1],
        [400, 90],
        [130, 129],
      ]) {
        const draw = (length: number) => Array.from({ length }, () => stream.integer(2 * spread + 1) - spread);
        const [text, pattern] = [draw(n), draw(m)];
        const result = profile(text, pattern);
        expect(Array.from(result.values)).toEqual(windowSums(text, pattern, term));
        expect(result.certificate.residual).toBeLessThanOrEqual(result.certificate.bound);
        expect(result.status).toBe('complete');
      }
    }
  });

  it('takes typed arrays, keeps them, and gives nothing for a short text', () => {
    const text = Int16Array.of(4, -2, 7, 7);
    const pattern = Uint8Array.of(3, 7);
    expect(Array.from(profile(text, pattern).values)).toEqual(windowSums([4, -2, 7, 7], [3, 7], term));
    expect(Array.from(text)).toEqual([4, -2, 7, 7]);
    expect(profile([1], [1, 2]).values.length).toBe(0);
    expect(profile([], [1]).values.length).toBe(0);
  });

  it('refuses what are no integers, and empty patterns', () => {
    expect(() => profile([1, 0.5], [1])).toThrow(/^text\[1\]: expected an integer in .*, got 0.5$/);
    expect(() => profile([1], [Number.NaN])).toThrow(/^pattern\[0\]: expected a finite number, got NaN$/);
    expect(() => profile([1], [])).toThrow(/^pattern: expected at least one entry, got none$/);
    expect(() => profile('ab' as never, [1])).toThrow(/^text: expected an array of numbers, got "ab"$/);
    expect(() => profile([1], [1], { tolerance: 1 } as never)).toThrow(
      /^options.tolerance: expected one of the options/,
    );
  });
});

describe('large integers', () => {
  it('whose squares need number-theoretic transforms', () => {
    const stream = randomStream('large');
    const draw = (length: number) => Array.from({ length }, () => stream.integer(2 ** 23) - 2 ** 22);
    const [text, pattern] = [draw(200), draw(60)];
    const { values, certificate, counts } = l2Profile(text, pattern);
    expect(Array.from(values)).toEqual(windowSums(text, pattern, (t, p) => (t - p) * (t - p)));
    expect(certificate.kind).toBe('integers');
    expect(counts.modularPoints).toBeGreaterThan(0);
  });

  it('are refused when a sum could reach 2^53', () => {
    expect(() => l2Profile([0, 2 ** 27], [0])).toThrow(
      /^text: expected integers whose sums with the pattern stay below/,
    );
    expect(() => l1Profile([-(2 ** 52), 2 ** 52], [0])).toThrow(/^text: expected integers whose sums/);
  });
});

describe('thresholdProfile', () => {
  it('counts what is further away than the threshold', () => {
    const stream = randomStream('threshold');
    for (const spread of [1, 3, 50, 1e6]) {
      for (const [n, m] of [
        [1, 1],
        [40, 7],
        [400, 90],
        [130, 129],
      ]) {
        const draw = (length: number) => Array.from({ length }, () => stream.integer(2 * spread + 1) - spread);
        const [text, pattern] = [draw(n), draw(m)];
        for (const delta of [0, 1, spread >> 1, 2 * spread - 1, 2 * spread]) {
          const { values, certificate } = thresholdProfile(text, pattern, delta);
          expect(Array.from(values)).toEqual(windowSums(text, pattern, (t, p) => (Math.abs(t - p) > delta ? 1 : 0)));
          expect(certificate.residual).toBeLessThanOrEqual(certificate.bound);
        }
      }
    }
  });

  it('takes the largest integers whose differences are exact', () => {
    const largest = Number.MAX_SAFE_INTEGER;
    expect(Array.from(thresholdProfile([0, largest, 1], [largest], largest - 1).values)).toEqual([1, 0, 0]);
    expect(() => thresholdProfile([-1], [largest], 0)).toThrow(/^text: expected integers that differ from all others/);
  });

  it('refuses thresholds that are none', () => {
    for (const delta of [-1, 0.5, Infinity]) {
      expect(() => thresholdProfile([1], [1], delta)).toThrow(/^delta: expected an integer >= 0, got /);
    }
  });

  it('gives the same asynchronously', async () => {
    const { elapsedMs: _, ...same } = thresholdProfile([10, 21, 29, 40], [20, 30], 1);
    expect(await thresholdProfileAsync([10, 21, 29, 40], [20, 30], 1)).toMatchObject(same);
    await expect(thresholdProfileAsync([1], [], 1)).rejects.toThrow(/^pattern: expected at least one entry/);
  });
});

describe('asynchronous twins', () => {
  it('give the same, and throw the reason when they are aborted', async () => {
    const stream = randomStream('twins');
    const text = Array.from({ length: 500 }, () => stream.integer(100));
    const { elapsedMs: _, ...same } = l2Profile(text, text.slice(7, 30));
    expect(await l2ProfileAsync(text, text.slice(7, 30))).toMatchObject(same);
    const reason = new Error('enough');
    await expect(l2ProfileAsync(text, [1], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
