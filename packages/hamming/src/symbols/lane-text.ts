import type { Matter } from './prepare-pattern.js';
import type { Codes } from './symbols.js';

/** A text and pattern positions in bytes, as lanes compare them. */
export interface LaneText {
  /** One byte a symbol. */
  readonly text: Uint8Array;
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
 * @param matter - text and pattern
 * @returns the bytes
 */
export function laneText(matter: Matter): LaneText {
  const { pattern, source } = matter;
  const { codes, letters } = pattern;
  if (pattern.bytes !== undefined && source instanceof Uint8Array) {
    return { text: source, bytes: pattern.bytes, masked: false };
  }
  if (pattern.simple) {
    if (letters <= BYTE_LETTERS) {
      return { text: matter.text as Uint8Array, bytes: Uint8Array.from(codes), masked: false };
    }
    return { text: lowBytes(matter.text), bytes: Uint8Array.from(codes, (code) => code & 255), masked: false };
  }
  const bitOf = Uint8Array.from({ length: letters + 1 }, (_, letter) => 1 << (letter % MASK_LETTERS));
  bitOf[letters] = 0;
  const { starts, entries } = pattern.lettersOf;
  const sets = new Uint8Array(pattern.classes);
  for (let c = 0; c < sets.length; c++) {
    for (let t = starts[c]; t < starts[c + 1]; t++) sets[c] |= bitOf[entries[t]];
  }
  const text = new Uint8Array(source.length);
  for (let i = 0; i < text.length; i++) text[i] = bitOf[matter.text[i]];
  return { text, bytes: Uint8Array.from(codes, (code) => sets[code]), masked: true };
}

function lowBytes(codes: Codes): Uint8Array {
  const bytes = new Uint8Array(codes.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = codes[i] & 255;
  return bytes;
}
