import { type HammingSearchStream, openSearchStream } from './streams/hamming-search-stream.js';
import type { HammingMatch } from './streams/search-chunks.js';
import type { SearchStreamOptions } from './streams/stream-options.js';
import { openPattern, type PatternLike } from './symbols/prepare-pattern.js';
import { type Codes, readSymbols, requireSameKind, type Symbols } from './symbols/symbols.js';

/** Symbols that are searched before their matches are given. */
const STEP = 65536;

/**
 * Gives the windows of a text with at most k mismatches one by one, searching only as far as they are taken.
 *
 * @param text - n symbols; not to be changed while matches are taken
 * @param pattern - m >= 1 symbols of the same kind (string or array), or a prepared pattern
 * @param k - largest number of mismatches, an integer >= 0
 * @param options - `filter`, `required`, and the options of `hammingProfile`
 * @returns the matches in the order of the text
 * @throws DimensionError for an empty pattern
 * @throws InvalidInputError for anything but symbols, a k that is no integer >= 0, options out of range or unknown, and
 * `ERR_INCOMPATIBLE` for a prepared pattern of another unit than code units; the signal's reason when it is aborted
 * Complexity: that of `hammingSearch` for the part of the text that is searched, in steps of 2^16 symbols.
 *
 * @example
 * ```ts
 * import { hammingMatches } from '@lemmata/hamming';
 *
 * for (const { position, distance } of hammingMatches('the cat sat on the mat', 'cat', 1)) {
 *   console.log(position, distance); // 4 0, then 8 1: the third one is not looked at
 *   if (distance > 0) break;
 * }
 * ```
 */
export function hammingMatches(
  text: Symbols,
  pattern: PatternLike,
  k: number,
  options?: Omit<SearchStreamOptions, 'latency'>,
): Generator<HammingMatch, void> {
  const symbols = typeof text === 'string' ? text : readSymbols('text', text);
  requireSameKind(['text', typeof text === 'string'], ['pattern', openPattern(pattern).isText]);
  return matchesOf(symbols, openSearchStream('hammingMatches', pattern, k, options));
}

function* matchesOf(text: string | Codes, stream: HammingSearchStream): Generator<HammingMatch, void> {
  for (let at = 0; at < text.length; at += STEP) {
    const step = typeof text === 'string' ? text.slice(at, at + STEP) : text.subarray(at, at + STEP);
    const { positions, distances } = stream.push(step);
    for (let t = 0; t < positions.length; t++) yield { position: positions[t], distance: distances[t] };
  }
}
