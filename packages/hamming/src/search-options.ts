import { refusal, requireBoolean, requireInteger, requireOneOf, resolveOptions, type Settings } from '@lemmata/core';
import { incompatible } from './incompatible.js';
import { type ComparisonOptions, checkComparison, PROFILE_DEFAULTS } from './profile-options.js';
import { fieldBits, STATE_BITS } from './search/shift-add.js';
import type { Pattern } from './symbols/prepare-pattern.js';

/** What finds occurrences. */
export type SearchFilter = 'lanes' | 'profile' | 'abort' | 'shift-add' | 'pigeonhole' | 'alp' | 'bounded';

/** What a search with mismatches accepts. */
export interface SearchOptions extends ComparisonOptions {
  /**
   * How occurrences are found: `'lanes'` compares the rarest positions at all shifts and verifies what is left, `'abort'`
   * compares every window until more than k positions differ, `'profile'` computes all distances by `method`, `'auto'` (the
   * default) takes what is predicted to be cheapest and gives a filter up when it has cost as much as a profile. The others
   * run by name only: `'shift-add'` keeps counters of all prefixes in 64 bits, `'pigeonhole'` looks for k + 1 pieces of the
   * pattern, `'alp'` marks positions of frequent letters (Amir, Lewenstein and Porat), `'bounded'` settles estimates by the
   * pattern's approximate period. The result is the same.
   */
  readonly filter?: 'auto' | SearchFilter;
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

/** The filters that may be asked for. */
export const FILTERS: readonly ('auto' | SearchFilter)[] = [
  'auto',
  'lanes',
  'profile',
  'abort',
  'shift-add',
  'pigeonhole',
  'alp',
  'bounded',
];

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
  requireOneOf('options.filter', settings.filter, FILTERS);
  if (settings.limit !== Infinity) requireInteger('options.limit', settings.limit, 1);
  requireBoolean('options.mismatches', settings.mismatches);
  return settings;
}

/** What a filter needs of pattern and k, and whether it is there. */
function needOf(filter: SearchFilter, pattern: Pattern, k: number): [needed: string, given: boolean] {
  const { length: m, positions, simple } = pattern;
  switch (filter) {
    case 'lanes': {
      const most = Math.min(positions.length, 255);
      return [`'auto' or 'profile' for k >= ${most} (positions that can be filtered)`, k < most];
    }
    case 'shift-add': {
      const bits = fieldBits(m, k);
      return [
        `another for m = ${m} and k = ${k} (m fields of ${bits} bits exceed ${STATE_BITS})`,
        m * bits <= STATE_BITS,
      ];
    }
    case 'pigeonhole': {
      const plain = simple && positions.length === m;
      return [`another for k >= m = ${m} (k + 1 pieces), classes and wildcards`, plain && k < m];
    }
    case 'bounded':
      return ['another for classes and wildcards of texts (letters are mapped at random)', simple];
    default:
      return ['any', true];
  }
}

/**
 * Requires that the filter that was asked for can run.
 *
 * @param filter - the filter
 * @param pattern - the pattern
 * @param k - largest distance
 * @throws InvalidInputError `ERR_INCOMPATIBLE` with the reason why it cannot
 */
export function requireFilter(filter: 'auto' | SearchFilter, pattern: Pattern, k: number): void {
  if (filter === 'auto') return;
  const [needed, given] = needOf(filter, pattern, k);
  if (given) return;
  throw incompatible('options.filter', needed, `'${filter}'`);
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
