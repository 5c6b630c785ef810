import { type Arena, openArena } from '@lemmata/core';
import { type Kernels, LINALG_KERNELS, linalgKernels, type MatrixKernels, matrixKernels } from '@lemmata/linalg';
import { DESCENT_KERNELS, type DescentKernels, descentKernels } from '../kernels/descent-kernels.js';
import { type FactorKernels, factorKernels } from '../kernels/factor-kernels.js';
import { centreUniform } from '../problem/centre-uniform.js';
import type { LassoProblem } from '../problem/lasso-problem.js';
import type { SliceMeter } from '../slices.js';
import { BLOCKED, COPIED } from './cost-model.js';

/** Most columns of a table: 32 MB of products. */
export const MOST_COLUMNS = 2048;
/** Smallest room of a table. */
const LEAST_COLUMNS = 64;
/** Opening the memory of a table, in multiply-adds. */
const OPENING = 1_000_000;
/** Rows of dense columns that are multiplied at a time: twice 64 columns of so many stay in the second-level cache. */
const CHUNK = 512;
/** Columns that are multiplied at a time. */
const BLOCK = 64;

/** The arena blocks of a table with room for K columns. */
interface TableLayout {
  readonly [block: string]: readonly ['f64' | 'i32', number, 'unset'?];
  readonly products: readonly ['f64', number, 'unset'];
  readonly factor: readonly ['f64', number, 'unset'];
  readonly packed: readonly ['f64', number, 'unset'];
  readonly turns: readonly ['f64', number, 'unset'];
  readonly step: readonly ['f64', number];
  readonly pulls: readonly ['f64', number];
  readonly values: readonly ['f64', number];
  readonly l1: readonly ['f64', number];
  readonly l2: readonly ['f64', number];
  readonly lower: readonly ['f64', number];
  readonly upper: readonly ['f64', number];
  readonly order: readonly ['i32', number];
}

/** The memory of a table and what runs on it. */
interface TableMemory {
  readonly arena: Arena<TableLayout>;
  readonly room: number;
  readonly kernels: Kernels;
  readonly matrices: MatrixKernels;
  readonly descent: DescentKernels;
  readonly factors: FactorKernels;
}

/**
 * The products of columns with one another, of all columns that were taken in: they last over a path. Columns have slots,
 * in the order in which they came; row s of `products` holds the products of slot s with all slots.
 */
export class ProductTable {
  readonly #problem: LassoProblem;
  /** Slot of each column, or -1; nothing until columns are taken in. */
  #slots: Int32Array = new Int32Array(0);
  /** Column of each slot. */
  #columns: Int32Array = new Int32Array(0);
  #memory: TableMemory | undefined;
  /** How many columns are in the table. */
  held = 0;
  /** How often columns were forgotten. */
  forgotten = 0;

  /** @param problem - the problem */
  constructor(problem: LassoProblem) {
    this.#problem = problem;
  }

  /** The memory; only once columns were taken in. */
  get memory(): TableMemory {
    return this.#memory as TableMemory;
  }

  /** Slot of a column, -1 where it is not in the table. */
  slot(j: number): number {
    return this.#slots.length === 0 ? -1 : this.#slots[j];
  }

  /**
   * What taking columns in costs; Infinity where they are too many.
   *
   * @param ids - which
   * @returns multiply-adds; 0 where all of them are in the table
   */
  cost(ids: Int32Array): number {
    const { design } = this.#problem;
    let missing = 0;
    let entries = 0;
    for (const j of ids) {
      entries += design.cost(j);
      if (this.slot(j) < 0) missing++;
    }
    if (missing === 0) return 0;
    if (ids.length > MOST_COLUMNS) return Infinity;
    const kept = this.held + missing > MOST_COLUMNS ? ids.length - missing : this.held;
    const all = kept + missing;
    const opening = this.#memory === undefined ? OPENING : 0;
    return design.packRows === undefined
      ? opening + missing * ((all * entries) / ids.length + design.rows / 4)
      : opening + design.rows * (BLOCKED * missing * (kept + missing / 2) + COPIED * all);
  }

