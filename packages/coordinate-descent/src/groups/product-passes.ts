import type { SliceMeter } from '../slices.js';
import { BlockExtrapolation, WINDOW } from './block-extrapolation.js';
import type { GroupEngine } from './group-engine.js';

/** Most passes of one outer iteration. */
const MOST_EPOCHS = 500;

/** Passes over a working set of p columns by their products alone, for k outputs. */
export interface ProductPasses {
  /** One pass over the whole working set; returns how many columns changed. */
  pass(): Generator<'slice', number, void>;
  /** Coefficients, p k of them. */
  readonly w: Float64Array;
  /** X'R, kept along. */
  readonly c: Float64Array;
  /** Primal value and gap of the restricted problem, which steer and certify nothing. */
  value(): { readonly primal: number; readonly gap: number };
}

/**
 * Makes passes until the gap of the restricted problem is at its target or nothing changes; they are extrapolated.
 *
 * @param passes - the passes
 * @param engine - the run, which learns whether the first pass changed nothing
 * @param target - gap of the restricted problem at which to end
 * @param meter - counts the work between slices
 */
export function* productPasses(
  passes: ProductPasses,
  engine: GroupEngine,
  target: number,
  meter: SliceMeter,
): Generator<'slice', void, void> {
  const { w, c } = passes;
  const { counts } = engine.problem;
  let extrapolation: BlockExtrapolation | undefined;
  for (let epoch = 1; epoch <= MOST_EPOCHS; epoch++) {
    const changed: number = yield* passes.pass();
    counts.epochs++;
    if (changed === 0) {
      engine.fixed = epoch === 1;
      break;
    }
    extrapolation?.keep();
    if (epoch % WINDOW !== 0) continue;
    const { primal, gap } = passes.value();
    if (gap <= target) break;
    extrapolation ??= new BlockExtrapolation({ w, c }, () => passes.value().primal);
    if (extrapolation.extrapolate(primal)) counts.extrapolations++;
    if (meter.full(8 * w.length * WINDOW)) yield 'slice';
  }
}
