import { iterate, run, runAsync } from '@lemmata/core';
import { greedyAlgorithm } from './greedy.js';
import type { SetFunction } from './oracle/set-function.js';
import { type SelectOptions, type SelectResult, type SelectState, selectSettings } from './select-options.js';

/**
 * Chooses at most k elements greedily and proves how good they are.
 *
 * Adds the element of largest marginal gain, ties to the smaller one, until k are chosen or no gain is positive. For
 * monotone submodular f with f(empty) >= 0 the value is at least 1 - (1 - 1/k)^k > 1 - 1/e of the best one, and the
 * certificate, min over the sets S on the way of f(S) + the k largest (bounds of) gains at S, usually proves much more.
 * Nothing is drawn at random.
 *
 * @param f - the objective, on elements 0 .. n - 1
 * @param options - `k` (required, >= 1), `algorithm` (default `'lazy'`), `candidates` (default all), `initial` (default
 * none), and the options of a run: `maxIterations`, `timeLimitMs`, `signal`, `onIteration`, `historyEvery`
 * @returns the chosen elements in order, their gains, value, certificate and costs; status `complete` when the rule ended
 * the run
 * @throws InvalidInputError for bad elements and options, `ERR_INCOMPATIBLE` for a lazy run on an objective that is not
 * submodular
 * @throws NumericalError when the objective answers NaN or an infinity
 * Complexity: n gains at the start, then at most n per chosen element, few when lazy; k additions.
 *
 * @example
 * ```ts
 * import { select, weightedCoverage } from '@lemmata/submodular';
 *
 * const f = weightedCoverage([[0, 1, 2], [2, 3], [3, 4], [5], [0, 1]]);
 * const { selected, value, certificate } = select(f, { k: 2 });
 * console.log(selected, value, certificate?.ratio);
 * ```
 * @see M. Minoux, "Accelerated greedy algorithms for maximizing submodular set functions", Optimization Techniques, 1978
 */
export function select(f: SetFunction, options: SelectOptions): SelectResult {
  const settings = selectSettings('select', options);
  return run(() => greedyAlgorithm(f, settings), settings);
}

/**
 * Chooses elements like {@link select}, one at a time.
 *
 * Yields the same live state after the first prices (iteration 0) and after every chosen element, the last included, and
 * returns the selection.
 *
 * @param f - the objective
 * @param options - as for {@link select}
 * @returns a generator of states
 * @throws what {@link select} throws: options at the call, the rest at the first step
 * Complexity: as {@link select}.
 *
 * @example
 * ```ts
 * import { selectIterations, weightedCoverage } from '@lemmata/submodular';
 *
 * const f = weightedCoverage([[0, 1, 2], [2, 3], [3, 4], [5], [0, 1]]);
 * for (const state of selectIterations(f, { k: 3 })) console.log(state.element, state.value, state.upperBound);
 * ```
 * @see {@link select}
 */
export function selectIterations(f: SetFunction, options: SelectOptions): Generator<SelectState, SelectResult, void> {
  const settings = selectSettings('selectIterations', options);
  return iterate(() => greedyAlgorithm(f, settings), settings);
}

/**
 * Chooses elements like {@link select} without blocking the event loop for long.
 *
 * The same choice with the same bits; the run gives way after about a millisecond of gains, and after every gain of an
 * objective that does not say what one costs.
 *
 * @param f - the objective; must not change before the promise is settled
 * @param options - as for {@link select}
 * @returns a promise of the selection; aborting the signal fulfils it with status `aborted` and what is chosen so far
 * @throws never; the promise is rejected with what {@link select} would throw
 * Complexity: as {@link select}.
 *
 * @example
 * ```ts
 * import { selectAsync, weightedCoverage } from '@lemmata/submodular';
 *
 * const f = weightedCoverage([[0, 1, 2], [2, 3], [3, 4], [5], [0, 1]]);
 * const { status, value } = await selectAsync(f, { k: 2, signal: AbortSignal.timeout(1000) });
 * console.log(status, value);
 * ```
 * @see {@link select}
 */
export async function selectAsync(f: SetFunction, options: SelectOptions): Promise<SelectResult> {
  const settings = selectSettings('selectAsync', options);
  return await runAsync(() => greedyAlgorithm(f, settings), settings);
}
