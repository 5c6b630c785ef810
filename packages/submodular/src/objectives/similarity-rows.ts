import { refusal, requireVector } from '@lemmata/core';
import { type MatrixLike, toDense, toMatrix, toSparse } from '@lemmata/linalg';

/** Weighted similarities, one row per element; `indices` is null when every client has an entry. */
export interface SimilarityRows {
  /** Where the entries of each element begin, length n + 1. */
  readonly indptr: Float64Array;
  /** Client of each entry. */
  readonly indices: Int32Array | null;
  /** Similarity times the client's weight, >= 0. */
  readonly data: Float64Array;
  /** How many clients there are. */
  readonly clients: number;
}

/**
 * Checks similarities and weighs them.
 *
 * @param similarity - matrix of shape (elements, clients), entries >= 0
 * @param weights - worth of each client, >= 0; undefined for 1 each
 * @returns rows that share nothing with the matrix
 * @throws DimensionError, InvalidInputError when they are no such matrix and weights
 */
export function similarityRows(similarity: MatrixLike, weights: ArrayLike<number> | undefined): SimilarityRows {
  const matrix = toMatrix('similarity', similarity);
  const worth =
    weights === undefined
      ? undefined
      : requireVector('options.weights', weights, matrix.cols, 'columns of the similarity');
  for (let c = 0; worth !== undefined && c < worth.length; c++) {
    if (worth[c] < 0) throw refusal(`options.weights[${c}]`, 'a number >= 0', worth[c]);
  }
  const rows = 'indptr' in matrix ? toSparse(matrix, 'csr') : toDense(matrix, 'row');
  const sparse = 'indptr' in rows;
  const data = rows.data.slice();
  const indptr = new Float64Array(rows.rows + 1);
  for (let e = 0; e <= rows.rows; e++) indptr[e] = sparse ? rows.indptr[e] : e * rows.cols;
  for (let e = 0; e < rows.rows; e++) {
    const from = indptr[e];
    const to = indptr[e + 1];
    const clientOf = (p: number): number => (sparse ? rows.indices[p] : p - from);
    for (let p = from; p < to; p++) {
      if (data[p] < 0) throw refusal(`similarity[${e}][${clientOf(p)}]`, 'a similarity >= 0', data[p]);
    }
    for (let p = from; worth !== undefined && p < to; p++) data[p] *= worth[clientOf(p)];
  }
  return { indptr, indices: sparse ? rows.indices.slice() : null, data, clients: rows.cols };
}

/**
 * The number of entries of the longest row.
 *
 * @param rows - the rows
 * @returns an integer >= 1
 */
export function longestRow({ indptr }: SimilarityRows): number {
  let longest = 1;
  for (let e = 1; e < indptr.length; e++) longest = Math.max(longest, indptr[e] - indptr[e - 1]);
  return longest;
}
