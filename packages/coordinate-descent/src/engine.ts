import type { Status } from '@lemmata/core';
import { GapMonitor } from './certificates/duality-gap.js';
import { LeastSquaresSolver } from './inner/least-squares-solver.js';
import type { LassoProblem } from './problem/lasso-problem.js';
import type { SliceMeter } from './slices.js';

/**
 * Outer iterations without progress beyond rounding after which a run is stalled. The dual value of ill-conditioned
 * problems rests for some twenty iterations between two rises.
 */
const PATIENCE = 50;
/** Share of the target to which restricted problems are solved at the end. */
const TARGET_SHARE = 0.3;

/** Solves the problem restricted to the working set to a gap. */
export type InnerSolver = (engine: LassoEngine, target: number, meter: SliceMeter) => Generator<'slice', void, void>;

/** The parts of a run that its algorithms share and that last over a path. */
export class LassoEngine {
  /** What is minimised. */
  readonly problem: LassoProblem;
  /** The gap, and the best answer so far. */
  readonly monitor: GapMonitor;
  /** Largest gap that counts as converged, in the engine's units. */
  gapTarget = 0;
  /** Whether coefficients may have moved since the last evaluation of the gap: set by whoever moves them. */
  moved = true;
  /** Set by an algorithm whose last iteration changed nothing at all. */
  fixed = false;
  #idle = 0;

  /** What solves on a working set. */
  readonly inner: InnerSolver;
  /** Releases what that solver holds; the design is released by whoever opened it. */
  readonly dispose: () => void;

  /**
   * @param problem - the problem
   * @param inner - what solves on a working set; what solves least squares where it is left out
   */
  constructor(problem: LassoProblem, inner?: InnerSolver) {
    let squares: LeastSquaresSolver | undefined;
    this.problem = problem;
    this.inner =
      inner ??
      ((engine, target, meter) => {
        squares ??= new LeastSquaresSolver(problem);
        return squares.solve(engine, target, meter);
      });
    this.dispose = () => squares?.dispose();
    this.monitor = new GapMonitor(problem);
  }

  /** Turns to a penalty weight, t = m lambda times the share of L1 and mu the rest, from the coefficients as they are. */
  start(threshold: number, ridge: number, gapTarget: number): void {
    this.problem.penalty.set(threshold, ridge);
    this.gapTarget = gapTarget;
    this.monitor.restart();
    this.problem.counts.screened = 0;
    this.fixed = false;
    this.#idle = 0;
  }

  /**
   * The gap to which a restricted problem is solved at the end of a run: a share of what is asked for, as far as numbers
   * go.
   */
  get finalTarget(): number {
    return Math.max(TARGET_SHARE * this.gapTarget, 4 * Number.EPSILON * this.problem.loss.zeroValue);
  }

  /** Evaluates the gap. */
  *evaluate(): Generator<'slice', void, void> {
    if (this.moved) yield* this.monitor.evaluate();
    else yield* this.monitor.reassess();
    this.moved = false;
  }

  /**
   * Evaluates the gap and says whether that ends the run.
   *
   * @returns `converged` when the gap is small enough, `stalled` when the last iteration changed nothing or the last
   * fifty improved neither the primal nor the dual value beyond rounding, `diverged` when the primal value is not
   * finite, else undefined
   */
  *check(): Generator<'slice', Status | undefined, void> {
    const { monitor, problem } = this;
    const { bestPrimal, bestDual } = monitor;
    yield* this.evaluate();
    if (!Number.isFinite(monitor.primal)) return 'diverged';
    if (monitor.gap <= this.gapTarget) return 'converged';
    const rounding = 4 * Number.EPSILON * problem.loss.zeroValue;
    const progress = bestPrimal - monitor.bestPrimal > rounding || monitor.bestDual - bestDual > rounding;
    this.#idle = progress ? 0 : this.#idle + 1;
    return this.fixed || this.#idle >= PATIENCE ? 'stalled' : undefined;
  }
}
