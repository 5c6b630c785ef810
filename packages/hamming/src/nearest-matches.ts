import { type Backend, requireInteger } from '@lemmata/core';
import { exactProfile, type ProfileCounts } from './exact-profile.js';
import { runOneShot, runOneShotAsync, type Slices } from './one-shot.js';
import { type Plan, planOf } from './plan.js';
import { type ComparisonOptions, type ProfileSettings, profileSettings } from './profile-options.js';
import { type Matter, openMatter, type PatternLike } from './symbols/prepare-pattern.js';
import type { Codes, Symbols } from './symbols/symbols.js';

/** The windows of a text that are nearest to a pattern. */
export interface NearestMatches {
  /** The computation was carried out in full. */
  readonly status: 'complete';
  /** Shifts by rising distance, equal ones by rising position, integers in [0, n - m]. */
  readonly positions: Float64Array;
  /** The distance at each of them, in [0, m]. */
  readonly distances: Uint32Array;
  /** The method of the profile and the predicted costs. */
  readonly plan: Plan;
  /** What it cost, in operations. */
  readonly counts: ProfileCounts;
  /** Which kernels ran. */
  readonly backend: Backend;
  /** What the caller should know; empty for exact results. */
  readonly warnings: readonly string[];
  /** Time from the call to the result, in milliseconds. */
  readonly elapsedMs: number;
}

/**
 * Sorts the smallest entries by counting: how many shifts there are of each distance says where the first one goes.
 *
 * @param distances - of all shifts, in [0, m]
 * @param m - largest distance
 * @param count - how many are wanted
 */
function smallest(distances: Codes, m: number, count: number): Pick<NearestMatches, 'positions' | 'distances'> {
  const next = new Float64Array(m + 2);
  for (let i = 0; i < distances.length; i++) next[distances[i] + 1]++;
  for (let d = 0; d <= m; d++) next[d + 1] += next[d];
  const found = Math.min(count, distances.length);
  const positions = new Float64Array(found);
  const values = new Uint32Array(found);
  for (let i = 0; i < distances.length; i++) {
    const at = next[distances[i]]++;
    if (at >= found) continue;
    positions[at] = i;
    values[at] = distances[i];
  }
  return { positions, distances: values };
}

function* nearest(matter: Matter, count: number, settings: ProfileSettings): Slices<Omit<NearestMatches, 'elapsedMs'>> {
  const { distances, choice, counts, backend } = yield* exactProfile(matter, settings);
  const found = smallest(distances, matter.pattern.length, count);
  return { status: 'complete', ...found, plan: planOf(choice), counts, backend, warnings: [] };
}

/**
 * Finds the windows of a text that differ least from a pattern.
 *
 * Exact: the smallest entries of the profile of `hammingProfile`, of equal ones those that come first in the text. Windows
 * may overlap.
 *
 * @param text - n symbols; strings are taken by UTF-16 code units
 * @param pattern - m >= 1 symbols of the same kind (string or array), or a prepared pattern
 * @param count - how many windows, an integer >= 1; all of them when there are fewer
 * @param options - those of `hammingProfile`
 * @returns positions and distances, the nearest first
 * @throws DimensionError for an empty pattern
 * @throws InvalidInputError for anything but symbols, a count that is no integer >= 1, options out of range or unknown, and
 * a method that cannot run (`ERR_INCOMPATIBLE`); the signal's reason when it is aborted
 * Complexity: that of `hammingProfile`, and O(n + m).
 *
 * @example
 * ```ts
 * import { nearestMatches } from '@lemmata/hamming';
 *
 * const { positions, distances } = nearestMatches('the cat sat on the mat', 'cot', 3);
 * console.log(positions, distances); // 4 8 11, 1 2 2
 * ```
 */
export function nearestMatches(
  text: Symbols,
  pattern: PatternLike,
  count: number,
  options?: ComparisonOptions,
): NearestMatches {
  const settings = profileSettings('nearestMatches', options);
  requireInteger('count', count, 1);
  const matter = openMatter(text, pattern, false);
  return runOneShot(() => nearest(matter, count, settings), settings.signal);
}

/**
 * Does what `nearestMatches` does, giving the event loop a macrotask at least every 16 ms (a single transform is not
 * interrupted).
 *
 * The text is copied at the call.
 *
 * @param text - n symbols
 * @param pattern - m >= 1 symbols of the same kind, or a prepared pattern
 * @param count - how many windows, an integer >= 1
 * @param options - those of `nearestMatches`
 * @returns a promise of the same result
 * @throws what `nearestMatches` throws, as a rejection
 * Complexity: that of `nearestMatches`.
 *
 * @example
 * ```ts
 * import { nearestMatchesAsync } from '@lemmata/hamming';
 *
 * const { positions } = await nearestMatchesAsync('the cat sat on the mat', 'cot', 2);
 * console.log(positions); // 4 8
 * ```
 */
export async function nearestMatchesAsync(
  text: Symbols,
  pattern: PatternLike,
  count: number,
  options?: ComparisonOptions,
): Promise<NearestMatches> {
  const settings = profileSettings('nearestMatchesAsync', options);
  requireInteger('count', count, 1);
  const matter = openMatter(text, pattern, true);
  return runOneShotAsync(() => nearest(matter, count, settings), settings.signal);
}
