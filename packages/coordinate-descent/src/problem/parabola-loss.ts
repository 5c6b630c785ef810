import type { RowLoss } from '../blocks/functions/row-loss.js';
import type { Design } from './design.js';
import type { Penalty } from './penalty.js';
import { RowSumLoss } from './row-sum-loss.js';

/** Most steps for the intercept alone; every third halves its bracket, so these are more than a double has bits to halve. */
const MOST_STEPS = 4000;

/** The data of the rows. */
export interface Rows {
  /** Targets, or signs of 1 and -1, length m. */
  readonly target: Float64Array;
  /** Sample weights of mean 1, length m. */
  readonly weights: Float64Array;
  /** Offsets, length m. */
  readonly offset: Float64Array;
  /** What was taken away from all targets, and so belongs to the intercept. */
  readonly origin: number;
}

/**
 * The loss sum_i h_i phi(z_i, y_i) for a phi that is a parabola of curvature 1 in one zone and straight outside: Huber's loss
 * and the squared hinge. Its dual value at s r, 0 <= s <= 1, is s r . (y - o) - s^2/2 sum_i r_i^2 / h_i.
 */
export class ParabolaLoss extends RowSumLoss {
  override readonly origin: number;
  override readonly straight = true;
  readonly smoothness: number;
  readonly residualBound: number;
  readonly #row: RowLoss;
  readonly #target: Float64Array;
  readonly #weights: Float64Array;
  /** Room for the curvature of a model. */
  readonly #raised: Float64Array;

  /**
   * @param design - the design
   * @param penalty - the penalty: whether columns without any are possible
   * @param row - the loss of a row
   * @param rows - what belongs to the rows
   */
  constructor(design: Design, penalty: Pick<Penalty, 'uniform'>, row: RowLoss, rows: Rows) {
    super(design, penalty, rows.offset);
    this.#row = row;
    this.#target = rows.target;
    this.#weights = rows.weights;
    this.#raised = new Float64Array(design.rows);
    this.origin = rows.origin;
    let largest = 0;
    for (const weight of rows.weights) largest = Math.max(largest, weight);
    this.smoothness = largest;
    this.begin();
    // |phi'|^2 <= 2 phi, where the curvature is at most 1 and the minimum 0.
    this.residualBound = Math.sqrt(2 * largest * this.zeroValue);
  }

  get bestScale(): number {
    const { residual: r, offset } = this;
    let inner = 0;
    let square = 0;
    for (let i = 0; i < r.length; i++) {
      if (r[i] === 0) continue;
      inner += r[i] * (this.#target[i] - offset[i]);
      square += (r[i] * r[i]) / this.#weights[i];
    }
    return this.#row.bestShare(inner, square);
  }

  dual(scale: number): number {
    const { residual: r, offset } = this;
    let value = 0;
    for (let i = 0; i < r.length; i++) {
      if (r[i] === 0) continue;
      const weight = this.#weights[i];
      value += weight * this.#row.dual((scale * r[i]) / weight, this.#target[i]) - scale * r[i] * offset[i];
    }
    return value;
  }

  valueAt(step: Float64Array, share: number, centre: number): number {
    const { linear } = this;
    let value = 0;
    for (let i = 0; i < linear.length; i++) {
      const weight = this.#weights[i];
      if (weight === 0) continue;
      value += weight * this.#row.value(linear[i] + share * step[i] + centre, this.#target[i]);
    }
    return value;
  }

  modelCurvature(share: number): Float64Array {
    const { curvature } = this;
    for (let i = 0; i < curvature.length; i++) this.#raised[i] = Math.max(curvature[i], share * this.#weights[i]);
    return this.#raised;
  }

  /** Computes residual, curvature and value at `linear` and `centre`; returns the sum of the residual. */
  #evaluate(): number {
    const { linear, residual, curvature, centre } = this;
    let sum = 0;
    let value = 0;
    for (let i = 0; i < linear.length; i++) {
      const weight = this.#weights[i];
      const target = this.#target[i];
      const z = linear[i] + centre;
      residual[i] = -weight * this.#row.slope(z, target);
      curvature[i] = weight * this.#row.second(z, target);
      if (weight > 0) value += weight * this.#row.value(z, target);
      sum += residual[i];
    }
    this.value = value;
    return sum;
  }

  settle(): void {
    if (!this.intercept) {
      this.#evaluate();
      return;
    }
    let { low, high } = this.#bracket();
    this.centre = Math.max(low, Math.min(high, this.centre));
    for (let step = 1; ; step++) {
      const sum = this.#evaluate();
      const { total, rounding } = this.#standing();
      if (!(Math.abs(sum) > rounding) || step === MOST_STEPS) {
        this.#balance(sum, total);
        return;
      }
      if (sum > 0) low = this.centre;
      else high = this.centre;
      let next = this.centre + sum / total;
      // The sum is piecewise linear in the intercept: Newton's step ends it from the right piece, halving leads there.
      if (step % 3 === 0 || !(next >= low && next <= high)) next = low + (high - low) / 2;
      if (next === this.centre) {
        this.#balance(sum, total);
        return;
      }
      this.centre = next;
    }
  }

  /** Intercepts between which the sum of the residual changes its sign: where every row is met from above, and from below. */
  #bracket(): { low: number; high: number } {
    let low = Infinity;
    let high = -Infinity;
    for (let i = 0; i < this.linear.length; i++) {
      if (this.#weights[i] === 0) continue;
      const level = this.#target[i] - this.linear[i];
      low = Math.min(low, level);
      high = Math.max(high, level);
    }
    return { low, high };
  }

  /** The sum of the curvatures, and what rounding can do to the sum of the residual. */
  #standing(): { readonly total: number; readonly rounding: number } {
    let total = 0;
    let size = 0;
    for (let i = 0; i < this.linear.length; i++) {
      const curvature = this.curvature[i];
      total += curvature;
      size += Math.abs(this.residual[i]) + curvature * (Math.abs(this.linear[i]) + Math.abs(this.#target[i]));
    }
    return { total, rounding: 4 * Number.EPSILON * (size + total * Math.abs(this.centre)) };
  }

  /** Takes what rounding left of the sum from the rows inside the zone: any residual is a dual point. */
  #balance(sum: number, total: number): void {
    if (!(total > 0)) return;
    const { residual, curvature } = this;
    for (let i = 0; i < residual.length; i++) residual[i] -= curvature[i] * (sum / total);
  }
}
