import type { Slices } from './oracle.js';

/** Most entries of columns that are kept. */
const MOST_ENTRIES = 16777216;

/** Moves of a variable before its column is worth the n products that it takes. */
const MOVES = 2;

/** Columns of A'A for variables that move often, so that the gradient of a sum of squares on dense A moves with them. */
export class GramColumns {
  readonly #columns = new Map<number, Float64Array>();
  readonly #moves: Uint8Array;
  readonly #compute: (j: number, out: Float64Array) => Slices;

  /**
   * @param n - number of variables
   * @param compute - computes a column
   */
  constructor(n: number, compute: (j: number, out: Float64Array) => Slices) {
    this.#moves = new Uint8Array(n);
    this.#compute = compute;
  }

  /** Computes the columns of a block's variables that have moved before: they are likely to move again. */
  *fetch(block: Int32Array): Slices {
    const n = this.#moves.length;
    for (const j of block) {
      if (this.#moves[j] < MOVES || this.#columns.has(j)) continue;
      if ((this.#columns.size + 1) * n > MOST_ENTRIES) return;
      const column = new Float64Array(n);
      yield* this.#compute(j, column);
      this.#columns.set(j, column);
    }
  }

  /**
   * gradient += step A'A d for d = target - from on a block, if all columns that are needed are kept.
   *
   * @returns whether they were; if not, the gradient is as before
   */
  spread(block: Int32Array, from: Float64Array, target: Float64Array, step: number, gradient: Float64Array): boolean {
    let kept = true;
    for (let k = 0; k < block.length; k++) {
      const j = block[k];
      if (target[k] === from[k] || this.#columns.has(j)) continue;
      kept = false;
      if (this.#moves[j] < MOVES) this.#moves[j]++;
    }
    if (!kept) return false;
    for (let k = 0; k < block.length; k++) {
      const d = step * (target[k] - from[k]);
      const column = d === 0 ? undefined : this.#columns.get(block[k]);
      if (column !== undefined) for (let j = 0; j < column.length; j++) gradient[j] += d * column[j];
    }
    return true;
  }
}
