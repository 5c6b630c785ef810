import { lettersOfBytes } from './byte-letters.js';
import type { Matter, Pattern } from './prepare-pattern.js';
import type { Codes } from './symbols.js';

/** Symbols that are looked at: all of a text that is not longer, else pieces spread evenly over it. */
const SAMPLE = 16384;
const PIECE = 256;
/** Different bytes. */
const BYTES = 256;

/**
 * Counts, in a sample of a text, how often the text's symbol is in each class of the pattern.
 *
 * @param matter - text and pattern
 * @returns the share of each class, in [0, 1]
 */
export function classShares({ source, pattern }: Matter): Float64Array {
  const { classes, classesOf } = pattern;
  const width = classesOf.starts.length - 1;
  const n = source.length;
  const pieces = n <= SAMPLE ? [source] : samplePieces(source);
  const met = source instanceof Uint8Array ? metByBytes(pattern, pieces, width) : metByLetters(pattern, pieces, width);
  const seen = Math.max(1, Math.min(n, SAMPLE));
  const counts = new Float64Array(classes);
  for (let letter = 0; letter < width; letter++) {
    for (let t = classesOf.starts[letter]; t < classesOf.starts[letter + 1]; t++) {
      counts[classesOf.entries[t]] += met[letter];
    }
  }
  return counts.map((count) => count / seen);
}

/** Pieces spread evenly over a text. */
function samplePieces(source: Codes): Codes[] {
  const pieces = SAMPLE / PIECE;
  return Array.from({ length: pieces }, (_, p) => {
    const from = Math.floor((p * (source.length - PIECE)) / (pieces - 1));
    return source.subarray(from, from + PIECE);
  });
}

/** How often each letter stands in the pieces. */
function metByLetters({ encode }: Pattern, pieces: readonly Codes[], width: number): Uint32Array {
  const tables = new Uint32Array(2 * width);
  for (const piece of pieces) countSymbols(encode(piece), width, tables);
  return tables.subarray(0, width).map((count, letter) => count + tables[width + letter]);
}

/** The same for bytes, which are counted as they are, since there are only 256 of them to be looked up. */
function metByBytes(pattern: Pattern, pieces: readonly Codes[], width: number): Uint32Array {
  const bytes = new Uint32Array(2 * BYTES);
  for (const piece of pieces) countSymbols(piece, BYTES, bytes);
  const met = new Uint32Array(width);
  const letterOf = lettersOfBytes(pattern);
  for (let byte = 0; byte < BYTES; byte++) met[letterOf[byte]] += bytes[byte] + bytes[BYTES + byte];
  return met;
}

/** Counts symbols at even places in the first half of the tables, others in the second: equal neighbours do not wait for one another. */
function countSymbols(symbols: Codes, width: number, tables: Uint32Array): void {
  const pairs = symbols.length & ~1;
  for (let i = 0; i < pairs; i += 2) {
    tables[symbols[i]]++;
    tables[width + symbols[i + 1]]++;
  }
  if (pairs < symbols.length) tables[symbols[pairs]]++;
}
