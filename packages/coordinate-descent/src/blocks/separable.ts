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
  /** Whether there is neither a penalty nor a bound. */
  readonly isZero: boolean;

  /**
   * @param l1 - t, length n
   * @param lower - smallest values, length n
   * @param upper - largest values, length n
   */
  constructor(l1: Float64Array, lower: Float64Array, upper: Float64Array) {
    this.l1 = l1;
    this.lower = lower;
    this.upper = upper;
    this.isZero = l1.every((t) => t === 0) && lower.every((v) => v === -Infinity) && upper.every((v) => v === Infinity);
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
}
