import { Matrix as MlMatrix } from 'ml-matrix';
import { toDense } from '../matrix/convert.js';
import { toMatrix } from '../matrix/to-matrix.js';
import type { DenseMatrix, MatrixLike } from '../matrix/types.js';

export { type EigenFactors, evd } from './evd.js';
export { type LuFactors, lu } from './lu.js';
export { type QrFactors, qr } from './qr.js';
export type { FactorisationCertificate } from './scaled.js';
export { type SingularFactors, svd } from './svd.js';

/**
 * Copies a matrix into a Matrix of ml-matrix.
 *
 * @param matrix - any matrix, of shape (m, n)
 * @returns a new Matrix of ml-matrix with the same entries
 * @throws DimensionError, InvalidInputError as `toMatrix` of `@lemmata/linalg` does
 * Complexity: O(m n).
 *
 * @example
 * ```ts
 * import { denseMatrix } from '@lemmata/linalg';
 * import { toMlMatrix } from '@lemmata/linalg/dense';
 *
 * const A = toMlMatrix(denseMatrix(2, 2, [2, 0, 0, 4]));
 * console.log(A.trace()); // 6
 * ```
 */
export function toMlMatrix(matrix: MatrixLike): MlMatrix {
  const { rows, cols, data } = toDense(matrix, 'row');
  const copy = new MlMatrix(rows, cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) copy.set(i, j, data[i * cols + j]);
  }
  return copy;
}

/**
 * Copies a Matrix of ml-matrix into a dense matrix in row layout.
 *
 * @param matrix - a Matrix of ml-matrix, or one of its views, of shape (m, n), all entries finite
 * @returns a new dense matrix with the same entries
 * @throws InvalidInputError `ERR_NOT_FINITE` for NaN and infinities, named by row and column; `ERR_INPUT` when it is no
 * Matrix
 * Complexity: O(m n).
 *
 * @example
 * ```ts
 * import { fromMlMatrix } from '@lemmata/linalg/dense';
 * import { Matrix } from 'ml-matrix';
 *
 * const A = fromMlMatrix(Matrix.eye(3)); // { layout: 'row', rows: 3, cols: 3, data }
 * ```
 */
export function fromMlMatrix(matrix: MlMatrix): DenseMatrix {
  return toDense(toMatrix('matrix', matrix), 'row');
}
