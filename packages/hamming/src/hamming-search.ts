import { type Backend, requireInteger } from '@lemmata/core';
import { exactProfile, type ProfileCounts } from './exact-profile.js';
import { laneFilter, type Occurrences } from './lane-filter.js';
import { runOneShot, runOneShotAsync, type Slices } from './one-shot.js';
import { chooseMethod } from './rules/cost-model.js';
import { filterPositions, SYMBOL_COST } from './rules/filter-positions.js';
import { requireFilterable, type SearchOptions, type SearchSettings, searchSettings } from './search-options.js';
import { letterCounts } from './symbols/alphabet.js';
import { type Matter, openMatter, type PatternLike } from './symbols/prepare-pattern.js';
import type { Symbols } from './symbols/symbols.js';

/** What a search cost, in operations that were carried out. */
export interface SearchCounts extends ProfileCounts {
  /** Shifts that passed the filter; 0 without one. */
  readonly candidates: number;
  /** Symbols that were compared to verify candidates. */
  readonly verifiedSymbols: number;
}

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
  readonly filter: 'lanes' | 'profile';
  /** What it cost, in operations. */
  readonly counts: SearchCounts;
  /** Which kernels ran. */
  readonly backend: Backend;
  /** What the caller should know; empty for exact searches. */
  readonly warnings: readonly string[];
  /** Time from the call to the result, in milliseconds. */
  readonly elapsedMs: number;
}

interface Found extends Occurrences {
  readonly filter: 'lanes' | 'profile';
  readonly counts: SearchCounts;
  readonly backend: Backend;
}

function* byProfile(matter: Matter, k: number, settings: SearchSettings): Slices<Found> {
  const { distances: all, counts, backend } = yield* exactProfile(matter, settings);
  const positions: number[] = [];
  const distances: number[] = [];
  let limited = false;
  for (let i = 0; i < all.length && !limited; i++) {
    if (all[i] > k) continue;
    if (positions.length === settings.limit) limited = true;
    else {
      positions.push(i);
      distances.push(all[i]);
    }
  }
  return {
    positions,
    distances,
    limited,
    filter: 'profile',
    counts: { ...counts, candidates: 0, verifiedSymbols: 0 },
    backend,
  };
}

/** A filter to try, and how many symbols it may compare before the profile is the cheaper way. */
interface Filter {
  readonly offsets: Int32Array;
  readonly budget: number;
}

/**
 * Filters; where the text lets more shifts pass than was predicted, so many that verifying them has cost as much as a
 * profile, the profile is computed after all.
 */
function* byLanes(matter: Matter, k: number, { offsets, budget }: Filter, settings: SearchSettings): Slices<Found> {
  const filtered = yield* laneFilter(matter, k, offsets, settings.limit, budget);
  const { laneWords, candidates, verifiedSymbols, overrun, ...found } = filtered;
  if (overrun) {
    const { counts, ...rest } = yield* byProfile(matter, k, settings);
    return { ...rest, counts: { ...counts, laneWords: counts.laneWords + laneWords, candidates, verifiedSymbols } };
  }
  const counts = { planeWords: 0, transformPoints: 0, increments: 0, fallbackBlocks: 0 };
  return { ...found, filter: 'lanes', counts: { ...counts, laneWords, candidates, verifiedSymbols }, backend: 'js' };
}

/** The filter to try, or undefined when a profile is asked for, the only way, or predicted to be cheaper. */
function filterFor(matter: Matter, k: number, settings: SearchSettings): Filter | undefined {
  const { text, pattern, letters, counts, shifts } = matter;
  if (settings.filter === 'profile' || shifts === 0) return undefined;
  const textCounts = letterCounts(text, letters);
  const { offsets, cost } = filterPositions(
    matter,
    textCounts.map((count) => count / text.length),
    k,
  );
  if (offsets.length === 0) return undefined;
  if (settings.filter === 'lanes') return { offsets, budget: Infinity };
  const { method, costs } = chooseMethod(text.length, pattern.length, counts, textCounts, settings.method);
  const profileCost = costs[method] as number;
  return cost * shifts <= profileCost ? { offsets, budget: profileCost / SYMBOL_COST } : undefined;
}

function* search(matter: Matter, k: number, settings: SearchSettings): Slices<Omit<HammingOccurrences, 'elapsedMs'>> {
  const plan = filterFor(matter, k, settings);
  const found = plan === undefined ? yield* byProfile(matter, k, settings) : yield* byLanes(matter, k, plan, settings);
  const { limited, filter, counts, backend } = found;
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

function mismatchLists({ text, pattern }: Matter, positions: Float64Array, distances: Uint32Array) {
  const starts = new Float64Array(positions.length + 1);
  for (let t = 0; t < positions.length; t++) starts[t + 1] = starts[t] + distances[t];
  const offsets = new Uint32Array(starts[positions.length]);
  let next = 0;
  for (const at of positions) {
    for (let j = 0; j < pattern.length; j++) if (text[at + j] !== pattern[j]) offsets[next++] = j;
  }
  return { offsets, starts };
}

/**
 * Finds every window of a text that differs from a pattern in at most k positions.
 *
 * Exact: the result is the profile of `hammingProfile` where it is at most k. By default a filter counts the differences
 * among the few pattern positions whose letters are rarest in the text, at all shifts, and compares what is left symbol
 * by symbol; where that is predicted to cost more than the whole profile, or turns out to, the profile is computed.
 *
 * @param text - n symbols; strings are taken by UTF-16 code units
 * @param pattern - m >= 1 symbols of the same kind (string or array), or a prepared pattern
 * @param k - largest number of mismatches, an integer >= 0
 * @param options - `filter`, `limit`, `mismatches`, and the options of `hammingProfile`
 * @returns positions, distances and, if asked for, the positions that differ
 * @throws DimensionError for an empty pattern
 * @throws InvalidInputError for anything but symbols, a k that is no integer >= 0, options out of range or unknown, and
 * `ERR_INCOMPATIBLE` for `filter: 'lanes'` when k >= min(m, 255) and for a method that cannot run; the signal's reason
 * when it is aborted
 * Complexity: O(n w / 4) words for w filter positions plus O(m) a candidate at most, or that of `hammingProfile`.
 *
 * @example
 * ```ts
 * import { hammingSearch } from '@lemmata/hamming';
 *
 * const { positions, distances } = hammingSearch('the cat sat on the mat', 'cat', 1);
 * console.log(positions, distances); // 4 8 19, 0 1 1
 * ```
 */
export function hammingSearch(
  text: Symbols,
  pattern: PatternLike,
  k: number,
  options?: SearchOptions,
): HammingOccurrences {
  const { settings, matter } = prepareSearch('hammingSearch', text, pattern, k, options);
  return runOneShot(() => search(matter, k, settings), settings.signal);
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
  const { settings, matter } = prepareSearch('hammingSearchAsync', text, pattern, k, options);
  return runOneShotAsync(() => search(matter, k, settings), settings.signal);
}

function prepareSearch(
  entryPoint: string,
  text: Symbols,
  pattern: PatternLike,
  k: number,
  options: SearchOptions | undefined,
) {
  const settings = searchSettings(entryPoint, options);
  requireInteger('k', k);
  const matter = openMatter(text, pattern);
  if (settings.filter === 'lanes') requireFilterable(matter.pattern.length, k);
  return { settings, matter };
}
