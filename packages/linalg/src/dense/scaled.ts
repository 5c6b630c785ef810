import { Matrix as MlMatrix } from 'ml-matrix';
import { toDense } from '../matrix/convert.js';
import { toMatrix } from '../matrix/to-matrix.js';
import type { DenseMatrix, MatrixLike } from '../matrix/types.js';
import { largestEntry, scaleToOne } from '../spectra/norms.js';

/** How exact a factorisation is, computed from its parts. */
export interface FactorisationCertificate {
  /** What kind of proof this is. */
  readonly kind: 'factorisation-residual';
  /** Frobenius norm of A minus the product of the parts, in the unit of A. */
  readonly gap: number;
  /** `gap` relative to the Frobenius norm of A; unitless, 0 for gap 0. */
  readonly relativeGap: number;
  /** Largest Frobenius norm of Q'Q - I over the parts Q that are to be orthogonal; unitless, 0 when there are none. */
  readonly orthogonality: number;
}

/** A matrix in row layout times a power of 2 that brings its largest entry into [1, 2), and that power. */
export interface ScaledMatrix {
  /** The scaled copy. */
  readonly matrix: DenseMatrix;
  /** The power of 2. */
  readonly scale: number;
}

/** Checks a matrix and scales a copy of it, so that no square in a factorisation overflows or underflows. */
export function scaledCopy(A: MatrixLike): ScaledMatrix {
  const { rows, cols, data } = toDense(toMatrix('A', A), 'row');
  const scale = scaleToOne(largestEntry(data));
  return { matrix: { layout: 'row', rows, cols, data: data.map((value) => value * scale) }, scale };
}

/** The same entries divided by a scale. */
export function unscaled(matrix: DenseMatrix, scale: number): DenseMatrix {
  return { ...matrix, data: matrix.data.map((value) => value / scale) };
}

/** A matrix of ml-matrix with the entries of a dense one in row layout. */
export function mlMatrix({ rows, cols, data }: DenseMatrix): MlMatrix {
  return MlMatrix.from1DArray(rows, cols, data);
}

/** The leading block of a matrix of ml-matrix, in row layout. */
export function leadingBlock(matrix: MlMatrix, rows: number, cols: number): DenseMatrix {
  const data = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) data[i * cols + j] = matrix.get(i, j);
  }
  return { layout: 'row', rows, cols, data };
}
