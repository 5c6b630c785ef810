import { DimensionError, InvalidInputError, refusal, resolveOptions } from '@lemmata/core';
import { toDense } from '../matrix/convert.js';
import type { DenseMatrix, MatrixLike } from '../matrix/types.js';
import { requireDelimiter } from './csv-delimiter.js';
import { formatDecimal } from './decimal.js';
import { MAX_FIELD } from './record-scanner.js';
import { textChunks } from './text-chunks.js';

/** How {@link writeCsv} writes. */
export interface WriteCsvOptions {
  /** Names of the columns for a header, length cols; no header when left out or empty. */
  readonly names?: readonly string[] | undefined;
  /** What stands between two fields: one character other than a quote and a line end, default `,`. */
  readonly delimiter?: string | undefined;
}

const DEFAULTS: { readonly names: readonly string[]; readonly delimiter: string } = Object.freeze({
  names: Object.freeze([]),
  delimiter: ',',
});

/**
 * Writes a matrix as CSV text, as RFC 4180 describes it, in chunks of UTF-8.
 *
 * Each number is the shortest decimal that is read as the same double, negative zero included, so `readCsv` gives the
 * same bits back. Lines end with CRLF.
 *
 * @param matrix - any matrix, of shape (m, n); a sparse one is written in full
 * @param options - names and delimiter
 * @returns the chunks, made while they are asked for; the arguments must not change meanwhile
 * @throws DimensionError when there are not as many names as columns; DimensionError, InvalidInputError as `toMatrix`
 * of `@lemmata/linalg` does
 * @throws InvalidInputError `ERR_OPTION` for options, names that are no well-formed strings of at most 65536 characters
 * included; `ERR_INCOMPATIBLE` for shapes that CSV cannot hold: rows without columns, columns with neither rows nor names
 * Complexity: O(m n) time, memory of one chunk and of the matrix in row layout.
 *
 * @example
 * ```ts
 * import { writeCsv } from '@lemmata/linalg/io';
 *
 * const chunks = [...writeCsv([[1.75, 68]], { names: ['height', 'weight'] })];
 * console.log(new TextDecoder().decode(chunks[0])); // height,weight and 1.75,68
 * ```
 * @see RFC 4180, Common Format and MIME Type for CSV Files
 */
export function writeCsv(matrix: MatrixLike, options?: WriteCsvOptions): Generator<Uint8Array, void> {
  const settings = resolveOptions('writeCsv', options, DEFAULTS);
  const delimiter = requireDelimiter(settings.delimiter);
  const dense = toDense(matrix, 'row');
  const names = requireNames(settings.names, dense.cols);
  if (dense.cols === 0 ? dense.rows > 0 : dense.rows === 0 && names.length === 0) {
    throw new InvalidInputError(
      `matrix: expected a shape that CSV can hold, got ${dense.rows} x ${dense.cols} without names`,
      'ERR_INCOMPATIBLE',
      { argument: 'matrix', expected: 'rows with columns, or names', actual: [dense.rows, dense.cols] },
    );
  }
  return textChunks(pieces(dense, names, delimiter));
}

function requireNames(names: unknown, cols: number): readonly string[] {
  if (!Array.isArray(names)) throw refusal('options.names', 'an array of strings', names);
  if (names.length !== 0 && names.length !== cols) {
    throw new DimensionError(`options.names: expected length ${cols} (columns of the matrix), got ${names.length}`, {
      argument: 'options.names',
      expected: cols,
      actual: names.length,
    });
  }
  return Array.from(names, (name: unknown, k) => {
    const wellFormed = typeof name === 'string' && !/\p{Surrogate}/u.test(name);
    if (wellFormed && name.length <= MAX_FIELD) return name;
    throw refusal(`options.names[${k}]`, `a well-formed string of at most ${MAX_FIELD} characters`, name);
  });
}

function* pieces(matrix: DenseMatrix, names: readonly string[], delimiter: string): Generator<string, void> {
  const { rows, cols, data } = matrix;
  if (names.length > 0) yield names.map((name) => field(name, delimiter)).join(delimiter) + '\r\n';
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      const end = j === cols - 1 ? '\r\n' : delimiter;
      yield field(formatDecimal(data[i * cols + j]), delimiter) + end;
    }
  }
}

/** A field, in quotes where it needs them: also when empty, or when its first character would be a byte order mark. */
function field(text: string, delimiter: string): string {
  const bare = text !== '' && !text.includes(delimiter) && !/["\r\n\uFEFF]/.test(text);
  return bare ? text : `"${text.replaceAll('"', '""')}"`;
}
