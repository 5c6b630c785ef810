import { descendColumns, planPass, restrictedGap } from './descent.js';
import type { LassoEngine } from './engine.js';
import { Extrapolation, WINDOW } from './extrapolation.js';
import type { SliceMeter } from './slices.js';

/** Most passes of one outer iteration. */
const MOST_EPOCHS = 500;

/**
 * Passes of coordinate descent over the working set that keep the residual of least squares up to date.
 *
 * @param engine - the run, its working set chosen
 * @param target - gap of the restricted problem at which to end
 * @param meter - counts the work between slices
 */
export function* residualDescent(
  engine: LassoEngine,
  target: number,
  meter: SliceMeter,
): Generator<'slice', void, void> {
  const { problem } = engine;
  const { design } = problem;
  const pass = planPass(design, design.work.workingSet, problem.active);
  let extrapolation: Extrapolation | undefined;
  for (let epoch = 1; epoch <= MOST_EPOCHS; epoch++) {
    const changed = yield* descendColumns(problem, pass, meter);
    if (changed === 0) {
      engine.fixed = epoch === 1;
      break;
    }
    extrapolation?.keep();
    if (epoch % WINDOW !== 0) continue;
    const { primal, gap } = yield* restrictedGap(problem, pass, meter);
    if (gap <= target) break;
    // The first passes find the support; extrapolation pays once it rests, and where a pass costs more than the
    // copy of the residual that it takes.
    if (pass.cost < design.rows) continue;
    extrapolation ??= new Extrapolation(problem, pass);
    extrapolation.extrapolate(primal);
  }
}
