import { SliceMeter } from '../slices.js';
import type { Design } from './design.js';
import { FreeNewton } from './free-newton.js';
import type { LassoProblem } from './lasso-problem.js';
import type { Loss } from './loss.js';
import type { Penalty } from './penalty.js';

/** Multiply-adds that take the time of one exponential or logarithm. */
export const TRANSCENDENTAL = 16;

/**
 * A loss sum_i h_i phi(z_i, y_i) at z = X w + c + o, for a convex phi with a bounded second derivative, targets or signs y,
 * sample weights h of mean 1 and offsets o; r_i = -h_i phi'(z_i, y_i). The intercept and the columns without penalty are
 * solved for whenever r is computed, so that r has sum 0 and products 0 with them.
 */
export abstract class RowSumLoss implements Loss {
  zeroValue = 0;
  zeroCentre = 0;
  readonly origin: number = 0;
  abstract readonly smoothness: number;
  readonly startsAtTarget = false;
  /**
   * Whether phi is straight on whole zones and a parabola on others: quadratic models are then badly conditioned, but the
   * loss itself around the solution, so that they are worth solving well.
   */
  readonly straight: boolean = false;
  abstract readonly residualBound: number;
  abstract readonly bestScale: number;
  centre = 0;
  value = 0;
  /** X w + o at the last refresh or trial, length m. */
  readonly linear: Float64Array;
  /** The residual of that, length m: a copy that passes do not touch. */
  readonly residual: Float64Array;
  /** h_i phi''(z_i), length m: the curvature of the loss. */
  readonly curvature: Float64Array;
  /** Offsets, length m. */
  readonly offset: Float64Array;
  /** Whether there is an intercept. */
  protected readonly intercept: boolean;
  readonly #free: FreeNewton;

  /**
   * @param design - the design
   * @param penalty - the penalty: whether columns without any are possible
   * @param offset - offsets, length m
   */
  constructor(design: Design, penalty: Pick<Penalty, 'uniform'>, offset: Float64Array) {
    const { rows, cols, intercept } = design;
    this.intercept = intercept;
    this.offset = offset;
    this.linear = offset.slice();
    this.residual = new Float64Array(rows);
    this.curvature = new Float64Array(rows);
    this.#free = new FreeNewton(this, penalty.uniform ? 0 : cols);
  }

  get solved(): Uint8Array {
    return this.#free.solved;
  }

  /** Evaluates at zero coefficients with the fitted intercept; to be called once, when all is in place. */
  protected begin(): void {
    this.settle();
    this.zeroValue = this.value;
    this.zeroCentre = this.centre;
  }

  *refresh(problem: LassoProblem): Generator<'slice', void, void> {
    const { design, counts, active } = problem;
    const { residual: r, residualSum, coefficients: w, workingSet } = design.work;
    const meter = new SliceMeter();
    r.fill(0);
    residualSum[0] = 0;
    for (let k = 0; k < active; k++) {
      const j = workingSet[k];
      if (w[j] === 0) continue;
      design.addColumn(j, w[j]);
      counts.columnTouches++;
      if (meter.full(design.cost(j))) yield 'slice';
    }
    const shift = design.intercept ? residualSum[0] / design.rows : 0;
    for (let i = 0; i < r.length; i++) this.linear[i] = r[i] - shift + this.offset[i];
    this.settle();
    yield* this.solveFree(problem);
    r.set(this.residual);
    residualSum[0] = 0;
    if (meter.full(4 * TRANSCENDENTAL * design.rows)) yield 'slice';
  }

  /** Moves intercept and columns without penalty to their minimiser, given all others. Uses the residual as room. */
  *solveFree({ design, counts, penalty }: LassoProblem): Generator<'slice', void, void> {
    const { free } = penalty;
    if (free.length > 0) yield* this.#free.solve({ design, counts, free, coefficients: design.work.coefficients });
  }

  move(): void {
    // The residual is that of z, which the next refresh computes from the coefficients.
  }

  abstract dual(scale: number): number;

  /** The loss at z + c for z = `linear` + share * `step`; nothing else changes. */
  abstract valueAt(step: Float64Array, share: number, centre: number): number;

  /** Brings the intercept to where the residuals add up to 0, if there is one, and evaluates there. */
  abstract settle(): void;

  /**
   * The curvature of a quadratic model of the loss. Where phi'' vanishes on whole zones, it is not below a share of its
   * upper bound: Newton steps then have a minimiser, and shares that fall towards 0 keep them fast.
   *
   * @param share - in (0, 1]
   * @returns length m, >= 0; good until the next call
   */
  abstract modelCurvature(share: number): Float64Array;
}
