import type { Matter } from '../symbols/prepare-pattern.js';

/** The pattern positions that a filter looks at, and what it is expected to let through. */
export interface FilterPositions {
  /** Positions in the pattern, at most 255; all of them when the pattern is that short and nothing less pays. */
  readonly offsets: Int32Array;
  /** Predicted cost for each shift, in units of one comparison of a word of lanes. */
  readonly cost: number;
}

/** Numbers of positions that are tried: those of one filling of byte counters. */
const WIDTHS = [4, 8, 12, 16, 20, 24, 32, 48, 64, 96, 127, 192, 255];
/** Looking at a shift that was filtered. */
const LOOK = 1.5;
/** Comparing one symbol of a candidate. */
export const SYMBOL_COST = 0.5;

/**
 * Chooses the positions whose letters are rarest in the text, and how many of them.
 *
 * A shift passes when at most k of the positions differ. If matches were independent with the letters' shares of the
 * text, the number of differences among w positions would be a sum of coins; its probability to be at most k is summed
 * exactly.
 *
 * @param matter - text and pattern
 * @param shares - share of each letter of the text, in [0, 1]
 * @param k - largest distance
 * @returns the positions
 */
export function filterPositions({ pattern }: Matter, shares: Float64Array, k: number): FilterPositions {
  const m = pattern.length;
  const order = Int32Array.from({ length: m }, (_, j) => j).sort(
    (a, b) => shares[pattern[a]] - shares[pattern[b]] || a - b,
  );
  const verification = SYMBOL_COST * Math.min(m, 4 * (k + 1));
  const few = new Float64Array(Math.min(k, 255) + 1);
  few[0] = 1;
  let best = { width: 0, cost: Infinity };
  let width = 0;
  let passing = 1;
  for (const wanted of WIDTHS) {
    if (wanted > m && width === m) break;
    for (; width < Math.min(wanted, m); width++) {
      const match = shares[pattern[order[width]]];
      for (let d = few.length - 1; d > 0; d--) few[d] = few[d] * match + few[d - 1] * (1 - match);
      few[0] *= match;
    }
    passing = 0;
    for (const share of few) passing += share;
    const cost = width / 4 + LOOK + verification * Math.min(1, passing);
    if (width > k && cost < best.cost) best = { width, cost };
  }
  return { offsets: order.slice(0, best.width), cost: best.cost };
}
