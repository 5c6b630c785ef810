import { iterate, run, runAsync } from '@lemmata/core';
import type { MatrixLike } from '@lemmata/linalg';
import {
  type RelaxationOptions,
  type RelaxationResult,
  type RelaxationState,
  relaxationSettings,
} from './relaxation-options.js';
import { sorAlgorithm } from './sor-algorithm.js';

/**
 * Solves A x = b by successive over-relaxation.
 *
 * Each iteration solves (D / omega + L) delta = r and adds delta to x, A = D + L + U. The residual of the new iterate follows
 * from the same numbers, (1 / omega - 1) D delta - U delta, so one pass over A does both; for a symmetric A each entry of
 * L is read once for both triangles, with the same bits. Converges for every symmetric positive definite A and omega in
 * (0, 2).
 *
 * Converged means that |b - A x|, computed from x, is at most `tolerance` times the reference. The run ends as `stalled`
 * where rounding keeps the true residual above that, and as `diverged` once it is 1e8 times the first one.
 *
 * @param A - any square matrix without zeros on the diagonal, shape (n, n)
 * @param b - right-hand side, length n, finite
 * @param options - `omega` in (0, 2), `tolerance`, `toleranceReference`, `initial` and the options of a run:
 * `maxIterations` (default 10000), `timeLimitMs`, `signal`, `onIteration`, `historyEvery`
 * @returns the last finite x with its true residual, whatever the status
 * @throws DimensionError when A is not square or lengths differ; InvalidInputError for entries that are not finite, a zero on
 * the diagonal, options out of range or unknown
 * Complexity: one pass over A (half a pass when A is symmetric) and 5 n multiplications for each iteration; 4 n numbers and one copy of A.
 *
 * @example
 * ```ts
 * import { sor } from '@lemmata/sor-bandit';
 *
 * const { status, x, iterations } = sor([[4, 1], [1, 3]], [9, 5], { omega: 1.05 });
 * console.log(status, x, iterations); // converged, 2 1
 * ```
 * @see D. M. Young, "Iterative Solution of Large Linear Systems", Academic Press, 1971; M. Khodak, E. Chow, M.-F. Balcan,
 * A. Talwalkar, "Learning to Relax", ICLR 2024, Algorithm 1
 */
export function sor(A: MatrixLike, b: ArrayLike<number>, options?: RelaxationOptions): RelaxationResult {
  const settings = relaxationSettings('sor', options);
  return run(() => sorAlgorithm(A, b, settings), settings);
}

/**
 * Solves A x = b like {@link sor}, one iteration at a time.
 *
 * Yields the same live state after every iteration, the start and the last one included, and returns the result.
 *
 * @param A - the matrix, shape (n, n)
 * @param b - right-hand side, length n, finite
 * @param options - as for {@link sor}
 * @returns a generator of states
 * @throws what {@link sor} throws: options at the call, data at the first step
 * Complexity: as {@link sor}.
 *
 * @example
 * ```ts
 * import { sorIterations } from '@lemmata/sor-bandit';
 *
 * for (const state of sorIterations([[4, 1], [1, 3]], [9, 5])) console.log(state.iteration, state.residualNorm);
 * ```
 * @see sor
 */
export function sorIterations(
  A: MatrixLike,
  b: ArrayLike<number>,
  options?: RelaxationOptions,
): Generator<RelaxationState, RelaxationResult, void> {
  const settings = relaxationSettings('sorIterations', options);
  return iterate(() => sorAlgorithm(A, b, settings), settings);
}

/**
 * Solves A x = b like {@link sor} without blocking the event loop for long: the same bits, in slices.
 *
 * @param A - the matrix, shape (n, n); must not change before the promise is settled
 * @param b - right-hand side, length n, finite
 * @param options - as for {@link sor}
 * @returns a promise of the result; aborting the signal fulfils it with status `aborted` and the x so far
 * @throws never; the promise is rejected with what {@link sor} would throw
 * Complexity: as {@link sor}.
 *
 * @example
 * ```ts
 * import { sorAsync } from '@lemmata/sor-bandit';
 *
 * const { x } = await sorAsync([[4, 1], [1, 3]], [9, 5], { timeLimitMs: 1000 });
 * ```
 * @see sor
 */
export async function sorAsync(
  A: MatrixLike,
  b: ArrayLike<number>,
  options?: RelaxationOptions,
): Promise<RelaxationResult> {
  const settings = relaxationSettings('sorAsync', options);
  return await runAsync(() => sorAlgorithm(A, b, settings), settings);
}
