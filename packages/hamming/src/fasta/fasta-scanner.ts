import { InvalidInputError } from '@lemmata/core';

/** A piece of the sequence of a FASTA record; the pieces of a record come one after the other. */
export interface FastaPiece {
  /** Number of the record in the file, from 0. */
  readonly record: number;
  /** Its name: what stands behind `>` up to the first space or tab. */
  readonly name: string;
  /** What stands behind the name, without the space between; often empty. */
  readonly description: string;
  /** Number of letters of the record before this piece, an integer in [0, 2^53). */
  readonly offset: number;
  /** The letters of the piece in ASCII, one byte each; none at the end of some records. */
  readonly sequence: Uint8Array;
  /** Whether the record ends with this piece. */
  readonly last: boolean;
}

/** What a scanner goes by. */
export interface FastaSyntax {
  /** Whether small letters are read as capitals. */
  readonly upperCase: boolean;
  /** Most bytes. */
  readonly maxBytes: number;
}

const LINE_FEED = 10;
const RETURN = 13;
const RECORD = 62;
/** Longest header line, in bytes: names are held in memory. */
const LONGEST_HEADER = 1048576;

/** The letter that each byte is read as: A to Z, a to z, `*` and `-`; 0 for all other bytes. */
function lettersFor(upperCase: boolean): Uint8Array {
  const letters = new Uint8Array(256);
  for (let capital = 65; capital <= 90; capital++) {
    letters[capital] = capital;
    letters[capital + 32] = upperCase ? capital : capital + 32;
  }
  for (const sign of '*-') letters[sign.charCodeAt(0)] = sign.charCodeAt(0);
  return letters;
}

/** Copies letters up to the first byte that is none; gives its index. */
function copyLetters(chunk: Uint8Array, from: number, letters: Uint8Array, out: Uint8Array, at: number): number {
  let i = from;
  for (const shift = at - from; i < chunk.length; i++) {
    const letter = letters[chunk[i]];
    if (letter === 0) break;
    out[i + shift] = letter;
  }
  return i;
}

/** Cuts the bytes of a FASTA file, chunk after chunk, into pieces of sequences. */
export class FastaScanner {
  readonly #letters: Uint8Array;
  readonly #maxBytes: number;
  #bytes = 0;
  #line = 1;
  #column = 1;
  #afterReturn = false;
  /** The bytes of a header that has begun but not ended. */
  #header: number[] | undefined;
  #record = -1;
  #name = '';
  #description = '';
  #offset = 0;

  constructor({ upperCase, maxBytes }: FastaSyntax) {
    this.#letters = lettersFor(upperCase);
    this.#maxBytes = maxBytes;
  }

  /**
   * Reads a chunk.
   *
   * @param chunk - the next bytes; not kept
   * @returns the pieces that end in it
   * @throws InvalidInputError `ERR_FORMAT` with line and column for bytes that cannot stand where they do
   */
  *push(chunk: Uint8Array): Generator<FastaPiece, void> {
    this.#bytes += chunk.length;
    if (this.#bytes > this.#maxBytes) throw this.#wrong(`at most ${this.#maxBytes} bytes (options.maxBytes)`, 'more');
    const letters = this.#letters;
    const out = new Uint8Array(chunk.length);
    let from = 0;
    let size = 0;
    let i = 0;
    while (i < chunk.length) {
      if (this.#header !== undefined) {
        i = this.#readHeader(chunk, i, this.#header);
        continue;
      }
      const begin = i;
      i = copyLetters(chunk, begin, letters, out, size);
      size += i - begin;
      if (i > begin && (this.#record < 0 || this.#afterReturn)) throw this.#misplaced(chunk[begin], this.#column === 1);
      this.#column += i - begin;
      if (i === chunk.length) break;
      const byte = chunk[i];
      if (byte === RECORD && this.#column === 1) {
        if (this.#record >= 0) yield this.#piece(out.subarray(from, size), true);
        from = size;
        this.#header = [];
        this.#column = 2;
      } else if (byte === LINE_FEED) this.#endLine();
      else if (byte === RETURN && !this.#afterReturn) {
        this.#afterReturn = true;
        this.#column++;
      } else throw this.#misplaced(byte, this.#column === 1);
      i++;
    }
    if (size > from) yield this.#piece(out.subarray(from, size), false);
  }

  /**
   * Ends the file.
   *
   * @returns the end of the last record
   */
  *end(): Generator<FastaPiece, void> {
    if (this.#header !== undefined) this.#beginRecord(this.#header);
    if (this.#record >= 0) yield this.#piece(new Uint8Array(0), true);
  }

  #piece(sequence: Uint8Array, last: boolean): FastaPiece {
    const offset = this.#offset;
    this.#offset += sequence.length;
    return { record: this.#record, name: this.#name, description: this.#description, offset, sequence, last };
  }

  #readHeader(chunk: Uint8Array, from: number, header: number[]): number {
    const feed = chunk.indexOf(LINE_FEED, from);
    const end = feed < 0 ? chunk.length : feed;
    this.#column += end - from;
    if (header.length + end - from > LONGEST_HEADER) {
      throw this.#wrong(`a header of at most ${LONGEST_HEADER} bytes`, 'a longer one');
    }
    for (let i = from; i < end; i++) header.push(chunk[i]);
    if (feed < 0) return end;
    this.#beginRecord(header);
    this.#endLine();
    return feed + 1;
  }

  #beginRecord(header: number[]): void {
    if (header[header.length - 1] === RETURN) header.pop();
    const text = new TextDecoder().decode(Uint8Array.from(header)).trim();
    const end = text.search(/[ \t]/);
    this.#name = end < 0 ? text : text.slice(0, end);
    this.#description = end < 0 ? '' : text.slice(end).trim();
    this.#record++;
    this.#offset = 0;
    this.#header = undefined;
  }

  #endLine(): void {
    this.#line++;
    this.#column = 1;
    this.#afterReturn = false;
  }

  #misplaced(byte: number, atStart: boolean): InvalidInputError {
    const shown = byte > 32 && byte < 127 ? `'${String.fromCharCode(byte)}'` : `byte ${byte}`;
    if (this.#record >= 0) {
      return this.#wrong(this.#afterReturn ? 'a line feed' : `${atStart ? "'>', " : ''}a letter, '*' or '-'`, shown);
    }
    const compressed = this.#line === 1 && atStart && byte === 0x1f;
    return this.#wrong("'>' before the first sequence", compressed ? 'gzip data (inflate them first)' : shown);
  }

  #wrong(expected: string, actual: string): InvalidInputError {
    const [line, column] = [this.#line, this.#column];
    const message = `chunks, line ${line}, column ${column}: expected ${expected}, got ${actual}`;
    return new InvalidInputError(message, 'ERR_FORMAT', { argument: 'chunks', expected, actual, line, column });
  }
}
