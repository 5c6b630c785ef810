import { randomStream } from '@lemmata/core';
import { toSparse } from '@lemmata/linalg';
import { randomRows, solveLinearSystem } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import { gameInclusion } from '../src/games/game-operator.js';
import { gameGap, matrixGame } from '../src/index.js';
import { METHODS } from '../src/solve-inclusion-options.js';

/** The value by trying every pair of supports of equal size: one of them carries an equilibrium. */
function valueBySupports(A: number[][]): number {
  const [m, n] = [A.length, A[0].length];
  const subsets = (size: number) =>
    Array.from({ length: 2 ** size - 1 }, (_, c) =>
      Array.from({ length: size }, (_, i) => i).filter((i) => ((c + 1) >> i) & 1),
    );
  for (const rows of subsets(m)) {
    for (const cols of subsets(n)) {
      if (rows.length !== cols.length) continue;
      const x = equaliser(rows.map((i) => cols.map((j) => A[i][j])));
      const y = equaliser(cols.map((j) => rows.map((i) => A[i][j])));
      if (x === undefined || y === undefined || Math.min(...x, ...y) < -1e-12) continue;
      const X = new Float64Array(n);
      const Y = new Float64Array(m);
      cols.forEach((j, k) => {
        X[j] = x[k];
      });
      rows.forEach((i, k) => {
        Y[i] = y[k];
      });
      const { gap, lower } = gameGap(A, X, Y);
      if (gap < 1e-10) return lower;
    }
  }
  throw new Error('no equilibrium found');
}

/** The distribution that makes all rows of B pay the same. */
function equaliser(B: number[][]): number[] | undefined {
  const k = B.length;
  const rows = [...B.map((row) => [...row, -1]), [...new Array<number>(k).fill(1), 0]];
  return solveLinearSystem(rows, [...new Array<number>(k).fill(0), 1])?.slice(0, k);
}

const stream = randomStream('games');
const uniform = () => stream.uniform();

describe('matrixGame', () => {
  it.each(METHODS)('brackets the value that trying all supports finds, %s', (method) => {
    for (const [m, n] of [
      [1, 1],
      [1, 3],
      [2, 2],
      [3, 3],
      [4, 2],
    ]) {
      const A = randomRows(uniform, m, n);
      const value = valueBySupports(A);
      const game = matrixGame(A, { method, tolerance: 1e-3 });
      // The one-step Halpern methods have no guarantee here, but a certificate they have, whatever the ending.
      if (!['halpern', 'vr-halpern'].includes(method)) expect(game.status).toBe('converged');
      if (game.status === 'converged') expect(game.certificate.gap).toBeLessThanOrEqual(1e-3 + 1e-12);
      // Payoffs are below 1: sums of at most 4 products are off by a few eps.
      expect(game.certificate.lower).toBeLessThanOrEqual(value + 1e-12);
      expect(game.certificate.upper).toBeGreaterThanOrEqual(value - 1e-12);
      for (const strategy of [game.x, game.y]) {
        expect(Math.min(...strategy)).toBeGreaterThanOrEqual(0);
        expect(Math.abs(strategy.reduce((sum, p) => sum + p, 0) - 1)).toBeLessThanOrEqual(8 * Number.EPSILON);
      }
    }
  });

  it('gives the same bits for a dense and a sparse matrix', () => {
    const A = randomRows(uniform, 12, 9, 0.5);
    expect(matrixGame(toSparse(A)).x).toEqual(matrixGame(A).x);
  });

  it('solves a game without payoffs at the start', () => {
    const game = matrixGame(
      [
        [0, 0],
        [0, 0],
      ],
      { tolerance: 0 },
    );
    expect([game.status, game.value, game.iterations]).toEqual(['converged', 0, 0]);
  });

  it('takes fewer evaluations with variance reduction than extragradient', () => {
    // The policeman and burglar game, with distances in rational form so that no exponential is needed.
    const n = 60;
    const A = Array.from({ length: n }, (_, i) =>
      Array.from({ length: n }, (_, j) => (1 + (j % 5)) * (1 - 1 / (1 + Math.abs(i - j)))),
    );
    const options = { tolerance: 0.1 };
    const reduced = matrixGame(A, options);
    const full = matrixGame(A, { ...options, method: 'extragradient' });
    expect([reduced.status, full.status]).toEqual(['converged', 'converged']);
    expect(reduced.counts.evaluations).toBeLessThan(full.counts.evaluations);
  });
});

describe('the components of a game', () => {
  it('have F as their mean under the probabilities, and L_Q is the Frobenius norm', () => {
    const A = randomRows(uniform, 4, 6, 0.7);
    const { operator } = gameInclusion(toSparse(A), false);
    const d = operator.dimension;
    const z = Float64Array.from({ length: d }, uniform);
    const zero = new Float64Array(d);
    const mean = new Float64Array(d);
    const q = operator.probabilities as Float64Array;
    let square = 0;
    for (let i = 0; i < q.length; i++) {
      const one = new Float64Array(d);
      operator.addDifference?.(i, z, zero, 1 / (q.length * q[i]), one);
      one.forEach((value, j) => {
        mean[j] += q[i] * value;
        square += q[i] * value * value;
      });
    }
    const value = new Float64Array(d);
    operator.full(z, value);
    // Sums of at most 10 terms of size about 1, divided by probabilities of at least 1/1000.
    for (let j = 0; j < d; j++) expect(Math.abs(mean[j] - value[j])).toBeLessThan(1e-11);
    const size = Math.hypot(...A.flat());
    expect(square).toBeLessThanOrEqual(size * size * z.reduce((sum, v) => sum + v * v, 0) * (1 + 1e-12));
  });

  it.each(['rows', 'columns'])('leave out no line, however small: %s', (lines) => {
    // Shares of 1e-18 lie below the rounding of the sums of shares.
    const small = (k: number) => (k >= 3 ? 1e-9 : 1);
    for (let trial = 0; trial < 30; trial++) {
      const A = randomRows(uniform, 5, 5).map((row, i) =>
        row.map((value, j) => (2 + value) * small(lines === 'rows' ? i : j)),
      );
      const { operator } = gameInclusion(toSparse(A), false);
      const z = new Float64Array(10).fill(1);
      const [zero, mean, value] = [new Float64Array(10), new Float64Array(10), new Float64Array(10)];
      const n = operator.components as number;
      for (let i = 0; i < n; i++) operator.addDifference?.(i, z, zero, 1 / n, mean);
      operator.full(z, value);
      // Terms of one sign: the mean is off by a few roundings, a missing line would show as 1e-9.
      for (let j = 0; j < 10; j++) expect(Math.abs(mean[j] - value[j])).toBeLessThan(1e-13 * Math.abs(value[j]));
    }
  });
});
