import { laneMismatches, lanePositions, packWords } from './kernels/lanes.js';
import type { Slices } from './one-shot.js';
import type { Matter } from './symbols/prepare-pattern.js';
import type { Codes } from './symbols/symbols.js';

/** Occurrences in the order of the text. */
export interface Occurrences {
  /** Shifts. */
  readonly positions: number[];
  /** Distances at these shifts. */
  readonly distances: number[];
  /** Whether the search ended at its limit. */
  readonly limited: boolean;
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
  /** Symbols that were compared to verify them. */
  readonly verifiedSymbols: number;
}

const TILE = 8192;
/** Symbol comparisons of a slice: about 5 ms. */
const SLICE_SYMBOLS = 2_000_000;

/**
 * Finds the shifts with at most k differences: those with more among the given positions are left out, the others are
 * compared symbol by symbol until more than k differ.
 *
 * Only the low eight bits of letter numbers are filtered: letters that agree in them hide a difference, so a shift may
 * pass in vain, but none is lost.
 *
 * @param matter - text and pattern
 * @param k - largest distance, an integer in [0, m)
 * @param offsets - pattern positions to filter by, more than k and at most 255
 * @param limit - most occurrences
 * @param budget - symbols that may be compared for verification before the filter gives up; Infinity for no end
 * @returns the occurrences and what they took
 */
export function* laneFilter(
  matter: Matter,
  k: number,
  offsets: Int32Array,
  limit: number,
  budget: number,
): Slices<FilterOutcome> {
  const { text, pattern, shifts } = matter;
  const m = pattern.length;
  const tile = Math.max(TILE, 4 * Math.ceil(m / 16) * 4);
  const bytes = Uint8Array.from(offsets, (offset) => pattern[offset] & 255);
  const filter = lanePositions(offsets, bytes, tile + m);
  const words = new Int32Array(4 * filter.stride);
  const counts = new Uint32Array(tile + 16);
  const positions: number[] = [];
  const distances: number[] = [];
  const groups = Math.max(4, 4 * Math.floor(SLICE_SYMBOLS / 4 / offsets.length));
  let laneWords = 0;
  let candidates = 0;
  let verifiedSymbols = 0;
  const outcome = (end: FilterEnd): FilterOutcome => {
    const ending = { limited: end === 'limit', overrun: end === 'overrun' };
    return { positions, distances, ...ending, laneWords, candidates, verifiedSymbols };
  };
  for (let from = 0; from < shifts; from += tile) {
    const size = Math.min(tile, shifts - from);
    packWords(text, from, filter.stride, words);
    const end = 4 * Math.ceil(size / 16);
    for (let first = 0; first < end; first += groups) {
      const last = Math.min(end, first + groups);
      laneMismatches(words, filter, first, last, counts);
      laneWords += (last - first) * offsets.length;
      yield 'slice';
    }
    let sliceEnd = verifiedSymbols + SLICE_SYMBOLS;
    for (let i = 0; i < size; i++) {
      if (counts[i] > k) continue;
      candidates++;
      const { distance, compared } = compare(text, from + i, pattern, k);
      verifiedSymbols += compared;
      if (distance <= k) {
        if (positions.length === limit) return outcome('limit');
        positions.push(from + i);
        distances.push(distance);
      }
      if (verifiedSymbols > budget) return outcome('overrun');
      if (verifiedSymbols >= sliceEnd) {
        yield 'slice';
        sliceEnd = verifiedSymbols + SLICE_SYMBOLS;
      }
    }
  }
  return outcome('complete');
}

/** The distance at a shift, or k + 1 as soon as it is known to be more than k. */
function compare(text: Codes, at: number, pattern: Codes, k: number): { distance: number; compared: number } {
  let distance = 0;
  for (let j = 0; j < pattern.length; j++) {
    if (text[at + j] !== pattern[j] && ++distance > k) return { distance, compared: j + 1 };
  }
  return { distance, compared: pattern.length };
}
