import type { Wanted } from '../lane-filter.js';
import type { Slices } from '../one-shot.js';
import { laneTile } from '../rules/cost-model.js';
import { comparisonOf } from '../symbols/comparison.js';
import { classShares } from '../symbols/letter-shares.js';
import type { Matter, Pattern } from '../symbols/prepare-pattern.js';
import type { Codes } from '../symbols/symbols.js';
import { occurrenceList } from './occurrence-list.js';
import { NO_COUNTS, type Search } from './search-counts.js';

/** Symbols of a piece that are looked for. */
const LONGEST_GRAM = 8;
/** Odd factors of hashes modulo 2^32: of a polynomial, and to spread its value over the table. */
const FACTOR = 0x9e3779b1;
const SPREAD = 0x85ebca6b;
/** Symbols that are hashed and pieces that are met, or positions that are verified, in a slice: about 5 ms. */
const SLICE_OPERATIONS = 1_000_000;

/** Where each of k + 1 disjoint pieces of the pattern has the q symbols that are rarest in the text. */
function rarestGrams({ codes, length }: Pattern, shares: Float64Array, pieces: number, q: number): Int32Array {
  const size = Math.floor(length / pieces);
  return Int32Array.from({ length: pieces }, (_, piece) => {
    let best = piece * size;
    let least = Infinity;
    for (let from = piece * size; from + q <= (piece + 1) * size; from++) {
      let share = 1;
      for (let t = from; t < from + q; t++) share *= shares[codes[t]];
      if (share < least) {
        least = share;
        best = from;
      }
    }
    return best;
  });
}

/** Grams by hash: those of a cell form a chain. */
interface GramTable {
  readonly q: number;
  readonly offsets: Int32Array;
  readonly hashes: Int32Array;
  readonly next: Int32Array;
  readonly heads: Int32Array;
  readonly shift: number;
}

function hashOf(codes: Codes, from: number, q: number): number {
  let hash = 0;
  for (let t = from; t < from + q; t++) hash = (Math.imul(hash, FACTOR) + codes[t] + 1) | 0;
  return hash;
}

function gramTable(codes: Codes, offsets: Int32Array, q: number): GramTable {
  const digits = Math.min(20, 34 - Math.clz32(offsets.length));
  const shift = 32 - digits;
  const heads = new Int32Array(1 << digits).fill(-1);
  const hashes = offsets.map((offset) => hashOf(codes, offset, q));
  const next = new Int32Array(offsets.length);
  hashes.forEach((hash, piece) => {
    const cell = Math.imul(hash, SPREAD) >>> shift;
    next[piece] = heads[cell];
    heads[cell] = piece;
  });
  return { q, offsets, hashes, next, heads, shift };
}

/** Marks the shifts of a tile at which a gram has the hash of the text, by one pass over the tile's symbols. */
function* markTile(text: Codes, grams: GramTable, from: number, size: number, end: number, marks: Int32Array) {
  const { q, offsets, hashes, next, heads, shift } = grams;
  let leaving = 1;
  for (let t = 0; t < q; t++) leaving = Math.imul(leaving, FACTOR);
  marks.fill(0);
  let hash = hashOf(text, from, q - 1);
  let operations = 0;
  for (let s = from + q - 1; s < end; s++) {
    hash = (Math.imul(hash, FACTOR) + text[s] + 1) | 0;
    if (s - q >= from) hash = (hash - Math.imul(leaving, text[s - q] + 1)) | 0;
    for (let piece = heads[Math.imul(hash, SPREAD) >>> shift]; piece >= 0; piece = next[piece]) {
      const at = s - q + 1 - offsets[piece] - from;
      if (hashes[piece] === hash && at >= 0 && at < size) marks[at >> 5] |= 1 << (at & 31);
      operations++;
    }
    operations++;
    if (operations < SLICE_OPERATIONS) continue;
    yield 'slice' as const;
    operations = 0;
  }
}

/**
 * Finds the shifts with at most k differences by the pigeonhole principle: of k + 1 disjoint pieces of the pattern one must
 * occur without a difference.
 *
 * Each piece is represented by the at most 8 consecutive symbols of it that are rarest in the text. All of them are looked
 * for in one pass, by a rolling hash; a shift at which a hash is met is marked and compared position by position. Equal
 * symbols have equal hashes, so that no occurrence is lost; different ones with equal hashes cost a comparison.
 *
 * @param matter - text and pattern of k + 1 symbols at least, without classes and wildcards
 * @param wanted - k, what must not differ, most occurrences
 * @returns the occurrences; `counts.scannedSymbols` were hashed, `counts.candidates` shifts compared
 */
export function* pigeonhole(matter: Matter, wanted: Wanted): Slices<Search> {
  const { text, pattern, shifts } = matter;
  const m = pattern.length;
  const pieces = wanted.k + 1;
  const q = Math.min(LONGEST_GRAM, Math.floor(m / pieces));
  const grams = gramTable(pattern.codes, rarestGrams(pattern, classShares(matter), pieces, q), q);
  const list = occurrenceList(wanted, () => comparisonOf(matter));
  const tile = laneTile(shifts, m);
  const marks = new Int32Array(Math.ceil(tile / 32));
  let scannedSymbols = 0;
  let candidates = 0;
  for (let from = 0; from < shifts && !list.limited; from += tile) {
    const size = Math.min(tile, shifts - from);
    const end = from + size + m - 1;
    yield* markTile(text, grams, from, size, end, marks);
    scannedSymbols += end - from;
    let sliceEnd = list.verifiedSymbols + SLICE_OPERATIONS;
    for (let word = 0; word < marks.length && !list.limited; word++) {
      for (let left = marks[word]; left !== 0 && !list.limited; left &= left - 1) {
        candidates++;
        list.compare(from + 32 * word + 31 - Math.clz32(left & -left));
        if (list.verifiedSymbols < sliceEnd) continue;
        yield 'slice';
        sliceEnd = list.verifiedSymbols + SLICE_OPERATIONS;
      }
    }
    yield 'slice';
  }
  const { positions, distances, limited, verifiedSymbols } = list;
  const counts = { ...NO_COUNTS, candidates, verifiedSymbols, scannedSymbols };
  return { positions, distances, limited, counts, backend: 'js' };
}
