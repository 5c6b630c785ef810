import type { LassoProblem } from '../problem/lasso-problem.js';
import { FIXED } from '../problem/penalty.js';
import { nonzeroPlaces } from '../problem/survey.js';
import { SliceMeter } from '../slices.js';
import { GapRecord, QUIET } from './gap-record.js';

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
export class GapMonitor extends GapRecord {
  /** The intercept, in terms of centred columns, at that primal value. */
  bestCentre: number;
  /** How many columns of `design.work.selection`, rising, have a computed product; the others are bounded. */
  computed = 0;
  readonly #problem: LassoProblem;
  #started = false;

  /** @param problem - the problem, its matrix loaded or not */
  constructor(problem: LassoProblem) {
    super(problem.loss, problem.design.rows);
    this.#problem = problem;
    this.bestCentre = problem.loss.zeroCentre;
  }

  override restart(): void {
    super.restart();
    this.bestCentre = this.#problem.loss.zeroCentre;
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
    const { loss } = this.#problem;
    yield* loss.refresh(this.#problem);
    this.advance(this.#problem.design.work.residual, loss.residualBound);
    const quietest = this.#select();
    yield* this.#multiply();
    this.#settle(quietest);
  }

  /**
   * Evaluates again at the coefficients of the last evaluation, for another penalty: its products stand, and only columns
   * that were too quiet then are multiplied now.
   */
  *reassess(): Generator<'slice', void, void> {
    const { innerProducts, reach, selection } = this.#problem.design.work;
    const known = selection.slice(0, this.computed);
    for (const j of known) reach[j] = -Infinity;
    const quietest = this.#selectLoud();
    yield* this.#multiply();
    const fresh = selection.slice(0, this.computed);
    for (const j of known) reach[j] = innerProducts[j];
    let next = 0;
    let count = 0;
    for (const j of known) {
      while (next < fresh.length && fresh[next] < j) selection[count++] = fresh[next++];
      selection[count++] = j;
    }
    while (next < fresh.length) selection[count++] = fresh[next++];
    this.computed = count;
    this.#settle(quietest);
  }

  /** Primal and dual value from the products, which are there; keeps what is best. */
  #settle(quietest: number): void {
    if (this.#problem.penalty.plain) this.#compare(quietest);
    else this.#compareGeneral(quietest);
    this.#keep();
  }

  /** Primal and dual value of the L1 norm from the products. */
  #compare(quietest: number): void {
    const { threshold } = this.#problem.penalty;
    const { design, loss } = this.#problem;
    const { coefficients: w, reach, selection, innerProducts } = design.work;
    const { norms } = design;
    const { computed } = this;
    const way = this.way;
    let largest = quietest;
    let penalty = 0;
    for (let k = 0; k < computed; k++) {
      const j = selection[k];
      innerProducts[j] = reach[j];
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
    const { coefficients: w, reach, selection, innerProducts } = design.work;
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
      innerProducts[j] = reach[j];
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
    if (this.takePrimal(loss.value)) {
      this.bestCentre = loss.centre;
      this.best.take(w, selection, this.computed);
    }
    this.takeDual(r);
  }

  /** Selects the columns whose products may matter and are not known; returns the largest bound of all others. */
  #select(): number {
    const { design, active } = this.#problem;
    const { coefficients: w, reach, workingSet } = design.work;
    if (!this.#started) {
      this.#started = true;
      return this.#selectAll();
    }
    for (let k = 0; k < active; k++) if (w[workingSet[k]] !== 0) reach[workingSet[k]] = Infinity;
    return this.#selectLoud();
  }

  /** Selects every column that is not constant and may have a coefficient. */
  #selectAll(): number {
    const { design, penalty } = this.#problem;
    const { uniform, sides } = penalty;
    const { cols, norms } = design;
    const { selection } = design.work;
    this.computed = 0;
    if (uniform) this.computed = nonzeroPlaces(norms, selection);
    else for (let j = 0; j < cols; j++) if (norms[j] !== 0 && sides[j] !== FIXED) selection[this.computed++] = j;
    return 0;
  }

  /** Selects the columns that are not bounded quietly; a column of length 0 is quiet by itself. */
  #selectLoud(): number {
    const { design, penalty } = this.#problem;
    const { reach, selection } = design.work;
    const { cols, norms } = design;
    const { way } = this;
    const { uniform, threshold, sides } = penalty;
    const common = QUIET * threshold;
    let count = 0;
    let quietest = 0;
    for (let j = 0; j < cols; j++) {
      if (!uniform && (norms[j] === 0 || sides[j] === FIXED)) continue;
      const bound = reach[j] + norms[j] * way;
      const cut = uniform ? common : QUIET * penalty.level(j);
      // Not "bound > cut": a column beyond range, whose bound is NaN, is not quiet.
      if (bound <= cut) {
        if (bound > quietest) quietest = bound;
      } else selection[count++] = j;
    }
    this.computed = count;
    return quietest;
  }

  /** Computes the products of the selected columns, in place of their `reach`. */
  *#multiply(): Generator<'slice', void, void> {
    const { design, counts, active, primed } = this.#problem;
    const { residual: r, reach, selection, innerProducts, coefficients: w, workingSet } = design.work;
    const { computed } = this;
    counts.columnTouches += computed;
    counts.gapEvaluations++;
    counts.fullProducts += computed / design.cols;
    this.#problem.primed = false;
    let atZero = primed;
    for (let k = 0; k < active; k++) if (w[workingSet[k]] !== 0) atZero = false;
    if (atZero) {
      for (let k = 0; k < computed; k++) reach[selection[k]] = innerProducts[selection[k]];
      return;
    }
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
