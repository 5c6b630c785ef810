// What the benchmarks believe about a solution of a group Lasso, a multi-task Lasso, an L1 softmax or an L1 logistic
// regression: objective, dual bound and gap, computed here from the data with compensated sums. This file imports no solver,
// and nothing that a solver reports enters it.
import { exp, log, log1p } from '@lemmata/core';
import type { Matrix } from '@lemmata/linalg';
import { CompensatedSum, forEachInColumn, innerProduct } from './certificate.js';

/** Which model is fitted. */
export type ModelName = 'group-lasso' | 'multi-task' | 'softmax' | 'logistic';

/**
 * A problem: the minimum over W of loss(A W) / m + lambda Omega(W), without intercept, k outputs. Omega is the sum of
 * sqrt(size) |W_g| over groups of `groupSize` columns in order, of lengths of rows (multi-task), or of sizes of entries.
 */
export interface ModelInstance {
  readonly model: ModelName;
  /** Design, shape (m, n): column layout or CSC. */
  readonly A: Matrix;
  /** Targets, m x k one output after the other; classes 0 .. k - 1 for softmax; -1 and 1 for logistic. */
  readonly b: Float64Array;
  /** k: 1 but for several targets or classes. */
  readonly outputs: number;
  /** Columns of a group; 1 but for the group Lasso. */
  readonly groupSize: number;
  /** Weight of the penalty, per sample, > 0. */
  readonly lambda: number;
}

/** An answer. */
export interface ModelSolution {
  /** W, n x k, one output after the other. */
  readonly coefficients: Float64Array;
}

/** A loss at the forms Z = A W, m x k: its value, V = -grad, and the value of its dual at s V for feasible s. */
interface LossAt {
  readonly value: number;
  readonly v: Float64Array;
  /** Scale at which the dual value is largest, feasibility aside. */
  readonly bestScale: number;
  dual(scale: number): number;
}

/** A W, one output after the other. */
function formsOf({ A, outputs }: ModelInstance, W: Float64Array): Float64Array {
  const z = new Float64Array(A.rows * outputs);
  for (let c = 0; c < outputs; c++) {
    for (let j = 0; j < A.cols; j++) {
      const w = W[c * A.cols + j];
      if (w === 0) continue;
      forEachInColumn(A, j, (row, value) => {
        z[c * A.rows + row] += w * value;
      });
    }
  }
  return z;
}

function squaredLoss(b: Float64Array, z: Float64Array): LossAt {
  const v = b.map((value, e) => value - z[e]);
  const square = innerProduct(v, v);
  const along = innerProduct(v, b);
  return {
    value: square / 2,
    v,
    bestScale: square === 0 ? 0 : along / square,
    dual: (s) => s * along - (s * s * square) / 2,
  };
}

/** q log q, 0 at 0. */
const entropy = (q: number) => (q > 0 ? q * log(q) : 0);

function logisticLoss(b: Float64Array, z: Float64Array): LossAt {
  const value = new CompensatedSum();
  const miss = b.map((label, i) => {
    const t = label * z[i];
    value.add(Math.max(0, -t) + log1p(exp(-Math.abs(t))));
    return t > 0 ? exp(-t) / (1 + exp(-t)) : 1 / (1 + exp(t));
  });
  return {
    value: value.value,
    v: miss.map((p, i) => b[i] * p),
    bestScale: 1,
    dual: (s) => {
      const sum = new CompensatedSum();
      for (const p of miss) sum.add(-entropy(s * p) - (s * p < 1 ? (1 - s * p) * log1p(-s * p) : 0));
      return sum.value;
    },
  };
}

