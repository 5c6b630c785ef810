import { describe, expect, it } from 'vitest';
import { completedMatrix, completeMatrix, foldIn, foldInColumn, predict, rmse } from '../src/index.js';
import { largestDifference, lowRank, relativeError } from './problems.js';

const { observed, truth } = lowRank('fold', 40, 30, 3, 0.5, 1, 0.1);

function rowEntries(i: number) {
  const here = Array.from(observed.values, (_, e) => e).filter((e) => observed.rows[e] === i);
  return { places: here.map((e) => observed.cols[e]), values: here.map((e) => observed.values[e]) };
}

describe('prediction and fold-in', () => {
  it.each(['none', 'model'] as const)('gives a training row back after the last half sweep, biases %s', (biases) => {
    const fit = completeMatrix(observed, { rank: 3, lambda: 0.02, biases, solver: 'pcg' });
    for (let i = 0; i < 40; i++) {
      const folded = foldIn(fit, rowEntries(i));
      // The same loops on the same numbers in the same order, since the last round is exact.
      expect(folded.factors).toEqual(fit.U.data.slice(3 * i, 3 * i + 3));
      expect(folded.bias).toBe(fit.rowBiases[i]);
      expect(folded.predictions).toEqual(predict(fit, new Int32Array(30).fill(i), [...Array(30).keys()]));
    }
  });

  it('recovers a new row and a new column of an exact matrix', () => {
    const exact = lowRank('fold-exact', 40, 30, 3, 0.6);
    const fit = completeMatrix(exact.observed, { rank: 3, lambda: 0 });
    expect(relativeError(fit, exact.truth)).toBeLessThan(1e-10);
    // A combination of two rows of the truth lies in the row space.
    const row = exact.truth[3].map((value, j) => 2 * value - exact.truth[17][j]);
    const places = [1, 4, 8, 11, 20, 25, 28];
    const folded = foldIn(fit, { places, values: places.map((j) => row[j]) });
    // Seven entries for three unknowns: errors of 1e-10 grow by the conditioning, below 1e2 here.
    expect(largestDifference(folded.predictions, row)).toBeLessThan(1e-7);
    const col = exact.truth.map((line) => line[2] + line[9]);
    const down = foldInColumn(fit, { places: [0, 5, 9, 13, 30, 39], values: [0, 5, 9, 13, 30, 39].map((i) => col[i]) });
    expect(largestDifference(down.predictions, col)).toBeLessThan(1e-7);
  });

  it('falls back to mean and biases without entries', () => {
    const fit = completeMatrix(observed, { rank: 3, lambda: 0.02 });
    const folded = foldIn(fit, { places: [], values: [] });
    expect([Array.from(folded.factors), folded.bias]).toEqual([[0, 0, 0], 0]);
    expect(folded.predictions).toEqual(fit.colBiases.map((bias) => fit.mean + bias));
  });

  it('says so when the entries determine too little, and gives the solution of least norm', () => {
    const fit = completeMatrix(observed, { rank: 3, lambda: 0 });
    const folded = foldIn(fit, { places: [7], values: [2] });
    const v = fit.V.data.slice(21, 24);
    const squares = v.reduce((sum, x) => sum + x * x, 0);
    // u = 2 v / |v|^2.
    for (let c = 0; c < 3; c++) expect(folded.factors[c]).toBeCloseTo((2 * v[c]) / squares, 12);
    const zeroModel = { ...fit, V: { ...fit.V, data: new Float64Array(90) } };
    expect(foldIn(zeroModel, { places: [7], values: [2] }).warnings.length).toBe(1);
  });

  it('writes out the matrix and measures errors', () => {
    const fit = completeMatrix(observed, { rank: 3, lambda: 0.02 });
    const whole = completedMatrix(fit);
    expect([whole.rows, whole.cols]).toEqual([40, 30]);
    expect(whole.data[5 * 30 + 7]).toBe(predict(fit, [5], [7])[0]);
    expect(rmse(fit, observed)).toBeCloseTo(fit.rmse, 13);
    let squares = 0;
    for (let i = 0; i < 40; i++) for (let j = 0; j < 30; j++) squares += (truth[i][j] - whole.data[i * 30 + j]) ** 2;
    expect(rmse(fit, truth)).toBeCloseTo(Math.sqrt(squares / 1200), 13);
  });
});
