import { type Matrix, type SparseMatrix, toSparse } from '@lemmata/linalg';

/** How much dearer it is to scatter an entry than to gather one: measured, in whole numbers. */
const SCATTER_COST = 6;

/** Moves the gradient A' s of a sparse linear model along the rows whose slopes s change. */
export class RowUpdates {
  readonly #rows: SparseMatrix;
  readonly #changed: Int32Array;
  readonly #changes: Float64Array;
  #count = 0;

  /** @param matrix - A */
  constructor(matrix: Matrix) {
    this.#rows = toSparse(matrix, 'csr');
    this.#changed = new Int32Array(matrix.rows);
    this.#changes = new Float64Array(matrix.rows);
  }

  /** Whether moving along some rows is cheaper than computing the gradient; if so, changes are noted from now on. */
  begin(rows: Int32Array, count: number): boolean {
    const { indptr } = this.#rows;
    const limit = indptr[indptr.length - 1] / SCATTER_COST;
    this.#count = 0;
    let entries = 0;
    for (let t = 0; t < count; t++) {
      const r = rows[t];
      entries += indptr[r + 1] - indptr[r];
      if (entries > limit) return false;
    }
    return true;
  }

  /** Notes that the slope of a row changed. */
  note(row: number, change: number): void {
    if (change === 0) return;
    this.#changed[this.#count] = row;
    this.#changes[this.#count++] = change;
  }

  /** gradient += sum of change a_r over the rows noted. */
  apply(gradient: Float64Array): void {
    const { indptr, indices, data } = this.#rows;
    for (let t = 0; t < this.#count; t++) {
      const change = this.#changes[t];
      const end = indptr[this.#changed[t] + 1];
      for (let k = indptr[this.#changed[t]]; k < end; k++) gradient[indices[k]] += change * data[k];
    }
  }
}
