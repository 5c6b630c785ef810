import { InvalidInputError, requireInteger, resolveOptions, type Settings } from '@lemmata/core';
import { counted, type OracleCalls } from './oracle/counted.js';
import { type GainState, requireElements, type SetFunction } from './oracle/set-function.js';

/** Options of {@link bruteForce}. */
export interface BruteForceOptions {
  /** Largest number of elements to choose, an integer >= 1. */
  readonly k: number;
  /** The elements to choose from, at most 24; default all. */
  readonly candidates?: ArrayLike<number>;
}

/** The best set of all: plain data. */
export interface BruteForceResult {
  /** Always `'complete'`. */
  readonly status: 'complete';
  /** The best elements, rising; of equally good sets the first one in the order of the search. */
  readonly selected: Int32Array;
  /** What they are worth. */
  readonly value: number;
  /** What it cost. */
  readonly counts: OracleCalls;
  /** What the caller should know; always empty. */
  readonly warnings: readonly string[];
  /** Time from the call to the result, in milliseconds. */
  readonly elapsedMs: number;
}

const DEFAULTS: Settings<BruteForceOptions, 'k' | 'candidates'> = Object.freeze({
  k: undefined,
  candidates: undefined,
});
const MOST = 24;

/**
 * Tries every set of at most k elements.
 *
 * Returns max f(S) over |S| <= k for any set function, monotone or not: the oracle for everything else here.
 *
 * @param f - the objective
 * @param options - `k` (required), `candidates` (default all elements); at most 24 candidates
 * @returns the best set and its value
 * @throws InvalidInputError when there are more than 24 candidates, and for bad elements or options
 * @throws NumericalError when the objective answers NaN or an infinity
 * Complexity: one addition and one copy of a state per set of at most k elements.
 *
 * @example
 * ```ts
 * import { bruteForce, weightedCoverage } from '@lemmata/submodular';
 *
 * const best = bruteForce(weightedCoverage([[0, 1, 2], [2, 3], [3, 4], [5], [0, 1]]), { k: 2 });
 * console.log(best.selected, best.value); // Int32Array [ 0, 2 ] 5
 * ```
 * @see {@link SetFunction}
 */
export function bruteForce(f: SetFunction, options: BruteForceOptions): BruteForceResult {
  const start = performance.now();
  const { k, candidates } = resolveOptions('bruteForce', options, DEFAULTS);
  const g = counted(f);
  const most = requireInteger('options.k', k, 1);
  const pool =
    candidates === undefined
      ? Int32Array.from({ length: Math.min(g.n, MOST + 1) }, (_, e) => e)
      : requireElements('options.candidates', candidates, g.n).sort();
  if (pool.length > MOST) {
    const actual = candidates === undefined ? g.n : pool.length;
    throw new InvalidInputError(`candidates: expected at most ${MOST} elements to try, got ${actual}`, 'ERR_INPUT', {
      argument: 'candidates',
      expected: MOST,
      actual,
    });
  }
  const chosen: number[] = [];
  const empty = g.state();
  let value = empty.value;
  let selected: number[] = [];
  const extend = (state: GainState, from: number): void => {
    for (let i = from; i < pool.length; i++) {
      const next = state.clone();
      next.add(pool[i]);
      chosen.push(pool[i]);
      if (next.value > value) {
        value = next.value;
        selected = [...chosen];
      }
      if (chosen.length < most) extend(next, i + 1);
      chosen.pop();
    }
  };
  extend(empty, 0);
  const counts = { ...g.calls };
  const elapsedMs = performance.now() - start;
  return { status: 'complete', selected: Int32Array.from(selected), value, counts, warnings: [], elapsedMs };
}
