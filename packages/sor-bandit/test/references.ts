import { type RandomStream, randomStream } from '@lemmata/core';
import { type MatrixLike, toArrays } from '@lemmata/linalg';
import { solveLinearSystem } from '@lemmata/testing';
import { laplacian2d } from '../src/index.js';

export type Rows = number[][];

export function norm(v: ArrayLike<number>): number {
  return Math.sqrt(Array.from(v).reduce((sum, value) => sum + value * value, 0));
}

export function times(A: Rows, x: ArrayLike<number>): number[] {
  return A.map((row) => row.reduce((sum, value, j) => sum + value * x[j], 0));
}

export function residualOf(A: Rows, b: ArrayLike<number>, x: ArrayLike<number>): number[] {
  return times(A, x).map((value, i) => b[i] - value);
}

/** One sweep of the textbook: each unknown in turn is moved by omega times what its own equation asks for. */
function sweep(A: Rows, b: ArrayLike<number>, x: number[], omega: number, order: Iterable<number>): void {
  for (const i of order) {
    let rest = b[i];
    for (let j = 0; j < x.length; j++) rest -= A[i][j] * x[j];
    x[i] += (omega * rest) / A[i][i];
  }
}

/** Iterates of the textbook methods on dense rows, residual computed from x after each; x is not kept between calls. */
export function textbookNorms(
  method: 'sor' | 'ssor' | 'ssorCg',
  A: Rows,
  b: ArrayLike<number>,
  omega: number,
  start: ArrayLike<number>,
  count: number,
): number[] {
  const n = b.length;
  const up = Array.from({ length: n }, (_, i) => i);
  const x = Array.from(start);
  if (method === 'ssorCg') return textbookCg(A, b, omega, x, count);
  const norms = [norm(residualOf(A, b, x))];
  for (let k = 0; k < count; k++) {
    sweep(A, b, x, omega, up);
    if (method === 'ssor') sweep(A, b, x, omega, [...up].reverse());
    norms.push(norm(residualOf(A, b, x)));
  }
  return norms;
}

/** Preconditioned conjugate gradients with W = omega / (2 - omega) P D^-1 P' as a dense matrix, solved by elimination. */
function textbookCg(A: Rows, b: ArrayLike<number>, omega: number, x: number[], count: number): number[] {
  const n = b.length;
  const P = A.map((row, i) => row.map((value, j) => (j < i ? value : j === i ? value / omega : 0)));
  const W = A.map((_, i) =>
    A.map((__, j) => {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += (P[i][k] * P[j][k]) / A[k][k];
      return (omega / (2 - omega)) * sum;
    }),
  );
  const dot = (u: ArrayLike<number>, v: ArrayLike<number>) =>
    Array.from(u).reduce((sum, value, i) => sum + value * v[i], 0);
  let r = residualOf(A, b, x);
  const norms = [norm(r)];
  let z = solveLinearSystem(W, r) as number[];
  let p = z;
  let rho = dot(r, z);
  for (let k = 0; k < count; k++) {
    const step = rho / dot(p, times(A, p));
    for (let i = 0; i < n; i++) x[i] += step * p[i];
    r = residualOf(A, b, x);
    norms.push(norm(r));
    z = solveLinearSystem(W, r) as number[];
    const next = dot(r, z);
    p = z.map((value, i) => value + (next / rho) * p[i]);
    rho = next;
  }
  return norms;
}

/** Sparse, symmetric, with a dominant diagonal. */
export function symmetricRows(stream: RandomStream, n: number): Rows {
  const A = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) if (stream.uniform() < 0.25) A[i][j] = A[j][i] = stream.normal();
  }
  for (let i = 0; i < n; i++) A[i][i] = 0.1 + A[i].reduce((sum, value) => sum + Math.abs(value), 0);
  return A;
}

/** Sparse, not symmetric, with a dominant diagonal of both signs. */
export function unsymmetricRows(stream: RandomStream, n: number): Rows {
  const A = Array.from({ length: n }, () =>
    Array.from({ length: n }, () => (stream.uniform() < 0.2 ? stream.normal() : 0)),
  );
  for (let i = 0; i < n; i++) {
    A[i][i] = 0;
    A[i][i] = (i % 2 === 0 ? 1 : -1) * (1 + A[i].reduce((sum, value) => sum + Math.abs(value), 0));
  }
  return A;
}

export const stream = (name: string): RandomStream => randomStream(`sor-bandit ${name}`);

export function systems(): [name: string, A: MatrixLike, rows: Rows, symmetric: boolean][] {
  const grid = laplacian2d(6, 0.05);
  const symmetric = symmetricRows(stream('symmetric'), 30);
  const unsymmetric = unsymmetricRows(stream('unsymmetric'), 30);
  return [
    ['grid', grid, toArrays(grid), true],
    ['symmetric', symmetric, symmetric, true],
    ['unsymmetric', unsymmetric, unsymmetric, false],
    ['one unknown', [[3]], [[3]], true],
  ];
}
