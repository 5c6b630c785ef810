// The sparse-group penalty and groups without penalty: oracles that share no code with the package.
import { randomStream } from '@lemmata/core';
import { naiveProduct } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import { shrinkBlock } from '../src/groups/block-prox.js';
import { blockMinimiser, curvatureOf } from '../src/groups/block-step.js';
import {
  elasticNet,
  groupLasso,
  groupLassoCrossValidation,
  groupLassoIterations,
  groupLassoLambdaMax,
  groupLassoPath,
  lasso,
} from '../src/index.js';
import { dualExcess, type MixedNorm, mixedNorm, mixedProximal, soft } from './group-oracle.js';
import { dualOf, roundingOf, testProblem } from './problems.js';
import { SCREENED_GROUPS, screenSparseGroups } from './sparse-group-screening.js';

const N = 12;
const GROUPS = SCREENED_GROUPS;
const ROOTS = GROUPS.map(({ length }) => Math.sqrt(length));

/** F per sample, by the definition. */
function objectiveOf(
  rows: number[][],
  b: ArrayLike<number>,
  model: MixedNorm,
  w: ArrayLike<number>,
  c: number,
): number {
  const loss = naiveProduct(rows, w).reduce((sum, z, i) => sum + (b[i] - z - c) ** 2, 0);
  return loss / (2 * rows.length) + mixedNorm(w, GROUPS, model);
}

/** The value that plain proximal gradient steps with an intercept reach. */
function proximalGradient(rows: number[][], b: ArrayLike<number>, model: MixedNorm, steps: number): number {
  const m = rows.length;
  const step = m / rows.reduce((sum, row) => sum + row.reduce((part, a) => part + a * a, 1), 0);
  let w = new Array<number>(N).fill(0);
  let c = 0;
  for (let k = 0; k < steps; k++) {
    const r = naiveProduct(rows, w).map((z, i) => z + c - b[i]);
    const moved = w.map((value, j) => value - (step / m) * rows.reduce((sum, row, i) => sum + row[j] * r[i], 0));
    w = mixedProximal(moved, GROUPS, step, model);
    c -= (step / m) * r.reduce((sum, value) => sum + value, 0);
  }
  return objectiveOf(rows, b, model, w, c);
}

