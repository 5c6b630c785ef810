import { randomStream } from '@lemmata/core';
import { naiveProduct, naiveTranspose } from '@lemmata/testing';
import type { SelectionRule, SmoothFunction, UpdateRule } from '../src/index.js';
import { huber, leastSquares, logistic, quadratic, squaredHinge } from '../src/index.js';

/** Rules for problems without a penalty, and with one. */
export const SMOOTH_RULES: readonly SelectionRule[] = [
  'cyclic',
  'perm',
  'random',
  'lipschitz',
  'gs',
  'gsl',
  'gsd',
  'gsq',
  'mi',
];
export const COMPOSITE_RULES: readonly SelectionRule[] = [
  'cyclic',
  'perm',
  'random',
  'lipschitz',
  'gs-s',
  'gs-r',
  'gs-q',
  'mi',
];

/** Updates for problems without a penalty, and with one. */
export const SMOOTH_UPDATES: readonly UpdateRule[] = [
  'gradient',
  'estimated',
  'diagonal',
  'matrix',
  'newton',
  'cubic',
  'exact',
  'two-metric',
];
export const COMPOSITE_UPDATES: readonly UpdateRule[] = SMOOTH_UPDATES.filter((update) => update !== 'cubic');

/** A random problem: rows of normal entries whose columns have different lengths, targets and labels. */
export interface BlockData {
  readonly rows: number[][];
  readonly b: number[];
  readonly labels: number[];
  /** A'A and A'b, the same bits on both sides of the diagonal. */
  readonly gram: number[][];
  readonly products: number[];
}

export function blockData(seed: string, m: number, n: number, density = 1): BlockData {
  const stream = randomStream(seed);
  const rows = Array.from({ length: m }, () =>
    Array.from({ length: n }, (_, j) => (stream.uniform() < density ? stream.normal() * (1 + (j % 4)) + 0.3 : 0)),
  );
  const truth = Array.from({ length: n }, (_, j) => (j % 3 === 0 ? stream.normal() : 0));
  const b = naiveProduct(rows, truth).map((value) => value + stream.normal() / 2);
  const labels: number[] = b.map((value) => (value + stream.normal() > 0 ? 1 : -1));
  if (labels.every((label) => label === labels[0])) labels[0] = -labels[0];
  const columns = naiveTranspose(rows, n);
  const gram = columns.map((column) => naiveProduct(columns, column));
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) gram[i][j] = gram[j][i];
  return { rows, b, labels, gram, products: naiveProduct(columns, b) };
}

/** Every function of the package on the same data. */
export function functionsOf({ rows, b, labels, gram, products }: BlockData): Record<string, SmoothFunction> {
  return {
    leastSquares: leastSquares(rows, b),
    ridge: leastSquares(rows, b, { ridge: 0.7 }),
    logistic: logistic(rows, labels, { ridge: 0.1 }),
    huber: huber(rows, b, { delta: 0.5, ridge: 0.2 }),
    squaredHinge: squaredHinge(rows, labels, { ridge: 0.3 }),
    quadratic: quadratic(gram, products),
  };
}

/** The same function with nothing but what the interface names, as a caller would write it. */
export function plain({
  dimension,
  lipschitz,
  value,
  gradient,
  blockBound,
  blockHessian,
}: SmoothFunction): SmoothFunction {
  return { dimension, lipschitz, value, gradient, blockBound, blockHessian } as SmoothFunction;
}
