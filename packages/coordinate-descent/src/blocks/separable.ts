import { type ColumnGroups, singleColumns } from '../groups/column-groups.js';
import { Units } from './units.js';

/** Vectors of one block. */
export interface BlockVectors {
  /** The gradient. */
  readonly g: Float64Array;
  /** x before the update. */
  readonly from: Float64Array;
  /** Where x is to go. */
  readonly target: Float64Array;
}

/**
 * The separable part of a problem: sum_i t_i |x_i| with lower_i <= x_i <= upper_i.
 */
export class Separable {
  /** t_i, length n, >= 0. */
  readonly l1: Float64Array;
  /** Smallest values, length n. */
  readonly lower: Float64Array;
  /** Largest values, length n, not below `lower`. */
  readonly upper: Float64Array;
  /** Whether there are no penalties, bounds or groups. */
  readonly isZero: boolean;
  /** What blocks are made of. */
  readonly units: Units;

  /**
   * @param l1 - t, length n
   * @param lower - smallest values, length n
   * @param upper - largest values, length n
   * @param groups - variables that only move together; none when left out
   */
  constructor(l1: Float64Array, lower: Float64Array, upper: Float64Array, groups?: ColumnGroups) {
    this.units = new Units(groups ?? singleColumns(l1.length), groups === undefined);
    this.l1 = l1;
    this.lower = lower;
    this.upper = upper;
    this.isZero =
      groups === undefined &&
      l1.every((t) => t === 0) &&
      lower.every((v) => v === -Infinity) &&
      upper.every((v) => v === Infinity);
  }

  /** The nearest value to v within the bounds. */
  clamp(i: number, v: number): number {
    return Math.max(this.lower[i], Math.min(this.upper[i], v));
  }

  /** argmin over u within the bounds of scale / 2 (u - v)^2 + t_i |u|, scale > 0. */
  prox(i: number, v: number, scale: number): number {
    const t = this.l1[i] / scale;
    return this.clamp(i, v > t ? v - t : v < -t ? v + t : 0);
  }

  /** t_i |v|. */
  valueOf(i: number, v: number): number {
    const t = this.l1[i];
    return t === 0 ? 0 : t * Math.abs(v);
  }

  /** t_i (|to| - |from|), without the rounding of large values whose difference is small. */
  change(i: number, from: number, to: number): number {
    const t = this.l1[i];
    if (t === 0 || from === to) return 0;
    if (from >= 0 && to >= 0) return t * (to - from);
    return from <= 0 && to <= 0 ? t * (from - to) : t * (Math.abs(to) - Math.abs(from));
  }

  /** sum_i t_i |x_i|. */
  value(x: Float64Array): number {
    let sum = 0;
    for (let i = 0; i < x.length; i++) sum += this.valueOf(i, x[i]);
    return sum;
  }

  /** The element of least size of the subdifferential in x_i, for gradient g: 0 where x_i is optimal. */
  slope(i: number, x: number, g: number): number {
    const right = g + (x >= 0 ? this.l1[i] : -this.l1[i]);
    if (right < 0) return x < this.upper[i] ? right : 0;
    const left = g + (x > 0 ? this.l1[i] : -this.l1[i]);
    return left > 0 && x > this.lower[i] ? left : 0;
  }

  /** Where the penalty has a kink at x_i, and x_i may rest there: 0 nowhere, 1 at zero, 2 at a bound. */
  kink(i: number, x: number): number {
    if (x === this.lower[i] || x === this.upper[i]) return 2;
    return x === 0 && this.l1[i] > 0 ? 1 : 0;
  }

  /**
   * How far the gradient may still go before x_i leaves its kink: the distance of 0 from the ends of the
   * subdifferential, at most 0 where it does not lie inside.
   */
  margin(i: number, x: number, g: number): number {
    const right = x < this.upper[i] ? g + (x >= 0 ? this.l1[i] : -this.l1[i]) : Infinity;
    const left = x > this.lower[i] ? g + (x > 0 ? this.l1[i] : -this.l1[i]) : -Infinity;
    return Math.min(right, -left);
  }

  /** The supremum over v within the bounds of c v - t_i |v| - ridge / 2 v^2; may be Infinity. */
  conjugate(i: number, c: number, ridge: number): number {
    const t = this.l1[i];
    const pull = c > t ? c - t : c < -t ? c + t : 0;
    const v = this.clamp(i, pull === 0 ? 0 : ridge > 0 ? pull / ridge : pull > 0 ? Infinity : -Infinity);
    if (Math.abs(v) === Infinity) return Infinity;
    return c * v - t * Math.abs(v) - (ridge * v * v) / 2;
  }

