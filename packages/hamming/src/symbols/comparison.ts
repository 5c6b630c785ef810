import { lettersOfBytes } from './byte-letters.js';
import type { Matter } from './prepare-pattern.js';
import type { Codes } from './symbols.js';

/** Most classes that are looked up by the bytes of a text. */
const TABLE_CLASSES = 255;

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
  // A text of bytes is compared as it is, by a table of what each class accepts.
  const byTable = source instanceof Uint8Array && !asBytes && classes <= TABLE_CLASSES;
  const text: Codes = asBytes || byTable ? source : matter.text;
  const wanted: Codes = asBytes ? (pattern.bytes as Uint8Array) : pattern.codes;
  const letterOf = byTable ? lettersOfBytes(pattern) : undefined;
  const width = letterOf?.length ?? letters + 1;
  let accepts: Uint8Array | undefined;
  if (byTable || !pattern.simple) {
    accepts = new Uint8Array(classes * width);
    for (let symbol = 0; symbol < width; symbol++) {
      const letter = letterOf?.[symbol] ?? symbol;
      for (let t = classesOf.starts[letter]; t < classesOf.starts[letter + 1]; t++) {
        accepts[classesOf.entries[t] * width + symbol] = 1;
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
