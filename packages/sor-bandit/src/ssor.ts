import { iterate, run, runAsync } from '@lemmata/core';
import type { MatrixLike } from '@lemmata/linalg';
import {
  type RelaxationOptions,
  type RelaxationResult,
  type RelaxationState,
  relaxationSettings,
} from './relaxation-options.js';
import { ssorAlgorithm } from './ssor-algorithm.js';

/**
 * Solves A x = b by symmetric successive over-relaxation.
 *
 * Each iteration is a forward and a backward sweep: x += W^-1 r with W = (omega / (2 - omega)) P D^-1 Q, P = D / omega + L,
 * Q = D / omega + U. The residual is taken along with the sweeps, so both together read each entry of A once. Converges
 * for every symmetric positive definite A and omega in (0, 2).
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
 * Complexity: one pass over A and 8 n multiplications for each iteration; 6 n numbers and one copy of A.
 *
 * @example
 * ```ts
 * import { ssor } from '@lemmata/sor-bandit';
 *
 * const { status, x, iterations } = ssor([[4, 1], [1, 3]], [9, 5], { omega: 1.05 });
 * console.log(status, x, iterations); // converged, 2 1
 * ```
 * @see D. M. Young, "Iterative Solution of Large Linear Systems", Academic Press, 1971; M. Khodak, E. Chow, M.-F. Balcan,
 * A. Talwalkar, "Learning to Relax", ICLR 2024, Algorithm 8
 */
export function ssor(A: MatrixLike, b: ArrayLike<number>, options?: RelaxationOptions): RelaxationResult {
  const settings = relaxationSettings('ssor', options);
  return run(() => ssorAlgorithm(A, b, settings), settings);
}

/**
 * Solves A x = b like {@link ssor}, one iteration at a time.
 *
 * Yields the same live state after every iteration, the start and the last one included, and returns the result.
 *
 * @param A - the matrix, shape (n, n)
 * @param b - right-hand side, length n, finite
 * @param options - as for {@link ssor}
 * @returns a generator of states
 * @throws what {@link ssor} throws: options at the call, data at the first step
 * Complexity: as {@link ssor}.
 *
 * @example
 * ```ts
 * import { ssorIterations } from '@lemmata/sor-bandit';
 *
 * for (const state of ssorIterations([[4, 1], [1, 3]], [9, 5])) console.log(state.iteration, state.residualNorm);
 * ```
 * @see ssor
 */
export function ssorIterations(
  A: MatrixLike,
  b: ArrayLike<number>,
  options?: RelaxationOptions,
): Generator<RelaxationState, RelaxationResult, void> {
  const settings = relaxationSettings('ssorIterations', options);
  return iterate(() => ssorAlgorithm(A, b, settings), settings);
}

/**
 * Solves A x = b like {@link ssor} without blocking the event loop for long: the same bits, in slices.
 *
 * @param A - the matrix, shape (n, n); must not change before the promise is settled
 * @param b - right-hand side, length n, finite
 * @param options - as for {@link ssor}
 * @returns a promise of the result; aborting the signal fulfils it with status `aborted` and the x so far
 * @throws never; the promise is rejected with what {@link ssor} would throw
 * Complexity: as {@link ssor}.
 *
 * @example
 * ```ts
 * import { ssorAsync } from '@lemmata/sor-bandit';
 *
 * const { x } = await ssorAsync([[4, 1], [1, 3]], [9, 5], { timeLimitMs: 1000 });
 * ```
 * @see ssor
 */
export async function ssorAsync(
  A: MatrixLike,
  b: ArrayLike<number>,
  options?: RelaxationOptions,
): Promise<RelaxationResult> {
  const settings = relaxationSettings('ssorAsync', options);
  return await runAsync(() => ssorAlgorithm(A, b, settings), settings);
}
