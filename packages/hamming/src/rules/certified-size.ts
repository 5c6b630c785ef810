import { LARGEST_ROUNDING_BOUND, roundingBound } from '../certificates/rounding-bound.js';
import { fitsSigns } from '../kernels/letter-rows.js';
import type { Pattern } from '../symbols/prepare-pattern.js';

/**
 * Whether transforms of a size in f32 give exact distances for every text, as far as the pattern and the number of its
 * classes that are transformed tell; blocks with few of its letters may do at larger sizes.
 *
 * @param pattern - its classes
 * @param heavy - how many of them are transformed, at least 1
 * @param size - length of the transforms
 * @returns true when the rounding bound is small enough
 */
export function fitsF32(pattern: Pattern, heavy: number, size: number): boolean {
  // Rows of signs have norms of sqrt(size m) each, and the sum of all but one is divided by their number.
  const share = heavy === pattern.classes && fitsSigns(pattern) ? 1 - 1 / pattern.classes : 1;
  return roundingBound('f32', size, heavy, share * Math.sqrt(size * pattern.length)) < LARGEST_ROUNDING_BOUND;
}
