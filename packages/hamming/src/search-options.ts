import {
  InvalidInputError,
  refusal,
  requireBoolean,
  requireInteger,
  requireOneOf,
  resolveOptions,
  type Settings,
} from '@lemmata/core';
import { type ComparisonOptions, checkComparison, PROFILE_DEFAULTS } from './profile-options.js';
import type { Pattern } from './symbols/prepare-pattern.js';

/** What a search with mismatches accepts. */
export interface SearchOptions extends ComparisonOptions {
  /**
   * How occurrences are found: `'lanes'` compares the rarest positions at all shifts and verifies what is left,
   * `'profile'` computes all distances by `method`, `'auto'` (the default) takes what is predicted to be cheaper and gives
   * the filter up when verification has cost as much as a profile. The result is the same.
   */
  readonly filter?: 'auto' | 'lanes' | 'profile';
  /** Ends the search after so many occurrences, an integer >= 1, or Infinity (the default). */
  readonly limit?: number;
  /**
   * Pattern positions that must not differ, integers in [0, m), default none: windows that differ at one of them are no
   * occurrences, however small their distance.
   */
  readonly required?: readonly number[];
  /** Whether to list the pattern positions that differ, default false. */
  readonly mismatches?: boolean;
}

/** The default of every option of a search. */
const SEARCH_DEFAULTS: Settings<SearchOptions, 'signal' | 'costs' | 'required'> = Object.freeze({
  ...PROFILE_DEFAULTS,
  filter: 'auto',
  limit: Infinity,
  mismatches: false,
  required: undefined,
});

/** The options of a search after defaults. */
export type SearchSettings = typeof SEARCH_DEFAULTS;

/**
 * Completes and checks the options of a search.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @returns every option
 * @throws InvalidInputError `ERR_OPTION` for unknown keys and values out of range
 */
export function searchSettings(entryPoint: string, options: SearchOptions | undefined): SearchSettings {
  const settings = resolveOptions(entryPoint, options, SEARCH_DEFAULTS);
  checkComparison(settings);
  requireOneOf('options.filter', settings.filter, ['auto', 'lanes', 'profile']);
  if (settings.limit !== Infinity) requireInteger('options.limit', settings.limit, 1);
  requireBoolean('options.mismatches', settings.mismatches);
  return settings;
}

/**
 * Requires that a filter of at most 255 positions can rule out a shift.
 *
 * @param m - length of the pattern
 * @param k - largest distance
 * @throws InvalidInputError `ERR_INCOMPATIBLE` when even all positions that fit cannot differ more than k times
 */
export function requireFilterable(m: number, k: number): void {
  const most = Math.min(m, 255);
  if (k < most) return;
  throw new InvalidInputError(
    `options.filter: expected 'auto' or 'profile' for k >= ${most} (positions that can be filtered), got 'lanes'`,
    'ERR_INCOMPATIBLE',
    { argument: 'options.filter', expected: "'auto' or 'profile'", actual: 'lanes' },
  );
}

/**
 * Finds the positions that must not differ among those that count; wildcards never differ.
 *
 * @param pattern - the pattern
 * @param required - pattern positions, or undefined for none
 * @returns indices into the pattern's `positions`
 * @throws InvalidInputError `ERR_OPTION` for anything but integers in [0, m)
 */
export function requiredIndices(pattern: Pattern, required: readonly number[] | undefined): Int32Array {
  if (required === undefined) return new Int32Array(0);
  if (!Array.isArray(required)) throw refusal('options.required', 'an array of pattern positions', required);
  const wanted = new Set(required.map((j, t) => requireInteger(`options.required[${t}]`, j, 0, pattern.length - 1)));
  const indices: number[] = [];
  pattern.positions.forEach((j, t) => {
    if (wanted.has(j)) indices.push(t);
  });
  return Int32Array.from(indices);
}
