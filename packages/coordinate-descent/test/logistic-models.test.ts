import { liveArenas, randomStream } from '@lemmata/core';
import { firstDifference } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import {
  type LogisticFit,
  lambdaMax,
  logisticRegression,
  logisticRegressionPath,
  predictClasses,
  predictProbabilities,
} from '../src/index.js';
import { boundOf, kindsOfModels, logisticDual, logisticPrimal, type Model } from './models.js';
import { testProblem } from './problems.js';

const m = 60;
const n = 14;
const dense = testProblem('logistic models', m, n, 1, 0.5);
const thin = testProblem('logistic models, sparse', m, n, 0.3, 1);
// A coefficient with bounds needs a penalty here.
const MODELS = Object.fromEntries(
  Object.entries(kindsOfModels(m, n)).map(([name, options]) => [
    name,
    name === 'everything'
      ? { ...options, penaltyFactors: Array.from({ length: n }, (_, j) => 0.5 + (j % 3)) }
      : options,
  ]),
);

/** Signs with noise, of both kinds among the rows that count. */
function signsOf({ b }: { readonly b: Float64Array }, seed: string): number[] {
  const stream = randomStream(seed);
  const median = [...b].sort((p, q) => p - q)[b.length >> 1];
  return Array.from(b, (value) => (value - median + stream.normal() / 3 > 0 ? 1 : -1));
}

/** Sums of m + n terms, none above a few units. */
const ROUNDING = 64 * Number.EPSILON * (m + n);

function audit(problem: typeof dense, y: number[], model: Model, fit: LogisticFit): void {
  const largest = Math.max(...problem.rows.map((row) => Math.hypot(...row)));
  const { coefficients, intercept, objective, certificate, status } = fit;
  const primal = logisticPrimal(problem.rows, y, model, coefficients, intercept);
  const dual = logisticDual(problem.rows, y, model, certificate.dual, 64 * Number.EPSILON * (m + 64) * largest);
  expect(status).toBe('converged');
  expect(Math.abs(primal - objective)).toBeLessThanOrEqual(ROUNDING);
  expect(primal - dual).toBeLessThanOrEqual(certificate.gap + ROUNDING);
  expect(certificate.relativeGap).toBeLessThanOrEqual(1e-8);
  coefficients.forEach((w, j) => {
    expect(w).toBeGreaterThanOrEqual(boundOf(model.lowerBounds, j, -Infinity));
    expect(w).toBeLessThanOrEqual(boundOf(model.upperBounds, j, Infinity));
  });
}

describe.each(Object.keys(MODELS))('a logistic regression, %s', (name) => {
  for (const [kind, problem] of [['dense', dense] as const, ['sparse', thin] as const]) {
    const A = kind === 'dense' ? problem.dense : problem.sparse;
    const y = signsOf(problem, kind);
    for (const intercept of [true, false]) {
      for (const l1Ratio of [1, 0.4]) {
        it(`has the gap that it certifies: ${kind}, intercept ${intercept}, l1Ratio ${l1Ratio}`, () => {
          for (const lambda of [0.03, 0.003]) {
            const options = { ...MODELS[name], intercept, l1Ratio, lambda };
            const fit = logisticRegression(A, y, { ...options, tolerance: 1e-8 });
            audit(problem, y, options, fit);
            const other = logisticRegression(A, y, { ...options, tolerance: 1e-8, backend: 'js' });
            expect(firstDifference(other.coefficients, fit.coefficients)).toBe(-1);
          }
        });
      }
    }
  }

  it('has paths that certify every lambda and agree with single fits', () => {
    const y = signsOf(dense, 'dense');
    const options = { ...MODELS[name], l1Ratio: 0.8, tolerance: 1e-8 };
    const path = logisticRegressionPath(dense.dense, y, { ...options, numLambdas: 8, minRatio: 0.02 });
    expect(path.status).toBe('converged');
    path.lambdas.forEach((lambda, t) => {
      const single = logisticRegression(dense.dense, y, { ...options, lambda });
      const bound = path.gaps[t] + single.certificate.gap + ROUNDING;
      expect(Math.abs(path.objectives[t] - single.objective)).toBeLessThanOrEqual(bound);
    });
    const penalised = (from: number, to: number) =>
      Array.from(path.coefficients.indices.slice(from, to)).filter((j) => (MODELS[name].penaltyFactors?.[j] ?? 1) > 0);
    expect(penalised(path.coefficients.indptr[0], path.coefficients.indptr[1])).toEqual([]);
  });

  it('leaves no memory behind', () => {
    expect(liveArenas()).toBe(0);
  });
});

