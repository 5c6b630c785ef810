import { type BackendChoice, InvalidInputError, openArena, resolveOptions } from '@lemmata/core';
import { LINALG_KERNELS } from '../kernels/linalg-kernels.js';
import { matrixKernels } from '../kernels/matrix-kernels.js';
import { addSparseLowerProducts } from '../kernels/sparse-products.js';
import { toSparse } from '../matrix/convert.js';
import { toMatrix } from '../matrix/to-matrix.js';
import type { DenseMatrix, MatrixLike, SparseMatrix } from '../matrix/types.js';
import { backendFor } from './backend-for.js';
import { BLOCK, CHUNK, packLines } from './pack.js';

/** What {@link symmetricProduct} and `multiply` accept. */
export interface ProductOptions {
  /** Which kernels run, default `'auto'`; the bits are the same. */
  readonly backend?: BackendChoice;
}

/** Defaults of {@link ProductOptions}. */
export const PRODUCT_DEFAULTS: { readonly backend: BackendChoice } = Object.freeze({ backend: 'auto' });

/** The largest number of entries of a product. */
const MAX_ENTRIES = 2147483647;

/** Requires that a product has fewer than 2^31 entries. */
export function requireEntries(rows: number, cols: number): void {
  if (rows * cols <= MAX_ENTRIES) return;
  throw new InvalidInputError(
    `matrix: expected a product of at most ${MAX_ENTRIES} entries, got ${rows} * ${cols}`,
    'ERR_MEMORY',
    { argument: 'matrix', expected: MAX_ENTRIES, actual: rows * cols },
  );
}

/**
 * Multiplies the transpose of a matrix with the matrix itself, G = X' X.
 *
 * Only one triangle is computed, so G is symmetric to the last bit. For a dense X each entry is a sum over blocks of
 * 256 rows, within a block over the even and over the odd rows; for a sparse one over the rows in turn. Hence |G - X'
 * X| <= gamma_m |X|' |X| with gamma_m = m u / (1 - m u), u = 2^-53, entry by entry, and in fact less.
 *
 * @param X - any matrix, of shape (m, n)
 * @param options - `backend`
 * @returns G, dense in row layout, of shape (n, n); entries that overflow are infinite or NaN
 * @throws DimensionError, InvalidInputError as `toMatrix` does; `ERR_MEMORY` when n^2 >= 2^31; `ERR_OPTION` for options
 * out of their range
 * Complexity: m n^2 / 2 multiplications for a dense X, half the sum of squared row counts for a sparse one; 256 n + n^2
 * numbers of memory beyond the result for a dense X, in WebAssembly a copy of X and n^2 numbers for a sparse one.
 *
 * @example
 * ```ts
 * import { symmetricProduct } from '@lemmata/linalg';
 *
 * const G = symmetricProduct([
 *   [1, 2],
 *   [3, 4],
 * ]); // (10 14), (14 20)
 * ```
 */
export function symmetricProduct(X: MatrixLike, options?: ProductOptions): DenseMatrix {
  const { backend } = resolveOptions('symmetricProduct', options, PRODUCT_DEFAULTS);
  const matrix = toMatrix('X', X);
  const n = matrix.cols;
  requireEntries(n, n);
  const data = 'indptr' in matrix ? sparseProduct(toSparse(matrix, 'csr'), backend) : denseProduct(matrix, backend);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) data[j * n + i] = data[i * n + j];
  }
  return { layout: 'row', rows: n, cols: n, data };
}

/** The lower triangle for a dense matrix: 256 rows at a time are copied, column by column, then multiplied. */
function denseProduct(matrix: DenseMatrix, backend: BackendChoice): Float64Array {
  const { rows, cols } = matrix;
  const choice = backendFor(backend, (rows * cols * cols) / 2);
  const layout = { packed: ['f64', cols * Math.min(CHUNK, rows)], g: ['f64', cols * cols] } as const;
  const arena = openArena(layout, choice, [LINALG_KERNELS]);
  try {
    const { packed, g } = arena.views;
    const kernels = matrixKernels(arena);
    for (let from = 0; from < rows; from += CHUNK) {
      const length = Math.min(CHUNK, rows - from);
      packLines(matrix, 'columns', from, length, packed);
      for (let i = 0; i < cols; i += BLOCK) {
        const height = Math.min(BLOCK, cols - i);
        const at = i * length;
        for (let j = 0; j < i; j += BLOCK) {
          const place = i * cols + j;
          kernels.addBlockProducts(
            1,
            g,
            place,
            cols,
            packed,
            at,
            length,
            height,
            packed,
            j * length,
            length,
            BLOCK,
            length,
          );
        }
        kernels.addLowerProducts(1, g, i * cols + i, cols, packed, at, length, height, length);
      }
    }
    return arena.backend === 'wasm' ? g.slice() : g;
  } finally {
    arena.dispose();
  }
}

/** The lower triangle for a sparse matrix in CSR. */
function sparseProduct(matrix: SparseMatrix, backend: BackendChoice): Float64Array {
  const { rows, cols, indptr, indices, data } = matrix;
  let multiplications = 0;
  for (let i = 0; i < rows; i++) multiplications += (indptr[i + 1] - indptr[i]) * (indptr[i + 1] - indptr[i] + 1);
  const choice = backendFor(backend, multiplications / 2);
  if (choice === 'js') {
    const g = new Float64Array(cols * cols);
    addSparseLowerProducts(indptr, indices, data, cols, g, 0, rows);
    return g;
  }
  const layout = {
    indptr: ['i32', rows + 1],
    indices: ['i32', data.length],
    data: ['f64', data.length],
    g: ['f64', cols * cols],
  } as const;
  const arena = openArena(layout, choice, [LINALG_KERNELS]);
  try {
    const { views } = arena;
    views.indptr.set(indptr);
    views.indices.set(indices);
    views.data.set(data);
    matrixKernels(arena).addSparseLowerProducts(views.indptr, views.indices, views.data, cols, views.g, 0, rows);
    return arena.backend === 'wasm' ? views.g.slice() : views.g;
  } finally {
    arena.dispose();
  }
}
