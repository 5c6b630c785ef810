import { DimensionError, notFinite, refusal, requireInteger, requireVector } from '@lemmata/core';
import { type SparseMatrixLike, toTriplets } from '@lemmata/linalg';

/** Observed entries as parallel arrays, in any order; no place may come twice. */
export interface ObservedTriplets {
  /** Row of each entry, an integer >= 0. */
  readonly rows: ArrayLike<number>;
  /** Column of each entry, an integer >= 0. */
  readonly cols: ArrayLike<number>;
  /** The observed values, finite. */
  readonly values: ArrayLike<number>;
  /** Weight of each entry, finite and >= 0; 1 when left out. Weight 0 is the same as not observed. */
  readonly weights?: ArrayLike<number> | undefined;
  /** Rows and columns of the matrix, integers >= 1; when left out, the largest row and column plus 1. */
  readonly shape?: readonly [number, number] | undefined;
}

/** A table as rows of equal length; null, undefined and NaN are holes. */
export type TableWithHoles = readonly ArrayLike<number | null | undefined>[];

/** What a matrix is completed from: triplets, a table with holes, or a sparse matrix whose stored entries are observed. */
export type Observed = ObservedTriplets | TableWithHoles | SparseMatrixLike;

/** Observed entries after their check: positive weights, sorted by nothing. */
export interface Entries {
  readonly rows: number;
  readonly cols: number;
  readonly rowOf: Int32Array;
  readonly colOf: Int32Array;
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

const LARGEST = 2147483647;

/**
 * Checks and copies observed entries.
 *
 * @param observed - what the caller gave
 * @returns the entries with positive weight
 * @throws DimensionError when lengths or shapes do not fit; InvalidInputError for values and indices out of range,
 * places that come twice, and no entries at all
 */
export function readObserved(observed: Observed): Entries {
  const entries = readAny(observed);
  if (entries.values.length === 0) {
    throw refusal('observed', 'at least one entry with a positive weight', 'none', 'ERR_INPUT');
  }
  return entries;
}

function readAny(observed: Observed): Entries {
  if (Array.isArray(observed)) return readTable(observed);
  if (typeof observed !== 'object' || observed === null) {
    throw refusal('observed', 'triplets, a table or a sparse matrix', observed, 'ERR_INPUT');
  }
  if ('indptr' in observed) {
    const { rows, cols, values } = toTriplets(observed);
    const weights = new Float64Array(values.length).fill(1);
    return { rows: observed.rows, cols: observed.cols, rowOf: rows, colOf: cols, values, weights };
  }
  return readTriplets(observed as ObservedTriplets);
}

function readTable(table: TableWithHoles): Entries {
  const cols = table.length === 0 ? 0 : requireLine(table[0], 0).length;
  const rowOf: number[] = [];
  const colOf: number[] = [];
  const values: number[] = [];
  for (let i = 0; i < table.length; i++) {
    const line = requireLine(table[i], i);
    if (line.length !== cols) {
      throw new DimensionError(`observed[${i}]: expected length ${cols} (that of the first row), got ${line.length}`, {
        argument: `observed[${i}]`,
        expected: cols,
        actual: line.length,
      });
    }
    for (let j = 0; j < cols; j++) {
      const value = line[j];
      if (value === null || value === undefined || Number.isNaN(value)) continue;
      if (!Number.isFinite(value)) throw notFinite(`observed[${i}][${j}]`, value, [i, j]);
      rowOf.push(i);
      colOf.push(j);
      values.push(value);
    }
  }
  return {
    rows: table.length,
    cols,
    rowOf: Int32Array.from(rowOf),
    colOf: Int32Array.from(colOf),
    values: Float64Array.from(values),
    weights: new Float64Array(values.length).fill(1),
  };
}

function requireLine(line: unknown, i: number): ArrayLike<number | null | undefined> {
  if (Array.isArray(line) || ArrayBuffer.isView(line)) return line as unknown as ArrayLike<number | null | undefined>;
  throw refusal(`observed[${i}]`, 'an array of numbers and holes', line, 'ERR_INPUT');
}

function readTriplets(observed: ObservedTriplets): Entries {
  const values = requireVector('observed.values', observed.values);
  const count = values.length;
  const weights =
    observed.weights === undefined
      ? new Float64Array(count).fill(1)
      : requireVector('observed.weights', observed.weights, count, 'that of observed.values');
  const shape = observed.shape === undefined ? undefined : readShape(observed.shape);
  const rowOf = readPlaces('observed.rows', observed.rows, count, shape?.[0]);
  const colOf = readPlaces('observed.cols', observed.cols, count, shape?.[1]);
  const rows = shape === undefined ? largest(rowOf) + 1 : shape[0];
  const cols = shape === undefined ? largest(colOf) + 1 : shape[1];
  for (let e = 0; e < count; e++) {
    if (weights[e] < 0) throw refusal(`observed.weights[${e}]`, 'a finite number >= 0', weights[e]);
  }
  refuseRepeated(rows, cols, rowOf, colOf);
  const entries = { rows, cols, rowOf, colOf, values, weights };
  return weights.includes(0) ? withoutWeightZero(entries) : entries;
}

/** Refuses places that come twice: the rows one after the other, with a mark for each column that was seen. */
function refuseRepeated(rows: number, cols: number, rowOf: Int32Array, colOf: Int32Array): void {
  const next = new Int32Array(rows + 1);
  for (const i of rowOf) next[i + 1]++;
  for (let i = 0; i < rows; i++) next[i + 1] += next[i];
  const order = new Int32Array(rowOf.length);
  for (let e = 0; e < rowOf.length; e++) order[next[rowOf[e]]++] = e;
  const seenInRow = new Int32Array(cols).fill(-1);
  for (const e of order) {
    if (seenInRow[colOf[e]] === rowOf[e]) {
      throw refusal(`observed[${e}]`, 'every place once', `row ${rowOf[e]}, column ${colOf[e]} again`, 'ERR_INPUT');
    }
    seenInRow[colOf[e]] = rowOf[e];
  }
}

function withoutWeightZero(entries: Entries): Entries {
  const kept: number[] = [];
  for (let e = 0; e < entries.weights.length; e++) if (entries.weights[e] > 0) kept.push(e);
  return {
    rows: entries.rows,
    cols: entries.cols,
    rowOf: Int32Array.from(kept, (e) => entries.rowOf[e]),
    colOf: Int32Array.from(kept, (e) => entries.colOf[e]),
    values: Float64Array.from(kept, (e) => entries.values[e]),
    weights: Float64Array.from(kept, (e) => entries.weights[e]),
  };
}

function readShape(shape: readonly [number, number]): readonly [number, number] {
  if (!Array.isArray(shape) || shape.length !== 2) throw refusal('observed.shape', 'rows and columns', shape);
  return [
    requireInteger('observed.shape[0]', shape[0], 1, LARGEST),
    requireInteger('observed.shape[1]', shape[1], 1, LARGEST),
  ];
}

/**
 * Checks and copies a list of rows or columns.
 *
 * @param argument - its name for messages
 * @param value - what the caller gave
 * @param length - expected length, or undefined for any
 * @param bound - indices are below this, or undefined for any
 * @returns a copy
 * @throws DimensionError for another length; InvalidInputError for an index that is no integer of the range
 */
export function readPlaces(argument: string, value: unknown, length?: number, bound?: number): Int32Array {
  const numbers = requireVector(argument, value, length, 'that of observed.values');
  for (let e = 0; e < numbers.length; e++) {
    requireInteger(`${argument}[${e}]`, numbers[e], 0, (bound ?? LARGEST) - 1);
  }
  return Int32Array.from(numbers);
}

function largest(places: Int32Array): number {
  let max = -1;
  for (const place of places) if (place > max) max = place;
  return max;
}
