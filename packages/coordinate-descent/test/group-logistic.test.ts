// Logistic regression on groups, against steps and sums that share no code with the package.
import { liveArenas, randomStream } from '@lemmata/core';
import { naiveProduct } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import {
  type GroupLogisticFit,
  groupLogisticRegression,
  groupLogisticRegressionAsync,
  groupLogisticRegressionCrossValidation,
  groupLogisticRegressionCrossValidationAsync,
  groupLogisticRegressionIterations,
  groupLogisticRegressionLambdaMax,
  groupLogisticRegressionPath,
  groupLogisticRegressionPathAsync,
  logisticRegression,
  predict,
  predictProbabilities,
  prepareDesign,
} from '../src/index.js';
import { dualExcess, type MixedNorm, mixedNorm, mixedProximal } from './group-oracle.js';
import { testProblem } from './problems.js';
import { expectRefusal } from './refusal.js';

const N = 10;
const GROUPS = [[0, 4], [1], [2, 3, 5], [6, 7, 8, 9]];
const ROOTS = GROUPS.map(({ length }) => Math.sqrt(length));
/** Some hundreds of roundings of numbers of size 1. */
const ROUNDING = 1e-13;

function instance(seed: string, m: number, density: number, shift: number) {
  const problem = testProblem(`group logistic ${seed}`, m, N, density, shift);
  const noise = randomStream(`group logistic noise ${seed}`);
  const mean = problem.rows.reduce((sum, row) => sum + row[0] - row[2], 0) / m;
  const signs = problem.rows.map((row, i) =>
    i < 2 ? 2 * i - 1 : row[0] - row[2] - mean + noise.normal() > 0 ? 1 : -1,
  );
  return { ...problem, signs, labels: signs.map((s) => (s > 0 ? 'yes' : 'no')) };
}

interface Model extends MixedNorm {
  readonly h?: readonly number[];
  readonly offset?: readonly number[];
}

/** F per sample, by the definition. */
function objectiveOf(rows: number[][], y: number[], model: Model, w: ArrayLike<number>, c: number): number {
  const { h, offset } = model;
  const loss = naiveProduct(rows, w).reduce((sum, z, i) => {
    const t = -y[i] * (z + c + (offset?.[i] ?? 0));
    return sum + (h?.[i] ?? 1) * (Math.max(0, t) + Math.log1p(Math.exp(-Math.abs(t))));
  }, 0);
  return loss / rows.length + mixedNorm(w, GROUPS, model);
}

/** The value that plain proximal gradient steps with momentum reach. */
function proximalGradient(rows: number[][], y: number[], model: Model, steps: number): number {
  const m = rows.length;
  const { h, offset } = model;
  const most = Math.max(1, ...(h ?? []));
  const step = (4 * m) / (most * rows.reduce((sum, row) => sum + row.reduce((part, a) => part + a * a, 1), 0));
  let w = new Array<number>(N + 1).fill(0);
  let at = w;
  let best = Infinity;
  for (let k = 0, speed = 1; k < steps; k++) {
    const r = naiveProduct(rows, at.slice(0, N)).map((z, i) => {
      const form = z + at[N] + (offset?.[i] ?? 0);
      return (-(h?.[i] ?? 1) * y[i]) / (1 + Math.exp(y[i] * form));
    });
    const moved = at.map(
      (value, j) => value - (step / m) * rows.reduce((sum, row, i) => sum + (j === N ? 1 : row[j]) * r[i], 0),
    );
    const next = mixedProximal(moved, GROUPS, step, model);
    const faster = (1 + Math.sqrt(1 + 4 * speed * speed)) / 2;
    at = next.map((value, j) => value + ((speed - 1) / faster) * (value - w[j]));
    w = next;
    speed = faster;
    if (k % 50 === 49) best = Math.min(best, objectiveOf(rows, y, model, w.slice(0, N), w[N]));
  }
  return best;
}

