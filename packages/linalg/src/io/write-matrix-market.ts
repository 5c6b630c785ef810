import { toMatrix } from '../matrix/to-matrix.js';
import type { DenseMatrix, MatrixLike, SparseMatrix } from '../matrix/types.js';
import { formatDecimal } from './decimal.js';
import { textChunks } from './text-chunks.js';

/**
 * Writes a matrix as text in the Matrix Market exchange format, real and general, in chunks of UTF-8.
 *
 * A sparse matrix is written in the coordinate format, explicit zeros included, row by row (`'csr'`) or column by column
 * (`'csc'`); a dense one as an array, column by column. Each number is the shortest decimal that is read as the same
 * double, negative zero included, so `readMatrixMarket` gives the same bits back. Lines end with LF.
 *
 * @param matrix - any matrix, of shape (m, n)
 * @returns the chunks, made while they are asked for; the matrix must not change meanwhile
 * @throws DimensionError, InvalidInputError as `toMatrix` of `@lemmata/linalg` does
 * Complexity: O(entries + lines) time for a sparse matrix, O(m n) for a dense one; memory of one chunk.
 *
 * @example
 * ```ts
 * import { toSparse } from '@lemmata/linalg';
 * import { writeMatrixMarket } from '@lemmata/linalg/io';
 *
 * const chunks = [...writeMatrixMarket(toSparse([[0, 3], [-4, 0]]))];
 * console.log(new TextDecoder().decode(chunks[0])); // two entries: 1 2 3 and 2 1 -4
 * ```
 * @see Boisvert, Pozo, Remington, "The Matrix Market Exchange Formats: Initial Design", NISTIR 5935, 1996
 */
export function writeMatrixMarket(matrix: MatrixLike): Generator<Uint8Array, void> {
  const checked = toMatrix('matrix', matrix);
  return textChunks('indptr' in checked ? coordinateLines(checked) : arrayLines(checked));
}

function* arrayLines({ layout, rows, cols, data }: DenseMatrix): Generator<string, void> {
  yield `%%MatrixMarket matrix array real general\n${rows} ${cols}\n`;
  for (let j = 0; j < cols; j++) {
    for (let i = 0; i < rows; i++) {
      yield formatDecimal(layout === 'column' ? data[j * rows + i] : data[i * cols + j]) + '\n';
    }
  }
}

function* coordinateLines({ layout, rows, cols, indptr, indices, data }: SparseMatrix): Generator<string, void> {
  yield `%%MatrixMarket matrix coordinate real general\n${rows} ${cols} ${data.length}\n`;
  const lines = indptr.length - 1;
  for (let line = 0; line < lines; line++) {
    for (let k = indptr[line]; k < indptr[line + 1]; k++) {
      const [i, j] = layout === 'csr' ? [line, indices[k]] : [indices[k], line];
      yield `${i + 1} ${j + 1} ${formatDecimal(data[k])}\n`;
    }
  }
}
