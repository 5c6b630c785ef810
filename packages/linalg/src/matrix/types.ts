/** A dense matrix: entry (i, j) at `data[i * cols + j]` (row layout) or `data[j * rows + i]` (column layout). */
export interface DenseMatrix {
  /** Order of the entries; `'row'` unless said otherwise. */
  readonly layout: 'row' | 'column';
  /** Number of rows, an integer in [0, 2^31 - 1]. */
  readonly rows: number;
  /** Number of columns, an integer in [0, 2^31 - 1]. */
  readonly cols: number;
  /** The entries, length rows * cols, all finite. */
  readonly data: Float64Array;
}

/** A sparse matrix by compressed rows (`'csr'`) or columns (`'csc'`); "line" below means row or column accordingly. */
export interface SparseMatrix {
  /** Which lines are compressed. */
  readonly layout: 'csr' | 'csc';
  /** Number of rows, an integer in [0, 2^31 - 1]. */
  readonly rows: number;
  /** Number of columns, an integer in [0, 2^31 - 1]. */
  readonly cols: number;
  /** Where each line begins in `indices` and `data`, and where the last one ends: lines + 1 integers, never falling. */
  readonly indptr: Int32Array;
  /** The place of each entry within its line, strictly rising inside a line. */
  readonly indices: Int32Array;
  /** The entries, all finite; explicit zeros are allowed. */
  readonly data: Float64Array;
}

/** A matrix in one of the two forms that the packages compute with. */
export type Matrix = DenseMatrix | SparseMatrix;

/** What ml-matrix's `Matrix` offers and conversion needs. */
export interface MlMatrixLike {
  /** Number of rows. */
  readonly rows: number;
  /** Number of columns. */
  readonly columns: number;
  /** The entry in a row and a column. */
  get(row: number, column: number): number;
}

/** A dense matrix as a caller may hand it over: any array of numbers as data, row layout when none is given. */
export interface DenseMatrixLike {
  /** Order of the entries; `'row'` when left out. */
  readonly layout?: 'row' | 'column' | undefined;
  /** Number of rows, an integer in [0, 2^31 - 1]. */
  readonly rows: number;
  /** Number of columns, an integer in [0, 2^31 - 1]. */
  readonly cols: number;
  /** The entries: an array or a typed array of length rows * cols. */
  readonly data: ArrayLike<number>;
}

/** A sparse matrix as a caller may hand it over: any arrays of numbers. */
export interface SparseMatrixLike {
  /** Which lines are compressed. */
  readonly layout: 'csr' | 'csc';
  /** Number of rows, an integer in [0, 2^31 - 1]. */
  readonly rows: number;
  /** Number of columns, an integer in [0, 2^31 - 1]. */
  readonly cols: number;
  /** Where each line begins and the last one ends: lines + 1 integers from 0 up to the number of entries. */
  readonly indptr: ArrayLike<number>;
  /** The place of each entry within its line, strictly rising inside a line. */
  readonly indices: ArrayLike<number>;
  /** The entries, one for each index. */
  readonly data: ArrayLike<number>;
}

/** Everything that is accepted where a matrix is: both forms of ours, nested arrays (a list of rows), ml-matrix. */
export type MatrixLike = DenseMatrixLike | SparseMatrixLike | readonly ArrayLike<number>[] | MlMatrixLike;

/** The entries of a matrix as three parallel arrays: `values[k]` stands in row `rows[k]` and column `cols[k]`. */
export interface Triplets {
  /** Row of each entry, an integer in [0, number of rows). */
  readonly rows: ArrayLike<number>;
  /** Column of each entry, an integer in [0, number of columns). */
  readonly cols: ArrayLike<number>;
  /** The entries. */
  readonly values: ArrayLike<number>;
}

/** {@link Triplets} in typed arrays, as `toTriplets` gives them. */
export interface TripletArrays {
  /** Row of each entry. */
  readonly rows: Int32Array;
  /** Column of each entry. */
  readonly cols: Int32Array;
  /** The entries, all finite. */
  readonly values: Float64Array;
}

/** A linear map known by what it does to vectors. */
export interface LinearOperator {
  /** Length of what `apply` writes. */
  readonly rows: number;
  /** Length of what `apply` reads. */
  readonly cols: number;
  /** out = A x, with x of length cols and out of length rows. */
  apply(x: Float64Array, out: Float64Array): void;
  /** out = A' y, with y of length rows and out of length cols. */
  applyTranspose(y: Float64Array, out: Float64Array): void;
}
