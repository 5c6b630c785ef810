// Cross-validation of several outputs: errors of single fits on the other rows, by their definition.
import { liveArenas } from '@lemmata/core';
import { naiveProduct } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import {
  logisticRegressionCrossValidation,
  multiTaskLasso,
  multiTaskLassoCrossValidation,
  multiTaskLassoCrossValidationAsync,
  multiTaskLassoPath,
  predict,
  predictClasses,
  softmaxRegression,
  softmaxRegressionCrossValidation,
  softmaxRegressionCrossValidationAsync,
} from '../src/index.js';
import { testProblem } from './problems.js';
import { expectRefusal } from './refusal.js';

const M = 24;
const { rows, sparse, b } = testProblem('outputs folds', M, 5, 0.6, 1);
const B = rows.map((row, i) => [b[i], row[0] - row[3] + Math.sin(7 * i) / 4]);
const labels = rows.map((row, i) => (i < 6 ? `c${i % 3}` : row[0] > 0.5 ? 'c0' : b[i] > 0 ? 'c1' : 'c2'));
const foldOf = rows.map((_, i) => i % 4);
const sampleWeights = rows.map((_, i) => 1 + (i % 2));
const lambdas = [0.1, 0.03];
const outside = (f: number) => rows.flatMap((_, i) => (foldOf[i] === f ? [] : [i]));
const pick = <T>(values: readonly T[], ids: readonly number[]) => ids.map((i) => values[i]);

/** a_i W + c by plain loops. */
function forms(fit: { coefficients: { data: Float64Array; cols: number }; intercepts: Float64Array }, i: number) {
  const { data, cols } = fit.coefficients;
  return Array.from(fit.intercepts, (centre, c) => rows[i].reduce((sum, a, j) => sum + a * data[j * cols + c], centre));
}

/** The mean error over folds of equal size by weight, with an error for each row. */
function meanError(fitOn: (ids: number[]) => Parameters<typeof forms>[0], error: (i: number, z: number[]) => number) {
  const total = sampleWeights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  for (let f = 0; f < 4; f++) {
    const fit = fitOn(outside(f));
    rows.forEach((_, i) => {
      if (foldOf[i] === f) sum += (sampleWeights[i] * error(i, forms(fit, i))) / total;
    });
  }
  return sum;
}

describe('cross-validation of several outputs', () => {
  it('measures squared errors of multi-task Lassos', async () => {
    const options = { foldOf, lambdas, sampleWeights, tolerance: 1e-11 };
    const chosen = multiTaskLassoCrossValidation(rows, B, options);
    expect(chosen.status).toBe('converged');
    lambdas.forEach((lambda, t) => {
      const mean = meanError(
        (ids) =>
          multiTaskLasso(pick(rows, ids), pick(B, ids), {
            lambda,
            tolerance: 1e-11,
            sampleWeights: pick(sampleWeights, ids),
          }),
        (i, z) => z.reduce((sum, value, c) => sum + (B[i][c] - value) ** 2, 0),
      );
      // Fits to a relative gap of 1e-11 are within 1e-5 of the solution, in units of the targets.
      expect(Math.abs(chosen.errors[t] - mean)).toBeLessThanOrEqual(1e-4 * mean);
    });
    const path = multiTaskLassoPath(rows, B, { lambdas, sampleWeights, tolerance: 1e-11 });
    expect(chosen.path.coefficients).toEqual(path.coefficients);
    const { data, cols } = chosen.coefficients;
    expect([chosen.coefficients.rows, cols]).toEqual([5, 2]);
    const dense = new Float64Array(10);
    const { indptr, indices, data: values } = path.coefficients;
    for (let e = indptr[chosen.index]; e < indptr[chosen.index + 1]; e++) dense[indices[e]] = values[e];
    expect(data).toEqual(dense);
    const z = naiveProduct(
      rows,
      Array.from({ length: 5 }, (_, j) => data[2 * j + 1]),
    );
    predict(chosen, rows).data.forEach((value, e) => {
      if (e % 2 === 1) expect(value).toBeCloseTo(z[(e - 1) / 2] + chosen.intercepts[1], 12);
    });
    const later = await multiTaskLassoCrossValidationAsync(sparse, B, options);
    expect(later.lambda).toBe(chosen.lambda);
  });

  it('measures deviances of softmax regressions', async () => {
    const options = { foldOf, lambdas, sampleWeights, groupFeatures: true, tolerance: 1e-11 };
    const chosen = softmaxRegressionCrossValidation(rows, labels, options);
    expect([chosen.status, chosen.classes]).toEqual(['converged', ['c0', 'c1', 'c2']]);
    lambdas.forEach((lambda, t) => {
      const mean = meanError(
        (ids) =>
          softmaxRegression(pick(rows, ids), pick(labels, ids), {
            lambda,
            groupFeatures: true,
            tolerance: 1e-11,
            sampleWeights: pick(sampleWeights, ids),
          }),
        (i, z) => 2 * (Math.log(z.reduce((sum, value) => sum + Math.exp(value), 0)) - z[Number(labels[i][1])]),
      );
      expect(Math.abs(chosen.errors[t] - mean)).toBeLessThanOrEqual(1e-4 * mean);
    });
    expect(predictClasses(chosen, rows).length).toBe(M);
    const later = await softmaxRegressionCrossValidationAsync(rows, labels, options);
    expect(later.errors).toEqual(chosen.errors);
  });

  it('of two classes is that of logistic regressions', () => {
    const two = labels.map((label) => label === 'c1');
    const softmax = softmaxRegressionCrossValidation(rows, two, { foldOf, lambdas, tolerance: 1e-11 });
    // Opposite rows of W whose difference is w have |W|_1 = |w|_1.
    const logistic = logisticRegressionCrossValidation(rows, two, { foldOf, lambdas, tolerance: 1e-11 });
    softmax.errors.forEach((error, t) => {
      expect(Math.abs(error - logistic.errors[t])).toBeLessThanOrEqual(1e-4 * error);
    });
  });

  it('refuses folds that hold all of a class, and what the paths refuse', () => {
    const bad = labels.map((label) => (label === 'c2' ? 1 : 0));
    expectRefusal(
      () => softmaxRegressionCrossValidation(rows, labels, { foldOf: bad, lambdas }),
      'ERR_OPTION',
      'options.foldOf: expected rows of all 3 classes outside each fold',
    );
    expectRefusal(() => multiTaskLassoCrossValidation(rows, [[1]], {}), 'ERR_DIMENSION', 'B: expected 24 rows');
    expectRefusal(
      () => softmaxRegressionCrossValidation(rows, labels, { initial: 1 } as never),
      'ERR_OPTION',
      'options.initial: expected one of the options of softmaxRegressionCrossValidation',
    );
    expect(liveArenas()).toBe(0);
  });
});
