import type { DenseMatrix } from '../matrix/types.js';
import type { CsvEvents } from './csv-records.js';
import { parseDecimal } from './decimal.js';
import { formatError, quoted, type TextPosition } from './format-error.js';

/** A table of numbers. */
export interface CsvTable {
  /** Names of the columns as the header has them, length cols; empty when the table was read without a header. */
  readonly names: readonly string[];
  /** Number of rows, the header not counted. */
  readonly rows: number;
  /** Number of columns. */
  readonly cols: number;
  /** The numbers, in row layout, shape (rows, cols). */
  readonly matrix: DenseMatrix;
}

const FIRST_BLOCK = 1024;
const LARGEST_BLOCK = 1048576;

/** Collects fields into a table: names from the first record if there is a header, numbers from all others. */
export class CsvTableBuilder implements CsvEvents {
  readonly #maxEntries: number;
  readonly #names: string[] = [];
  readonly #blocks: Float64Array[] = [];
  #block = new Float64Array(FIRST_BLOCK);
  #used = 0;
  #entries = 0;
  #inHeader: boolean;
  #rows = 0;
  /** Number of columns, or -1 before the first record has ended. */
  #cols = -1;
  #fields = 0;

  /**
   * @param header - whether the first record holds names
   * @param maxEntries - how many numbers, or names, are accepted
   */
  constructor(header: boolean, maxEntries: number) {
    this.#inHeader = header;
    this.#maxEntries = maxEntries;
  }

  field(text: string, place: TextPosition): void {
    if (this.#fields === this.#cols) {
      throw formatError(place, `the end of the line after ${this.#cols} fields`, `another field, ${quoted(text)}`);
    }
    this.#fields++;
    if (this.#inHeader) {
      if (this.#names.length === this.#maxEntries) throw this.#tooMany(place);
      this.#names.push(text);
      return;
    }
    const value = parseDecimal(text);
    if (!Number.isFinite(value)) {
      const kind = Number.isNaN(value) ? 'a decimal number' : 'a number in the range of doubles';
      throw formatError(place, `${kind} in field ${this.#fields}`, quoted(text));
    }
    if (this.#entries === this.#maxEntries) throw this.#tooMany(place);
    if (this.#used === this.#block.length) {
      this.#blocks.push(this.#block);
      this.#block = new Float64Array(Math.min(LARGEST_BLOCK, 2 * this.#block.length));
      this.#used = 0;
    }
    this.#block[this.#used++] = value;
    this.#entries++;
  }

  record(place: TextPosition): void {
    if (this.#cols === -1) this.#cols = this.#fields;
    if (this.#fields !== this.#cols) throw formatError(place, `${this.#cols} fields`, `${this.#fields}`);
    if (this.#inHeader) this.#inHeader = false;
    else this.#rows++;
    this.#fields = 0;
  }

  /** The table, after the last record; `place` is the end of the text. */
  finish(place: TextPosition): CsvTable {
    if (this.#inHeader) throw formatError(place, 'a header', 'the end of the text');
    const rows = this.#rows;
    const cols = Math.max(0, this.#cols);
    const data = new Float64Array(this.#entries);
    let at = 0;
    for (const block of this.#blocks) {
      data.set(block, at);
      at += block.length;
    }
    data.set(this.#block.subarray(0, this.#used), at);
    return { names: this.#names, rows, cols, matrix: { layout: 'row', rows, cols, data } };
  }

  #tooMany(place: TextPosition): Error {
    return formatError(place, `at most ${this.#maxEntries} entries (options.maxEntries)`, 'more');
  }
}
