import type { Slices } from '../one-shot.js';
import type { Pattern } from '../symbols/prepare-pattern.js';
import { type Codes, narrowest } from '../symbols/symbols.js';
import { factorNames, namingCost } from './factor-names.js';

/** Numbers of factors may take so many entries: 64 MiB. */
const LARGEST_NAMES = 16777216;

/** Finds distances by jumping from one difference to the next. */
export interface Kangaroo {
  /** The distance of the window at a symbol of the piece, or a number above `most` as soon as it is known to be more. */
  distance(at: number, most: number): number;
  /** Jumps so far. */
  readonly jumps: number;
  /** Numbers that were given to factors. */
  readonly named: number;
}

/**
 * Whether jumping over a piece of a text takes less than comparing windows symbol by symbol.
 *
 * @param windows - how many will be compared
 * @param piece - symbols of the text that they cover
 * @param m - length of the pattern
 * @param k - largest distance, wildcards of the pattern included
 * @returns true when naming, and at most k + 1 jumps of log2(m) steps for each window, are fewer operations than m for each
 */
export function jumpingPays(windows: number, piece: number, m: number, k: number): boolean {
  const naming = namingCost(piece + m, m);
  const steps = 32 - Math.clz32(m);
  // A number is given by two random accesses for each of the two passes.
  return naming <= LARGEST_NAMES && 4 * naming + windows * (k + 1) * steps < windows * m;
}

/**
 * Prepares jumps over a piece of a text and a pattern.
 *
 * The longest common extension of two places is found from the names of factors whose lengths are powers of 2, the longest
 * first. Names are exact, so that neither an occurrence can be lost nor one be found that is none, and nothing is to be
 * compared again.
 *
 * @param piece - letters of the text
 * @param pattern - the pattern, without classes; its wildcards are jumped over
 * @returns the jumps
 * Complexity: O((piece + m) log m) to prepare; O((k + wildcards + 1) log m) for a distance.
 * @see G. M. Landau, U. Vishkin, "Efficient string matching with k mismatches", Theoretical Computer Science 43, 1986
 */
export function* kangaroo(piece: Codes, pattern: Pattern): Slices<Kangaroo> {
  const { positions, codes, letters, length: m } = pattern;
  const base = piece.length;
  // What is in the text alone has the number `letters`; a wildcard of the pattern gets one that is not in the text.
  const wild = letters + 1;
  const both = narrowest(wild, base + m).fill(wild);
  both.set(piece);
  positions.forEach((j, t) => {
    both[base + j] = codes[t];
  });
  const { levels, named } = yield* factorNames(both, wild, m);
  let jumps = 0;
  const extension = (i: number, j: number): number => {
    jumps++;
    const longest = m - j;
    let length = 0;
    for (let level = levels.length - 1; level >= 0; level--) {
      const step = 1 << level;
      if (length + step <= longest && levels[level][i + length] === levels[level][base + j + length]) length += step;
    }
    return length;
  };
  return {
    distance(at, most) {
      let distance = 0;
      let j = 0;
      while (distance <= most) {
        j += extension(at + j, j);
        if (j >= m) break;
        if (both[base + j] !== wild) distance++;
        j++;
      }
      return distance;
    },
    get jumps() {
      return jumps;
    },
    named,
  };
}
