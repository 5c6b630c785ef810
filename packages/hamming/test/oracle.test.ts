import { describe, expect, it } from 'vitest';
import { hammingProfile } from '../src/index.js';
import { bruteForce, randomSymbols } from './texts.js';

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
/** Sizes around the borders of words (4, 32), flushes (255) and blocks. */
const SIZES = [1, 2, 3, 4, 5, 8, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 254, 255, 256, 257];

function distinct(symbols: ArrayLike<number>): number {
  return new Set(Array.from(symbols)).size;
}

const BACKENDS = ['js', 'wasm'] as const;
/** Methods by residues have nothing in WebAssembly but the transforms of heavy letters. */
const RUNS = METHODS.flatMap((method) => BACKENDS.map((backend) => [method, backend] as const)).filter(
  ([method, backend]) => backend === 'js' || (method !== 'las-vegas' && method !== 'deterministic'),
);

describe.each(RUNS)('%s equals brute force, %s', (method, backend) => {
  it.each([1, 2, 3, 4, 20, 256, 70000])('%d letters', (letters) => {
    // Transforms and marks have no loops of their own in WebAssembly: a quarter of the sizes is enough there.
    const sizes =
      backend === 'wasm' || method === 'bytes' || method === 'sliced' ? SIZES : SIZES.filter((_, i) => i % 4 === 0);
    for (const m of sizes) {
      for (const n of [m, m + 1, m + 127, 400]) {
        if (n < m) continue;
        const text = randomSymbols(`text ${n}`, n, letters);
        // Half of the patterns come from the text, so that there are close windows also among many letters.
        const pattern = n % 2 === 0 ? randomSymbols(`pattern ${m}`, m, letters) : text.slice(n - m);
        const used = distinct(pattern);
        if (((method === 'bytes' || method === 'sliced') && used > 255) || (method === 'heavy-light' && used < 2))
          continue;
        const { distances, plan, status } = hammingProfile(text, pattern, { method, backend });
        expect(status).toBe('complete');
        if (method !== 'auto') expect(plan.method).toBe(method);
        expect(Array.from(distances)).toEqual(bruteForce(text, pattern));
      }
    }
  });

  it('texts of several tiles', () => {
    const text = randomSymbols('long text', 40000, 3);
    const pattern = text.slice(12000, 12300);
    const { distances } = hammingProfile(text, pattern, { method, backend });
    expect(Array.from(distances)).toEqual(bruteForce(text, pattern));
    expect(distances[12000]).toBe(0);
  });
});

describe.each(METHODS)('%s on texts with structure', (method) => {
  const fibonacci = (() => {
    let [a, b] = ['a', 'ab'];
    while (b.length < 900) [a, b] = [b, b + a];
    return b;
  })();
  const table: [name: string, text: string, pattern: string][] = [
    ['all equal', 'a'.repeat(700), 'a'.repeat(300)],
    ['no letter in common', 'a'.repeat(700), 'bc'.repeat(150)],
    ['period 2', 'ab'.repeat(400), 'ba'.repeat(77)],
    ['period 3', 'abc'.repeat(300), 'bca'.repeat(40)],
    ['Fibonacci word', fibonacci, fibonacci.slice(13, 300)],
    ['one heavy letter', `${'a'.repeat(200)}xyz${'a'.repeat(200)}`, `x${'a'.repeat(60)}y`],
    ['each letter once', 'the quick brown fox jumps over the lazy dog', 'zyxwvutsrqponmlkjihgfedcba'],
  ];
  it.each(table)('%s', (_, text, pattern) => {
    if (method === 'heavy-light' && new Set(pattern).size < 2) return;
    const units = (s: string) => Array.from(s, (c) => c.charCodeAt(0));
    const { distances } = hammingProfile(text, pattern, { method });
    expect(Array.from(distances)).toEqual(bruteForce(units(text), units(pattern)));
  });
});
