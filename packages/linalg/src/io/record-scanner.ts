import { formatError, quoted, type TextPosition } from './format-error.js';

/** What a {@link RecordScanner} reports. */
export interface RecordEvents {
  /** A field, without its quotes, and where it begins. */
  field(text: string, place: TextPosition): void;
  /** The end of a record, and where it stands. */
  record(place: TextPosition): void;
}

/** How the fields of a record are told apart. */
export interface RecordSyntax {
  /**
   * What stands between two fields: one UTF-16 unit, so that fields may be empty and may stand in quotes; or `'blanks'`,
   * any number of spaces and tabs, also before the first field and after the last, so that a record may have no field.
   */
  readonly delimiter: string;
  /** What begins a comment up to the end of the line: one UTF-16 unit; `''` where there are none. */
  readonly comment: string;
}

/** Longest field, in UTF-16 units: bounds the memory that an unclosed quote or a line without blanks can take. */
export const MAX_FIELD: number = 65536;

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const BYTE_ORDER_MARK = 0xfeff;
/** In place of a unit that the syntax does not have. */
const NONE = -1;

/** Where the scanner stands between two characters. */
type State = 'field-start' | 'plain' | 'quoted' | 'quote-in-quoted' | 'comment' | 'carriage-return';

/**
 * Splits text that comes in pieces into records, one a line, and their fields.
 *
 * Lines end with CRLF or LF; the last one may end with the text. Fields between delimiters follow RFC 4180: one in
 * quotes may hold delimiters, line ends and quotes (written twice). Quotes inside a bare field, text after a closing
 * quote and a lone carriage return are errors. Memory is that of one field.
 */
export class RecordScanner {
  readonly #events: RecordEvents;
  readonly #delimiterText: string;
  /** Whether blanks delimit; then no field is empty and quotes mean nothing. */
  readonly #words: boolean;
  readonly #delimiter: number;
  readonly #otherDelimiter: number;
  readonly #quote: number;
  readonly #comment: number;
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
   * @param syntax - delimiter and comments
   * @param events - what to call
   */
  constructor(syntax: RecordSyntax, events: RecordEvents) {
    this.#words = syntax.delimiter === 'blanks';
    this.#delimiterText = syntax.delimiter;
    this.#delimiter = this.#words ? SPACE : syntax.delimiter.charCodeAt(0);
    this.#otherDelimiter = this.#words ? TAB : NONE;
    this.#quote = this.#words ? NONE : QUOTE;
    this.#comment = syntax.comment === '' ? NONE : syntax.comment.charCodeAt(0);
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
      else if (this.#state === 'comment') i = this.#inComment(piece, i);
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
    if (!this.#recordOpen) return;
    const emptyLast = this.#state === 'field-start' && !this.#words;
    if (emptyLast || this.#state === 'plain' || this.#state === 'quote-in-quoted') this.#endField();
    this.#events.record(this.#placeAt(0));
    this.#recordOpen = false;
  }

  /** Where the next character stands, between two pieces. */
  get place(): TextPosition {
    return this.#placeAt(0);
  }

  /** Characters of a bare field, up to one that ends it. */
  #plain(piece: string, begin: number): number {
    for (let i = begin; i < piece.length; i++) {
      const unit = piece.charCodeAt(i);
      if (!this.#endsField(unit) && unit !== this.#quote) continue;
      this.#append(piece, begin, i);
      if (unit === this.#quote) {
        throw formatError(this.#placeAt(i), 'quotes around the whole field or none', 'a quote inside the field');
      }
      this.#endField();
      this.#boundary(unit, i);
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

  /** Characters of a comment, up to the line feed; they are not kept. */
  #inComment(piece: string, begin: number): number {
    const lineFeed = piece.indexOf('\n', begin);
    if (lineFeed === -1) return piece.length;
    this.#boundary(LINE_FEED, lineFeed);
    return lineFeed + 1;
  }

  /** One character in a state that lasts for one. */
  #single(piece: string, i: number): number {
    const unit = piece.charCodeAt(i);
    if (this.#state === 'carriage-return') {
      if (unit !== LINE_FEED) throw this.#loneCarriageReturn(i);
      this.#boundary(unit, i);
    } else if (this.#state === 'field-start') {
      return this.#fieldStart(unit, i);
    } else if (unit === QUOTE) {
      this.#append('"', 0, 1);
      this.#state = 'quoted';
    } else if (this.#endsField(unit)) {
      this.#endField();
      this.#boundary(unit, i);
    } else {
      const expected = `${quoted(this.#delimiterText)} or the end of the line after a closing quote`;
      throw formatError(this.#placeAt(i), expected, quoted(String.fromCodePoint(piece.codePointAt(i) as number)));
    }
    return i + 1;
  }

  #fieldStart(unit: number, i: number): number {
    this.#recordOpen = true;
    if (this.#words && this.#endsField(unit)) {
      this.#boundary(unit, i);
      return i + 1;
    }
    this.#fieldLine = this.#line;
    this.#fieldColumn = i - this.#lineStart + 1;
    this.#state = unit === this.#quote ? 'quoted' : 'plain';
    return unit === this.#quote ? i + 1 : i;
  }

  #endsField(unit: number): boolean {
    return (
      unit === this.#delimiter ||
      unit === LINE_FEED ||
      unit === CARRIAGE_RETURN ||
      unit === this.#otherDelimiter ||
      unit === this.#comment
    );
  }

  /** What stands at position i, outside fields, and ends a field or a line. */
  #boundary(unit: number, i: number): void {
    if (unit === CARRIAGE_RETURN) {
      this.#state = 'carriage-return';
    } else if (unit === this.#comment) {
      this.#state = 'comment';
    } else {
      this.#state = 'field-start';
      if (unit === LINE_FEED) {
        this.#events.record(this.#placeAt(i));
        this.#recordOpen = false;
        this.#nextLine(i);
      }
      this.#fieldLine = this.#line;
      this.#fieldColumn = i + 1 - this.#lineStart + 1;
    }
  }

  #endField(): void {
    const text = this.#pending;
    this.#pending = '';
    this.#events.field(text, this.#fieldPlace());
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
