import type { SliceEnd, Status } from '@lemmata/core';
import { descendColumns, planPass, restrictedGap } from './descent.js';
import type { LassoEngine } from './engine.js';
import { Extrapolation, WINDOW } from './extrapolation.js';
import { chooseWorkingSet } from './rules/working-set.js';
import { SliceMeter } from './slices.js';

/** Share of the full gap to which the restricted problem is solved, while that is more than the target asks for. */
const INNER_SHARE = 0.1;
/** Share of the target to which it is solved at the end. */
const TARGET_SHARE = 0.3;
/** Most passes of one outer iteration. */
const MOST_EPOCHS = 500;

/**
 * Coordinate descent on working sets: an outer iteration solves the problem restricted to the columns whose dual
 * constraints are nearest, then evaluates the gap of the full problem and takes in more columns.
 *
 * @param engine - the run, started at a threshold
 * @param report - called with the iteration after every evaluation, when the next working set is chosen
 */
export function* workingSetDescent(
  engine: LassoEngine,
  report: (iteration: number) => void,
): Generator<SliceEnd, Status, void> {
  const { problem, monitor, threshold, gapTarget } = engine;
  const { design } = problem;
  const meter = new SliceMeter();
  for (let iteration = 0; ; iteration++) {
    const ending = yield* engine.check();
    if (ending === undefined) chooseWorkingSet(problem, monitor, threshold);
    report(iteration);
    if (ending !== undefined) return ending;
    yield 'iteration';
    const rounding = 4 * Number.EPSILON * problem.zeroObjective;
    const target = Math.max(INNER_SHARE * monitor.gap, TARGET_SHARE * gapTarget, rounding);
    const pass = planPass(design, design.work.workingSet, problem.active);
    let extrapolation: Extrapolation | undefined;
    for (let epoch = 1; epoch <= MOST_EPOCHS; epoch++) {
      const changed = yield* descendColumns(problem, pass, threshold, meter);
      if (changed === 0) {
        engine.fixed = epoch === 1;
        break;
      }
      extrapolation?.keep();
      if (epoch % WINDOW !== 0) continue;
      const { primal, gap } = yield* restrictedGap(problem, pass, threshold, meter);
      if (gap <= target) break;
      // The first passes find the support; extrapolation pays once it rests, and where a pass costs more than the
      // copy of the residual that it takes.
      if (pass.cost < design.rows) continue;
      extrapolation ??= new Extrapolation(problem, pass);
      extrapolation.extrapolate(threshold, primal);
    }
  }
}
