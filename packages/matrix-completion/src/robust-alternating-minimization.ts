import { iterate, run, runAsync } from '@lemmata/core';
import type { Completion, CompletionState } from './completion.js';
import type { Observed } from './problem/observed.js';
import { robustAlgorithm } from './robust-algorithm.js';
import { type RobustAlternatingMinimizationOptions, robustSettings } from './robust-options.js';

/**
 * Completes a matrix of low rank by robust alternating minimisation, as the paper states it.
 *
 * Starts from the leading singular vectors of the observed matrix with zeros in the holes, cuts off what exceeds
 * 2 mu sqrt(k / m), and alternates between approximate minimisers of |P(M - U V')| in V and in U, orthonormal between
 * half steps, on all entries or, with `splitSamples`, on entries of their own. For incoherent M and enough random
 * entries the distance falls by a constant factor in every round although the half steps are inexact. Deviations: rows
 * are solved by conjugate gradients with one preconditioner for all of them in place of a sketch for each, to the
 * accuracy 0.1 residual / kappa; the incoherence is guessed when it is not given; the run ends early once the residual
 * is small enough.
 *
 * @param observed - the entries, in any form that `completeMatrix` takes; weights are allowed
 * @param options - `rank` (required), `tolerance`, `clip`, `incoherence`, `splitSamples`, `solver`, `innerSteps`,
 * `seed`, and the options of a run: `maxIterations` (default log2(1 / tolerance), rounded up), `timeLimitMs`, `signal`,
 * `onIteration`, `historyEvery`
 * @returns the completion; `converged` means that the residual on the observed entries met `tolerance`
 * @throws DimensionError when lengths or shapes do not fit
 * @throws InvalidInputError for entries that are not finite, places out of range or twice, options out of range or
 * unknown
 * Complexity: a round costs O(N k) multiply-adds for every step of conjugate gradients and O((m + n) k^2).
 *
 * @example
 * ```ts
 * import { robustAlternatingMinimization } from '@lemmata/matrix-completion';
 *
 * const table = [[1, 2, null], [2, null, 6], [null, 6, 9], [4, 8, 12]];
 * const fit = robustAlternatingMinimization(table, { rank: 1 });
 * console.log(fit.status, fit.certificate.relativeResidual <= 1e-6); // converged true
 * ```
 * @see Y. Gu, Z. Song, J. Yin, L. Zhang, "Low Rank Matrix Completion via Robust Alternating Minimization in Nearly
 * Linear Time", ICLR 2024
 */
export function robustAlternatingMinimization(
  observed: Observed,
  options: RobustAlternatingMinimizationOptions,
): Completion {
  const settings = robustSettings('robustAlternatingMinimization', options);
  return run(() => robustAlgorithm(observed, settings), settings);
}

/**
 * Completes a matrix like {@link robustAlternatingMinimization}, one round at a time.
 *
 * The same bits. Yields the same live state after every round, the start (iteration 0) and the last one included, and
 * returns the completion.
 *
 * @param observed - as for {@link robustAlternatingMinimization}
 * @param options - as for {@link robustAlternatingMinimization}
 * @returns a generator of states
 * @throws what {@link robustAlternatingMinimization} throws: options at the call, data at the first step
 * Complexity: as {@link robustAlternatingMinimization}.
 *
 * @example
 * ```ts
 * import { robustAlternatingMinimizationIterations } from '@lemmata/matrix-completion';
 *
 * const table = [[1, 2, null], [2, null, 6], [null, 6, 9], [4, 8, 12]];
 * for (const state of robustAlternatingMinimizationIterations(table, { rank: 1 })) {
 *   console.log(state.iteration, state.relativeResidual);
 * }
 * ```
 * @see {@link robustAlternatingMinimization}
 */
export function robustAlternatingMinimizationIterations(
  observed: Observed,
  options: RobustAlternatingMinimizationOptions,
): Generator<CompletionState, Completion, void> {
  const settings = robustSettings('robustAlternatingMinimizationIterations', options);
  return iterate(() => robustAlgorithm(observed, settings), settings);
}

/**
 * Completes a matrix like {@link robustAlternatingMinimization} without blocking the event loop for long.
 *
 * The same bits, in slices of a few milliseconds. The data must not change before the promise is settled.
 *
 * @param observed - as for {@link robustAlternatingMinimization}
 * @param options - as for {@link robustAlternatingMinimization}
 * @returns a promise of the completion; aborting the signal fulfils it with status `aborted` and the last round
 * @throws never; the promise is rejected with what {@link robustAlternatingMinimization} would throw
 * Complexity: as {@link robustAlternatingMinimization}.
 *
 * @example
 * ```ts
 * import { robustAlternatingMinimizationAsync } from '@lemmata/matrix-completion';
 *
 * const table = [[1, 2, null], [2, null, 6], [null, 6, 9], [4, 8, 12]];
 * const fit = await robustAlternatingMinimizationAsync(table, { rank: 1 });
 * console.log(fit.status);
 * ```
 * @see {@link robustAlternatingMinimization}
 */
export async function robustAlternatingMinimizationAsync(
  observed: Observed,
  options: RobustAlternatingMinimizationOptions,
): Promise<Completion> {
  const settings = robustSettings('robustAlternatingMinimizationAsync', options);
  return await runAsync(() => robustAlgorithm(observed, settings), settings);
}
