import type { Wanted } from '../lane-filter.js';
import type { Slices } from '../one-shot.js';
import { comparisonOf } from '../symbols/comparison.js';
import type { Matter, Pattern } from '../symbols/prepare-pattern.js';
import { occurrenceList } from './occurrence-list.js';
import { NO_COUNTS, type Search } from './search-counts.js';

/** Bits of the state: two words. */
export const STATE_BITS = 64;
/** Symbols of a slice: about 5 ms. */
const SLICE_SYMBOLS = 1_000_000;

/**
 * The bits that one position takes: enough for k differences, and one that keeps an overflow.
 *
 * @param m - length of the pattern, at least 1
 * @param k - largest distance
 * @returns ceil(log2(k + 1)) + 1 for k < m, an integer >= 1
 */
export function fieldBits(m: number, k: number): number {
  return 33 - Math.clz32(Math.min(k, m));
}

/** For each letter, what it adds to the state: 1 in the field of every position that differs from it. */
function additions({ positions, codes, letters, classesOf }: Pattern, bits: number): [Int32Array, Int32Array] {
  const low = new Int32Array(letters + 1);
  const high = new Int32Array(letters + 1);
  for (let letter = 0; letter <= letters; letter++) {
    const accepting = classesOf.entries.subarray(classesOf.starts[letter], classesOf.starts[letter + 1]);
    positions.forEach((j, t) => {
      if (accepting.includes(codes[t])) return;
      const bit = j * bits;
      if (bit < 32) low[letter] |= 1 << bit;
      else high[letter] |= 1 << (bit - 32);
    });
  }
  return [low, high];
}

/**
 * Finds the shifts with at most k differences by Shift-Add: bit-parallel counters of all prefixes of the pattern, in one
 * number of m fields.
 *
 * Field j counts the differences of the pattern's first j + 1 symbols and the text's last ones: each symbol of the text
 * moves the fields by one position and adds 1 where it differs. The top bit of a field, which an overflow sets, is moved
 * to a second number, so that a field never runs into the next. Takes two words a symbol whatever k and the text are.
 *
 * @param matter - text and pattern with m fieldBits(m, k) <= 64
 * @param wanted - k, what must not differ, most occurrences
 * @returns the occurrences; `counts.scannedSymbols` is the number of updates
 * @see R. Baeza-Yates, G. H. Gonnet, "A new approach to text searching", Communications of the ACM 35(10), 1992
 */
export function* shiftAdd(matter: Matter, wanted: Wanted): Slices<Search> {
  const { text, pattern } = matter;
  const m = pattern.length;
  const bits = fieldBits(m, wanted.k);
  const [addLow, addHigh] = additions(pattern, bits);
  let topLow = 0;
  let topHigh = 0;
  for (let j = 0; j < m; j++) {
    const bit = j * bits + bits - 1;
    if (bit < 32) topLow |= 1 << bit;
    else topHigh |= 1 << (bit - 32);
  }
  const last = (m - 1) * bits;
  const field = (1 << bits) - 1;
  const list = occurrenceList(wanted, () => comparisonOf(matter));
  let [low, high, overLow, overHigh] = [0, 0, 0, 0];
  let i = 0;
  while (i < text.length && !list.limited) {
    const end = Math.min(text.length, i + SLICE_SYMBOLS);
    for (; i < end; i++) {
      const letter = text[i];
      const moved = low << bits;
      const added = addLow[letter];
      high = (high << bits) | (low >>> (32 - bits));
      low = (moved + added) | 0;
      // What the sum of the low words carries out of them.
      const carry = ((moved & added) | ((moved | added) & ~low)) >>> 31;
      high = (high + addHigh[letter] + carry) | 0;
      overHigh = (overHigh << bits) | (overLow >>> (32 - bits)) | (high & topHigh);
      overLow = (overLow << bits) | (low & topLow);
      low &= ~topLow;
      high &= ~topHigh;
      if (i < m - 1 || fieldAt(overLow, overHigh, last, field) !== 0) continue;
      list.add(i - m + 1, fieldAt(low, high, last, field));
      if (list.limited) break;
    }
    yield 'slice';
  }
  const { positions, distances, limited } = list;
  return { positions, distances, limited, counts: { ...NO_COUNTS, scannedSymbols: i }, backend: 'js' };
}

/** A field that begins at a bit of two words. */
function fieldAt(low: number, high: number, bit: number, field: number): number {
  if (bit >= 32) return (high >>> (bit - 32)) & field;
  // A shift by 32 would be one by 0.
  return (bit === 0 ? low : (low >>> bit) | (high << (32 - bit))) & field;
}
