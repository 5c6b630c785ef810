import { DimensionError, InvalidInputError, notFinite, refusal, requireInteger, requireOneOf } from '@lemmata/core';
import type { DenseMatrix, SparseMatrix } from './types.js';

/** The largest number of rows, columns or entries: indices are 32-bit integers. */
const MAX_INT32 = 2147483647;

/**
 * Requires a number of rows or columns.
 *
 * @param argument - name for the message
 * @param value - what came
 * @returns the integer, in [0, 2^31 - 1]
 * @throws InvalidInputError `ERR_INPUT` for anything else
 */
export function requireSize(argument: string, value: unknown): number {
  return requireInteger(argument, value, 0, MAX_INT32);
}

/**
 * Requires an array or a typed array of numbers, without looking at its entries.
 *
 * @param argument - name for the message
 * @param value - what came
 * @param expected - what the message asks for
 * @returns the array, whose entries may still be anything
 * @throws InvalidInputError `ERR_INPUT` for anything else, arrays of BigInt included
 */
export function requireArray(
  argument: string,
  value: unknown,
  expected: string = 'an array of numbers',
): ArrayLike<unknown> {
  if (Array.isArray(value)) return value;
  const bytes = value instanceof DataView || value instanceof BigInt64Array || value instanceof BigUint64Array;
  if (ArrayBuffer.isView(value) && !bytes) return value as unknown as ArrayLike<unknown>;
  throw refusal(argument, expected, value);
}

/**
 * Requires a length.
 *
 * @param argument - name for the message
 * @param actual - the length that came
 * @param expected - the length that fits
 * @param reason - where that length comes from, for the message
 * @throws DimensionError when the two differ
 */
export function requireLength(argument: string, actual: number, expected: number, reason: string): void {
  if (actual === expected) return;
  throw new DimensionError(`${argument}: expected length ${expected} (${reason}), got ${actual}`, {
    argument,
    expected,
    actual,
  });
}

/** Whether all entries are finite: x * 0 is a zero for finite x and NaN for all others, and NaN stays in a sum. */
function allFinite(data: Float64Array): boolean {
  const n = data.length;
  const body = n - (n % 4);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < body; i += 4) {
    a += data[i] * 0;
    b += data[i + 1] * 0;
    c += data[i + 2] * 0;
    d += data[i + 3] * 0;
  }
  for (let i = body; i < n; i++) a += data[i] * 0;
  return a + b + c + d === 0;
}

/**
 * Turns an array of numbers into a Float64Array of finite numbers. A Float64Array is kept as it is.
 *
 * @param source - the array
 * @param refuse - builds the error for the entry at a position that is not a finite number
 * @returns the same array, or a new one
 * @throws what `refuse` gives
 */
export function finiteNumbers(
  source: ArrayLike<unknown>,
  refuse: (value: unknown, position: number) => Error,
): Float64Array {
  let data: Float64Array;
  if (source instanceof Float64Array) {
    data = source;
  } else if (ArrayBuffer.isView(source)) {
    data = new Float64Array(source as unknown as ArrayLike<number>);
  } else {
    data = new Float64Array(source.length);
    for (let k = 0; k < data.length; k++) {
      const entry = source[k];
      if (typeof entry !== 'number') throw refuse(entry, k);
      data[k] = entry;
    }
  }
  if (!allFinite(data)) {
    const position = data.findIndex((entry) => !Number.isFinite(entry));
    throw refuse(data[position], position);
  }
  return data;
}

/** An Int32Array with the same integers, the array itself if it is one. */
function int32(argument: string, source: ArrayLike<unknown>): Int32Array {
  if (source instanceof Int32Array) return source;
  const integers = new Int32Array(source.length);
  for (let k = 0; k < integers.length; k++) {
    const entry = source[k];
    if (typeof entry !== 'number' || (entry | 0) !== entry) {
      throw outOfPlace(`${argument}[${k}]`, `an integer in [0, ${MAX_INT32}]`, entry, { index: k });
    }
    integers[k] = entry;
  }
  return integers;
}

