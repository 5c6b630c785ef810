import { liveArenas, randomStream } from '@lemmata/core';
import { firstDifference } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import {
  minimize,
  predict,
  predictClasses,
  prepareDesign,
  type SquaredHingeFit,
  squaredHinge,
  squaredHingeClassification,
  squaredHingeClassificationAsync,
  squaredHingeClassificationIterations,
  squaredHingeClassificationLambdaMax,
  squaredHingeClassificationPath,
  squaredHingeClassificationPathAsync,
} from '../src/index.js';
import { boundOf, kindsOfModels, type Model, squaredHingeDual, squaredHingePrimal } from './models.js';
import { type TestProblem, testProblem } from './problems.js';
import { expectRefusal } from './refusal.js';
import { acceleratedSteps, modelOf, worstViolation } from './row-loss-oracle.js';

const m = 60;
const n = 14;
const dense = testProblem('hinge models', m, n, 1, 0.5);
const thin = testProblem('hinge models, sparse', m, n, 0.3, 1);
// A coefficient with bounds needs a penalty here.
const MODELS = Object.fromEntries(
  Object.entries(kindsOfModels(m, n)).map(([name, options]) => [
    name,
    name === 'everything'
      ? { ...options, penaltyFactors: Array.from({ length: n }, (_, j) => 0.5 + (j % 3)) }
      : options,
  ]),
);

/** Signs with noise, of both kinds. */
function signsOf({ b }: TestProblem, seed: string): number[] {
  const stream = randomStream(seed);
  const median = [...b].sort((p, q) => p - q)[b.length >> 1];
  return Array.from(b, (value) => (value - median + stream.normal() / 3 > 0 ? 1 : -1));
}

/** Sums of rows + columns terms, none above a few units beside the objective at 0, which is below 5 with these offsets. */
function roundingOf({ rows }: TestProblem): number {
  return 512 * Number.EPSILON * (rows.length + rows[0].length);
}

function slopeOf(y: readonly number[]): (z: number, i: number) => number {
  return (z, i) => -y[i] * Math.max(0, 1 - y[i] * z);
}

function audit(problem: TestProblem, y: number[], model: Model, fit: SquaredHingeFit): void {
  const { coefficients, intercept, objective, certificate, status } = fit;
  const rounding = roundingOf(problem);
  const largest = Math.max(...problem.rows.map((row) => Math.hypot(...row)));
  const primal = squaredHingePrimal(problem.rows, y, model, coefficients, intercept);
  const slack = 256 * Number.EPSILON * (problem.rows.length + 64) * largest;
  const dual = squaredHingeDual(problem.rows, y, model, certificate.dual, slack);
  expect(status).toBe('converged');
  expect(Math.abs(primal - objective)).toBeLessThanOrEqual(rounding);
  expect(primal - dual).toBeLessThanOrEqual(certificate.gap + rounding);
  expect(certificate.relativeGap).toBeLessThanOrEqual(1e-8);
  coefficients.forEach((w, j) => {
    expect(w).toBeGreaterThanOrEqual(boundOf(model.lowerBounds, j, -Infinity));
    expect(w).toBeLessThanOrEqual(boundOf(model.upperBounds, j, Infinity));
  });
  const gap = certificate.gap + rounding;
  expect(worstViolation(problem.rows, slopeOf(y), model, coefficients, intercept, gap)).toBeLessThanOrEqual(0);
}

