import type { LassoProblem } from '../problem/lasso-problem.js';
import type { SliceMeter } from '../slices.js';
import { BLOCKED, TURNED } from './cost-model.js';
import type { ProductTable } from './product-table.js';

/** Columns that are factorised at a time, as the kernel counts them. */
const BLOCK = 64;
/** A pivot below this share of its column's square says that the columns before it span it, as far as can be told. */
const LEAST_PIVOT = 1e-10;

/** How a factor gets to another set of columns. */
interface Change {
  /** Places of the columns that go, rising. */
  readonly gone: readonly number[];
  /** The columns that come. */
  readonly come: readonly number[];
  /** Multiply-adds. */
  readonly cost: number;
  /** Whether to begin anew. */
  readonly anew: boolean;
}

/**
 * The Cholesky factor of X_S'X_S + mu for a set S of columns of a table. From one set to the next, rows come and go one by
 * one where that costs less than a new factorisation.
 */
export class SupportFactor {
  readonly #problem: LassoProblem;
  readonly #table: ProductTable;
  /** The columns, in the order of the rows. */
  #members: number[] = [];
  /** Room for one mark a column, all 0 between two uses. */
  #marks: Uint8Array = new Uint8Array(0);
  #ridge = 0;
  #forgotten = 0;

  /**
   * @param problem - the problem
   * @param table - products of columns with one another
   */
  constructor(problem: LassoProblem, table: ProductTable) {
    this.#problem = problem;
    this.#table = table;
  }

  /** The columns, in the order of the rows. */
  get members(): readonly number[] {
    return this.#members;
  }

  /**
   * What it takes to get to a set of columns and solve once.
   *
   * @param support - the columns
   * @returns multiply-adds, without products that are not in the table
   */
  cost(support: Int32Array): number {
    return this.#change(support).cost + 2 * support.length * support.length;
  }

  /**
   * Gets to a set of columns.
   *
   * @param support - the columns, all in the table
   * @param meter - counts the work between slices
   * @returns whether all of them are independent, as far as can be told
   */
  *take(support: Int32Array, meter: SliceMeter): Generator<'slice', boolean, void> {
    const { anew, gone, come } = this.#change(support);
    this.#ridge = this.#problem.penalty.ridge;
    this.#forgotten = this.#table.forgotten;
    if (anew) return yield* this.#factorise(support, meter);
    for (let g = gone.length - 1; g >= 0; g--) {
      if (meter.full(this.#removal(gone[g]))) yield 'slice';
      this.#remove(gone[g]);
    }
    for (const j of come) {
      if (!this.#append(j)) return false;
      if (meter.full((this.#members.length * this.#members.length) / 2)) yield 'slice';
    }
    return true;
  }

  /** x <- the solution of (X_S'X_S + mu) x = b, x holding b in the order of the members. */
  solve(x: Float64Array): void {
    const { arena, room, factors } = this.#table.memory;
    factors.solve(arena.views.factor, room, this.#members.length, x);
  }

  /** d'(X_S'X_S + mu)d, d in the order of the members. */
  square(d: Float64Array): number {
    const { arena, room } = this.#table.memory;
    const { factor: l } = arena.views;
    const n = this.#members.length;
    const product = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      if (d[i] === 0) continue;
      for (let k = 0; k <= i; k++) product[k] += l[i * room + k] * d[i];
    }
    let sum = 0;
    for (const value of product) sum += value * value;
    return sum;
  }

  /** Which rows come and go, or all of them. */
  #change(support: Int32Array): Change {
    const n = support.length;
    const fresh = (BLOCKED * n * n * n) / 6;
    const anew: Change = { gone: [], come: [], cost: fresh, anew: true };
    if (this.#ridge !== this.#problem.penalty.ridge || this.#forgotten !== this.#table.forgotten) return anew;
    const members = this.#members;
    if (this.#marks.length === 0) this.#marks = new Uint8Array(this.#problem.design.cols);
    const marks = this.#marks;
    for (const j of members) marks[j] = 1;
    const come: number[] = [];
    for (const j of support) {
      if (marks[j] === 0) come.push(j);
      else marks[j] = 2;
    }
    const gone: number[] = [];
    let cost = 0;
    for (let i = 0; i < members.length; i++) {
      if (marks[members[i]] === 1) {
        gone.push(i);
        cost += this.#removal(i);
      }
      marks[members[i]] = 0;
    }
    cost += (come.length * n * n) / 2;
    return cost > fresh ? anew : { gone, come, cost, anew: false };
  }

  /** Multiply-adds of taking a row out. */
  #removal(place: number): number {
    const after = this.#members.length - place;
    return TURNED * after * after;
  }

  #remove(place: number): void {
    const { arena, room, factors } = this.#table.memory;
    const { factor, turns } = arena.views;
    factors.removeRow(factor, room, this.#members.length, place, turns);
    this.#members.splice(place, 1);
  }

  /** Appends a column; false where the others span it. */
  #append(j: number): boolean {
    const { arena, room, factors } = this.#table.memory;
    const { factor } = arena.views;
    const n = this.#members.length;
    this.#members.push(j);
    this.#fillRow(n, room, factor);
    if (factors.appendRow(factor, room, n, LEAST_PIVOT * factor[n * room + n])) return true;
    this.#members.pop();
    return false;
  }

  /** Row i of X_S'X_S + mu, its lower part, in rows of `stride` entries. */
  #fillRow(i: number, stride: number, out: Float64Array): void {
    const { penalty } = this.#problem;
    const { arena, room } = this.#table.memory;
    const { products } = arena.views;
    const members = this.#members;
    const from = this.#table.slot(members[i]) * room;
    const row = i * stride;
    for (let k = 0; k <= i; k++) out[row + k] = products[from + this.#table.slot(members[k])];
    if (!penalty.plain) out[row + i] += penalty.ridge * penalty.vectors.l2[members[i]];
  }

  /** The factor of a set of columns from the beginning, in blocks; its rows are spread out afterwards. */
  *#factorise(support: Int32Array, meter: SliceMeter): Generator<'slice', boolean, void> {
    const { arena, room, matrices } = this.#table.memory;
    const { factor } = arena.views;
    const n = support.length;
    this.#members = Array.from(support);
    const diagonal = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      this.#fillRow(i, n, factor);
      diagonal[i] = factor[i * n + i];
    }
    let complete = true;
    for (let from = 0; from < n && complete; from += BLOCK) {
      const to = Math.min(n, from + BLOCK);
      complete = matrices.choleskyFactor(n, factor, from, to) === to;
      if (meter.full(BLOCKED * (to - from) * (n - from) * (from + BLOCK / 2))) yield 'slice';
    }
    for (let i = 0; i < n && complete; i++) {
      const root = factor[i * n + i];
      complete = root * root > LEAST_PIVOT * diagonal[i];
    }
    if (!complete) {
      this.#members = [];
      return false;
    }
    for (let i = n - 1; i > 0; i--) factor.copyWithin(i * room, i * n, i * n + i + 1);
    return true;
  }
}
