import { type Ending, InvalidInputError, run } from '@lemmata/core';
import { linearOperator } from '../matrix/operator.js';
import { toMatrix } from '../matrix/to-matrix.js';
import type { MatrixLike } from '../matrix/types.js';
import { type LanczosState, lanczosAlgorithm } from './lanczos.js';
import { frobenius, norm1, normInf, scaleToOne, vectorNorm } from './norms.js';
import { countedOperator, type SpectrumOptions, spectrumSettings } from './spectrum-options.js';

/** The 2-norm of a matrix with bounds: plain data that survives `structuredClone`. */
export interface Norm2Result extends Omit<Ending<never>, 'history'> {
  /** |A v| for the unit vector v: at most the norm, and near it when the run converged. */
  readonly value: number;
  /** The vector v, length n, of norm 1 to rounding. */
  readonly vector: Float64Array;
  /** Bounds that hold whatever the run did. */
  readonly certificate: {
    /** What kind of proof this is. */
    readonly kind: 'norm-bounds';
    /** upper - lower. */
    readonly gap: number;
    /** |A v|, a lower bound to rounding. */
    readonly lower: number;
    /** The smaller of the Frobenius norm and sqrt(norm1 normInf), an upper bound to rounding. */
    readonly upper: number;
  };
  /** Products by A and by its transpose together. */
  readonly counts: {
    /** Products, an integer >= 1. */
    readonly matvecs: number;
  };
  /** Seed of the start. */
  readonly seed: string;
  /** Remarks for the caller; none so far. */
  readonly warnings: readonly string[];
}

/**
 * Estimates the 2-norm of a matrix, its largest singular value, by Lanczos' method on A'A.
 *
 * Of A'A and A A' the smaller is used, as an operator, with A scaled by a power of 2. `tolerance` is that of its
 * eigenvalue: the value is off by about half of it, relatively. The lower bound |A v| <= |A| and the upper one hold in
 * any case.
 *
 * @param A - any matrix of shape (m, n), m and n >= 1
 * @param options - `tolerance`, `seed` and the options of a run: `maxIterations` (steps, default 300), `timeLimitMs`,
 * `signal`, `onIteration` (which sees the eigenvalues of the scaled operator), `historyEvery` (no history is returned)
 * @returns the norm, the vector that attains it, and bounds
 * @throws DimensionError, InvalidInputError as `toMatrix` does; InvalidInputError for an empty A and options out of
 * range or unknown
 * Complexity: as `extremeEigenvalues` for order min(m, n), two products by A for each step.
 *
 * @example
 * ```ts
 * import { norm2 } from '@lemmata/linalg';
 *
 * console.log(norm2([[3, 0], [4, 0]]).value); // 5, to rounding
 * ```
 * @see extremeEigenvalues
 */
export function norm2(A: MatrixLike, options?: SpectrumOptions<LanczosState>): Norm2Result {
  const settings = spectrumSettings('norm2', options, 300);
  const matrix = toMatrix('A', A);
  const { rows, cols } = matrix;
  if (rows === 0 || cols === 0) {
    throw new InvalidInputError(`A: expected at least one row and one column, got ${rows} x ${cols}`, 'ERR_INPUT', {
      argument: 'A',
      expected: 'at least one row and one column',
      actual: [rows, cols],
    });
  }
  const upper = Math.min(frobenius(matrix), Math.sqrt(norm1(matrix)) * Math.sqrt(normInf(matrix)));
  const scale = scaleToOne(upper);
  const operator = linearOperator(matrix);
  const [order, inner] = cols <= rows ? [cols, rows] : [rows, cols];
  const between = new Float64Array(inner);
  const scaled = new Float64Array(order);
  const [first, second] =
    cols <= rows ? [operator.apply, operator.applyTranspose] : [operator.applyTranspose, operator.apply];
  /** between = scale A x, without overflow. */
  const half = (x: Float64Array): void => {
    for (let i = 0; i < order; i++) scaled[i] = x[i] * scale;
    first(scaled, between);
  };
  const square = {
    rows: order,
    cols: order,
    apply: (x: Float64Array, out: Float64Array): void => {
      half(x);
      for (let i = 0; i < inner; i++) between[i] *= scale;
      second(between, out);
    },
  };
  const { largest, status, iterations, elapsedMs, counts, seed } = run(
    () => lanczosAlgorithm(countedOperator(square), settings),
    settings,
  );
  half(largest.vector);
  const lower = vectorNorm(between) / scale;
  let vector = largest.vector;
  if (cols > rows) {
    // The left vector was found: A'u / |A'u| is the right one, and |A A'u| / |A'u| >= |A'u|.
    const size = vectorNorm(between);
    vector = between.map((value) => (size === 0 ? 0 : value / size));
    if (size === 0) vector[0] = 1;
  }
  return {
    status,
    iterations,
    elapsedMs,
    value: lower,
    vector,
    certificate: { kind: 'norm-bounds', gap: upper - lower, lower, upper },
    counts: { matvecs: 2 * counts.matvecs + 1 },
    seed,
    warnings: [],
  };
}
