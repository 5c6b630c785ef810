import type { Pattern } from './prepare-pattern.js';
import type { Codes } from './symbols.js';

const BYTES: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => byte);

/**
 * Looks the letters of all bytes up at once, so that a text of bytes need not be encoded.
 *
 * @param pattern - the pattern whose letters they are
 * @returns the letter of each of the 256 bytes
 */
export function lettersOfBytes({ encode }: Pick<Pattern, 'encode'>): Codes {
  return encode(BYTES);
}
