import type { PenaltyVectors } from '../kernels/descent-kernels.js';
import { SliceMeter } from '../slices.js';
import type { Design } from './design.js';

/** What a caller may say of the penalty, checked; `undefined` for 1, no bound and the columns as they are. */
export interface PenaltyShape {
  /** Factor of every column's penalty, length n, >= 0. */
  readonly factors: Float64Array | undefined;
  /** Smallest coefficients, length n, <= 0. */
  readonly lower: Float64Array | undefined;
  /** Largest coefficients, length n, >= 0. */
  readonly upper: Float64Array | undefined;
  /** Whether the penalty is that of columns scaled to variance 1. */
  readonly standardize: boolean;
}

/** The penalty of the plain Lasso. */
export const PLAIN: PenaltyShape = Object.freeze({
  factors: undefined,
  lower: undefined,
  upper: undefined,
  standardize: false,
});

/** On which sides of 0 a coefficient may lie. */
export const BOTH_SIDES = 0;
/** Only above 0. */
export const ABOVE = 1;
/** Only below 0. */
export const BELOW = -1;
/** Nowhere: the coefficient is 0. */
export const FIXED = 2;

/**
 * The separable penalty sum_j t_j |w_j| + mu_j / 2 w_j^2 with lower_j <= w_j <= upper_j, where t_j = threshold l1_j and
 * mu_j = ridge l2_j. A column of standard deviation s with factor f has l1 = f s and l2 = f s^2 when columns count as
 * scaled to variance 1, so that the design itself stays as it is.
 */
export class Penalty {
  /** Common factor of all t_j, >= 0. */
  threshold = 0;
  /** Common factor of all mu_j, >= 0. */
  ridge = 0;
  /** Whether all t_j are equal and nothing is bounded. */
  readonly uniform: boolean;
  /** The vectors, in the memory of the run; empty when the penalty is uniform and has no ridge. */
  readonly vectors: PenaltyVectors;
  /** One of `BOTH_SIDES`, `ABOVE`, `BELOW`, `FIXED` a column. */
  readonly sides: Int8Array;
  /** Columns without penalty and bounds, rising. */
  free: Int32Array = new Int32Array(0);
  /** What the caller said. */
  readonly shape: PenaltyShape;
  /** Sample weights of mean 1 that the design does not have; undefined where it has them, or there are none. */
  readonly #weights: Float64Array | undefined;

  /**
   * @param shape - what the caller said
   * @param vectors - memory for it
   * @param cols - number of columns
   * @param weights - sample weights of mean 1 that the design does not have
   */
  constructor(shape: PenaltyShape, vectors: PenaltyVectors, cols: number, weights?: Float64Array) {
    const { factors, lower, upper, standardize } = shape;
    this.uniform = factors === undefined && lower === undefined && upper === undefined && !standardize;
    this.vectors = vectors;
    this.shape = shape;
    this.#weights = weights;
    this.sides = new Int8Array(this.uniform ? 0 : cols);
  }

  /** Whether this is the L1 norm times the threshold, which has kernels of its own. */
  get plain(): boolean {
    return this.uniform && this.ridge === 0;
  }

  /** Fills the vectors; to be called when the lengths of the columns are known. Uses the residual as room. */
  *fill(design: Design): Generator<'slice', void, void> {
    const { l1, l2, lower, upper } = this.vectors;
    if (l1.length === 0) return;
    const { factors, standardize } = this.shape;
    const weights = this.#weights;
    if (standardize && weights === undefined && !design.intercept) yield* columnMeans(design);
    const meter = new SliceMeter();
    const free: number[] = [];
    for (let j = 0; j < design.cols; j++) {
      const factor = factors?.[j] ?? 1;
      const deviation = !standardize ? 1 : weights === undefined ? deviationOf(design, j) : spread(design, weights, j);
      if (standardize && weights !== undefined && meter.full(3 * design.rows)) yield 'slice';
      l1[j] = factor * deviation;
      l2[j] = factor * deviation * deviation;
      lower[j] = this.shape.lower?.[j] ?? -Infinity;
      upper[j] = this.shape.upper?.[j] ?? Infinity;
      if (this.uniform) continue;
      this.sides[j] = sideOf(lower[j], upper[j]);
      if (l1[j] === 0 && design.squares[j] > 0 && lower[j] === -Infinity && upper[j] === Infinity) free.push(j);
    }
    this.free = Int32Array.from(free);
  }

  /** Whether a column without L1 penalty has a finite bound. */
  get boundsUnpenalised(): boolean {
    const { l1, lower, upper } = this.vectors;
    return !this.uniform && l1.some((factor, j) => factor === 0 && (lower[j] > -Infinity || upper[j] < Infinity));
  }

