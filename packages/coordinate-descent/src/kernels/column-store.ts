import type { Matrix } from '@lemmata/linalg';
import { COLUMN_OVERHEAD, SLICE, type SliceMeter } from '../slices.js';

/** Columns of a working set in the memory of a run, as they come from a design: dense ones centred, sparse ones not. */
export interface ColumnStore {
  /** Length of a column. */
  readonly rows: number;
  /** Entries, column after column: dense in column layout, or CSC. */
  readonly data: Float64Array;
  /** Where columns begin, and the rows of their entries; both empty for dense columns. */
  readonly indptr: Int32Array;
  readonly indices: Int32Array;
}

/** The arena blocks of a store. */
export interface StoreLayout {
  readonly data: readonly ['f64', number];
  readonly indptr: readonly ['i32', number];
  readonly indices: readonly ['i32', number];
}

/**
 * The blocks that a store of some columns needs.
 *
 * @param matrix - the columns, in column layout or CSC
 * @returns a part of an arena layout
 */
export function storeLayout(matrix: Matrix): StoreLayout {
  const { rows, cols } = matrix;
  const sparse = 'indptr' in matrix;
  const entries = sparse ? matrix.indptr[cols] : rows * cols;
  return {
    data: ['f64', entries],
    indptr: ['i32', sparse ? cols + 1 : 0],
    indices: ['i32', sparse ? entries : 0],
  };
}

/** Multiply-adds that take the time of copying an entry. */
const COPY_COST = 4;

/**
 * Fills a store.
 *
 * @param store - the store, with room for the columns
 * @param matrix - the columns, in column layout or CSC
 * @param scales - what each column is multiplied by; undefined for 1
 * @param meter - counts the work between slices
 */
export function* fillStore(
  store: ColumnStore,
  matrix: Matrix,
  scales: Float64Array | undefined,
  meter: SliceMeter,
): Generator<'slice', void, void> {
  const { rows, data, indptr, indices } = store;
  if ('indptr' in matrix) {
    indptr.set(matrix.indptr);
    indices.set(matrix.indices.subarray(0, data.length));
  }
  for (let j = 0, from = 0; j < matrix.cols; j++) {
    const to = indptr.length > 0 ? indptr[j + 1] : (j + 1) * rows;
    data.set(matrix.data.subarray(from, to), from);
    if (scales !== undefined) for (let e = from; e < to; e++) data[e] *= scales[j];
    if (meter.full(COPY_COST * (to - from))) yield 'slice';
    from = to;
  }
}

/**
 * Multiply-adds of a product with a column.
 *
 * @param store - the store
 * @param column - which
 * @returns how many
 */
export function storeCost({ rows, indptr }: ColumnStore, column: number): number {
  return (indptr.length > 0 ? indptr[column + 1] - indptr[column] : rows) + COLUMN_OVERHEAD;
}

/**
 * The end of the columns from one on that fill a slice with some products each, one column at least, and what they cost.
 *
 * @param store - the store
 * @param from - the first
 * @param count - where to end at the latest
 * @param products - how many products each column takes
 * @param ids - which columns these are; all in order when undefined
 * @returns the end, and multiply-adds up to there
 */
export function storeSlice(
  store: ColumnStore,
  from: number,
  count: number,
  products: number,
  ids?: Int32Array,
): { readonly to: number; readonly cost: number } {
  let to = from;
  let cost = 0;
  for (; to < count && cost < SLICE; to++) cost += products * storeCost(store, ids === undefined ? to : ids[to]);
  return { to, cost };
}
