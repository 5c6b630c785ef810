import { fromTriplets } from '../matrix/triplets.js';
import type { DenseMatrix, SparseMatrix } from '../matrix/types.js';
import { parseCount, parseDecimal } from './decimal.js';
import { formatError, quoted, type TextPosition } from './format-error.js';
import { growingFloat64, growingInt32 } from './growing-array.js';
import { type Line, type MatrixMarketHeader, type MatrixMarketSize, requireWords } from './matrix-market-header.js';

/** Collects the lines of entries into a matrix. */
export interface EntryCollector {
  /** Reads the next line. */
  add(line: Line): void;
  /** The matrix, after as many lines as were announced. */
  finish(): DenseMatrix | SparseMatrix;
}

const INTEGER = /^[+-]?\d+$/;

/** Reads the entry at word k of a line. */
function parseEntry(line: Line, k: number, field: MatrixMarketHeader['field']): number {
  const text = line.words[k];
  if (field === 'real') return parseDecimal(text, line.places[k], 'as an entry');
  const value = INTEGER.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value)) return value;
  throw formatError(line.places[k], 'an integer that a double holds exactly, at most 2^53 - 1 in size', quoted(text));
}

/** Entries column by column, one in each line; of a symmetric matrix those on and below the diagonal, of a skew one below. */
export class ArrayEntries implements EntryCollector {
  readonly #header: MatrixMarketHeader;
  readonly #size: MatrixMarketSize;
  readonly #values = growingFloat64();

  /**
   * @param header - the first line
   * @param size - the line of sizes
   */
  constructor(header: MatrixMarketHeader, size: MatrixMarketSize) {
    this.#header = header;
    this.#size = size;
  }

  add(line: Line): void {
    requireWords(line, ['an entry']);
    this.#values.push(parseEntry(line, 0, this.#header.field));
  }

  finish(): DenseMatrix {
    const { rows, cols } = this.#size;
    const { symmetry } = this.#header;
    const values = this.#values.toArray();
    if (symmetry === 'general') return { layout: 'column', rows, cols, data: values };
    const data = new Float64Array(rows * cols);
    let k = 0;
    for (let j = 0; j < cols; j++) {
      for (let i = symmetry === 'symmetric' ? j : j + 1; i < rows; i++) {
        data[j * rows + i] = values[k];
        data[i * rows + j] = symmetry === 'symmetric' ? values[k] : -values[k];
        k++;
      }
    }
    return { layout: 'column', rows, cols, data };
  }
}

/** Entries with their places, in any order, each place once. */
export class CoordinateEntries implements EntryCollector {
  readonly #header: MatrixMarketHeader;
  readonly #size: MatrixMarketSize;
  readonly #maxEntries: number;
  readonly #rowOf = growingInt32();
  readonly #colOf = growingInt32();
  readonly #values = growingFloat64();
  /** Where each entry stands in the text, to name the second of two for one place. */
  readonly #lineOf = growingFloat64();
  /** Entries of the matrix so far: each one off the diagonal of a symmetric matrix counts twice. */
  #entries = 0;

  /**
   * @param header - the first line
   * @param size - the line of sizes
   * @param maxEntries - how many entries the matrix may have
   */
  constructor(header: MatrixMarketHeader, size: MatrixMarketSize, maxEntries: number) {
    this.#header = header;
    this.#size = size;
    this.#maxEntries = maxEntries;
  }

  add(line: Line): void {
    const { words, places } = line;
    const { field, symmetry } = this.#header;
    requireWords(line, field === 'pattern' ? ['row', 'column'] : ['row', 'column', 'entry']);
    const row = parseCount(words[0], places[0], 'a row', 1, this.#size.rows) - 1;
    const col = parseCount(words[1], places[1], 'a column', 1, this.#size.cols) - 1;
    const last = symmetry === 'symmetric' ? row : row - 1;
    if (symmetry !== 'general' && col > last) {
      const where = symmetry === 'symmetric' ? 'on or below' : 'below';
      throw formatError(places[1], `a place ${where} the diagonal (the matrix is ${symmetry})`, quoted(words[1]));
    }
    const value = field === 'pattern' ? 1 : parseEntry(line, 2, field);
    this.#entries += symmetry !== 'general' && row !== col ? 2 : 1;
    if (this.#entries > this.#maxEntries) {
      throw formatError(places[0], `at most ${this.#maxEntries} entries (options.maxEntries)`, 'more');
    }
    this.#rowOf.push(row);
    this.#colOf.push(col);
    this.#values.push(value);
    this.#lineOf.push(places[0].line);
  }

  finish(): SparseMatrix {
    const { rows, cols } = this.#size;
    const values = this.#values.toArray();
    const places = this.#allPlaces();
    // Sorts the numbers of the entries, not the entries: a place that comes twice shows in the count, without overflow.
    const { layout, indptr, indices, data } = fromTriplets(rows, cols, places);
    if (data.length < this.#entries) throw this.#repeated(indptr, indices);
    const sign = this.#header.symmetry === 'skew-symmetric' ? -1 : 1;
    for (let i = 0; i < rows; i++) {
      for (let p = indptr[i]; p < indptr[i + 1]; p++)
        data[p] = indices[p] > i ? sign * values[data[p]] : values[data[p]];
    }
    return { layout, rows, cols, indptr, indices, data };
  }

  /** The places of the whole matrix and which entry of the text each one has. */
  #allPlaces(): { rows: Int32Array; cols: Int32Array; values: Float64Array } {
    const stored = { rows: this.#rowOf.toArray(), cols: this.#colOf.toArray() };
    const rows = new Int32Array(this.#entries);
    const cols = new Int32Array(this.#entries);
    const values = new Float64Array(this.#entries);
    const mirrored = this.#header.symmetry !== 'general';
    let at = 0;
    for (let k = 0; k < stored.rows.length; k++) {
      rows[at] = stored.rows[k];
      cols[at] = stored.cols[k];
      values[at++] = k;
      if (!mirrored || stored.rows[k] === stored.cols[k]) continue;
      rows[at] = stored.cols[k];
      cols[at] = stored.rows[k];
      values[at++] = k;
    }
    return { rows, cols, values };
  }

  /** The error for the first entry whose place another one had before. */
  #repeated(indptr: Int32Array, indices: Int32Array): Error {
    const rowOf = this.#rowOf.toArray();
    const colOf = this.#colOf.toArray();
    const seen = new Uint8Array(indices.length);
    let k = 0;
    for (; k < rowOf.length; k++) {
      const p = indptr[rowOf[k]] + lowerBound(indices.subarray(indptr[rowOf[k]], indptr[rowOf[k] + 1]), colOf[k]);
      if (seen[p] === 1) break;
      seen[p] = 1;
    }
    const place: TextPosition = { line: this.#lineOf.toArray()[k], column: 1 };
    return formatError(place, 'each place once', `row ${rowOf[k] + 1}, column ${colOf[k] + 1} again`);
  }
}

/** How many of some rising integers are smaller than a value. */
function lowerBound(rising: Int32Array, value: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rising[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
