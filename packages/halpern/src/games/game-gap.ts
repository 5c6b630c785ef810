import { InvalidInputError, requireVector } from '@lemmata/core';
import { linearOperator, type Matrix, type MatrixLike, toMatrix } from '@lemmata/linalg';

/**
 * Bounds of a game's value, to be checked without the solver: whatever the minimiser plays, y earns at least `lower`, and
 * whatever the maximiser plays, x pays at most `upper`.
 */
export interface GameCertificate {
  /** What kind of proof this is. */
  readonly kind: 'duality-gap';
  /** upper - lower, in units of payoff; >= 0 but for rounding. */
  readonly gap: number;
  /** min over j of (A'y)_j, at most the value. */
  readonly lower: number;
  /** max over i of (A x)_i, at least the value. */
  readonly upper: number;
}

/**
 * Reads a payoff matrix.
 *
 * @param A - what the caller gave
 * @returns the matrix
 * @throws DimensionError, InvalidInputError when it is no matrix with at least one row and one column
 */
export function payoffMatrix(A: MatrixLike): Matrix {
  const matrix = toMatrix('A', A);
  if (matrix.rows > 0 && matrix.cols > 0) return matrix;
  throw new InvalidInputError(
    `A: expected at least one row and one column, got ${matrix.rows} x ${matrix.cols}`,
    'ERR_INPUT',
    { argument: 'A', expected: 'at least one row and one column', actual: [matrix.rows, matrix.cols] },
  );
}

/**
 * Bounds the value of the game min over x, max over y of y'A x on simplices by a pair of strategies.
 *
 * gap = max over i of (A x)_i - min over j of (A'y)_j: how much the two players can gain together by deviating.
 *
 * @param A - payoffs to the row player y, shape (m, n), finite
 * @param x - strategy of the column player, who pays: length n; not checked to be a distribution
 * @param y - strategy of the row player, who earns: length m
 * @returns the gap and its two sides
 * @throws DimensionError when a strategy does not fit A
 * @throws InvalidInputError for entries that are not finite and a matrix that is empty
 * Complexity: O(entries of A).
 *
 * @example
 * ```ts
 * import { gameGap } from '@lemmata/halpern';
 *
 * console.log(gameGap([[1, -1], [-1, 1]], [0.5, 0.5], [0.5, 0.5]).gap); // 0
 * ```
 * @see `matrixGame`
 */
export function gameGap(A: MatrixLike, x: ArrayLike<number>, y: ArrayLike<number>): GameCertificate {
  const matrix = payoffMatrix(A);
  const { rows, cols } = matrix;
  const operator = linearOperator(matrix);
  const paid = new Float64Array(rows);
  const earned = new Float64Array(cols);
  operator.apply(requireVector('x', x, cols, 'columns of A'), paid);
  operator.applyTranspose(requireVector('y', y, rows, 'rows of A'), earned);
  let lower = Infinity;
  let upper = -Infinity;
  for (let j = 0; j < cols; j++) lower = Math.min(lower, earned[j]);
  for (let i = 0; i < rows; i++) upper = Math.max(upper, paid[i]);
  return { kind: 'duality-gap', gap: upper - lower, lower, upper };
}
