import { randomStream, requireInteger } from '@lemmata/core';
import { linearOperator } from '../matrix/operator.js';
import { toMatrix } from '../matrix/to-matrix.js';
import type { MatrixLike } from '../matrix/types.js';

const MAX_INT32 = 2147483647;
/** One coefficient in this many columns is not zero. */
const COLUMNS_PER_COEFFICIENT = 50;
/** |X w| / |e|, both Euclidean. */
const SIGNAL_TO_NOISE = 3;

/** A regression problem with a known truth: b = X w + e. */
export interface RegressionData {
  /** Targets b, one for each row of the design. */
  readonly b: Float64Array;
  /** Coefficients w that made them, one for each column of the design; each 1, -1 or 0. */
  readonly truth: Float64Array;
}

/**
 * Makes coefficients of which a few, evenly spaced, are 1 and -1 in turn.
 *
 * The k-th of them, k = 0 .. support - 1, stands at floor(k cols / support) and is (-1)^k; all others are 0.
 *
 * @param cols - number of coefficients, an integer in [0, 2^31 - 1]
 * @param support - how many are not 0, an integer in [0, cols]
 * @returns the coefficients, length cols
 * @throws InvalidInputError `ERR_INPUT` when a number is out of its range
 * Complexity: O(cols).
 *
 * @example
 * ```ts
 * import { sparseTruth } from '@lemmata/linalg';
 *
 * console.log(sparseTruth(6, 3)); // 1 0 -1 0 1 0
 * ```
 */
export function sparseTruth(cols: number, support: number): Float64Array {
  requireInteger('cols', cols, 0, MAX_INT32);
  requireInteger('support', support, 0, cols);
  const truth = new Float64Array(cols);
  for (let k = 0; k < support; k++) truth[Math.floor((k * cols) / support)] = k % 2 === 0 ? 1 : -1;
  return truth;
}

/**
 * Makes the targets of a regression on a design: b = X w + e.
 *
 * The truth w is {@link sparseTruth} with one coefficient in 50 columns (rounded down, at least one). The noise e is
 * standard normal from the stream `seed` / `noise`, rows rising, scaled such that |X w| / |e| = 3 in Euclidean length;
 * it is zero when X w is.
 *
 * @param design - any matrix X, of shape (m, n)
 * @param seed - seed of the noise: a string or a finite number, default 0
 * @returns targets of length m and the truth of length n; the same bits for the same seed in every engine
 * @throws DimensionError, InvalidInputError as `toMatrix` does; `ERR_OPTION` when the seed is neither
 * Complexity: O(entries + m + n).
 *
 * @example
 * ```ts
 * import { arDesign, regressionData } from '@lemmata/linalg';
 *
 * const A = arDesign({ rows: 100, cols: 200, correlation: 0.5, seed: 1 });
 * const { b, truth } = regressionData(A, 1);
 * ```
 */
export function regressionData(design: MatrixLike, seed: number | string = 0): RegressionData {
  const operator = linearOperator(toMatrix('design', design));
  const { rows, cols } = operator;
  const stream = randomStream(seed).fork('noise');
  const truth = sparseTruth(cols, Math.min(cols, Math.max(1, Math.floor(cols / COLUMNS_PER_COEFFICIENT))));
  const b = new Float64Array(rows);
  operator.apply(truth, b);
  const noise = new Float64Array(rows);
  for (let i = 0; i < rows; i++) noise[i] = stream.normal();
  const scale = length(b) / (SIGNAL_TO_NOISE * length(noise));
  for (let i = 0; i < rows; i++) b[i] += scale * noise[i];
  return { b, truth };
}

/** The Euclidean length, squares added in order. */
function length(x: Float64Array): number {
  let squares = 0;
  for (let i = 0; i < x.length; i++) squares += x[i] * x[i];
  return Math.sqrt(squares);
}
