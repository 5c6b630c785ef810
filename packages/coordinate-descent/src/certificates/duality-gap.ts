import { BestIterate } from '../problem/best-iterate.js';
import type { LassoProblem } from '../problem/lasso-problem.js';
import { SliceMeter } from '../slices.js';

/**
 * Columns whose product with the residual is known to be under this share of the threshold are not looked at: they can
 * neither limit the dual point nor join a working set.
 */
const QUIET = 0.9;

/**
 * Evaluates the duality gap of the full problem, from a residual recomputed from the coefficients, and keeps the best
 * coefficients and the best dual point seen.
 *
 * With r = y - X w, t the threshold and s the largest scale that keeps s r feasible (|x_j . s r| <= t for all j), or the
 * best one if that is smaller, the primal value is 1/2 |r|^2 + t |w|_1 and the dual value s r . y - s^2 |r|^2 / 2.
 *
 * Products x_j . r are recomputed only where they may matter. If x_j . r was computed at r_k, then at a later residual
 * |x_j . r| <= |x_j . r_k| + |x_j| |r - r_k|, and |r - r_k| is at most the length of the way that r went. That bound takes
 * the product's place where it is small, so the dual point is feasible for all columns at any time.
 */
export class GapMonitor {
  /** 1/2 |r|^2 + t |w|_1 at the last evaluation. */
  primal = 0;
  /** Dual value at the last evaluation. */
  dual = 0;
  /** Scale s of the last evaluation. */
  scale = 0;
  /** Largest |x_j . r| of the last evaluation, or a bound of it. */
  largest = 0;
  /** Smallest primal value seen, to rounding: that of `best`. */
  bestPrimal: number;
  /** Largest dual value seen. */
  bestDual = 0;
  /** Coefficients of that primal value. */
  readonly best: BestIterate = new BestIterate();
  /** Dual point of the largest dual value, on the heap, length m. */
  readonly bestDualPoint: Float64Array;
  /** How many columns of `design.work.selection`, rising, have a computed product; the others are bounded. */
  computed = 0;
  /** Length of the way that the residual went from evaluation to evaluation, with what rounding may add. */
  way = 0;

  readonly #problem: LassoProblem;
  /** The residual of the last evaluation. */
  readonly #previous: Float64Array;
  #started = false;

  /** @param problem - the problem, its matrix loaded or not */
  constructor(problem: LassoProblem) {
    const { rows } = problem.design;
    this.#problem = problem;
    this.bestDualPoint = new Float64Array(rows);
    this.#previous = new Float64Array(rows);
    this.bestPrimal = problem.zeroObjective;
  }

  /** Largest distance between the primal value reached and the smallest possible one; never below 0. */
  get gap(): number {
    return Math.max(0, this.bestPrimal - this.bestDual);
  }

  /** Forgets the best values, for another threshold: w = 0 with the dual point 0 always stands. */
  restart(): void {
    this.bestPrimal = this.#problem.zeroObjective;
    this.bestDual = 0;
    this.best.clear();
    this.bestDualPoint.fill(0);
  }

  /** A bound of |x_j . r|, r the residual of the last evaluation; the value itself, to rounding, if it was computed. */
  bound(j: number): number {
    const { norms, work } = this.#problem.design;
    return work.reach[j] + norms[j] * this.way;
  }

  /**
   * Recomputes residual, products, primal and dual value at the current coefficients.
   *
   * @param threshold - t, >= 0
   */
  *evaluate(threshold: number): Generator<'slice', void, void> {
    const { design, counts } = this.#problem;
    yield* this.#recomputeResidual();
    this.#advance();
    const quietest = this.#select(threshold);
    yield* this.#multiply();
    counts.gapEvaluations++;
    counts.fullProducts += this.computed / design.cols;
    this.#compare(threshold, quietest);
  }

