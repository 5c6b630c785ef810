// The letters between the line ends of a FASTA file, byte after byte.

const LINE_FEED = 10;
const RETURN = 13;

/**
 * The letter that each byte is read as: A to Z, a to z, `*` and `-`; 0 for all other bytes.
 *
 * @param upperCase - whether small letters are read as capitals
 * @returns the table
 */
export function lettersFor(upperCase: boolean): Uint8Array {
  const letters = new Uint8Array(256);
  for (let capital = 65; capital <= 90; capital++) {
    letters[capital] = capital;
    letters[capital + 32] = upperCase ? capital : capital + 32;
  }
  for (const sign of '*-') letters[sign.charCodeAt(0)] = sign.charCodeAt(0);
  return letters;
}

/**
 * Copies letters and leaves line ends out; stops at the first byte that is neither, and at a return that no line feed
 * follows in the input.
 *
 * @param input - bytes
 * @param from - first of them
 * @param table - as `lettersFor` gives it
 * @param output - where the letters go
 * @param to - index of the first of them
 * @param tally - becomes the number of letters, the number of lines that ended, the index behind the last line end
 * @returns the index of the byte that was stopped at, or the length of the input
 */
export function copyLetters(
  input: Uint8Array,
  from: number,
  table: Uint8Array,
  output: Uint8Array,
  to: number,
  tally: Int32Array,
): number {
  let i = from;
  let at = to;
  let lines = 0;
  let start = from;
  for (; i < input.length; i++) {
    const letter = table[input[i]];
    if (letter !== 0) {
      output[at++] = letter;
      continue;
    }
    if (input[i] === RETURN && input[i + 1] === LINE_FEED) i++;
    if (input[i] !== LINE_FEED) break;
    lines++;
    start = i + 1;
  }
  tally[0] = at - to;
  tally[1] = lines;
  tally[2] = start;
  return i;
}