  /**
   * Takes columns in, all of them together no more than fit. Where they no longer fit beside the others, these go.
   *
   * @param ids - which
   * @param meter - counts the work between slices
   */
  *take(ids: Int32Array, meter: SliceMeter): Generator<'slice', void, void> {
    if (this.#slots.length === 0) this.#slots = new Int32Array(this.#problem.design.cols).fill(-1);
    const missing = ids.filter((j) => this.#slots[j] < 0);
    if (missing.length === 0) return;
    if (this.held + missing.length > MOST_COLUMNS) this.#keep(ids.filter((j) => this.#slots[j] >= 0));
    this.#open(this.held + missing.length);
    const first = this.held;
    for (const j of missing) {
      this.#columns[this.held] = j;
      this.#slots[j] = this.held++;
    }
    const { room, arena } = this.memory;
    const { products } = arena.views;
    for (let s = first; s < this.held; s++) products.fill(0, s * room, s * room + this.held);
    if (this.#problem.design.packRows === undefined) yield* this.#multiplySparse(first, meter);
    else yield* this.#multiplyDense(first, meter);
    for (let s = first; s < this.held; s++) {
      for (let t = 0; t < s; t++) products[t * room + s] = products[s * room + t];
    }
    this.#problem.counts.crossProducts += (missing.length * (first + this.held + 1)) / 2;
  }

  /** Releases the memory. */
  dispose(): void {
    this.#memory?.arena.dispose();
  }

  /** Products of the slots from `first` on with all before them, in blocks of columns and chunks of rows. */
  *#multiplyDense(first: number, meter: SliceMeter): Generator<'slice', void, void> {
    const { design } = this.#problem;
    const { room, arena, matrices } = this.memory;
    const { products, packed } = arena.views;
    const { held } = this;
    for (let from = 0; from < design.rows; from += CHUNK) {
      const length = Math.min(CHUNK, design.rows - from);
      design.packRows?.(this.#columns, held, from, length, packed);
      if (meter.full(COPIED * held * length)) yield 'slice';
      for (let i = first; i < held; i += BLOCK) {
        const height = Math.min(BLOCK, held - i);
        for (let j = 0; j < i; j += BLOCK) {
          const [left, right, place] = [i * length, j * length, i * room + j];
          const width = Math.min(BLOCK, i - j);
          const [a, b] = [packed, packed];
          matrices.addBlockProducts(1, products, place, room, a, left, length, height, b, right, length, width, length);
          if (meter.full(BLOCKED * height * width * length)) yield 'slice';
        }
        matrices.addLowerProducts(1, products, i * room + i, room, packed, i * length, length, height, length);
        if (meter.full((BLOCKED * height * height * length) / 2)) yield 'slice';
      }
    }
  }

  /** The same for sparse columns, one after the other as a dense vector; the residual is used as room. */
  *#multiplySparse(first: number, meter: SliceMeter): Generator<'slice', void, void> {
    const { design, counts } = this.#problem;
    const { residual: r, residualSum, innerProducts: c, selection } = design.work;
    const { room, arena } = this.memory;
    const { products } = arena.views;
    const { held } = this;
    const [kept, keptSum] = [r.slice(), residualSum[0]];
    selection.set(this.#columns.subarray(0, held));
    for (let s = first; s < held; s++) {
      r.fill(0);
      residualSum[0] = 0;
      design.addColumn(this.#columns[s], 1);
      centreUniform(r, residualSum, design.roots, design.intercept);
      design.selectedProducts(selection, r, c, 0, s + 1);
      counts.columnTouches += s + 2;
      let cost = r.length / 4;
      for (let t = 0; t <= s; t++) {
        products[s * room + t] = c[this.#columns[t]];
        cost += design.cost(this.#columns[t]);
      }
      if (meter.full(cost)) yield 'slice';
    }
    r.set(kept);
    residualSum[0] = keptSum;
  }

  /** Forgets all columns but some. */
  #keep(ids: Int32Array): void {
    const { room, arena } = this.memory;
    const { products } = arena.views;
    const slots = ids.map((j) => this.#slots[j]).sort();
    const columns = slots.map((s) => this.#columns[s]);
    for (let s = 0; s < this.held; s++) this.#slots[this.#columns[s]] = -1;
    // Rising slots: what is moved up was read before.
    for (let s = 0; s < slots.length; s++) {
      for (let t = 0; t < slots.length; t++) products[s * room + t] = products[slots[s] * room + slots[t]];
    }
    this.#columns.set(columns);
    for (let s = 0; s < columns.length; s++) this.#slots[columns[s]] = s;
    this.held = columns.length;
    this.forgotten++;
  }

  /** Makes room for so many columns. */
  #open(columns: number): void {
    const before = this.#memory;
    if (before !== undefined && columns <= before.room) return;
    const { design } = this.#problem;
    const wanted = Math.max(LEAST_COLUMNS, 2 * columns);
    const room = Math.min(MOST_COLUMNS, wanted, design.cols);
    const layout: TableLayout = {
      products: ['f64', room * room, 'unset'],
      factor: ['f64', room * room, 'unset'],
      packed: ['f64', design.packRows === undefined ? 0 : room * Math.min(CHUNK, design.rows), 'unset'],
      turns: ['f64', 2 * room, 'unset'],
      step: ['f64', room],
      pulls: ['f64', room],
      values: ['f64', room],
      l1: ['f64', room],
      l2: ['f64', room],
      lower: ['f64', room],
      upper: ['f64', room],
      order: ['i32', room],
    };
    const arena = openArena(layout, design.backend, [LINALG_KERNELS, DESCENT_KERNELS]);
    const memory: TableMemory = {
      arena,
      room,
      kernels: linalgKernels(arena),
      matrices: matrixKernels(arena),
      descent: descentKernels(arena),
      factors: factorKernels(arena),
    };
    const kept = new Int32Array(room);
    if (before !== undefined) {
      const { products, factor } = before.arena.views;
      for (let s = 0; s < this.held; s++) {
        const [from, end] = [s * before.room, s * before.room + this.held];
        arena.views.products.set(products.subarray(from, end), s * room);
        arena.views.factor.set(factor.subarray(from, end), s * room);
      }
      kept.set(this.#columns.subarray(0, this.held));
      before.arena.dispose();
    }
    this.#columns = kept;
    this.#memory = memory;
  }
}
