import { solveLinearSystem } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import { ChebCb } from '../src/index.js';
import { boxLeastSquares } from '../src/tuners/box-least-squares.js';
import { stream } from './references.js';

/** The best of all 3^m choices of unknowns at a bound whose free rest stays inside. */
function bruteForce(G: number[][], g: number[], bounds: number[]): number {
  const m = g.length;
  let best = Infinity;
  for (let choice = 0; choice < 3 ** m; choice++) {
    const side = Array.from({ length: m }, (_, i) => (Math.floor(choice / 3 ** i) % 3) - 1);
    const v = side.map((s, i) => s * bounds[i]);
    const free = side.flatMap((s, i) => (s === 0 ? [i] : []));
    const right = free.map((i) => g[i] - v.reduce((sum, value, j) => sum + G[i][j] * value, 0));
    const inside = solveLinearSystem(
      free.map((i) => free.map((j) => G[i][j])),
      right,
    );
    if (inside === undefined) continue;
    free.forEach((i, k) => {
      v[i] = inside[k];
    });
    if (v.some((value, i) => Math.abs(value) > bounds[i] * (1 + 1e-12))) continue;
    best = Math.min(best, objective(G, g, v));
  }
  return best;
}

function objective(G: number[][], g: number[], v: ArrayLike<number>): number {
  return Array.from(v).reduce(
    (sum, value, i) => sum + value * (G[i].reduce((row, entry, j) => row + entry * v[j], 0) / 2 - g[i]),
    0,
  );
}

describe('boxLeastSquares', () => {
  it('finds the minimum of brute force over all active sets, within the bounds', () => {
    const draws = stream('box');
    for (let trial = 0; trial < 150; trial++) {
      const m = 1 + (trial % 5);
      const rows = Array.from({ length: m + 3 }, () => Array.from({ length: m }, () => draws.normal()));
      const G = Array.from({ length: m }, (_, i) =>
        Array.from({ length: m }, (__, j) => rows.reduce((sum, row) => sum + row[i] * row[j], 0)),
      );
      const g = Array.from({ length: m }, () => 10 * draws.normal());
      const bounds = Array.from({ length: m }, () => 0.05 + 2 * draws.uniform());
      const v = boxLeastSquares(G, g, bounds);
      v.forEach((value, i) => {
        expect(Math.abs(value)).toBeLessThanOrEqual(bounds[i]);
      });
      // The ridge of 1e-12 max G changes the objective by at most that times |v|^2; the rest is rounding of the sums.
      const size = Math.max(...G.flat().map(Math.abs)) * 5 * 5 * 4 + Math.max(...g.map(Math.abs)) * 10;
      expect(Math.abs(objective(G, g, v) - bruteForce(G, g, bounds))).toBeLessThan(4e-12 * size);
    }
  });

  it('handles singular and zero matrices', () => {
    expect(Array.from(boxLeastSquares([[0]], [0], [1]))).toEqual([0]);
    const v = boxLeastSquares(
      [
        [1, 1],
        [1, 1],
      ],
      [4, 4],
      [1, 1],
    );
    expect(Array.from(v)).toEqual([1, 1]);
  });
});

describe('ChebCb', () => {
  const options = { parameters: [1, 2, 3, 4], context: { min: -1, max: 3 }, features: 3, seed: 2 };
  /** Linear in the context, crossing in the middle of the range; the last two are never best. */
  const cost = (arm: number, c: number) => [10 + 8 * (c + 1), 42 - 8 * (c + 1), 45, 48][arm];

  it('gives probabilities: at least 0, adding up to 1, the least prediction the largest', () => {
    const tuner = new ChebCb(options);
    const draws = stream('contexts');
    expect(Array.from(tuner.probabilities(0))).toEqual([0.25, 0.25, 0.25, 0.25]);
    for (let t = 0; t < 500; t++) {
      const context = -1 + 4 * draws.uniform();
      const { id, arm } = tuner.ask(context);
      tuner.tell(id, cost(arm, context));
      const p = tuner.probabilities(context);
      expect(Math.min(...p)).toBeGreaterThanOrEqual(0);
      expect(Math.abs(p.reduce((sum, value) => sum + value, 0) - 1)).toBeLessThan(4 * 4 * Number.EPSILON);
      expect(tuner.parameters[p.indexOf(Math.max(...p))]).toBe(tuner.best(context));
    }
  });

  it('learns costs that are linear in the context and then mostly plays the best parameter', () => {
    const tuner = new ChebCb(options);
    const draws = stream('linear');
    let late = 0;
    for (let t = 0; t < 3000; t++) {
      const context = -1 + 4 * draws.uniform();
      const { id, arm } = tuner.ask(context);
      const paid = cost(arm, context);
      if (t >= 2000) late += paid - Math.min(cost(0, context), cost(1, context));
      tuner.tell(id, paid);
    }
    for (const context of [-1, -0.5, 0, 0.5]) expect(tuner.best(context)).toBe(1);
    for (const context of [1.5, 2, 2.5, 3]) expect(tuner.best(context)).toBe(2);
    // Uniform draws would lose 18.25 a round on average: (26 + 26 + 45 + 48) / 4 - 18; the better of the two fixed ones 8.
    expect(late / 1000).toBeLessThan(8 / 4);
  });

  it('takes a context outside the range for the nearer end', () => {
    const tuner = new ChebCb(options);
    tuner.tell(tuner.ask(0).id, 5);
    tuner.tell(tuner.ask(2).id, 9);
    expect(tuner.probabilities(-7)).toEqual(tuner.probabilities(-1));
    expect(tuner.probabilities(70)).toEqual(tuner.probabilities(3));
  });
});
