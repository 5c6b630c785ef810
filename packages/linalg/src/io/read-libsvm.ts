import { requireInteger, resolveOptions, type Settings } from '@lemmata/core';
import { requireFirstIndex } from './libsvm-options.js';
import { type LibsvmData, LibsvmRowsBuilder } from './libsvm-rows.js';
import { DEFAULT_LIMITS, type ReadLimits, readRecords, requireLimits, type TextSource } from './read-records.js';

/** How {@link readLibsvm} reads. */
export interface ReadLibsvmOptions extends ReadLimits {
  /** Index of the first column in the text: 1, as LIBSVM has it, or 0, as some programs write; default 1. */
  readonly firstIndex?: 0 | 1 | undefined;
  /** Number of columns, an integer in [0, 2^31 - 1]; when left out, the largest index of the text tells it. */
  readonly cols?: number | undefined;
}

const DEFAULTS: Settings<ReadLibsvmOptions, 'cols'> = Object.freeze({
  firstIndex: 1,
  cols: undefined,
  ...DEFAULT_LIMITS,
});

/**
 * Reads labelled sparse rows from text in the format of LIBSVM and SVMlight.
 *
 * A line is `label index:value index:value ...`, with spaces or tabs between the words, and may have `qid:n` after the
 * label, then in all lines or in none. What follows a `#` is a comment; lines without words are passed over. Labels and
 * values are decimal literals with an optional sign and become the nearest doubles; indices are digits and rise strictly
 * in a line. A row has one label: lists of labels (`1,3`) are refused. Bytes that begin as gzip does are inflated on the
 * way (one member); a byte order mark is passed over. The text is never held as a whole.
 *
 * @param source - the text, or its bytes in UTF-8: at once or in chunks, such as a file's stream or a response's body
 * @param options - first index, number of columns, limits: `maxEntries` bounds the pairs, and also the rows
 * @returns the features as a `'csr'` matrix, the labels, and the queries if there are any
 * @throws InvalidInputError `ERR_FORMAT` with `details.line` and `details.column` (from 1, in UTF-16 units) for a label,
 * an index or a value that is no number, indices out of range or out of order, a query out of place, a lone carriage
 * return, bytes that are no UTF-8, damaged gzip data, and text beyond a limit; `ERR_OPTION` for options; `ERR_INPUT`
 * when the source is none. Errors of the source itself are passed on.
 * Complexity: O(bytes) time, O(entries + rows) memory.
 *
 * @example
 * ```ts
 * import { readLibsvm } from '@lemmata/linalg/io';
 *
 * const { A, labels } = await readLibsvm('+1 1:0.5 3:2 # the first row\n-1 2:-4\n');
 * console.log(labels, A.cols, A.indices, A.data); // 1 -1; 3; 0 2 1; 0.5 2 -4
 * ```
 * @see Chang and Lin, "LIBSVM: A library for support vector machines", ACM TIST 2011; `qid` and comments: SVMlight
 */
export async function readLibsvm(source: TextSource, options?: ReadLibsvmOptions): Promise<LibsvmData> {
  const settings = resolveOptions('readLibsvm', options, DEFAULTS);
  const firstIndex = requireFirstIndex(settings.firstIndex);
  const { cols, maxBytes, maxEntries } = settings;
  if (cols !== undefined) requireInteger('options.cols', cols, 0, 2147483647);
  requireLimits(settings);
  const rows = new LibsvmRowsBuilder(firstIndex, cols, maxEntries);
  return readRecords(source, { delimiter: 'blanks', comment: '#' }, rows, maxBytes);
}
