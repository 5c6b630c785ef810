// What the benchmarks believe about a Lasso solution: objective, dual bound and gap, computed here from the data with
// compensated sums. This file imports no solver, and nothing that a solver reports enters it.
import type { Matrix } from '@lemmata/linalg';

/** A Lasso problem: the minimum over w and c of |b - A w - c 1|^2 / (2m) + lambda |w|_1, c = 0 without intercept. */
export interface LassoInstance {
  /** Design, shape (m, n): column layout or CSC. */
  readonly A: Matrix;
  /** Targets, length m. */
  readonly b: Float64Array;
  /** Weight of the L1 norm, per sample, > 0. */
  readonly lambda: number;
  /** Whether c is fitted. */
  readonly intercept: boolean;
}

/** An answer to a Lasso problem. */
export interface LassoSolution {
  /** w, length n. */
  readonly coefficients: Float64Array;
  /** c. */
  readonly intercept: number;
}

/** Neumaier's sum: the error of each addition is carried along, so the result is as if summed in twice the precision. */
export class CompensatedSum {
  #sum = 0;
  #error = 0;

  add(term: number): void {
    const next = this.#sum + term;
    this.#error += Math.abs(this.#sum) >= Math.abs(term) ? this.#sum - next + term : term - next + this.#sum;
    this.#sum = next;
  }

  get value(): number {
    return this.#sum + this.#error;
  }
}

/** The inner product of two vectors of equal length. */
export function innerProduct(x: Float64Array, y: Float64Array): number {
  const sum = new CompensatedSum();
  for (let i = 0; i < x.length; i++) sum.add(x[i] * y[i]);
  return sum.value;
}

/** The vector without its mean. */
export function centred(x: Float64Array): Float64Array {
  const sum = new CompensatedSum();
  for (const entry of x) sum.add(entry);
  const mean = sum.value / x.length;
  return x.map((entry) => entry - mean);
}

/** Calls back with row and value of every stored entry of column j. */
export function forEachInColumn(A: Matrix, j: number, visit: (row: number, value: number) => void): void {
  if (A.layout === 'column') {
    for (let i = 0; i < A.rows; i++) visit(i, A.data[j * A.rows + i]);
  } else if (A.layout === 'csc') {
    for (let k = A.indptr[j]; k < A.indptr[j + 1]; k++) visit(A.indices[k], A.data[k]);
  } else throw new TypeError(`A: expected column layout or CSC, got ${A.layout}`);
}

/** The largest |a_j . v| over all columns. */
export function largestColumnProduct(A: Matrix, v: Float64Array): number {
  let largest = 0;
  for (let j = 0; j < A.cols; j++) {
    const sum = new CompensatedSum();
    forEachInColumn(A, j, (row, value) => sum.add(value * v[row]));
    largest = Math.max(largest, Math.abs(sum.value));
  }
  return largest;
}

/** b - A w - c 1. */
export function residual({ A, b }: LassoInstance, { coefficients, intercept }: LassoSolution): Float64Array {
  const r = b.map((entry) => entry - intercept);
  for (let j = 0; j < A.cols; j++) {
    const w = coefficients[j];
    if (w !== 0) {
      forEachInColumn(A, j, (row, value) => {
        r[row] -= w * value;
      });
    }
  }
  return r;
}

/** The objective at a solution. */
export function primalValue(instance: LassoInstance, solution: LassoSolution): number {
  const r = residual(instance, solution);
  const norm = new CompensatedSum();
  for (const w of solution.coefficients) norm.add(Math.abs(w));
  return innerProduct(r, r) / (2 * r.length) + instance.lambda * norm.value;
}

/**
 * A lower bound of the minimum: the best value of the dual objective (v . b - |v|^2 / 2) / m along v = s r, where v is
 * feasible if |a_j . v| <= m lambda for every column and, with an intercept, the entries of v add up to 0.
 */
export function dualBound(instance: LassoInstance, direction: Float64Array): number {
  const { A, b, lambda, intercept } = instance;
  const r = intercept ? centred(direction) : direction;
  const square = innerProduct(r, r);
  if (square === 0) return 0;
  const limit = (b.length * lambda) / largestColumnProduct(A, r);
  const alongB = innerProduct(r, b);
  const scale = Math.max(-limit, Math.min(limit, alongB / square));
  return (scale * alongB - (scale * scale * square) / 2) / b.length;
}

/** The objective at w = 0 with the best intercept. */
export function objectiveAtZero({ b, intercept }: LassoInstance): number {
  const r = intercept ? centred(b) : b;
  return innerProduct(r, r) / (2 * b.length);
}

/** The smallest lambda at which w = 0 is a solution. */
export function largestLambda(A: Matrix, b: Float64Array, intercept: boolean): number {
  return largestColumnProduct(A, intercept ? centred(b) : b) / b.length;
}
