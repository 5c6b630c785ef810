import { resolveOptions } from '@lemmata/core';
import type { DenseMatrix, SparseMatrix } from '../matrix/types.js';
import { formatError, type TextPosition } from './format-error.js';
import { ArrayEntries, CoordinateEntries, type EntryCollector } from './matrix-market-entries.js';
import { type Line, type MatrixMarketHeader, parseHeader, parseSize } from './matrix-market-header.js';
import {
  DEFAULT_LIMITS,
  type ReadLimits,
  type RecordBuilder,
  readRecords,
  requireLimits,
  type TextSource,
} from './read-records.js';

/** A matrix and what the first line of its text says. */
export interface MatrixMarketData extends MatrixMarketHeader {
  /** The whole matrix: sparse (`'csr'`) for the coordinate format, dense in column layout for arrays. */
  readonly matrix: DenseMatrix | SparseMatrix;
}

/** More words than a line that is no comment can have. */
const WORDS_KEPT = 6;

/**
 * Reads a matrix from text in the Matrix Market exchange format.
 *
 * The first line is `%%MatrixMarket matrix`, format, field and symmetry: coordinate or array; real, integer or pattern;
 * general, symmetric or skew-symmetric. Complex and hermitian matrices are refused: entries here are real. Comments
 * (lines that begin with `%`) stand before the line of sizes, empty lines anywhere after the first. Entries are decimal
 * literals with an optional sign, one a line, and become the nearest doubles; integers must be exact in a double; places
 * of a pattern become 1. The matrix is completed from the half that a symmetric text holds. Bytes that begin as gzip
 * does are inflated on the way (one member). What the text announces takes no memory before it comes.
 *
 * @param source - the text, or its bytes in UTF-8: at once or in chunks, such as a file's stream or a response's body
 * @param options - limits: `maxEntries` bounds the entries of the whole matrix, and for coordinates also rows and columns
 * @returns the matrix, sparse for coordinates (explicit zeros are kept) and dense for arrays, and the facts of the header
 * @throws InvalidInputError `ERR_FORMAT` with `details.line` and `details.column` (from 1, in UTF-16 units) for any other
 * first line, sizes or entries that are no numbers, places out of range, above the diagonal of a symmetric matrix or
 * given twice, more or fewer entries than announced, a lone carriage return, bytes that are no UTF-8, damaged gzip data,
 * and text or sizes beyond a limit; `ERR_OPTION` for options; `ERR_INPUT` when the source is none. Errors of the source
 * itself are passed on.
 * Complexity: O(bytes + rows + columns) time, O(entries + rows + columns) memory.
 *
 * @example
 * ```ts
 * import { readMatrixMarket } from '@lemmata/linalg/io';
 *
 * const text = '%%MatrixMarket matrix coordinate real symmetric\n2 2 2\n1 1 4\n2 1 -1\n';
 * const { matrix, symmetry } = await readMatrixMarket(text);
 * console.log(symmetry, matrix.data); // symmetric; 4 -1 -1
 * ```
 * @see Boisvert, Pozo, Remington, "The Matrix Market Exchange Formats: Initial Design", NISTIR 5935, 1996
 */
export async function readMatrixMarket(source: TextSource, options?: ReadLimits): Promise<MatrixMarketData> {
  const settings = resolveOptions('readMatrixMarket', options, DEFAULT_LIMITS);
  requireLimits(settings);
  const builder = new MatrixMarketBuilder(settings.maxEntries);
  return readRecords(source, { delimiter: 'blanks', comment: '' }, builder, settings.maxBytes);
}

/** Reads line after line: the first, the sizes, the entries. */
class MatrixMarketBuilder implements RecordBuilder<MatrixMarketData> {
  readonly #maxEntries: number;
  #header: MatrixMarketHeader | undefined;
  #entries: EntryCollector | undefined;
  #announced = 0;
  #seen = 0;
  #words: string[] = [];
  #places: TextPosition[] = [];

  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries;
  }

  field(text: string, place: TextPosition): void {
    if (this.#words.length === WORDS_KEPT) return;
    this.#words.push(text);
    this.#places.push(place);
  }

  record(end: TextPosition): void {
    const line: Line = { words: this.#words, places: this.#places, end };
    this.#words = [];
    this.#places = [];
    if (this.#header === undefined) this.#header = parseHeader(line);
    else if (line.words.length === 0) return;
    else if (this.#entries !== undefined) this.#entry(line, this.#entries);
    else if (!line.words[0].startsWith('%')) this.#size(line, this.#header);
  }

  finish(place: TextPosition): MatrixMarketData {
    if (this.#header === undefined) throw formatError(place, '%%MatrixMarket at the begin', 'the end of the text');
    if (this.#entries === undefined) throw formatError(place, 'the line of sizes', 'the end of the text');
    if (this.#seen < this.#announced) {
      throw formatError(place, `${this.#announced} entries, as announced`, `the end of the text after ${this.#seen}`);
    }
    return { ...this.#header, matrix: this.#entries.finish() };
  }

  #size(line: Line, header: MatrixMarketHeader): void {
    const size = parseSize(line, header, this.#maxEntries);
    this.#announced = size.lines;
    this.#entries =
      header.format === 'array'
        ? new ArrayEntries(header, size)
        : new CoordinateEntries(header, size, this.#maxEntries);
  }

  #entry(line: Line, entries: EntryCollector): void {
    if (this.#seen === this.#announced) {
      throw formatError(
        line.places[0],
        `the end of the text after the announced entries (${this.#announced})`,
        'another entry',
      );
    }
    entries.add(line);
    this.#seen++;
  }
}
