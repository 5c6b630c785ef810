import type { Pattern } from '../symbols/prepare-pattern.js';

/** Rows of numbers that a text and a pattern are shown as, so that sums of their correlations count matches. */
export interface LetterRows {
  /** What each row shows for each letter of a text; 0 for symbols that no class accepts. */
  readonly ofLetters: readonly Int8Array[];
  /** What each row shows for each class of the pattern. */
  readonly ofClasses: readonly Int8Array[];
  /** How often each row is not 0 in the pattern: the square of its norm, as all entries are 0, 1 or -1. */
  readonly places: readonly number[];
  /** The sum is `divisor` times the matches, less `less`. */
  readonly divisor: number;
  /** See `divisor`. */
  readonly less: number;
}

/**
 * A row for each of some classes: ones where it is met.
 *
 * @param pattern - its classes
 * @param chosen - the classes to count
 * @returns the rows, for any text
 */
export function indicatorRows(pattern: Pattern, chosen: readonly number[]): LetterRows {
  const { starts, entries } = pattern.lettersOf;
  const ofLetters = chosen.map((c) => {
    const shown = new Int8Array(pattern.letters + 1);
    for (let t = starts[c]; t < starts[c + 1]; t++) shown[entries[t]] = 1;
    return shown;
  });
  const ofClasses = chosen.map((c) => new Int8Array(pattern.classes).fill(1, c, c + 1));
  return { ofLetters, ofClasses, places: chosen.map((c) => pattern.counts[c]), divisor: 1, less: 0 };
}

/**
 * Whether a pattern's classes can be shown by signs, which takes one row less: two or four letters, each a class.
 *
 * @param pattern - its classes
 * @returns true when `signRows` can be taken
 */
export function fitsSigns({ simple, classes }: Pick<Pattern, 'simple' | 'classes'>): boolean {
  return simple && (classes === 2 || classes === 4);
}

/**
 * Rows of signs: those of Hadamard's matrix but the constant one. The rows of two equal letters have the product
 * `classes` - 1 in sum, those of two different letters -1, so that the sum over the positions is `classes` times the
 * matches less their number.
 *
 * @param pattern - one that `fitsSigns`
 * @returns the rows; other symbols of a text show 0, so that their number has to be subtracted from the sum
 */
export function signRows({ classes, letters, positions }: Pattern): LetterRows {
  const rows = Array.from({ length: classes - 1 }, (_, d) =>
    Int8Array.from({ length: letters + 1 }, (_, letter) => (letter < letters ? sign((d + 1) & letter) : 0)),
  );
  const ofClasses = rows.map((row) => row.subarray(0, classes));
  return {
    ofLetters: rows,
    ofClasses,
    places: rows.map(() => positions.length),
    divisor: classes,
    less: positions.length,
  };
}

/** 1 for an even number of ones among the two lowest digits, -1 for an odd one. */
function sign(digits: number): number {
  return ((digits ^ (digits >> 1)) & 1) === 0 ? 1 : -1;
}
