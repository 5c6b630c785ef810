import { iterate, run, runAsync } from '@lemmata/core';
import { conjugateGradientAlgorithm } from './conjugate-gradient-algorithm.js';
import {
  type ConjugateGradientOptions,
  type ConjugateGradientResult,
  type ConjugateGradientState,
  conjugateGradientSettings,
} from './conjugate-gradient-options.js';
import type { SquareOperator } from './matrix/to-operator.js';
import type { MatrixLike } from './matrix/types.js';

/**
 * Solves A x = b for a symmetric positive definite A by conjugate gradients.
 *
 * Minimises x'A x / 2 - b'x over a growing Krylov space; in exact arithmetic the error in the energy norm falls by
 * 2 ((sqrt(k) - 1) / (sqrt(k) + 1))^i in i steps, k the condition number of A (of M^-1 A with a preconditioner M^-1).
 * Converged means that the true residual |b - A x|, computed from x, is at most `tolerance` |b|. Each time that the
 * residual of the recurrence has fallen by 2^-40, or below the tolerance, it is replaced by the true one; the run ends
 * as `stalled` when that has not fallen by half since. A direction without positive curvature proves that A is not
 * positive definite: `breakdown`. Symmetry is not checked.
 *
 * @param A - symmetric positive definite matrix of shape (n, n), or an operator with `rows`, `cols` and `apply(x, out)`
 * @param b - right-hand side, length n, finite
 * @param options - `tolerance`, `initial`, `preconditioner` and the options of a run: `maxIterations` (default 10000),
 * `timeLimitMs`, `signal`, `onIteration`, `historyEvery`
 * @returns the last x with its true residual, whatever the status; overflow ends as `diverged` with the last finite x
 * @throws DimensionError when A is not square or lengths differ; InvalidInputError for entries that are not finite and
 * options out of range or unknown; NumericalError when an operator of the caller's returns NaN
 * Complexity: one product by A and by the preconditioner and 5 n multiplications for each iteration; 6 n numbers of
 * memory.
 *
 * @example
 * ```ts
 * import { conjugateGradient } from '@lemmata/linalg';
 *
 * const { status, x, certificate } = conjugateGradient([[4, 2], [2, 5]], [8, 14]);
 * console.log(status, x, certificate.relativeGap); // converged, 0.75 2.5
 * ```
 * @see M. R. Hestenes, E. Stiefel, "Methods of Conjugate Gradients for Solving Linear Systems", J. Res. Nat. Bur.
 * Standards 49, 1952
 */
export function conjugateGradient(
  A: MatrixLike | SquareOperator,
  b: ArrayLike<number>,
  options?: ConjugateGradientOptions,
): ConjugateGradientResult {
  const settings = conjugateGradientSettings('conjugateGradient', options);
  return run(() => conjugateGradientAlgorithm(A, b, settings), settings);
}

/**
 * Solves A x = b like {@link conjugateGradient}, one step at a time.
 *
 * Yields the same live state after every step, the start (iteration 0) and the last one included, and returns the
 * result.
 *
 * @param A - symmetric positive definite matrix of shape (n, n), or an operator
 * @param b - right-hand side, length n, finite
 * @param options - as for {@link conjugateGradient}
 * @returns a generator of states
 * @throws what {@link conjugateGradient} throws: options at the call, data at the first step
 * Complexity: as {@link conjugateGradient}.
 *
 * @example
 * ```ts
 * import { conjugateGradientIterations } from '@lemmata/linalg';
 *
 * for (const state of conjugateGradientIterations([[4, 2], [2, 5]], [8, 14])) {
 *   console.log(state.iteration, state.relativeResidual);
 * }
 * ```
 * @see conjugateGradient
 */
export function conjugateGradientIterations(
  A: MatrixLike | SquareOperator,
  b: ArrayLike<number>,
  options?: ConjugateGradientOptions,
): Generator<ConjugateGradientState, ConjugateGradientResult, void> {
  const settings = conjugateGradientSettings('conjugateGradientIterations', options);
  return iterate(() => conjugateGradientAlgorithm(A, b, settings), settings);
}

/**
 * Solves A x = b like {@link conjugateGradient} without blocking the event loop for long.
 *
 * The same bits, in slices of about a millisecond; an operator of the caller's is one slice. Timers, events and
 * `signal` get their turn at least every 16 ms. A and b must not change before the promise is settled.
 *
 * @param A - symmetric positive definite matrix of shape (n, n), or an operator
 * @param b - right-hand side, length n, finite
 * @param options - as for {@link conjugateGradient}
 * @returns a promise of the result; aborting the signal fulfils it with status `aborted` and the x so far
 * @throws never; the promise is rejected with what {@link conjugateGradient} would throw
 * Complexity: as {@link conjugateGradient}.
 *
 * @example
 * ```ts
 * import { conjugateGradientAsync } from '@lemmata/linalg';
 *
 * const { x } = await conjugateGradientAsync([[4, 2], [2, 5]], [8, 14], { timeLimitMs: 1000 });
 * ```
 * @see conjugateGradient
 */
export async function conjugateGradientAsync(
  A: MatrixLike | SquareOperator,
  b: ArrayLike<number>,
  options?: ConjugateGradientOptions,
): Promise<ConjugateGradientResult> {
  const settings = conjugateGradientSettings('conjugateGradientAsync', options);
  return await runAsync(() => conjugateGradientAlgorithm(A, b, settings), settings);
}
