import { randomStream } from '@lemmata/core';
import { naiveProduct } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import {
  type GroupLassoFit,
  groupLasso,
  groupLassoAsync,
  groupLassoIterations,
  lasso,
  predict,
  prepareDesign,
} from '../src/index.js';
import { dualOf, roundingOf, type TestProblem, testProblem } from './problems.js';

const GROUPS = [[0, 4], [1], [2, 3, 5], [6, 7, 8, 9], [10, 11]];

function normOf(values: readonly number[]): number {
  return Math.hypot(...values);
}

/** F(w, c) per sample, by the definition. */
function objectiveOf(
  rows: number[][],
  b: ArrayLike<number>,
  lambda: number,
  groups: readonly number[][],
  w: ArrayLike<number>,
  c: number,
): number {
  const loss = naiveProduct(rows, w).reduce((sum, z, i) => sum + (b[i] - z - c) ** 2, 0);
  const price = groups.reduce((sum, ids) => sum + Math.sqrt(ids.length) * normOf(ids.map((j) => w[j])), 0);
  return loss / (2 * rows.length) + lambda * price;
}

/** Plain proximal gradient steps with an intercept: an oracle that shares no code with the package. */
function proximalGradient(
  rows: number[][],
  b: ArrayLike<number>,
  lambda: number,
  groups: readonly number[][],
  steps: number,
): { w: number[]; c: number } {
  const m = rows.length;
  const trace = rows.reduce((sum, row) => sum + row.reduce((part, a) => part + a * a, 1), 0);
  const step = m / trace;
  let w = new Array<number>(rows[0].length).fill(0);
  let c = 0;
  for (let k = 0; k < steps; k++) {
    const r = naiveProduct(rows, w).map((z, i) => z + c - b[i]);
    const moved = w.map((value, j) => value - (step / m) * rows.reduce((sum, row, i) => sum + row[j] * r[i], 0));
    w = moved.slice();
    for (const ids of groups) {
      const size = normOf(ids.map((j) => moved[j]));
      const t = step * lambda * Math.sqrt(ids.length);
      for (const j of ids) w[j] = size > t ? moved[j] * (1 - t / size) : 0;
    }
    c -= (step / m) * r.reduce((sum, value) => sum + value, 0);
  }
  return { w, c };
}

/** Largest |A_g'b| / (m weight) after centring, by the definition. */
function largestUseful({ rows, b }: TestProblem, groups: readonly number[][]): number {
  const m = rows.length;
  const mean = b.reduce((sum, value) => sum + value, 0) / m;
  const product = (j: number) => rows.reduce((sum, row, i) => sum + row[j] * (b[i] - mean), 0);
  return Math.max(...groups.map((ids) => normOf(ids.map(product)) / Math.sqrt(ids.length))) / m;
}

