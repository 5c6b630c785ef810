import type { Matter } from './prepare-pattern.js';
import type { Codes } from './symbols.js';

/** Symbols that are looked at: all of a text that is not longer, else pieces spread evenly over it. */
const SAMPLE = 65536;
const PIECE = 1024;

/**
 * Counts, in a sample of a text, how often the text's symbol is in each class of the pattern.
 *
 * @param matter - text and pattern
 * @returns the share of each class, in [0, 1]
 */
export function classShares({ source, pattern }: Matter): Float64Array {
  const { classes, classesOf } = pattern;
  const counts = new Float64Array(classes);
  const count = (piece: Codes): void => {
    for (const letter of pattern.encode(piece)) {
      for (let t = classesOf.starts[letter]; t < classesOf.starts[letter + 1]; t++) counts[classesOf.entries[t]]++;
    }
  };
  const n = source.length;
  if (n <= SAMPLE) count(source);
  else {
    const pieces = SAMPLE / PIECE;
    for (let p = 0; p < pieces; p++) {
      const from = Math.floor((p * (n - PIECE)) / (pieces - 1));
      count(source.subarray(from, from + PIECE));
    }
  }
  const seen = Math.max(1, Math.min(n, SAMPLE));
  return counts.map((met) => met / seen);
}
