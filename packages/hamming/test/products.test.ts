import { randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { approximateCountSums } from '../src/sums/approximate-count-sums.js';
import { dominanceProduct } from '../src/sums/dominance-product.js';
import { equalityProduct } from '../src/sums/equality-product.js';

const PRODUCTS = [
  ['equalityProduct', equalityProduct, (a: number, b: number) => a === b],
  ['dominanceProduct', dominanceProduct, (a: number, b: number) => a <= b],
] as const;

describe.each(PRODUCTS)('%s', (name, multiply, holds) => {
  it('equals the definition, with frequent and with rare values', () => {
    const stream = randomStream(name);
    for (const values of [1, 2, 30, 100000]) {
      for (const [rows, inner, cols] of [
        [1, 1, 1],
        [40, 50, 30],
        [3, 70, 20],
        [5, 0, 4],
      ]) {
        const draw = (m: number, n: number) =>
          Array.from({ length: m * n }, () => stream.integer(values) - Math.floor(values / 2));
        const A = { rows, cols: inner, data: draw(rows, inner) };
        const B = { rows: inner, cols, data: draw(inner, cols) };
        const { product, counts } = multiply(A, B);
        const expected = Array.from({ length: rows * cols }, (_, place) => {
          let count = 0;
          for (let k = 0; k < inner; k++) {
            const left = A.data[Math.floor(place / cols) * inner + k];
            if (holds(left, B.data[k * cols + (place % cols)])) count++;
          }
          return count;
        });
        expect(Array.from(product.data)).toEqual(expected);
        expect([product.rows, product.cols]).toEqual([rows, cols]);
        if (values === 1 && rows === 40 && name === 'equalityProduct') {
          expect(counts).toEqual({ pairs: 0, words: 2 * rows * cols });
        }
      }
    }
  });

  it('refuses shapes that do not fit, and fractions', () => {
    expect(() => multiply([[1, 2]], [[1, 2]])).toThrow(/^B: expected 2 rows \(columns of A\), got 1$/);
    expect(() => multiply([[0.5]], [[1]])).toThrow(/^A: expected integers, got 0.5$/);
    expect(() => multiply([[1]], [[1.5]])).toThrow(/^B: expected integers, got 1.5$/);
    expect(() => multiply([[1]], 'b' as never)).toThrow(/^B: expected/);
  });
});

describe('approximateCountSums', () => {
  const stream = randomStream('estimates');
  const a = Array.from({ length: 2000 }, () => stream.integer(60));
  const b = Array.from({ length: 300 }, () => stream.integer(60));
  const targets = [0, 30, 59, 80, 118, 500];
  const exact = targets.map((target) => {
    let count = 0;
    for (const x of a) for (const y of b) if (x + y === target) count++;
    return count;
  });

  it('covers the counts at least as often as it says', () => {
    const delta = 0.2;
    const runs = 60;
    let missed = 0;
    const sums = new Array(targets.length).fill(0);
    let width = 0;
    for (let seed = 0; seed < runs; seed++) {
      const { estimates, halfWidth, confidence } = approximateCountSums(a, b, targets, { samples: 100, delta, seed });
      expect(confidence).toBe(1 - delta);
      if (exact.some((count, k) => Math.abs(estimates[k] - count) > halfWidth)) missed++;
      exact.forEach((_, k) => {
        sums[k] += estimates[k];
      });
      width = halfWidth;
    }
    // Misses are at most binomial(60, 0.2): 12 + 4 standard deviations of 3.1.
    expect(missed).toBeLessThanOrEqual(24);
    // The mean of 60 runs is one estimate of 6000 draws; for 1e-6 and 6 targets Hoeffding's width is this much wider.
    const mean = width * Math.sqrt(Math.log((2 * 6) / 1e-6) / Math.log((2 * 6) / delta) / runs);
    exact.forEach((count, k) => {
      expect(Math.abs(sums[k] / runs - count)).toBeLessThanOrEqual(mean);
    });
    expect(mean).toBeLessThan(Math.max(...exact));
  });

  it('is exact when everything is taken', () => {
    const { estimates, halfWidth, confidence } = approximateCountSums(a, b, targets, { samples: 2000 });
    expect([Array.from(estimates), halfWidth, confidence]).toEqual([exact, 0, 1]);
    expect(approximateCountSums([], b, [1]).estimates).toEqual(Float64Array.of(0));
    expect(approximateCountSums(a, b, []).halfWidth).toBe(0);
  });

  it('repeats itself for a seed', () => {
    const run = (seed: number | string) => approximateCountSums(a, b, targets, { samples: 50, seed }).estimates;
    expect(run(7)).toEqual(run('7'));
    expect(run(7)).not.toEqual(run(8));
  });

  it('refuses what it cannot take', () => {
    expect(() => approximateCountSums([0.5], b, [1])).toThrow(/^a\[0\]: expected an integer/);
    expect(() => approximateCountSums(a, b, [1], { samples: 0 })).toThrow(/^options.samples: expected an integer >= 1/);
    expect(() => approximateCountSums(a, b, [1], { delta: 1 })).toThrow(
      /^options.delta: expected a number in \(0, 1\)/,
    );
  });
});