describe.each([
  ['0', 25, 1, 0, 0, ROOTS],
  ['1', 12, 1, 0, 0, ROOTS],
  ['2', 30, 0.4, 0, 0.5, ROOTS],
  ['3', 30, 1, 2, 0.3, ROOTS],
  ['4', 40, 1, 1, 0, [1, 0, 2, 1]],
  ['5', 40, 0.4, 0, 0, [0, 1, 1, 1]],
] as const)('logistic regression on groups, instance %s', (seed, m, density, shift, l1Share, weights) => {
  const { rows, sparse, dense, signs, labels } = instance(seed, m, density, shift);
  const where = { groups: GROUPS, weights, l1Share };
  const largest = groupLogisticRegressionLambdaMax(rows, labels, where);
  const lambda = 0.2 * largest;
  const options = { ...where, lambda, tolerance: 1e-9 };
  const fit = groupLogisticRegression(rows, labels, options);
  const model = { lambda, l1Share, weights };

  it('is within its gap, at every iteration, of a long run of proximal gradient steps', () => {
    const best = proximalGradient(rows, signs, model, 2500);
    expect(fit.status).toBe('converged');
    expect(fit.classes).toEqual(['no', 'yes']);
    const stated = objectiveOf(rows, signs, model, fit.coefficients, fit.intercept);
    expect(Math.abs(stated - fit.objective)).toBeLessThanOrEqual(ROUNDING);
    let states = 0;
    for (const state of groupLogisticRegressionIterations(rows, labels, { ...options, tolerance: 1e-12 })) {
      expect(state.gap).toBeGreaterThanOrEqual(state.objective - best - ROUNDING);
      states++;
    }
    expect(states).toBeGreaterThan(1);
  });

  it('has a dual point that is feasible for all groups and proves the gap', () => {
    const { dual, gap } = fit.certificate;
    expect(dualExcess(rows, dual, GROUPS, model)).toBeLessThanOrEqual(ROUNDING * (1 + lambda));
    expect(Math.abs(dual.reduce((sum, u) => sum + u, 0))).toBeLessThanOrEqual(ROUNDING);
    const value = dual.reduce((sum, u, i) => {
      const p = m * u * signs[i];
      expect(p).toBeGreaterThanOrEqual(0);
      return sum - (p * Math.log(p) + (1 - p) * Math.log1p(-p)) / m;
    }, 0);
    expect(Math.abs(fit.objective - value - gap)).toBeLessThanOrEqual(ROUNDING);
  });

  it('is the same for all forms of the matrix, all entry points and along a path', async () => {
    const near = (objective: number, gap: number) =>
      expect(Math.abs(objective - fit.objective)).toBeLessThanOrEqual(gap + fit.certificate.gap + ROUNDING);
    for (const other of [
      groupLogisticRegression(sparse, labels, options),
      groupLogisticRegression(dense, labels, { ...options, initial: rows[0] }),
    ]) {
      near(other.objective, other.certificate.gap);
    }
    expect((await groupLogisticRegressionAsync(rows, labels, options)).coefficients).toEqual(fit.coefficients);
    expect(groupLogisticRegression(rows, labels, { ...options, backend: 'js' }).coefficients).toEqual(fit.coefficients);
    const design = prepareDesign(rows);
    expect(groupLogisticRegression(design, labels, options).coefficients).toEqual(fit.coefficients);
    design.dispose();
    const grid = { ...where, tolerance: 1e-9, lambdas: [largest, 2 * lambda, lambda] };
    const path = groupLogisticRegressionPath(rows, labels, grid);
    expect(path.statuses).toEqual(['converged', 'converged', 'converged']);
    near(path.objectives[2], path.gaps[2]);
    const later = await groupLogisticRegressionPathAsync(rows, labels, grid);
    expect([later.coefficients, later.classes]).toEqual([path.coefficients, fit.classes]);
    const penalised = (w: ArrayLike<number>) =>
      GROUPS.flatMap((ids, g) => (weights[g] > 0 || l1Share > 0 ? ids.filter((j) => w[j] !== 0) : [])).length;
    const at = (scale: number) => groupLogisticRegression(rows, labels, { ...options, lambda: largest * scale });
    expect(penalised(at(1 + 1e-9).coefficients)).toBe(0);
    expect(penalised(at(0.98).coefficients)).toBeGreaterThan(0);
    const z = naiveProduct(rows, fit.coefficients).map((value) => value + fit.intercept);
    predict(fit, rows).forEach((value, i) => {
      expect(Math.abs(value - z[i])).toBeLessThanOrEqual(1e-12 * (1 + Math.abs(z[i])));
    });
    expect(predictProbabilities(fit, rows)[0]).toBeCloseTo(1 / (1 + Math.exp(-z[0])), 12);
  });
});

