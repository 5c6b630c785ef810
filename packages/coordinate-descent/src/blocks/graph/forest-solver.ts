import type { SparseMatrix } from '@lemmata/linalg';

/** Solves H_bb d = r for blocks whose graph is a forest, by elimination from leaves to roots and back. */
export class ForestSolver {
  readonly #matrix: SparseMatrix;
  /** Place of a node in the order, or -1 outside the block; -2 in the block, not visited yet. */
  readonly #place: Int32Array;
  readonly #order: Int32Array;
  /** Place of the parent, -1 for roots, and the entry of H between the two. */
  readonly #parent: Int32Array;
  readonly #link: Float64Array;
  readonly #pivot: Float64Array;
  readonly #right: Float64Array;

  /** @param matrix - a symmetric matrix in CSR */
  constructor(matrix: SparseMatrix) {
    const n = matrix.rows;
    this.#matrix = matrix;
    this.#place = new Int32Array(n).fill(-1);
    this.#order = new Int32Array(n);
    this.#parent = new Int32Array(n);
    this.#link = new Float64Array(n);
    this.#pivot = new Float64Array(n);
    this.#right = new Float64Array(n);
  }

  /**
   * @param block - nodes
   * @param r - the right-hand side, in the order of the block; the solution on return
   * @returns -1, or a node on a cycle of the block: then r is as before
   * Complexity: O(edges of the block's nodes).
   */
  solve(block: Int32Array, r: Float64Array): number {
    for (const v of block) this.#place[v] = -2;
    const cycle = this.#visit(block);
    if (cycle < 0) this.#eliminate(block, r);
    for (const v of block) this.#place[v] = -1;
    return cycle;
  }

  /** Orders the block so that parents come before children; the order itself is the list of nodes to be looked at. */
  #visit(block: Int32Array): number {
    const { indptr, indices, data } = this.#matrix;
    let count = 0;
    for (const start of block) {
      if (this.#place[start] !== -2) continue;
      this.#place[start] = count;
      this.#parent[count] = -1;
      this.#order[count++] = start;
      for (let at = this.#place[start]; at < count; at++) {
        const v = this.#order[at];
        for (let k = indptr[v]; k < indptr[v + 1]; k++) {
          const u = indices[k];
          const place = this.#place[u];
          if (u === v || place === -1 || place === this.#parent[at]) continue;
          if (place !== -2) return u;
          this.#place[u] = count;
          this.#parent[count] = at;
          this.#link[count] = data[k];
          this.#order[count++] = u;
        }
      }
    }
    return -1;
  }

  #eliminate(block: Int32Array, r: Float64Array): void {
    const { indptr, indices, data } = this.#matrix;
    const [place, parent, link, pivot, right] = [this.#place, this.#parent, this.#link, this.#pivot, this.#right];
    for (let k = 0; k < block.length; k++) {
      const v = block[k];
      right[place[v]] = r[k];
      for (let e = indptr[v]; e < indptr[v + 1]; e++) if (indices[e] === v) pivot[place[v]] = data[e];
    }
    for (let at = block.length - 1; at >= 0; at--) {
      const p = parent[at];
      if (p < 0) continue;
      const factor = link[at] / pivot[at];
      pivot[p] -= factor * link[at];
      right[p] -= factor * right[at];
    }
    for (let at = 0; at < block.length; at++) {
      const p = parent[at];
      right[at] = (right[at] - (p < 0 ? 0 : link[at] * right[p])) / pivot[at];
    }
    for (let k = 0; k < block.length; k++) r[k] = right[place[block[k]]];
  }
}
