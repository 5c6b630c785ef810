import type { Matter } from './prepare-pattern.js';
import type { Codes } from './symbols.js';

/** Compares windows with a pattern, position by position. */
export interface Comparison {
  /**
   * The distance of a window, or a number above `most` as soon as it is known to be more. `compared` says how many
   * positions were looked at.
   */
  distance(at: number, most: number): number;
  /** Positions that were looked at by the last call of `distance`. */
  readonly compared: number;
  /** The pattern positions at which a window differs, rising. */
  mismatches(at: number): number[];
  /** Whether a window differs at one of the pattern positions with these indices among the positions that count. */
  differsAtAny(at: number, indices: Int32Array): boolean;
}

/**
 * Prepares the comparison of single windows.
 *
 * @param matter - text and pattern
 * @returns the comparison
 */
export function comparisonOf(matter: Matter): Comparison {
  const { pattern, source } = matter;
  const { positions, classes, letters, classesOf } = pattern;
  const asBytes = pattern.bytes !== undefined && source instanceof Uint8Array;
  const text: Codes = asBytes ? source : matter.text;
  const wanted: Codes = asBytes ? (pattern.bytes as Uint8Array) : pattern.codes;
  const width = letters + 1;
  let accepts: Uint8Array | undefined;
  if (!pattern.simple) {
    accepts = new Uint8Array(classes * width);
    for (let letter = 0; letter < letters; letter++) {
      for (let t = classesOf.starts[letter]; t < classesOf.starts[letter + 1]; t++) {
        accepts[classesOf.entries[t] * width + letter] = 1;
      }
    }
  }
  const differs = (at: number, t: number): boolean => {
    const symbol = text[at + positions[t]];
    return accepts === undefined ? symbol !== wanted[t] : accepts[wanted[t] * width + symbol] === 0;
  };
  let compared = 0;
  return {
    distance(at, most) {
      let distance = 0;
      let t = 0;
      if (accepts === undefined) {
        while (t < positions.length && distance <= most) {
          // 1 for different symbols, without a branch: which way it goes cannot be foretold.
          const difference = text[at + positions[t]] ^ wanted[t];
          distance += (difference | (0 - difference)) >>> 31;
          t++;
        }
      } else {
        while (t < positions.length && distance <= most) {
          if (accepts[wanted[t] * width + text[at + positions[t]]] === 0) distance++;
          t++;
        }
      }
      compared = t;
      return distance;
    },
    get compared() {
      return compared;
    },
    mismatches(at) {
      const found: number[] = [];
      for (let t = 0; t < positions.length; t++) if (differs(at, t)) found.push(positions[t]);
      return found;
    },
    differsAtAny: (at, indices) => indices.some((t) => differs(at, t)),
  };
}
