import type { Codes } from '../symbols/symbols.js';

/** The places of some letters in a pattern, one list after the other. */
export interface LetterPlaces {
  /** Where the list of each letter begins; length letters + 2: letters left out, and what is no letter, have none. */
  readonly starts: Int32Array;
  /** Pattern positions, rising within a list. */
  readonly places: Int32Array;
}

/**
 * Lists the places of letters in a pattern.
 *
 * @param pattern - numbers of its letters
 * @param letters - number of letters
 * @param included - 1 for each letter that is to be listed
 * @returns the lists
 */
export function letterPlaces(pattern: Codes, letters: number, included: Uint8Array): LetterPlaces {
  const starts = new Int32Array(letters + 2);
  for (let j = 0; j < pattern.length; j++) if (included[pattern[j]] === 1) starts[pattern[j] + 1]++;
  for (let c = 0; c <= letters; c++) starts[c + 1] += starts[c];
  const places = new Int32Array(starts[letters + 1]);
  const next = starts.slice();
  for (let j = 0; j < pattern.length; j++) {
    if (included[pattern[j]] === 1) places[next[pattern[j]]++] = j;
  }
  return { starts, places };
}

/**
 * Adds 1 to the shift i - j for every text position i and every listed pattern position j of the same letter.
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
