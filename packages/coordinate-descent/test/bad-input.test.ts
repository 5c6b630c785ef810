import { liveArenas } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { lambdaMax, lasso, lassoAsync, lassoIterations, lassoPath, predict, prepareDesign } from '../src/index.js';
import { expectRefusal } from './refusal.js';

const A = [
  [1, 2],
  [3, 4],
  [5, 7],
];
const b = [1, 2, 3];
const csc = {
  layout: 'csc' as const,
  rows: 3,
  cols: 2,
  indptr: Int32Array.of(0, 2, 4),
  indices: Int32Array.of(0, 2, 0, 1),
  data: Float64Array.of(1, 2, 3, 4),
};
const ok = { lambda: 0.1 };
const fit = { coefficients: [1, 2], intercept: 0 };
// biome-ignore lint/suspicious/noExplicitAny: wrong types are the point
type Wrong = any;

const table: [name: string, call: () => unknown, code: string, message: string][] = [
  ['A: no matrix', () => lasso(7 as Wrong, b, ok), 'ERR_INPUT', 'A: expected a matrix'],
  ['A: null', () => lasso(null as Wrong, b, ok), 'ERR_INPUT', 'A: expected a matrix'],
  ['A: ragged', () => lasso([[1, 2], [3], [4, 5]], b, ok), 'ERR_DIMENSION', 'A[1]: expected length 2'],
  [
    'A: NaN',
    () =>
      lasso(
        [
          [1, 2],
          [3, NaN],
          [4, 5],
        ],
        b,
        ok,
      ),
    'ERR_NOT_FINITE',
    'A[1][1]: expected a finite number',
  ],
  ['A: no rows', () => lasso([], [], ok), 'ERR_DIMENSION', 'A: expected at least one row and one column, got 0 x 0'],
  ['A: no columns', () => lasso([[], []], [1, 2], ok), 'ERR_DIMENSION', 'A: expected at least one row and one column'],
  [
    'A: infinity in a column layout',
    () => lasso({ layout: 'column', rows: 3, cols: 1, data: [1, Infinity, 2] }, b, ok),
    'ERR_NOT_FINITE',
    'A[1][0]',
  ],
  [
    'A: wrong length',
    () => lasso({ rows: 3, cols: 2, data: [1] }, b, ok),
    'ERR_DIMENSION',
    'A.data: expected length 6',
  ],
  ['A: unsorted', () => lasso({ ...csc, indices: Int32Array.of(2, 0, 0, 1) }, b, ok), 'ERR_INPUT', 'A.indices'],
  ['A: duplicate', () => lasso({ ...csc, indices: Int32Array.of(0, 0, 0, 1) }, b, ok), 'ERR_INPUT', 'A.indices'],
  ['A: out of range', () => lasso({ ...csc, indices: Int32Array.of(0, 3, 0, 1) }, b, ok), 'ERR_INPUT', 'A.indices'],
  ['A: falling indptr', () => lasso({ ...csc, indptr: Int32Array.of(0, 5, 4) }, b, ok), 'ERR_INPUT', 'A.indptr'],
  ['A: sparse NaN', () => lasso({ ...csc, data: Float64Array.of(1, 2, 3, NaN) }, b, ok), 'ERR_NOT_FINITE', 'A[1][1]'],
  ['b: too short', () => lasso(A, [1, 2], ok), 'ERR_DIMENSION', 'b: expected length 3 (rows of A), got 2'],
  ['b: NaN', () => lasso(A, [1, 2, NaN], ok), 'ERR_NOT_FINITE', 'b[2]: expected a finite number, got NaN'],
  ['b: a word', () => lasso(A, [1, 'x', 2] as Wrong, ok), 'ERR_INPUT', 'b[1]'],
  ['b: nothing', () => lasso(A, undefined as Wrong, ok), 'ERR_INPUT', 'b: expected an array of numbers'],
  ['options: missing', () => lasso(A, b, undefined as Wrong), 'ERR_OPTION', 'options.lambda'],
  ['lambda: missing', () => lasso(A, b, {} as Wrong), 'ERR_OPTION', 'options.lambda: expected a finite number >= 0'],
  ['lambda: negative', () => lasso(A, b, { lambda: -1 }), 'ERR_OPTION', 'options.lambda'],
  ['lambda: NaN', () => lasso(A, b, { lambda: NaN }), 'ERR_OPTION', 'options.lambda'],
  ['lambda: infinite', () => lasso(A, b, { lambda: Infinity }), 'ERR_OPTION', 'options.lambda'],
  [
    'unknown key',
    () => lasso(A, b, { ...ok, tol: 1 } as Wrong),
    'ERR_OPTION',
    'options.tol: expected one of the options',
  ],
  ['algorithm', () => lasso(A, b, { ...ok, algorithm: 'fast' as Wrong }), 'ERR_OPTION', 'options.algorithm'],
  ['intercept', () => lasso(A, b, { ...ok, intercept: 1 as Wrong }), 'ERR_OPTION', 'options.intercept'],
  ['tolerance', () => lasso(A, b, { ...ok, tolerance: -1e-9 }), 'ERR_OPTION', 'options.tolerance'],
  ['maxIterations', () => lasso(A, b, { ...ok, maxIterations: 1.5 }), 'ERR_OPTION', 'options.maxIterations'],
  ['timeLimitMs', () => lasso(A, b, { ...ok, timeLimitMs: 0 }), 'ERR_OPTION', 'options.timeLimitMs'],
  ['historyEvery', () => lasso(A, b, { ...ok, historyEvery: -1 }), 'ERR_OPTION', 'options.historyEvery'],
  ['signal', () => lasso(A, b, { ...ok, signal: {} as Wrong }), 'ERR_OPTION', 'options.signal'],
  ['onIteration', () => lasso(A, b, { ...ok, onIteration: 3 as Wrong }), 'ERR_OPTION', 'options.onIteration'],
  ['backend', () => lasso(A, b, { ...ok, backend: 'gpu' as Wrong }), 'ERR_OPTION', 'options.backend'],
  [
    'initial: length',
    () => lasso(A, b, { ...ok, initial: [1] }),
    'ERR_DIMENSION',
    'options.initial: expected length 2',
  ],
  ['initial: NaN', () => lasso(A, b, { ...ok, initial: [1, NaN] }), 'ERR_NOT_FINITE', 'options.initial[1]'],
  ['iterations: options', () => lassoIterations(A, b, { lambda: -1 }), 'ERR_OPTION', 'options.lambda'],
  ['iterations: data', () => lassoIterations(A, [1], ok).next(), 'ERR_DIMENSION', 'b: expected length 3'],
  ['path: unknown key', () => lassoPath(A, b, { lambda: 1 } as Wrong), 'ERR_OPTION', 'options.lambda'],
  ['path: empty', () => lassoPath(A, b, { lambdas: [] }), 'ERR_OPTION', 'options.lambdas.length'],
  ['path: rising', () => lassoPath(A, b, { lambdas: [1, 2] }), 'ERR_OPTION', 'options.lambdas[1]'],
  ['path: repeated', () => lassoPath(A, b, { lambdas: [1, 1] }), 'ERR_OPTION', 'options.lambdas[1]'],
  ['path: negative', () => lassoPath(A, b, { lambdas: [1, -1] }), 'ERR_OPTION', 'options.lambdas[1]'],
  ['path: NaN', () => lassoPath(A, b, { lambdas: [NaN] }), 'ERR_NOT_FINITE', 'options.lambdas[0]'],
  ['path: numLambdas', () => lassoPath(A, b, { numLambdas: 0 }), 'ERR_OPTION', 'options.numLambdas'],
  ['path: minRatio', () => lassoPath(A, b, { minRatio: 1 }), 'ERR_OPTION', 'options.minRatio'],
  ['path: both', () => lassoPath(A, b, { lambdas: [1], numLambdas: 3 }), 'ERR_INCOMPATIBLE', 'options.numLambdas'],
  ['path: b', () => lassoPath(A, [1], {}), 'ERR_DIMENSION', 'b: expected length 3'],
  ['lambdaMax: unknown key', () => lambdaMax(A, b, { lambda: 1 } as Wrong), 'ERR_OPTION', 'options.lambda'],
  ['lambdaMax: b', () => lambdaMax(A, [1, 2]), 'ERR_DIMENSION', 'b: expected length 3'],
  ['prepare: unknown key', () => prepareDesign(A, { lambda: 1 } as Wrong), 'ERR_OPTION', 'options.lambda'],
  ['prepare: intercept', () => prepareDesign(A, { intercept: 'no' as Wrong }), 'ERR_OPTION', 'options.intercept'],
  ['prepare: A', () => prepareDesign([[NaN]]), 'ERR_NOT_FINITE', 'A[0][0]'],
  ['predict: columns', () => predict(fit, [[1, 2, 3]]), 'ERR_DIMENSION', 'fit.coefficients: expected length 3'],
  ['predict: NaN', () => predict(fit, [[1, NaN]]), 'ERR_NOT_FINITE', 'X[0][1]'],
  ['predict: intercept', () => predict({ coefficients: [1], intercept: NaN }, [[1]]), 'ERR_INPUT', 'fit.intercept'],
];

describe('bad input', () => {
  it.each(table)('%s', (_name, call, code, message) => {
    expectRefusal(call, code, message);
    expect(liveArenas()).toBe(0);
  });

  it('rejects the promise of an asynchronous run', async () => {
    await expect(lassoAsync(A, [1], ok)).rejects.toMatchObject({ code: 'ERR_DIMENSION' });
    await expect(lassoAsync(A, b, { lambda: -1 })).rejects.toMatchObject({ code: 'ERR_OPTION' });
  });
});
