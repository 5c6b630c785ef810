import { centreUniform } from '../problem/centre-uniform.js';
import { SliceMeter } from '../slices.js';
import { curvatureOf, type GroupCurvature } from './block-step.js';
import type { GroupProblem } from './group-problem.js';

/** Most columns of a table: 32 MB of products. */
const MOST_COLUMNS = 2048;
/** Products of all columns that were ever in a working set with one another: they last over a path. */
export class GramTable {
  readonly #problem: GroupProblem;
  /** Place of each column in the table, or -1. */
  readonly #slots: Int32Array;
  readonly #curvatures: Map<number, GroupCurvature> = new Map();
  #columns: Int32Array = new Int32Array(64);
  #used = 0;
  #stride = 0;
  /** Products in rows of `#stride` entries. */
  #table: Float64Array = new Float64Array(0);

  /** @param problem - the problem */
  constructor(problem: GroupProblem) {
    this.#problem = problem;
    this.#slots = new Int32Array(problem.design.cols).fill(-1);
  }

  /**
   * Multiply-adds of taking columns in; Infinity where that would make the table too large.
   *
   * @param columns - which
   * @returns what is still to be multiplied
   */
  cost(columns: Int32Array): number {
    let missing = 0;
    for (const j of columns) if (this.#slots[j] < 0) missing++;
    if (this.#used + missing > MOST_COLUMNS) return Infinity;
    return missing * (this.#used + missing / 2) * this.#problem.design.rows;
  }

  /**
   * Takes columns in.
   *
   * @param columns - which, not too many
   */
  *take(columns: Int32Array): Generator<'slice', void, void> {
    const { design, counts, scales } = this.#problem;
    const { residual: r, residualSum, innerProducts: c, selection } = design.work;
    const missing = columns.filter((j) => this.#slots[j] < 0);
    this.#grow(this.#used + missing.length);
    const meter = new SliceMeter();
    for (const j of missing) {
      r.fill(0);
      residualSum[0] = 0;
      design.addColumn(j, scales?.[j] ?? 1);
      centreUniform(r, residualSum, design.roots, design.intercept);
      const slot = this.#used++;
      this.#slots[j] = slot;
      this.#columns[slot] = j;
      selection.set(this.#columns.subarray(0, this.#used));
      design.selectedProducts(selection, r, c, 0, this.#used);
      counts.columnTouches += 1 + this.#used;
      for (let s = 0; s <= slot; s++) {
        const other = this.#columns[s];
        const product = scales === undefined ? c[other] : scales[other] * c[other];
        this.#table[slot * this.#stride + s] = product;
        this.#table[s * this.#stride + slot] = product;
      }
      if (meter.full(design.cost(j) * this.#used)) yield 'slice';
    }
  }

  /** The products of some columns of the table, in rows. */
  *gather(columns: Int32Array): Generator<'slice', Float64Array, void> {
    const n = columns.length;
    const slots = columns.map((j) => this.#slots[j]);
    const h = new Float64Array(n * n);
    const meter = new SliceMeter();
    for (let i = 0; i < n; i++) {
      const row = slots[i] * this.#stride;
      for (let j = 0; j < n; j++) h[i * n + j] = this.#table[row + slots[j]];
      if (meter.full(n)) yield 'slice';
    }
    return h;
  }

  /** The curvature of a group that is in the table. */
  curvature(g: number): GroupCurvature {
    const known = this.#curvatures.get(g);
    if (known !== undefined) return known;
    const { starts, members } = this.#problem.penalty.groups;
    const slots = Array.from(members.subarray(starts[g], starts[g + 1]), (j) => this.#slots[j]);
    const n = slots.length;
    const a = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) a[i * n + j] = this.#table[slots[i] * this.#stride + slots[j]];
    const curvature = curvatureOf(a, n);
    this.#curvatures.set(g, curvature);
    return curvature;
  }

  #grow(columns: number): void {
    if (columns <= this.#stride) return;
    const stride = Math.min(MOST_COLUMNS, Math.max(64, 2 * this.#stride, columns));
    const table = new Float64Array(stride * stride);
    for (let s = 0; s < this.#used; s++) {
      table.set(this.#table.subarray(s * this.#stride, s * this.#stride + this.#used), s * stride);
    }
    const kept = new Int32Array(stride);
    kept.set(this.#columns.subarray(0, this.#used));
    this.#table = table;
    this.#columns = kept;
    this.#stride = stride;
  }
}
