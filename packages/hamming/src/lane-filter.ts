import type { Backend } from '@lemmata/core';
import { openLaneSearch, SEARCH_SHIFTS } from './kernels/lane-search.js';
import type { Slices } from './one-shot.js';
import { laneTile } from './rules/cost-model.js';
import { comparisonOf } from './symbols/comparison.js';
import { fitsLanes, laneText } from './symbols/lane-text.js';
import type { Matter } from './symbols/prepare-pattern.js';

/** Occurrences in the order of the text. */
export interface Occurrences {
  /** Shifts. */
  readonly positions: number[];
  /** Distances at these shifts. */
  readonly distances: number[];
  /** Whether the search ended at its limit. */
  readonly limited: boolean;
}

/** Which occurrences are wanted. */
export interface Wanted {
  /** Largest distance. */
  readonly k: number;
  /** Indices among the pattern's positions that must not differ. */
  readonly required: Int32Array;
  /** Most occurrences. */
  readonly limit: number;
}

/** Why a filter came to its end. */
type FilterEnd = 'complete' | 'limit' | 'overrun';

/** What a filter did. */
export interface FilterOutcome extends Occurrences {
  /** Whether verification took more than its budget, so that the occurrences are not all. */
  readonly overrun: boolean;
  /** Words of four shifts that were compared with a pattern position. */
  readonly laneWords: number;
  /** Shifts that passed the filter. */
  readonly candidates: number;
  /** Positions that were compared to verify them. */
  readonly verifiedSymbols: number;
}

/** Positions that are verified in a slice: about 5 ms. */
const SLICE_SYMBOLS = 2_000_000;
/** Comparisons of lanes in a slice: at most about 5 ms. */
const SLICE_COMPARISONS = { js: 8_000_000, wasm: 20_000_000 } as const;

/**
 * Finds the shifts with at most k differences: those with more among the chosen positions are left out, the others are
 * compared position by position until more than k differ.
 *
 * Where letters do not fit into bytes, a shift may pass in vain, but none is lost.
 *
 * @param matter - text and pattern
 * @param wanted - k < number of chosen positions, what must not differ, most occurrences
 * @param indices - which of the pattern's positions to filter by, at most 255
 * @param budget - positions that may be compared for verification before the filter gives up; Infinity for no end
 * @param backend - which kernels run
 * @returns the occurrences and what they took
 */
export function* laneFilter(
  matter: Matter,
  { k, required, limit }: Wanted,
  indices: Int32Array,
  budget: number,
  backend: Backend,
): Slices<FilterOutcome> {
  const { pattern, shifts } = matter;
  const tile = laneTile(shifts, pattern.length);
  const search = openLaneSearch(laneText(matter), pattern.positions, indices, tile, pattern.length, backend);
  // Where bytes do not tell all letters apart, what they let pass is compared once more, by the letters themselves.
  const windows = required.length > 0 || !fitsLanes(matter) ? comparisonOf(matter) : undefined;
  const recount = fitsLanes(matter) ? undefined : windows;
  const positions: number[] = [];
  const distances: number[] = [];
  const slice = SLICE_COMPARISONS[backend];
  const step = Math.min(SEARCH_SHIFTS, Math.max(64, 64 * Math.floor(slice / (64 * indices.length))));
  let laneWords = 0;
  /** What was done since it last gave way, in comparisons of lanes. */
  let work = 0;
  let candidates = 0;
  let verifiedSymbols = 0;
  const outcome = (end: FilterEnd): FilterOutcome => {
    const ending = { limited: end === 'limit', overrun: end === 'overrun' };
    return { positions, distances, ...ending, laneWords, candidates, verifiedSymbols };
  };
  /** Takes over what was verified; false when there is more than the limit. */
  const keep = (from: number): boolean => {
    for (let t = 0; t < search.tally[1]; t++) {
      const i = from + search.shifts[t];
      let distance = search.distances[t];
      if (recount !== undefined) {
        distance = recount.distance(i, k);
        verifiedSymbols += recount.compared;
      }
      if (distance > k || windows?.differsAtAny(i, required) === true) continue;
      if (positions.length === limit) return false;
      positions.push(i);
      distances.push(distance);
    }
    return true;
  };
  try {
    for (let from = 0; from < shifts; from += tile) {
      const size = Math.min(tile, shifts - from);
      const end = 64 * Math.ceil(size / 64);
      search.load(from);
      for (let first = 0; first < end; first += step) {
        const last = Math.min(end, first + step);
        let found = search.candidates(first, last, k);
        // Shifts behind the last one belong to no window.
        while (found > 0 && search.list[found - 1] >= size) found--;
        laneWords += ((last - first) / 4) * indices.length;
        work += (last - first) * indices.length;
        for (let t = 0; t < found; ) {
          if (work >= slice) {
            yield 'slice';
            work = 0;
          }
          const next = search.verify(t, found, k, Math.min(SLICE_SYMBOLS, Math.floor(budget - verifiedSymbols)));
          candidates += next - t;
          t = next;
          verifiedSymbols += search.tally[0];
          work += (slice / SLICE_SYMBOLS) * search.tally[0];
          if (!keep(from)) return outcome('limit');
          if (verifiedSymbols > budget) return outcome('overrun');
        }
        if (work >= slice) {
          yield 'slice';
          work = 0;
        }
      }
    }
  } finally {
    search.dispose();
  }
  return outcome('complete');
}
