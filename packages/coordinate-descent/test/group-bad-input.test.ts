import { liveArenas } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import {
  groupLasso,
  groupLassoLambdaMax,
  groupLassoPath,
  multiTaskLasso,
  multiTaskLassoLambdaMax,
  nonnegativeLeastSquares,
  predict,
  predictClasses,
  prepareDesign,
  softmaxRegression,
  softmaxRegressionPath,
} from '../src/index.js';
import { testProblem } from './problems.js';
import { expectRefusal } from './refusal.js';

const { rows, b } = testProblem('group bad input', 20, 12, 1, 1);
const groups = [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3];
const labels = Array.from(b, (value, i) => (i < 3 ? i : value > 1 ? 0 : value > 0 ? 1 : 2));
const targets = rows.map((row, i) => [b[i], row[0]]);

// biome-ignore lint/suspicious/noExplicitAny: wrong types are the point
type Wrong = any;
const one = { lambda: 0.1 };
const fitted = { coefficients: [[1, 2]], intercepts: [0, 0], classes: ['a', 'b'] };

const table: [name: string, call: () => unknown, code: string, message: string][] = [
  [
    'no groups',
    () => groupLasso(rows, b, one as Wrong),
    'ERR_OPTION',
    'options.groups: expected an id for each column',
  ],
  [
    'few ids',
    () => groupLasso(rows, b, { ...one, groups: [0, 1] }),
    'ERR_DIMENSION',
    'options.groups: expected length 12',
  ],
  [
    'a gap in ids',
    () => groupLasso(rows, b, { ...one, groups: groups.map((g) => 2 * g) }),
    'ERR_OPTION',
    'options.groups: expected a column in each of 7 groups',
  ],
  [
    'an id that is no integer',
    () => groupLasso(rows, b, { ...one, groups: groups.map((g) => g + 0.5) }),
    'ERR_OPTION',
    'options.groups[0]: expected an integer',
  ],
  [
    'overlap',
    () =>
      groupLasso(rows, b, {
        ...one,
        groups: [
          [0, 1, 2, 3, 4, 5],
          [5, 6, 7, 8, 9, 10, 11],
        ],
      }),
    'ERR_OPTION',
    'options.groups[1][0]: expected a column in no other place',
  ],
  [
    'a missing column',
    () => groupLasso(rows, b, { ...one, groups: [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]] }),
    'ERR_OPTION',
    'options.groups: expected every column in a group',
  ],
  [
    'an empty group',
    () => groupLasso(rows, b, { ...one, groups: [[0], []] }),
    'ERR_OPTION',
    'options.groups[1]: expected',
  ],
  [
    'a weight below 0',
    () => groupLasso(rows, b, { ...one, groups, weights: [1, -1, 1, 1] }),
    'ERR_OPTION',
    'options.weights[1]: expected a number >= 0',
  ],
  ['a share above 1', () => groupLasso(rows, b, { ...one, groups, l1Share: 2 }), 'ERR_OPTION', 'options.l1Share'],
  ['few weights', () => groupLasso(rows, b, { ...one, groups, weights: [1] }), 'ERR_DIMENSION', 'options.weights'],
  ['negative lambda', () => groupLasso(rows, b, { lambda: -1, groups }), 'ERR_OPTION', 'options.lambda: expected'],
  ['unknown key', () => groupLasso(rows, b, { ...one, groups, alpha: 1 } as Wrong), 'ERR_OPTION', 'options.alpha'],
  ['short b', () => groupLasso(rows, [1], { ...one, groups }), 'ERR_DIMENSION', 'b: expected length 20'],
  ['rising lambdas', () => groupLassoPath(rows, b, { groups, lambdas: [1, 2] }), 'ERR_OPTION', 'options.lambdas[1]'],
  ['lambdaMax', () => groupLassoLambdaMax(rows, b, { groups, lambda: 1 } as Wrong), 'ERR_OPTION', 'options.lambda'],
  ['few rows of B', () => multiTaskLasso(rows, [[1, 2]], one), 'ERR_DIMENSION', 'B: expected 20 rows (rows of A)'],
  [
    'no columns of B',
    () =>
      multiTaskLasso(
        rows,
        rows.map(() => []),
        one,
      ),
    'ERR_DIMENSION',
    'B: expected at least one',
  ],
  [
    'NaN in B',
    () =>
      multiTaskLasso(
        rows,
        rows.map(() => [1, Number.NaN]),
        one,
      ),
    'ERR_NOT_FINITE',
    'B[0][1]: expected a finite number',
  ],
  [
    'initial of another shape',
    () => multiTaskLasso(rows, targets, { ...one, initial: rows[0].map(() => [1]) }),
    'ERR_DIMENSION',
    'options.initial: expected 2 columns',
  ],
  ['no boolean', () => multiTaskLasso(rows, targets, { ...one, standardize: 1 as Wrong }), 'ERR_OPTION', 'standardize'],
  ['lambdaMax', () => multiTaskLassoLambdaMax(rows, targets, { tolerance: 1 } as Wrong), 'ERR_OPTION', 'tolerance'],
  [
    'one class',
    () => softmaxRegression(rows, new Array(20).fill(1), one),
    'ERR_INPUT',
    'labels: expected at least two',
  ],
  ['few labels', () => softmaxRegression(rows, [1, 2], one), 'ERR_DIMENSION', 'labels: expected length 20'],
  ['l1Ratio', () => softmaxRegression(rows, labels, { ...one, l1Ratio: 2 }), 'ERR_OPTION', 'options.l1Ratio: expected'],
  [
    'a class without weight',
    () => softmaxRegression(rows, labels, { ...one, sampleWeights: labels.map((c) => (c === 2 ? 0 : 1)) }),
    'ERR_OPTION',
    'options.sampleWeights: expected a weight > 0 in each class',
  ],
  [
    'no grid',
    () => softmaxRegressionPath(rows, labels, { l1Ratio: 0 }),
    'ERR_OPTION',
    'options.lambdas: expected lambdas',
  ],
  ['columns of X', () => predict(fitted, [[1, 2]]), 'ERR_DIMENSION', 'fit.coefficients: expected 2 rows'],
  [
    'classes of a fit',
    () => predictClasses({ ...fitted, classes: ['a'] }, [[1]]),
    'ERR_DIMENSION',
    'fit.classes: expected length 2',
  ],
];

describe('bad input is refused before any work', () => {
  it.each(table)('%s', (_, call, code, message) => {
    expectRefusal(call, code, message);
    expect(liveArenas()).toBe(0);
  });

  it('designs that were prepared otherwise', () => {
    const design = prepareDesign(rows, { sampleWeights: b.map(() => 1) });
    expectRefusal(() => softmaxRegression(design, labels, one), 'ERR_INCOMPATIBLE', 'A: expected a design prepared');
    expectRefusal(() => groupLasso(design, b, { ...one, groups, intercept: false }), 'ERR_INCOMPATIBLE', 'intercept');
    expect(groupLasso(design, b, { ...one, groups }).status).toBe('converged');
    expect(nonnegativeLeastSquares(design, b).status).toBe('converged');
    design.dispose();
  });
});
