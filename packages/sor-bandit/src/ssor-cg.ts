import { iterate, run, runAsync } from '@lemmata/core';
import type { MatrixLike } from '@lemmata/linalg';
import {
  type RelaxationOptions,
  type RelaxationResult,
  type RelaxationState,
  relaxationSettings,
} from './relaxation-options.js';
import { ssorCgAlgorithm } from './ssor-cg-algorithm.js';

/**
 * Solves A x = b by conjugate gradients preconditioned by symmetric over-relaxation.
 *
 * The preconditioner is W = (omega / (2 - omega)) P D^-1 P', P = D / omega + L. Written in P^-1 r, a product by A and a
 * solve by W together read each entry of A once; the iterates and the residual are those of the textbook method. A
 * direction without positive curvature proves that A is not positive definite: `breakdown`.
 *
 * Converged means that |b - A x|, computed from x, is at most `tolerance` times the reference. The run ends as `stalled`
 * where rounding keeps the true residual above that, and as `diverged` once it is 1e8 times the first one.
 *
 * @param A - symmetric (to the last bit) positive definite matrix, shape (n, n)
 * @param b - right-hand side, length n, finite
 * @param options - `omega` in (0, 2), `tolerance`, `toleranceReference`, `initial` and the options of a run:
 * `maxIterations` (default 10000), `timeLimitMs`, `signal`, `onIteration`, `historyEvery`
 * @returns the last finite x with its true residual, whatever the status
 * @throws DimensionError when A is not square or lengths differ; InvalidInputError for entries that are not finite, a zero on
 * the diagonal, an unsymmetric A, options out of range or unknown
 * Complexity: one pass over A and 16 n multiplications for each iteration; 8 n numbers and one copy of A.
 *
 * @example
 * ```ts
 * import { ssorCg } from '@lemmata/sor-bandit';
 *
 * const { status, x, iterations } = ssorCg([[4, 1], [1, 3]], [9, 5], { omega: 1.05 });
 * console.log(status, x, iterations); // converged, 2 1
 * ```
 * @see S. C. Eisenstat, "Efficient Implementation of a Class of Preconditioned Conjugate Gradient Methods", SIAM J. Sci.
 * Stat. Comput. 2, 1981; M. Khodak, E. Chow, M.-F. Balcan, A. Talwalkar, "Learning to Relax", ICLR 2024, section 2
 */
export function ssorCg(A: MatrixLike, b: ArrayLike<number>, options?: RelaxationOptions): RelaxationResult {
  const settings = relaxationSettings('ssorCg', options);
  return run(() => ssorCgAlgorithm(A, b, settings), settings);
}

/**
 * Solves A x = b like {@link ssorCg}, one iteration at a time.
 *
 * Yields the same live state after every iteration, the start and the last one included, and returns the result.
 *
 * @param A - the matrix, shape (n, n)
 * @param b - right-hand side, length n, finite
 * @param options - as for {@link ssorCg}
 * @returns a generator of states
 * @throws what {@link ssorCg} throws: options at the call, data at the first step
 * Complexity: as {@link ssorCg}.
 *
 * @example
 * ```ts
 * import { ssorCgIterations } from '@lemmata/sor-bandit';
 *
 * for (const state of ssorCgIterations([[4, 1], [1, 3]], [9, 5])) console.log(state.iteration, state.residualNorm);
 * ```
 * @see ssorCg
 */
export function ssorCgIterations(
  A: MatrixLike,
  b: ArrayLike<number>,
  options?: RelaxationOptions,
): Generator<RelaxationState, RelaxationResult, void> {
  const settings = relaxationSettings('ssorCgIterations', options);
  return iterate(() => ssorCgAlgorithm(A, b, settings), settings);
}

/**
 * Solves A x = b like {@link ssorCg} without blocking the event loop for long: the same bits, in slices.
 *
 * @param A - the matrix, shape (n, n); must not change before the promise is settled
 * @param b - right-hand side, length n, finite
 * @param options - as for {@link ssorCg}
 * @returns a promise of the result; aborting the signal fulfils it with status `aborted` and the x so far
 * @throws never; the promise is rejected with what {@link ssorCg} would throw
 * Complexity: as {@link ssorCg}.
 *
 * @example
 * ```ts
 * import { ssorCgAsync } from '@lemmata/sor-bandit';
 *
 * const { x } = await ssorCgAsync([[4, 1], [1, 3]], [9, 5], { timeLimitMs: 1000 });
 * ```
 * @see ssorCg
 */
export async function ssorCgAsync(
  A: MatrixLike,
  b: ArrayLike<number>,
  options?: RelaxationOptions,
): Promise<RelaxationResult> {
  const settings = relaxationSettings('ssorCgAsync', options);
  return await runAsync(() => ssorCgAlgorithm(A, b, settings), settings);
}
