import type { SliceEnd, Status } from '@lemmata/core';
import { screenGapSafe } from './certificates/gap-safe-screening.js';
import { descendColumns, planPass } from './descent.js';
import type { LassoEngine } from './engine.js';
import { SliceMeter } from './slices.js';

/** Passes between two evaluations of the duality gap: one evaluation costs about as much as one pass. */
const EPOCHS_PER_ITERATION = 10;

/**
 * Cyclic coordinate descent: passes over all columns that gap-safe screening leaves, in order. An outer iteration is ten
 * passes, fewer when a pass changes nothing, and one evaluation of the gap.
 *
 * @param engine - the run, started at a threshold
 * @param report - called with the iteration after every evaluation, when the columns left are known
 */
export function* cyclicDescent(
  engine: LassoEngine,
  report: (iteration: number) => void,
): Generator<SliceEnd, Status, void> {
  const { problem, monitor } = engine;
  const { design } = problem;
  const { workingSet: ids } = design.work;
  const screened = new Uint8Array(design.cols);
  const meter = new SliceMeter();
  for (let iteration = 0; ; iteration++) {
    const ending = yield* engine.check();
    engine.moved = true;
    if (ending === undefined) screenGapSafe(problem, monitor, screened);
    let count = 0;
    for (let j = 0; j < design.cols; j++) if (screened[j] === 0 && design.squares[j] > 0) ids[count++] = j;
    problem.active = count;
    report(iteration);
    if (ending !== undefined) return ending;
    yield 'iteration';
    const pass = planPass(design, ids, count);
    for (let epoch = 0; epoch < EPOCHS_PER_ITERATION; epoch++) {
      const changed = yield* descendColumns(problem, pass, meter);
      if (changed > 0) continue;
      engine.fixed = epoch === 0;
      break;
    }
  }
}
