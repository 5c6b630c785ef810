import { solveForOnes, WINDOW } from '../extrapolation.js';

export { WINDOW };

/** Smallest share of the way to the combination that is tried. */
const SMALLEST_SHARE = 1 / 64;

/** Coefficients and what is affine in them. */
interface Iterate {
  readonly w: Float64Array;
  readonly c: Float64Array;
}

/**
 * Anderson extrapolation of block coordinate descent on products, as `Extrapolation` does it on residuals: of five passes'
 * differences the combination of sum 1 that is shortest in the coefficients, taken where the primal value falls.
 *
 * @see Q. Bertrand, M. Massias, "Anderson acceleration of coordinate descent", AISTATS 2021
 */
export class BlockExtrapolation {
  readonly #model: Iterate;
  readonly #primal: () => number;
  readonly #iterates: Float64Array[];
  #kept = 0;

  /**
   * @param model - coefficients and products, moved in place
   * @param primal - the primal value of the model as it is
   */
  constructor(model: Iterate, primal: () => number) {
    this.#model = model;
    this.#primal = primal;
    this.#iterates = Array.from({ length: WINDOW + 1 }, () => new Float64Array(model.w.length + model.c.length));
  }

  /** Keeps the current iterate. To be called after each pass. */
  keep(): void {
    const iterate = this.#iterates[this.#kept++];
    iterate.set(this.#model.w);
    iterate.set(this.#model.c, this.#model.w.length);
  }

  /**
   * Extrapolates the kept iterates if there are six of them, and keeps where it gets to as the first of the next six.
   *
   * @param primal - primal value of the current iterate
   * @returns whether it went anywhere
   */
  extrapolate(primal: number): boolean {
    const moved = this.#kept > WINDOW && this.#move(primal);
    this.#kept = 0;
    this.keep();
    return moved;
  }

  #move(primal: number): boolean {
    const weights = this.#weights();
    if (weights === undefined) return false;
    const latest = this.#iterates[WINDOW];
    const step = this.#iterates[0];
    for (let e = 0; e < step.length; e++) step[e] = -latest[e];
    for (let q = 0; q < WINDOW; q++) {
      const iterate = this.#iterates[q + 1];
      for (let e = 0; e < step.length; e++) step[e] += weights[q] * iterate[e];
    }
    for (let share = 1; share >= SMALLEST_SHARE; share /= 2) {
      this.#moveBy(latest, step, share);
      if (this.#primal() < primal) return true;
    }
    this.#moveBy(latest, step, 0);
    return false;
  }

  #moveBy(latest: Float64Array, step: Float64Array, share: number): void {
    const { w, c } = this.#model;
    const n = w.length;
    for (let e = 0; e < n; e++) w[e] = latest[e] + share * step[e];
    for (let e = 0; e < c.length; e++) c[e] = latest[n + e] + share * step[n + e];
  }

  /** The weights, or undefined where rounding leaves none. */
  #weights(): Float64Array | undefined {
    const products = new Float64Array(WINDOW * WINDOW);
    const n = this.#model.w.length;
    for (let e = 0; e < n; e++) {
      for (let q = 0; q < WINDOW; q++) {
        const u = this.#iterates[q + 1][e] - this.#iterates[q][e];
        if (u === 0) continue;
        for (let s = 0; s <= q; s++) {
          products[q * WINDOW + s] += u * (this.#iterates[s + 1][e] - this.#iterates[s][e]);
        }
      }
    }
    const weights = solveForOnes(products);
    let sum = 0;
    for (const weight of weights) sum += weight;
    if (!(Math.abs(sum) > 0) || !Number.isFinite(sum)) return undefined;
    return weights.map((weight) => weight / sum);
  }
}