it('sample weights, offsets, scaled columns, single columns and factors 0 are those of equal problems', () => {
  const { rows, signs, labels } = instance('options', 24, 1, 1);
  const base = { lambda: 0.05, groups: GROUPS, tolerance: 1e-10 };
  const near = (one: { objective: number; certificate: { gap: number } }, other: typeof one) =>
    expect(Math.abs(one.objective - other.objective)).toBeLessThanOrEqual(
      one.certificate.gap + other.certificate.gap + ROUNDING,
    );
  const sampleWeights = labels.map((_, i) => (i < 6 ? 2 : 1));
  const weighted = groupLogisticRegression(rows, labels, { ...base, sampleWeights });
  near(weighted, groupLogisticRegression([...rows, ...rows.slice(0, 6)], [...labels, ...labels.slice(0, 6)], base));
  const offset = rows.map((row) => row[3] / 2);
  const shifted: GroupLogisticFit = groupLogisticRegression(rows, labels, { ...base, offset });
  const model = { lambda: 0.05, l1Share: 0, weights: ROOTS, offset };
  expect(
    Math.abs(objectiveOf(rows, signs, model, shifted.coefficients, shifted.intercept) - shifted.objective),
  ).toBeLessThanOrEqual(ROUNDING);
  expect(shifted.objective - proximalGradient(rows, signs, model, 1500)).toBeLessThanOrEqual(
    shifted.certificate.gap + ROUNDING,
  );
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = rows[0].map((_, j) => {
    const centre = mean(rows.map((row) => row[j]));
    return Math.sqrt(mean(rows.map((row) => (row[j] - centre) ** 2)));
  });
  const scaled = rows.map((row) => row.map((value, j) => value / spread[j]));
  near(
    groupLogisticRegression(rows, labels, { ...base, standardize: true }),
    groupLogisticRegression(scaled, labels, base),
  );
  const factors = rows[0].map((_, j) => (j === 3 ? 0 : 1 + (j % 2)));
  const single = { lambda: 0.03, tolerance: 1e-10 };
  for (const extra of [{}, { standardize: true }, { sampleWeights }, { intercept: false }]) {
    const one = { ...single, ...extra, groups: factors.map((_, j) => j), weights: factors };
    const fit = groupLogisticRegression(rows, labels, one);
    expect(fit.status).toBe('converged');
    near(fit, logisticRegression(rows, labels, { ...single, ...extra, penaltyFactors: factors }));
  }
});

it('cross-validation measures deviances of fits on the other rows, by the definition', async () => {
  const { rows, sparse, signs, labels } = instance('folds', 30, 1, 0);
  const foldOf = rows.map((_, i) => i % 3);
  const options = { groups: GROUPS, foldOf, lambdas: [0.1, 0.05], tolerance: 1e-12 };
  const chosen = groupLogisticRegressionCrossValidation(rows, labels, options);
  expect([chosen.status, chosen.classes]).toEqual(['converged', ['no', 'yes']]);
  chosen.path.lambdas.forEach((lambda, t) => {
    let total = 0;
    for (let f = 0; f < 3; f++) {
      const outside = rows.flatMap((_, i) => (foldOf[i] === f ? [] : [i]));
      const fit = groupLogisticRegression(
        outside.map((i) => rows[i]),
        outside.map((i) => labels[i]),
        { groups: GROUPS, lambda, tolerance: 1e-12 },
      );
      const z = naiveProduct(rows, fit.coefficients);
      rows.forEach((_, i) => {
        if (foldOf[i] === f) total += (2 * Math.log1p(Math.exp(-signs[i] * (z[i] + fit.intercept)))) / rows.length;
      });
    }
    // Fits to a relative gap of 1e-12 are within 1e-5 of the solution, in units of the linear form.
    expect(Math.abs(chosen.errors[t] - total)).toBeLessThanOrEqual(1e-4 * total);
  });
  const later = await groupLogisticRegressionCrossValidationAsync(sparse, labels, options);
  expect(later.lambda).toBe(chosen.lambda);
});

