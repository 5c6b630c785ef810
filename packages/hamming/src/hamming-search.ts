import { type Backend, requireInteger } from '@lemmata/core';
import { findOccurrences } from './find-occurrences.js';
import type { Wanted } from './lane-filter.js';
import { runOneShot, runOneShotAsync, type Slices } from './one-shot.js';
import type { SearchCounts } from './search/search-counts.js';
import {
  requiredIndices,
  requireFilter,
  type SearchFilter,
  type SearchOptions,
  type SearchSettings,
  searchSettings,
} from './search-options.js';
import { comparisonOf } from './symbols/comparison.js';
import { type Matter, openMatter, type PatternLike } from './symbols/prepare-pattern.js';
import type { Symbols } from './symbols/symbols.js';

/** The places of a text where a pattern occurs with at most k mismatches. */
export interface HammingOccurrences {
  /** `'complete'`, or `'limit'` when there are more occurrences than `limit`. */
  readonly status: 'complete' | 'limit';
  /** Shifts in rising order, integers in [0, n - m]. */
  readonly positions: Float64Array;
  /** The distance at each of them, in [0, k]. */
  readonly distances: Uint32Array;
  /** Pattern positions that differ, occurrence after occurrence, rising; undefined unless asked for. */
  readonly mismatchOffsets: Uint32Array | undefined;
  /** Where the list of each occurrence begins, and the end of the last; undefined unless asked for. */
  readonly mismatchStarts: Float64Array | undefined;
  /** What found the occurrences: `'profile'` also when a filter was tried and given up. */
  readonly filter: SearchFilter;
  /** What it cost, in operations. */
  readonly counts: SearchCounts;
  /** Which kernels ran. */
  readonly backend: Backend;
  /** What the caller should know; empty for exact searches. */
  readonly warnings: readonly string[];
  /** Time from the call to the result, in milliseconds. */
  readonly elapsedMs: number;
}

function* search(
  matter: Matter,
  wanted: Wanted,
  settings: SearchSettings,
): Slices<Omit<HammingOccurrences, 'elapsedMs'>> {
  const { limited, filter, counts, backend, ...found } = yield* findOccurrences(matter, wanted, settings);
  const positions = Float64Array.from(found.positions);
  const distances = Uint32Array.from(found.distances);
  const lists = settings.mismatches ? mismatchLists(matter, positions, distances) : undefined;
  return {
    status: limited ? 'limit' : 'complete',
    positions,
    distances,
    mismatchOffsets: lists?.offsets,
    mismatchStarts: lists?.starts,
    filter,
    counts,
    backend,
    warnings: [],
  };
}

function mismatchLists(matter: Matter, positions: Float64Array, distances: Uint32Array) {
  const windows = comparisonOf(matter);
  const starts = new Float64Array(positions.length + 1);
  for (let t = 0; t < positions.length; t++) starts[t + 1] = starts[t] + distances[t];
  const offsets = new Uint32Array(starts[positions.length]);
  positions.forEach((at, t) => {
    offsets.set(windows.mismatches(at), starts[t]);
  });
  return { offsets, starts };
}

