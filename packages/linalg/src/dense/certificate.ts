import type { DenseMatrix } from '../matrix/types.js';
import { multiply } from '../products/multiply.js';
import { symmetricProduct } from '../products/symmetric-product.js';
import { vectorNorm } from '../spectra/norms.js';
import type { FactorisationCertificate } from './scaled.js';

/** Columns scaled one by one: matrix diag(values). */
export function timesDiagonal(matrix: DenseMatrix, values: Float64Array): DenseMatrix {
  const { cols } = matrix;
  return { ...matrix, data: matrix.data.map((value, at) => value * values[at % cols]) };
}

/**
 * Measures a factorisation A = left right, all in row layout and scaled, and the orthogonality of some parts.
 *
 * @param A - the scaled matrix
 * @param scale - its scale
 * @param left - first factor
 * @param right - second factor
 * @param orthogonal - matrices whose columns are to be orthonormal
 * @returns the certificate, in the unit of the matrix before scaling
 */
export function measure(
  A: DenseMatrix,
  scale: number,
  left: DenseMatrix,
  right: DenseMatrix,
  orthogonal: readonly DenseMatrix[],
): FactorisationCertificate {
  const { data } = multiply(left, right);
  for (let k = 0; k < data.length; k++) data[k] -= A.data[k];
  const gap = vectorNorm(data);
  const orthogonality = orthogonal.map((Q) => {
    const gram = symmetricProduct(Q);
    for (let i = 0; i < gram.rows; i++) gram.data[i * (gram.rows + 1)] -= 1;
    return vectorNorm(gram.data);
  });
  return {
    kind: 'factorisation-residual',
    gap: gap / scale,
    relativeGap: gap === 0 ? 0 : gap / vectorNorm(A.data),
    orthogonality: Math.max(0, ...orthogonality),
  };
}

/** The transpose of a dense matrix in row layout, in row layout. */
export function turned(matrix: DenseMatrix): DenseMatrix {
  const { rows, cols, data } = matrix;
  const copy = new Float64Array(data.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) copy[j * rows + i] = data[i * cols + j];
  }
  return { layout: 'row', rows: cols, cols: rows, data: copy };
}