describe.each(Object.keys(MODELS))('a classification by the squared hinge, %s', (name) => {
  for (const [kind, problem] of [['dense', dense] as const, ['sparse', thin] as const]) {
    const A = kind === 'dense' ? problem.dense : problem.sparse;
    const y = signsOf(problem, kind);
    for (const intercept of [true, false]) {
      for (const l1Ratio of [1, 0.4]) {
        it(`has the gap that it certifies: ${kind}, intercept ${intercept}, l1Ratio ${l1Ratio}`, () => {
          for (const lambda of [0.03, 0.003]) {
            const model = { ...MODELS[name], intercept, l1Ratio, lambda };
            const fit = squaredHingeClassification(A, y, { ...model, tolerance: 1e-8 });
            audit(problem, y, model, fit);
            const other = squaredHingeClassification(A, y, { ...model, tolerance: 1e-8, backend: 'js' });
            expect(firstDifference(other.coefficients, fit.coefficients)).toBe(-1);
            expect(firstDifference(other.certificate.dual, fit.certificate.dual)).toBe(-1);
          }
        });
      }
    }
  }

  it('has paths that certify every lambda and agree with single fits', () => {
    const y = signsOf(dense, 'dense');
    const options = { ...MODELS[name], l1Ratio: 0.8, tolerance: 1e-8 };
    const path = squaredHingeClassificationPath(dense.dense, y, { ...options, numLambdas: 6, minRatio: 0.02 });
    expect([path.status, ...path.classes]).toEqual(['converged', -1, 1]);
    path.lambdas.forEach((lambda, t) => {
      const single = squaredHingeClassification(dense.dense, y, { ...options, lambda });
      const bound = path.gaps[t] + single.certificate.gap + roundingOf(dense);
      expect(Math.abs(path.objectives[t] - single.objective)).toBeLessThanOrEqual(bound);
    });
  });

  it('has its first coefficient just below the largest lambda', () => {
    const y = signsOf(dense, 'dense');
    const options = MODELS[name];
    const lambda = squaredHingeClassificationLambdaMax(dense.dense, y, options);
    const penalised = (share: number) =>
      Array.from(squaredHingeClassification(dense.dense, y, { ...options, lambda: share * lambda }).activeSet).filter(
        (j) => (MODELS[name].penaltyFactors?.[j] ?? 1) > 0,
      ).length;
    expect(penalised(1)).toBe(0);
    expect(penalised(0.99)).toBeGreaterThan(0);
  });

  it('leaves no memory behind', () => {
    expect(liveArenas()).toBe(0);
  });
});

describe('against accelerated proximal gradient steps', () => {
  it.each(Array.from({ length: 24 }, (_, k) => k))('instance %s', (k) => {
    const problem = testProblem(`hinge steps ${k}`, 30, 6, k % 2 === 0 ? 1 : 0.4);
    const y = signsOf(problem, `hinge steps ${k}`);
    const model = modelOf(k, 30, 6, 0.02);
    const A = k % 2 === 0 ? problem.dense : problem.sparse;
    const fit = squaredHingeClassification(A, y, { ...model, tolerance: 1e-8 });
    audit(problem, y, model, fit);
    const truth = acceleratedSteps(problem.rows, slopeOf(y), model, 1500);
    const found = squaredHingePrimal(problem.rows, y, model, truth.w, truth.c);
    const rounding = roundingOf(problem);
    expect(fit.objective).toBeLessThanOrEqual(found + fit.certificate.gap + rounding);
    expect(found).toBeLessThanOrEqual(fit.objective + truth.above(fit.coefficients, fit.intercept) + rounding);
  });
});

