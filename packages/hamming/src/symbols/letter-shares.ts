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
  const width = classesOf.starts.length - 1;
  // Two tables by turns: equal neighbours do not wait for one another's count.
  const tables = new Uint32Array(2 * width);
  const count = (piece: Codes): void => countLetters(pattern.encode(piece), width, tables);
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
  const counts = new Float64Array(classes);
  for (let letter = 0; letter < width; letter++) {
    const met = tables[letter] + tables[width + letter];
    for (let t = classesOf.starts[letter]; t < classesOf.starts[letter + 1]; t++) counts[classesOf.entries[t]] += met;
  }
  return counts.map((met) => met / seen);
}

/** Counts letters, those at even places in the first half of the tables, the others in the second. */
function countLetters(letters: Codes, width: number, tables: Uint32Array): void {
  const pairs = letters.length & ~1;
  for (let i = 0; i < pairs; i += 2) {
    tables[letters[i]]++;
    tables[width + letters[i + 1]]++;
  }
  if (pairs < letters.length) tables[letters[pairs]]++;
}
