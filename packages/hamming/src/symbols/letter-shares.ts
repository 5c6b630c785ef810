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
  // Two tables by turns: equal neighbours do not wait for one another's count.
  const tables = new Uint32Array(2 * width);
  const count = letterCounter(pattern, width, tables);
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

/**
 * What counts the letters of a piece, those at even places in the first half of the tables, the others in the second. Bytes
 * are counted as they are, since there are only 256 of them to be looked up.
 */
function letterCounter({ encode }: Pattern, width: number, tables: Uint32Array): (piece: Codes) => void {
  const letterOf = encode(Uint8Array.from({ length: BYTES }, (_, byte) => byte));
  const bytes = new Uint32Array(2 * BYTES);
  return (piece) => {
    if (!(piece instanceof Uint8Array)) {
      countSymbols(encode(piece), width, tables);
      return;
    }
    countSymbols(piece, BYTES, bytes.fill(0));
    for (let byte = 0; byte < BYTES; byte++) tables[letterOf[byte]] += bytes[byte] + bytes[BYTES + byte];
  };
}

function countSymbols(symbols: Codes, width: number, tables: Uint32Array): void {
  const pairs = symbols.length & ~1;
  for (let i = 0; i < pairs; i += 2) {
    tables[symbols[i]]++;
    tables[width + symbols[i + 1]]++;
  }
  if (pairs < symbols.length) tables[symbols[pairs]]++;
}
