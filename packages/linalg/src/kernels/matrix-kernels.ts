import { type Arena, type ArenaLayout, type Backend, DimensionError, refusal, requireInteger } from '@lemmata/core';
import { addresses } from './addresses.js';
import * as blocks from './block-products.js';
import { requireDense, requireLength, requireRange, requireSparse } from './checks.js';
import * as triangular from './cholesky.js';
import { LINALG_KERNELS } from './linalg-kernels.js';
import * as sparse from './sparse-products.js';

/**
 * The loops of matrix products and of Cholesky's factorisation, in one of two backends with the same bits.
 *
 * Matrices are given by the position of their first entry and the stride from row to row, in entries, so blocks of
 * larger matrices fit. Where a range [from, to) can be cut, the result does not depend on how.
 */
export interface MatrixKernels {
  /** Which backend runs. */
  readonly backend: Backend;

  /** c[i][j] += sign (a_i . b_j) for i < rows and j < cols, where a_i and b_j are rows of `length` entries. */
  addBlockProducts(
    sign: 1 | -1,
    c: Float64Array,
    cAt: number,
    cStride: number,
    a: Float64Array,
    aAt: number,
    aStride: number,
    rows: number,
    b: Float64Array,
    bAt: number,
    bStride: number,
    cols: number,
    length: number,
  ): void;

  /** c[i][j] += sign (a_i . a_j) for j <= i < size, where a_i is a row of `length` entries. */
  addLowerProducts(
    sign: 1 | -1,
    c: Float64Array,
    cAt: number,
    cStride: number,
    a: Float64Array,
    aAt: number,
    aStride: number,
    size: number,
    length: number,
  ): void;

  /**
   * Factorises the n x n matrix in the first n^2 entries of `a`, row by row: its lower triangle, which alone is read,
   * becomes L with A = L L'. Columns [from, to) of a factorisation in several calls, from a multiple of 64 to a
   * multiple of 64 or n. Returns `to`, or the first column whose pivot is not positive and finite; then `a` holds no
   * factor.
   */
  choleskyFactor(n: number, a: Float64Array, from: number, to: number): number;

  /** x <- the solution of L L' x = b, where x holds b, for the factor in the first n^2 entries of `l`. */
  choleskySolve(n: number, l: Float64Array, x: Float64Array): void;

  /**
   * c_i = sum of v b_j over the entries (j, v) of row i of a CSR matrix, i in [from, to); rows of b and c have `width`
   * entries.
   */
  sparseRowsTimesDense(
    indptr: Int32Array,
    indices: Int32Array,
    data: Float64Array,
    b: Float64Array,
    width: number,
    c: Float64Array,
    from: number,
    to: number,
  ): void;

  /**
   * c_i += v b_j over the entries (i, v) of column j of a CSC matrix, j in [from, to); rows of b and c have `width`
   * entries.
   */
  sparseColumnsTimesDense(
    indptr: Int32Array,
    indices: Int32Array,
    data: Float64Array,
    b: Float64Array,
    width: number,
    c: Float64Array,
    from: number,
    to: number,
  ): void;

  /**
   * g[i][j] += v w over every two entries (i, v), (j, w), j <= i, of rows [from, to) of a CSR matrix; g is cols x cols.
   */
  addSparseLowerProducts(
    indptr: Int32Array,
    indices: Int32Array,
    data: Float64Array,
    cols: number,
    g: Float64Array,
    from: number,
    to: number,
  ): void;
}

/** The loops themselves, without checks. */
type Loops = Omit<MatrixKernels, 'backend'>;

const TYPESCRIPT_LOOPS: Loops = {
  addBlockProducts: blocks.addBlockProducts,
  addLowerProducts: blocks.addLowerProducts,
  choleskyFactor: triangular.choleskyFactor,
  choleskySolve: triangular.choleskySolve,
  sparseRowsTimesDense: sparse.sparseRowsTimesDense,
  sparseColumnsTimesDense: sparse.sparseColumnsTimesDense,
  addSparseLowerProducts: sparse.addSparseLowerProducts,
};

