import type { Slices } from '../one-shot.js';
import type { Codes } from '../symbols/symbols.js';

/** Symbols that are named in a slice: about 5 ms. */
const SLICE_SYMBOLS = 500_000;

/** Numbers of all factors whose lengths are powers of 2: factors of the same length have the same number iff equal. */
export interface FactorNames {
  /** Entry l holds the numbers of the factors of length 2^l by where they begin. */
  readonly levels: readonly Int32Array[];
  /** Numbers that were given. */
  readonly named: number;
}

/**
 * The numbers that naming all factors takes.
 *
 * @param size - length of the sequence
 * @param longest - longest factor that will be compared
 * @returns an integer >= 0
 */
export function namingCost(size: number, longest: number): number {
  return size * (31 - Math.clz32(longest));
}

/**
 * Names the factors of a sequence whose lengths are powers of 2.
 *
 * A factor of length 2 h is the pair of its halves. The factors are gone through by the number of their second half, which
 * one counting sort brings about; those with the same first half then follow one another by the second, and a new number is
 * given wherever it changes. No hash takes part: numbers are equal exactly when factors are.
 *
 * @param codes - the sequence
 * @param largest - largest code
 * @param longest - longest factor that will be compared, at least 1 and at most the length of the sequence
 * @returns the names of all lengths up to `longest`
 * Complexity: O(size log longest) time and memory.
 * @see R. M. Karp, R. E. Miller, A. L. Rosenberg, "Rapid identification of repeated patterns in strings, trees and arrays",
 * STOC 1972
 */
export function* factorNames(codes: Codes, largest: number, longest: number): Slices<FactorNames> {
  const levels = [Int32Array.from(codes)];
  let names = largest + 1;
  let named = 0;
  for (let half = 1; 2 * half <= longest; half *= 2) {
    const halves = levels[levels.length - 1];
    const size = codes.length - 2 * half + 1;
    const places = bySecondHalf(halves, names, half, size);
    yield 'slice';
    const level = new Int32Array(size);
    // For each first half, the second half that was met last, and the number of the pair.
    const second = new Int32Array(names).fill(-1);
    const given = new Int32Array(names);
    let next = 0;
    for (let t = 0; t < size; t++) {
      const i = places[t];
      const first = halves[i];
      if (second[first] !== halves[i + half]) {
        second[first] = halves[i + half];
        given[first] = next++;
      }
      level[i] = given[first];
      if ((t + 1) % SLICE_SYMBOLS === 0) yield 'slice';
    }
    named += size;
    names = next;
    levels.push(level);
    yield 'slice';
  }
  return { levels, named };
}

/** The places 0 to size - 1, sorted by the number at each place + half. */
function bySecondHalf(halves: Int32Array, names: number, half: number, size: number): Int32Array {
  const starts = new Int32Array(names + 1);
  for (let i = 0; i < size; i++) starts[halves[i + half] + 1]++;
  for (let name = 0; name < names; name++) starts[name + 1] += starts[name];
  const places = new Int32Array(size);
  for (let i = 0; i < size; i++) places[starts[halves[i + half]]++] = i;
  return places;
}