function outOfPlace(
  argument: string,
  expected: string,
  value: unknown,
  details: Readonly<Record<string, number>>,
): InvalidInputError {
  const { message } = refusal(argument, expected, value, 'ERR_INPUT');
  return new InvalidInputError(message, 'ERR_INPUT', { argument, expected, actual: value, ...details });
}

/**
 * Checks the parts of a dense matrix and puts them together. A Float64Array is kept, every other array is converted.
 *
 * @param argument - name of the matrix for the messages
 * @param parts - layout (`'row'` when undefined), rows, cols and data
 * @param entries - `'later'` leaves the entries of a Float64Array to {@link requireFinite}
 * @returns the matrix
 * @throws DimensionError when the number of entries is not rows * cols
 * @throws InvalidInputError for anything else that does not fit; NaN and infinities are named by row and column
 */
export function checkDense(
  argument: string,
  parts: { readonly [K in keyof DenseMatrix]?: unknown },
  entries: 'now' | 'later' = 'now',
): DenseMatrix {
  const word = parts.layout === undefined ? 'row' : parts.layout;
  const layout = requireOneOf(`${argument}.layout`, word, ['row', 'column'] as const);
  const rows = requireSize(`${argument}.rows`, parts.rows);
  const cols = requireSize(`${argument}.cols`, parts.cols);
  const source = requireArray(`${argument}.data`, parts.data);
  requireLength(`${argument}.data`, source.length, rows * cols, `rows * cols = ${rows} * ${cols}`);
  if (entries === 'later' && source instanceof Float64Array) return { layout, rows, cols, data: source };
  const data = finiteNumbers(source, (value, position) => notFiniteAt(argument, layout, rows, cols, value, position));
  return { layout, rows, cols, data };
}

/** The error for an entry of a dense matrix, named by row and column. */
function notFiniteAt(
  argument: string,
  layout: 'row' | 'column',
  rows: number,
  cols: number,
  value: unknown,
  position: number,
): Error {
  const [i, j] = layout === 'row' ? split(position, cols) : split(position, rows).reverse();
  return notFinite(`${argument}[${i}][${j}]`, value, [i, j]);
}

/**
 * Requires that all entries of a dense matrix are finite: what `toMatrix` left for later.
 *
 * For callers who see from sums that they compute anyway, such as squared lengths of columns, that an entry may not be
 * finite, and only then look for it.
 *
 * @param argument - name of the matrix as the caller knows it, for the message
 * @param matrix - a dense matrix
 * @throws InvalidInputError `ERR_NOT_FINITE` for NaN and infinities, named by row and column
 * Complexity: O(rows * cols).
 *
 * @example
 * ```ts
 * import { requireFinite, toDense } from '@lemmata/linalg';
 *
 * requireFinite('A', toDense([[1, 2], [3, 4]]));
 * ```
 */
export function requireFinite(argument: string, matrix: DenseMatrix): void {
  const { layout, rows, cols, data } = matrix;
  finiteNumbers(data, (value, position) => notFiniteAt(argument, layout, rows, cols, value, position));
}

/** Which line of the given width a position is in, and where in it. */
function split(position: number, width: number): number[] {
  return [Math.floor(position / width), position % width];
}

/**
 * Checks the parts of a sparse matrix and puts them together. Arrays that have the right type are kept, all others are
 * converted. O(lines + entries).
 *
 * @param argument - name of the matrix for the messages
 * @param parts - layout, rows, cols, indptr, indices and data
 * @returns the matrix
 * @throws DimensionError when lengths do not fit together
 * @throws InvalidInputError when offsets fall, or indices do not rise inside a line or leave their range (with the
 * line and the position), or an entry is not finite (with row and column)
 */
