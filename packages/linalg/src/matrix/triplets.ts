import { notFinite, refusal, requireOneOf } from '@lemmata/core';
import { finiteNumbers, requireArray, requireLength, requireSize } from './check.js';
import { toSparse } from './convert.js';
import { toMatrix } from './to-matrix.js';
import type { MatrixLike, SparseMatrix, TripletArrays, Triplets } from './types.js';

/**
 * Makes a sparse matrix of entries in any order.
 *
 * Entries that stand in the same place are added in the order in which they come, so the sum has the same bits
 * everywhere; explicit zeros, and sums that are zero, are kept.
 *
 * @param rows - number of rows, an integer in [0, 2^31 - 1]
 * @param cols - number of columns, an integer in [0, 2^31 - 1]
 * @param triplets - three arrays of one length: row and column (from 0) and value of each entry
 * @param layout - which lines are compressed, default `'csr'`
 * @returns the matrix; the arrays of the caller are not kept
 * @throws DimensionError when the three arrays differ in length
 * @throws InvalidInputError when a row or column is out of range (with its index), a value is no finite number, or a
 * sum overflows (named by row and column)
 * Complexity: O(entries + rows + cols).
 *
 * @example
 * ```ts
 * import { fromTriplets } from '@lemmata/linalg';
 *
 * const A = fromTriplets(2, 2, { rows: [1, 0, 1], cols: [0, 1, 0], values: [4, 3, 0.5] }); // (0 3), (4.5 0)
 * ```
 */
export function fromTriplets(
  rows: number,
  cols: number,
  triplets: Triplets,
  layout: 'csr' | 'csc' = 'csr',
): SparseMatrix {
  requireSize('rows', rows);
  requireSize('cols', cols);
  requireOneOf('layout', layout, ['csr', 'csc']);
  const source = requireArray('triplets.values', triplets.values);
  const values = finiteNumbers(source, (value, k) => notFinite(`triplets.values[${k}]`, value, k));
  const rowOf = places('triplets.rows', triplets.rows, values.length, 'row', rows);
  const colOf = places('triplets.cols', triplets.cols, values.length, 'column', cols);
  const [lineOf, placeOf] = layout === 'csr' ? [rowOf, colOf] : [colOf, rowOf];
  const [lines, width] = layout === 'csr' ? [rows, cols] : [cols, rows];
  // Sorting by place and then by line, both stably, leaves equal entries in the order in which they came.
  const byPlace = sortedBy(placeOf, width, undefined);
  const order = sortedBy(lineOf, lines, byPlace);
  return { layout, rows, cols, ...compress(layout, lines, lineOf, placeOf, values, order) };
}

function places(argument: string, value: unknown, length: number, word: string, bound: number): Int32Array {
  const source = requireArray(argument, value);
  requireLength(argument, source.length, length, 'that of triplets.values');
  const integers = new Int32Array(length);
  for (let k = 0; k < length; k++) {
    const entry = source[k];
    if (typeof entry !== 'number' || !Number.isInteger(entry) || entry < 0 || entry >= bound) {
      throw refusal(`${argument}[${k}]`, `a ${word} in [0, ${bound})`, entry, 'ERR_INPUT');
    }
    integers[k] = entry;
  }
  return integers;
}

/** The positions sorted by key, stably: positions with the same key stay as they are in `before`. */
function sortedBy(keys: Int32Array, bound: number, before: Int32Array | undefined): Int32Array {
  const next = new Int32Array(bound + 1);
  for (let k = 0; k < keys.length; k++) next[keys[k] + 1]++;
  for (let key = 0; key < bound; key++) next[key + 1] += next[key];
  const sorted = new Int32Array(keys.length);
  for (let k = 0; k < keys.length; k++) {
    const position = before === undefined ? k : before[k];
    sorted[next[keys[position]]++] = position;
  }
  return sorted;
}

function compress(
  layout: 'csr' | 'csc',
  lines: number,
  lineOf: Int32Array,
  placeOf: Int32Array,
  values: Float64Array,
  order: Int32Array,
): Pick<SparseMatrix, 'indptr' | 'indices' | 'data'> {
  const indptr = new Int32Array(lines + 1);
  const indices = new Int32Array(order.length);
  const data = new Float64Array(order.length);
  let count = 0;
  let lastLine = -1;
  for (const position of order) {
    const line = lineOf[position];
    const place = placeOf[position];
    if (line === lastLine && indices[count - 1] === place) {
      data[count - 1] += values[position];
      if (Number.isFinite(data[count - 1])) continue;
      const index = layout === 'csr' ? [line, place] : [place, line];
      throw notFinite(`triplets: sum at [${index[0]}][${index[1]}]`, data[count - 1], index);
    }
    indices[count] = place;
    data[count] = values[position];
    indptr[line + 1]++;
    lastLine = line;
    count++;
  }
  for (let line = 0; line < lines; line++) indptr[line + 1] += indptr[line];
  return { indptr, indices: indices.slice(0, count), data: data.slice(0, count) };
}

/**
 * Gives the entries of a matrix as three parallel arrays, row by row for `'row'` and `'csr'`, else column by column.
 *
 * @param matrix - any matrix; the zeros of a dense one are left out, explicit zeros of a sparse one are not
 * @returns new arrays: row, column and value of each entry
 * @throws DimensionError, InvalidInputError as `toMatrix` does
 * Complexity: O(entries + lines) for a sparse matrix, O(rows * cols) for a dense one.
 *
 * @example
 * ```ts
 * import { toTriplets } from '@lemmata/linalg';
 *
 * const { rows, cols, values } = toTriplets([[0, 3], [4, 0]]); // 0 1; 1 0; 3 4
 * ```
 */
export function toTriplets(matrix: MatrixLike): TripletArrays {
  const checked = toMatrix('matrix', matrix);
  const byRows = checked.layout === 'row' || checked.layout === 'csr';
  const { indptr, indices, data } = toSparse(checked, byRows ? 'csr' : 'csc');
  const lineOf = new Int32Array(indices.length);
  for (let line = 0; line < indptr.length - 1; line++) lineOf.fill(line, indptr[line], indptr[line + 1]);
  const placeOf = indices.slice();
  return { rows: byRows ? lineOf : placeOf, cols: byRows ? placeOf : lineOf, values: data.slice() };
}
