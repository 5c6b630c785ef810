// Offsets of several outputs: the same as equal problems without, or by the definition.
import { randomStream } from '@lemmata/core';
import { expect, it } from 'vitest';
import {
  logisticRegression,
  multiTaskLasso,
  multiTaskLassoCrossValidation,
  multiTaskLassoLambdaMax,
  multiTaskLassoPath,
  softmaxRegression,
  softmaxRegressionCrossValidation,
  softmaxRegressionIterations,
  softmaxRegressionLambdaMax,
  softmaxRegressionPath,
} from '../src/index.js';
import { testProblem } from './problems.js';
import { expectRefusal } from './refusal.js';

const M = 24;
const N = 5;
const ROUNDING = 1e-13;
const { rows, sparse, b } = testProblem('outputs offsets', M, N, 0.7, 1);
const stream = randomStream('outputs offsets');
const offset = rows.map((row) => [row[0] / 2, stream.normal(), 0.3]);
const B = rows.map((row, i) => [b[i], row[1] + stream.normal(), row[2]]);
const codes = rows.map((row, i) => (i < 6 ? i % 3 : row[0] > 0.5 ? 0 : b[i] > 0 ? 1 : 2));

it('of targets are taken away from them', () => {
  const rest = B.map((row, i) => row.map((value, c) => value - offset[i][c]));
  const options = { lambda: 0.05, tolerance: 1e-10 };
  for (const A of [rows, sparse]) {
    expect(multiTaskLasso(A, B, { ...options, offset }).coefficients).toEqual(
      multiTaskLasso(A, rest, options).coefficients,
    );
  }
  expect(multiTaskLassoLambdaMax(rows, B, { offset })).toBe(multiTaskLassoLambdaMax(rows, rest));
  const grid = { lambdas: [0.1, 0.05] };
  expect(multiTaskLassoPath(rows, B, { ...grid, offset }).objectives).toEqual(
    multiTaskLassoPath(rows, rest, grid).objectives,
  );
  const [one, other] = [{ ...grid, offset }, grid].map((given, t) =>
    multiTaskLassoCrossValidation(rows, t === 0 ? B : rest, given),
  );
  one.errors.forEach((error, t) => {
    expect(Math.abs(error - other.errors[t])).toBeLessThanOrEqual(1e-13 * error);
  });
});

/** log sum exp z - z_y. */
const lossOf = (z: number[], y: number) => {
  const top = Math.max(...z);
  return top + Math.log(z.reduce((sum, value) => sum + Math.exp(value - top), 0)) - z[y];
};

const formsAt = (i: number, W: number[][], c: ArrayLike<number>) =>
  Array.from(c, (centre, o) => rows[i].reduce((sum, a, j) => sum + a * W[j][o], centre + offset[i][o]));

function objectiveOf(lambda: number, W: number[][], c: ArrayLike<number>): number {
  const loss = rows.reduce((sum, _, i) => sum + lossOf(formsAt(i, W, c), codes[i]), 0);
  return loss / M + lambda * W.reduce((sum, row) => sum + Math.hypot(...row), 0);
}

/** Plain proximal gradient steps with intercepts and norms of rows. */
function proximalGradient(lambda: number, steps: number): number {
  const bound = rows.reduce((sum, row) => sum + row.reduce((part, a) => part + a * a, 1), 0) / (2 * M);
  let W = rows[0].map(() => [0, 0, 0]);
  let c = [0, 0, 0];
  for (let t = 0; t < steps; t++) {
    const R = rows.map((_, i) => {
      const z = formsAt(i, W, c);
      const total = z.reduce((sum, value) => sum + Math.exp(value), 0);
      return z.map((value, o) => (Math.exp(value) / total - (codes[i] === o ? 1 : 0)) / M);
    });
    W = W.map((row, j) => {
      const moved = row.map((w, o) => w - rows.reduce((sum, a, i) => sum + a[j] * R[i][o], 0) / bound);
      const size = Math.hypot(...moved);
      return moved.map((w) => (size > lambda / bound ? w * (1 - lambda / bound / size) : 0));
    });
    c = c.map((centre, o) => centre - R.reduce((sum, r) => sum + r[o], 0) / bound);
  }
  return objectiveOf(lambda, W, c);
}

