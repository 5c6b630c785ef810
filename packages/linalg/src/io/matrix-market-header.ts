import { parseCount } from './decimal.js';
import { formatError, quoted, type TextPosition } from './format-error.js';

/** What the first line of a Matrix Market text says. */
export interface MatrixMarketHeader {
  /** `'coordinate'`: entries with row and column; `'array'`: all entries, column by column. */
  readonly format: 'coordinate' | 'array';
  /** `'real'`; `'integer'`; `'pattern'`: places alone, whose entries are read as 1. */
  readonly field: 'real' | 'integer' | 'pattern';
  /** `'general'`: all entries stand in the text; else those below the diagonal stand for those above, too. */
  readonly symmetry: 'general' | 'symmetric' | 'skew-symmetric';
}

/** A line of words. */
export interface Line {
  /** The words. */
  readonly words: readonly string[];
  /** Where each word begins. */
  readonly places: readonly TextPosition[];
  /** Where the line ends. */
  readonly end: TextPosition;
}

/** What the line of sizes says. */
export interface MatrixMarketSize {
  /** Number of rows. */
  readonly rows: number;
  /** Number of columns. */
  readonly cols: number;
  /** How many lines of entries follow. */
  readonly lines: number;
}

/** Requires as many words as `names` names. */
export function requireWords(line: Line, names: readonly string[]): void {
  const { words, places, end } = line;
  if (words.length === names.length) return;
  const expected = names.join(', ');
  if (words.length > names.length) {
    throw formatError(places[names.length], `the end of the line after ${expected}`, quoted(words[names.length]));
  }
  throw formatError(end, expected, `${words.length} of them`);
}

/** Reads the first line: `%%MatrixMarket matrix`, then format, field and symmetry, in any case. */
export function parseHeader(line: Line): MatrixMarketHeader {
  const { words, places, end } = line;
  if (words[0] !== '%%MatrixMarket') {
    throw formatError(places[0] ?? end, '%%MatrixMarket at the begin', words.length === 0 ? 'none' : quoted(words[0]));
  }
  requireWords(line, ['%%MatrixMarket', 'object', 'format', 'field', 'symmetry']);
  requireWord(line, 1, ['matrix'], '');
  const format = requireWord(line, 2, ['coordinate', 'array'], '');
  const field = requireWord(line, 3, ['real', 'integer', 'pattern'], ' (matrices here have real entries)');
  const symmetry = requireWord(
    line,
    4,
    ['general', 'symmetric', 'skew-symmetric'],
    ' (matrices here have real entries, and a real hermitian matrix is symmetric)',
  );
  if (field === 'pattern' && format === 'array') {
    throw formatError(places[3], 'real or integer (an array has no pattern)', quoted(words[3]));
  }
  if (field === 'pattern' && symmetry === 'skew-symmetric') {
    throw formatError(places[4], 'general or symmetric (a pattern has no signs)', quoted(words[4]));
  }
  return { format, field, symmetry };
}

function requireWord<Word extends string>(line: Line, k: number, accepted: readonly Word[], reason: string): Word {
  const word = line.words[k].toLowerCase() as Word;
  if (accepted.includes(word)) return word;
  throw formatError(line.places[k], accepted.join(' or ') + reason, quoted(line.words[k]));
}

/**
 * Reads the line of sizes and refuses what the limit does not allow, before anything of that size is made.
 *
 * @param line - the words
 * @param header - what the first line said
 * @param maxEntries - most rows, columns and entries accepted
 */
export function parseSize(line: Line, header: MatrixMarketHeader, maxEntries: number): MatrixMarketSize {
  const { words, places } = line;
  const coordinate = header.format === 'coordinate';
  requireWords(line, ['the number of rows', 'of columns', ...(coordinate ? ['of entries'] : [])]);
  const largest = `(options.maxEntries is ${maxEntries})`;
  const rows = parseCount(words[0], places[0], `a number of rows ${largest}`, 0, maxEntries);
  const cols = parseCount(words[1], places[1], `a number of columns ${largest}`, 0, maxEntries);
  if (header.symmetry !== 'general' && rows !== cols) {
    throw formatError(places[1], `${rows} columns (a ${header.symmetry} matrix is square)`, `${cols}`);
  }
  if (!coordinate && rows * cols > maxEntries) {
    throw formatError(places[0], `at most ${maxEntries} entries (options.maxEntries)`, `${rows} x ${cols}`);
  }
  const total = storedPlaces(header.symmetry, rows, cols);
  if (!coordinate) return { rows, cols, lines: total };
  const most = Math.min(total, maxEntries);
  const lines = parseCount(words[2], places[2], `a number of entries ${largest}`, 0, most);
  return { rows, cols, lines };
}

/** In how many places of a matrix the text may hold an entry. */
function storedPlaces(symmetry: MatrixMarketHeader['symmetry'], rows: number, cols: number): number {
  if (symmetry === 'general') return rows * cols;
  return symmetry === 'symmetric' ? (rows * (rows + 1)) / 2 : (rows * (rows - 1)) / 2;
}