function wasmLoops(arena: Arena<ArenaLayout>): Loops {
  const loops = arena.exports(LINALG_KERNELS);
  const at = addresses(arena);
  return {
    addBlockProducts: (sign, c, cAt, cStride, a, aAt, aStride, rows, b, bAt, bStride, cols, length) => {
      const [target, left, right] = [at('c', c, cAt), at('a', a, aAt), at('b', b, bAt)];
      loops.addBlockProducts(sign, target, cStride, left, aStride, rows, right, bStride, cols, length);
    },
    addLowerProducts: (sign, c, cAt, cStride, a, aAt, aStride, size, length) => {
      loops.addLowerProducts(sign, at('c', c, cAt), cStride, at('a', a, aAt), aStride, size, length);
    },
    choleskyFactor: (n, a, from, to) => loops.choleskyFactor(n, at('a', a), from, to),
    choleskySolve: (n, l, x) => {
      loops.choleskySolve(n, at('l', l), at('x', x));
    },
    sparseRowsTimesDense: (indptr, indices, data, b, width, c, from, to) => {
      const [lines, places, values] = [at('indptr', indptr), at('indices', indices), at('data', data)];
      loops.sparseRowsTimesDense(lines, places, values, at('b', b), width, at('c', c), from, to);
    },
    sparseColumnsTimesDense: (indptr, indices, data, b, width, c, from, to) => {
      const [lines, places, values] = [at('indptr', indptr), at('indices', indices), at('data', data)];
      loops.sparseColumnsTimesDense(lines, places, values, at('b', b), width, at('c', c), from, to);
    },
    addSparseLowerProducts: (indptr, indices, data, cols, g, from, to) => {
      const [lines, places, values] = [at('indptr', indptr), at('indices', indices), at('data', data)];
      loops.addSparseLowerProducts(lines, places, values, cols, at('g', g), from, to);
    },
  };
}

/** Requires that a block of `rows` rows of `cols` entries lies within an array. */
function requireBlock(
  argument: string,
  array: Float64Array,
  at: number,
  stride: number,
  rows: number,
  cols: number,
): void {
  for (const value of [at, stride, rows, cols]) {
    if (Number.isSafeInteger(value) && value >= 0) continue;
    throw refusal(`${argument}: position, stride and size`, 'integers >= 0', value);
  }
  const end = rows === 0 || cols === 0 ? 0 : at + (rows - 1) * stride + cols;
  if (end <= array.length && (rows <= 1 || stride >= cols)) return;
  throw new DimensionError(
    `${argument}: expected length >= ${end} (${rows} rows of ${cols} entries from ${at}, stride ${stride}), ` +
      `got ${array.length}`,
    { argument, expected: end, actual: array.length },
  );
}

function requireSign(sign: number): void {
  if (sign !== 1 && sign !== -1) throw refusal('sign', '1 or -1', sign);
}

function requireColumns(n: number, from: number, to: number): void {
  requireRange(from, to, n);
  if (from % 64 !== 0 || (to % 64 !== 0 && to !== n)) {
    throw refusal('[from, to)', `multiples of 64, or ${n} at the end`, [from, to]);
  }
}

/**
 * Makes the kernels of matrix products and factorisations for an arena: WebAssembly over its memory, or plain
 * TypeScript when it lies on the heap.
 *
 * For those who keep data in an arena of their own; everyone else takes `cholesky`, `symmetricProduct` and `multiply`.
 * Arrays written to must not overlap arrays read, and the contents of `indptr` and `indices` are trusted.
 *
 * @param arena - the arena of the run; when it is a `wasm` one, `LINALG_KERNELS` was named at its opening
 * @returns the kernels; each throws DimensionError for arrays that are too short or ranges out of bounds and
 * InvalidInputError (`ERR_INPUT`) for other arguments that do not fit and arrays outside a `wasm` arena
 * @throws InvalidInputError `ERR_STATE` when the arena is disposed of or was opened without the module
 * Complexity: O(1); each call checks in O(1).
 *
 * @example
 * ```ts
 * import { openArena } from '@lemmata/core';
 * import { LINALG_KERNELS, matrixKernels } from '@lemmata/linalg';
 *
 * const arena = openArena({ a: ['f64', 4], x: ['f64', 2] }, 'auto', [LINALG_KERNELS]);
 * const kernels = matrixKernels(arena);
 * arena.views.a.set([4, 0, 2, 5]);
 * arena.views.x.set([8, 14]);
 * if (kernels.choleskyFactor(2, arena.views.a, 0, 2) === 2) kernels.choleskySolve(2, arena.views.a, arena.views.x);
 * console.log(arena.views.x); // 0.75 2.5
 * arena.dispose();
 * ```
 * @see {@link MatrixKernels} for what each loop computes
 */
