import type { Pass } from '../descent.js';
import type { LassoProblem } from '../problem/lasso-problem.js';

/** Tells whether signs rest from one look at the coefficients to the next. */
export class SupportWatch {
  readonly #problem: LassoProblem;
  readonly #pass: Pass;
  readonly #signs: Int8Array;

  /**
   * @param problem - the problem
   * @param pass - the columns that are looked at
   */
  constructor(problem: LassoProblem, pass: Pass) {
    this.#problem = problem;
    this.#pass = pass;
    this.#signs = new Int8Array(pass.count);
    this.look();
  }

  /**
   * Looks at the coefficients.
   *
   * @returns the columns whose coefficient is not 0 and off its bounds, if all signs are as at the look before and a Newton
   * step on them is possible; else undefined
   */
  look(): Int32Array | undefined {
    const { penalty, design } = this.#problem;
    const { coefficients: w } = design.work;
    const { ids, count } = this.#pass;
    const { lower, upper } = penalty.vectors;
    let steady = true;
    const support: number[] = [];
    for (let k = 0; k < count; k++) {
      const value = w[ids[k]];
      const sign = Math.sign(value);
      if (sign !== this.#signs[k]) {
        steady = false;
        this.#signs[k] = sign;
      }
      if (sign === 0 || (!penalty.uniform && (value === lower[ids[k]] || value === upper[ids[k]]))) continue;
      support.push(ids[k]);
    }
    // More columns than rows are dependent, which only a ridge mends.
    const solvable = support.length > 0 && (support.length <= design.rows || penalty.ridge > 0);
    return steady && solvable ? Int32Array.from(support) : undefined;
  }
}