  /** Whether {@link Separable.conjugate} is infinite beyond t_i on the side of c. */
  opens(i: number, c: number, ridge: number): boolean {
    return ridge === 0 && (c > 0 ? this.upper[i] === Infinity : this.lower[i] === -Infinity);
  }

  /** Whether x_i has a penalty. */
  penalises(i: number): boolean {
    return this.l1[i] > 0;
  }

  /** Puts the prox of a step of length 1 / scale along -g in place of the target. */
  proxStep(block: Int32Array, { g, from, target }: BlockVectors, scale: (k: number) => number): void {
    for (let k = 0; k < block.length; k++) {
      const s = scale(k);
      target[k] = this.prox(block[k], from[k] - g[k] / s, s);
    }
  }

  /** The change from x to the target, and g . (target - x). */
  predictedChange(block: Int32Array, { g, from, target }: BlockVectors): number {
    let sum = 0;
    for (let k = 0; k < block.length; k++) {
      const i = block[k];
      sum += g[k] * (target[k] - from[k]) + this.change(i, from[k], target[k]);
    }
    return sum;
  }

  /** The change on a block from one point to another. */
  blockChange(block: Int32Array, from: Float64Array, to: Float64Array): number {
    let sum = 0;
    for (let k = 0; k < block.length; k++) sum += this.change(block[k], from[k], to[k]);
    return sum;
  }

  /** The change from x to a share of the way to the target. */
  changeAlong(block: Int32Array, { from, target }: BlockVectors, step: number): number {
    let sum = 0;
    for (let k = 0; k < block.length; k++) {
      const i = block[k];
      sum += this.change(i, from[k], from[k] + step * (target[k] - from[k]));
    }
    return sum;
  }

  /** The size of the largest entry of the least subgradient on a block, for its x and its gradient. */
  largestSlope(block: Int32Array, x: Float64Array, g: Float64Array): number {
    let most = 0;
    for (let k = 0; k < block.length; k++) most = Math.max(most, Math.abs(this.slope(block[k], x[k], g[k])));
    return most;
  }

  /** The largest L_u |x_u - prox of a step of 1 / L_u| over all units u; NaN where there is one. */
  stationarity(x: Float64Array, gradient: Float64Array, constants: Float64Array): number {
    let most = 0;
    for (let i = 0; i < x.length; i++) {
      const size = constants[i] * Math.abs(x[i] - this.prox(i, x[i] - gradient[i] / constants[i], constants[i]));
      if (!(size <= most)) most = size;
    }
    return most;
  }

  /** Whether a variable of a block came to a kink, left one or changed its sign, x being the whole point after it. */
  crosses(block: Int32Array, before: Float64Array, x: Float64Array): boolean {
    for (let k = 0; k < block.length; k++) {
      const i = block[k];
      const [from, to] = [before[k], x[i]];
      if (from === to) continue;
      // From one bound to the other is a change; so is a change of sign where there is a penalty.
      const stays = this.kink(i, to) === 0 && (this.l1[i] === 0 || from > 0 === to > 0);
      if (this.kink(i, from) !== this.kink(i, to) || !stays) return true;
    }
    return false;
  }

  /** The variables that rest at no kink, rising, and the least margin of the others. */
  activity(x: Float64Array, gradient: Float64Array): { readonly free: number[]; readonly margin: number } {
    const free: number[] = [];
    let margin = Infinity;
    for (let i = 0; i < x.length; i++) {
      if (this.kink(i, x[i]) === 0) free.push(i);
      else margin = Math.min(margin, this.margin(i, x[i], gradient[i]));
    }
    return { free, margin };
  }

  /** The largest share of c, at most 1, at which the conjugate is finite to rounding. */
  feasibleShare(c: Float64Array, ridge: number): number {
    let share = 1;
    for (let i = 0; i < c.length; i++) {
      const size = Math.abs(c[i]);
      if (size > this.l1[i] && this.opens(i, c[i], ridge)) share = Math.min(share, this.l1[i] / size);
    }
    return share;
  }

  /** `value` less the conjugate at c, whose entries are feasible to rounding if `limited`. */
  lessConjugate(value: number, c: Float64Array, ridge: number, limited = true): number {
    let rest = value;
    for (let i = 0; i < c.length; i++) {
      const level = this.l1[i];
      const inside = limited && this.opens(i, c[i], ridge) ? Math.max(-level, Math.min(level, c[i])) : c[i];
      rest -= this.conjugate(i, inside, ridge);
    }
    return rest;
  }
}
