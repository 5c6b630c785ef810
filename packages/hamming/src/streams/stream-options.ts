import { requireInteger, requireOneOf, resolveOptions, type Settings } from '@lemmata/core';
import { type ComparisonOptions, checkComparison, PROFILE_DEFAULTS } from '../profile-options.js';
import { FILTERS, requireFilter, type SearchFilter, type SearchSettings } from '../search-options.js';
import type { Pattern } from '../symbols/prepare-pattern.js';

/** What a stream of distances accepts. */
export interface StreamOptions extends ComparisonOptions {
  /**
   * Most complete windows that wait for more, an integer >= 0, default 0: every push answers for all of them. For small
   * chunks, comparing some thousand windows together takes far less time than one after the other.
   */
  readonly latency?: number;
}

/** What a stream of occurrences accepts. */
export interface SearchStreamOptions extends StreamOptions {
  /** How occurrences are found, default `'auto'`; see `SearchOptions`. The result is the same. */
  readonly filter?: 'auto' | SearchFilter;
  /** Pattern positions that must not differ, integers in [0, m), default none. */
  readonly required?: readonly number[];
}

/** The default of every option of a stream of distances. */
const STREAM_DEFAULTS: Settings<StreamOptions, 'signal' | 'costs'> = Object.freeze({ ...PROFILE_DEFAULTS, latency: 0 });

/** The default of every option of a stream of occurrences. */
export const SEARCH_STREAM_DEFAULTS: Settings<SearchStreamOptions, 'signal' | 'costs' | 'required'> = Object.freeze({
  ...STREAM_DEFAULTS,
  filter: 'auto',
  required: undefined,
});

/**
 * Completes and checks the options of a stream of distances.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @returns every option
 * @throws InvalidInputError `ERR_OPTION` for unknown keys and values out of range
 */
export function streamSettings(entryPoint: string, options: StreamOptions | undefined): typeof STREAM_DEFAULTS {
  const settings = resolveOptions(entryPoint, options, STREAM_DEFAULTS);
  checkComparison(settings);
  requireInteger('options.latency', settings.latency);
  return settings;
}

/** The options of a stream of occurrences after defaults, completed to those of a search. */
export type SearchStreamSettings = SearchSettings & { readonly latency: number };

/**
 * Checks the options of a stream of occurrences.
 *
 * @param settings - options with defaults applied
 * @param pattern - the pattern
 * @param k - largest distance
 * @returns the options of the search of each tile
 * @throws InvalidInputError `ERR_OPTION` for values out of range, `ERR_INCOMPATIBLE` for a filter that cannot run
 */
export function checkSearchStream(
  settings: typeof SEARCH_STREAM_DEFAULTS,
  pattern: Pattern,
  k: number,
): SearchStreamSettings {
  checkComparison(settings);
  requireOneOf('options.filter', settings.filter, FILTERS);
  requireInteger('options.latency', settings.latency);
  requireInteger('k', k);
  requireFilter(settings.filter, pattern, k);
  return { ...settings, limit: Infinity, mismatches: false };
}
