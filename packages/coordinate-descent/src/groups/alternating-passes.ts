import type { RunningCounts } from '../problem/lasso-problem.js';
import type { SliceMeter } from '../slices.js';
import { BlockExtrapolation, WINDOW } from './block-extrapolation.js';

/** Rounding of the products that say how far from optimal coefficients are, as a share of the largest one. */
const ROUNDING = 64 * Number.EPSILON;

/** Passes of coordinate descent over a working set. */
export interface Passes {
  /**
   * One pass, over the whole working set or the support alone; returns how far from optimal the coefficients were that it
   * found farthest, as a product: change times curvature.
   */
  pass(whole: boolean): Generator<'slice', number, void>;
  /** Coefficients. */
  readonly w: Float64Array;
  /** What is affine in them and kept along. */
  readonly c: Float64Array;
  /** What passes lower. */
  value(): number;
  /** Share of the distance of the first pass at which the last one ends. */
  readonly share: number;
  /** The largest product. */
  readonly steepest: number;
}

/**
 * Makes passes until one over the whole working set finds coefficients as near to optimal as asked, or as rounding allows.
 * Passes over the support alone, until it is as near, come between those over the whole; passes are extrapolated.
 *
 * @param passes - the passes
 * @param most - most passes
 * @param counts - what was spent
 * @param meter - counts the work between slices
 */
export function* alternatingPasses(
  passes: Passes,
  most: number,
  counts: RunningCounts,
  meter: SliceMeter,
): Generator<'slice', void, void> {
  const { w, c, share, steepest } = passes;
  let extrapolation: BlockExtrapolation | undefined;
  let whole = true;
  let goal = 0;
  for (let epoch = 1; epoch <= most; epoch++) {
    const distance: number = yield* passes.pass(whole);
    counts.epochs++;
    if (epoch === 1) goal = Math.max(share * distance, ROUNDING * steepest);
    // Not "distance <= goal": numbers beyond range end the passes.
    const enough: boolean = !(distance > goal);
    if (enough && whole) break;
    whole = enough;
    extrapolation?.keep();
    if (epoch % WINDOW !== 0) continue;
    extrapolation ??= new BlockExtrapolation({ w, c }, () => passes.value());
    if (extrapolation.extrapolate(passes.value())) counts.extrapolations++;
    if (meter.full(8 * (w.length + c.length) * WINDOW)) yield 'slice';
  }
}
