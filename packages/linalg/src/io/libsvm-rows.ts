import type { SparseMatrix } from '../matrix/types.js';
import { parseCount, parseDecimal } from './decimal.js';
import { formatError, quoted, type TextPosition } from './format-error.js';
import { growingFloat64, growingInt32 } from './growing-array.js';
import type { RecordBuilder } from './read-records.js';

/** Labelled rows, and the groups of a ranking where there are some. */
export interface LibsvmData {
  /** The features, `'csr'`, one row for each line; explicit zeros are kept. */
  readonly A: SparseMatrix;
  /** Label of each row, a class or a target, any finite numbers, length A.rows. */
  readonly labels: Float64Array;
  /** Query (`qid`) of each row, integers in [0, 2^53 - 1], length A.rows; empty when the text has none. */
  readonly queries: Float64Array;
}

const MAX_INT32 = 2147483647;

/** Collects words into labelled rows: a label, perhaps a query, then pairs of index and value. */
export class LibsvmRowsBuilder implements RecordBuilder<LibsvmData> {
  readonly #firstIndex: 0 | 1;
  readonly #cols: number | undefined;
  readonly #maxEntries: number;
  readonly #labels = growingFloat64();
  readonly #queries = growingFloat64();
  readonly #ends = growingInt32();
  readonly #indices = growingInt32();
  readonly #values = growingFloat64();
  /** Words of the current line so far. */
  #words = 0;
  /** Whether the current line has a query. */
  #hasQuery = false;
  /** Largest index of the current line so far, from 0; -1 when there is none. */
  #lastIndex = -1;
  #width = 0;

  /**
   * @param firstIndex - the index of the first column
   * @param cols - number of columns, or undefined when the largest index tells it
   * @param maxEntries - how many entries, and how many rows, are accepted
   */
  constructor(firstIndex: 0 | 1, cols: number | undefined, maxEntries: number) {
    this.#firstIndex = firstIndex;
    this.#cols = cols;
    this.#maxEntries = maxEntries;
  }

  field(text: string, place: TextPosition): void {
    this.#words++;
    if (this.#words === 1) this.#label(text, place);
    else if (text.startsWith('qid:')) this.#query(text, place);
    else this.#entry(text, place);
  }

  record(place: TextPosition): void {
    if (this.#words === 0) return;
    if (this.#queries.length > 0 && !this.#hasQuery) {
      throw formatError(place, 'a query (qid:), as in the first row', 'none in this row');
    }
    this.#ends.push(this.#indices.length);
    this.#words = 0;
    this.#hasQuery = false;
    this.#lastIndex = -1;
  }

  finish(_place: TextPosition): LibsvmData {
    const rows = this.#labels.length;
    const cols = this.#cols ?? this.#width;
    const indptr = new Int32Array(rows + 1);
    indptr.set(this.#ends.toArray(), 1);
    const indices = this.#indices.toArray();
    const A: SparseMatrix = { layout: 'csr', rows, cols, indptr, indices, data: this.#values.toArray() };
    return { A, labels: this.#labels.toArray(), queries: this.#queries.toArray() };
  }

  #label(text: string, place: TextPosition): void {
    const label = parseDecimal(text, place, 'as the label');
    if (this.#labels.length === this.#maxEntries) throw this.#tooMany(place, 'rows');
    this.#labels.push(label);
  }

  #query(text: string, place: TextPosition): void {
    if (this.#words !== 2) throw formatError(place, 'the query (qid:) right after the label', quoted(text));
    if (this.#queries.length !== this.#labels.length - 1) {
      throw formatError(place, 'no query (qid:), as in the first row', quoted(text));
    }
    const value = { line: place.line, column: place.column + 4 };
    this.#queries.push(parseCount(text.slice(4), value, 'a query', 0, Number.MAX_SAFE_INTEGER));
    this.#hasQuery = true;
  }

  #entry(text: string, place: TextPosition): void {
    const colon = text.indexOf(':');
    if (colon === -1) throw formatError(place, 'index:value', quoted(text));
    if (this.#cols === 0) throw formatError(place, 'the end of the line (options.cols is 0)', quoted(text));
    const first = this.#firstIndex;
    const last = this.#cols === undefined ? MAX_INT32 - 1 + first : this.#cols - 1 + first;
    const index = parseCount(text.slice(0, colon), place, 'an index', first, last) - first;
    if (index <= this.#lastIndex) {
      throw formatError(place, `an index > ${this.#lastIndex + first} (strictly rising in a row)`, `${index + first}`);
    }
    const valuePlace = { line: place.line, column: place.column + colon + 1 };
    const value = parseDecimal(text.slice(colon + 1), valuePlace, 'after the index');
    if (this.#indices.length === this.#maxEntries) throw this.#tooMany(place, 'entries');
    this.#indices.push(index);
    this.#values.push(value);
    this.#lastIndex = index;
    this.#width = Math.max(this.#width, index + 1);
  }

  #tooMany(place: TextPosition, what: string): Error {
    return formatError(place, `at most ${this.#maxEntries} ${what} (options.maxEntries)`, 'more');
  }
}
