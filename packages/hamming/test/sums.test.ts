import { randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { hammingProfile } from '../src/hamming-profile.js';
import { countSumsInRange } from '../src/sums/count-sums-in-range.js';
import { sumset } from '../src/sums/sumset.js';

/** How many pairs have each sum, as the definition says. */
function direct(x: readonly number[], y: readonly number[]): Map<number, number> {
  const table = new Map<number, number>();
  for (const a of x) for (const b of y) table.set(a + b, (table.get(a + b) ?? 0) + 1);
  return table;
}

function draw(name: string, length: number, spread: number): number[] {
  const stream = randomStream(name);
  return Array.from({ length }, () => stream.integer(2 * spread + 1) - spread);
}

describe('sumset', () => {
  it.each([
    ['enumerated', 30, 20, 1000],
    ['transformed', 90, 80, 100],
    ['sorted', 30, 20, 2 ** 40],
    ['of one pair', 1, 1, 9],
    ['of nothing', 0, 5, 9],
  ])('equals the definition, %s', (name, left, right, spread) => {
    const [x, y] = [draw(`${name} x`, left, spread), draw(`${name} y`, right, spread)];
    const { sums, multiplicities, counts } = sumset(x, y);
    const expected = [...direct(x, y)].sort(([a], [b]) => a - b);
    expect(Array.from(sums, (sum, k) => [sum, multiplicities[k]])).toEqual(expected);
    expect(counts.transformPoints > 0).toBe(name === 'transformed');
  });

  it.each(['enumerate', 'transform', 'sort', 'xy'] as const)('equals the definition by name, %s', (method) => {
    for (const [name, left, right, spread] of [
      ['sets', 700, 500, 2000],
      ['a short range', 90, 80, 30],
      ['different ranges', 300, 3, 900],
      ['one pair', 1, 1, 9],
      ['nothing', 0, 5, 9],
    ] as const) {
      const [x, y] = [draw(`${name} x`, left, spread), draw(`${name} y`, right, spread)];
      const found = sumset(x, y, { method });
      const expected = [...direct(x, y)].sort(([a], [b]) => a - b);
      expect(Array.from(found.sums, (sum, k) => `${sum}: ${found.multiplicities[k]}`).join()).toBe(
        expected.map(([sum, count]) => `${sum}: ${count}`).join(),
      );
      expect(found.method).toBe(method);
      expect(found.counts.rounds > 0).toBe(method === 'xy' && name === 'sets');
    }
  });

  it('draws by the seed, which the sums do not depend on', () => {
    const x = draw('seeds', 800, 3000);
    const { sums, multiplicities } = sumset(x, x);
    const runs = [false, true].flatMap((dilate) =>
      [0, '0', 1, 2, 3].map((seed) => sumset(x, x, { method: 'xy', dilate, seed })),
    );
    for (const run of runs) {
      expect(run.sums.join()).toBe(sums.join());
      expect(run.multiplicities.join()).toBe(multiplicities.join());
    }
    expect(runs.map(({ seed }) => seed).slice(0, 3)).toEqual(['0', '0', '1']);
    expect(runs[1].counts).toEqual(runs[0].counts);
    // Other draws fold by other primes.
    const folds = runs.map(({ counts }) => `${counts.residuePoints} ${counts.pairs} ${counts.verifications}`);
    expect(new Set(folds).size).toBeGreaterThan(2);
  });

  it('refuses what it cannot add', () => {
    expect(() => sumset([0.5], [1])).toThrow(/^x\[0\]: expected an integer in/);
    expect(() => sumset([1], [Infinity])).toThrow(/^y\[0\]: expected a finite number/);
    expect(() => sumset([2 ** 53 - 1], [1])).toThrow(/^x: expected integers whose sums with y stay below 2\^53/);
    expect(() => sumset([1], [1], { method: 'fft' } as never)).toThrow(/^options.method: expected one of 'auto'/);
    expect(() => sumset([1], [1], { prime: 7 } as never)).toThrow(/^options.prime: expected one of the options/);
    expect(() => sumset([1], [1], { dilate: 1 } as never)).toThrow(/^options.dilate: expected true or false/);
    expect(() => sumset([1], [1], { seed: NaN, method: 'xy' })).toThrow(/^options.seed: expected a string or/);
    expect(() => sumset([1], [1], { dilate: true })).toThrow(/^options.dilate: expected false for any method but 'xy'/);
    for (const method of ['enumerate', 'transform', 'xy'] as const) {
      expect(() => sumset([0, 2 ** 24], [0], { method })).toThrow(/^options.method: expected 'sort' for a range/);
    }
  });
});

describe('countSumsInRange', () => {
  it.each([
    ['of few groups, transformed', 300, 50, 60],
    ['of many groups', 100, 7, 500],
    ['of a range of 1', 60, 1, 20],
    ['of large numbers', 50, 64, 2 ** 52],
  ])('equals the definition %s', (name, length, n, spread) => {
    const a = draw(`${name} a`, length, spread);
    const b = spread > 2 ** 50 ? a.map((value, i) => (i % 3) - value) : draw(`${name} b`, length, spread);
    const table = direct(a, b);
    const { multiplicities, counts } = countSumsInRange(a, b, n);
    expect(Array.from(multiplicities)).toEqual(Array.from({ length: n }, (_, c) => table.get(c) ?? 0));
    expect(counts.transformPoints > 0).toBe(name.endsWith('transformed'));
  });

  it('gives Hamming distances', () => {
    const stream = randomStream('reduction');
    for (const [n, m] of [
      [1, 1],
      [60, 60],
      [200, 130],
    ]) {
      const text = Array.from({ length: n }, () => stream.integer(6));
      const pattern = Array.from({ length: m }, () => stream.integer(6));
      const k = 2 * n + 1;
      const { multiplicities } = countSumsInRange(
        text.map((letter, i) => k * letter + i),
        pattern.map((letter, j) => -k * letter - j),
        k,
      );
      const distances = Array.from(multiplicities.subarray(0, n - m + 1), (matches) => m - matches);
      expect(distances).toEqual(Array.from(hammingProfile(text, pattern).distances));
    }
  });

  it('follows from Hamming distances, for sets: residues are places, quotients letters', () => {
    const n = 40;
    const a = [...new Set(draw('set a', 150, 200))];
    const b = [...new Set(draw('set b', 150, 200))];
    const place = (value: number) => ((value % n) + n) % n;
    const letter = (value: number) => (value - place(value)) / n;
    // Of the elements with the same residue each is one layer; two layers are one text and one pattern.
    const layersOf = (values: readonly number[]) => {
      const layers: number[][] = [];
      for (const value of values) {
        let layer = layers.find((taken) => taken.every((other) => place(other) !== place(value)));
        if (layer === undefined) {
          layer = [];
          layers.push(layer);
        }
        layer.push(value);
      }
      return layers;
    };
    const counted = new Array(n).fill(0);
    for (const carry of [0, 1]) {
      for (const left of layersOf(a)) {
        for (const right of layersOf(b)) {
          // Residues i and j with i + j = c + carry n: the pattern is reversed; 1000 and 2000 never match.
          const text = new Array(3 * n).fill(1000);
          for (const value of left) text[n + place(value)] = letter(value) + 500;
          const pattern = new Array(n).fill(2000);
          for (const value of right) pattern[n - 1 - place(value)] = 500 - letter(value) - carry;
          const { distances } = hammingProfile(text, pattern);
          // text[s + n - 1 - j] is place i = s - 1 - j, so that shift s counts sums of residues s - 1.
          for (let c = 0; c < n; c++) counted[c] += n - distances[c + carry * n + 1];
        }
      }
    }
    expect(Array.from(countSumsInRange(a, b, n).multiplicities)).toEqual(counted);
  });

  it('refuses ranges and numbers that are none', () => {
    expect(() => countSumsInRange([1], [1], 0)).toThrow(/^n: expected an integer in \[1, 4194304\], got 0$/);
    expect(() => countSumsInRange([1], [1], 1.5)).toThrow(/^n: expected an integer/);
    expect(() => countSumsInRange([1.5], [1], 1)).toThrow(/^a\[0\]: expected an integer in/);
    expect(() => countSumsInRange([1], ['1' as never], 1)).toThrow(/^b\[0\]: expected a finite number/);
  });
});
