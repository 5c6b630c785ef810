import { randomStream } from '@lemmata/core';
import { solveLinearSystem } from '@lemmata/testing';
import type { CompletionModel, ObservedTriplets } from '../src/index.js';

/** A matrix of low rank with some of its entries. */
export interface LowRankProblem {
  readonly m: number;
  readonly n: number;
  /** The whole matrix, row by row. */
  readonly truth: number[][];
  /** Factors of the truth: A diag(d) B'. */
  readonly A: number[][];
  readonly observed: ObservedTriplets;
}

/** Draws A diag(d) B' with normal A, B and d geometric from 1 to 1/kappa, and keeps each entry with probability p. */
export function lowRank(
  name: string,
  m: number,
  n: number,
  k: number,
  p: number,
  kappa = 1,
  noise = 0,
): LowRankProblem {
  const stream = randomStream(name);
  const A = Array.from({ length: m }, () => Array.from({ length: k }, () => stream.normal()));
  const B = Array.from({ length: n }, () => Array.from({ length: k }, () => stream.normal()));
  // Linear from 1 to 1/kappa: no powers, so that the bits are the same everywhere.
  const d = Array.from({ length: k }, (_, c) => (k === 1 ? 1 : 1 + (c / (k - 1)) * (1 / kappa - 1)));
  const truth = A.map((a) => B.map((b) => a.reduce((sum, value, c) => sum + value * d[c] * b[c], 0)));
  const rows: number[] = [];
  const cols: number[] = [];
  const values: number[] = [];
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      if (stream.uniform() >= p) continue;
      rows.push(i);
      cols.push(j);
      values.push(truth[i][j] + noise * stream.normal());
    }
  }
  return { m, n, truth, A, observed: { rows, cols, values, shape: [m, n] } };
}

/** |fit - truth| over |truth|, in the Frobenius norm over all entries. */
export function relativeError(model: CompletionModel, truth: number[][]): number {
  const k = model.U.cols;
  let error = 0;
  let size = 0;
  for (let i = 0; i < truth.length; i++) {
    for (let j = 0; j < truth[i].length; j++) {
      let fitted = model.mean + model.rowBiases[i] + model.colBiases[j];
      for (let c = 0; c < k; c++) fitted += model.U.data[i * k + c] * model.V.data[j * k + c];
      error += (fitted - truth[i][j]) ** 2;
      size += truth[i][j] ** 2;
    }
  }
  return Math.sqrt(error / size);
}

/** min over x of sum w (y - v.x)^2 + sum ridge_a x_a^2 by normal equations and elimination with pivoting. */
export function ridgeReference(design: number[][], y: number[], w: number[], ridge: number[]): number[] {
  const n = ridge.length;
  const H = Array.from({ length: n }, (_, a) =>
    Array.from({ length: n }, (_, b) => design.reduce((sum, v, e) => sum + w[e] * v[a] * v[b], a === b ? ridge[a] : 0)),
  );
  const c = Array.from({ length: n }, (_, a) => design.reduce((sum, v, e) => sum + w[e] * y[e] * v[a], 0));
  const x = solveLinearSystem(H, c);
  if (x === undefined) throw new Error('singular reference');
  return x;
}

/** Largest absolute difference. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i] - b[i]));
  return largest;
}

/** Sine of the largest angle between the spans of two tall matrices, given by rows. */
export function subspaceDistance(A: number[][], U: Float64Array, k: number): number {
  const orthonormal = (columns: number[][]) => {
    for (let pass = 0; pass < 2; pass++) {
      columns.forEach((column, j) => {
        for (const earlier of columns.slice(0, j)) {
          const share = column.reduce((sum, x, i) => sum + x * earlier[i], 0);
          for (let i = 0; i < column.length; i++) column[i] -= share * earlier[i];
        }
        const norm = Math.sqrt(column.reduce((sum, x) => sum + x * x, 0));
        for (let i = 0; i < column.length; i++) column[i] /= norm;
      });
    }
    return columns;
  };
  const truth = orthonormal(Array.from({ length: k }, (_, c) => A.map((row) => row[c])));
  const found = orthonormal(Array.from({ length: k }, (_, c) => A.map((_row, i) => U[i * k + c])));
  // Frobenius norm of (I - Q Q') U: within sqrt(k) of the sine.
  let squares = 0;
  for (const column of found) {
    const rest = column.slice();
    for (const basis of truth) {
      const share = column.reduce((sum, x, i) => sum + x * basis[i], 0);
      for (let i = 0; i < rest.length; i++) rest[i] -= share * basis[i];
    }
    squares += rest.reduce((sum, x) => sum + x * x, 0);
  }
  return Math.sqrt(squares);
}
