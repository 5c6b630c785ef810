import { ColumnSystem } from './column-system.js';
import type { LassoProblem } from './lasso-problem.js';

/** Most columns that are solved for exactly at a time. */
const MOST = 2048;
/** Rounds of solving: the second one takes away what rounding left of the first. */
const ROUNDS = 2;

/**
 * Solves for the columns that have no penalty, given all others, so that their products with the residual are 0 to
 * rounding: what the dual point of an unpenalised coefficient has to fulfil, and what scaling cannot mend. These are the
 * free columns and those that a bound alone holds and that lie off it.
 */
export class ExactColumns {
  /** One byte a column: whether its product was made 0. */
  readonly solved: Uint8Array;
  #ids: Int32Array = new Int32Array(0);
  readonly #system = new ColumnSystem();

  /** @param cols - number of columns; 0 when the penalty is uniform */
  constructor(cols: number) {
    this.solved = new Uint8Array(cols);
  }

  /** Brings the set of columns up to date. To be called before the residual is computed: it is used as room. */
  *prepare(problem: LassoProblem): Generator<'slice', void, void> {
    if (problem.penalty.uniform) return;
    const wanted = this.#wanted(problem);
    const same = wanted.length === this.#ids.length && wanted.every((j, k) => j === this.#ids[k]);
    for (const j of this.#ids) this.solved[j] = 0;
    if (!same) {
      this.#ids = wanted;
      yield* this.#system.factorise(problem.design, problem.counts, wanted);
    }
  }

  /**
   * Moves the coefficients of the set to the minimiser, if it lies within their bounds; the residual follows.
   *
   * @param problem - the problem, its residual just computed
   * @returns whether the residual moved
   */
  solve(problem: LassoProblem): boolean {
    const { design, counts, penalty } = problem;
    const { coefficients: w, residual: r, innerProducts: c, selection } = design.work;
    const { lower, upper } = penalty.vectors;
    const ids = this.#ids;
    const n = ids.length;
    if (n === 0) return false;
    const step = new Float64Array(n);
    for (let round = 0; round < ROUNDS; round++) {
      selection.set(ids);
      design.selectedProducts(selection, r, c, 0, n);
      counts.columnTouches += 2 * n;
      for (let k = 0; k < n; k++) step[k] = c[ids[k]];
      this.#system.substitute(step);
      for (let k = 0; k < n; k++) {
        const value = w[ids[k]] + step[k];
        if (!(value >= lower[ids[k]] && value <= upper[ids[k]])) return round > 0;
      }
      for (let k = 0; k < n; k++) {
        if (step[k] === 0) continue;
        w[ids[k]] += step[k];
        design.addColumn(ids[k], -step[k]);
      }
    }
    for (const j of ids) this.solved[j] = 1;
    return true;
  }

  /** Free columns, and others without penalty that lie strictly within their bounds. */
  #wanted(problem: LassoProblem): Int32Array {
    const { penalty, design, active } = problem;
    const { coefficients: w, workingSet } = design.work;
    const { lower, upper, l2 } = penalty.vectors;
    const ids: number[] = [];
    for (let k = 0; k < active; k++) {
      const j = workingSet[k];
      if (penalty.level(j) > 0 || penalty.ridge * l2[j] > 0 || design.squares[j] === 0) continue;
      const free = lower[j] === -Infinity && upper[j] === Infinity;
      if (free || (w[j] !== 0 && w[j] > lower[j] && w[j] < upper[j])) ids.push(j);
    }
    return ids.length <= MOST ? Int32Array.from(ids) : penalty.free.slice(0, MOST);
  }
}
