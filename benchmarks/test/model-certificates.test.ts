// The gap by which models are raced, against fits of our own: it never claims more than is true, and closes.
import { groupLasso, logisticRegression, multiTaskLasso, softmaxRegression } from '@lemmata/coordinate-descent';
import { describe, expect, it } from 'vitest';
import { dataset as autoregressive } from '../dist/coordinate-descent/datasets/autoregressive.js';
import { dataset as outputs } from '../dist/coordinate-descent/datasets/outputs.js';
import {
  gapOf,
  type ModelInstance,
  type ModelName,
  objectiveAtZero,
} from '../dist/coordinate-descent/model-certificate.js';
import { type ModelInput, problem } from '../dist/coordinate-descent/models.js';

const SHAPE = { rows: 40, cols: 60, correlation: 0.5 };
const seed = 'model certificates';

/** Coefficients one output after the other, to a relative gap. */
function solve({ model, A, b, outputs: k, groupSize, lambda }: ModelInstance, tolerance: number): Float64Array {
  const options = { lambda, intercept: false, tolerance };
  if (model === 'logistic') return logisticRegression(A, b, options).coefficients;
  if (model === 'group-lasso') {
    const groups = Int32Array.from({ length: A.cols }, (_, j) => Math.floor(j / groupSize));
    return groupLasso(A, b, { ...options, groups }).coefficients;
  }
  const { data } =
    model === 'softmax'
      ? softmaxRegression(A, b, options).coefficients
      : multiTaskLasso(A, { layout: 'column', rows: A.rows, cols: k, data: b }, options).coefficients;
  return Float64Array.from(data, (_, e) => data[(e % A.cols) * k + Math.floor(e / A.cols)]);
}

const CASES: [ModelName, number, () => ModelInput | Promise<ModelInput>][] = [
  ['group-lasso', 5, () => autoregressive(SHAPE).generate({ seed })],
  ['logistic', 1, () => autoregressive(SHAPE).generate({ seed })],
  ['multi-task', 1, () => outputs({ ...SHAPE, outputs: 3, kind: 'numbers' }).generate({ seed })],
  ['softmax', 1, () => outputs({ ...SHAPE, outputs: 3, kind: 'classes' }).generate({ seed })],
];

describe.each(CASES)('the gap of %s', async (model, groupSize, generate) => {
  const instance = problem({ model, divisor: 8, groupSize }).load(await generate());
  const atZero = objectiveAtZero(instance);
  const best = gapOf(instance, { coefficients: solve(instance, 1e-13) });

  it('closes at a tight solution', () => {
    expect(best.gap / atZero).toBeLessThanOrEqual(1e-12);
  });

  it.each([1e-1, 1e-3, 1e-6])(
    'is at least what an objective exceeds the smallest one by, tolerance %d',
    (tolerance) => {
      const { objective, gap } = gapOf(instance, { coefficients: solve(instance, tolerance) });
      // Sums of 40 losses of size one, twice.
      expect(gap).toBeGreaterThanOrEqual(objective - best.objective - 1e-14);
      expect(objective - gap).toBeLessThanOrEqual(best.objective + 1e-14);
    },
  );

  it('is 0 at zero for the largest useful lambda, and not below it', () => {
    const zero = { coefficients: new Float64Array(instance.A.cols * instance.outputs) };
    const largest = { ...instance, lambda: 8 * instance.lambda };
    expect(Math.abs(gapOf(largest, zero).gap) / atZero).toBeLessThanOrEqual(1e-14);
    expect(gapOf(instance, zero).gap / atZero).toBeGreaterThan(1e-3);
  });
});
