import { pow, randomStream, requireInteger, resolveOptions } from '@lemmata/core';
import { toSparse } from '../matrix/convert.js';
import type { SparseMatrix } from '../matrix/types.js';

/** The largest number of rows, columns or entries. */
const MAX_INT32 = 2147483647;

/** What {@link zipfDesign} draws. */
export interface ZipfDesignOptions {
  /** Number of rows (documents), an integer in [0, 2^31 - 1]. */
  readonly rows: number;
  /** Number of columns (words, the most frequent first), an integer in [0, 2^31 - 1]. */
  readonly cols: number;
  /** Entries in each row, an integer in [0, cols] with rows * perRow < 2^31, default 14. */
  readonly perRow?: number | undefined;
  /** Seed of the draws: a string or a finite number, default 0. */
  readonly seed?: number | string | undefined;
}

/** Frequency of the word of rank r is proportional to r^-ZIPF_EXPONENT. */
const ZIPF_EXPONENT = 1.1;

/**
 * Draws a sparse design that resembles counts of words: few columns with many entries, many with few or none.
 *
 * Each row has `perRow` different columns, drawn one after the other: every draw takes column j (rank j + 1) with
 * probability proportional to (j + 1)^-1.1 among the columns that the row does not have yet. (It draws from all columns
 * by inversion of the cumulative weights, and again while the column is taken already, which is the same law.) Values
 * are 1 + an exponential of mean 1, drawn with columns rising; then the row is divided by its Euclidean length. Draws
 * come row by row from the streams `seed` / `zipf-design` / `columns` and `values`. Columns may be empty.
 *
 * @param options - rows, cols, perRow and seed
 * @returns a sparse matrix in `'csc'` layout, shape (rows, cols), with rows * perRow entries; the same bits for the same
 * seed in every engine
 * @throws InvalidInputError `ERR_OPTION` when a number is missing or out of its range, or an option is unknown
 * Complexity: O(cols + rows * perRow * log(cols)) expected while perRow is small against cols; draws repeat more and
 * more as perRow nears cols, where the last column alone takes O(cols^1.1) of them.
 *
 * @example
 * ```ts
 * import { zipfDesign } from '@lemmata/linalg';
 *
 * const A = zipfDesign({ rows: 5000, cols: 24000, seed: 1 }); // 70000 entries
 * ```
 */
export function zipfDesign(options: ZipfDesignOptions): SparseMatrix {
  const settings = resolveOptions('zipfDesign', options, {
    rows: undefined as number | undefined,
    cols: undefined as number | undefined,
    perRow: 14,
    seed: 0 as number | string,
  });
  const rows = requireInteger('options.rows', settings.rows, 0, MAX_INT32);
  const cols = requireInteger('options.cols', settings.cols, 0, MAX_INT32);
  const most = Math.min(cols, Math.floor(MAX_INT32 / Math.max(1, rows)));
  const perRow = requireInteger('options.perRow', settings.perRow, 0, most);
  const stream = randomStream(settings.seed).fork('zipf-design');
  const columnDraws = stream.fork('columns');
  const valueDraws = stream.fork('values');
  const cumulative = zipfCumulative(cols);
  const indptr = new Int32Array(rows + 1);
  const indices = new Int32Array(rows * perRow);
  const data = new Float64Array(rows * perRow);
  const lastRow = new Int32Array(cols).fill(-1);
  for (let i = 0; i < rows; i++) {
    const begin = i * perRow;
    const end = begin + perRow;
    for (let k = begin; k < end; k++) {
      let column: number;
      do column = firstAbove(cumulative, columnDraws.uniform() * cumulative[cols - 1]);
      while (lastRow[column] === i);
      lastRow[column] = i;
      indices[k] = column;
    }
    indices.subarray(begin, end).sort();
    let squares = 0;
    for (let k = begin; k < end; k++) {
      data[k] = 1 + valueDraws.exponential();
      squares += data[k] * data[k];
    }
    const length = Math.sqrt(squares);
    for (let k = begin; k < end; k++) data[k] /= length;
    indptr[i + 1] = end;
  }
  return toSparse({ layout: 'csr', rows, cols, indptr, indices, data }, 'csc');
}

/** The sums of 1^-1.1 .. (j + 1)^-1.1, the smallest rank first. */
function zipfCumulative(cols: number): Float64Array {
  const cumulative = new Float64Array(cols);
  let sum = 0;
  for (let j = 0; j < cols; j++) {
    sum += pow(j + 1, -ZIPF_EXPONENT);
    cumulative[j] = sum;
  }
  return cumulative;
}

/** The first index whose entry is above the value, by bisection; the last index if none is. */
function firstAbove(rising: Float64Array, value: number): number {
  let low = 0;
  let high = rising.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rising[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
