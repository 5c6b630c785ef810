import { liveArenas } from '@lemmata/core';
import { naiveProduct } from '@lemmata/testing';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type CrossValidation,
  elasticNet,
  elasticNetCrossValidation,
  elasticNetCrossValidationAsync,
  elasticNetPath,
  lassoPath,
  logisticRegression,
  logisticRegressionCrossValidation,
  logisticRegressionCrossValidationAsync,
  logisticRegressionPath,
  predict,
} from '../src/index.js';
import { testProblem } from './problems.js';
import { expectRefusal } from './refusal.js';

const m = 60;
const n = 8;
const { rows, sparse, b } = testProblem('cross-validation', m, n, 0.7, 0.2);
const labels = Array.from(b, (value, i) => (value + ((i * 7) % 5) / 10 > 0.3 ? 'yes' : 'no'));
const sampleWeights = Array.from({ length: m }, (_, i) => 1 + (i % 3));
const offset = Array.from({ length: m }, (_, i) => (i % 4) / 4);
const tolerance = 1e-12;
// biome-ignore lint/suspicious/noExplicitAny: wrong types are the point
type Wrong = any;

afterEach(() => {
  expect(liveArenas()).toBe(0);
});

/** Errors of every fold at every lambda by definition, from single fits of its own. */
function foldErrorsOf(
  result: CrossValidation,
  fitOn: (kept: number[], lambda: number) => { coefficients: Float64Array; intercept: number },
  errorOf: (i: number, z: number) => number,
  weights: readonly number[],
): number[] {
  const errors: number[] = [];
  const folds = Math.max(...result.foldOf) + 1;
  for (let f = 0; f < folds; f++) {
    const kept = rows.map((_, i) => i).filter((i) => result.foldOf[i] !== f);
    const held = rows.map((_, i) => i).filter((i) => result.foldOf[i] === f);
    for (const lambda of result.path.lambdas) {
      const { coefficients, intercept } = fitOn(kept, lambda);
      const total = held.reduce((sum, i) => sum + weights[i], 0);
      const z = naiveProduct(rows, coefficients);
      errors.push(held.reduce((sum, i) => sum + weights[i] * errorOf(i, z[i] + intercept), 0) / total);
    }
  }
  return errors;
}

/** Means over folds and their standard errors, written down once more. */
function expectSummary(result: CrossValidation, weights: readonly number[]): void {
  const { errors, standardErrors, foldErrors, foldOf, path, minIndex, oneSeIndex } = result;
  const folds = Math.max(...foldOf) + 1;
  const share = Array.from({ length: folds }, (_, f) =>
    weights.reduce((sum, w, i) => sum + (foldOf[i] === f ? w : 0), 0),
  );
  const total = share.reduce((sum, value) => sum + value, 0);
  path.lambdas.forEach((_, t) => {
    const of = Array.from({ length: folds }, (__, f) => foldErrors[f * path.lambdas.length + t]);
    const mean = of.reduce((sum, error, f) => sum + (share[f] * error) / total, 0);
    const spread = of.reduce((sum, error, f) => sum + (share[f] * (error - mean) ** 2) / total, 0);
    expect(errors[t]).toBeCloseTo(mean, 12);
    expect(standardErrors[t]).toBeCloseTo(Math.sqrt(spread / (folds - 1)), 12);
  });
  expect(errors[minIndex]).toBe(Math.min(...errors));
  const limit = errors[minIndex] + standardErrors[minIndex];
  expect(errors[oneSeIndex]).toBeLessThanOrEqual(limit);
  for (let t = 0; t < oneSeIndex; t++) expect(errors[t]).toBeGreaterThan(limit);
}

