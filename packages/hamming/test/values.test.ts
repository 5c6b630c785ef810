import { randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { l1Profile } from '../src/values/l1-profile.js';
import { l2Profile, l2ProfileAsync } from '../src/values/l2-profile.js';
import { lessOrEqualProfile } from '../src/values/less-or-equal-profile.js';

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
