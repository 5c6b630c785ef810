import { exactProfile } from '../exact-profile.js';
import type { Slices } from '../one-shot.js';
import type { ProfileSettings } from '../profile-options.js';
import { comparisonOf } from '../symbols/comparison.js';
import { type Matter, openPattern, type Pattern, type PatternLike } from '../symbols/prepare-pattern.js';
import { narrowest } from '../symbols/symbols.js';
import { type StreamOptions, streamSettings } from './stream-options.js';
import { areFew, TextStream } from './text-stream.js';

/** The distances of consecutive windows. */
export interface StreamDistances {
  /** Where the first window begins in the whole text, an integer in [0, 2^53). */
  readonly start: number;
  /** The distance of each window, in [0, m], in the narrowest unsigned type that holds m. */
  readonly distances: Uint8Array | Uint16Array | Uint32Array;
}

/** The distances of a pattern from all windows of a text that comes in chunks; made by `hammingStream`. */
export class HammingStream extends TextStream<StreamDistances> {
  readonly #settings: ProfileSettings;

  /** @internal */
  constructor(pattern: Pattern, settings: ReturnType<typeof streamSettings>) {
    super(pattern, settings);
    this.#settings = settings;
  }

  protected override *compare(matter: Matter, start: number): Slices<StreamDistances> {
    if (this.#settings.method === 'auto' && areFew(matter)) {
      const windows = comparisonOf(matter);
      const few = narrowest(this.pattern.length, matter.shifts);
      for (let i = 0; i < few.length; i++) few[i] = windows.distance(i, Infinity);
      return { start, distances: few };
    }
    const { distances } = yield* exactProfile(matter, this.#settings);
    return { start, distances };
  }

  protected override join(parts: readonly StreamDistances[], start: number): StreamDistances {
    if (parts.length === 1) return parts[0];
    const total = parts.reduce((sum, part) => sum + part.distances.length, 0);
    const distances = narrowest(this.pattern.length, total);
    for (const part of parts) distances.set(part.distances, part.start - start);
    return { start, distances };
  }
}

/**
 * Opens a stream: the distances of `hammingProfile` for a text that comes in chunks.
 *
 * The last m - 1 symbols are kept, so that windows may lie across chunks: whatever the chunks, the distances are those of
 * the whole text. The pattern is read at the call; a prepared one may be disposed of afterwards.
 *
 * @param pattern - m >= 1 symbols, or a prepared pattern
 * @param options - `latency`, and the options of `hammingProfile`
 * @returns the stream
 * @throws DimensionError for an empty pattern
 * @throws InvalidInputError for anything but symbols, options out of range or unknown, and
 * `ERR_INCOMPATIBLE` for a prepared pattern of another unit than code units
 * Complexity: that of `hammingProfile` for each tile of max(2^17, 8 m) symbols; O(m + tile + latency) memory and the answer.
 *
 * @example
 * ```ts
 * import { hammingStream } from '@lemmata/hamming';
 *
 * const stream = hammingStream('abr');
 * for (const chunk of ['abra', '', 'c', 'adabra']) {
 *   const { start, distances } = stream.push(chunk);
 *   console.log(start, distances); // 0 0,3 and 2 (none) and 2 3 and 3 2,3,2,3,0,3
 * }
 * ```
 */
export function hammingStream(pattern: PatternLike, options?: StreamOptions): HammingStream {
  return new HammingStream(openPattern(pattern), streamSettings('hammingStream', options));
}