describe.each([
  ['0', 25, 1, 0, 0.3, ROOTS],
  ['1', 8, 1, 0, 0.5, ROOTS],
  ['2', 30, 0.4, 0, 0.8, ROOTS],
  ['3', 20, 1, 2, 0.5, [1, 0, 2, 1, 0]],
  ['4', 25, 1, 1, 0, [1, 0, 2, 1, 0]],
  ['5', 25, 0.4, 1, 0, [0, 1, 1, 1, 1]],
  ['6', 20, 1, 0, 1, ROOTS],
] as const)('group Lasso, instance %s', (seed, m, density, shift, l1Share, weights) => {
  const problem = testProblem(`sparse groups ${seed}`, m, N, density, shift);
  const { rows, sparse, b } = problem;
  const rounding = roundingOf(problem);
  const base = { groups: GROUPS, weights, l1Share, tolerance: 1e-9 };
  const { tolerance: _, ...where } = base;
  const largest = groupLassoLambdaMax(rows, b, where);
  const lambda = 0.15 * largest;
  const model = { lambda, l1Share, weights };
  const fit = groupLasso(rows, b, { ...base, lambda });

  it('is within its gap, at every iteration, of a long run of proximal gradient steps', () => {
    const best = proximalGradient(rows, b, model, 5000);
    expect(fit.status).toBe('converged');
    const stated = objectiveOf(rows, b, model, fit.coefficients, fit.intercept);
    expect(Math.abs(stated - fit.objective)).toBeLessThanOrEqual(rounding);
    expect(stated - best).toBeLessThanOrEqual(fit.certificate.gap + rounding);
    let states = 0;
    for (const state of groupLassoIterations(rows, b, { ...base, lambda, tolerance: 1e-12 })) {
      expect(state.gap).toBeGreaterThanOrEqual(state.objective - best - rounding);
      states++;
    }
    expect(states).toBeGreaterThan(1);
  });

  it('has a dual point that is feasible for all groups and proves the gap', () => {
    const { dual, gap } = fit.certificate;
    expect(dualExcess(rows, dual, GROUPS, model)).toBeLessThanOrEqual(1e-12 * lambda + rounding);
    expect(Math.abs(dual.reduce((sum, u) => sum + u, 0))).toBeLessThanOrEqual(rounding);
    expect(Math.abs(fit.objective - dualOf(b, dual) - gap)).toBeLessThanOrEqual(rounding);
  });

  it('is the same for sparse designs, scaled columns and along a path; nothing comes in from the largest lambda on', () => {
    const other = groupLasso(sparse, b, { ...base, lambda });
    expect(Math.abs(other.objective - fit.objective)).toBeLessThanOrEqual(
      other.certificate.gap + fit.certificate.gap + rounding,
    );
    const path = groupLassoPath(rows, b, { ...base, lambdas: [largest, 2 * lambda, lambda] });
    expect(path.statuses).toEqual(['converged', 'converged', 'converged']);
    expect(Math.abs(path.objectives[2] - fit.objective)).toBeLessThanOrEqual(
      path.gaps[2] + fit.certificate.gap + rounding,
    );
    const penalised = (w: ArrayLike<number>) =>
      GROUPS.flatMap((ids, g) => (weights[g] > 0 || l1Share > 0 ? ids.filter((j) => w[j] !== 0) : [])).length;
    expect(penalised(groupLasso(rows, b, { ...base, lambda: largest * (1 + 1e-9) }).coefficients)).toBe(0);
    expect(penalised(groupLasso(rows, b, { ...base, lambda: largest * 0.99 }).coefficients)).toBeGreaterThan(0);
    const centred = rows[0].map((__, j) => rows.reduce((sum, row) => sum + row[j], 0) / m);
    const spread = centred.map((mean, j) => Math.sqrt(rows.reduce((sum, row) => sum + (row[j] - mean) ** 2, 0) / m));
    const scaled = groupLasso(
      rows.map((row) => row.map((value, j) => value / spread[j])),
      b,
      { ...base, lambda },
    );
    const standardised = groupLasso(rows, b, { ...base, lambda, standardize: true });
    expect(Math.abs(standardised.objective - scaled.objective)).toBeLessThanOrEqual(
      standardised.certificate.gap + scaled.certificate.gap + rounding,
    );
  });
});

it('groups without penalty are those of an elastic net with factors 0, and of least squares when all are', () => {
  const { rows, b } = testProblem('free groups', 20, 6, 1, 1);
  const lambda = 0.1;
  const groups = [0, 1, 2, 3, 4, 5];
  const factors = [1, 0, 1, 1, 0, 1];
  const near = (one: { objective: number; certificate: { gap: number } }, other: typeof one) =>
    expect(Math.abs(one.objective - other.objective)).toBeLessThanOrEqual(
      one.certificate.gap + other.certificate.gap + roundingOf({ rows, b }),
    );
  const sampleWeights = b.map((_, i) => 1 + (i % 3));
  for (const extra of [{}, { sampleWeights }, { standardize: true }, { intercept: false }]) {
    const options = { lambda, tolerance: 1e-10, ...extra };
    const fit = groupLasso(rows, b, { ...options, groups, weights: factors });
    expect(fit.status).toBe('converged');
    near(fit, elasticNet(rows, b, { ...options, l1Ratio: 1, penaltyFactors: factors }));
  }
  const all = groupLasso(rows, b, { lambda, groups: [0, 0, 0, 1, 1, 1], weights: [0, 0], tolerance: 1e-10 });
  near(all, groupLasso(rows, b, { lambda: 0, groups: [0, 0, 0, 1, 1, 1], tolerance: 1e-10 }));
  // Columns that repeat: the last one stays as it is.
  const twice = rows.map((row) => [...row.slice(0, 5), row[0]]);
  expect(groupLasso(twice, b, { lambda, groups: [0, 1, 1, 2, 2, 0], weights: [0, 1, 1] }).status).toBe('converged');
});

