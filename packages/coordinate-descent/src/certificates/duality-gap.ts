import { BestIterate } from '../problem/best-iterate.js';
import type { LassoProblem } from '../problem/lasso-problem.js';
import { FIXED } from '../problem/penalty.js';
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
 * With least squares and r = y - X w, t the threshold and s the largest scale that keeps s r feasible (|x_j . s r| <= t for
 * all j), or the best one if that is smaller, the primal value is 1/2 |r|^2 + t |w|_1 and the dual value
 * s r . y - s^2 |r|^2 / 2; other losses have a dual value of their own.
 *
 * Products x_j . r are recomputed only where they may matter. If x_j . r was computed at r_k, then at a later residual
 * |x_j . r| <= |x_j . r_k| + |x_j| |r - r_k|, and |r - r_k| is at most the length of the way that r went. That bound takes
 * the product's place where it is small, so the dual point is feasible for all columns at any time.
 *
 * With a general separable penalty, sum_j g_j(w_j), the dual value of v = s r is that of the loss less sum_j g_j*(x_j . v):
 * where the conjugate g_j* is finite beyond t_j (a ridge, a bound), a product may exceed t_j at that price. Columns
 * without any penalty ask for x_j . v = 0: see `ExactColumns`.
 */
export class GapMonitor {
  /** Loss and penalty at the last evaluation. */
  primal = 0;
  /** Dual value at the last evaluation. */
  dual = 0;
  /** Scale s of the last evaluation. */
  scale = 0;
  /** Largest |x_j . r| of the last evaluation, or a bound of it. */
  largest = 0;
  /** Smallest primal value seen, to rounding: that of `best`. */
  bestPrimal: number;
  /** The loss alone at that primal value. */
  bestLoss: number;
  /** The intercept, in terms of centred columns, at that primal value. */
  bestCentre: number;
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
    this.bestPrimal = problem.loss.zeroValue;
    this.bestLoss = problem.loss.zeroValue;
    this.bestCentre = problem.loss.zeroCentre;
  }

  /** Largest distance between the primal value reached and the smallest possible one; never below 0. */
  get gap(): number {
    return Math.max(0, this.bestPrimal - this.bestDual);
  }

  /** Forgets the best values, for another threshold: w = 0 with the dual point 0 always stands. */
  restart(): void {
    const { loss } = this.#problem;
    this.bestPrimal = loss.zeroValue;
    this.bestLoss = loss.zeroValue;
    this.bestCentre = loss.zeroCentre;
    this.bestDual = 0;
    this.best.clear();
    this.bestDualPoint.fill(0);
  }

  /**
   * A bound of |x_j . r|, r the residual of the last evaluation; the value itself, to rounding, if it was computed. Of
   * x_j . r or -x_j . r where the coefficient may only lie above or below 0.
   */
  bound(j: number): number {
    const { norms, work } = this.#problem.design;
    return work.reach[j] + norms[j] * this.way;
  }

  /**
   * Recomputes residual, products, primal and dual value at the current coefficients, which it moves only to the exact
   * minimiser over columns without penalty.
   */
  *evaluate(): Generator<'slice', void, void> {
    const { design, counts, penalty, loss } = this.#problem;
    yield* loss.refresh(this.#problem);
    this.#advance();
    const quietest = this.#select();
    yield* this.#multiply();
    counts.gapEvaluations++;
    counts.fullProducts += this.computed / design.cols;
    if (penalty.plain) this.#compare(quietest);
    else this.#compareGeneral(quietest);
    this.#keep();
  }

  /** Primal and dual value of the L1 norm from the products. */
  #compare(quietest: number): void {
    const { threshold } = this.#problem.penalty;
    const { design, loss } = this.#problem;
    const { coefficients: w, reach, selection } = design.work;
    const { norms } = design;
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
    const cap = largest > 0 ? threshold / largest : Infinity;
    this.primal = loss.value + threshold * penalty;
    this.scale = Math.max(-cap, Math.min(loss.bestScale, cap));
    this.dual = loss.dual(this.scale);
  }

  /** Primal and dual value of any other penalty: of the scales 1 and the largest feasible for all, the better one. */
  #compareGeneral(quietest: number): void {
    const { design, penalty, loss } = this.#problem;
    const { coefficients: w, reach, selection } = design.work;
    const { norms } = design;
    const { l2 } = penalty.vectors;
    const { computed, way } = this;
    const { solved } = loss;
    // A product of a column without penalty is 0 as far as rounding can tell.
    const rounding = 16 * Number.EPSILON * (design.rows + 64) * loss.residualBound;
    let hardest = 0;
    let ratio = 0;
    let price = 0;
    let largest = quietest;
    for (let k = 0; k < computed; k++) {
      const j = selection[k];
      const level = penalty.level(j);
      const size = penalty.oriented(j, reach[j]);
      price += penalty.value(j, w[j]);
      if (penalty.uniform || solved[j] === 0) {
        const pull = penalty.oriented(j, reach[j] - penalty.ridge * l2[j] * w[j]);
        const over = level > 0 ? pull / level : pull > norms[j] * rounding ? Infinity : 0;
        if (!(over <= ratio)) ratio = over;
        const hard = level > 0 ? size / level : size > norms[j] * rounding ? Infinity : 0;
        if (!(hard <= hardest) && penalty.closed(j, reach[j])) hardest = hard;
        const l1 = penalty.uniform ? 1 : penalty.vectors.l1[j];
        if (l1 > 0 && !(size / l1 <= largest)) largest = size / l1;
      }
    }
    this.largest = largest;
    this.primal = loss.value + price;
    const best = Math.max(0, loss.bestScale);
    const scales = [hardest > 1 ? 1 / hardest : 1, Math.min(best, 1 / Math.max(ratio, hardest, QUIET))];
    this.dual = -Infinity;
    for (const scale of scales) {
      let value = loss.dual(scale);
      for (let k = 0; k < computed; k++) {
        const j = selection[k];
        // To rounding feasible where the conjugate is infinite: the scale saw to it.
        if (!penalty.closed(j, reach[j])) value -= penalty.conjugate(j, scale * reach[j]);
      }
      if (value > this.dual) {
        this.dual = value;
        this.scale = scale;
      }
    }
    for (let k = 0; k < computed; k++) {
      const j = selection[k];
      reach[j] = penalty.oriented(j, reach[j]) - norms[j] * way;
    }
  }

  /** Keeps the coefficients and the dual point if they are the best. */
  #keep(): void {
    const { loss } = this.#problem;
    const { residual: r, coefficients: w, selection } = this.#problem.design.work;
    // Near the solution objectives agree to rounding while residuals still improve: the later iterate then stands, so
    // that whoever evaluates the gap from the coefficients alone finds the one that is reported.
    const rounding = 4 * Number.EPSILON * loss.zeroValue;
    if (this.primal <= this.bestPrimal + rounding) {
      this.bestPrimal = this.primal;
      this.bestLoss = loss.value;
      this.bestCentre = loss.centre;
      this.best.take(w, selection, this.computed);
    }
    if (this.dual > this.bestDual) {
      this.bestDual = this.dual;
      for (let i = 0; i < r.length; i++) this.bestDualPoint[i] = this.scale * r[i];
    }
  }

  /** Adds the step of the residual to the way, and what rounding can do to a product or a sum of the bound. */
  #advance(): void {
    const { design, loss } = this.#problem;
    const { residual: r } = design.work;
    const previous = this.#previous;
    let step = 0;
    for (let i = 0; i < r.length; i++) {
      const d = r[i] - previous[i];
      step += d * d;
      previous[i] = r[i];
    }
    const size = loss.residualBound + Math.sqrt(step);
    const rounding = Number.EPSILON * (2 * (r.length + 8) * size + 4 * this.way);
    this.way += Math.sqrt(step) + rounding;
  }

  /** Selects the columns whose products may matter; returns the largest bound of the others. */
  #select(): number {
    const { design, active, penalty } = this.#problem;
    const { coefficients: w, reach, selection, workingSet } = design.work;
    const { cols, norms } = design;
    const way = this.way;
    const { uniform, threshold, sides } = penalty;
    const common = QUIET * threshold;
    for (let k = 0; k < active; k++) if (w[workingSet[k]] !== 0) reach[workingSet[k]] = Infinity;
    let count = 0;
    let quietest = 0;
    for (let j = 0; j < cols; j++) {
      const norm = norms[j];
      if (norm === 0 || (!uniform && sides[j] === FIXED)) continue;
      const cut = uniform ? common : QUIET * penalty.level(j);
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