export function matrixKernels(arena: Arena<ArenaLayout>): MatrixKernels {
  const loops = arena.backend === 'wasm' ? wasmLoops(arena) : TYPESCRIPT_LOOPS;
  return {
    backend: arena.backend,
    addBlockProducts: (sign, c, cAt, cStride, a, aAt, aStride, rows, b, bAt, bStride, cols, length) => {
      requireSign(sign);
      requireBlock('c', c, cAt, cStride, rows, cols);
      requireBlock('a', a, aAt, aStride, rows, length);
      requireBlock('b', b, bAt, bStride, cols, length);
      loops.addBlockProducts(sign, c, cAt, cStride, a, aAt, aStride, rows, b, bAt, bStride, cols, length);
    },
    addLowerProducts: (sign, c, cAt, cStride, a, aAt, aStride, size, length) => {
      requireSign(sign);
      requireBlock('c', c, cAt, cStride, size, size);
      requireBlock('a', a, aAt, aStride, size, length);
      loops.addLowerProducts(sign, c, cAt, cStride, a, aAt, aStride, size, length);
    },
    choleskyFactor: (n, a, from, to) => {
      requireBlock('a', a, 0, n, n, n);
      requireColumns(n, from, to);
      return loops.choleskyFactor(n, a, from, to);
    },
    choleskySolve: (n, l, x) => {
      requireBlock('l', l, 0, n, n, n);
      requireLength('x', x, n, 'rows of the factor');
      loops.choleskySolve(n, l, x);
    },
    sparseRowsTimesDense: (indptr, indices, data, b, width, c, from, to) => {
      requireLines(indptr, indices, data, width, b, c);
      requireDense(width, c, indptr.length - 1);
      requireRange(from, to, indptr.length - 1);
      loops.sparseRowsTimesDense(indptr, indices, data, b, width, c, from, to);
    },
    sparseColumnsTimesDense: (indptr, indices, data, b, width, c, from, to) => {
      requireLines(indptr, indices, data, width, b, c);
      requireDense(width, b, indptr.length - 1);
      requireRange(from, to, indptr.length - 1);
      loops.sparseColumnsTimesDense(indptr, indices, data, b, width, c, from, to);
    },
    addSparseLowerProducts: (indptr, indices, data, cols, g, from, to) => {
      requireSparse(indptr, indices, data, indptr.length - 1);
      requireBlock('g', g, 0, cols, cols, cols);
      requireRange(from, to, indptr.length - 1);
      loops.addSparseLowerProducts(indptr, indices, data, cols, g, from, to);
    },
  };
}

/** Requires the arrays of a sparse matrix and dense ones of whole rows. */
function requireLines(
  indptr: Int32Array,
  indices: Int32Array,
  data: Float64Array,
  width: number,
  b: Float64Array,
  c: Float64Array,
): void {
  requireInteger('width', width);
  requireSparse(indptr, indices, data, indptr.length - 1);
  for (const [argument, array] of [['b', b] as const, ['c', c] as const]) {
    if (width === 0 ? array.length === 0 : array.length % width === 0) continue;
    throw new DimensionError(`${argument}: expected whole rows of ${width} entries, got length ${array.length}`, {
      argument,
      expected: width,
      actual: array.length,
    });
  }
}
