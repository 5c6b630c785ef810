import type { Pattern } from '../symbols/prepare-pattern.js';

/** A letter is heavy when it stands at more than one of so many positions. */
const HEAVY = 8;

/**
 * Tells which letters of a pattern are light: those that stand at no more than an eighth of its positions.
 *
 * @param pattern - without classes
 * @returns 1 for each light letter
 */
export function lightLetters({ counts, positions }: Pattern): Uint8Array {
  return Uint8Array.from(counts, (count) => (HEAVY * count <= positions.length ? 1 : 0));
}

/** Where light letters stand. */
export interface LightPositions {
  /** The letter at each of the m positions, -1 where it is not light. */
  readonly codes: Int32Array;
  /** How many stand in each piece. */
  readonly inPiece: Uint32Array;
}

/**
 * Lists the light letters of a pattern by position and counts them by pieces.
 *
 * @param pattern - without classes
 * @param light - 1 for each light letter
 * @param length - of a piece
 * @returns the letters and the counts
 */
export function lightPositions(
  { positions, codes, length: m }: Pattern,
  light: Uint8Array,
  length: number,
): LightPositions {
  const letters = new Int32Array(m).fill(-1);
  const inPiece = new Uint32Array(Math.ceil(m / length));
  positions.forEach((j, t) => {
    if (light[codes[t]] === 0) return;
    letters[j] = codes[t];
    inPiece[Math.floor(j / length)]++;
  });
  return { codes: letters, inPiece };
}
