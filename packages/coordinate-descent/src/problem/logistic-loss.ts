import { exp, log, log1p } from '@lemmata/core';
import { SliceMeter } from '../slices.js';
import type { Design } from './design.js';
import { FreeNewton } from './free-newton.js';
import type { LassoProblem } from './lasso-problem.js';
import type { Loss } from './loss.js';
import type { Penalty } from './penalty.js';

/** Multiply-adds that take the time of one exponential or logarithm. */
export const TRANSCENDENTAL = 16;

/** Most Newton steps for the intercept alone. */
const MOST_STEPS = 60;

/**
 * The loss sum_i h_i log(1 + exp(-y_i z_i)) at z = X w + c + o, for labels y_i of 1 or -1, sample weights h of mean 1 and
 * offsets o; r_i = h_i y_i / (1 + exp(y_i z_i)). With u_i = |s r_i| / h_i its dual value at s r, 0 <= s <= 1, is
 * sum_i h_i H(u_i) - s r . o with the entropy H(u) = -u log u - (1 - u) log(1 - u).
 */
export class LogisticLoss implements Loss {
  readonly zeroValue: number;
  readonly zeroCentre: number;
  readonly smoothness: number;
  readonly startsAtTarget = false;
  readonly residualBound: number;
  readonly bestScale = 1;
  centre: number;
  value = 0;
  /** X w + o at the last refresh or trial, length m. */
  readonly linear: Float64Array;
  /** The residual of that, length m: a copy that passes do not touch. */
  readonly residual: Float64Array;
  /** h_i p_i (1 - p_i), length m: the curvature of the loss. */
  readonly curvature: Float64Array;
  /** Offsets, length m. */
  readonly offset: Float64Array;
  readonly #labels: Float64Array;
  readonly #weights: Float64Array;
  readonly #intercept: boolean;
  readonly #free: FreeNewton;

  /**
   * @param design - the design
   * @param penalty - the penalty: whether columns without any are possible
   * @param labels - 1 or -1, length m
   * @param weights - sample weights of mean 1, length m
   * @param offset - offsets, length m
   */
  constructor(
    design: Design,
    penalty: Pick<Penalty, 'uniform'>,
    labels: Float64Array,
    weights: Float64Array,
    offset: Float64Array,
  ) {
    const { rows } = design;
    this.#labels = labels;
    this.#weights = weights;
    this.#intercept = design.intercept;
    this.offset = offset;
    this.linear = offset.slice();
    this.residual = new Float64Array(rows);
    this.curvature = new Float64Array(rows);
    this.centre = 0;
    let largest = 0;
    let square = 0;
    for (const weight of weights) {
      largest = Math.max(largest, weight);
      square += weight * weight;
    }
    this.smoothness = largest / 4;
    this.residualBound = Math.sqrt(square);
    this.settle();
    this.zeroValue = this.value;
    this.zeroCentre = this.centre;
    this.#free = new FreeNewton(this, penalty.uniform ? 0 : design.cols);
  }

  get solved(): Uint8Array {
    return this.#free.solved;
  }

  *refresh(problem: LassoProblem): Generator<'slice', void, void> {
    const { design, counts, active } = problem;
    const { residual: r, residualSum, coefficients: w, workingSet } = design.work;
    const meter = new SliceMeter();
    r.fill(0);
    residualSum[0] = 0;
    for (let k = 0; k < active; k++) {
      const j = workingSet[k];
      if (w[j] === 0) continue;
      design.addColumn(j, w[j]);
      counts.columnTouches++;
      if (meter.full(design.cost(j))) yield 'slice';
    }
    const shift = design.intercept ? residualSum[0] / design.rows : 0;
    for (let i = 0; i < r.length; i++) this.linear[i] = r[i] - shift + this.offset[i];
    this.settle();
    if (problem.penalty.free.length > 0) {
      yield* this.#free.solve({ design, counts, free: problem.penalty.free, coefficients: w });
    }
    r.set(this.residual);
    residualSum[0] = 0;
    if (meter.full(4 * TRANSCENDENTAL * design.rows)) yield 'slice';
  }

  move(): void {
    // The residual is that of z, which the next refresh computes from the coefficients.
  }

  dual(scale: number): number {
    const { residual: r, offset } = this;
    let value = 0;
    for (let i = 0; i < r.length; i++) {
      const weight = this.#weights[i];
      if (weight === 0) continue;
      const u = Math.min(1, (scale * Math.abs(r[i])) / weight);
      if (u > 0 && u < 1) value -= weight * (u * log(u) + (1 - u) * log1p(-u));
      value -= scale * r[i] * offset[i];
    }
    return value;
  }

  /** The loss at z + c for z = `linear` + share * `step`; nothing else changes. */
  valueAt(step: Float64Array, share: number, centre: number): number {
    const { linear } = this;
    let value = 0;
    for (let i = 0; i < linear.length; i++) {
      const weight = this.#weights[i];
      if (weight === 0) continue;
      const t = this.#labels[i] * (linear[i] + share * step[i] + centre);
      value += weight * (Math.max(0, -t) + log1p(exp(-Math.abs(t))));
    }
    return value;
  }

  /** Computes residual, curvature and value at `linear` and `centre`; returns the sum of the residual. */
  evaluate(): number {
    const { linear, residual, curvature, centre } = this;
    let sum = 0;
    let value = 0;
    for (let i = 0; i < linear.length; i++) {
      const weight = this.#weights[i];
      const label = this.#labels[i];
      const t = label * (linear[i] + centre);
      const e = exp(-Math.abs(t));
      // 1 / (1 + exp(t)) without overflow.
      const miss = t > 0 ? e / (1 + e) : 1 / (1 + e);
      residual[i] = weight * label * miss;
      curvature[i] = (weight * e) / ((1 + e) * (1 + e));
      value += weight * (Math.max(0, -t) + log1p(e));
      sum += residual[i];
    }
    this.value = value;
    return sum;
  }

  /** Brings the intercept to where the residuals add up to 0, if there is one, and evaluates there. */
  settle(): void {
    let low = -Infinity;
    let high = Infinity;
    for (let step = 0; ; step++) {
      const sum = this.evaluate();
      if (!this.#intercept) return;
      let curvature = 0;
      let size = 0;
      for (let i = 0; i < this.residual.length; i++) {
        curvature += this.curvature[i];
        size += Math.abs(this.residual[i]);
      }
      if (!(Math.abs(sum) > 4 * Number.EPSILON * size) || step === MOST_STEPS) return;
      if (sum > 0) low = this.centre;
      else high = this.centre;
      let next = this.centre + sum / curvature;
      // The sum falls as the intercept rises: a step out of the bracket is halved, one without a bracket is kept short.
      if (!(next > low && next < high)) {
        next = low > -Infinity && high < Infinity ? (low + high) / 2 : this.centre + (sum > 0 ? 1 : -1);
      }
      if (next === this.centre) return;
      this.centre = next;
    }
  }
}
