import type { SliceEnd, Status } from '@lemmata/core';
import { SliceMeter } from '../slices.js';
import { GroupMonitor } from './group-gap.js';
import type { GroupProblem } from './group-problem.js';
import { chooseGroups } from './group-working-set.js';

/** Outer iterations without progress beyond rounding after which a run is stalled. */
const PATIENCE = 50;
/** Share of the full gap to which the restricted problem is solved, while that is more than the target asks for. */
const INNER_SHARE = 0.1;
/** Share of the target to which it is solved at the end. */
const TARGET_SHARE = 0.3;

/** Solves the problem restricted to the working set to a gap, from R and C of the last evaluation; may stop anywhere. */
export type GroupSolver = (engine: GroupEngine, target: number, meter: SliceMeter) => Generator<'slice', void, void>;

/** The parts of a run on groups that last over a path. */
export class GroupEngine {
  /** What is minimised. */
  readonly problem: GroupProblem;
  /** The gap, and the best answer so far. */
  readonly monitor: GroupMonitor;
  /** What solves on a working set. */
  readonly inner: GroupSolver;
  /** Largest gap that counts as converged, in the engine's units. */
  gapTarget = 0;
  /** Set by an inner solver that changed nothing at all. */
  fixed = false;

  /**
   * @param problem - the problem
   * @param inner - what solves on a working set
   */
  constructor(problem: GroupProblem, inner: GroupSolver) {
    this.problem = problem;
    this.inner = inner;
    this.monitor = new GroupMonitor(problem);
  }

  /** The gap relative to the loss at zero coefficients; 0 where that is 0. */
  get relativeGap(): number {
    const { zeroValue } = this.problem.loss;
    return zeroValue === 0 ? 0 : this.monitor.gap / zeroValue;
  }

  /**
   * Turns to a penalty weight per sample, from the coefficients as they are.
   *
   * @param lambda - >= 0
   * @param l1Ratio - share of the norms, in [0, 1]; the rest is the ridge's
   * @param tolerance - relative gap that counts as converged
   */
  start(lambda: number, l1Ratio: number, tolerance: number): void {
    const { penalty, design, loss, counts } = this.problem;
    const weight = lambda * design.rows;
    penalty.threshold = l1Ratio < 1 ? weight * l1Ratio : weight;
    penalty.ridge = l1Ratio < 1 ? weight * (1 - l1Ratio) : 0;
    this.gapTarget = tolerance * loss.zeroValue;
    this.monitor.restart();
    counts.screened = 0;
    this.fixed = false;
  }

  /**
   * Descends on working sets: an outer iteration solves the problem restricted to the groups whose dual constraints are
   * nearest, then evaluates the gap of the full problem and takes in more groups.
   *
   * @param report - called with the iteration after every evaluation, when the next working set is chosen
   * @returns `converged`, `stalled` when nothing changes any more, or `diverged` when the primal value is not finite
   */
  *descend(report: (iteration: number) => void): Generator<SliceEnd, Status, void> {
    const { problem, monitor } = this;
    const meter = new SliceMeter();
    let idle = 0;
    for (let iteration = 0; ; iteration++) {
      const { bestPrimal, bestDual } = monitor;
      yield* monitor.evaluate();
      const rounding = 4 * Number.EPSILON * problem.loss.zeroValue;
      const progress = bestPrimal - monitor.bestPrimal > rounding || monitor.bestDual - bestDual > rounding;
      idle = progress ? 0 : idle + 1;
      const ending = this.#ending(idle);
      if (ending === undefined) {
        const moved = monitor.screen();
        chooseGroups(problem, monitor);
        if (moved) yield* monitor.evaluate();
      }
      report(iteration);
      if (ending !== undefined) return ending;
      yield 'iteration';
      const target = Math.max(INNER_SHARE * monitor.gap, TARGET_SHARE * this.gapTarget, rounding);
      yield* this.inner(this, target, meter);
    }
  }

  #ending(idle: number): Status | undefined {
    if (!Number.isFinite(this.monitor.primal)) return 'diverged';
    if (this.monitor.gap <= this.gapTarget) return 'converged';
    return this.fixed || idle >= PATIENCE ? 'stalled' : undefined;
  }
}
