import { refusal, requireBoolean, requireInteger, resolveOptions } from '@lemmata/core';
import { type ByteSource, plainBytes } from './byte-source.js';
import { CsvScanner, requireDelimiter } from './csv-records.js';
import { type CsvTable, CsvTableBuilder } from './csv-table.js';
import { formatError } from './format-error.js';
import { Utf8Decoder } from './utf8.js';

/** How {@link readCsv} reads. */
export interface ReadCsvOptions {
  /** What stands between two fields: one character other than a quote and a line end, default `,`. */
  readonly delimiter?: string | undefined;
  /** Whether the first record holds the names of the columns, default true. */
  readonly header?: boolean | undefined;
  /** Longest text accepted, in bytes of UTF-8 after inflation, an integer >= 0, default 2^30. */
  readonly maxBytes?: number | undefined;
  /** Most numbers accepted, an integer in [0, 2^31 - 1], default 2^26 (512 MiB). */
  readonly maxEntries?: number | undefined;
}

const DEFAULTS: {
  readonly delimiter: string;
  readonly header: boolean;
  readonly maxBytes: number;
  readonly maxEntries: number;
} = Object.freeze({ delimiter: ',', header: true, maxBytes: 1073741824, maxEntries: 67108864 });

/** Text is worked on in pieces of at most this many UTF-16 units. */
const PIECE = 16384;

/**
 * Reads a table of numbers from CSV text, as RFC 4180 describes it.
 *
 * Lines end with CRLF or LF, the last one may end with the text; fields may stand in quotes; a byte order mark is passed
 * over. Every field below the header must be a decimal literal with an optional sign: no spaces, no `0x`, no `Infinity`,
 * not empty. Numbers become the nearest doubles. Bytes that begin as gzip does are inflated on the way (one member;
 * platforms differ on what may follow it). The text is never held as a whole: memory is that of the numbers and of one
 * chunk of the source.
 *
 * @param source - the text, or its bytes in UTF-8: at once or in chunks, such as a file's stream or a response's body
 * @param options - delimiter, header, limits
 * @returns names, sizes and the numbers as a dense matrix in row layout; an empty text without header is a 0 x 0 table
 * @throws InvalidInputError `ERR_FORMAT` with `details.line` and `details.column` (from 1, in UTF-16 units) for a record
 * with more or fewer fields than the first, a quote out of place or not closed, a field that is no number, a lone
 * carriage return, bytes that are no UTF-8, damaged gzip data, and text beyond a limit; `ERR_OPTION` for options;
 * `ERR_INPUT` when the source is none. Errors of the source itself are passed on.
 * Complexity: O(bytes) time, O(entries) memory.
 *
 * @example
 * ```ts
 * import { readCsv } from '@lemmata/linalg/io';
 *
 * const { names, matrix } = await readCsv('height,weight\n1.75,68\n1.62,55\n');
 * console.log(names, matrix.data); // height, weight; 1.75 68 1.62 55
 * ```
 * @see RFC 4180, Common Format and MIME Type for CSV Files
 */
export async function readCsv(
  source: string | Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  options?: ReadCsvOptions,
): Promise<CsvTable> {
  const settings = resolveOptions('readCsv', options, DEFAULTS);
  const delimiter = requireDelimiter(settings.delimiter);
  const header = requireBoolean('options.header', settings.header);
  const maxBytes = requireInteger('options.maxBytes', settings.maxBytes);
  const maxEntries = requireInteger('options.maxEntries', settings.maxEntries, 0, 2147483647);
  const table = new CsvTableBuilder(header, maxEntries);
  const scanner = new CsvScanner(delimiter, table);
  if (typeof source === 'string') scanString(source, scanner, maxBytes);
  else if (isByteSource(source)) await scanBytes(source, scanner, maxBytes);
  else throw refusal('source', 'a string, bytes, or an iterable of chunks of bytes', source, 'ERR_INPUT');
  scanner.end();
  return table.finish(scanner.place);
}

function isByteSource(value: unknown): value is ByteSource {
  if (typeof value !== 'object' || value === null) return false;
  return value instanceof Uint8Array || Symbol.asyncIterator in value || Symbol.iterator in value;
}

async function scanBytes(source: ByteSource, scanner: CsvScanner, maxBytes: number): Promise<void> {
  const decoder = new Utf8Decoder();
  let bytes = 0;
  for await (const chunk of plainBytes(source, () => scanner.place)) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLong(scanner, maxBytes);
    const { text, malformed } = decoder.decode(chunk);
    scanner.push(text);
    if (malformed) throw formatError(scanner.place, 'UTF-8', 'a byte that cannot stand there');
  }
  if (decoder.unfinished) throw formatError(scanner.place, 'UTF-8', 'the end of the text inside a character');
}

function scanString(text: string, scanner: CsvScanner, maxBytes: number): void {
  let bytes = 0;
  for (let at = 0; at < text.length; at += PIECE) {
    const piece = text.slice(at, at + PIECE);
    for (let i = 0; i < piece.length; i++) {
      const unit = piece.charCodeAt(i);
      // Each half of a surrogate pair stands for two of the four bytes.
      bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
    }
    if (bytes > maxBytes) throw tooLong(scanner, maxBytes);
    scanner.push(piece);
  }
}

function tooLong(scanner: CsvScanner, maxBytes: number): Error {
  return formatError(scanner.place, `at most ${maxBytes} bytes (options.maxBytes)`, 'more');
}
