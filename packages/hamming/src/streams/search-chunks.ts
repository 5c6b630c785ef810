import { refusal } from '@lemmata/core';
import type { PatternLike } from '../symbols/prepare-pattern.js';
import type { Symbols } from '../symbols/symbols.js';
import { type HammingSearchStream, openSearchStream } from './hamming-search-stream.js';
import type { SearchStreamOptions } from './stream-options.js';

/** A window with at most k mismatches. */
export interface HammingMatch {
  /** Where it begins in the text, an integer in [0, 2^53). */
  readonly position: number;
  /** Its distance, in [0, k]. */
  readonly distance: number;
}

/**
 * Searches a text that comes in chunks, such as a file that is read as it is searched.
 *
 * The chunks are asked for one after the other, and only when all matches before have been taken; leaving the loop closes
 * the source. Text that is compressed can go through the platform's `DecompressionStream` first.
 *
 * @param chunks - any number of pieces of the text, of the pattern's kind
 * @param pattern - m >= 1 symbols, or a prepared pattern
 * @param k - largest number of mismatches, an integer >= 0
 * @param options - those of `hammingSearchStream`
 * @returns the matches in the order of the text
 * @throws what `hammingSearchStream` throws; for a chunk that is none, and the signal's reason, as a rejection
 * Complexity: that of `hammingSearchStream`; O(m + chunk + tile + latency) memory and the matches of a chunk.
 *
 * @example
 * ```ts
 * import { searchChunks } from '@lemmata/hamming';
 *
 * for await (const { position, distance } of searchChunks(['the c', 'at sat on th', 'e mat'], 'cat', 1)) {
 *   console.log(position, distance); // 4 0 and 8 1 and 19 1
 * }
 * ```
 */
export function searchChunks(
  chunks: Iterable<Symbols> | AsyncIterable<Symbols>,
  pattern: PatternLike,
  k: number,
  options?: SearchStreamOptions,
): AsyncGenerator<HammingMatch, void> {
  requireChunks(chunks);
  return matchesOf(chunks, openSearchStream('searchChunks', pattern, k, options));
}

async function* matchesOf(
  chunks: Iterable<Symbols> | AsyncIterable<Symbols>,
  stream: HammingSearchStream,
): AsyncGenerator<HammingMatch, void> {
  for await (const chunk of chunks) yield* listed(await stream.pushAsync(chunk));
  yield* listed(stream.flush());
}

function* listed({ positions, distances }: ReturnType<HammingSearchStream['flush']>): Generator<HammingMatch, void> {
  for (let t = 0; t < positions.length; t++) yield { position: positions[t], distance: distances[t] };
}

/**
 * Requires something that gives chunks; the chunks themselves are looked at when they come.
 *
 * @param value - what the caller gave
 * @throws InvalidInputError `ERR_INPUT` for anything else, also for a string: its chunks would be single letters
 */
export function requireChunks(value: unknown): void {
  const object = typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
  if (object && (Symbol.asyncIterator in value || Symbol.iterator in value)) return;
  throw refusal('chunks', 'an iterable of chunks', value);
}
