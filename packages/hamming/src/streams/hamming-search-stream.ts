import { resolveOptions } from '@lemmata/core';
import { findOccurrences } from '../find-occurrences.js';
import type { Occurrences, Wanted } from '../lane-filter.js';
import type { Slices } from '../one-shot.js';
import { requiredIndices } from '../search-options.js';
import { comparisonOf } from '../symbols/comparison.js';
import { type Matter, openPattern, type Pattern, type PatternLike } from '../symbols/prepare-pattern.js';
import {
  checkSearchStream,
  SEARCH_STREAM_DEFAULTS,
  type SearchStreamOptions,
  type SearchStreamSettings,
} from './stream-options.js';
import { areFew, TextStream } from './text-stream.js';

/** The occurrences among consecutive windows. */
export interface StreamOccurrences {
  /** Where they begin in the whole text, rising, integers in [0, 2^53). */
  readonly positions: Float64Array;
  /** The distance at each of them, in [0, k]. */
  readonly distances: Uint32Array;
}

/**
 * Finds the occurrences in a piece of a text, of any size.
 *
 * @param matter - the piece and the pattern
 * @param wanted - which occurrences, without a limit
 * @param settings - how they are found
 * @returns positions in the piece, and distances
 */
export function* tileOccurrences(
  matter: Matter,
  wanted: Wanted,
  settings: SearchStreamSettings,
): Slices<Pick<Occurrences, 'positions' | 'distances'>> {
  const { method, filter } = settings;
  return method === 'auto' && filter === 'auto' && areFew(matter)
    ? windowByWindow(matter, wanted)
    : yield* findOccurrences(matter, wanted, settings);
}

function windowByWindow(matter: Matter, { k, required }: Wanted): Pick<Occurrences, 'positions' | 'distances'> {
  const windows = comparisonOf(matter);
  const positions: number[] = [];
  const distances: number[] = [];
  for (let i = 0; i < matter.shifts; i++) {
    const distance = windows.distance(i, k);
    if (distance > k || windows.differsAtAny(i, required)) continue;
    positions.push(i);
    distances.push(distance);
  }
  return { positions, distances };
}

/** The windows with at most k mismatches of a text that comes in chunks; made by `hammingSearchStream`. */
export class HammingSearchStream extends TextStream<StreamOccurrences> {
  readonly #settings: SearchStreamSettings;
  readonly #wanted: Wanted;

  /** @internal */
  constructor(pattern: Pattern, k: number, options: typeof SEARCH_STREAM_DEFAULTS) {
    const settings = checkSearchStream(options, pattern, k);
    super(pattern, settings);
    this.#settings = settings;
    this.#wanted = { k, required: requiredIndices(pattern, settings.required), limit: Infinity };
  }

  protected override *compare(matter: Matter, start: number): Slices<StreamOccurrences> {
    const found = yield* tileOccurrences(matter, this.#wanted, this.#settings);
    const positions = Float64Array.from(found.positions);
    for (let t = 0; t < positions.length; t++) positions[t] += start;
    return { positions, distances: Uint32Array.from(found.distances) };
  }

  protected override join(parts: readonly StreamOccurrences[]): StreamOccurrences {
    if (parts.length === 1) return parts[0];
    const total = parts.reduce((sum, part) => sum + part.positions.length, 0);
    const positions = new Float64Array(total);
    const distances = new Uint32Array(total);
    let at = 0;
    for (const part of parts) {
      positions.set(part.positions, at);
      distances.set(part.distances, at);
      at += part.positions.length;
    }
    return { positions, distances };
  }
}

/**
 * Opens a stream: the occurrences of `hammingSearch` in a text that comes in chunks.
 *
 * The last m - 1 symbols are kept, so that occurrences may lie across chunks: whatever the chunks, they are those of the
 * whole text. The pattern is read at the call; a prepared one may be disposed of afterwards.
 *
 * @param pattern - m >= 1 symbols, or a prepared pattern
 * @param k - largest number of mismatches, an integer >= 0
 * @param options - `latency`, `filter`, `required`, and the options of `hammingProfile`
 * @returns the stream
 * @throws DimensionError for an empty pattern
 * @throws InvalidInputError for anything but symbols, a k that is no integer >= 0, options out of range or unknown, and
 * `ERR_INCOMPATIBLE` for a filter that cannot run (see `hammingSearch`) and for a prepared pattern of another unit than code units
 * Complexity: that of `hammingSearch` for each tile of max(2^17, 8 m) symbols; O(m + tile + latency) memory and the answer.
 *
 * @example
 * ```ts
 * import { hammingSearchStream } from '@lemmata/hamming';
 *
 * const stream = hammingSearchStream('cat', 1);
 * for (const chunk of ['the c', 'at sat on th', 'e mat']) {
 *   const { positions, distances } = stream.push(chunk);
 *   console.log(positions, distances); // none, then 4 8 and 0 1, then 19 and 1
 * }
 * ```
 */
export function hammingSearchStream(
  pattern: PatternLike,
  k: number,
  options?: SearchStreamOptions,
): HammingSearchStream {
  return openSearchStream('hammingSearchStream', pattern, k, options);
}

/**
 * Does what `hammingSearchStream` does for another entry point.
 *
 * @param entryPoint - name of the function that takes the options, for messages
 * @param pattern - m >= 1 symbols, or a prepared pattern
 * @param k - largest number of mismatches
 * @param options - what the caller gave
 * @returns the stream
 */
export function openSearchStream(
  entryPoint: string,
  pattern: PatternLike,
  k: number,
  options: SearchStreamOptions | undefined,
): HammingSearchStream {
  const settings = resolveOptions(entryPoint, options, SEARCH_STREAM_DEFAULTS);
  return new HammingSearchStream(openPattern(pattern), k, settings);
}
