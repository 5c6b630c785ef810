import { DimensionError, refusal } from '@lemmata/core';
import { type HammingOccurrences, hammingSearch } from './hamming-search.js';
import type { SearchOptions } from './search-options.js';
import type { PatternLike } from './symbols/prepare-pattern.js';
import type { Symbols } from './symbols/symbols.js';

/**
 * Searches a text for several patterns, one after the other.
 *
 * @param text - n symbols
 * @param patterns - each with m >= 1 symbols of the same kind, or prepared
 * @param k - largest number of mismatches, an integer >= 0: one for all patterns, or one for each
 * @param options - those of `hammingSearch`, for each pattern
 * @returns what `hammingSearch` gives for each pattern, in the order of the patterns
 * @throws DimensionError when there are not as many k as patterns
 * @throws what `hammingSearch` throws
 * Complexity: that of `hammingSearch` for each pattern.
 *
 * @example
 * ```ts
 * import { searchMany } from '@lemmata/hamming';
 *
 * for (const { positions } of searchMany('the cat sat on the mat', ['cat', 'the', 'dog'], [1, 0, 0])) {
 *   console.log(positions); // 4 8 19, then 0 15, then nothing
 * }
 * ```
 */
export function searchMany(
  text: Symbols,
  patterns: readonly PatternLike[],
  k: number | readonly number[],
  options?: SearchOptions,
): HammingOccurrences[] {
  if (!Array.isArray(patterns)) throw refusal('patterns', 'an array of patterns', patterns);
  const each: readonly number[] = typeof k === 'object' && k !== null ? k : new Array(patterns.length).fill(k);
  if (each.length !== patterns.length) {
    throw new DimensionError(`k: expected length ${patterns.length} (number of patterns), got ${each.length}`, {
      argument: 'k',
      expected: patterns.length,
      actual: each.length,
    });
  }
  return patterns.map((pattern: PatternLike, i) => hammingSearch(text, pattern, each[i], options));
}
