/** The part mu / 2 |x|^2 + c . x of a function: a ridge and a linear term. */
export class RidgeTerm {
  /** mu, >= 0. */
  readonly ridge: number;
  /** c, length n; undefined where it is 0. */
  readonly linear: Float64Array | undefined;

  /**
   * @param ridge - mu, >= 0
   * @param linear - c, length n; left out where it is 0
   */
  constructor(ridge: number, linear?: Float64Array) {
    this.ridge = ridge;
    this.linear = linear;
  }

  /** mu / 2 |x|^2 + c . x. */
  value(x: Float64Array): number {
    const { ridge, linear } = this;
    let square = 0;
    let product = 0;
    if (ridge !== 0) for (const entry of x) square += entry * entry;
    if (linear !== undefined) for (let i = 0; i < x.length; i++) product += linear[i] * x[i];
    return (ridge / 2) * square + product;
  }

  /** The derivative in x_i. */
  slope(i: number, x: number): number {
    return this.ridge * x + (this.linear === undefined ? 0 : this.linear[i]);
  }

  /** What a step from `from` towards `target` on a block adds to the value, without the rounding of large values. */
  change(block: Int32Array, from: Float64Array, target: Float64Array, step: number): number {
    const { ridge, linear } = this;
    if (ridge === 0 && linear === undefined) return 0;
    let square = 0;
    let product = 0;
    for (let k = 0; k < block.length; k++) {
      const d = step * (target[k] - from[k]);
      square += d * (2 * from[k] + d);
      if (linear !== undefined) product += linear[block[k]] * d;
    }
    return (ridge / 2) * square + product;
  }

  /** Adds to the gradient what such a step changes of it. */
  spread(block: Int32Array, from: Float64Array, target: Float64Array, step: number, gradient: Float64Array): void {
    if (this.ridge === 0) return;
    for (let k = 0; k < block.length; k++) gradient[block[k]] += this.ridge * step * (target[k] - from[k]);
  }
}
