import { type BackendChoice, DimensionError } from '@lemmata/core';
import { type MatrixLike, type SparseMatrix, toMatrix, toSparse } from '@lemmata/linalg';
import { denseDesign } from './dense-design.js';
import type { OwnedDesign } from './design.js';
import { sparseDesign } from './sparse-design.js';

/** A design whose memory somebody has to release. */
export interface OpenDesign extends OwnedDesign {
  /** Whether `load` has been run. */
  readonly loaded: boolean;
}

/**
 * Checks a matrix and opens the memory of a run on it.
 *
 * @param A - the matrix, in any form
 * @param intercept - whether columns are to be centred
 * @param backend - which kernels are to run
 * @param mayStay - whether the matrix is unchanged as long as the design is in use
 * @returns the design, not loaded yet
 * @throws DimensionError, InvalidInputError when A is no matrix of finite numbers with at least one row and column
 */
export function openDesign(A: MatrixLike, intercept: boolean, backend: BackendChoice, mayStay: boolean): OpenDesign {
  const matrix = toMatrix('A', A);
  if (matrix.rows === 0 || matrix.cols === 0) {
    const actual = `${matrix.rows} x ${matrix.cols}`;
    throw new DimensionError(`A: expected at least one row and one column, got ${actual}`, {
      argument: 'A',
      expected: 'at least 1 x 1',
      actual,
    });
  }
  const opened =
    'indptr' in matrix
      ? sparseDesign(compressedColumns(matrix), intercept, backend, mayStay)
      : denseDesign(matrix, intercept, backend, mayStay);
  return { ...opened, loaded: false };
}

function compressedColumns(matrix: SparseMatrix): SparseMatrix {
  return matrix.layout === 'csc' ? matrix : toSparse(matrix, 'csc');
}
