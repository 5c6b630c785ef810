import { naiveProduct, naiveTranspose } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import {
  groupLasso,
  multiTaskLasso,
  multiTaskLassoAsync,
  multiTaskLassoIterations,
  multiTaskLassoLambdaMax,
  multiTaskLassoPath,
  multiTaskLassoPathAsync,
  type OutputsFit,
  predict,
  prepareDesign,
} from '../src/index.js';
import { roundingOf, testProblem } from './problems.js';

const K = 3;

/** Three targets: those of three problems with the same design. */
function targetsOf(seed: string, rows: number[][]): number[][] {
  const columns = Array.from({ length: K }, (_, c) => Array.from(testProblem(`${seed} ${c}`, rows.length, 2).b));
  const shared = rows.map((row) => row[0] - row[1] / 2);
  return naiveTranspose(columns.map((column, c) => column.map((value, i) => value + (c + 1) * shared[i])));
}

/** F per sample, by the definition, for coefficients in rows. */
function objectiveOf(rows: number[][], B: number[][], lambda: number, W: number[][], c: ArrayLike<number>): number {
  let loss = 0;
  for (let o = 0; o < K; o++) {
    const z = naiveProduct(
      rows,
      W.map((row) => row[o]),
    );
    loss += z.reduce((sum, value, i) => sum + (B[i][o] - value - c[o]) ** 2, 0);
  }
  return loss / (2 * rows.length) + lambda * W.reduce((sum, row) => sum + Math.hypot(...row), 0);
}

function rowsOf(matrix: { layout?: string; rows: number; cols: number; data: Float64Array }): number[][] {
  const { layout, rows, cols, data } = matrix;
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: cols }, (__, c) => data[layout === 'column' ? c * rows + i : i * cols + c]),
  );
}

/** Plain proximal gradient steps with intercepts: an oracle that shares no code with the package. */
function proximalGradient(rows: number[][], B: number[][], lambda: number, steps: number): number {
  const m = rows.length;
  const step = m / rows.reduce((sum, row) => sum + row.reduce((part, a) => part + a * a, 1), 0);
  let W = rows[0].map(() => new Array<number>(K).fill(0));
  const c = new Array<number>(K).fill(0);
  for (let t = 0; t < steps; t++) {
    const R = rows.map((row, i) =>
      Array.from({ length: K }, (_, o) => row.reduce((sum, a, j) => sum + a * W[j][o], c[o]) - B[i][o]),
    );
    W = W.map((old, j) => {
      const moved = old.map((value, o) => value - (step / m) * rows.reduce((sum, row, i) => sum + row[j] * R[i][o], 0));
      const size = Math.hypot(...moved);
      return moved.map((value) => (size > step * lambda ? value * (1 - (step * lambda) / size) : 0));
    });
    for (let o = 0; o < K; o++) c[o] -= (step / m) * R.reduce((sum, row) => sum + row[o], 0);
  }
  return objectiveOf(rows, B, lambda, W, c);
}

