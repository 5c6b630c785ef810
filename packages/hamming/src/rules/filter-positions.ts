import type { Pattern } from '../symbols/prepare-pattern.js';
import type { CostTable } from './cost-table.js';

/** The pattern positions that a filter looks at, and what it is expected to let through. */
export interface FilterPositions {
  /** Indices into the pattern's `positions`, at most 255; all of them when the pattern is short and nothing less pays. */
  readonly indices: Int32Array;
  /** Predicted cost for each shift, in nanoseconds of the cost table. */
  readonly cost: number;
}

/** Numbers of positions that are tried: those of one filling of byte counters. */
const WIDTHS = [4, 8, 12, 16, 20, 24, 32, 48, 64, 96, 127, 192, 255];

/**
 * Chooses the positions whose classes are rarest in the text, and how many of them.
 *
 * A shift passes when at most k of the positions differ. If matches were independent with the classes' shares of the
 * text, the number of differences among w positions would be a sum of coins; its probability to be at most k is summed
 * exactly.
 *
 * @param pattern - the pattern
 * @param shares - share of the text's symbols that each class accepts, in [0, 1]
 * @param k - largest distance
 * @param table - what operations cost
 * @returns the positions
 */
export function filterPositions(
  { positions, codes }: Pattern,
  shares: Float64Array,
  k: number,
  table: CostTable,
): FilterPositions {
  const m = positions.length;
  const order = Int32Array.from({ length: m }, (_, t) => t).sort(
    (a, b) => shares[codes[a]] - shares[codes[b]] || a - b,
  );
  const verification = table.verification * Math.min(m, 4 * (k + 1));
  const few = new Float64Array(Math.min(k, 255) + 1);
  few[0] = 1;
  let best = { width: 0, cost: Infinity };
  let width = 0;
  for (const wanted of WIDTHS) {
    if (wanted > m && width === m) break;
    for (; width < Math.min(wanted, m); width++) {
      const match = shares[codes[order[width]]];
      for (let d = few.length - 1; d > 0; d--) few[d] = few[d] * match + few[d - 1] * (1 - match);
      few[0] *= match;
    }
    let passing = 0;
    for (const share of few) passing += share;
    const cost = width * table.laneComparison + table.filterShift + verification * Math.min(1, passing);
    if (width > k && cost < best.cost) best = { width, cost };
  }
  return { indices: order.slice(0, best.width), cost: best.cost };
}
