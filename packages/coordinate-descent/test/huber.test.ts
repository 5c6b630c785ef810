import { liveArenas } from '@lemmata/core';
import { firstDifference } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import {
  elasticNet,
  huberRegression,
  huberRegressionAsync,
  huberRegressionIterations,
  huberRegressionLambdaMax,
  huberRegressionPath,
  huberRegressionPathAsync,
  type LassoFit,
  prepareDesign,
} from '../src/index.js';
import { boundOf, huberDual, huberPrimal, kindsOfModels, type Model } from './models.js';
import { type TestProblem, testProblem } from './problems.js';
import { expectRefusal } from './refusal.js';
import { acceleratedSteps, modelOf, worstViolation } from './row-loss-oracle.js';

const m = 60;
const n = 14;
const EPSILON = 0.3;

/** Data with a few rows far off. */
function spoiled(seed: string, rows: number, cols: number, density = 1, shift = 0): TestProblem {
  const problem = testProblem(seed, rows, cols, density, shift);
  return { ...problem, b: problem.b.map((value, i) => (i % 9 === 3 ? 12 * value + 3 : value)) };
}

const dense = spoiled('huber models', m, n, 1, 0.5);
const thin = spoiled('huber models, sparse', m, n, 0.3, 1);
// A coefficient with bounds needs a penalty here.
const MODELS = Object.fromEntries(
  Object.entries(kindsOfModels(m, n)).map(([name, options]) => [
    name,
    name === 'everything'
      ? { ...options, penaltyFactors: Array.from({ length: n }, (_, j) => 0.5 + (j % 3)) }
      : options,
  ]),
);

/** Sums of rows + columns terms, none above a few units beside the objective at 0. */
function roundingOf(problem: TestProblem, model: Model): number {
  const atZero = huberPrimal(problem.rows, problem.b, EPSILON, model, new Array(problem.rows[0].length).fill(0), 0);
  return 64 * Number.EPSILON * (problem.rows.length + problem.rows[0].length) * (1 + atZero);
}

function slopeOf({ b }: TestProblem): (z: number, i: number) => number {
  return (z, i) => Math.max(-EPSILON, Math.min(EPSILON, z - b[i]));
}

function audit(problem: TestProblem, model: Model, fit: LassoFit): void {
  const { coefficients, intercept, objective, certificate, status } = fit;
  const rounding = roundingOf(problem, model);
  const largest = Math.max(...problem.rows.map((row) => Math.hypot(...row))) * Math.max(...problem.b.map(Math.abs));
  const primal = huberPrimal(problem.rows, problem.b, EPSILON, model, coefficients, intercept);
  const slack = 64 * Number.EPSILON * (problem.rows.length + 64) * largest;
  const dual = huberDual(problem.rows, problem.b, EPSILON, model, certificate.dual, slack);
  expect(status).toBe('converged');
  expect(Math.abs(primal - objective)).toBeLessThanOrEqual(rounding);
  expect(primal - dual).toBeLessThanOrEqual(certificate.gap + rounding);
  expect(certificate.relativeGap).toBeLessThanOrEqual(1e-8);
  coefficients.forEach((w, j) => {
    expect(w).toBeGreaterThanOrEqual(boundOf(model.lowerBounds, j, -Infinity));
    expect(w).toBeLessThanOrEqual(boundOf(model.upperBounds, j, Infinity));
  });
  const violation = worstViolation(
    problem.rows,
    slopeOf(problem),
    model,
    coefficients,
    intercept,
    certificate.gap + rounding,
  );
  expect(violation).toBeLessThanOrEqual(0);
}

