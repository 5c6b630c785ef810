import type { BlockOracle, Slices } from '../oracle.js';
import { TopScores } from './top.js';

/** Steps of the iteration. */
const STEPS = 10;

/** Steps of the power iteration for the largest eigenvalue of the scaled bound. */
const POWER_STEPS = 30;

/**
 * Chooses variables for the matrix update by iterative hard thresholding, the paper's approximation of argmax over
 * |b| = count of g_b' H_b^-1 g_b: gradient steps on g'd + d'Hd/2 in variables scaled by sqrt(L_i), each cut to its
 * `count` largest entries.
 */
export class Thresholding {
  readonly #oracle: BlockOracle;
  readonly #all: Int32Array;
  readonly #top: TopScores;
  #step = 0;

  /** @param oracle - the function */
  constructor(oracle: BlockOracle) {
    this.#oracle = oracle;
    this.#all = Int32Array.from({ length: oracle.dimension }, (_, i) => i);
    this.#top = new TopScores(oracle.dimension);
  }

  /**
   * @param count - variables to choose, <= n
   * @returns the block, rising; the gradient is up to date
   */
  *select(count: number): Slices<Int32Array> {
    const { lipschitz, gradient } = this.#oracle;
    if (this.#step === 0) this.#step = 1 / (1.01 * (yield* this.#largestEigenvalue()));
    const scaled = gradient.map((g, i) => g / Math.sqrt(lipschitz[i]));
    let d = new Float64Array(scaled.length);
    let support = this.#top.select(scaled.map(Math.abs), count);
    for (const i of support) d[i] = -scaled[i];
    const start = yield* this.#product(d, support);
    let slope = 0;
    let curvature = 0;
    for (const i of support) {
      slope += scaled[i] * d[i];
      curvature += d[i] * start[i];
    }
    const share = curvature > 0 ? Math.min(1, -slope / curvature) : 1;
    for (const i of support) d[i] *= share;
    let repeated = 0;
    for (let step = 0; step < STEPS && repeated < 2; step++) {
      const product = yield* this.#product(d, support);
      const next = d.map((value, i) => value - this.#step * (scaled[i] + product[i]));
      const chosen = this.#top.select(next.map(Math.abs), count);
      repeated = chosen.every((i, k) => i === support[k]) ? repeated + 1 : 0;
      support = chosen;
      d = new Float64Array(d.length);
      for (const i of support) d[i] = next[i];
    }
    return support;
  }

  /** L^-1/2 H L^-1/2 d for d on a support. */
  *#product(d: Float64Array, support: Int32Array): Slices<Float64Array> {
    const { lipschitz } = this.#oracle;
    const out = new Float64Array(d.length);
    const values = Float64Array.from(support, (i) => d[i] / Math.sqrt(lipschitz[i]));
    yield* this.#oracle.boundProduct(support, values, out);
    for (let j = 0; j < out.length; j++) out[j] /= Math.sqrt(lipschitz[j]);
    return out;
  }

  *#largestEigenvalue(): Slices<number> {
    let v = new Float64Array(this.#all.length).fill(1 / Math.sqrt(this.#all.length));
    let value = 1;
    for (let step = 0; step < POWER_STEPS; step++) {
      const w = yield* this.#product(v, this.#all);
      value = Math.sqrt(w.reduce((sum, entry) => sum + entry * entry, 0));
      if (value === 0) return 1;
      v = w.map((entry) => entry / value) as Float64Array<ArrayBuffer>;
    }
    return value;
  }
}
