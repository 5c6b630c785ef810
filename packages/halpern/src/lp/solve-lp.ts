import { iterate, run, runAsync } from '@lemmata/core';
import type { LinearProgram } from './linear-program.js';
import { type LpResult, lpAlgorithm } from './lp-algorithm.js';
import { type LpOptions, type LpState, lpSettings } from './solve-lp-options.js';

/**
 * Solves a linear program by restarted reflected Halpern steps and proves how well.
 *
 * Minimises c'x + offset over rowLower <= A x <= rowUpper, colLower <= x <= colUpper. After every round of `checkEvery`
 * steps the errors of the pair at hand are computed in the caller's units; the run ends as `converged` once relative primal
 * error, dual error and gap are all at most `tolerance`. The pair of least error is returned, whatever the status. There
 * is no presolve, and infeasible and unbounded programs are not recognised: they end at a limit. Nothing is drawn at
 * random.
 *
 * @param program - costs, constraints, sides and bounds
 * @param options - `tolerance` (default 1e-6), `checkEvery` (default 40), `reflection` (default 1), `initial`, and the
 * options of a run: `maxIterations` (rounds, default 5000), `timeLimitMs`, `signal`, `onIteration`, `historyEvery`
 * @returns the pair x, y with reduced costs, both objectives and the three errors
 * @throws DimensionError when lengths do not fit A
 * @throws InvalidInputError for data that are not finite (bounds may be infinite), a lower bound above its upper one,
 * and options out of range or unknown
 * Complexity: two products with A for a step and three more for a round; O(entries of A) memory. The rate is linear, with
 * a constant that depends on the program's conditioning.
 *
 * @example
 * ```ts
 * import { solveLP } from '@lemmata/halpern';
 *
 * // Two foods at cost 2 and 3 with at least 8 units of protein and 6 of fibre.
 * const result = solveLP({ c: [2, 3], A: [[4, 1], [1, 3]], rowLower: [8, 6] });
 * console.log(result.status, result.x, result.y, result.certificate.gap);
 * ```
 * @see H. Lu, J. Yang, "Restarted Halpern PDHG for Linear Programming", arXiv:2407.16144, 2024
 */
export function solveLP(program: LinearProgram, options?: LpOptions): LpResult {
  const settings = lpSettings('solveLP', options);
  return run(() => lpAlgorithm(program, settings), settings);
}

/**
 * Solves a linear program like {@link solveLP}, one round at a time.
 *
 * Minimises c'x + offset with the same bits. Yields the same live state after every round, the start and the last one
 * included, and returns the result.
 *
 * @param program - the program
 * @param options - as for {@link solveLP}
 * @returns a generator of states
 * @throws what {@link solveLP} throws: options at the call, the program at the first step
 * Complexity: as {@link solveLP}.
 *
 * @example
 * ```ts
 * import { solveLPIterations } from '@lemmata/halpern';
 *
 * for (const state of solveLPIterations({ c: [1, 1], A: [[1, 2]], rowLower: [2] })) {
 *   console.log(state.iteration, state.primalError, state.dualError, state.gap);
 * }
 * ```
 * @see {@link solveLP}
 */
export function solveLPIterations(program: LinearProgram, options?: LpOptions): Generator<LpState, LpResult, void> {
  const settings = lpSettings('solveLPIterations', options);
  return iterate(() => lpAlgorithm(program, settings), settings);
}

/**
 * Solves a linear program like {@link solveLP} without blocking the event loop for long.
 *
 * Minimises c'x + offset with the same bits; timers, events and `signal` get their turn at least every 16 ms once the
 * program was scaled.
 *
 * @param program - the program; must not change before the promise is settled
 * @param options - as for {@link solveLP}
 * @returns a promise of the result; aborting the signal fulfils it with status `aborted` and the best pair so far
 * @throws never; the promise is rejected with what {@link solveLP} would throw
 * Complexity: as {@link solveLP}.
 *
 * @example
 * ```ts
 * import { solveLPAsync } from '@lemmata/halpern';
 *
 * const signal = AbortSignal.timeout(1000);
 * const result = await solveLPAsync({ c: [1, 1], A: [[1, 2]], rowLower: [2] }, { signal });
 * console.log(result.status, result.objective);
 * ```
 * @see {@link solveLP}
 */
export async function solveLPAsync(program: LinearProgram, options?: LpOptions): Promise<LpResult> {
  const settings = lpSettings('solveLPAsync', options);
  return await runAsync(() => lpAlgorithm(program, settings), settings);
}