/**
 * Finds every window of a text that differs from a pattern in at most k positions.
 *
 * Exact: the result is the profile of `hammingProfile` where it is at most k. By default a filter counts the differences
 * among the few pattern positions whose letters are rarest in the text, at all shifts, and compares what is left symbol
 * by symbol; with many mismatches every window is compared until more than k positions differ; where that is predicted to
 * cost more than the whole profile, or turns out to, the profile is computed.
 *
 * The filters that run by name find the same and say in `counts` what they took. `'bounded'` is a reconstruction of the
 * k-bounded algorithm from the ingredients that the paper names and the papers before it: random maps of the letters to four
 * bound distances from below, shifts where they exceed k are left out, and the others are settled together by changes at
 * a stride at which the pattern nearly repeats itself, or one by one. It is exact whatever the maps are; the paper's
 * O(n + n k / sqrt m) is not claimed, since the estimates alone take O(n log m).
 *
 * @param text - n symbols; strings are taken by UTF-16 code units
 * @param pattern - m >= 1 symbols of the same kind (string or array), or a prepared pattern
 * @param k - largest number of mismatches, an integer >= 0
 * @param options - `filter`, `limit`, `mismatches`, `required`, and the options of `hammingProfile`
 * @returns positions, distances and, if asked for, the positions that differ
 * @throws DimensionError for an empty pattern
 * @throws InvalidInputError for anything but symbols, a k that is no integer >= 0, options out of range or unknown, and
 * `ERR_INCOMPATIBLE` for a method that cannot run and for a filter that cannot: `'lanes'` when k >= min(m, 255),
 * `'shift-add'` when m (ceil(log2(k + 1)) + 1) > 64, `'pigeonhole'` for k >= m, classes and wildcards, `'bounded'` for
 * classes and wildcards of texts; the signal's reason when it is aborted
 * Complexity: O(n w / 16) vectors for w filter positions (4 shifts a word in plain TypeScript) plus O(m) a candidate at most, or that of `hammingProfile`;
 * O(n m) by early abort, O(n) by Shift-Add, O(n) and O(m) a candidate by pieces, O(n sqrt(k log m)) and O(m) a candidate by frequent letters.
 *
 * @example
 * ```ts
 * import { hammingSearch } from '@lemmata/hamming';
 *
 * const { positions, distances } = hammingSearch('the cat sat on the mat', 'cat', 1);
 * console.log(positions, distances); // 4 8 19, 0 1 1
 * ```
 * @see T. M. Chan, C. Jin, V. Vassilevska Williams, Y. Xu, "Faster Algorithms for Text-to-Pattern Hamming Distances",
 * FOCS 2023
 * @see R. Baeza-Yates, G. H. Gonnet, "A new approach to text searching", Communications of the ACM 35(10), 1992
 * @see A. Amir, M. Lewenstein, E. Porat, "Faster algorithms for string matching with k mismatches", Journal of Algorithms
 * 50(2), 2004
 */
export function hammingSearch(
  text: Symbols,
  pattern: PatternLike,
  k: number,
  options?: SearchOptions,
): HammingOccurrences {
  const { settings, matter, wanted } = prepareSearch('hammingSearch', text, pattern, k, options, false);
  return runOneShot(() => search(matter, wanted, settings), settings.signal);
}

/**
 * Does what `hammingSearch` does, giving the event loop a macrotask at least every 16 ms (a single transform is not
 * interrupted).
 *
 * The text is copied at the call.
 *
 * @param text - n symbols
 * @param pattern - m >= 1 symbols of the same kind, or a prepared pattern
 * @param k - largest number of mismatches, an integer >= 0
 * @param options - those of `hammingSearch`
 * @returns a promise of the same result
 * @throws what `hammingSearch` throws, as a rejection
 * Complexity: that of `hammingSearch`.
 *
 * @example
 * ```ts
 * import { hammingSearchAsync } from '@lemmata/hamming';
 *
 * const { mismatchOffsets } = await hammingSearchAsync('abxabd', 'abd', 1, { mismatches: true });
 * console.log(mismatchOffsets); // 2: the last symbol of the first occurrence; the second one has none
 * ```
 */
export async function hammingSearchAsync(
  text: Symbols,
  pattern: PatternLike,
  k: number,
  options?: SearchOptions,
): Promise<HammingOccurrences> {
  const { settings, matter, wanted } = prepareSearch('hammingSearchAsync', text, pattern, k, options, true);
  return runOneShotAsync(() => search(matter, wanted, settings), settings.signal);
}

function prepareSearch(
  entryPoint: string,
  text: Symbols,
  pattern: PatternLike,
  k: number,
  options: SearchOptions | undefined,
  copied: boolean,
) {
  const settings = searchSettings(entryPoint, options);
  requireInteger('k', k);
  const matter = openMatter(text, pattern, copied);
  requireFilter(settings.filter, matter.pattern, k);
  const required = requiredIndices(matter.pattern, settings.required);
  return { settings, matter, wanted: { k, required, limit: settings.limit } };
}
