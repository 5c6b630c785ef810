import { randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { completeMatrix } from '../src/index.js';
import { largestDifference, lowRank, ridgeReference } from './problems.js';

/** One round from given U: V and then U, each line by the dense reference. */
function roundByReference(
  entries: {
    rows: ArrayLike<number>;
    cols: ArrayLike<number>;
    values: ArrayLike<number>;
    weights?: ArrayLike<number> | undefined;
  },
  [m, n]: readonly [number, number],
  k: number,
  start: { U: number[][]; a: number[] },
  options: { lambda: number; biasLambda: number; scaling: 'none' | 'count'; biased: boolean },
) {
  const w = (e: number) => entries.weights?.[e] ?? 1;
  const all = Array.from(entries.values, (_, e) => e);
  const total = all.reduce((sum, e) => sum + w(e), 0);
  const mean = options.biased ? all.reduce((sum, e) => sum + w(e) * entries.values[e], 0) / total : 0;
  const solve = (
    lineOf: ArrayLike<number>,
    placeOf: ArrayLike<number>,
    count: number,
    factors: number[][],
    bias: number[],
  ) =>
    Array.from({ length: count }, (_, line) => {
      const here = all.filter((e) => lineOf[e] === line && w(e) > 0);
      const scale = options.scaling === 'count' ? here.reduce((sum, e) => sum + w(e), 0) : 1;
      const ridge = new Array<number>(k).fill(options.lambda * scale);
      if (options.biased) ridge.push(options.biasLambda * scale);
      if (here.length === 0) return ridge.map(() => 0);
      return ridgeReference(
        here.map((e) => (options.biased ? [...factors[placeOf[e]], 1] : factors[placeOf[e]])),
        here.map((e) => entries.values[e] - mean - bias[placeOf[e]]),
        here.map(w),
        ridge,
      );
    });
  const cut = (lines: number[][]) => ({
    factors: lines.map((x) => x.slice(0, k)),
    bias: lines.map((x) => (options.biased ? x[k] : 0)),
  });
  const cols = cut(solve(entries.cols, entries.rows, n, start.U, start.a));
  const rows = cut(solve(entries.rows, entries.cols, m, cols.factors, cols.bias));
  return { U: rows.factors.flat(), V: cols.factors.flat(), a: rows.bias, b: cols.bias, mean };
}

describe('one round against dense least squares, row by row', () => {
  const cases = ['cholesky', 'pcg', 'cg'] as const;
  for (const solver of cases) {
    for (const scaling of ['none', 'count'] as const) {
      for (const biased of [false, true]) {
        it(`${solver}, ridge by ${scaling}, biases ${biased}`, () => {
          for (const [k, p] of [
            [1, 0.3],
            [3, 0.5],
            [7, 0.25],
          ]) {
            const { observed } = lowRank(`half/${k}`, 14, 12, k, p, 1, 0.1);
            const stream = randomStream('half-step');
            const weights = Array.from(observed.values, (_, e) => (e % 5 === 0 ? 0 : 0.5 + stream.uniform()));
            const U = Array.from({ length: 14 }, () => Array.from({ length: k }, () => stream.normal()));
            const a = Array.from({ length: 14 }, () => (biased ? stream.normal() : 0));
            const options = { lambda: 0.2, biasLambda: biased ? 0.1 : 0.2, scaling, biased };
            const expected = roundByReference({ ...observed, weights }, [14, 12], k, { U, a }, options);
            const fit = completeMatrix(
              { ...observed, weights },
              {
                rank: k,
                lambda: options.lambda,
                biasLambda: options.biasLambda,
                ridgeScaling: scaling,
                biases: biased ? 'model' : 'none',
                solver,
                // Conjugate gradients end after as many steps as unknowns, up to rounding; three times as many here.
                innerSteps: 3 * (k + 1),
                finalize: false,
                initial: biased ? { U: U.flat(), rowBiases: a } : { U: U.flat() },
                maxIterations: 1,
              },
            );
            expect(fit.mean).toBeCloseTo(expected.mean, 14);
            // cond(H) <= 1 + |B|^2 / ridge < 1e4 and two half steps: 1e4 * 12 * eps, a hundredfold for the products.
            expect(largestDifference(fit.V.data, expected.V)).toBeLessThan(3e-10);
            expect(largestDifference(fit.U.data, expected.U)).toBeLessThan(3e-10);
            expect(largestDifference(fit.rowBiases, expected.a)).toBeLessThan(3e-10);
            expect(largestDifference(fit.colBiases, expected.b)).toBeLessThan(3e-10);
          }
        });
      }
    }
  }

  it('solves short rows through their entries as well as through the normal equations', () => {
    // Rank 8 and at most 4 entries a row: the dual form; equal bias ridge or none.
    const { observed } = lowRank('dual', 12, 10, 8, 0.2, 1, 0.1);
    const stream = randomStream('dual-start');
    const U = Array.from({ length: 12 }, () => Array.from({ length: 8 }, () => stream.normal()));
    const options = { lambda: 0.3, biasLambda: 0.3, scaling: 'count', biased: false } as const;
    const expected = roundByReference(observed, [12, 10], 8, { U, a: new Array(12).fill(0) }, options);
    const fit = completeMatrix(observed, {
      rank: 8,
      lambda: 0.3,
      biases: 'none',
      solver: 'cholesky',
      initial: { U: U.flat() },
      maxIterations: 1,
    });
    expect(fit.counts.dualSolves).toBeGreaterThan(5);
    expect(largestDifference(fit.V.data, expected.V)).toBeLessThan(3e-10);
    expect(largestDifference(fit.U.data, expected.U)).toBeLessThan(3e-10);
  });
});
