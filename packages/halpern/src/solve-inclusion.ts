import { iterate, run, runAsync } from '@lemmata/core';
import { type InclusionResult, inclusionAlgorithm } from './inclusion-algorithm.js';
import { residualNorm } from './inclusion-engine.js';
import type { Inclusion } from './problem/inclusion.js';
import { type InclusionOptions, type InclusionState, inclusionSettings } from './solve-inclusion-options.js';

/**
 * Solves a monotone inclusion and proves how well.
 *
 * Finds z with 0 in F(z) + G(z), F = (1/n) sum of F_i, by Halpern's iteration with variance reduction or one of the
 * methods to compare it with. A run ends as `converged` once |F(z) + g| <= `tolerance` for a point z and an element g of
 * G(z), both at hand: F is evaluated in full, never estimated, wherever a residual is reported. The best such point is
 * returned, whatever the status.
 *
 * @param problem - the operator F with its constants, and the resolvent of G
 * @param options - `method`, `tolerance` (default 1e-6), `initial`, `stepSize`, `maxEvaluations`, `seed` and more, and the
 * options of a run: `maxIterations`, `timeLimitMs`, `signal`, `onIteration`, `historyEvery`
 * @returns the best certified point, with its certificate and the evaluations spent
 * @throws DimensionError when `initial` or the probabilities do not fit the operator
 * @throws InvalidInputError for options out of range or unknown; `ERR_INCOMPATIBLE` when the problem states no constant
 * that the method needs, or has no components to draw
 * @throws NumericalError when a function of the caller's returns NaN
 * Complexity: with D = |z0 - z*|, expected component evaluations to a residual eps are O(n + sqrt(n) L D / eps) up to
 * logarithms for the variance-reduced Halpern methods, O(n L D / eps) for the deterministic ones; O(d) memory.
 *
 * @example
 * ```ts
 * import { solveInclusion } from '@lemmata/halpern';
 *
 * // min over x, max over y of x y + x^2 / 2 - y^2 / 2
 * const operator = {
 *   dimension: 2,
 *   lipschitz: Math.SQRT2,
 *   full: (z: Float64Array, out: Float64Array) => {
 *     out[0] = z[0] + z[1];
 *     out[1] = z[1] - z[0];
 *   },
 * };
 * const result = solveInclusion({ operator }, { initial: [3, -2] });
 * console.log(result.status, result.x, result.certificate.gap <= 1e-6);
 * ```
 * @see X. Cai, A. Alacaoglu, J. Diakonikolas, "Variance Reduced Halpern Iteration for Finite-Sum Monotone Inclusions",
 * ICLR 2024, Algorithms 1 to 3
 */
export function solveInclusion(problem: Inclusion, options?: InclusionOptions): InclusionResult {
  const settings = inclusionSettings('solveInclusion', options);
  return run(() => inclusionAlgorithm(problem, settings, residualNorm), settings);
}

/**
 * Solves a monotone inclusion like {@link solveInclusion}, one certified point at a time.
 *
 * Finds z with 0 in F(z) + G(z) with the same bits. Yields the same live state whenever a point was certified, the start
 * and the last one included, and returns the result.
 *
 * @param problem - the inclusion
 * @param options - as for {@link solveInclusion}
 * @returns a generator of states
 * @throws what {@link solveInclusion} throws: options at the call, the problem at the first step
 * Complexity: as {@link solveInclusion}.
 *
 * @example
 * ```ts
 * import { solveInclusionIterations } from '@lemmata/halpern';
 *
 * const operator = { dimension: 1, lipschitz: 2, full: (z: Float64Array, out: Float64Array) => void (out[0] = 2 * z[0]) };
 * for (const state of solveInclusionIterations({ operator }, { initial: [1] })) {
 *   console.log(state.iteration, state.residual, state.evaluations);
 * }
 * ```
 * @see {@link solveInclusion}
 */
export function solveInclusionIterations(
  problem: Inclusion,
  options?: InclusionOptions,
): Generator<InclusionState, InclusionResult, void> {
  const settings = inclusionSettings('solveInclusionIterations', options);
  return iterate(() => inclusionAlgorithm(problem, settings, residualNorm), settings);
}

/**
 * Solves a monotone inclusion like {@link solveInclusion} without blocking the event loop for long.
 *
 * Finds z with 0 in F(z) + G(z) with the same bits; timers, events and `signal` get their turn at least every 16 ms, unless
 * a single evaluation takes longer.
 *
 * @param problem - the inclusion; must not change before the promise is settled
 * @param options - as for {@link solveInclusion}
 * @returns a promise of the result; aborting the signal fulfils it with status `aborted` and the best point so far
 * @throws never; the promise is rejected with what {@link solveInclusion} would throw
 * Complexity: as {@link solveInclusion}.
 *
 * @example
 * ```ts
 * import { solveInclusionAsync } from '@lemmata/halpern';
 *
 * const operator = { dimension: 1, lipschitz: 2, full: (z: Float64Array, out: Float64Array) => void (out[0] = 2 * z[0]) };
 * const result = await solveInclusionAsync({ operator }, { initial: [1], signal: AbortSignal.timeout(1000) });
 * console.log(result.status);
 * ```
 * @see {@link solveInclusion}
 */
export async function solveInclusionAsync(problem: Inclusion, options?: InclusionOptions): Promise<InclusionResult> {
  const settings = inclusionSettings('solveInclusionAsync', options);
  return await runAsync(() => inclusionAlgorithm(problem, settings, residualNorm), settings);
}
