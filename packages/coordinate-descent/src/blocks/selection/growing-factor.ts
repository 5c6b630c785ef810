/** Share of a diagonal entry below which a pivot is rounding. */
const LEAST_PIVOT = 1e-12;

/** The Cholesky factor of a symmetric matrix that grows by a row at a time, with the right side of a system. */
export class GrowingFactor {
  /** Whether every pivot so far was more than rounding; rows after one that was not are ignored. */
  positive = true;
  readonly #order: number;
  readonly #factor: Float64Array;
  /** The right side times the inverse of the factor. */
  readonly #forward: Float64Array;
  #size = 0;

  /** @param order - rows there will be at most */
  constructor(order: number) {
    this.#order = order;
    this.#factor = new Float64Array(order * order);
    this.#forward = new Float64Array(order);
  }

  /**
   * Adds a row.
   *
   * @param row - its entries up to the diagonal
   * @param right - its right side
   * Complexity: O(rows^2).
   */
  extend(row: readonly number[], right: number): void {
    if (!this.positive) return;
    const factor = this.#factor;
    const at = this.#size * this.#order;
    let pivot = row[this.#size];
    let value = right;
    for (let a = 0; a < this.#size; a++) {
      let entry = row[a];
      for (let c = 0; c < a; c++) entry -= factor[at + c] * factor[a * this.#order + c];
      entry /= factor[a * this.#order + a];
      factor[at + a] = entry;
      pivot -= entry * entry;
      value -= entry * this.#forward[a];
    }
    this.positive = pivot > LEAST_PIVOT * row[this.#size];
    if (!this.positive) return;
    const root = Math.sqrt(pivot);
    factor[at + this.#size] = root;
    this.#forward[this.#size++] = value / root;
  }

  /** The solution of the system, a new array. Complexity: O(rows^2). */
  solution(): Float64Array {
    const x = this.#forward.slice(0, this.#size);
    for (let a = this.#size - 1; a >= 0; a--) {
      x[a] /= this.#factor[a * this.#order + a];
      for (let c = 0; c < a; c++) x[c] -= this.#factor[a * this.#order + c] * x[a];
    }
    return x;
  }
}
