import { type BackendChoice, InvalidInputError } from '@lemmata/core';
import { LETTER_BLOCK, type LetterKernel, openLetters } from './letter-kernel.js';

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
  /** Which kernels copy letters. */
  readonly backend: BackendChoice;
}

const LINE_FEED = 10;
const RETURN = 13;
const RECORD = 62;
/** Longest header line, in bytes: names are held in memory. */
const LONGEST_HEADER = 1048576;

/** Cuts the bytes of a FASTA file, chunk after chunk, into pieces of sequences; to be disposed of. */
export class FastaScanner {
  readonly #letters: LetterKernel;
  readonly #maxBytes: number;
  #bytes = 0;
  #line = 1;
  #column = 1;
  #afterReturn = false;
  readonly #decoder = new TextDecoder();
  /** The bytes of a header that has begun but not ended, those of this block left out. */
  #header: number[] | undefined;
  #record = -1;
  #name = '';
  #description = '';
  #offset = 0;

  constructor({ upperCase, maxBytes, backend }: FastaSyntax) {
    this.#letters = openLetters(upperCase, backend);
    this.#maxBytes = maxBytes;
  }

  /**
   * Reads a chunk.
   *
   * @param chunk - the next bytes; not kept
   * @returns the pieces that end in it, each good until the next one
   * @throws InvalidInputError `ERR_FORMAT` with line and column for bytes that cannot stand where they do
   */
  *push(chunk: Uint8Array): Generator<FastaPiece, void> {
    this.#bytes += chunk.length;
    if (this.#bytes > this.#maxBytes) throw this.#wrong(`at most ${this.#maxBytes} bytes (options.maxBytes)`, 'more');
    for (let at = 0; at < chunk.length; at += LETTER_BLOCK) yield* this.#block(chunk.subarray(at, at + LETTER_BLOCK));
  }

  *#block(block: Uint8Array): Generator<FastaPiece, void> {
    const letters = this.#letters;
    letters.load(block);
    let from = 0;
    let i = 0;
    while (i < block.length) {
      if (this.#header !== undefined) {
        i = this.#readHeader(block, i, this.#header);
        continue;
      }
      if (this.#record >= 0 && !this.#afterReturn) {
        i = this.#readLines(i);
        if (i === block.length) break;
      }
      const byte = block[i];
      if (byte === RECORD && this.#column === 1) {
        if (this.#record >= 0) yield this.#piece(letters.letters.subarray(from, letters.size), true);
        from = letters.size;
        this.#header = [];
        this.#column = 2;
      } else if (byte === LINE_FEED) this.#endLine();
      else if (byte === RETURN && !this.#afterReturn) {
        this.#afterReturn = true;
        this.#column++;
      } else throw this.#misplaced(byte, this.#column === 1);
      i++;
    }
    if (letters.size > from) yield this.#piece(letters.letters.subarray(from, letters.size), false);
  }

  /**
   * Ends the file.
   *
   * @returns the end of the last record
   */
  *end(): Generator<FastaPiece, void> {
    if (this.#header !== undefined) this.#beginRecord(Uint8Array.from(this.#header));
    if (this.#record >= 0) yield this.#piece(new Uint8Array(0), true);
  }

  /** Releases the memory. */
  dispose(): void {
    this.#letters.dispose();
  }

  /** The error for a file whose compressed bytes cannot be inflated. */
  damaged(): InvalidInputError {
    return this.#wrong('a whole gzip stream', 'damaged or truncated gzip data');
  }

  #piece(sequence: Uint8Array, last: boolean): FastaPiece {
    const offset = this.#offset;
    this.#offset += sequence.length;
    return { record: this.#record, name: this.#name, description: this.#description, offset, sequence, last };
  }

  /** Copies the letters of lines; gives where something else begins, or the block ends. */
  #readLines(from: number): number {
    const letters = this.#letters;
    const stop = letters.copy(from);
    if (letters.lines > 0) this.#column = 1;
    this.#line += letters.lines;
    this.#column += stop - (letters.lines > 0 ? letters.lineStart : from);
    return stop;
  }

  /** Reads a header from an index on; gives where the next line begins, or the block ends. */
  #readHeader(block: Uint8Array, from: number, begun: number[]): number {
    const feed = block.indexOf(LINE_FEED, from);
    const end = feed < 0 ? block.length : feed;
    this.#column += end - from;
    if (begun.length + end - from > LONGEST_HEADER) {
      throw this.#wrong(`a header of at most ${LONGEST_HEADER} bytes`, 'a longer one');
    }
    if (feed >= 0 && begun.length === 0) this.#beginRecord(block.slice(from, end));
    else {
      for (let i = from; i < end; i++) begun.push(block[i]);
      if (feed < 0) return end;
      this.#beginRecord(Uint8Array.from(begun));
    }
    this.#endLine();
    return feed + 1;
  }

  #beginRecord(header: Uint8Array): void {
    const text = this.#decoder.decode(header).trim();
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
    return this.#wrong("'>' before the first sequence", shown);
  }

  #wrong(expected: string, actual: string): InvalidInputError {
    const [line, column] = [this.#line, this.#column];
    const message = `chunks, line ${line}, column ${column}: expected ${expected}, got ${actual}`;
    return new InvalidInputError(message, 'ERR_FORMAT', { argument: 'chunks', expected, actual, line, column });
  }
}