describe('what a classification by the squared hinge means', () => {
  const { rows } = dense;
  const y = signsOf(dense, 'dense');
  const lambda = 0.01;

  it('is what block coordinate descent finds with a column of ones', () => {
    const smooth = squaredHinge(
      rows.map((row) => [...row, 1]),
      y,
    );
    const l1 = [...rows[0].map(() => m * lambda), 0];
    const blocks = minimize({ smooth, l1 }, { blockSize: 5, selection: 'gs-q', tolerance: 1e-9 });
    const fit = squaredHingeClassification(rows, y, { lambda, tolerance: 1e-10 });
    // Nearly optimal for one is nearly optimal for the other, whose gap bounds how far it can fall.
    expect(fit.objective).toBeLessThanOrEqual(blocks.objective / m + fit.certificate.gap + roundingOf(dense));
    expect(blocks.objective / m).toBeLessThanOrEqual(fit.objective + 1e-6);
  });

  it('a separable problem with a small penalty leaves every row but the nearest ones beyond its margin', () => {
    const labels = rows.map((row) => (row[0] - row[1] > 0 ? 'right' : 'left'));
    const fit = squaredHingeClassification(rows, labels, { lambda: 1e-5, tolerance: 1e-8 });
    expect([fit.status, ...fit.classes]).toEqual(['converged', 'left', 'right']);
    expect(predictClasses(fit, rows)).toEqual(labels);
  });

  it('rows beyond their margin do not count', () => {
    const fit = squaredHingeClassification(rows, y, { lambda, tolerance: 1e-10 });
    const scores = predict(fit, rows);
    const kept = rows.map((_, i) => i).filter((i) => y[i] * scores[i] < 1 + 1e-3);
    expect(kept.length).toBeLessThan(m);
    const less = squaredHingeClassification(
      kept.map((i) => rows[i]),
      kept.map((i) => y[i]),
      { lambda: (lambda * m) / kept.length, tolerance: 1e-10 },
    );
    const gaps = fit.certificate.gap * m + less.certificate.gap * kept.length;
    expect(Math.abs(less.objective * kept.length - fit.objective * m)).toBeLessThanOrEqual(
      gaps + m * roundingOf(dense),
    );
  });

  it('predicts the second class where the score is above 0', () => {
    const fit = squaredHingeClassification(
      rows,
      y.map((sign) => sign > 0),
      { lambda },
    );
    const scores = predict(fit, rows);
    predictClasses(fit, rows).forEach((label, i) => {
      expect(label).toBe(scores[i] > 0);
    });
    expect(fit.classes).toEqual([false, true]);
  });

  it('gives the same bits at once, in slices, step by step and from a prepared design', async () => {
    const fit = squaredHingeClassification(rows, y, { lambda });
    const later = await squaredHingeClassificationAsync(rows, y, { lambda });
    const steps = squaredHingeClassificationIterations(rows, y, { lambda });
    let next = steps.next();
    while (next.done !== true) next = steps.next();
    const design = prepareDesign(rows);
    const prepared = squaredHingeClassification(design, y, { lambda });
    design.dispose();
    for (const other of [later, next.value, prepared]) {
      expect(firstDifference(other.coefficients, fit.coefficients)).toBe(-1);
    }
    const path = squaredHingeClassificationPath(rows, y, { numLambdas: 4 });
    const pathLater = await squaredHingeClassificationPathAsync(rows, y, { numLambdas: 4 });
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
const labels = [0, 1, 1];

describe('bad input of a classification by the squared hinge', () => {
  it.each<[string, () => unknown, string, string]>([
    ['one class', () => squaredHingeClassification(A, [1, 1, 1], { lambda: 1 }), 'ERR_INPUT', 'labels: expected'],
    [
      'three classes',
      () => squaredHingeClassification(A, [0, 1, 2], { lambda: 1 }),
      'ERR_INPUT',
      'expected two classes',
    ],
    [
      'few labels',
      () => squaredHingeClassification(A, [0, 1], { lambda: 1 }),
      'ERR_DIMENSION',
      'labels: expected length 3',
    ],
    ['mixed labels', () => squaredHingeClassification(A, [0, 'a', 1], { lambda: 1 }), 'ERR_INPUT', 'labels[1]'],
    ['no lambda', () => squaredHingeClassification(A, labels, {} as Wrong), 'ERR_OPTION', 'options.lambda'],
    [
      'epsilon',
      () => squaredHingeClassification(A, labels, { lambda: 1, epsilon: 1 } as Wrong),
      'ERR_OPTION',
      'epsilon',
    ],
    [
      'a path without grid',
      () => squaredHingeClassificationPath(A, labels, { l1Ratio: 0 }),
      'ERR_OPTION',
      'options.lambdas',
    ],
    [
      'lambdaMax',
      () => squaredHingeClassificationLambdaMax(A, labels, { l1Ratio: 0 }),
      'ERR_OPTION',
      'options.l1Ratio',
    ],
    [
      'a class without weight',
      () => squaredHingeClassification(A, labels, { lambda: 1, sampleWeights: [0, 1, 1] }),
      'ERR_OPTION',
      'options.sampleWeights: expected a weight > 0 in each class',
    ],
    [
      'a bound without a penalty',
      () => squaredHingeClassification(A, labels, { lambda: 1, penaltyFactors: [0, 1], lowerBounds: 0 }),
      'ERR_INCOMPATIBLE',
      'options.penaltyFactors[0]',
    ],
  ])('%s', (_name, call, code, message) => {
    expectRefusal(call, code, message);
    expect(liveArenas()).toBe(0);
  });
});
