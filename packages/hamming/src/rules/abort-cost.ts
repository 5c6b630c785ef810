import { PIECE } from '../kernels/abort-kernel.js';
import type { Pattern } from '../symbols/prepare-pattern.js';
import type { CostTable } from './cost-table.js';

/** A position of a window takes about as long as so many comparisons of lanes, on both backends. */
const LANE_COMPARISONS = 8;

/**
 * What one position costs an early-abort scan.
 *
 * @param table - what operations cost
 * @returns nanoseconds of the cost table
 */
export function abortPosition(table: CostTable): number {
  return LANE_COMPARISONS * table.laneComparison;
}

/**
 * Predicts what comparing a window until more than k positions differ costs.
 *
 * If matches were independent with the classes' shares of the text, k + 1 differences would be there after about
 * (k + 1) / (1 - p) positions, p being the mean share over the positions that count.
 *
 * @param pattern - the pattern
 * @param shares - share of the text's symbols that each class accepts, in [0, 1]
 * @param k - largest distance
 * @param table - what operations cost
 * @returns predicted cost for each shift, in nanoseconds of the cost table
 */
export function abortCost({ length: m, counts }: Pattern, shares: Float64Array, k: number, table: CostTable): number {
  let differing = 0;
  counts.forEach((count, c) => {
    differing += count * (1 - Math.min(1, shares[c]));
  });
  const compared = differing > k + 1 ? ((k + 1) * m) / differing : m;
  return table.filterShift + PIECE * Math.ceil(compared / PIECE) * abortPosition(table);
}
