import { log } from '@lemmata/core';
import type { Design } from '../problem/design.js';
import { rowEntropy, rowLoss, rowMiss, settleRow } from '../problem/softmax-row.js';
import { addOutput, type GroupProblem, type OutputsLoss } from './group-problem.js';

/** Most Newton steps for the intercepts. */
const MOST_STEPS = 60;
/** Most halvings of one of them. */
const HALVINGS = 40;

/**
 * The loss sum_i h_i (log sum_c exp(z_ic) - z_i,y(i)) at Z = X W + 1 c' + O, for classes y, sample weights h of mean 1 and
 * offsets O; R = h (Y - P) with the probabilities P and Y of ones in the place of the classes. With q = (1 - s) Y + s P its dual
 * value at s R, 0 <= s <= 1, is -sum_i h_i sum_c q_ic log q_ic - s R . O.
 */
export class SoftmaxLoss implements OutputsLoss {
  readonly zeroValue: number;
  readonly smoothness: number;
  readonly residualBound: number;
  readonly bestScale = 1;
  readonly residual: Float64Array;
  readonly centres: Float64Array;
  value = 0;
  /** X W + O at the last refresh or step, m x k in column layout. */
  readonly linear: Float64Array;
  /** P, m x k in column layout. */
  readonly probabilities: Float64Array;
  /** h. */
  readonly weights: Float64Array;
  readonly #codes: Int32Array;
  readonly #outputs: number;
  readonly #intercept: boolean;
  readonly #offset: Float64Array | undefined;

  /**
   * @param design - the design
   * @param codes - class of every sample
   * @param weights - sample weights of mean 1
   * @param outputs - number of classes
   * @param offset - O, m x k in column layout; 0 when left out
   */
  constructor(design: Design, codes: Int32Array, weights: Float64Array, outputs: number, offset?: Float64Array) {
    const length = design.rows * outputs;
    this.#codes = codes;
    this.#outputs = outputs;
    this.#intercept = design.intercept;
    this.weights = weights;
    this.#offset = offset;
    this.linear = offset?.slice() ?? new Float64Array(length);
    this.probabilities = new Float64Array(length);
    this.residual = new Float64Array(length);
    this.centres = new Float64Array(outputs);
    let largest = 0;
    let square = 0;
    for (const weight of weights) {
      largest = Math.max(largest, weight);
      square += weight * weight;
    }
    this.smoothness = largest / 2;
    this.residualBound = Math.sqrt(2 * square);
    if (design.intercept) {
      // The best intercepts alone, offsets aside: logarithms of the classes' shares, of mean 0.
      for (let i = 0; i < codes.length; i++) this.centres[codes[i]] += weights[i];
      let mean = 0;
      for (let c = 0; c < outputs; c++) {
        this.centres[c] = log(this.centres[c]);
        mean += this.centres[c] / outputs;
      }
      for (let c = 0; c < outputs; c++) this.centres[c] -= mean;
    }
    for (const _ of this.settle());
    this.zeroValue = this.value;
  }

  *refresh(problem: GroupProblem): Generator<'slice', void, void> {
    const { design } = problem;
    const { residual: r, residualSum } = design.work;
    const k = this.#outputs;
    for (let c = 0; c < k; c++) {
      r.fill(0);
      residualSum[0] = 0;
      yield* addOutput(problem, c, 1);
      const shift = design.intercept ? residualSum[0] / design.rows : 0;
      if (shift !== 0) for (let i = 0; i < r.length; i++) r[i] -= shift;
      this.linear.set(r, c * r.length);
    }
    const offset = this.#offset;
    if (offset !== undefined) for (let e = 0; e < offset.length; e++) this.linear[e] += offset[e];
    residualSum[0] = 0;
    yield* this.settle();
  }

