import { DimensionError } from '@lemmata/core';
import { columnCombination, columnProducts } from '../kernels/dense.js';
import { sparseColumnCombination, sparseColumnProducts } from '../kernels/sparse.js';
import { toMatrix } from './to-matrix.js';
import type { LinearOperator, Matrix, MatrixLike } from './types.js';

/** The part of an operator that methods for symmetric ones use: A x alone. */
export type SquareOperator = Pick<LinearOperator, 'rows' | 'cols' | 'apply'>;

/** A square operator whose products can be taken in slices. */
export interface SlicedOperator {
  /** Its order n. */
  readonly n: number;
  /** Whether it is a function of the caller's, which is not cut. */
  readonly own: boolean;
  /** out = A x, giving way after every slice of the work; the bits do not depend on it. */
  apply(x: Float64Array, out: Float64Array): Generator<'slice', void, void>;
}

/** Entries of a matrix that are multiplied in one slice: about a millisecond of work, under 5 ms on slow machines. */
export const SLICE = 2097152;

/** Takes the steps of a generator of slices all at once. */
export function runSlices<Result>(slices: Generator<'slice', Result, void>): Result {
  for (;;) {
    const step = slices.next();
    if (step.done === true) return step.value;
  }
}

/**
 * Requires a square matrix or operator.
 *
 * @param argument - name for the messages
 * @param value - a matrix, checked as `toMatrix` does, or an operator
 * @returns the operator, in slices
 * @throws DimensionError when it is not square; InvalidInputError when it is neither
 */
export function toSquareOperator(argument: string, value: MatrixLike | SquareOperator): SlicedOperator {
  const own = typeof value === 'object' && value !== null && 'apply' in value && typeof value.apply === 'function';
  const source = own ? (value as SquareOperator) : toMatrix(argument, value as MatrixLike);
  const { rows, cols } = source;
  if (rows !== cols || !Number.isInteger(rows) || rows < 0) {
    throw new DimensionError(`${argument}: expected a square matrix or operator, got ${rows} x ${cols}`, {
      argument,
      expected: rows,
      actual: cols,
    });
  }
  if (!('apply' in source)) return { n: rows, own, apply: matrixProduct(source, rows) };
  return {
    n: rows,
    own,
    // biome-ignore lint/correctness/useYield: a function of the caller's is one slice
    *apply(x, out) {
      source.apply(x, out);
    },
  };
}

/** The product by a square matrix, some lines at a time. */
function matrixProduct(matrix: Matrix, n: number): SlicedOperator['apply'] {
  const byRows = matrix.layout === 'row' || matrix.layout === 'csr';
  const entries = 'indptr' in matrix ? matrix.data.length + n : n * n;
  const lines = Math.max(1, Math.floor(SLICE / Math.max(1, Math.ceil(entries / Math.max(n, 1)))));
  return function* (x, out) {
    if (!byRows) out.fill(0);
    for (let from = 0; from < n; from += lines) {
      if (from > 0) yield 'slice';
      const to = Math.min(from + lines, n);
      if ('indptr' in matrix) {
        const product = byRows ? sparseColumnProducts : sparseColumnCombination;
        product(matrix.indptr, matrix.indices, matrix.data, x, out, from, to);
      } else {
        const product = byRows ? columnProducts : columnCombination;
        product(n, matrix.data, x, out, from, to);
      }
    }
  };
}
