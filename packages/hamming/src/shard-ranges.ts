import { requireInteger } from '@lemmata/core';

/** A piece of a text. */
export interface ShardRange {
  /** Its first symbol; a shift of the piece is one of the text when this is added. */
  readonly start: number;
  /** Behind its last symbol. */
  readonly end: number;
}

/**
 * Cuts a text into pieces that can be compared with a pattern independently, such as by several workers.
 *
 * Neighbours share m - 1 symbols, so that each of the n - m + 1 windows lies in exactly one piece; the numbers of windows
 * differ by at most 1.
 *
 * @param n - length of the text, an integer >= 0
 * @param m - length of the pattern, an integer >= 1
 * @param shards - number of pieces, an integer >= 1
 * @returns the pieces in the order of the text; fewer when there are fewer windows, none without a window
 * @throws InvalidInputError for anything but such integers
 * Complexity: O(shards).
 *
 * @example
 * ```ts
 * import { hammingProfile, shardRanges } from '@lemmata/hamming';
 *
 * const text = 'abracadabra';
 * for (const { start, end } of shardRanges(text.length, 3, 2)) {
 *   console.log(start, end, hammingProfile(text.slice(start, end), 'abr').distances); // 0 7 0,3,3,2,3, then 5 11 2,3,0,3
 * }
 * ```
 */
export function shardRanges(n: number, m: number, shards: number): ShardRange[] {
  requireInteger('n', n);
  requireInteger('m', m, 1);
  requireInteger('shards', shards, 1);
  const shifts = Math.max(0, n - m + 1);
  const count = Math.min(shards, shifts);
  if (count === 0) return [];
  const each = Math.floor(shifts / count);
  const longer = shifts % count;
  return Array.from({ length: count }, (_, s) => {
    const start = s * each + Math.min(s, longer);
    return { start, end: start + each + (s < longer ? 1 : 0) + m - 1 };
  });
}
