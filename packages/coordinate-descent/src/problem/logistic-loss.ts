import { exp, log, log1p } from '@lemmata/core';
import type { Design } from './design.js';
import type { Penalty } from './penalty.js';
import { RowSumLoss } from './row-sum-loss.js';

/** Most Newton steps for the intercept alone. */
const MOST_STEPS = 60;

/**
 * The loss sum_i h_i log(1 + exp(-y_i z_i)) at z = X w + c + o, for labels y_i of 1 or -1, sample weights h of mean 1 and
 * offsets o; r_i = h_i y_i / (1 + exp(y_i z_i)). With u_i = |s r_i| / h_i its dual value at s r, 0 <= s <= 1, is
 * sum_i h_i H(u_i) - s r . o with the entropy H(u) = -u log u - (1 - u) log(1 - u).
 */
export class LogisticLoss extends RowSumLoss {
  readonly smoothness: number;
  readonly residualBound: number;
  readonly bestScale = 1;
  readonly #labels: Float64Array;
  readonly #weights: Float64Array;

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
    super(design, penalty, offset);
    this.#labels = labels;
    this.#weights = weights;
    let largest = 0;
    let square = 0;
    for (const weight of weights) {
      largest = Math.max(largest, weight);
      square += weight * weight;
    }
    this.smoothness = largest / 4;
    this.residualBound = Math.sqrt(square);
    this.begin();
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

  /** p (1 - p) is above 0 everywhere: the curvature itself. */
  modelCurvature(): Float64Array {
    return this.curvature;
  }

  /** Computes residual, curvature and value at `linear` and `centre`; returns the sum of the residual. */
  #evaluate(): number {
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

  settle(): void {
    let low = -Infinity;
    let high = Infinity;
    for (let step = 0; ; step++) {
      const sum = this.#evaluate();
      if (!this.intercept) return;
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