describe.each(Object.keys(MODELS))('a Huber regression, %s', (name) => {
  for (const [kind, problem] of [['dense', dense] as const, ['sparse', thin] as const]) {
    const A = kind === 'dense' ? problem.dense : problem.sparse;
    for (const intercept of [true, false]) {
      for (const l1Ratio of [1, 0.4]) {
        it(`has the gap that it certifies: ${kind}, intercept ${intercept}, l1Ratio ${l1Ratio}`, () => {
          for (const lambda of [0.03, 0.003]) {
            const model = { ...MODELS[name], intercept, l1Ratio, lambda };
            const options = { ...model, epsilon: EPSILON, tolerance: 1e-8 };
            const fit = huberRegression(A, problem.b, options);
            audit(problem, model, fit);
            const other = huberRegression(A, problem.b, { ...options, backend: 'js' });
            expect(firstDifference(other.coefficients, fit.coefficients)).toBe(-1);
            expect(firstDifference(other.certificate.dual, fit.certificate.dual)).toBe(-1);
          }
        });
      }
    }
  }

  it('has paths that certify every lambda and agree with single fits', () => {
    const options = { ...MODELS[name], l1Ratio: 0.8, tolerance: 1e-8, epsilon: EPSILON };
    const path = huberRegressionPath(dense.dense, dense.b, { ...options, numLambdas: 6, minRatio: 0.02 });
    expect(path.status).toBe('converged');
    path.lambdas.forEach((lambda, t) => {
      const single = huberRegression(dense.dense, dense.b, { ...options, lambda });
      const bound = path.gaps[t] + single.certificate.gap + roundingOf(dense, { ...options, lambda, intercept: true });
      expect(Math.abs(path.objectives[t] - single.objective)).toBeLessThanOrEqual(bound);
    });
  });

  it('has its first coefficient just below the largest lambda', () => {
    const options = { ...MODELS[name], epsilon: EPSILON };
    const lambda = huberRegressionLambdaMax(dense.dense, dense.b, options);
    const penalised = (fit: LassoFit) =>
      Array.from(fit.activeSet).filter((j) => (MODELS[name].penaltyFactors?.[j] ?? 1) > 0).length;
    expect(penalised(huberRegression(dense.dense, dense.b, { ...options, lambda }))).toBe(0);
    expect(penalised(huberRegression(dense.dense, dense.b, { ...options, lambda: 0.99 * lambda }))).toBeGreaterThan(0);
    const first = huberRegressionPath(dense.dense, dense.b, { ...options, numLambdas: 1 }).lambdas[0];
    expect(first).toBe(lambda);
  });

  it('leaves no memory behind', () => {
    expect(liveArenas()).toBe(0);
  });
});

describe('against accelerated proximal gradient steps', () => {
  it.each(Array.from({ length: 24 }, (_, k) => k))('instance %s', (k) => {
    const problem = spoiled(`huber steps ${k}`, 30, 6, k % 2 === 0 ? 1 : 0.4);
    const model = modelOf(k, 30, 6, 0.02);
    const options = { ...model, epsilon: EPSILON, tolerance: 1e-8 };
    const fit = huberRegression(k % 2 === 0 ? problem.dense : problem.sparse, problem.b, options);
    audit(problem, model, fit);
    const truth = acceleratedSteps(problem.rows, slopeOf(problem), model, 1500);
    const found = huberPrimal(problem.rows, problem.b, EPSILON, model, truth.w, truth.c);
    const rounding = roundingOf(problem, model);
    expect(fit.objective).toBeLessThanOrEqual(found + fit.certificate.gap + rounding);
    expect(found).toBeLessThanOrEqual(fit.objective + truth.above(fit.coefficients, fit.intercept) + rounding);
  });
});

describe('what a Huber regression means', () => {
  const { rows, b } = dense;
  const lambda = 0.01;
  const tolerance = 1e-10;

  it.each(Object.keys(MODELS))('with a huge epsilon it is the elastic net, %s', (name) => {
    const options = { ...MODELS[name], lambda, tolerance: 1e-9, l1Ratio: 0.7 };
    const squares = elasticNet(rows, b, options);
    const fit = huberRegression(rows, b, { ...options, epsilon: 1e6 });
    const rounding = 64 * Number.EPSILON * (m + n) * b.reduce((sum, value) => sum + value * value, 1);
    expect(fit.status).toBe('converged');
    expect(Math.abs(fit.objective - squares.objective)).toBeLessThanOrEqual(
      fit.certificate.gap + squares.certificate.gap + rounding,
    );
  });

  it('rows beyond epsilon pull the same however far off they are', () => {
    const near = huberRegression(rows, b, { lambda, epsilon: EPSILON, tolerance });
    const inside = rows.map(
      (row, i) => row.reduce((sum, a, j) => sum + a * near.coefficients[j], near.intercept) - b[i],
    );
    const far = b.map((value, i) => (Math.abs(inside[i]) > 2 * EPSILON ? value - 100 * Math.sign(inside[i]) : value));
    const fit = huberRegression(rows, far, { lambda, epsilon: EPSILON, tolerance });
    // Coefficients that solve one problem solve the other: on the first data the second fit is as good.
    const model = { lambda, l1Ratio: 1, intercept: true };
    const value = huberPrimal(rows, b, EPSILON, model, fit.coefficients, fit.intercept);
    expect(value).toBeLessThanOrEqual(near.objective + 1e-7);
    expect(Array.from(fit.activeSet)).toEqual(Array.from(near.activeSet));
  });

  it('a target moved by a large number moves the intercept', () => {
    const plain = huberRegression(rows, b, { lambda, epsilon: EPSILON, tolerance });
    const moved = huberRegression(
      rows,
      b.map((value) => value + 2 ** 30),
      { lambda, epsilon: EPSILON, tolerance },
    );
    expect(moved.status).toBe('converged');
    // b keeps 22 bits behind the point, and each row's loss is at most epsilon times that apart.
    const apart = EPSILON * 2 ** -22;
    expect(Math.abs(moved.objective - plain.objective)).toBeLessThanOrEqual(
      apart + plain.certificate.gap + moved.certificate.gap,
    );
    expect(moved.intercept - 2 ** 30).toBeCloseTo(plain.intercept, 4);
  });

  it('a constant target and a single row leave nothing to fit', () => {
    for (const [A, target] of [
      [rows, rows.map(() => 0.1)],
      [[[1, 2]], [5]],
    ] as const) {
      const fit = huberRegression(A as number[][], target, { lambda });
      expect([fit.status, fit.objective, fit.activeSet.length]).toEqual(['converged', 0, 0]);
      expect(fit.intercept).toBe(target[0]);
    }
  });

  it('the median, when all rows are beyond epsilon', () => {
    const target = [0, 1, 5, 100, 1000];
    const fit = huberRegression(
      target.map(() => [0]),
      target,
      { lambda, epsilon: 1e-3 },
    );
    expect(fit.intercept).toBeCloseTo(5, 9);
  });

  it('gives the same bits at once, in slices and step by step', async () => {
    const options = { lambda, epsilon: EPSILON };
    const fit = huberRegression(rows, b, options);
    const later = await huberRegressionAsync(rows, b, options);
    const steps = huberRegressionIterations(rows, b, options);
    let next = steps.next();
    while (next.done !== true) next = steps.next();
    const design = prepareDesign(rows);
    const prepared = huberRegression(design, b, options);
    design.dispose();
    for (const other of [later, next.value, prepared]) {
      expect(firstDifference(other.coefficients, fit.coefficients)).toBe(-1);
    }
    const path = huberRegressionPath(rows, b, { epsilon: EPSILON, numLambdas: 4 });
    const pathLater = await huberRegressionPathAsync(rows, b, { epsilon: EPSILON, numLambdas: 4 });
    expect(firstDifference(pathLater.coefficients.data, path.coefficients.data)).toBe(-1);
  });
});

