import type { SparseMatrix } from '@lemmata/linalg';

/** Grows forests in the graph of a symmetric matrix: a union-find over nodes whose tables are used again by stamps. */
export class GreedyForest {
  readonly #matrix: SparseMatrix;
  readonly #root: Int32Array;
  readonly #size: Int32Array;
  readonly #stamps: Int32Array;
  #stamp = 0;

  /** @param matrix - a symmetric matrix in CSR; its entries off the diagonal are edges */
  constructor(matrix: SparseMatrix) {
    this.#matrix = matrix;
    this.#root = new Int32Array(matrix.rows);
    this.#size = new Int32Array(matrix.rows);
    this.#stamps = new Int32Array(matrix.rows);
  }

  /**
   * Takes nodes in an order, each unless it closes a cycle with those taken before.
   *
   * @param order - nodes, each at most once
   * @returns the nodes taken, rising: their graph is a forest, and no node of the order can be added
   * Complexity: O(edges alpha(n)).
   */
  select(order: Int32Array): Int32Array {
    this.#stamp++;
    let count = 0;
    const taken = new Int32Array(order.length);
    for (const v of order) if (this.#add(v)) taken[count++] = v;
    return taken.slice(0, count).sort();
  }

  /** Adds a node if its neighbours in the forest lie in different trees. */
  #add(v: number): boolean {
    const { indptr, indices } = this.#matrix;
    const [from, to] = [indptr[v], indptr[v + 1]];
    // Roots that were met are marked by a negative size; two neighbours of one tree meet the same root.
    let end = from;
    let cycle = false;
    for (; end < to && !cycle; end++) {
      const u = indices[end];
      if (u === v || this.#stamps[u] !== this.#stamp) continue;
      const root = this.#find(u);
      cycle = this.#size[root] < 0;
      this.#size[root] = -Math.abs(this.#size[root]);
    }
    for (let k = from; k < end; k++) {
      const u = indices[k];
      if (u === v || this.#stamps[u] !== this.#stamp) continue;
      const root = this.#find(u);
      this.#size[root] = Math.abs(this.#size[root]);
    }
    if (cycle) return false;
    this.#stamps[v] = this.#stamp;
    this.#root[v] = v;
    this.#size[v] = 1;
    for (let k = from; k < to; k++) {
      const u = indices[k];
      if (u !== v && this.#stamps[u] === this.#stamp) this.#union(v, u);
    }
    return true;
  }

  #find(v: number): number {
    let u = v;
    while (this.#root[u] !== u) {
      this.#root[u] = this.#root[this.#root[u]];
      u = this.#root[u];
    }
    return u;
  }

  #union(v: number, u: number): void {
    const [p, q] = [this.#find(v), this.#find(u)];
    const [large, small] = this.#size[p] >= this.#size[q] ? [p, q] : [q, p];
    this.#root[small] = large;
    this.#size[large] += this.#size[small];
  }
}
