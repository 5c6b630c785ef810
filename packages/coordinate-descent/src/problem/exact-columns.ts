import { SliceMeter } from '../slices.js';
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
  /** The Cholesky factor of the Gram matrix of the columns kept, in rows; pivots too small are Infinity. */
  #factor: Float64Array = new Float64Array(0);

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
      yield* this.#factorise(problem);
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
      this.#substitute(step);
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

  /** Gram matrix of the set, row by row, and its factor. */
  *#factorise(problem: LassoProblem): Generator<'slice', void, void> {
    const { design, counts } = problem;
    const { residual: r, residualSum, innerProducts: c, selection } = design.work;
    const ids = this.#ids;
    const n = ids.length;
    const a = new Float64Array(n * n);
    const meter = new SliceMeter();
    for (let i = 0; i < n; i++) {
      r.fill(0);
      residualSum[0] = 0;
      design.addColumn(ids[i], 1);
      centreUniform(r, residualSum, design.roots, design.intercept);
      selection.set(ids);
      let cost = 0;
      for (let k = 0; k <= i; k++) cost += design.cost(ids[k]);
      design.selectedProducts(selection, r, c, 0, i + 1);
      counts.columnTouches += i + 1;
      for (let k = 0; k <= i; k++) a[i * n + k] = c[ids[k]];
      if (meter.full(cost)) yield 'slice';
    }
    const least = 8 * n * Number.EPSILON;
    for (let i = 0; i < n; i++) {
      const square = a[i * n + i];
      for (let k = 0; k <= i; k++) {
        let value = a[i * n + k];
        for (let s = 0; s < k; s++) value -= a[i * n + s] * a[k * n + s];
        if (k < i) a[i * n + k] = a[k * n + k] === Infinity ? 0 : value / a[k * n + k];
        // A column that the ones before it span stays as it is: its product is 0 when theirs are.
        else a[i * n + i] = value > least * square ? Math.sqrt(value) : Infinity;
      }
      if (meter.full((i * i) / 2)) yield 'slice';
    }
    this.#factor = a;
  }

  /** x <- the solution of L L' x = b, where x holds b; 0 where the pivot was too small. */
  #substitute(x: Float64Array): void {
    const n = x.length;
    const l = this.#factor;
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < i; k++) x[i] -= l[i * n + k] * x[k];
      x[i] /= l[i * n + i];
    }
    for (let i = n - 1; i >= 0; i--) {
      for (let k = i + 1; k < n; k++) x[i] -= l[k * n + i] * x[k];
      x[i] /= l[i * n + i];
    }
  }
}

/**
 * Makes the residual orthogonal to the intercept's direction, explicitly: its weighted mean becomes 0.
 *
 * @param r - the residual
 * @param residualSum - its sum as sparse designs keep it, becomes 0
 * @param roots - square roots of the sample weights
 * @param intercept - whether there is an intercept; without one nothing happens
 */
export function centreUniform(
  r: Float64Array,
  residualSum: Float64Array,
  roots: Float64Array | undefined,
  intercept: boolean,
): void {
  residualSum[0] = 0;
  if (!intercept) return;
  let mean = 0;
  if (roots === undefined) {
    for (let i = 0; i < r.length; i++) mean += r[i];
    mean /= r.length;
    for (let i = 0; i < r.length; i++) r[i] -= mean;
    return;
  }
  for (let i = 0; i < r.length; i++) mean += roots[i] * r[i];
  mean /= r.length;
  for (let i = 0; i < r.length; i++) r[i] -= roots[i] * mean;
}