describe('cross-validation of elastic nets', () => {
  const options = { l1Ratio: 0.7, sampleWeights, offset, numLambdas: 6, minRatio: 0.05, tolerance, folds: 4, seed: 3 };
  const result = elasticNetCrossValidation(rows, b, options);

  it('measures the errors that single fits on the other rows make', () => {
    const expected = foldErrorsOf(
      result,
      (kept, lambda) =>
        elasticNet(
          kept.map((i) => rows[i]),
          kept.map((i) => b[i]),
          {
            lambda,
            l1Ratio: 0.7,
            tolerance,
            sampleWeights: kept.map((i) => sampleWeights[i]),
            offset: kept.map((i) => offset[i]),
          },
        ),
      (i, z) => (b[i] - offset[i] - z) ** 2,
      sampleWeights,
    );
    // A gap of 10^-12 leaves coefficients known to its square root, times a condition below ten.
    expected.forEach((error, k) => {
      expect(Math.abs(result.foldErrors[k] - error)).toBeLessThanOrEqual(1e-5);
    });
    expectSummary(result, sampleWeights);
  });

  it('has the path on all rows, and its coefficients at the lambda chosen', () => {
    const { folds, seed, ...rest } = options;
    const path = elasticNetPath(rows, b, rest);
    expect(result.path.coefficients).toEqual(path.coefficients);
    expect(result.path.lambdas).toEqual(path.lambdas);
    for (const rule of ['min', '1se'] as const) {
      const { index, lambda, coefficients, intercept, minIndex, oneSeIndex } = elasticNetCrossValidation(rows, b, {
        ...options,
        rule,
      });
      expect(index).toBe(rule === 'min' ? minIndex : oneSeIndex);
      expect(lambda).toBe(path.lambdas[index]);
      expect(intercept).toBe(path.intercepts[index]);
      const { indptr, indices, data } = path.coefficients;
      const dense = new Float64Array(n);
      for (let k = indptr[index]; k < indptr[index + 1]; k++) dense[indices[k]] = data[k];
      expect(coefficients).toEqual(dense);
      expect(predict({ coefficients, intercept }, rows).length).toBe(m);
    }
  });

  it('draws folds of equal size from the seed, or takes those given', () => {
    const sizes = [0, 1, 2, 3].map((f) => result.foldOf.filter((fold) => fold === f).length);
    expect(sizes).toEqual([15, 15, 15, 15]);
    expect(elasticNetCrossValidation(rows, b, options).foldOf).toEqual(result.foldOf);
    expect(elasticNetCrossValidation(rows, b, { ...options, seed: 4 }).foldOf).not.toEqual(result.foldOf);
    const { folds, ...rest } = options;
    const given = elasticNetCrossValidation(rows, b, { ...rest, foldOf: result.foldOf });
    expect(given.foldErrors).toEqual(result.foldErrors);
    expect(elasticNetCrossValidation(rows, b, { numLambdas: 2 }).foldOf.filter((f) => f === 4).length).toBe(12);
  });

  it('gives the same for sparse designs but for rounding, and the same bits in slices and on both backends', async () => {
    const other = elasticNetCrossValidation(sparse, b, options);
    other.errors.forEach((error, t) => {
      expect(error).toBeCloseTo(result.errors[t], 5);
    });
    const sliced = await elasticNetCrossValidationAsync(rows, b, { ...options, backend: 'js' });
    expect(sliced.foldErrors).toEqual(result.foldErrors);
    expect(sliced.counts).toEqual(result.counts);
    expect([sliced.status, result.status, result.iterations]).toEqual(['converged', 'converged', 4]);
  });

  it('ends early with what it has', () => {
    const stopped = elasticNetCrossValidation(rows, b, { ...options, onIteration: ({ iteration }) => iteration < 2 });
    expect([stopped.status, stopped.iterations]).toEqual(['stopped', 2]);
    expect(stopped.foldErrors.slice(0, 12)).toEqual(result.foldErrors.slice(0, 12));
    expect(stopped.foldErrors.slice(12).every(Number.isNaN)).toBe(true);
    expect(Number.isFinite(stopped.lambda)).toBe(true);
    const limited = elasticNetCrossValidation(rows, b, { ...options, maxIterations: 1, tolerance: 1e-15 });
    expect(limited.status).toBe('max-iterations');
  });
});

describe('cross-validation of logistic regressions', () => {
  const options = { sampleWeights, offset, numLambdas: 4, minRatio: 0.1, tolerance, folds: 3, seed: 1 };
  const result = logisticRegressionCrossValidation(rows, labels, options);

  it('measures the deviances that single fits on the other rows make', () => {
    const sign = (i: number) => (labels[i] === 'yes' ? 1 : -1);
    const expected = foldErrorsOf(
      result,
      (kept, lambda) =>
        logisticRegression(
          kept.map((i) => rows[i]),
          kept.map((i) => labels[i]),
          {
            lambda,
            tolerance,
            sampleWeights: kept.map((i) => sampleWeights[i]),
            offset: kept.map((i) => offset[i]),
          },
        ),
      (i, z) => 2 * Math.log1p(Math.exp(-sign(i) * (z + offset[i]))),
      sampleWeights,
    );
    expected.forEach((error, k) => {
      expect(Math.abs(result.foldErrors[k] - error)).toBeLessThanOrEqual(1e-4);
    });
    expectSummary(result, sampleWeights);
    expect(result.classes).toEqual(['no', 'yes']);
    expect(result.path.lambdas).toEqual(
      logisticRegressionPath(rows, labels, { sampleWeights, offset, numLambdas: 4, minRatio: 0.1 }).lambdas,
    );
  });

  it('has each class in equal shares in every fold, and the same bits in slices', async () => {
    const yes = [0, 1, 2].map((f) => labels.filter((label, i) => result.foldOf[i] === f && label === 'yes').length);
    expect(Math.max(...yes) - Math.min(...yes)).toBeLessThanOrEqual(1);
    const sliced = await logisticRegressionCrossValidationAsync(rows, labels, options);
    expect(sliced.errors).toEqual(result.errors);
  });
});

