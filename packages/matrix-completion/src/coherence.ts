import { refusal } from '@lemmata/core';
import { type MatrixLike, toDense, toMatrix } from '@lemmata/linalg';
import { Budget, finish } from './budget.js';
import { orthonormalise } from './kernels/orthonormalise.js';
import { rowNorms } from './rules/clip.js';

/**
 * Measures how unevenly the column space of a factor is spread over its rows: the paper's incoherence mu.
 *
 * With Q an orthonormal basis of the columns, mu is the least number with |row i of Q| <= mu sqrt(k / m) for all i: 1
 * when all rows are alike, sqrt(m / k) when some row stands alone and cannot be completed from others.
 *
 * @param factor - matrix of shape (m, k), m >= k >= 1, such as `fit.U`; its columns need not be orthonormal
 * @returns mu, in [1, sqrt(m / k)] when the columns are independent; 0 for a factor that is 0
 * @throws DimensionError, InvalidInputError when it is no such matrix
 * Complexity: O(m k^2).
 *
 * @example
 * ```ts
 * import { coherence } from '@lemmata/matrix-completion';
 *
 * console.log(coherence([[1], [1], [1], [1]]), coherence([[1], [0], [0], [0]])); // 1 2
 * ```
 * @see P. Jain, P. Netrapalli, S. Sanghavi, "Low-rank Matrix Completion using Alternating Minimization", STOC 2013
 */
export function coherence(factor: MatrixLike): number {
  const matrix = toDense(toMatrix('factor', factor), 'row');
  const { rows: m, cols: k } = matrix;
  if (k < 1 || m < k) throw refusal('factor', 'at least as many rows as columns, at least one', `${m} x ${k}`);
  const q = matrix.data.slice();
  finish(orthonormalise(m, k, q, new Budget()));
  let largest = 0;
  for (const norm of rowNorms(m, k, q)) largest = Math.max(largest, norm);
  return largest * Math.sqrt(m / k);
}
