import type { Backend } from '@lemmata/core';

/**
 * The hot loops over typed arrays that several packages share, in one of two backends with the same bits.
 *
 * In a `wasm` backend every array must be a view of the arena the kernels were made for. Dense matrices are in column
 * layout with `rows` entries a column, sparse ones in CSC; a row layout is the transpose of a column layout, so the
 * same kernels serve it with the two products exchanged. Loops over columns take a range `[from, to)` so that a caller
 * can give way between slices; results do not depend on how a range is cut.
 *
 * The number of columns is the length of `out`, `x` or `w`; every other length must be the one that follows from it and
 * from `rows` (`r` and `y` of sparse kernels give their number of rows). An array that is written to must not overlap
 * another one. What `indptr` and `indices` hold is trusted: it was checked when the matrix was made.
 */
export interface Kernels {
  /** Which backend runs. */
  readonly backend: Backend;

  /** The inner product of x and y, of equal length; eight partial sums, combined in a fixed tree, then the tail. */
  dot(x: Float64Array, y: Float64Array): number;

  /** y += alpha x, for x and y of equal length. */
  axpy(alpha: number, x: Float64Array, y: Float64Array): void;

  /** out[j] = a_j . r for the dense columns j in [from, to); four partial sums a column, one tree, then the tail. */
  columnProducts(rows: number, a: Float64Array, r: Float64Array, out: Float64Array, from: number, to: number): void;

  /** out[j] = a_j . r for the dense columns j = ids[k], k in [from, to); the same bits as {@link Kernels.columnProducts}. */
  selectedColumnProducts(
    rows: number,
    a: Float64Array,
    ids: Int32Array,
    r: Float64Array,
    out: Float64Array,
    from: number,
    to: number,
  ): void;

  /** y += sum of x[j] a_j over the dense columns j in [from, to), in that order; columns with x[j] = 0 are passed over. */
  columnCombination(rows: number, a: Float64Array, x: Float64Array, y: Float64Array, from: number, to: number): void;

  /**
   * out[j] = a_j . r for the sparse columns j in [from, to); four partial sums a column, a last pair of entries goes to
   * the first two of them, then one tree, then a last single entry.
   */
  sparseColumnProducts(
    indptr: Int32Array,
    indices: Int32Array,
    data: Float64Array,
    r: Float64Array,
    out: Float64Array,
    from: number,
    to: number,
  ): void;

  /** out[j] = a_j . r for the sparse columns j = ids[k], k in [from, to); the same bits as without `ids`. */
  selectedSparseColumnProducts(
    indptr: Int32Array,
    indices: Int32Array,
    data: Float64Array,
    ids: Int32Array,
    r: Float64Array,
    out: Float64Array,
    from: number,
    to: number,
  ): void;

  /** y += sum of x[j] a_j over the sparse columns j in [from, to), in that order; columns with x[j] = 0 are passed over. */
  sparseColumnCombination(
    indptr: Int32Array,
    indices: Int32Array,
    data: Float64Array,
    x: Float64Array,
    y: Float64Array,
    from: number,
    to: number,
  ): void;

  /**
   * One pass of Lasso coordinate descent over the dense columns j = ids[k], k in [from, to), in that order:
   * w_j <- S(a_j . r + squares[j] w_j, threshold) / squares[j], r <- r - (change of w_j) a_j, where S is the soft
   * threshold and a_j . r has the bits of {@link Kernels.dot}. Columns with squares[j] = 0 are passed over; an overflow
   * leaves NaN in w and r. Returns the number of coordinates that changed.
   */
  lassoEpochDense(
    rows: number,
    a: Float64Array,
    ids: Int32Array,
    from: number,
    to: number,
    squares: Float64Array,
    threshold: number,
    r: Float64Array,
    w: Float64Array,
  ): number;

  /**
   * The same for sparse columns, centred without being made dense: the column is a_j - means[j], the residual is
   * r - mean(r), and `residualSum` (length 1) = sum of r is kept along. `squares[j]` is |a_j - means[j]|^2. With means
   * all zero nothing is centred.
   */
  lassoEpochSparse(
    indptr: Int32Array,
    indices: Int32Array,
    data: Float64Array,
    ids: Int32Array,
    from: number,
    to: number,
    squares: Float64Array,
    means: Float64Array,
    threshold: number,
    r: Float64Array,
    residualSum: Float64Array,
    w: Float64Array,
  ): number;
}

/** The loops of {@link Kernels} alone: no checks, for arguments that were checked. */
export type Loops = Omit<Kernels, 'backend'>;