  dual(scale: number): number {
    const { probabilities: P, weights, residual: R } = this;
    const m = weights.length;
    let value = 0;
    for (let i = 0; i < m; i++) {
      if (weights[i] === 0) continue;
      const y = this.#codes[i];
      value += weights[i] * rowEntropy(P, i, m, this.#outputs, y, R[y * m + i] / weights[i], scale);
    }
    const offset = this.#offset;
    if (offset !== undefined) for (let e = 0; e < offset.length; e++) value -= scale * R[e] * offset[e];
    return value;
  }

  /**
   * The loss at `linear` + share * step and the centres moved by a share of their step; nothing else changes.
   *
   * @param step - a step of `linear`, m x k; undefined for none
   * @param centreStep - a step of the centres, length k
   * @param share - how far to go
   * @returns the loss there
   */
  valueAt(step: Float64Array | undefined, centreStep: Float64Array, share: number): number {
    const { linear, centres, weights } = this;
    const k = this.#outputs;
    const m = weights.length;
    const z = new Float64Array(k);
    const start = centres.map((centre, c) => centre + share * centreStep[c]);
    let value = 0;
    for (let i = 0; i < m; i++) {
      if (weights[i] === 0) continue;
      for (let c = 0, e = i; c < k; c++, e += m) {
        z[c] = linear[e] + start[c] + (step === undefined ? 0 : share * step[e]);
      }
      value += weights[i] * rowLoss(z, this.#codes[i]);
    }
    return value;
  }

  /** Computes probabilities, residual and value at `linear` and `centres`. */
  evaluate(): void {
    const { linear, centres, weights, probabilities: P, residual: R } = this;
    const k = this.#outputs;
    const m = weights.length;
    const z = new Float64Array(k);
    let value = 0;
    for (let i = 0; i < m; i++) {
      const y = this.#codes[i];
      for (let c = 0, e = i; c < k; c++, e += m) z[c] = linear[e] + centres[c];
      const loss = settleRow(z, y, P, i, m);
      for (let e = i; e < P.length; e += m) R[e] = -weights[i] * P[e];
      R[y * m + i] = weights[i] * rowMiss(P, i, m, k, y);
      if (weights[i] > 0) value += weights[i] * loss;
    }
    this.value = value;
  }

  /** 1 - p of a sample and a class, exact to rounding for the sample's own class. */
  miss(sample: number, c: number): number {
    const { weights, probabilities: P, residual: R } = this;
    const e = c * weights.length + sample;
    if (c !== this.#codes[sample]) return 1 - P[e];
    return weights[sample] > 0 ? R[e] / weights[sample] : 0;
  }

  /** Brings the intercepts to where every column of R adds up to 0, if there are any, and evaluates there. */
  *settle(): Generator<'slice', void, void> {
    const k = this.#outputs;
    const sums = new Float64Array(k);
    for (let step = 0; ; step++) {
      this.evaluate();
      if (!this.#intercept || step === MOST_STEPS) return;
      columnSums(this.residual, k, sums);
      let largest = 0;
      for (const sum of sums) largest = Math.max(largest, Math.abs(sum));
      // Sums of m terms of size h_i at most.
      if (!(largest > 4 * Number.EPSILON * this.weights.length)) return;
      const factor = factoredCurvature(this.probabilities, this.weights, k);
      solveFactored(factor, sums);
      let share = 1;
      const room = 4 * Number.EPSILON * this.value;
      for (let half = 0; half < HALVINGS; half++, share /= 2) {
        if (this.valueAt(undefined, sums, share) <= this.value + room) break;
      }
      let moved = false;
      for (let c = 0; c < k; c++) {
        const next = this.centres[c] + share * sums[c];
        if (next !== this.centres[c]) moved = true;
        this.centres[c] = next;
      }
      if (!moved) return;
      yield 'slice';
    }
  }
}

/**
 * The sum of every column.
 *
 * @param matrix - m x k in column layout
 * @param k - number of columns
 * @param out - the sums, length k
 */
export function columnSums(matrix: Float64Array, k: number, out: Float64Array): void {
  const m = matrix.length / k;
  for (let c = 0, e = 0; c < k; c++) {
    out[c] = 0;
    for (let i = 0; i < m; i++, e++) out[c] += matrix[e];
  }
}

/**
 * The Cholesky factor of sum_i h_i (diag(p_i) - p_i p_i') plus a multiple of 11', which has no part in it: sums to 0 stay
 * what they are. Pivots too small are Infinity.
 *
 * @param P - probabilities, m x k in column layout
 * @param weights - h
 * @param k - number of classes
 * @returns the factor, in rows
 */
export function factoredCurvature(P: Float64Array, weights: Float64Array, k: number): Float64Array {
  const a = new Float64Array(k * k);
  const m = weights.length;
  for (let c = 0; c < k; c++) {
    for (let d = 0; d <= c; d++) {
      let sum = 0;
      for (let i = 0; i < m; i++) sum += weights[i] * P[c * m + i] * P[d * m + i];
      a[c * k + d] -= sum;
    }
    let total = 0;
    for (let i = 0; i < m; i++) total += weights[i] * P[c * m + i];
    a[c * k + c] += total;
  }
  let trace = 0;
  for (let c = 0; c < k; c++) trace += a[c * k + c];
  for (let c = 0; c < k; c++) for (let d = 0; d <= c; d++) a[c * k + d] += trace / (k * k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j <= i; j++) {
      let value = a[i * k + j];
      const square = value;
      for (let s = 0; s < j; s++) value -= a[i * k + s] * a[j * k + s];
      if (j < i) a[i * k + j] = a[j * k + j] === Infinity ? 0 : value / a[j * k + j];
      else a[i * k + i] = value > 64 * k * Number.EPSILON * square ? Math.sqrt(value) : Infinity;
    }
  }
  return a;
}

/**
 * Solves L L' x = b.
 *
 * @param l - the factor, in rows
 * @param x - b; overwritten by x
 */
export function solveFactored(l: Float64Array, x: Float64Array): void {
  const n = x.length;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) x[i] -= l[i * n + j] * x[j];
    x[i] /= l[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let j = i + 1; j < n; j++) x[i] -= l[j * n + i] * x[j];
    x[i] /= l[i * n + i];
  }
}