describe('the ends of a path', () => {
  it('comes after the first lambda with enough coefficients or deviance', () => {
    const whole = lassoPath(rows, b, { numLambdas: 40 });
    const nonzeros = (t: number) => whole.coefficients.indptr[t + 1] - whole.coefficients.indptr[t];
    const short = lassoPath(rows, b, { numLambdas: 40, maxNonzeros: 3 });
    const last = short.lambdas.length - 1;
    expect(short.status).toBe('limit');
    expect(nonzeros(last)).toBeGreaterThan(3);
    expect(nonzeros(last - 1)).toBeLessThanOrEqual(3);
    const explained = lassoPath(rows, b, { numLambdas: 40, maxDevianceRatio: 0.5 });
    expect(explained.devianceRatios.filter((ratio) => ratio > 0.5).length).toBe(1);
    const flat = lassoPath(rows, b, { numLambdas: 40, minDevianceChange: 0.01 });
    const ratios = whole.devianceRatios;
    const first = Array.from(ratios).findIndex((ratio, t) => t > 1 && ratio - ratios[t - 1] < 0.01 * ratio);
    expect(flat.lambdas.length).toBe(first + 1);
    expect(flat.lambdas).toEqual(whole.lambdas.slice(0, first + 1));
    expect(elasticNetCrossValidation(rows, b, { l1Ratio: 1, numLambdas: 40, maxNonzeros: 3 }).errors.length).toBe(
      last + 1,
    );
  });
});

describe('bad input of cross-validation', () => {
  it.each([
    [
      'folds',
      () => elasticNetCrossValidation(rows, b, { folds: 1 }),
      'ERR_OPTION',
      'options.folds: expected an integer >= 2',
    ],
    ['more folds than rows', () => elasticNetCrossValidation(rows, b, { folds: 61 }), 'ERR_OPTION', 'options.folds'],
    ['both', () => elasticNetCrossValidation(rows, b, { folds: 2, foldOf: [] }), 'ERR_INCOMPATIBLE', 'options.folds'],
    ['foldOf: length', () => elasticNetCrossValidation(rows, b, { foldOf: [0] }), 'ERR_DIMENSION', 'options.foldOf'],
    [
      'foldOf: a gap',
      () => elasticNetCrossValidation(rows, b, { foldOf: rows.map((_, i) => 2 * (i % 2)) }),
      'ERR_OPTION',
      'options.foldOf: expected folds',
    ],
    [
      'foldOf: one fold',
      () => elasticNetCrossValidation(rows, b, { foldOf: rows.map(() => 0) }),
      'ERR_OPTION',
      'options.foldOf: expected folds',
    ],
    ['rule', () => elasticNetCrossValidation(rows, b, { rule: 'best' as Wrong }), 'ERR_OPTION', 'options.rule'],
    ['unknown key', () => elasticNetCrossValidation(rows, b, { fold: 3 } as Wrong), 'ERR_OPTION', 'options.fold'],
    [
      'algorithm',
      () => logisticRegressionCrossValidation(rows, labels, { algorithm: 'cyclic' } as Wrong),
      'ERR_OPTION',
      'options.algorithm',
    ],
    ['b', () => elasticNetCrossValidation(rows, [1], {}), 'ERR_DIMENSION', 'b: expected length 60'],
    ['A', () => elasticNetCrossValidation([[NaN]], [1], {}), 'ERR_NOT_FINITE', 'A[0][0]'],
    ['labels', () => logisticRegressionCrossValidation(rows, b, {}), 'ERR_INPUT', 'labels: expected two classes'],
    [
      'a class that is in one fold alone',
      () => logisticRegressionCrossValidation([[1], [2], [3], [4]], [0, 0, 0, 1], { folds: 2 }),
      'ERR_OPTION',
      'options.folds: expected rows of all 2 classes outside each fold',
    ],
  ])('%s', (_name, call, code, message) => {
    expectRefusal(call, code, message);
  });
});