describe('what options of a logistic regression mean', () => {
  const { rows } = dense;
  const y = signsOf(dense, 'dense');
  const lambda = 0.01;
  const tolerance = 1e-10;

  it('a weight of 2 is two equal rows, a weight of 0 is none', () => {
    const twice = logisticRegression([...rows, rows[3]], [...y, y[3]], { lambda, tolerance });
    const weighted = logisticRegression(rows, y, {
      lambda,
      tolerance,
      sampleWeights: rows.map((_, i) => (i === 3 ? 2 : 1)),
    });
    expect(Math.abs(twice.objective - weighted.objective)).toBeLessThan(
      twice.certificate.gap + weighted.certificate.gap + ROUNDING,
    );
    const without = logisticRegression(rows.slice(1), y.slice(1), { lambda, tolerance });
    const hidden = logisticRegression(rows, y, {
      lambda,
      tolerance,
      sampleWeights: rows.map((_, i) => (i === 0 ? 0 : 1)),
    });
    expect(Math.abs(without.objective - hidden.objective)).toBeLessThan(
      without.certificate.gap + hidden.certificate.gap + ROUNDING,
    );
  });

  it('an offset equal for all rows is taken up by the intercept', () => {
    const plain = logisticRegression(rows, y, { lambda, tolerance });
    const moved = logisticRegression(rows, y, { lambda, tolerance, offset: rows.map(() => 0.7) });
    expect(Math.abs(plain.objective - moved.objective)).toBeLessThan(
      plain.certificate.gap + moved.certificate.gap + ROUNDING,
    );
    // The loss is strongly convex in the intercept near the solution: 10^-10 of gap leaves five digits.
    expect(moved.intercept + 0.7).toBeCloseTo(plain.intercept, 4);
  });

  it('an offset that is a column with factor 0 changes its coefficient by 1', () => {
    const penaltyFactors = rows[0].map((_, j) => (j === 2 ? 0 : 1));
    const plain = logisticRegression(rows, y, { lambda, tolerance, penaltyFactors });
    const moved = logisticRegression(rows, y, { lambda, tolerance, penaltyFactors, offset: rows.map((row) => row[2]) });
    expect(Math.abs(plain.objective - moved.objective)).toBeLessThan(
      plain.certificate.gap + moved.certificate.gap + ROUNDING,
    );
    expect(moved.coefficients[2] + 1).toBeCloseTo(plain.coefficients[2], 3);
  });

  it('standardize is a fit on scaled columns', () => {
    const mean = rows[0].map((_, j) => rows.reduce((sum, row) => sum + row[j], 0) / m);
    const deviation = mean.map((value, j) => Math.sqrt(rows.reduce((sum, row) => sum + (row[j] - value) ** 2, 0) / m));
    const scaled = logisticRegression(
      rows.map((row) => row.map((value, j) => value / deviation[j])),
      y,
      { lambda, tolerance },
    );
    const standardized = logisticRegression(rows, y, { lambda, tolerance, standardize: true });
    expect(Math.abs(scaled.objective - standardized.objective)).toBeLessThan(
      scaled.certificate.gap + standardized.certificate.gap + ROUNDING,
    );
  });

  it('predicts probabilities of the second class, and the likelier class', () => {
    const fit = logisticRegression(
      rows,
      y.map((sign) => sign > 0),
      { lambda },
    );
    const p = predictProbabilities(fit, rows);
    const right = predictClasses(fit, rows).filter((label, i) => label === y[i] > 0).length;
    expect(right).toBeGreaterThan(0.7 * m);
    predictClasses(fit, rows).forEach((label, i) => {
      expect(label).toBe(p[i] > 0.5);
    });
  });

  it('lambdaMax of least squares on the signs, halved, is where the first coefficient comes in', () => {
    const half = lambdaMax(
      rows,
      y.map((sign) => sign / 2),
    );
    const path = logisticRegressionPath(rows, y, { numLambdas: 3, minRatio: 0.5 });
    expect(path.lambdas[0]).toBeCloseTo(half, 12);
  });

  it.each(Array.from({ length: 40 }, (_, seed) => seed))('converges to 1e-10 on random instance %s', (seed) => {
    const problem = testProblem(`tight ${seed}`, 30, 6);
    const labels = signsOf(problem, `tight ${seed}`);
    const fit = logisticRegression(problem.rows, labels, { lambda: 0.02, tolerance });
    expect([fit.status, fit.certificate.relativeGap <= tolerance]).toEqual(['converged', true]);
  });
});
