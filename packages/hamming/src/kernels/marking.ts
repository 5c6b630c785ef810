import type { Pattern } from '../symbols/prepare-pattern.js';
import type { Codes } from '../symbols/symbols.js';

/** Where the letters of a text are met in a pattern, one list after the other. */
export interface LetterPlaces {
  /** Where the list of each letter begins; length letters + 2: a symbol that no class accepts has an empty list. */
  readonly starts: Int32Array;
  /** Pattern positions, rising within a list. */
  readonly places: Int32Array;
}

/**
 * Lists the pattern positions at which letters are met.
 *
 * @param pattern - classes and letters
 * @param included - 1 for each class that is to be listed
 * @returns the lists
 */
export function letterPlaces(pattern: Pattern, included: Uint8Array): LetterPlaces {
  const { positions, codes, letters, lettersOf } = pattern;
  const starts = new Int32Array(letters + 2);
  const each = (visit: (letter: number, j: number) => void): void => {
    for (let t = 0; t < positions.length; t++) {
      const c = codes[t];
      if (included[c] === 0) continue;
      for (let s = lettersOf.starts[c]; s < lettersOf.starts[c + 1]; s++) visit(lettersOf.entries[s], positions[t]);
    }
  };
  each((letter) => {
    starts[letter + 1]++;
  });
  for (let letter = 0; letter <= letters; letter++) starts[letter + 1] += starts[letter];
  const places = new Int32Array(starts[letters + 1]);
  const next = starts.slice();
  each((letter, j) => {
    places[next[letter]++] = j;
  });
  return { starts, places };
}

/**
 * Adds 1 to the shift i - j for every text position i and every listed pattern position j that it meets.
 *
 * @param text - numbers of letters
 * @param from - first text position
 * @param to - end of the text positions
 * @param lists - the listed pattern positions
 * @param length - length m of the pattern
 * @param matches - entry i - j + m is raised: length n + m + 1, so that every shift has a place
 * @returns the number of increments
 */
export function markMatches(
  text: Codes,
  from: number,
  to: number,
  lists: LetterPlaces,
  length: number,
  matches: Uint32Array,
): number {
  const { starts, places } = lists;
  let increments = 0;
  for (let i = from; i < to; i++) {
    const begin = starts[text[i]];
    const end = starts[text[i] + 1];
    const at = i + length;
    for (let t = begin; t < end; t++) matches[at - places[t]]++;
    increments += end - begin;
  }
  return increments;
}
