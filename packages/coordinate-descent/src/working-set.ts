import type { SliceEnd, Status } from '@lemmata/core';
import type { LassoEngine } from './engine.js';
import { chooseWorkingSet } from './rules/working-set.js';
import { SliceMeter } from './slices.js';

/** Share of the full gap to which the restricted problem is solved, while that is more than the target asks for. */
const INNER_SHARE = 0.1;

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
  const { problem, monitor } = engine;
  const meter = new SliceMeter();
  for (let iteration = 0; ; iteration++) {
    const ending = yield* engine.check();
    if (ending === undefined) chooseWorkingSet(problem, monitor);
    report(iteration);
    if (ending !== undefined) return ending;
    yield 'iteration';
    engine.moved = true;
    yield* engine.inner(engine, Math.max(INNER_SHARE * monitor.gap, engine.finalTarget), meter);
  }
}
