import { randomStream } from '@lemmata/core';
import { type DenseMatrix, type SparseMatrix, toDense, toSparse } from '@lemmata/linalg';
import { lassoObjective, naiveProduct, naiveTranspose, randomRows, randomVector } from '@lemmata/testing';
import type { LassoFit } from '../src/index.js';

/** A random regression problem in all forms. */
export interface TestProblem {
  readonly rows: number[][];
  readonly dense: DenseMatrix;
  readonly sparse: SparseMatrix;
  readonly b: Float64Array;
}

/** Uniform entries, the share `density` of them not 0, plus `shift`; targets from a few columns and noise. */
export function testProblem(seed: string, m: number, n: number, density = 1, shift = 0): TestProblem {
  const stream = randomStream(seed);
  const uniform = () => stream.uniform();
  const rows = randomRows(uniform, m, n, density).map((row) => row.map((value) => (value === 0 ? 0 : value + shift)));
  const truth = randomVector(uniform, n).map((value, j) => (j % 3 === 0 ? value : 0));
  const noise = randomVector(uniform, m);
  const b = Float64Array.from(naiveProduct(rows, truth), (value, i) => value + noise[i] / 4 + shift);
  return { rows, dense: toDense(rows, 'column'), sparse: toSparse(rows, 'csc'), b };
}

/** Columns and target minus their means. */
export function centred(rows: number[][], b: ArrayLike<number>): { rows: number[][]; b: number[] } {
  const minusMean = (values: ArrayLike<number>): number[] => {
    const list = Array.from(values);
    const mean = list.reduce((sum, value) => sum + value, 0) / list.length;
    return list.map((value) => value - mean);
  };
  return { rows: naiveTranspose(naiveTranspose(rows).map(minusMean)), b: minusMean(b) };
}

/** F(w, c) per sample, by the definition. */
export function objectiveOf(
  rows: number[][],
  b: ArrayLike<number>,
  lambda: number,
  w: ArrayLike<number>,
  c: number,
): number {
  const m = rows.length;
  return (
    lassoObjective(
      rows,
      Float64Array.from(b, (value) => value - c),
      m * lambda,
      w,
    ) / m
  );
}

/** The dual value of a point u per sample, by the definition. */
export function dualOf(b: ArrayLike<number>, u: ArrayLike<number>): number {
  let product = 0;
  let square = 0;
  for (let i = 0; i < u.length; i++) {
    product += b[i] * u[i];
    square += u[i] * u[i];
  }
  return product - (u.length / 2) * square;
}

/**
 * What rounding may do to an objective, a dual value or a gap per sample: each is a sum of fewer than 2 (m + n) products
 * of residuals, targets and terms of the penalty, all of them at most F(0) + |b|^2 / m in sum, computed from sums of at
 * most m + n terms; each rounding is eps / 2 of such a sum, and 8 covers the few of them that follow one another.
 */
export function roundingOf(problem: { rows: number[][]; b: ArrayLike<number> }): number {
  const m = problem.rows.length;
  const n = problem.rows[0].length;
  const square = Array.from(problem.b).reduce((sum, value) => sum + value * value, 0) / m;
  return 8 * (m + n) * Number.EPSILON * square;
}

/** Largest distance of two fits' predictions: each is within sqrt(2 m gap) of the solution's, which is unique. */
export function predictionBound(problem: TestProblem, first: LassoFit, second: LassoFit): number {
  const m = problem.rows.length;
  const rounding = roundingOf(problem);
  const radius = (fit: LassoFit) => Math.sqrt(2 * m * (fit.certificate.gap + rounding));
  return radius(first) + radius(second);
}

/** |A w + c - (A v + d)| for two fits. */
export function predictionDistance(problem: TestProblem, first: LassoFit, second: LassoFit): number {
  const p = naiveProduct(problem.rows, first.coefficients);
  const q = naiveProduct(problem.rows, second.coefficients);
  return Math.hypot(...p.map((value, i) => value + first.intercept - q[i] - second.intercept));
}
