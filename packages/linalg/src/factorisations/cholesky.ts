import {
  type Backend,
  type BackendChoice,
  DimensionError,
  InvalidInputError,
  openArena,
  requireVector,
  resolveOptions,
} from '@lemmata/core';
import { choleskySolve as solveInPlace } from '../kernels/cholesky.js';
import { LINALG_KERNELS } from '../kernels/linalg-kernels.js';
import { matrixKernels } from '../kernels/matrix-kernels.js';
import { toDense } from '../matrix/convert.js';
import { toMatrix } from '../matrix/to-matrix.js';
import type { DenseMatrix, MatrixLike } from '../matrix/types.js';
import { backendFor } from '../products/backend-for.js';

/** What {@link cholesky} accepts. */
export interface CholeskyOptions {
  /** Which kernels run, default `'auto'`; the bits are the same. */
  readonly backend?: BackendChoice;
}

/** A factorisation A = L L'. */
export interface CholeskyFactor {
  /** The factorisation was carried out in full. */
  readonly status: 'complete';
  /** L, lower triangular with positive diagonal, in row layout, shape (n, n). */
  readonly L: DenseMatrix;
  /** Which kernels ran. */
  readonly backend: Backend;
  /** Remarks for the caller; none so far. */
  readonly warnings: readonly string[];
}

/** A factorisation that met a pivot that is not positive and finite. */
export interface CholeskyBreakdown {
  /** There is no factor: A is not positive definite to working precision, or its entries are too large. */
  readonly status: 'breakdown';
  /** Column of the pivot, from 0; the leading block of this order is positive definite. */
  readonly pivot: number;
  /** Which kernels ran. */
  readonly backend: Backend;
  /** Remarks for the caller; none so far. */
  readonly warnings: readonly string[];
}

const CHOLESKY_DEFAULTS: { readonly backend: BackendChoice } = Object.freeze({ backend: 'auto' });

/**
 * Factorises a symmetric positive definite matrix, A = L L' with L lower triangular, by Cholesky's method in blocks.
 *
 * Only the lower triangle of A is read. The computed factor satisfies L L' = A + E with |E| <= gamma_(n + 1) |L| |L|',
 * entry by entry, where gamma_k = k u / (1 - k u) and u = 2^-53. A matrix whose smallest eigenvalue is above
 * n gamma_(n + 1) / (1 - gamma_(n + 1)) times its largest diagonal entry is never refused, unless a product underflows.
 *
 * @param A - a symmetric matrix, of shape (n, n)
 * @param options - `backend`
 * @returns the factor, or where the first pivot stands that is not positive and finite: look at `status`
 * @throws DimensionError when A is not square, or as `toMatrix` does; InvalidInputError as `toMatrix` does,
 * `ERR_OPTION` for options out of their range
 * Complexity: n^3 / 6 multiplications, n^2 numbers of memory beyond the result.
 *
 * @example
 * ```ts
 * import { cholesky, choleskySolve } from '@lemmata/linalg';
 *
 * const factor = cholesky([
 *   [4, 2],
 *   [2, 5],
 * ]);
 * if (factor.status === 'complete') console.log(choleskySolve(factor, [8, 14])); // 0.75 2.5
 * ```
 * @see N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., SIAM 2002, theorems 10.3 and 10.7
 */
export function cholesky(A: MatrixLike, options?: CholeskyOptions): CholeskyFactor | CholeskyBreakdown {
  const { backend: choice } = resolveOptions('cholesky', options, CHOLESKY_DEFAULTS);
  const matrix = toMatrix('A', A);
  const n = matrix.rows;
  if (matrix.cols !== n) {
    throw new DimensionError(`A: expected a square matrix, got ${n} x ${matrix.cols}`, {
      argument: 'A',
      expected: n,
      actual: matrix.cols,
    });
  }
  const source = toDense(matrix, 'row').data;
  const arena = openArena({ a: ['f64', n * n] }, backendFor(choice, (n * n * n) / 6), [LINALG_KERNELS]);
  try {
    const { backend } = arena;
    const { a } = arena.views;
    a.set(source);
    const pivot = matrixKernels(arena).choleskyFactor(n, a, 0, n);
    if (pivot < n) return { status: 'breakdown', pivot, backend, warnings: [] };
    const data = backend === 'wasm' ? a.slice() : a;
    for (let i = 0; i < n; i++) data.fill(0, i * n + i + 1, (i + 1) * n);
    return { status: 'complete', L: { layout: 'row', rows: n, cols: n, data }, backend, warnings: [] };
  } finally {
    arena.dispose();
  }
}

/**
 * Solves A x = b with the factor of {@link cholesky}.
 *
 * The computed x solves (A + E) x = b with |E| <= gamma_(3 n + 1) |L| |L|', entry by entry.
 *
 * @param factor - a complete factorisation of a matrix of shape (n, n)
 * @param b - right-hand side, length n, all finite
 * @returns x, length n; entries that overflow are infinite or NaN
 * @throws DimensionError for another length; InvalidInputError for NaN and infinities in b (with the index) and
 * `ERR_STATE` for a factorisation that broke down
 * Complexity: n^2 multiplications.
 *
 * @example
 * ```ts
 * import { cholesky, choleskySolve } from '@lemmata/linalg';
 *
 * const factor = cholesky([[2, 0], [0, 4]]);
 * const x = factor.status === 'complete' ? choleskySolve(factor, [2, 2]) : undefined; // 1 0.5
 * ```
 * @see N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., SIAM 2002, theorem 10.4
 */
export function choleskySolve(factor: CholeskyFactor, b: ArrayLike<number>): Float64Array {
  if (factor.status !== 'complete') {
    throw new InvalidInputError(`factor: expected a complete factorisation, got one that broke down`, 'ERR_STATE', {
      argument: 'factor',
      expected: 'complete',
      actual: (factor as { status: unknown }).status,
    });
  }
  const n = factor.L.rows;
  const x = requireVector('b', b, n, 'rows of A');
  solveInPlace(n, factor.L.data, x);
  return x;
}
