import { randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { meanWidth, shareInterval } from '../src/certificates/bernstein.js';
import { approximateCountTriangles, equalityProduct } from '../src/index.js';

const [ROWS, INNER, COLS] = [9, 200, 8];

/** Weights for which pairs have from no triangle to one with every third or second inner vertex, others a few by chance. */
function instance(name: string) {
  const stream = randomStream(name);
  const draw = (length: number, bound: number) => Array.from({ length }, () => stream.integer(bound) - 5);
  const [x, y, z] = [draw(ROWS, 1000), draw(INNER, 1000), draw(COLS, 1000)];
  const group = (k: number) => [0, 0, 0, 1, 1, 2][k % 6];
  const A = x.map((value, i) => y.map((other, k) => (group(k) === 2 ? draw(1, 4)[0] : value + other + i * group(k))));
  const B = y.map((other, k) => z.map((value) => (group(k) === 2 ? draw(1, 4)[0] : value - other)));
  const C = x.map((value, i) =>
    z.map((other, j) => [value + other, value + other + i, draw(1, 7)[0] - 5, 77777][(i + j) % 4]),
  );
  const exact = A.flatMap((row, i) =>
    z.map((_, j) => row.reduce((count, value, k) => count + (value + B[k][j] === C[i][j] ? 1 : 0), 0)),
  );
  return { A, B, C, exact };
}

describe('approximateCountTriangles', () => {
  const { A, B, C, exact } = instance('triangles');

  it('holds the counts at least as often as it says, and is exact where it says so', () => {
    expect([Math.min(...exact), Math.max(...exact)]).toEqual([0, expect.any(Number)]);
    expect(Math.max(...exact)).toBeGreaterThan(INNER / 3);
    const [delta, runs] = [0.2, 60];
    let missed = 0;
    for (let seed = 0; seed < runs; seed++) {
      const result = approximateCountTriangles(A, B, C, { pivots: 20, samples: 90, delta, seed });
      const { estimates, exact: counted, halfWidth, confidence } = result;
      expect([confidence, estimates.rows, estimates.cols]).toEqual([1 - delta, ROWS, COLS]);
      const errors = exact.map((count, pair) => Math.abs(estimates.data[pair] - count));
      expect(errors.every((error, pair) => counted[pair] === 0 || error === 0)).toBe(true);
      expect(counted.includes(0) && counted.includes(1)).toBe(true);
      if (errors.some((error, pair) => counted[pair] === 0 && error > halfWidth)) missed++;
      expect(halfWidth).toBeLessThan(INNER / 2);
    }
    // Misses are at most binomial(60, 0.2): 12 + 4 standard deviations of 3.1.
    expect(missed).toBeLessThanOrEqual(24);
  });

  it('is not biased', () => {
    const runs = 300;
    const sums = new Float64Array(exact.length);
    for (let seed = 0; seed < runs; seed++) {
      const { estimates } = approximateCountTriangles(A, B, C, { pivots: 1, samples: 10, seed });
      for (let pair = 0; pair < sums.length; pair++) sums[pair] += estimates.data[pair];
    }
    // Hoeffding's width for means of numbers in [0, 200], all pairs together, 1e-6.
    const width = INNER * Math.sqrt(Math.log((2 * exact.length) / 1e-6) / (2 * runs));
    // Without the sample a pair with half of all vertices would be short of 50.
    expect(Math.max(...exact)).toBeGreaterThanOrEqual(INNER / 2);
    expect(width).toBeLessThan(40);
    exact.forEach((count, pair) => {
      expect(Math.abs(sums[pair] / runs - count)).toBeLessThanOrEqual(width);
    });
  });

  it('settles pairs with many triangles by few products, and narrows the intervals of the others', () => {
    const few = approximateCountTriangles(A, B, C, { pivots: 0, samples: 150 });
    const more = approximateCountTriangles(A, B, C, { pivots: 100, samples: 150 });
    expect(few.counts).toMatchObject({ products: 0, pairs: 0, words: 0, lookups: 150 * exact.length });
    expect(few.exact.includes(1)).toBe(false);
    expect(more.halfWidth).toBeLessThan(0.9 * few.halfWidth);
    expect(more.counts.products).toBeGreaterThan(0);
    expect(more.counts.products).toBeLessThan(50);
    exact.forEach((count, pair) => {
      if (count > INNER / 4) expect(more.exact[pair]).toBe(1);
    });
  });

  it('is exact when all inner vertices are taken, and of nothing', () => {
    for (const options of [{ samples: INNER }, { pivots: INNER, samples: 1 }, { pivots: 300, samples: 500 }]) {
      const { estimates, exact: counted, halfWidth, confidence } = approximateCountTriangles(A, B, C, options);
      expect([Array.from(estimates.data), halfWidth, confidence]).toEqual([exact, 0, 1]);
      expect(counted.includes(0)).toBe(false);
    }
    const empty = (rows: number, cols: number) => ({ rows, cols, data: [] });
    expect(approximateCountTriangles(empty(0, 3), B.slice(0, 3), empty(0, COLS)).estimates.data.length).toBe(0);
    const none = approximateCountTriangles(empty(2, 0), empty(0, 2), [
      [0, 0],
      [0, 0],
    ]);
    expect([Array.from(none.estimates.data), none.confidence]).toEqual([[0, 0, 0, 0], 1]);
  });

  it('counts equal entries where C is 0', () => {
    const opposite = B.map((row) => row.map((value) => -value));
    const zeros = C.map((row) => row.map(() => 0));
    const { product } = equalityProduct(A, opposite);
    expect(approximateCountTriangles(A, B, zeros, { pivots: INNER }).estimates.data).toEqual(product.data);
  });

  it('repeats itself for a seed', () => {
    const run = (seed: number | string) => approximateCountTriangles(A, B, C, { samples: 20, pivots: 1, seed });
    expect(run(7).estimates).toEqual(run('7').estimates);
    expect(run(7).estimates).not.toEqual(run(8).estimates);
  });

  it('refuses what it cannot take', () => {
    const run = (options: object) => () => approximateCountTriangles(A, B, C, options);
    expect(run({ pivots: -1 })).toThrow(/^options.pivots: expected an integer >= 0/);
    expect(run({ samples: 0 })).toThrow(/^options.samples: expected an integer >= 1/);
    expect(run({ delta: 1 })).toThrow(/^options.delta: expected a number in \(0, 1\)/);
    expect(() => approximateCountTriangles([[1]], [[1]], [[1, 2]])).toThrow(
      /^C: expected shape \(1, 1\), got \(1, 2\)$/,
    );
    expect(() =>
      approximateCountTriangles(
        [[1]],
        [
          [1, 2],
          [3, 4],
        ],
        [[1]],
      ),
    ).toThrow(/^B: expected 1 rows/);
    expect(() => approximateCountTriangles([[1]], [[2 ** 53 - 1]], [[1]])).toThrow(
      /^B: expected integers in \[-2\^52, 2\^52\]/,
    );
    expect(() => approximateCountTriangles([[1]], [[1]], [[0.5]])).toThrow(/^C: expected integers, got 0.5$/);
  });
});

/** ln of the probability of `met` ones among `samples` draws with replacement. */
function logBinomial(met: number, samples: number, share: number): number {
  let sum = 0;
  for (let j = 1; j <= met; j++) sum += Math.log((samples - met + j) / j);
  return sum + (met === 0 ? 0 : met * Math.log(share)) + (met === samples ? 0 : (samples - met) * Math.log(1 - share));
}

describe('Bernstein intervals', () => {
  it('miss a share as rarely as they say, by the binomial law itself', () => {
    for (const failures of [1, 4]) {
      for (const samples of [1, 30, 300]) {
        for (const share of [0, 0.001, 0.03, 0.3, 0.5, 0.9, 1]) {
          let missed = 0;
          let far = 0;
          for (let met = 0; met <= samples; met++) {
            const { lower, upper } = shareInterval(met, samples, failures);
            expect(lower <= met / samples && met / samples <= upper).toBe(true);
            const impossible = (share === 0 && met > 0) || (share === 1 && met < samples);
            const chance = impossible ? 0 : Math.exp(logBinomial(met, samples, share));
            if (share < lower || share > upper) missed += chance;
            if (Math.abs(met / samples - share) > meanWidth(share, samples, failures)) far += chance;
          }
          expect(Math.max(missed, far)).toBeLessThanOrEqual(2 * Math.exp(-failures));
        }
      }
    }
  });

  it('narrow with the draws, and more for small shares', () => {
    const width = (met: number, samples: number) => {
      const { lower, upper } = shareInterval(met, samples, 5);
      return upper - lower;
    };
    expect(width(500, 1000)).toBeLessThan(0.35 * width(50, 100));
    expect(width(10, 1000)).toBeLessThan(0.2 * width(500, 1000));
    // To the third figure 2 sqrt(2 F p / s) for many draws.
    expect(width(5e8, 1e9)).toBeCloseTo(2 * Math.sqrt((2 * 5 * 0.5) / 1e9), 6);
  });
});
