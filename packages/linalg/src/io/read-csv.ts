import { requireBoolean, resolveOptions } from '@lemmata/core';
import { requireDelimiter } from './csv-delimiter.js';
import { type CsvTable, CsvTableBuilder } from './csv-table.js';
import { DEFAULT_LIMITS, type ReadLimits, readRecords, requireLimits, type TextSource } from './read-records.js';

/** How {@link readCsv} reads. */
export interface ReadCsvOptions extends ReadLimits {
  /** What stands between two fields: one character other than a quote and a line end, default `,`. */
  readonly delimiter?: string | undefined;
  /** Whether the first record holds the names of the columns, default true. */
  readonly header?: boolean | undefined;
}

const DEFAULTS: {
  readonly delimiter: string;
  readonly header: boolean;
  readonly maxBytes: number;
  readonly maxEntries: number;
} = Object.freeze({ delimiter: ',', header: true, ...DEFAULT_LIMITS });

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
export async function readCsv(source: TextSource, options?: ReadCsvOptions): Promise<CsvTable> {
  const settings = resolveOptions('readCsv', options, DEFAULTS);
  const delimiter = requireDelimiter(settings.delimiter);
  const header = requireBoolean('options.header', settings.header);
  requireLimits(settings);
  const table = new CsvTableBuilder(header, settings.maxEntries);
  return readRecords(source, { delimiter, comment: '' }, table, settings.maxBytes);
}
