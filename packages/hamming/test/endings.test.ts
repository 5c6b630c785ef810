import { liveArenas } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import {
  approximateProfile,
  approximateProfileAsync,
  hammingProfile,
  hammingProfileAsync,
  hammingSearch,
  hammingSearchAsync,
} from '../src/index.js';
import { randomSymbols } from './texts.js';

const text = randomSymbols('endings', 40000, 100);
const pattern = text.slice(5000, 7000);
const METHODS = ['bytes', 'sliced', 'fft', 'heavy-light', 'marking'] as const;

function timeless<Result extends { readonly elapsedMs: number }>({ elapsedMs, ...rest }: Result) {
  expect(elapsedMs).toBeGreaterThanOrEqual(0);
  return rest;
}

/** A signal that is aborted from its n-th look on. */
function abortedAt(n: number) {
  let looks = 0;
  return {
    get aborted() {
      return ++looks >= n;
    },
    reason: new Error('enough'),
    get looks() {
      return looks;
    },
  };
}

it('gives the same result asynchronously', async () => {
  for (const method of METHODS) {
    expect(timeless(await hammingProfileAsync(text, pattern, { method }))).toEqual(
      timeless(hammingProfile(text, pattern, { method })),
    );
  }
  expect(timeless(await hammingSearchAsync(text, pattern, 3))).toEqual(timeless(hammingSearch(text, pattern, 3)));
  const options = { epsilon: 0.5, repetitions: 2 };
  expect(timeless(await approximateProfileAsync(text, pattern, options))).toEqual(
    timeless(approximateProfile(text, pattern, options)),
  );
});

it('gives results that survive a structured clone', () => {
  const profile = hammingProfile(text, pattern);
  expect(structuredClone(profile)).toEqual(profile);
  const found = hammingSearch(text, pattern, 2, { mismatches: true });
  expect(structuredClone(found)).toEqual(found);
});

describe('an abort', () => {
  it('before the call throws the reason', async () => {
    const signal = AbortSignal.abort(new Error('never'));
    expect(() => hammingProfile(text, pattern, { signal })).toThrow('never');
    expect(() => hammingSearch(text, pattern, 1, { signal })).toThrow('never');
    expect(() => approximateProfile(text, pattern, { signal })).toThrow('never');
    await expect(hammingProfileAsync(text, pattern, { signal })).rejects.toThrow('never');
  });

  it.each(METHODS)('during %s throws the reason after one slice and keeps no memory', (method) => {
    // Options and driver look once each at the call; marking is done after a single slice.
    for (const at of method === 'marking' ? [3] : [3, 5, 6]) {
      const signal = abortedAt(at);
      expect(() => hammingProfile(text, pattern, { method, signal })).toThrow('enough');
      // One look more finds the reason.
      expect(signal.looks).toBeLessThanOrEqual(at + 1);
      expect(liveArenas()).toBe(0);
    }
  });

  it('while a stride is chosen throws the reason after one slice', () => {
    // Two million comparisons of a stride with the pattern are a slice; the first of them are over at look 3.
    const long = randomSymbols('stride', 60000, 3);
    const signal = abortedAt(4);
    expect(() => hammingProfile(long, long.subarray(0, 50000), { method: 'periodic', signal })).toThrow('enough');
    expect(signal.looks).toBeLessThanOrEqual(5);
  });

  it.each(['abort', 'shift-add', 'pigeonhole', 'alp', 'bounded'] as const)(
    'during filter %s throws the reason after one slice and keeps no memory',
    (filter) => {
      const periodic = Uint8Array.from({ length: 150_000 }, (_, i) => (i % 977 === 0 ? i % 11 : i % 7));
      const short = periodic.subarray(0, filter === 'shift-add' ? 12 : 3000);
      // So short a text is one slice of Shift-Add.
      for (const at of filter === 'shift-add' ? [3] : [3, 4]) {
        const signal = abortedAt(at);
        expect(() => hammingSearch(periodic, short, 6, { filter, signal })).toThrow('enough');
        expect(signal.looks).toBeLessThanOrEqual(at + 1);
        expect(liveArenas()).toBe(0);
      }
    },
  );

  it('during a search throws the reason', () => {
    // Every window is verified: two million positions are a slice.
    const equal = new Uint8Array(100_000);
    for (const [searched, filter] of [
      [equal, 'lanes'],
      [text, 'profile'],
    ] as const) {
      const signal = abortedAt(4);
      const looked = searched.subarray(0, 100);
      expect(() => hammingSearch(searched, looked, 3, { filter, method: 'bytes', signal })).toThrow('enough');
      expect(signal.looks).toBeLessThanOrEqual(5);
    }
    expect(liveArenas()).toBe(0);
  });

  it('by a timer ends an asynchronous call', async () => {
    const controller = new AbortController();
    const long = new Uint8Array(400000);
    const running = hammingProfileAsync(long, long.subarray(0, 100000), { method: 'bytes', signal: controller.signal });
    setTimeout(() => controller.abort(new Error('late')), 0);
    await expect(running).rejects.toThrow('late');
  });
});
