import { describe, expect, it } from 'vitest';
import { completeMatrix, type ObservedTriplets } from '../src/index.js';
import { largestDifference, lowRank } from './problems.js';

const { observed } = lowRank('properties', 30, 25, 3, 0.4, 1, 0.2);
const start = { U: Array.from({ length: 90 }, (_, e) => ((e * 7) % 11) / 5 - 1) };
const ridge = { rank: 3, lambda: 0.05, biases: 'none', initial: start, maxIterations: 6, tolerance: 0 } as const;

describe('properties of the fit', () => {
  it.each(['cholesky', 'cg', 'pcg'] as const)('the objective never rises, %s', (solver) => {
    for (let seed = 0; seed < 12; seed++) {
      const data = lowRank(`monotone/${seed}`, 15 + seed, 20, 4, 0.15 + 0.05 * seed, 1, 0.5).observed;
      const lambda = [0.01, 0.3, 2][seed % 3];
      const ridgeScaling = seed % 2 === 0 ? 'none' : 'count';
      const fit = completeMatrix(data, { rank: 4, lambda, ridgeScaling, solver, seed, innerSteps: 2, tolerance: 0 });
      const { objective } = fit.history;
      expect(objective.length).toBeGreaterThan(8);
      // The first value belongs to V = 0 with the ridge of U, from which V = 0 is a feasible start of the first round.
      for (let t = 1; t < objective.length; t++) {
        // Rounding of a sum of N < 1000 terms.
        expect(objective[t]).toBeLessThanOrEqual(objective[t - 1] * (1 + 1000 * Number.EPSILON));
      }
    }
  });

  it('an integer weight counts as so many entries and weight 0 as none', () => {
    const weights = Array.from(observed.values, (_, e) => e % 3);
    const weighted = completeMatrix({ ...observed, weights }, ridge);
    const keep = Array.from(observed.values, (_, e) => e).filter((e) => weights[e] > 0);
    const pick = (source: ArrayLike<number>) => keep.map((e) => source[e]);
    const dropped = completeMatrix(
      {
        rows: pick(observed.rows),
        cols: pick(observed.cols),
        values: pick(observed.values),
        weights: pick(weights),
        shape: [30, 25],
      },
      ridge,
    );
    expect(weighted.U.data).toEqual(dropped.U.data);
    expect(weighted.diagnostics.entries).toBe(keep.length);
    // Weight 4 on all entries with four times the unscaled ridge is the same problem, to the bit: roots are doubled.
    const fourfold = { ...observed, weights: new Float64Array(observed.values.length).fill(4) };
    const once = completeMatrix(observed, { ...ridge, ridgeScaling: 'none', lambda: 0.05 });
    const double = completeMatrix(fourfold, { ...ridge, ridgeScaling: 'none', lambda: 0.2 });
    expect(double.U.data).toEqual(once.U.data);
    // With the ridge by count, the sum of weights scales by itself.
    expect(completeMatrix(fourfold, ridge).U.data).toEqual(completeMatrix(observed, ridge).U.data);
  });

  it('permuting rows permutes the factors', () => {
    const rows = Array.from(observed.rows, (i) => 29 - i);
    const U = start.U.map((_, e) => start.U[(29 - Math.floor(e / 3)) * 3 + (e % 3)]);
    const fit = completeMatrix(observed, ridge);
    const turned = completeMatrix({ ...observed, rows }, { ...ridge, initial: { U } });
    // The same sums in another order, six rounds of condition below 1e3: 6e3 * 30 * eps.
    const back = fit.U.data.map((_, e) => turned.U.data[(29 - Math.floor(e / 3)) * 3 + (e % 3)]);
    expect(largestDifference(back, fit.U.data)).toBeLessThan(1e-10);
    expect(largestDifference(turned.V.data, fit.V.data)).toBeLessThan(1e-10);
  });

  it('scaling the values by a power of two scales the completion', () => {
    const values = Array.from(observed.values, (value) => 1024 * value);
    const small = completeMatrix(observed, { rank: 3, lambda: 0, maxIterations: 5, finalize: false });
    const large = completeMatrix({ ...observed, values }, { rank: 3, lambda: 0, maxIterations: 5, finalize: false });
    expect(Array.from(large.U.data, (x) => x / 1024)).toEqual(Array.from(small.U.data));
    expect(large.history.relativeGradient).toEqual(small.history.relativeGradient);
  });

  it('a constant added to a row moves its bias alone when biases carry no ridge', () => {
    const options = { rank: 2, lambda: 2, biasLambda: 0, ridgeScaling: 'none', solver: 'cholesky' } as const;
    const long = { ...options, tolerance: 0, maxIterations: 3000, historyEvery: 0 };
    const shifted = Array.from(observed.values, (value, e) => value + (observed.rows[e] === 4 ? 3 : 0));
    const before = completeMatrix(observed, long);
    const after = completeMatrix(
      { ...observed, values: shifted },
      { ...long, initial: { U: before.U.data, rowBiases: before.rowBiases } },
    );
    const product = (fit: typeof before, i: number, j: number) =>
      fit.U.data[2 * i] * fit.V.data[2 * j] + fit.U.data[2 * i + 1] * fit.V.data[2 * j + 1];
    for (let i = 0; i < 30; i++) {
      const moved =
        after.mean +
        after.rowBiases[i] +
        after.colBiases[0] -
        (before.mean + before.rowBiases[i] + before.colBiases[0]);
      // Both runs end where f is flat to eps, so within sqrt(eps f / curvature) of the minimiser: f < 4000 here and
      // the curvature is at least the ridge, 2.
      expect(Math.abs(moved - (i === 4 ? 3 : 0))).toBeLessThan(1e-6);
      for (let j = 0; j < 25; j++) expect(Math.abs(product(after, i, j) - product(before, i, j))).toBeLessThan(1e-6);
    }
  });

  it('the certificate is half the gradient of the objective, by finite differences', () => {
    const fit = completeMatrix(observed, { ...ridge, maxIterations: 1, solver: 'cg', innerSteps: 1, finalize: false });
    const f = (U: Float64Array, V: Float64Array) => objectiveOf(observed, U, V, 3, 0.05);
    expect(f(fit.U.data, fit.V.data)).toBeCloseTo(fit.objective, 10);
    let squares = 0;
    const h = 2 ** -13;
    for (const [name, length] of [
      ['U', 90],
      ['V', 75],
    ] as const) {
      for (let e = 0; e < length; e++) {
        const value = (step: number) => {
          const parts = { U: fit.U.data.slice(), V: fit.V.data.slice() };
          parts[name][e] += step;
          return f(parts.U, parts.V);
        };
        // f is quadratic in one entry: the central difference is exact up to rounding, eps f / h < 1e-9.
        squares += ((value(h) - value(-h)) / (4 * h)) ** 2;
      }
    }
    expect(Math.abs(Math.sqrt(squares) - fit.certificate.gradientNorm)).toBeLessThan(1e-7);
    const optimal = completeMatrix(observed, { ...ridge, maxIterations: 2000, historyEvery: 0 });
    // The bound of the specification for a stationary point.
    expect(optimal.certificate.gradientNorm).toBeLessThan(1e-6);
  });
});

function objectiveOf(data: ObservedTriplets, U: Float64Array, V: Float64Array, k: number, lambda: number): number {
  let sum = 0;
  for (let e = 0; e < data.values.length; e++) {
    const [i, j] = [data.rows[e], data.cols[e]];
    let rest = data.values[e];
    for (let c = 0; c < k; c++) rest -= U[i * k + c] * V[j * k + c];
    sum += rest * rest;
    // The ridge by count adds lambda (|u_i|^2 + |v_j|^2) for every entry.
    for (let c = 0; c < k; c++) sum += lambda * (U[i * k + c] ** 2 + V[j * k + c] ** 2);
  }
  return sum;
}