function softmaxLoss(b: Float64Array, z: Float64Array, k: number): LossAt {
  const m = b.length;
  const value = new CompensatedSum();
  const v = new Float64Array(z.length);
  for (let i = 0; i < m; i++) {
    const row = Array.from({ length: k }, (_, c) => z[c * m + i]);
    const top = row.indexOf(Math.max(...row));
    let others = 0;
    for (let c = 0; c < k; c++) if (c !== top) others += exp(row[c] - row[top]);
    value.add(row[top] - row[b[i]] + log1p(others));
    let miss = 0;
    for (let c = 0; c < k; c++) {
      const p = exp(row[c] - row[top]) / (1 + others);
      if (c !== b[i]) miss += p;
      v[c * m + i] = -p;
    }
    v[b[i] * m + i] = miss;
  }
  const dual = (s: number) => {
    const sum = new CompensatedSum();
    for (let i = 0; i < m; i++) {
      const miss = s * v[b[i] * m + i];
      if (miss < 1) sum.add(-(1 - miss) * log1p(-miss));
      for (let c = 0; c < k; c++) if (c !== b[i]) sum.add(-entropy(-s * v[c * m + i]));
    }
    return sum.value;
  };
  return { value: value.value, v, bestScale: 1, dual };
}

function lossAt({ model, b, outputs }: ModelInstance, z: Float64Array): LossAt {
  if (model === 'softmax') return softmaxLoss(b, z, outputs);
  return model === 'logistic' ? logisticLoss(b, z) : squaredLoss(b, z);
}

/** The largest dual norm of a group of A'V over its weight. */
function largestReach(instance: ModelInstance, v: Float64Array): number {
  const { model, A, outputs, groupSize } = instance;
  let largest = 0;
  for (let from = 0; from < A.cols; from += groupSize) {
    const square = new CompensatedSum();
    for (let j = from; j < Math.min(A.cols, from + groupSize); j++) {
      for (let c = 0; c < outputs; c++) {
        const sum = new CompensatedSum();
        forEachInColumn(A, j, (row, value) => sum.add(value * v[c * A.rows + row]));
        square.add(sum.value * sum.value);
        if (model === 'softmax' || model === 'logistic') largest = Math.max(largest, Math.abs(sum.value));
      }
    }
    if (model === 'group-lasso' || model === 'multi-task') {
      const size = Math.min(A.cols, from + groupSize) - from;
      largest = Math.max(largest, Math.sqrt(square.value / size));
    }
  }
  return largest;
}

/** Omega(W). */
function penaltyOf({ model, A, outputs, groupSize }: ModelInstance, W: Float64Array): number {
  const total = new CompensatedSum();
  for (let from = 0; from < A.cols; from += groupSize) {
    const to = Math.min(A.cols, from + groupSize);
    let square = 0;
    for (let j = from; j < to; j++) {
      for (let c = 0; c < outputs; c++) {
        const w = W[c * A.cols + j];
        square += w * w;
        if (model === 'softmax' || model === 'logistic') total.add(Math.abs(w));
      }
    }
    if (model === 'group-lasso' || model === 'multi-task') total.add(Math.sqrt((to - from) * square));
  }
  return total.value;
}

/** The objective at W = 0. */
export function objectiveAtZero(instance: ModelInstance): number {
  return lossAt(instance, new Float64Array(instance.A.rows * instance.outputs)).value / instance.A.rows;
}

/** The smallest lambda at which W = 0 is a solution. */
export function largestLambda(instance: Omit<ModelInstance, 'lambda'>): number {
  const complete = { ...instance, lambda: 0 };
  const { v } = lossAt(complete, new Float64Array(instance.A.rows * instance.outputs));
  return largestReach(complete, v) / instance.A.rows;
}

/** Objective and duality gap at a solution: the dual point is the best feasible multiple of V, up to V for classes. */
export function gapOf(
  instance: ModelInstance,
  { coefficients }: ModelSolution,
): { readonly objective: number; readonly gap: number } {
  const { A, lambda } = instance;
  const loss = lossAt(instance, formsOf(instance, coefficients));
  const objective = loss.value / A.rows + lambda * penaltyOf(instance, coefficients);
  const reach = largestReach(instance, loss.v);
  const scale = Math.max(0, Math.min(loss.bestScale, reach > 0 ? (A.rows * lambda) / reach : Infinity));
  return { objective, gap: objective - loss.dual(scale) / A.rows };
}