it('of classes are added to their forms: objective, gap and dual value by the definition', () => {
  const lambda = 0.03;
  const shape = { groupFeatures: true, offset, tolerance: 1e-9 };
  const options = { ...shape, lambda };
  const best = proximalGradient(lambda, 3000);
  for (const A of [rows, sparse]) {
    const fit = softmaxRegression(A, codes, options);
    expect(fit.status).toBe('converged');
    const W = rows[0].map((_, j) => Array.from({ length: 3 }, (__, o) => fit.coefficients.data[3 * j + o]));
    const stated = objectiveOf(lambda, W, fit.intercepts);
    expect(Math.abs(stated - fit.objective)).toBeLessThanOrEqual(ROUNDING);
    for (const state of softmaxRegressionIterations(A, codes, options)) {
      expect(state.gap).toBeGreaterThanOrEqual(state.objective - best - ROUNDING);
    }
    const { dual, gap } = fit.certificate;
    let value = 0;
    rows.forEach((_, i) => {
      for (let o = 0; o < 3; o++) {
        const u = dual.data[o * M + i];
        const q = (codes[i] === o ? 1 : 0) - M * u;
        value -= u * offset[i][o] + (q > 0 ? (q * Math.log(q)) / M : 0);
      }
    });
    expect(Math.abs(fit.objective - value - gap)).toBeLessThanOrEqual(ROUNDING);
    for (let j = 0; j < N; j++) {
      const products = [0, 1, 2].map((o) => rows.reduce((sum, row, i) => sum + row[j] * dual.data[o * M + i], 0));
      expect(Math.hypot(...products)).toBeLessThanOrEqual(lambda + ROUNDING);
    }
    const path = softmaxRegressionPath(A, codes, { ...shape, lambdas: [0.1, lambda] });
    expect(Math.abs(path.objectives[1] - fit.objective)).toBeLessThanOrEqual(path.gaps[1] + gap + ROUNDING);
  }
  const largest = softmaxRegressionLambdaMax(rows, codes, { groupFeatures: true, offset });
  const at = (scale: number) => softmaxRegression(rows, codes, { ...options, lambda: largest * scale });
  expect(at(1 + 1e-9).activeSet.length).toBe(0);
  expect(at(0.98).activeSet.length).toBeGreaterThan(0);
});

it('of two classes count by their difference', () => {
  const two = codes.map((code) => code > 0);
  const pair = offset.map((row) => row.slice(0, 2));
  const options = { lambda: 0.03, tolerance: 1e-10 };
  const softmax = softmaxRegression(rows, two, { ...options, offset: pair });
  const logistic = logisticRegression(rows, two, { ...options, offset: pair.map(([p, q]) => q - p) });
  expect(Math.abs(softmax.objective - logistic.objective)).toBeLessThanOrEqual(
    softmax.certificate.gap + logistic.certificate.gap + ROUNDING,
  );
});

it('belong to the rows of folds', () => {
  const foldOf = rows.map((_, i) => i % 4);
  const lambdas = [0.1, 0.03];
  const chosen = softmaxRegressionCrossValidation(rows, codes, { foldOf, lambdas, offset, tolerance: 1e-11 });
  lambdas.forEach((lambda, t) => {
    let mean = 0;
    for (let f = 0; f < 4; f++) {
      const ids = rows.flatMap((_, i) => (foldOf[i] === f ? [] : [i]));
      const pick = <T>(values: readonly T[]) => ids.map((i) => values[i]);
      const fit = softmaxRegression(pick(rows), pick(codes), { lambda, offset: pick(offset), tolerance: 1e-11 });
      const W = rows[0].map((_, j) => Array.from({ length: 3 }, (__, o) => fit.coefficients.data[3 * j + o]));
      rows.forEach((_, i) => {
        if (foldOf[i] === f) mean += (2 * lossOf(formsAt(i, W, fit.intercepts), codes[i])) / M;
      });
    }
    expect(Math.abs(chosen.errors[t] - mean)).toBeLessThanOrEqual(1e-4 * mean);
  });
});

it('have one entry for each row and output', () => {
  const narrow = offset.map((row) => row.slice(1));
  const one = { lambda: 0.1 };
  for (const call of [
    () => multiTaskLasso(rows, B, { ...one, offset: narrow }),
    () => softmaxRegression(rows, codes, { ...one, offset: narrow }),
    () => softmaxRegressionCrossValidation(rows, codes, { offset: narrow }),
    () => multiTaskLassoCrossValidation(rows, B, { offset: narrow }),
  ]) {
    expectRefusal(call, 'ERR_DIMENSION', 'options.offset: expected 3 columns');
  }
  expectRefusal(
    () => softmaxRegression(rows, codes, { ...one, offset: offset.slice(1) }),
    'ERR_DIMENSION',
    'options.offset: expected 24 rows (rows of A)',
  );
});
