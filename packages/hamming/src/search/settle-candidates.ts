import { type PatternChanges, pairsByClass } from '../kernels/periodic.js';
import type { Slices } from '../one-shot.js';
import type { CostTable } from '../rules/cost-table.js';
import { type ConvolutionTally, newTally } from '../sums/integer-convolution.js';
import type { Matter } from '../symbols/prepare-pattern.js';
import { jumpingPays, kangaroo } from './kangaroo.js';
import type { OccurrenceList } from './occurrence-list.js';
import type { SearchCounts } from './search-counts.js';
import { planWindow, windowMatches } from './window-matches.js';

/** Positions that are verified, and jumps, in a slice: about 5 ms. */
const SLICE_SYMBOLS = 2_000_000;
const SLICE_JUMPS = 50_000;

/** Finds out which candidates are occurrences. */
export interface Settling {
  /** What that took so far, beside the positions that the list compared. */
  readonly counts: Pick<SearchCounts, 'itemPairs' | 'transformPoints' | 'namedFactors' | 'jumps'>;
  /** Settles consecutive candidates, at least one, whose windows lie close together. */
  settle(candidates: readonly number[]): Slices<void>;
}

/**
 * Prepares the settling of candidates, for each group of them in the way that takes least: all of them at once by changes
 * at a stride at which the pattern nearly repeats itself, one after the other by jumps, or position by position.
 *
 * @param matter - text and pattern, without classes
 * @param k - largest distance
 * @param changes - of the pattern at that stride, or undefined where there is none
 * @param list - what occurrences are added to
 * @param table - what operations cost
 * @returns the settling
 */
export function settlingOf(
  matter: Matter,
  k: number,
  changes: PatternChanges | undefined,
  list: OccurrenceList,
  table: CostTable,
): Settling {
  const { text, pattern } = matter;
  const { length: m, positions } = pattern;
  const tally: ConvolutionTally = newTally();
  let itemPairs = 0;
  let namedFactors = 0;
  let jumps = 0;

  function* byChanges(candidates: readonly number[]): Slices<boolean> {
    // With few candidates, changes of the text and the pattern are more than what jumps would take.
    if (changes === undefined || candidates.length * k <= 4 * (k + changes.rho)) return false;
    const { rho } = changes;
    const first = candidates[0];
    const piece = text.subarray(first, candidates[candidates.length - 1] + m);
    const pairs = yield* pairsByClass(piece, pattern, changes);
    const { heavy, cost } = planWindow(pairs, piece.length, m, rho, table);
    if (cost > table.verification * candidates.length * m) return false;
    const matches = yield* windowMatches(piece, pattern, changes, heavy, tally);
    itemPairs += matches.itemPairs;
    for (const i of candidates) {
      list.add(i, positions.length - matches.sums[i - first + m + rho]);
      if (list.limited) break;
    }
    yield 'slice';
    return true;
  }

  function* byJumps(candidates: readonly number[]): Slices<boolean> {
    const first = candidates[0];
    const length = candidates[candidates.length - 1] + m - first;
    // A wildcard takes a jump as a difference does.
    if (!jumpingPays(candidates.length, length, m, k + m - positions.length)) return false;
    const jumping = yield* kangaroo(text.subarray(first, first + length), pattern);
    let sliceEnd = SLICE_JUMPS;
    for (const i of candidates) {
      list.add(i, jumping.distance(i - first, k));
      if (list.limited) break;
      if (jumping.jumps < sliceEnd) continue;
      yield 'slice';
      sliceEnd = jumping.jumps + SLICE_JUMPS;
    }
    namedFactors += jumping.named;
    jumps += jumping.jumps;
    return true;
  }

  function* byComparing(candidates: readonly number[]): Slices<void> {
    let sliceEnd = list.verifiedSymbols + SLICE_SYMBOLS;
    for (const i of candidates) {
      list.compare(i);
      if (list.limited) break;
      if (list.verifiedSymbols < sliceEnd) continue;
      yield 'slice';
      sliceEnd = list.verifiedSymbols + SLICE_SYMBOLS;
    }
  }

  return {
    get counts() {
      return { itemPairs, transformPoints: tally.transformPoints, namedFactors, jumps };
    },
    *settle(candidates) {
      if (yield* byChanges(candidates)) return;
      if (yield* byJumps(candidates)) return;
      yield* byComparing(candidates);
    },
  };
}
