import { BestIterate } from '../problem/best-iterate.js';

/**
 * Columns or groups whose product with the residual is known to be under this share of the threshold are not looked at: they
 * can neither limit the dual point nor join a working set.
 */
export const QUIET = 0.9;

/**
 * What evaluations of a duality gap leave behind: the last values, the best ones, and how far the residual went, whatever
 * loss and penalty are.
 *
 * Products of columns with the residual are bounded from older ones: |x . r| <= |x . r_k| + |x| |r - r_k|, and |r - r_k| is at
 * most the length of the way that r went from evaluation to evaluation.
 */
export class GapRecord {
  /** Loss and penalty at the last evaluation. */
  primal = 0;
  /** Dual value at the last evaluation. */
  dual = 0;
  /** Scale s of the last evaluation: its dual point is s times the residual. */
  scale = 0;
  /** Largest dual norm of a column's or group's product with the residual of the last evaluation, or a bound of it. */
  largest = 0;
  /** Smallest primal value seen, to rounding: that of `best`. */
  bestPrimal: number;
  /** The loss alone at that primal value. */
  bestLoss: number;
  /** Largest dual value seen. */
  bestDual = 0;
  /** Coefficients of that primal value. */
  readonly best: BestIterate = new BestIterate();
  /** Dual point of the largest dual value, on the heap, as long as the residual. */
  readonly bestDualPoint: Float64Array;
  /** Length of the way that the residual went from evaluation to evaluation, with what rounding may add. */
  way = 0;
  readonly #loss: { readonly zeroValue: number };
  /** The residual of the last evaluation. */
  readonly #previous: Float64Array;

  /**
   * @param loss - the loss
   * @param length - length of the residual
   */
  constructor(loss: { readonly zeroValue: number }, length: number) {
    this.#loss = loss;
    this.#previous = new Float64Array(length);
    this.bestDualPoint = new Float64Array(length);
    this.bestPrimal = loss.zeroValue;
    this.bestLoss = loss.zeroValue;
  }

  /** Largest distance between the primal value reached and the smallest possible one; never below 0. */
  get gap(): number {
    return Math.max(0, this.bestPrimal - this.bestDual);
  }

  /** Forgets the best values, for another threshold: coefficients 0 with the dual point 0 always stand. */
  restart(): void {
    this.bestPrimal = this.#loss.zeroValue;
    this.bestLoss = this.#loss.zeroValue;
    this.bestDual = 0;
    this.best.clear();
    this.bestDualPoint.fill(0);
  }

  /** Keeps the last primal value if it is the best; returns whether it is, so that its coefficients are to be kept. */
  protected takePrimal(loss: number): boolean {
    // Near the solution objectives agree to rounding while residuals still improve: the later iterate then stands, so
    // that whoever evaluates the gap from the coefficients alone finds the one that is reported.
    const rounding = 4 * Number.EPSILON * this.#loss.zeroValue;
    if (!(this.primal <= this.bestPrimal + rounding)) return false;
    this.bestPrimal = this.primal;
    this.bestLoss = loss;
    return true;
  }

  /** Keeps the last dual value and its point if they are the best. */
  protected takeDual(residual: Float64Array): void {
    if (!(this.dual > this.bestDual)) return;
    this.bestDual = this.dual;
    for (let i = 0; i < residual.length; i++) this.bestDualPoint[i] = this.scale * residual[i];
  }

  /**
   * Adds the step of the residual to the way, and what rounding can do to a product or a sum of the bound.
   *
   * @param residual - where it is now
   * @param bound - of its length
   */
  protected advance(residual: Float64Array, bound: number): void {
    const previous = this.#previous;
    let step = 0;
    for (let i = 0; i < residual.length; i++) {
      const d = residual[i] - previous[i];
      step += d * d;
      previous[i] = residual[i];
    }
    const size = bound + Math.sqrt(step);
    const rounding = Number.EPSILON * (2 * (residual.length + 8) * size + 4 * this.way);
    this.way += Math.sqrt(step) + rounding;
  }
}
