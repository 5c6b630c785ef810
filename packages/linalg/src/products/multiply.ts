import { type BackendChoice, DimensionError, openArena, resolveOptions } from '@lemmata/core';
import { LINALG_KERNELS } from '../kernels/linalg-kernels.js';
import { matrixKernels } from '../kernels/matrix-kernels.js';
import { sparseColumnsTimesDense, sparseRowsTimesDense } from '../kernels/sparse-products.js';
import { toDense } from '../matrix/convert.js';
import { toMatrix } from '../matrix/to-matrix.js';
import type { DenseMatrix, MatrixLike, SparseMatrix } from '../matrix/types.js';
import { backendFor } from './backend-for.js';
import { BLOCK, CHUNK, packLines } from './pack.js';
import { PRODUCT_DEFAULTS, type ProductOptions, requireEntries } from './symmetric-product.js';

/**
 * Multiplies two matrices, of which one or none is sparse; C = A B is dense.
 *
 * With a sparse factor each entry of C is a sum over the stored entries of its row or column, in rising order of the
 * inner index, whatever the layouts; two dense factors are multiplied in blocks of 256 inner indices, within a block
 * over the even and over the odd ones. Hence |C - A B| <= gamma_k |A| |B| with gamma_k = k u / (1 - k u), u = 2^-53,
 * entry by entry, k the number of products in the sum. When both factors are sparse, B is made dense first.
 *
 * @param A - any matrix, of shape (m, k)
 * @param B - any matrix, of shape (k, n)
 * @param options - `backend`
 * @returns C, of shape (m, n), in row layout, or in column layout when B is sparse and A is dense; entries that
 * overflow are infinite or NaN
 * @throws DimensionError when the columns of A are not as many as the rows of B, or as `toMatrix` does;
 * InvalidInputError as `toMatrix` does, `ERR_MEMORY` when m n >= 2^31, `ERR_OPTION` for options out of their range
 * Complexity: entries(A) n multiplications for a sparse A, m entries(B) for a sparse B, m k n for dense ones; memory
 * beyond the result for 256 columns of A and rows of B when both are dense, for a dense factor in another layout, and
 * in WebAssembly for a copy of the factors when one is sparse. Those who multiply by the same sparse matrix again and
 * again keep it in an arena, with `matrixKernels`.
 *
 * @example
 * ```ts
 * import { fromTriplets, multiply } from '@lemmata/linalg';
 *
 * const A = fromTriplets(2, 3, { rows: [0, 1], cols: [2, 0], values: [5, 7] });
 * const C = multiply(A, [[1, 2], [3, 4], [5, 6]]); // (25 30), (7 14)
 * ```
 */
export function multiply(A: MatrixLike, B: MatrixLike, options?: ProductOptions): DenseMatrix {
  const { backend } = resolveOptions('multiply', options, PRODUCT_DEFAULTS);
  const left = toMatrix('A', A);
  const right = toMatrix('B', B);
  if (left.cols !== right.rows) {
    throw new DimensionError(`B: expected ${left.cols} rows (columns of A), got ${right.rows}`, {
      argument: 'B',
      expected: left.cols,
      actual: right.rows,
    });
  }
  const rows = left.rows;
  const { cols } = right;
  requireEntries(rows, cols);
  if ('indptr' in left) {
    return { layout: 'row', rows, cols, data: sparseTimesRows(left, toDense(right, 'row').data, cols, backend) };
  }
  if (!('indptr' in right)) return { layout: 'row', rows, cols, data: denseProduct(left, right, backend) };
  // C' = B' A': the columns of A and C are the rows of their transposes.
  const { layout, indptr, indices, data } = right;
  const turned: SparseMatrix = {
    layout: layout === 'csr' ? 'csc' : 'csr',
    rows: cols,
    cols: right.rows,
    indptr,
    indices,
    data,
  };
  const product = sparseTimesRows(turned, toDense(left, 'column').data, rows, backend);
  return { layout: 'column', rows, cols, data: product };
}

/** A sparse matrix times a dense one whose rows of `width` entries follow each other. */
function sparseTimesRows(A: SparseMatrix, b: Float64Array, width: number, backend: BackendChoice): Float64Array {
  const { rows, indptr, indices, data } = A;
  const lines = indptr.length - 1;
  const choice = backendFor(backend, data.length * width);
  if (choice === 'js') {
    const c = new Float64Array(rows * width);
    const product = A.layout === 'csr' ? sparseRowsTimesDense : sparseColumnsTimesDense;
    product(indptr, indices, data, b, width, c, 0, lines);
    return c;
  }
  const layout = {
    indptr: ['i32', indptr.length],
    indices: ['i32', data.length],
    data: ['f64', data.length],
    b: ['f64', b.length],
    c: ['f64', rows * width],
  } as const;
  const arena = openArena(layout, choice, [LINALG_KERNELS]);
  try {
    const { views } = arena;
    views.indptr.set(indptr);
    views.indices.set(indices);
    views.data.set(data);
    views.b.set(b);
    const kernels = matrixKernels(arena);
    const product = A.layout === 'csr' ? kernels.sparseRowsTimesDense : kernels.sparseColumnsTimesDense;
    product(views.indptr, views.indices, views.data, views.b, width, views.c, 0, lines);
    return arena.backend === 'wasm' ? views.c.slice() : views.c;
  } finally {
    arena.dispose();
  }
}

/** Two dense matrices: slices of 256 inner indices are copied, by rows of A and columns of B, then multiplied. */
function denseProduct(A: DenseMatrix, B: DenseMatrix, backend: BackendChoice): Float64Array {
  const { rows, cols: inner } = A;
  const { cols } = B;
  const slice = Math.min(CHUNK, inner);
  const layout = { a: ['f64', rows * slice], b: ['f64', cols * slice], c: ['f64', rows * cols] } as const;
  const arena = openArena(layout, backendFor(backend, rows * inner * cols), [LINALG_KERNELS]);
  try {
    const { a, b, c } = arena.views;
    const kernels = matrixKernels(arena);
    for (let from = 0; from < inner; from += CHUNK) {
      const length = Math.min(CHUNK, inner - from);
      packLines(A, 'rows', from, length, a);
      packLines(B, 'columns', from, length, b);
      for (let i = 0; i < rows; i += BLOCK) {
        const height = Math.min(BLOCK, rows - i);
        for (let j = 0; j < cols; j += BLOCK) {
          const width = Math.min(BLOCK, cols - j);
          const place = i * cols + j;
          kernels.addBlockProducts(
            1,
            c,
            place,
            cols,
            a,
            i * length,
            length,
            height,
            b,
            j * length,
            length,
            width,
            length,
          );
        }
      }
    }
    return arena.backend === 'wasm' ? c.slice() : c;
  } finally {
    arena.dispose();
  }
}