it('with L1 alone is the Lasso, and cross-validation takes the share', () => {
  const { rows, b } = testProblem('sparse groups, L1', 20, N);
  const one = groupLasso(rows, b, { lambda: 0.1, groups: GROUPS, l1Share: 1, tolerance: 1e-10 });
  const other = lasso(rows, b, { lambda: 0.1, tolerance: 1e-10 });
  expect(Math.abs(one.objective - other.objective)).toBeLessThanOrEqual(
    one.certificate.gap + other.certificate.gap + roundingOf({ rows, b }),
  );
  const path = { groups: GROUPS, lambdas: [0.3, 0.1], l1Share: 0.5 };
  const chosen = groupLassoCrossValidation(rows, b, { ...path, folds: 3 });
  expect(chosen.path.objectives).toEqual(groupLassoPath(rows, b, path).objectives);
  expect(chosen.errors).not.toEqual(groupLassoCrossValidation(rows, b, { ...path, l1Share: 0, folds: 3 }).errors);
});

it('the prox is the soft threshold, then that of blocks: no point of a fine search is lower', () => {
  const stream = randomStream('sparse-group prox');
  for (let trial = 0; trial < 60; trial++) {
    const n = 1 + stream.integer(2);
    const u = Float64Array.from({ length: n }, () => 2 * stream.normal());
    const d = Float64Array.from({ length: n }, () => 0.5 + stream.uniform());
    const [t, s] = [stream.uniform(), stream.uniform()];
    const v = u.map((value) => soft(value, t));
    shrinkBlock(v, d, s);
    const value = (x: ArrayLike<number>) =>
      Array.from(x).reduce((sum, xi, i) => sum + (d[i] / 2) * xi * xi - u[i] * xi + t * Math.abs(xi), 0) +
      s * Math.hypot(...Array.from(x));
    // A grid that is made finer about its best point, down to 1e-6.
    let [best, width] = [new Array<number>(n).fill(0), 12];
    for (let round = 0; round < 24; round++) {
      let next = best;
      for (let p = -6; p <= 6; p++) {
        for (let q = -6; q <= (n === 2 ? 6 : -6); q++) {
          const x = [best[0] + (width * p) / 6, ...(n === 2 ? [best[1] + (width * q) / 6] : [])];
          if (value(x) < value(next)) next = x;
        }
      }
      best = next;
      width /= 2;
    }
    expect(value(v)).toBeLessThanOrEqual(value(best) + 1e-14);
    // The model is strongly convex with 0.5 at least.
    const distance = Math.hypot(...best.map((xi, i) => xi - v[i]));
    expect(distance).toBeLessThanOrEqual(1e-5);
  }
});

it('steps of a block never rise, and repeated they get to its minimum', () => {
  const stream = randomStream('sparse-group steps');
  for (let trial = 0; trial < 50; trial++) {
    const n = 1 + stream.integer(5);
    const X = Array.from({ length: 8 }, () => Array.from({ length: n }, () => stream.normal()));
    const H = Float64Array.from({ length: n * n }, (_, e) =>
      X.reduce((sum, row) => sum + row[e % n] * row[Math.floor(e / n)], 0),
    );
    const b = Float64Array.from({ length: n }, () => 3 * stream.normal());
    const [t, s] = [stream.uniform(), stream.uniform()];
    const product = (w: ArrayLike<number>, i: number) => b.reduce((sum, _, j) => sum + H[i * n + j] * w[j], 0);
    const value = (w: Float64Array) =>
      w.reduce((sum, v, i) => sum + (v * product(w, i)) / 2 - b[i] * v + t * Math.abs(v), 0) + s * Math.hypot(...w);
    const curvature = curvatureOf(H.slice(), n);
    let w = new Float64Array(n);
    for (let visit = 0; visit < 400; visit++) {
      const next = new Float64Array(n);
      const c = b.map((value_, i) => value_ - product(w, i));
      blockMinimiser(curvature, c, w, s, 0, false, next, t);
      expect(value(next)).toBeLessThanOrEqual(value(w) + 1e-12);
      w = next;
    }
    const size = Math.hypot(...w);
    const left = Array.from(w, (v, i) => {
      const slope = product(w, i) - b[i] + (size > 0 ? (s * v) / size : 0);
      return v === 0 ? soft(slope, t) : slope + t * Math.sign(v);
    });
    expect(Math.max(0, Math.hypot(...left) - (size > 0 ? 0 : s))).toBeLessThanOrEqual(1e-6);
  }
});

it('screening never rules out a group of the support, 200 random designs', () => {
  const { wrong, screened } = screenSparseGroups(200, 'sparse-group screening');
  expect(wrong).toBe(0);
  expect(screened).toBeGreaterThan(200);
});
