import { refusal } from '@lemmata/core';
import { formatError, quoted, type TextPosition } from './format-error.js';

/** What a {@link CsvScanner} reports. */
export interface CsvEvents {
  /** A field, without its quotes, and where it begins. */
  field(text: string, place: TextPosition): void;
  /** The end of a record, and where it stands. */
  record(place: TextPosition): void;
}

/** Longest field, in UTF-16 units: bounds the memory that an unclosed quote can take. */
export const MAX_FIELD: number = 65536;

const QUOTE = 34;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const BYTE_ORDER_MARK = 0xfeff;

/**
 * Requires a delimiter.
 *
 * @param value - what came
 * @returns one UTF-16 unit that is no quote, no line end and no byte order mark
 * @throws InvalidInputError `ERR_OPTION` for anything else
 */
export function requireDelimiter(value: unknown): string {
  if (typeof value === 'string' && value.length === 1 && !/["\r\n\uFEFF\uD800-\uDFFF]/.test(value)) return value;
  throw refusal('options.delimiter', 'one character other than a quote and a line end', value);
}

/** Where the scanner stands between two characters. */
type State = 'field-start' | 'plain' | 'quoted' | 'quote-in-quoted' | 'carriage-return';

/**
 * Splits text that comes in pieces into the fields and records of RFC 4180.
 *
 * Records end with CRLF or LF; the last one may end with the text. A field in quotes may hold delimiters, line ends and
 * quotes (written twice). Quotes inside a bare field, text after a closing quote and a lone carriage return are errors.
 */
export class CsvScanner {
  readonly #events: CsvEvents;
  readonly #delimiter: number;
  readonly #delimiterText: string;
  #state: State = 'field-start';
  #pending = '';
  #line = 1;
  /** Position of the current line's first character, relative to the begin of the current piece. */
  #lineStart = 0;
  #fieldLine = 1;
  #fieldColumn = 1;
  #recordOpen = false;
  #atTextStart = true;

  /**
   * @param delimiter - one UTF-16 unit
   * @param events - what to call
   */
  constructor(delimiter: string, events: CsvEvents) {
    this.#delimiterText = delimiter;
    this.#delimiter = delimiter.charCodeAt(0);
    this.#events = events;
  }

  /** Reads the next piece of text. */
  push(piece: string): void {
    if (piece.length === 0) return;
    let i = 0;
    if (this.#atTextStart) {
      this.#atTextStart = false;
      if (piece.charCodeAt(0) === BYTE_ORDER_MARK) {
        i = 1;
        this.#lineStart = 1;
      }
    }
    while (i < piece.length) {
      if (this.#state === 'plain') i = this.#plain(piece, i);
      else if (this.#state === 'quoted') i = this.#quoted(piece, i);
      else i = this.#single(piece, i);
    }
    this.#lineStart -= piece.length;
  }

  /** Reads the end of the text. */
  end(): void {
    if (this.#state === 'quoted') {
      throw formatError(this.#fieldPlace(), 'a closing quote', 'the end of the text');
    }
    if (this.#state === 'carriage-return') throw this.#loneCarriageReturn(0);
    if (this.#recordOpen) this.#endRecord(0);
  }

  /** Where the next character stands, between two pieces. */
  get place(): TextPosition {
    return this.#placeAt(0);
  }

  /** Characters of a bare field, up to one that ends it. */
  #plain(piece: string, begin: number): number {
    for (let i = begin; i < piece.length; i++) {
      const unit = piece.charCodeAt(i);
      if (unit !== this.#delimiter && unit !== LINE_FEED && unit !== CARRIAGE_RETURN && unit !== QUOTE) continue;
      this.#append(piece, begin, i);
      if (unit === QUOTE) {
        throw formatError(this.#placeAt(i), 'quotes around the whole field or none', 'a quote inside the field');
      }
      this.#afterField(unit, i);
      return i + 1;
    }
    this.#append(piece, begin, piece.length);
    return piece.length;
  }

  /** Characters between quotes, up to the next quote. */
  #quoted(piece: string, begin: number): number {
    for (let i = begin; i < piece.length; i++) {
      const unit = piece.charCodeAt(i);
      if (unit === LINE_FEED) this.#nextLine(i);
      if (unit !== QUOTE) continue;
      this.#append(piece, begin, i);
      this.#state = 'quote-in-quoted';
      return i + 1;
    }
    this.#append(piece, begin, piece.length);
    return piece.length;
  }

  /** One character in a state that lasts for one. */
  #single(piece: string, i: number): number {
    const unit = piece.charCodeAt(i);
    if (this.#state === 'carriage-return') {
      if (unit !== LINE_FEED) throw this.#loneCarriageReturn(i);
      this.#endRecord(i);
      return i + 1;
    }
    if (this.#state === 'field-start') {
      this.#fieldLine = this.#line;
      this.#fieldColumn = i - this.#lineStart + 1;
      this.#recordOpen = true;
      this.#state = unit === QUOTE ? 'quoted' : 'plain';
      return unit === QUOTE ? i + 1 : i;
    }
    if (unit === QUOTE) {
      this.#append('"', 0, 1);
      this.#state = 'quoted';
    } else if (unit === this.#delimiter || unit === LINE_FEED || unit === CARRIAGE_RETURN) {
      this.#afterField(unit, i);
    } else {
      const expected = `${quoted(this.#delimiterText)} or the end of the line after a closing quote`;
      throw formatError(this.#placeAt(i), expected, quoted(String.fromCodePoint(piece.codePointAt(i) as number)));
    }
    return i + 1;
  }

  /** The delimiter or line end after a field. */
  #afterField(unit: number, i: number): void {
    if (unit === LINE_FEED) {
      this.#endRecord(i);
    } else if (unit === CARRIAGE_RETURN) {
      this.#state = 'carriage-return';
    } else {
      this.#endField();
      this.#fieldLine = this.#line;
      this.#fieldColumn = i + 1 - this.#lineStart + 1;
    }
  }

  #endField(): void {
    const text = this.#pending;
    this.#pending = '';
    this.#state = 'field-start';
    this.#events.field(text, this.#fieldPlace());
  }

  /** Ends the record with the line feed, or the end of the text, at position i. */
  #endRecord(i: number): void {
    this.#endField();
    this.#events.record(this.#placeAt(i));
    this.#recordOpen = false;
    this.#nextLine(i);
    this.#fieldLine = this.#line;
    this.#fieldColumn = 1;
  }

  #nextLine(lineFeed: number): void {
    this.#line++;
    this.#lineStart = lineFeed + 1;
  }

  #append(piece: string, begin: number, end: number): void {
    if (this.#pending.length + (end - begin) > MAX_FIELD) {
      throw formatError(this.#fieldPlace(), `a field of at most ${MAX_FIELD} characters`, 'a longer one');
    }
    if (end > begin) this.#pending += piece.slice(begin, end);
  }

  #fieldPlace(): TextPosition {
    return { line: this.#fieldLine, column: this.#fieldColumn };
  }

  #placeAt(i: number): TextPosition {
    return { line: this.#line, column: i - this.#lineStart + 1 };
  }

  #loneCarriageReturn(i: number): Error {
    const { line, column } = this.#placeAt(i);
    return formatError({ line, column: column - 1 }, 'a line feed after a carriage return', 'none');
  }
}
