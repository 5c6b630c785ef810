import type { MaxHeap } from '../max-heap.js';
import type { GuessWindow } from './guess-window.js';
import type { KLevels } from './k-levels.js';

/** The best set at hand and what is proven about all others. */
export interface BestSolution {
  /** The elements. */
  readonly chosen: readonly number[];
  /** f of them. */
  readonly value: number;
  /** No set of at most k live elements is worth more. */
  readonly upperBound: number;
}

/**
 * Takes the best solution and the smallest bound that settled guesses give.
 *
 * Candidates are the solutions of all guesses and the best single element, equal values to the lowest guess. Bounds are
 * f(G) + g / 2 for every unsaturated guess g, since k gains below g / (2 k) are left, and the k largest gains at the empty
 * set.
 *
 * @param window - the guesses
 * @param live - the live elements by their gains at the empty set
 * @param k - largest size of a set
 * @param base - f(empty)
 * @returns the solution, its value and the bound
 */
export function bestSolution(window: GuessWindow, live: MaxHeap, k: number, base: number): BestSolution {
  const single = live.size > 0 && live.keys[live.top] > 0;
  let value = single ? base + live.keys[live.top] : base;
  let upperBound = base + live.sumOfLargest(k);
  let best: KLevels | undefined;
  for (const levels of window.active) {
    if (!levels.saturated) upperBound = Math.min(upperBound, levels.value + levels.guess / 2);
    if (levels.value < value || (best !== undefined && levels.value === value)) continue;
    value = levels.value;
    best = levels;
  }
  const chosen = best?.solution() ?? (single ? [live.top] : []);
  // A bound below a value that is reached is rounding.
  return { chosen, value, upperBound: Math.max(value, upperBound) };
}
