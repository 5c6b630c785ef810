import { matchesByChanges, type PatternChanges, roomForSums } from '../kernels/periodic.js';
import type { Slices } from '../one-shot.js';
import type { CostTable } from '../rules/cost-table.js';
import { type ConvolutionTally, convolveIntegers } from '../sums/integer-convolution.js';
import type { Pattern } from '../symbols/prepare-pattern.js';
import type { Codes } from '../symbols/symbols.js';

/** The least power of 2 that is at least a number. */
function powerAbove(least: number): number {
  let size = 2;
  while (size < least) size *= 2;
  return size;
}

/** How the matches of a piece of a text are to be counted. */
export interface WindowPlan {
  /** Classes whose pairs take longer one by one than three transforms. */
  readonly heavy: readonly number[];
  /** Predicted cost, in nanoseconds of the cost table. */
  readonly cost: number;
}

/**
 * Divides classes into those whose pairs are taken one by one and those that are correlated by transforms.
 *
 * @param pairs - from `pairsByClass`
 * @param n - symbols of the piece
 * @param m - length of the pattern
 * @param rho - the stride
 * @param table - what operations cost
 * @returns the division and its cost
 */
export function planWindow(pairs: Float64Array, n: number, m: number, rho: number, table: CostTable): WindowPlan {
  const size = powerAbove(n + m + 2 * rho);
  const levels = 31 - Math.clz32(size);
  const transforms = 3 * size * (table.transformLevel * levels + table.transformRow);
  const heavy: number[] = [];
  let cost = table.symbol * (n + m);
  pairs.forEach((count, c) => {
    const single = count * table.increment;
    if (single > transforms) heavy.push(c);
    cost += Math.min(single, transforms);
  });
  return { heavy, cost };
}

/** The changes of the classes that are not heavy. */
function lightChanges({ rho, starts, places, signs }: PatternChanges, heavy: readonly number[]): PatternChanges {
  const left = new Int32Array(starts.length);
  const isHeavy = new Set(heavy);
  const kept: number[] = [];
  for (let c = 0; c + 1 < starts.length; c++) {
    if (!isHeavy.has(c)) for (let t = starts[c]; t < starts[c + 1]; t++) kept.push(t);
    left[c + 1] = kept.length;
  }
  return {
    rho,
    starts: left,
    places: Int32Array.from(kept, (t) => places[t]),
    signs: Int8Array.from(kept, (t) => signs[t]),
  };
}

/** The changes of one letter in a text, as a sequence of 1, -1 and 0. */
function textChanges(text: Codes, letter: number, rho: number): Float64Array {
  const signs = new Float64Array(text.length + rho);
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== letter) continue;
    signs[i]++;
    signs[i + rho]--;
  }
  return signs;
}

/** The changes of one class of the pattern, the last first. */
function reversedChanges({ rho, starts, places, signs }: PatternChanges, c: number, m: number): Float64Array {
  const reversed = new Float64Array(m + rho);
  for (let t = starts[c]; t < starts[c + 1]; t++) reversed[m + rho - 1 - places[t]] = signs[t];
  return reversed;
}

/**
 * Counts the matches of all shifts of a piece of a text by changes (algorithm A8), those of some classes by transforms.
 *
 * @param piece - numbers of letters
 * @param pattern - the pattern, without classes: class c accepts letter c
 * @param changes - of the pattern
 * @param heavy - classes that transforms correlate
 * @param tally - adds up what transforms cost
 * @returns what `matchesByChanges` gives
 */
export function* windowMatches(
  piece: Codes,
  pattern: Pattern,
  changes: PatternChanges,
  heavy: readonly number[],
  tally: ConvolutionTally,
): Slices<{ readonly sums: Int32Array; readonly itemPairs: number }> {
  if (heavy.length === 0) return yield* matchesByChanges(piece, pattern, changes);
  const { rho } = changes;
  const sums = roomForSums(piece.length, pattern.length, rho);
  for (const c of heavy) {
    const ofPattern = reversedChanges(changes, c, pattern.length);
    const products = convolveIntegers('text', textChanges(piece, c, rho), ofPattern, tally);
    // Product t belongs to i - j = t - (m + rho - 1).
    for (let t = 0; t < products.length; t++) sums[t + 1] += products[t];
    yield 'slice';
  }
  return yield* matchesByChanges(piece, pattern, lightChanges(changes, heavy), sums);
}