describe.each([
  ['0', 20, 1],
  ['1', 6, 1],
  ['2', 25, 0.4],
] as const)('multi-task Lasso, instance %s', (seed, m, density) => {
  const { rows, sparse } = testProblem(`tasks ${seed}`, m, 8, density);
  const B = targetsOf(`tasks ${seed}`, rows);
  const rounding = roundingOf({ rows, b: B.flat() });
  const largest = multiTaskLassoLambdaMax(rows, B);
  const lambda = 0.2 * largest;
  const options = { lambda, tolerance: 1e-9 };
  const fit = multiTaskLasso(rows, B, options);
  const near = (one: OutputsFit, other: OutputsFit) =>
    expect(Math.abs(one.objective - other.objective)).toBeLessThanOrEqual(
      one.certificate.gap + other.certificate.gap + rounding,
    );

  it('is within its gap of a long run of proximal gradient steps, at every iteration', () => {
    expect(fit.status).toBe('converged');
    const stated = objectiveOf(rows, B, lambda, rowsOf(fit.coefficients), fit.intercepts);
    expect(Math.abs(stated - fit.objective)).toBeLessThanOrEqual(rounding);
    const best = proximalGradient(rows, B, lambda, 1500);
    for (const state of multiTaskLassoIterations(rows, B, options)) {
      expect(state.gap).toBeGreaterThanOrEqual(state.objective - best - rounding);
    }
  });

  it('has a dual point that is feasible and proves the gap', () => {
    const U = rowsOf(fit.certificate.dual);
    for (let j = 0; j < 8; j++) {
      const product = Array.from({ length: K }, (_, o) => rows.reduce((sum, row, i) => sum + row[j] * U[i][o], 0));
      expect(Math.hypot(...product)).toBeLessThanOrEqual(lambda * (1 + 1e-12) + rounding);
    }
    let dual = 0;
    for (let o = 0; o < K; o++) {
      expect(Math.abs(U.reduce((sum, row) => sum + row[o], 0))).toBeLessThanOrEqual(rounding);
      dual += U.reduce((sum, row, i) => sum + B[i][o] * row[o] - (m / 2) * row[o] ** 2, 0);
    }
    expect(Math.abs(fit.objective - dual - fit.certificate.gap)).toBeLessThanOrEqual(rounding);
  });

  it('is the same for all forms of the design and entry points, and predicts by its model', async () => {
    near(multiTaskLasso(sparse, B, options), fit);
    near(multiTaskLasso(rows, B, { ...options, initial: rows[0].map((a) => [a, 1, 0]) }), fit);
    near(multiTaskLasso(rows, B, { ...options, sampleWeights: rows.map(() => 3) }), fit);
    expect((await multiTaskLassoAsync(rows, B, options)).coefficients).toEqual(fit.coefficients);
    expect(multiTaskLasso(rows, B, { ...options, backend: 'js' }).coefficients).toEqual(fit.coefficients);
    const design = prepareDesign(rows);
    expect(multiTaskLasso(design, B, options).coefficients).toEqual(fit.coefficients);
    design.dispose();
    const predictions = predict(fit, sparse);
    rows.forEach((row, i) => {
      for (let o = 0; o < K; o++) {
        const expected = row.reduce((sum, a, j) => sum + a * fit.coefficients.data[j * K + o], fit.intercepts[o]);
        expect(predictions.data[i * K + o]).toBeCloseTo(expected, 12);
      }
    });
  });

  it('has no row from the largest useful lambda on, and some below', () => {
    expect(multiTaskLasso(rows, B, { lambda: largest }).activeSet.length).toBe(0);
    expect(multiTaskLasso(rows, B, { lambda: 0.99 * largest, tolerance: 1e-9 }).activeSet.length).toBeGreaterThan(0);
  });

  it('has paths whose every lambda is certified and equal to a single fit', async () => {
    const path = multiTaskLassoPath(rows, B, { numLambdas: 6, tolerance: 1e-8 });
    expect(path.statuses).toEqual(new Array(6).fill('converged'));
    expect([path.coefficients.rows, path.intercepts.rows, path.intercepts.cols]).toEqual([8 * K, 6, K]);
    path.lambdas.forEach((value, t) => {
      const single = multiTaskLasso(rows, B, { lambda: value, tolerance: 1e-8 });
      expect(Math.abs(single.objective - path.objectives[t])).toBeLessThanOrEqual(
        single.certificate.gap + path.gaps[t] + rounding,
      );
      const W = new Float64Array(8 * K);
      const { indptr, indices, data } = path.coefficients;
      for (let e = indptr[t]; e < indptr[t + 1]; e++) W[indices[e]] = data[e];
      const stated = objectiveOf(
        rows,
        B,
        value,
        rowsOf({ rows: 8, cols: K, data: W }),
        path.intercepts.data.subarray(t * K, (t + 1) * K),
      );
      expect(Math.abs(stated - path.objectives[t])).toBeLessThanOrEqual(rounding);
    });
    const later = await multiTaskLassoPathAsync(rows, B, { numLambdas: 6, tolerance: 1e-8 });
    expect(later.coefficients).toEqual(path.coefficients);
  });
});

it('with one target is the group Lasso of single columns', () => {
  const { rows, b } = testProblem('one task', 15, 6);
  const one = multiTaskLasso(
    rows,
    Array.from(b, (value) => [value]),
    { lambda: 0.03, tolerance: 1e-9 },
  );
  const other = groupLasso(rows, b, { lambda: 0.03, tolerance: 1e-9, groups: [0, 1, 2, 3, 4, 5] });
  expect(one.coefficients.data).toEqual(other.coefficients);
});
