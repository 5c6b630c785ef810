import { DimensionError, refusal } from '@lemmata/core';

/**
 * Builds the error for an array of the wrong length.
 *
 * @param argument - name of the array
 * @param expected - the length that fits, or what it must satisfy
 * @param reason - where that length comes from
 * @param actual - the length that came
 * @returns the error, to be thrown
 */
function lengthError(argument: string, expected: number | string, reason: string, actual: number): DimensionError {
  return new DimensionError(`${argument}: expected length ${expected} (${reason}), got ${actual}`, {
    argument,
    expected,
    actual,
  });
}

/** Requires a vector of a given length. */
export function requireLength(argument: string, array: Float64Array, expected: number, reason: string): void {
  if (array.length !== expected) throw lengthError(argument, expected, reason, array.length);
}

/** Requires integers 0 <= from <= to <= limit, where the limit is the number of columns or the length of `ids`. */
export function requireRange(from: number, to: number, limit: number): void {
  if (from >= 0 && from <= to && to <= limit && Math.floor(from) === from && Math.floor(to) === to) return;
  throw new DimensionError(`[from, to): expected integers 0 <= from <= to <= ${limit}, got [${from}, ${to})`, {
    argument: 'from, to',
    expected: limit,
    actual: [from, to],
  });
}

/** Requires a selection of columns: the range within `ids`, and each ids[k] in it one of `cols` columns. */
export function requireSelection(ids: Int32Array, from: number, to: number, cols: number): void {
  requireRange(from, to, ids.length);
  for (let k = from; k < to; k++) {
    if (ids[k] >= 0 && ids[k] < cols) continue;
    throw new DimensionError(`ids[${k}]: expected a column in [0, ${cols}), got ${ids[k]}`, {
      argument: `ids[${k}]`,
      expected: cols,
      actual: ids[k],
    });
  }
}

/** Requires a dense matrix of `rows` x `cols`. */
export function requireDense(rows: number, a: Float64Array, cols: number): void {
  if (a.length !== rows * cols) throw lengthError('a', rows * cols, `${rows} rows x ${cols} columns`, a.length);
}

/** Requires a sparse matrix of `cols` columns whose entries are all there; their contents are not looked at. */
export function requireSparse(indptr: Int32Array, indices: Int32Array, data: Float64Array, cols: number): void {
  if (indptr.length !== cols + 1) throw lengthError('indptr', cols + 1, 'columns + 1', indptr.length);
  if (indices.length !== data.length) throw lengthError('indices', data.length, 'length of data', indices.length);
  const entries = indptr[cols];
  if (entries > data.length) throw lengthError('data', `>= ${entries}`, 'last entry of indptr', data.length);
}

/** Requires a threshold >= 0. */
export function requireThreshold(threshold: number): void {
  if (!(threshold >= 0)) throw refusal('threshold', 'a number >= 0', threshold);
}
