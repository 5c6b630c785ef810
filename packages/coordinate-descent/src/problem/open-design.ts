import { type BackendChoice, DimensionError } from '@lemmata/core';
import { type Matrix, type SparseMatrix, toSparse } from '@lemmata/linalg';
import { denseDesign } from './dense-design.js';
import type { DesignNeeds, OwnedDesign } from './design.js';
import { sparseDesign } from './sparse-design.js';

/** A design whose memory somebody has to release. */
export interface OpenDesign extends OwnedDesign {
  /** Whether `load` has been run. */
  readonly loaded: boolean;
}

/**
 * Opens the memory of a run on a matrix.
 *
 * @param matrix - the matrix, checked
 * @param needs - what else the run needs
 * @param backend - which kernels are to run
 * @param mayStay - whether the matrix is unchanged as long as the design is in use
 * @returns the design, not loaded yet
 * @throws DimensionError when the matrix has no rows or no columns
 */
export function openDesign(matrix: Matrix, needs: DesignNeeds, backend: BackendChoice, mayStay: boolean): OpenDesign {
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
      ? sparseDesign(compressedColumns(matrix), needs, backend, mayStay)
      : denseDesign(matrix, needs, backend, mayStay);
  return { ...opened, loaded: false };
}

function compressedColumns(matrix: SparseMatrix): SparseMatrix {
  return matrix.layout === 'csc' ? matrix : toSparse(matrix, 'csc');
}
