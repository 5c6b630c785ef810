import { lettersOfBytes } from './byte-letters.js';
import type { Matter } from './prepare-pattern.js';
import type { Codes } from './symbols.js';

/** A text and pattern positions in bytes, as lanes compare them. */
export interface LaneText {
  /** One byte a symbol. */
  readonly text: Uint8Array;
  /** What each of the 256 bytes of the text is to be replaced by before it is compared; undefined for nothing. */
  readonly table: Uint8Array | undefined;
  /** The byte at each position that is no wildcard. */
  readonly bytes: Uint8Array;
  /** Whether bytes are sets of letters, met by a common bit, instead of letters. */
  readonly masked: boolean;
}

/** Sets of letters have room for so many. */
const MASK_LETTERS = 8;
/** Bytes have room for so many letters and one code for all other symbols. */
const BYTE_LETTERS = 255;

/**
 * Whether bytes tell all letters of a pattern apart.
 *
 * @param pattern - its letters
 * @returns true when `laneText` loses nothing
 */
export function fitsLanes({ pattern }: Pick<Matter, 'pattern'>): boolean {
  return pattern.simple ? pattern.letters <= BYTE_LETTERS : pattern.letters <= MASK_LETTERS;
}

/**
 * Brings text and pattern into bytes. Where `fitsLanes` says no, different letters may share a byte or a bit: a position
 * that differs may then seem to be met, but never the other way round.
 *
 * A text of bytes stays as it is, with a table where its bytes are not what is compared.
 *
 * @param matter - text and pattern
 * @returns the bytes
 */
export function laneText(matter: Matter): LaneText {
  const { pattern, source } = matter;
  const { codes, letters } = pattern;
  if (pattern.bytes !== undefined && source instanceof Uint8Array) {
    return { text: source, table: undefined, bytes: pattern.bytes, masked: false };
  }
  if (pattern.simple) {
    return { ...bytesOf(matter, (letter) => letter & 255), bytes: Uint8Array.from(codes), masked: false };
  }
  const bitOf = Uint8Array.from({ length: letters + 1 }, (_, letter) => 1 << (letter % MASK_LETTERS));
  bitOf[letters] = 0;
  const { starts, entries } = pattern.lettersOf;
  const sets = new Uint8Array(pattern.classes);
  for (let c = 0; c < sets.length; c++) {
    for (let t = starts[c]; t < starts[c + 1]; t++) sets[c] |= bitOf[entries[t]];
  }
  const bytes = Uint8Array.from(codes, (code) => sets[code]);
  return { ...bytesOf(matter, (letter) => bitOf[letter]), bytes, masked: true };
}

/** The text, each letter as one byte. */
function bytesOf(matter: Matter, byteOf: (letter: number) => number): Pick<LaneText, 'text' | 'table'> {
  const { pattern, source } = matter;
  if (source instanceof Uint8Array) {
    return { text: source, table: Uint8Array.from(lettersOfBytes(pattern), byteOf) };
  }
  const text = new Uint8Array(source.length);
  const letters: Codes = matter.text;
  for (let i = 0; i < text.length; i++) text[i] = byteOf(letters[i]);
  return { text, table: undefined };
}