it('runs that end early are certified and release their memory; data stay untouched', async () => {
  const { rows, sparse, signs, labels } = instance('endings', 24, 1, 0);
  const before = structuredClone([rows, sparse, labels]);
  const options = { groups: GROUPS, lambda: 0.01, tolerance: 0, offset: rows.map((row) => row[1] / 4) };
  const model = { lambda: 0.01, l1Share: 0, weights: ROOTS, offset: options.offset };
  const best = proximalGradient(rows, signs, model, 1500);
  const aborting = new AbortController();
  const runs: GroupLogisticFit[] = [
    groupLogisticRegression(rows, labels, { ...options, maxIterations: 1 }),
    groupLogisticRegression(sparse, labels, { ...options, timeLimitMs: 1e-9 }),
    groupLogisticRegression(rows, labels, { ...options, onIteration: ({ iteration }) => iteration < 2 }),
    await groupLogisticRegressionAsync(sparse, labels, {
      ...options,
      signal: aborting.signal,
      onIteration: () => aborting.abort(),
    }),
  ];
  expect(runs.map(({ status }) => status)).toEqual(['max-iterations', 'time-limit', 'stopped', 'aborted']);
  for (const { objective, certificate } of runs) {
    expect(objective - best).toBeLessThanOrEqual(certificate.gap + ROUNDING);
  }
  for (const { iteration } of groupLogisticRegressionIterations(rows, labels, options)) if (iteration === 1) break;
  expect(liveArenas()).toBe(0);
  expect([rows, sparse, labels]).toEqual(before);
  expect(structuredClone(runs[0])).toEqual(runs[0]);
});

it('refuses what it cannot take, and ends where there is nothing to fit', () => {
  const { rows, labels } = instance('refusals', 12, 1, 0);
  const options = { groups: GROUPS, lambda: 0.1 };
  const three = labels.map((label, i) => (i === 0 ? 'maybe' : label));
  expectRefusal(() => groupLogisticRegression(rows, three, options), 'ERR_INPUT', 'labels: expected two classes');
  expectRefusal(() => groupLogisticRegression(rows, ['a'], options), 'ERR_DIMENSION', 'labels: expected length 12');
  const none = labels.map((label) => (label === 'yes' ? 0 : 1));
  const weightless = () => groupLogisticRegression(rows, labels, { ...options, sampleWeights: none });
  expectRefusal(weightless, 'ERR_OPTION', 'options.sampleWeights: expected a weight > 0 in each class');
  expectRefusal(
    () => groupLogisticRegression(rows, labels, { ...options, offset: [1] }),
    'ERR_DIMENSION',
    'options.offset: expected length 12',
  );
  expectRefusal(
    () => groupLogisticRegressionPath(rows, labels, { groups: [0] }),
    'ERR_DIMENSION',
    'options.groups: expected length 10',
  );
  expectRefusal(
    () => groupLogisticRegressionLambdaMax(rows, labels, options as never),
    'ERR_OPTION',
    'options.lambda: expected one of the options',
  );
  const zeros = groupLogisticRegression(
    rows.map((row) => row.map(() => 0)),
    labels,
    options,
  );
  expect([zeros.status, zeros.activeSet.length]).toEqual(['converged', 0]);
});