  /** Primal and dual value from the products, and whether they are the best. */
  #compare(threshold: number, quietest: number): void {
    const { design } = this.#problem;
    const { target, residual: r, coefficients: w, reach, selection } = design.work;
    const { norms, kernels } = design;
    const { computed } = this;
    const way = this.way;
    let largest = quietest;
    let penalty = 0;
    for (let k = 0; k < computed; k++) {
      const j = selection[k];
      const size = Math.abs(reach[j]);
      reach[j] = size - norms[j] * way;
      // Not "size > largest": NaN is the largest.
      if (!(size <= largest)) largest = size;
      penalty += Math.abs(w[j]);
    }
    this.largest = largest;
    const square = kernels.dot(r, r);
    const inner = kernels.dot(r, target);
    const cap = largest > 0 ? threshold / largest : Infinity;
    this.primal = square / 2 + threshold * penalty;
    this.scale = square === 0 ? 0 : Math.max(-cap, Math.min(inner / square, cap));
    this.dual = this.scale * inner - (this.scale * this.scale * square) / 2;
    // Near the solution objectives agree to rounding while residuals still improve: the later iterate then stands, so
    // that whoever evaluates the gap from the coefficients alone finds the one that is reported.
    const rounding = 4 * Number.EPSILON * this.#problem.zeroObjective;
    if (this.primal <= this.bestPrimal + rounding) {
      this.bestPrimal = this.primal;
      this.best.take(w, selection, computed);
    }
    if (this.dual > this.bestDual) {
      this.bestDual = this.dual;
      for (let i = 0; i < r.length; i++) this.bestDualPoint[i] = this.scale * r[i];
    }
  }

  /** r = y - X w. */
  *#recomputeResidual(): Generator<'slice', void, void> {
    const { design, counts, active } = this.#problem;
    const { target, residual: r, residualSum, coefficients: w, workingSet } = design.work;
    const meter = new SliceMeter();
    r.set(target);
    for (let k = 0; k < active; k++) {
      const j = workingSet[k];
      if (w[j] === 0) continue;
      design.addColumn(j, -w[j]);
      counts.columnTouches++;
      if (meter.full(design.cost(j))) yield 'slice';
    }
    residualSum[0] = 0;
    if (!design.intercept) return;
    let mean = 0;
    for (let i = 0; i < r.length; i++) mean += r[i];
    mean /= r.length;
    for (let i = 0; i < r.length; i++) r[i] -= mean;
  }

  /** Adds the step of the residual to the way, and what rounding can do to a product or a sum of the bound. */
  #advance(): void {
    const { design, zeroObjective } = this.#problem;
    const { residual: r } = design.work;
    const previous = this.#previous;
    let step = 0;
    for (let i = 0; i < r.length; i++) {
      const d = r[i] - previous[i];
      step += d * d;
      previous[i] = r[i];
    }
    const size = Math.sqrt(2 * zeroObjective) + Math.sqrt(step);
    const rounding = Number.EPSILON * (2 * (r.length + 8) * size + 4 * this.way);
    this.way += Math.sqrt(step) + rounding;
  }

  /** Selects the columns whose products may matter; returns the largest bound of the others. */
  #select(threshold: number): number {
    const { design, active } = this.#problem;
    const { coefficients: w, reach, selection, workingSet } = design.work;
    const { cols, norms } = design;
    const way = this.way;
    const cut = QUIET * threshold;
    for (let k = 0; k < active; k++) if (w[workingSet[k]] !== 0) reach[workingSet[k]] = Infinity;
    let count = 0;
    let quietest = 0;
    for (let j = 0; j < cols; j++) {
      const norm = norms[j];
      if (norm === 0) continue;
      const bound = reach[j] + norm * way;
      // Not "bound > cut": a column beyond range, whose bound is NaN, is not quiet.
      if (!(this.#started && bound <= cut)) selection[count++] = j;
      else if (bound > quietest) quietest = bound;
    }
    this.#started = true;
    this.computed = count;
    return quietest;
  }

  /** Computes the products of the selected columns, in place of their `reach`. */
  *#multiply(): Generator<'slice', void, void> {
    const { design, counts } = this.#problem;
    const { residual: r, reach, selection } = design.work;
    const { computed } = this;
    counts.columnTouches += computed;
    if (computed === design.cols) {
      for (let from = 0; from < computed; ) {
        const to = design.sliceEnd(from, computed);
        design.products(r, reach, from, to);
        from = to;
        if (from < computed) yield 'slice';
      }
      return;
    }
    const meter = new SliceMeter();
    let from = 0;
    for (let k = 0; k < computed; k++) {
      if (!meter.full(design.cost(selection[k]))) continue;
      design.selectedProducts(selection, r, reach, from, k + 1);
      from = k + 1;
      yield 'slice';
    }
    design.selectedProducts(selection, r, reach, from, computed);
  }
}