// biome-ignore lint/suspicious/noExplicitAny: wrong types are the point
type Wrong = any;
const A = [
  [1, 2],
  [3, 4],
  [5, 7],
];
const target = [1, 2, 3];

describe('bad input of a Huber regression', () => {
  it.each<[string, () => unknown, string, string]>([
    [
      'epsilon 0',
      () => huberRegression(A, target, { lambda: 1, epsilon: 0 }),
      'ERR_OPTION',
      'options.epsilon: expected',
    ],
    ['epsilon NaN', () => huberRegression(A, target, { lambda: 1, epsilon: NaN }), 'ERR_OPTION', 'options.epsilon'],
    ['epsilon of a path', () => huberRegressionPath(A, target, { epsilon: -1 }), 'ERR_OPTION', 'options.epsilon'],
    [
      'epsilon of lambdaMax',
      () => huberRegressionLambdaMax(A, target, { epsilon: -1 }),
      'ERR_OPTION',
      'options.epsilon',
    ],
    ['a word', () => huberRegression(A, target, { lambda: 1, epsilon: 'x' as Wrong }), 'ERR_OPTION', 'options.epsilon'],
    ['no lambda', () => huberRegression(A, target, {} as Wrong), 'ERR_OPTION', 'options.lambda'],
    [
      'an algorithm',
      () => huberRegression(A, target, { lambda: 1, algorithm: 'cyclic' } as Wrong),
      'ERR_OPTION',
      'algorithm',
    ],
    ['l1Ratio', () => huberRegression(A, target, { lambda: 1, l1Ratio: 2 }), 'ERR_OPTION', 'options.l1Ratio'],
    ['no grid', () => huberRegressionPath(A, target, { l1Ratio: 0 }), 'ERR_OPTION', 'options.lambdas'],
    ['b too short', () => huberRegression(A, [1, 2], { lambda: 1 }), 'ERR_DIMENSION', 'b: expected length 3'],
    ['b infinite', () => huberRegression(A, [1, Infinity, 2], { lambda: 1 }), 'ERR_NOT_FINITE', 'b[1]'],
    [
      'weights',
      () => huberRegression(A, target, { lambda: 1, sampleWeights: [1, -1, 1] }),
      'ERR_OPTION',
      'sampleWeights[1]',
    ],
    [
      'a bound without a penalty',
      () => huberRegression(A, target, { lambda: 1, penaltyFactors: [0, 1], upperBounds: 1 }),
      'ERR_INCOMPATIBLE',
      'options.penaltyFactors[0]',
    ],
    [
      'a design with weights',
      () => {
        const design = prepareDesign(A, { sampleWeights: [1, 2, 1] });
        try {
          huberRegression(design, target, { lambda: 1 });
        } finally {
          design.dispose();
        }
      },
      'ERR_INCOMPATIBLE',
      'A: expected a design prepared without sampleWeights',
    ],
  ])('%s', (_name, call, code, message) => {
    expectRefusal(call, code, message);
    expect(liveArenas()).toBe(0);
  });
});