describe.each([
  ['0', 25, 1, 0],
  ['1', 8, 1, 0],
  ['2', 30, 0.4, 0],
  ['3', 20, 1, 2],
] as const)('group Lasso, instance %s', (seed, m, density, shift) => {
  const problem = testProblem(`groups ${seed}`, m, 12, density, shift);
  const { rows, dense, sparse, b } = problem;
  const rounding = roundingOf(problem);
  const largest = largestUseful(problem, GROUPS);
  const lambda = 0.2 * largest;
  const options = { lambda, groups: GROUPS, tolerance: 1e-9 };
  const fit = groupLasso(rows, b, options);

  it('is within its gap of a long run of proximal gradient steps', () => {
    const truth = proximalGradient(rows, b, lambda, GROUPS, 3000);
    const stated = objectiveOf(rows, b, lambda, GROUPS, fit.coefficients, fit.intercept);
    expect(fit.status).toBe('converged');
    expect(Math.abs(stated - fit.objective)).toBeLessThanOrEqual(rounding);
    expect(stated - objectiveOf(rows, b, lambda, GROUPS, truth.w, truth.c)).toBeLessThanOrEqual(
      fit.certificate.gap + rounding,
    );
  });

  it('has at every iteration a gap that is not below the true suboptimality', () => {
    const truth = proximalGradient(rows, b, lambda, GROUPS, 3000);
    const best = objectiveOf(rows, b, lambda, GROUPS, truth.w, truth.c);
    let states = 0;
    for (const state of groupLassoIterations(rows, b, { ...options, tolerance: 1e-12 })) {
      expect(state.gap).toBeGreaterThanOrEqual(state.objective - best - rounding);
      states++;
    }
    expect(states).toBeGreaterThan(1);
  });

  it('has a dual point that is feasible for all groups and proves the gap', () => {
    const { dual, gap } = fit.certificate;
    for (const ids of GROUPS) {
      const products = ids.map((j) => rows.reduce((sum, row, i) => sum + row[j] * dual[i], 0));
      expect(normOf(products)).toBeLessThanOrEqual(lambda * Math.sqrt(ids.length) * (1 + 1e-12) + rounding);
    }
    expect(Math.abs(dual.reduce((sum, u) => sum + u, 0))).toBeLessThanOrEqual(rounding);
    expect(Math.abs(fit.objective - dualOf(b, dual) - gap)).toBeLessThanOrEqual(rounding);
  });

  it('is the same for all forms of the matrix and of the groups, and for all entry points', async () => {
    const ids = new Int32Array(12);
    GROUPS.forEach((list, g) => {
      for (const j of list) ids[j] = g;
    });
    const near = (other: GroupLassoFit) =>
      expect(Math.abs(other.objective - fit.objective)).toBeLessThanOrEqual(
        other.certificate.gap + fit.certificate.gap + rounding,
      );
    near(groupLasso(sparse, b, { ...options, groups: ids }));
    near(groupLasso(dense, b, { ...options, initial: rows[0] }));
    expect(groupLasso(rows, b, { ...options, groups: ids }).coefficients).toEqual(fit.coefficients);
    expect((await groupLassoAsync(rows, b, options)).coefficients).toEqual(fit.coefficients);
    expect(groupLasso(rows, b, { ...options, backend: 'js' }).coefficients).toEqual(fit.coefficients);
    const design = prepareDesign(rows);
    expect(groupLasso(design, b, options).coefficients).toEqual(fit.coefficients);
    expect(groupLasso(design, b, options).coefficients).toEqual(fit.coefficients);
    design.dispose();
    const expected = naiveProduct(rows, fit.coefficients).map((z) => z + fit.intercept);
    predict(fit, rows).forEach((value, i) => {
      expect(Math.abs(value - expected[i])).toBeLessThanOrEqual(1e-13 * (1 + Math.abs(expected[i])));
    });
  });

  it('takes in whole groups, none from the largest useful lambda on', () => {
    for (const [g, ids] of GROUPS.entries()) {
      const inside = ids.filter((j) => fit.coefficients[j] !== 0).length;
      expect([0, ids.length]).toContain(inside);
      expect(fit.activeGroups.includes(g)).toBe(inside > 0);
    }
    expect(fit.activeGroups.length).toBeGreaterThan(0);
    expect(groupLasso(rows, b, { ...options, lambda: largest * (1 + 1e-9) }).activeGroups.length).toBe(0);
    expect(groupLasso(rows, b, { ...options, lambda: largest * 0.99 }).activeGroups.length).toBeGreaterThan(0);
  });

  it('is the Lasso when every column is its own group', () => {
    const single = { lambda: 0.1 * largest, tolerance: 1e-10 };
    const one = groupLasso(rows, b, { ...single, groups: Array.from({ length: 12 }, (_, j) => j) });
    const other = lasso(rows, b, single);
    expect(Math.abs(one.objective - other.objective)).toBeLessThanOrEqual(
      one.certificate.gap + other.certificate.gap + rounding,
    );
    const loose = groupLasso(rows, b, { ...single, groups: Array.from({ length: 12 }, (_, j) => [j]) });
    expect(loose.coefficients).toEqual(one.coefficients);
  });
});

