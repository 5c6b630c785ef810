import type { RandomStream } from '@lemmata/core';
import { letterPlaces } from '../kernels/marking.js';
import type { Slices } from '../one-shot.js';
import { equalityOf } from '../sums/equality-product.js';
import type { ComparisonCounts } from '../sums/matrix-pairs.js';
import type { Matter } from '../symbols/prepare-pattern.js';
import { lightPositions } from './light-letters.js';

/** Pieces of the pattern with many matches at a shift, counted exactly. */
export interface CountedPieces {
  /** Length of pieces: piece q begins at pattern position q length. */
  readonly length: number;
  /** For each shift, the matches of light letters in the pieces that were counted. */
  readonly matches: Uint32Array;
  /** For each shift with such pieces, a bit for each piece that was counted, from the lowest of each byte on. */
  readonly counted: readonly (Uint8Array | undefined)[];
  /** Pieces that were counted, at all shifts together. */
  readonly pieces: number;
  /** What the products took. */
  readonly counts: ComparisonCounts;
}

/** Text positions that are drawn, for each length of a piece. */
const PIVOTS = 4;
/** Shortest piece. */
const SHORTEST = 8;
/** Rows and columns of a product: what is held at once. */
const ROWS = 256;
const COLS = 1024;

/** Draws a text position from each of the equal spans that cover the text; gives those with light letters, by letter. */
function drawPivots({ text, pattern }: Matter, light: Uint8Array, span: number, stream: RandomStream): number[][] {
  const pivots: number[][] = Array.from({ length: pattern.classes }, () => []);
  for (let k = 0; k * span < text.length; k++) {
    const at = Math.floor((k + stream.uniform()) * span);
    if (at < text.length && light[text[at]] === 1) pivots[text[at]].push(at);
  }
  return pivots;
}

/**
 * Counts, for pieces of the pattern at shifts at which many of their letters match, how many do.
 *
 * Text position x and pattern position y match at shift x - y. Another pair (x', y') matches at the same shift if x' - x = y' - y =
 * d, so that its letters depend on (x, d) and on (y, d) alone (Fredman's trick): for some x and all y of one letter, the
 * matches in the piece of y are an equality product over d. A piece at whose positions half are light and
 * match is hit by one of the drawn x with probability 1 - e^-2 at least; what is missed is left to the sample.
 *
 * @param matter - text and pattern, without classes
 * @param light - 1 for each letter that is counted
 * @param stream - draws the text positions
 * @returns the pieces that were hit, with at least half of their light letters matching
 */
export function* countPieces(matter: Matter, light: Uint8Array, stream: RandomStream): Slices<CountedPieces> {
  const { text, pattern, shifts } = matter;
  const length = Math.max(SHORTEST, Math.ceil(Math.sqrt(pattern.length)));
  const number = Math.ceil(pattern.length / length);
  const { codes, inPiece } = lightPositions(pattern, light, length);
  const pivots = drawPivots(matter, light, length / PIVOTS, stream);
  const places = letterPlaces(pattern, light);
  const matches = new Uint32Array(shifts);
  const counted = new Array<Uint8Array | undefined>(shifts);
  let pieces = 0;
  let pairs = 0;
  let words = 0;
  const take = (shift: number, q: number, found: number): void => {
    if (shift < 0 || shift >= shifts || 2 * found < inPiece[q]) return;
    counted[shift] ??= new Uint8Array(Math.ceil(number / 8));
    const flags = counted[shift];
    if ((flags[q >> 3] & (1 << (q & 7))) !== 0) return;
    flags[q >> 3] |= 1 << (q & 7);
    matches[shift] += found;
    pieces++;
  };
  for (const [letter, all] of pivots.entries()) {
    const end = places.starts[letter + 1];
    for (let from = places.starts[letter]; all.length > 0 && from < end; from += COLS) {
      const cols = places.places.subarray(from, Math.min(end, from + COLS));
      const b = aroundPattern(codes, cols, length);
      for (let first = 0; first < all.length; first += ROWS) {
        const rows = all.slice(first, first + ROWS);
        const a = aroundText(text, light, rows, length);
        yield 'slice';
        const sizes = { rows: rows.length, inner: 2 * length - 1, cols: cols.length };
        const { product, counts } = yield* equalityOf({ a, b, ...sizes });
        pairs += counts.pairs;
        words += counts.words;
        product.data.forEach((found, at) => {
          const y = cols[at % cols.length];
          take(rows[Math.floor(at / cols.length)] - y, Math.floor(y / length), found);
        });
      }
    }
  }
  return { length, matches, counted, pieces, counts: { pairs, words } };
}

/** Entry (x, d): the letter at text position x + d, |d| < length, or -1 where it is not light. */
function aroundText(text: Matter['text'], light: Uint8Array, rows: readonly number[], length: number): Float64Array {
  const entries = new Float64Array((2 * length - 1) * rows.length);
  for (let k = 0; k < 2 * length - 1; k++) {
    rows.forEach((x, at) => {
      const letter = text[x + k - (length - 1)];
      entries[k * rows.length + at] = light[letter] === 1 ? letter : -1;
    });
  }
  return entries;
}

/** Entry (d, y): the letter at pattern position y + d where it is light and in the piece of y, else -2. */
function aroundPattern(codes: Int32Array, cols: Int32Array, length: number): Float64Array {
  const entries = new Float64Array((2 * length - 1) * cols.length).fill(-2);
  cols.forEach((y, at) => {
    const from = length * Math.floor(y / length);
    const to = Math.min(codes.length, from + length);
    for (let j = from; j < to; j++) {
      if (codes[j] >= 0) entries[(j - y + length - 1) * cols.length + at] = codes[j];
    }
  });
  return entries;
}
