import { DimensionError, refusal, requireVector, resolveOptions } from '@lemmata/core';
import { toSparse } from '../matrix/convert.js';
import type { MatrixLike, SparseMatrix } from '../matrix/types.js';
import { formatDecimal } from './decimal.js';
import { requireFirstIndex } from './libsvm-options.js';
import { textChunks } from './text-chunks.js';

/** How {@link writeLibsvm} writes. */
export interface WriteLibsvmOptions {
  /** Index of the first column in the text: 1, as LIBSVM has it, or 0; default 1. */
  readonly firstIndex?: 0 | 1 | undefined;
  /** Query (`qid`) of each row, integers in [0, 2^53 - 1], length rows; no queries when left out or empty. */
  readonly queries?: ArrayLike<number> | undefined;
}

const DEFAULTS: { readonly firstIndex: 0 | 1; readonly queries: ArrayLike<number> } = Object.freeze({
  firstIndex: 1,
  queries: Object.freeze([]),
});

/**
 * Writes labelled rows as text in the format of LIBSVM and SVMlight, in chunks of UTF-8.
 *
 * Each number is the shortest decimal that is read as the same double, negative zero included, so `readLibsvm` with the
 * same `firstIndex` and `cols` gives the same bits back. Zeros of a dense matrix are left out, explicit zeros of a
 * sparse one are written. Lines end with LF.
 *
 * @param matrix - any matrix, of shape (m, n)
 * @param labels - label of each row, any array of m finite numbers
 * @param options - first index and queries
 * @returns the chunks, made while they are asked for; the matrix must not change meanwhile
 * @throws DimensionError when there are not as many labels or queries as rows; DimensionError, InvalidInputError as
 * `toMatrix` of `@lemmata/linalg` does
 * @throws InvalidInputError `ERR_NOT_FINITE` for a label that is not finite, `ERR_OPTION` for options
 * Complexity: O(entries + rows) time (O(m n) for a dense matrix), memory of one chunk and of the matrix as `'csr'`.
 *
 * @example
 * ```ts
 * import { writeLibsvm } from '@lemmata/linalg/io';
 *
 * const chunks = [...writeLibsvm([[0.5, 0, 2], [0, -4, 0]], [1, -1])];
 * console.log(new TextDecoder().decode(chunks[0])); // 1 1:0.5 3:2 and -1 2:-4
 * ```
 * @see Chang and Lin, "LIBSVM: A library for support vector machines", ACM TIST 2011
 */
export function writeLibsvm(
  matrix: MatrixLike,
  labels: ArrayLike<number>,
  options?: WriteLibsvmOptions,
): Generator<Uint8Array, void> {
  const settings = resolveOptions('writeLibsvm', options, DEFAULTS);
  const firstIndex = requireFirstIndex(settings.firstIndex);
  const sparse = toSparse(matrix, 'csr');
  const targets = requireVector('labels', labels, sparse.rows, 'rows of the matrix');
  const queries = requireQueries(settings.queries, sparse.rows);
  return textChunks(lines(sparse, targets, queries, firstIndex));
}

function requireQueries(queries: unknown, rows: number): Float64Array {
  if (Array.isArray(queries) || ArrayBuffer.isView(queries)) {
    const source = queries as unknown as ArrayLike<unknown>;
    if (source.length !== 0 && source.length !== rows) {
      throw new DimensionError(`options.queries: expected length ${rows} (rows of the matrix), got ${source.length}`, {
        argument: 'options.queries',
        expected: rows,
        actual: source.length,
      });
    }
    return Float64Array.from({ length: source.length }, (_, i) => {
      const query = source[i];
      if (Number.isSafeInteger(query) && (query as number) >= 0) return query as number;
      throw refusal(`options.queries[${i}]`, 'an integer in [0, 2^53 - 1]', query);
    });
  }
  throw refusal('options.queries', 'an array of integers', queries);
}

function* lines(
  { rows, indptr, indices, data }: SparseMatrix,
  labels: Float64Array,
  queries: Float64Array,
  firstIndex: 0 | 1,
): Generator<string, void> {
  for (let i = 0; i < rows; i++) {
    yield formatDecimal(labels[i]);
    if (queries.length > 0) yield ` qid:${queries[i]}`;
    for (let k = indptr[i]; k < indptr[i + 1]; k++) yield ` ${indices[k] + firstIndex}:${formatDecimal(data[k])}`;
    yield '\n';
  }
}