it('is a block soft threshold when columns are orthonormal', () => {
  // Columns of the 8 x 8 Hadamard matrix, of squared length 8 = m.
  const rows = Array.from({ length: 8 }, (_, i) =>
    Array.from({ length: 6 }, (__, j) => {
      let bits = i & (j + 1);
      let sign = 1;
      for (; bits > 0; bits >>= 1) if (bits & 1) sign = -sign;
      return sign;
    }),
  );
  const stream = randomStream('orthonormal');
  const b = Array.from({ length: 8 }, () => stream.normal());
  const groups = [[0, 1, 2], [3, 4], [5]];
  const lambda = 0.15;
  const fit = groupLasso(rows, b, { lambda, groups, tolerance: 1e-14 });
  for (const ids of groups) {
    const z = ids.map((j) => rows.reduce((sum, row, i) => sum + row[j] * b[i], 0) / 8);
    const factor = Math.max(0, 1 - (lambda * Math.sqrt(ids.length)) / normOf(z));
    // |w - w*|^2 <= 2 gap, F being strongly convex with constant 1 here.
    const distance = normOf(ids.map((j, k) => fit.coefficients[j] - factor * z[k]));
    expect(distance).toBeLessThanOrEqual(Math.sqrt(2 * (fit.certificate.gap + roundingOf({ rows, b }))));
  }
});

it('weights, sample weights, offsets and standardised columns are those of equal problems', () => {
  const { rows, b } = testProblem('group options', 12, 6, 1, 1);
  const groups = [0, 0, 1, 1, 1, 2];
  const base = { lambda: 0.05, groups, tolerance: 1e-10 };
  const near = (one: GroupLassoFit, other: GroupLassoFit) =>
    expect(Math.abs(one.objective - other.objective)).toBeLessThanOrEqual(
      one.certificate.gap + other.certificate.gap + roundingOf({ rows, b }),
    );
  near(groupLasso(rows, b, { ...base, weights: [Math.SQRT2, Math.sqrt(3), 1] }), groupLasso(rows, b, base));
  near(
    groupLasso(rows, b, { ...base, sampleWeights: b.map((_, i) => (i < 4 ? 2 : 1)) }),
    groupLasso([...rows, ...rows.slice(0, 4)], [...b, ...b.slice(0, 4)], base),
  );
  const offset = rows.map((row) => row[0]);
  near(
    groupLasso(rows, b, { ...base, offset }),
    groupLasso(
      rows,
      b.map((value, i) => value - offset[i]),
      base,
    ),
  );
  const deviations = rows[0].map((_, j) => {
    const mean = rows.reduce((sum, row) => sum + row[j], 0) / 12;
    return Math.sqrt(rows.reduce((sum, row) => sum + (row[j] - mean) ** 2, 0) / 12);
  });
  const scaled = rows.map((row) => row.map((value, j) => value / deviations[j]));
  const standardised = groupLasso(rows, b, { ...base, standardize: true });
  near(standardised, groupLasso(scaled, b, base));
  const again = naiveProduct(rows, standardised.coefficients).map((z) => z + standardised.intercept);
  const loss = again.reduce((sum, z, i) => sum + (b[i] - z) ** 2, 0) / 24;
  const price = [[0, 1], [2, 3, 4], [5]].reduce(
    (sum, ids) => sum + Math.sqrt(ids.length) * normOf(ids.map((j) => standardised.coefficients[j] * deviations[j])),
    0,
  );
  expect(Math.abs(loss + 0.05 * price - standardised.objective)).toBeLessThanOrEqual(roundingOf({ rows, b }));
});

it('solves large groups and more columns than products are kept for', () => {
  const { rows, b } = testProblem('large group', 40, 100);
  const groups = Array.from({ length: 100 }, (_, j) => (j < 80 ? 0 : 1 + (j % 4)));
  const fit = groupLasso(rows, b, { lambda: 0.02, groups, tolerance: 1e-5 });
  expect(fit.status).toBe('converged');
  const wide = testProblem('wide', 6, 2100);
  for (const A of [wide.rows, wide.sparse]) {
    const one = groupLasso(A, wide.b, { lambda: 0.01, groups: new Int32Array(2100), tolerance: 1e-6 });
    expect(one.status).toBe('converged');
    expect(one.activeSet.length).toBe(2100);
  }
});
