import { iterate, run, runAsync } from '@lemmata/core';
import { alternatingLeastSquares } from './alternating-least-squares.js';
import { type CompleteMatrixOptions, completeMatrixSettings } from './complete-matrix-options.js';
import type { Completion, CompletionState } from './completion.js';
import type { Observed } from './problem/observed.js';

/**
 * Completes a matrix of which some entries are known, by alternating least squares.
 *
 * Minimises f = sum w (y - mean - a_i - b_j - u_i . v_j)^2 + lambda sum s_i |u_i|^2 + lambda sum t_j |v_j|^2
 * (+ biasLambda likewise for the biases a and b) over the factors U and V: given U, every row of V is a least squares
 * problem of its own, and the reverse. s and t are the sums of weights of rows and columns, or 1. Where solves are
 * exact f never rises. With lambda = 0 the factors are made orthonormal between half sweeps and inexact solves follow
 * the accuracy rule 0.1 residual / kappa, under which alternating minimisation keeps its rate.
 *
 * @param observed - triplets `{ rows, cols, values, weights?, shape? }`, a table with holes, or a sparse matrix whose
 * stored entries are the known ones; at least one entry, values finite, no place twice
 * @param options - `rank` and `lambda` (required), `biasLambda`, `ridgeScaling`, `biases`, `solver`, `innerSteps`,
 * `finalize`, `initial`, `tolerance`, `residualTolerance`, `seed`, and the options of a run: `maxIterations` (default
 * 500 when lambda = 0, else 30), `timeLimitMs`, `signal`, `onIteration`, `historyEvery`
 * @returns the factors of the last finished round, with objective, certificate and costs, whatever the status
 * @throws DimensionError when lengths or shapes do not fit
 * @throws InvalidInputError for entries that are not finite, places out of range or twice, options out of range or
 * unknown
 * Complexity: a round costs about N rank^2 multiply-adds and (m + n) rank^3 / 3 with Cholesky, 4 N rank for every
 * step of conjugate gradients; 64 bytes of memory for each of the N entries, 3 (m + n) rank numbers for the factors.
 *
 * @example
 * ```ts
 * import { completeMatrix, predict } from '@lemmata/matrix-completion';
 *
 * const table = [[1, 2, null], [2, null, 6], [null, 6, 9], [4, 8, 12]];
 * const fit = completeMatrix(table, { rank: 1, lambda: 0 });
 * console.log(fit.status, predict(fit, [0, 1, 2], [2, 1, 0])); // converged, about 3 4 3
 * ```
 * @see Y. Gu, Z. Song, J. Yin, L. Zhang, "Low Rank Matrix Completion via Robust Alternating Minimization in Nearly
 * Linear Time", ICLR 2024
 */
export function completeMatrix(observed: Observed, options: CompleteMatrixOptions): Completion {
  const settings = completeMatrixSettings('completeMatrix', options);
  return run(() => alternatingLeastSquares(observed, settings), settings);
}

/**
 * Completes a matrix like {@link completeMatrix}, one round at a time.
 *
 * The same bits. Yields the same live state after every round, the start (iteration 0) and the last one included, and
 * returns the completion.
 *
 * @param observed - as for {@link completeMatrix}
 * @param options - as for {@link completeMatrix}
 * @returns a generator of states
 * @throws what {@link completeMatrix} throws: options at the call, data at the first step
 * Complexity: as {@link completeMatrix}.
 *
 * @example
 * ```ts
 * import { completeMatrixIterations } from '@lemmata/matrix-completion';
 *
 * const table = [[1, 2, null], [2, null, 6], [null, 6, 9], [4, 8, 12]];
 * for (const state of completeMatrixIterations(table, { rank: 1, lambda: 0 })) {
 *   console.log(state.iteration, state.relativeResidual);
 * }
 * ```
 * @see {@link completeMatrix}
 */
export function completeMatrixIterations(
  observed: Observed,
  options: CompleteMatrixOptions,
): Generator<CompletionState, Completion, void> {
  const settings = completeMatrixSettings('completeMatrixIterations', options);
  return iterate(() => alternatingLeastSquares(observed, settings), settings);
}

/**
 * Completes a matrix like {@link completeMatrix} without blocking the event loop for long.
 *
 * The same bits, in slices of a few milliseconds; timers, events and `signal` get their turn at least every 16 ms. The
 * data must not change before the promise is settled.
 *
 * @param observed - as for {@link completeMatrix}
 * @param options - as for {@link completeMatrix}
 * @returns a promise of the completion; aborting the signal fulfils it with status `aborted` and the last round
 * @throws never; the promise is rejected with what {@link completeMatrix} would throw
 * Complexity: as {@link completeMatrix}.
 *
 * @example
 * ```ts
 * import { completeMatrixAsync } from '@lemmata/matrix-completion';
 *
 * const table = [[1, 2, null], [2, null, 6], [null, 6, 9], [4, 8, 12]];
 * const fit = await completeMatrixAsync(table, { rank: 1, lambda: 0, timeLimitMs: 1000 });
 * console.log(fit.status);
 * ```
 * @see {@link completeMatrix}
 */
export async function completeMatrixAsync(observed: Observed, options: CompleteMatrixOptions): Promise<Completion> {
  const settings = completeMatrixSettings('completeMatrixAsync', options);
  return await runAsync(() => alternatingLeastSquares(observed, settings), settings);
}