  /** Fixes the coefficients of all columns with an L1 penalty at 0, or gives them their bounds back. */
  hold(fixed: boolean): void {
    const { l1, lower, upper } = this.vectors;
    for (let j = 0; j < l1.length; j++) {
      if (l1[j] === 0) continue;
      lower[j] = fixed ? 0 : (this.shape.lower?.[j] ?? -Infinity);
      upper[j] = fixed ? 0 : (this.shape.upper?.[j] ?? Infinity);
      this.sides[j] = sideOf(lower[j], upper[j]);
    }
  }

  /** Takes over what another penalty says of some columns. */
  restrict(whole: Penalty, ids: Int32Array, count: number): void {
    const { l1, l2, lower, upper } = this.vectors;
    for (let k = 0; k < count; k++) {
      const j = ids[k];
      l1[k] = whole.uniform ? 1 : whole.vectors.l1[j];
      l2[k] = whole.uniform ? 1 : whole.vectors.l2[j];
      lower[k] = whole.uniform ? -Infinity : whole.vectors.lower[j];
      upper[k] = whole.uniform ? Infinity : whole.vectors.upper[j];
      if (!this.uniform) this.sides[k] = sideOf(lower[k], upper[k]);
    }
  }

  /** Turns to another weight of the penalty. */
  set(threshold: number, ridge = 0): void {
    this.threshold = threshold;
    this.ridge = ridge;
  }

  /** t_j. */
  level(j: number): number {
    return this.uniform ? this.threshold : this.threshold * this.vectors.l1[j];
  }

  /** t_j |w| + mu_j / 2 w^2. */
  value(j: number, w: number): number {
    const { l1, l2 } = this.vectors;
    return this.threshold * l1[j] * Math.abs(w) + (this.ridge * l2[j] * w * w) / 2;
  }

  /** The product as it counts for the side that the coefficient may take: its size, itself, or its negative. */
  oriented(j: number, product: number): number {
    if (this.uniform) return Math.abs(product);
    const side = this.sides[j];
    return side === BOTH_SIDES ? Math.abs(product) : side === ABOVE ? product : side === BELOW ? -product : -Infinity;
  }

  /** The conjugate at c: the supremum of c v - t_j |v| - mu_j / 2 v^2 over lower_j <= v <= upper_j; may be Infinity. */
  conjugate(j: number, c: number): number {
    const { l1, l2, lower, upper } = this.vectors;
    const excess = Math.abs(c) - this.threshold * l1[j];
    if (excess <= 0) return 0;
    const limit = c > 0 ? upper[j] : -lower[j];
    if (limit === 0) return 0;
    const ridge = this.ridge * l2[j];
    if (ridge === 0) return excess * limit;
    const v = Math.min(excess / ridge, limit);
    return excess * v - (ridge * v * v) / 2;
  }

  /** Whether the conjugate is infinite beyond t_j on the side of a product. */
  closed(j: number, product: number): boolean {
    const { l2, lower, upper } = this.vectors;
    return this.ridge * l2[j] === 0 && (product > 0 ? upper[j] : -lower[j]) === Infinity;
  }
}

/** Weighted means of the columns of a design without intercept, into `innerProducts`. */
function* columnMeans(design: Design): Generator<'slice', void, void> {
  const { residual, innerProducts } = design.work;
  if (design.roots === undefined) residual.fill(1);
  else residual.set(design.roots);
  for (let from = 0; from < design.cols; ) {
    const to = design.sliceEnd(from, design.cols);
    design.products(residual, innerProducts, from, to);
    from = to;
    if (from < design.cols) yield 'slice';
  }
  for (let j = 0; j < design.cols; j++) innerProducts[j] /= design.rows;
}

/** The standard deviation of a column, divided by m; 1 for a constant column, which has no scale to go by. */
function deviationOf(design: Design, j: number): number {
  const { rows, squares, intercept } = design;
  if (intercept) return squares[j] === 0 ? 1 : design.norms[j] / Math.sqrt(rows);
  const mean = design.work.innerProducts[j];
  const variance = squares[j] / rows - mean * mean;
  return variance > 4 * Number.EPSILON * (squares[j] / rows) ? Math.sqrt(variance) : 1;
}

/** The weighted standard deviation of a column of a design without weights; 1 for a constant column. */
function spread(design: Design, weights: Float64Array, j: number): number {
  const { residual, residualSum } = design.work;
  residual.fill(0);
  residualSum[0] = 0;
  design.addColumn(j, 1);
  residualSum[0] = 0;
  let mean = 0;
  for (let i = 0; i < design.rows; i++) mean += weights[i] * residual[i];
  mean /= design.rows;
  let variance = 0;
  let square = 0;
  for (let i = 0; i < design.rows; i++) {
    variance += weights[i] * (residual[i] - mean) * (residual[i] - mean);
    square += weights[i] * residual[i] * residual[i];
  }
  return variance > 4 * Number.EPSILON * square ? Math.sqrt(variance / design.rows) : 1;
}

function sideOf(lower: number, upper: number): number {
  if (lower < 0) return upper > 0 ? BOTH_SIDES : BELOW;
  return upper > 0 ? ABOVE : FIXED;
}