export function checkSparse(argument: string, parts: { readonly [K in keyof SparseMatrix]?: unknown }): SparseMatrix {
  const layout = requireOneOf(`${argument}.layout`, parts.layout, ['csr', 'csc'] as const);
  const rows = requireSize(`${argument}.rows`, parts.rows);
  const cols = requireSize(`${argument}.cols`, parts.cols);
  const [lines, width] = layout === 'csr' ? [rows, cols] : [cols, rows];
  const offsets = requireArray(`${argument}.indptr`, parts.indptr);
  const reason = layout === 'csr' ? 'rows + 1' : 'cols + 1';
  requireLength(`${argument}.indptr`, offsets.length, lines + 1, reason);
  const indptr = int32(`${argument}.indptr`, offsets);
  if (indptr[0] !== 0) throw outOfPlace(`${argument}.indptr[0]`, '0', indptr[0], { index: 0 });
  for (let line = 0; line < lines; line++) {
    if (indptr[line + 1] >= indptr[line]) continue;
    const expected = `an integer >= ${indptr[line]} (offsets never fall)`;
    throw outOfPlace(`${argument}.indptr[${line + 1}]`, expected, indptr[line + 1], { index: line + 1 });
  }
  const places = requireArray(`${argument}.indices`, parts.indices);
  requireLength(`${argument}.indices`, places.length, indptr[lines], `the last entry of ${argument}.indptr`);
  const values = requireArray(`${argument}.data`, parts.data);
  requireLength(`${argument}.data`, values.length, indptr[lines], `the last entry of ${argument}.indptr`);
  const indices = int32(`${argument}.indices`, places);
  checkIndices(argument, layout, width, indptr, indices);
  const data = finiteNumbers(values, (value, position) => {
    const line = lineOf(indptr, position);
    const [i, j] = layout === 'csr' ? [line, indices[position]] : [indices[position], line];
    return notFinite(`${argument}[${i}][${j}]`, value, [i, j]);
  });
  return { layout, rows, cols, indptr, indices, data };
}

/**
 * Whether indices are within range and rise inside each line. Lines may have an entry or none in no order, at which
 * branches are mispredicted: the places where indices do not rise are counted over all entries, then over the first ones
 * of lines, where alone they may be.
 */
function indicesRise(width: number, indptr: Int32Array, indices: Int32Array): boolean {
  const entries = indptr[indptr.length - 1];
  let outside = 0;
  let falls = 0;
  let previous = -1;
  for (let k = 0; k < entries; k++) {
    const index = indices[k];
    outside |= index | (width - 1 - index);
    falls += (index - previous - 1) >>> 31;
    previous = index;
  }
  if (outside < 0) return false;
  for (let line = 0; line < indptr.length - 1; line++) {
    const start = indptr[line];
    if (start === 0 || start === entries) continue;
    falls -= ((start - indptr[line + 1]) >>> 31) & ((indices[start] - indices[start - 1] - 1) >>> 31);
  }
  return falls === 0;
}

/** Requires that indices are within range and rise inside each line, and says where they do not. */
function checkIndices(
  argument: string,
  layout: 'csr' | 'csc',
  width: number,
  indptr: Int32Array,
  indices: Int32Array,
): void {
  if (indicesRise(width, indptr, indices)) return;
  const [lineWord, placeWord] = layout === 'csr' ? ['row', 'column'] : ['column', 'row'];
  for (let line = 0; line < indptr.length - 1; line++) {
    let previous = -1;
    for (let k = indptr[line]; k < indptr[line + 1]; k++) {
      const index = indices[k];
      if (index > previous && index < width) {
        previous = index;
        continue;
      }
      const expected =
        index < 0 || index >= width
          ? `a ${placeWord} in [0, ${width})`
          : `a ${placeWord} > ${previous} (strictly rising in a ${lineWord})`;
      const place = `${argument}.indices[${k}] (${lineWord} ${line}, position ${k - indptr[line]})`;
      throw outOfPlace(place, expected, index, { index: k, line, position: k - indptr[line] });
    }
  }
}

/** The line that the entry at a position belongs to: the last one that begins at or before it. */
function lineOf(indptr: Int32Array, position: number): number {
  let line = 0;
  while (indptr[line + 1] <= position) line++;
  return line;
}
