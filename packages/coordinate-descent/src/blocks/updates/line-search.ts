import type { BlockOracle } from '../oracle.js';
import type { BlockVectors, Separable } from '../separable.js';
import { roundingOf } from './update.js';

/** Share of the predicted decrease that a step has to bring. */
const SUFFICIENT = 1e-4;

/** Steps below this are no steps. */
const LEAST_STEP = 1e-16;

/**
 * Armijo's rule along the line to the target, from a full step on: F(x + a d) <= F(x) + 1e-4 a change, where `change` < 0
 * is what the step promises. Shorter steps come from the parabola, then the cubic, through what is known of the line, kept
 * within a tenth and a half of the last one.
 *
 * @param oracle - the function
 * @param separable - the rest of the problem
 * @param block - the block
 * @param vectors - x and the target
 * @param change - g . d plus the change of the separable part for the full step
 * @returns whether x moved
 */
export function lineSearch(
  oracle: BlockOracle,
  separable: Separable,
  block: Int32Array,
  vectors: BlockVectors,
  change: number,
): boolean {
  if (!(change < 0)) return false;
  oracle.direct(block, vectors.target);
  const start = oracle.value;
  const slack = roundingOf(start);
  let previous = 0;
  let previousRise = 0;
  for (let step = 1; step >= LEAST_STEP; ) {
    const rise = oracle.valueAt(step) + separable.changeAlong(block, vectors, step) - start;
    if (rise <= SUFFICIENT * step * change + slack) {
      oracle.move(step);
      return true;
    }
    const next = previous === 0 ? parabola(step, rise, change) : cubic(step, rise, previous, previousRise, change);
    previous = step;
    previousRise = rise;
    step = next >= 0.1 * step && next <= 0.5 * step ? next : next < 0.1 * step ? 0.1 * step : 0.5 * step;
  }
  return false;
}

/** Where the parabola through 0 with slope `change` and (step, rise) is lowest. */
function parabola(step: number, rise: number, change: number): number {
  return (-change * step * step) / (2 * (rise - change * step));
}

/** Where the cubic through 0 with slope `change` and two points is lowest. */
function cubic(step: number, rise: number, previous: number, previousRise: number, change: number): number {
  const p = rise - change * step;
  const q = previousRise - change * previous;
  const scale = 1 / (step - previous);
  const a = (p / (step * step) - q / (previous * previous)) * scale;
  const b = ((-previous * p) / (step * step) + (step * q) / (previous * previous)) * scale;
  return a === 0 ? -change / (2 * b) : (-b + Math.sqrt(Math.max(0, b * b - 3 * a * change))) / (3 * a);
}
