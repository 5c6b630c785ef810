import type { DenseMatrix } from '../matrix/types.js';
import { parseDecimal } from './decimal.js';
import { formatError, quoted, type TextPosition } from './format-error.js';
import { growingFloat64 } from './growing-array.js';
import type { RecordBuilder } from './read-records.js';

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

/** Collects fields into a table: names from the first record if there is a header, numbers from all others. */
export class CsvTableBuilder implements RecordBuilder<CsvTable> {
  readonly #maxEntries: number;
  readonly #names: string[] = [];
  readonly #entries = growingFloat64();
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
    const value = parseDecimal(text, place, `in field ${this.#fields}`);
    if (this.#entries.length === this.#maxEntries) throw this.#tooMany(place);
    this.#entries.push(value);
  }

  record(place: TextPosition): void {
    if (this.#cols === -1) this.#cols = this.#fields;
    if (this.#fields !== this.#cols) throw formatError(place, `${this.#cols} fields`, `${this.#fields}`);
    if (this.#inHeader) this.#inHeader = false;
    else this.#rows++;
    this.#fields = 0;
  }

  finish(place: TextPosition): CsvTable {
    if (this.#inHeader) throw formatError(place, 'a header', 'the end of the text');
    const rows = this.#rows;
    const cols = Math.max(0, this.#cols);
    return { names: this.#names, rows, cols, matrix: { layout: 'row', rows, cols, data: this.#entries.toArray() } };
  }

  #tooMany(place: TextPosition): Error {
    return formatError(place, `at most ${this.#maxEntries} entries (options.maxEntries)`, 'more');
  }
}
