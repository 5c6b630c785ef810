import type { Pass } from './descent.js';
import type { LassoProblem } from './problem/lasso-problem.js';

/** Passes between two extrapolations: as many differences are combined. */
export const WINDOW = 5;

/** Smallest share of the way to the combination that is tried. */
const SMALLEST_SHARE = 1 / 64;

/**
 * Anderson extrapolation of coordinate descent. Near the solution a pass is a linear map, so iterates x_0 .. x_5 of five
 * passes lie close to the limit plus a few decaying modes. With U the differences x_(k+1) - x_k, the weights
 * c = z / sum(z), (U'U) z = 1, make the combination of differences as short as weights of sum 1 can. From x_5 the iterate
 * goes towards sum c_k x_(k+1) if that lowers the primal value: all the way, or where a sign changed on it, a part of it.
 * Coefficients and residual, being affine in the iterates, are combined alike, so that trying costs no product.
 *
 * @see Q. Bertrand, M. Massias, "Anderson acceleration of coordinate descent", AISTATS 2021
 */
export class Extrapolation {
  readonly #problem: LassoProblem;
  readonly #pass: Pass;
  /** x_0 .. x_5, each the coefficients of the pass, the residual and its sum. */
  readonly #iterates: Float64Array[];
  #kept = 0;

  /**
   * @param problem - the problem
   * @param pass - the columns that passes go over; the support is among them
   */
  constructor(problem: LassoProblem, pass: Pass) {
    const length = pass.count + problem.design.rows + 1;
    this.#problem = problem;
    this.#pass = pass;
    this.#iterates = Array.from({ length: WINDOW + 1 }, () => new Float64Array(length));
  }

  /** Keeps the current iterate. To be called after each pass. */
  keep(): void {
    const { coefficients: w, residual: r, residualSum } = this.#problem.design.work;
    const { ids, count } = this.#pass;
    const iterate = this.#iterates[this.#kept++];
    for (let k = 0; k < count; k++) iterate[k] = w[ids[k]];
    iterate.set(r, count);
    iterate[iterate.length - 1] = residualSum[0];
  }

  /**
   * Extrapolates the kept iterates if there are six of them, and keeps where it gets to as the first of the next six.
   *
   * @param primal - primal value of the current iterate
   */
  extrapolate(primal: number): void {
    const weights = this.#kept > WINDOW ? this.#weights() : undefined;
    if (weights !== undefined) this.#move(weights, primal);
    this.#kept = 0;
    this.keep();
  }

  /** The weights c, or undefined where rounding leaves none. */
  #weights(): Float64Array | undefined {
    const { count } = this.#pass;
    const products = new Float64Array(WINDOW * WINDOW);
    for (let k = 0; k < count; k++) {
      for (let p = 0; p < WINDOW; p++) {
        const u = this.#iterates[p + 1][k] - this.#iterates[p][k];
        for (let q = 0; q <= p; q++) {
          products[p * WINDOW + q] += u * (this.#iterates[q + 1][k] - this.#iterates[q][k]);
        }
      }
    }
    const weights = solveForOnes(products);
    let sum = 0;
    for (const weight of weights) sum += weight;
    if (!(Math.abs(sum) > 0) || !Number.isFinite(sum)) return undefined;
    return weights.map((weight) => weight / sum);
  }

  /** Moves towards the combination by 1, 1/2, 1/4, .. of the way, the first that helps, or not at all. */
  #move(weights: Float64Array, primal: number): void {
    const { design, counts } = this.#problem;
    const { coefficients: w } = design.work;
    const { ids, count } = this.#pass;
    const latest = this.#iterates[WINDOW];
    const step = this.#iterates[0];
    for (let k = 0; k < step.length; k++) step[k] = -latest[k];
    for (let p = 0; p < WINDOW; p++) {
      const weight = weights[p];
      const iterate = this.#iterates[p + 1];
      for (let k = 0; k < step.length; k++) step[k] += weight * iterate[k];
    }
    // The first smaller value will do: measured in passes, the best one of all shares is no better.
    for (let share = 1; share >= SMALLEST_SHARE; share /= 2) {
      if (!(this.#moveBy(share) < primal)) continue;
      for (let k = 0; k < count; k++) w[ids[k]] = latest[k] + share * step[k];
      counts.extrapolations++;
      return;
    }
    this.#moveBy(0);
  }

  /** Sets the residual to what it is a share of the way on; returns the primal value there. */
  #moveBy(share: number): number {
    const { design } = this.#problem;
    const { residual: r, residualSum } = design.work;
    const { count } = this.#pass;
    const latest = this.#iterates[WINDOW];
    const step = this.#iterates[0];
    const price = this.#price(share);
    for (let i = 0; i < r.length; i++) r[i] = latest[count + i] + share * step[count + i];
    residualSum[0] = latest[latest.length - 1] + share * step[step.length - 1];
    return design.residualSquare() / 2 + price;
  }

  /** The penalty a share of the way on; Infinity outside the bounds. */
  #price(share: number): number {
    const { penalty } = this.#problem;
    const { ids, count } = this.#pass;
    const latest = this.#iterates[WINDOW];
    const step = this.#iterates[0];
    let price = 0;
    if (penalty.plain) {
      for (let k = 0; k < count; k++) price += Math.abs(latest[k] + share * step[k]);
      return penalty.threshold * price;
    }
    const { lower, upper } = penalty.vectors;
    for (let k = 0; k < count; k++) {
      const value = latest[k] + share * step[k];
      if (value < lower[ids[k]] || value > upper[ids[k]]) return Infinity;
      price += penalty.value(ids[k], value);
    }
    return price;
  }
}

/**
 * Solves the symmetric system C z = 1 by L D L' with a small multiple of the trace on the diagonal, which keeps it
 * definite where differences are parallel to rounding.
 *
 * @param c - lower triangle in rows, overwritten
 * @returns z
 */
export function solveForOnes(c: Float64Array): Float64Array {
  let trace = 0;
  for (let p = 0; p < WINDOW; p++) trace += c[p * WINDOW + p];
  const z = new Float64Array(WINDOW).fill(1);
  const d = new Float64Array(WINDOW);
  for (let p = 0; p < WINDOW; p++) {
    const row = p * WINDOW;
    let pivot = c[row + p] + 1e-12 * trace;
    for (let q = 0; q < p; q++) {
      let value = c[row + q];
      for (let s = 0; s < q; s++) value -= c[row + s] * d[s] * c[q * WINDOW + s];
      c[row + q] = value / d[q];
    }
    for (let q = 0; q < p; q++) pivot -= c[row + q] * c[row + q] * d[q];
    d[p] = pivot;
    for (let q = 0; q < p; q++) z[p] -= c[row + q] * z[q];
  }
  for (let p = 0; p < WINDOW; p++) z[p] /= d[p];
  for (let p = WINDOW - 1; p >= 0; p--) {
    for (let q = p + 1; q < WINDOW; q++) z[p] -= c[q * WINDOW + p] * z[q];
  }
  return z;
}
