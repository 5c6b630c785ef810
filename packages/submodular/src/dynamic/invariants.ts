import type { SetFunction } from '../oracle/set-function.js';
import type { GuessWindow } from './guess-window.js';
import type { KLevels } from './k-levels.js';

/** What {@link violation} needs to know of a selector. */
export interface Inspected {
  /** The objective, not counted. */
  readonly f: SetFunction;
  /** Largest size of a solution. */
  readonly k: number;
  /** The live elements. */
  readonly live: Int32Array;
  /** Largest live gain at the empty set; 0 when there is none. */
  readonly delta: number;
  /** The guesses. */
  readonly window: GuessWindow;
  /** The best solution. */
  readonly solution: Int32Array;
  /** Its value as reported. */
  readonly value: number;
}

/**
 * Looks for a broken promise, from the definitions: every gain is computed anew.
 *
 * @param inspected - the selector's parts
 * @returns what is broken, in a sentence, or undefined
 */
export function violation(inspected: Inspected): string | undefined {
  const { f, k, live, delta, window, solution, value } = inspected;
  const isLive = new Set(live);
  if (solution.length > k) return `a solution of at most ${k} elements, got ${solution.length}`;
  const dead = solution.find((e) => !isLive.has(e));
  if (dead !== undefined) return `a solution of live elements, got ${dead}, which is not live`;
  const actual = f.evaluate(solution);
  // Sums of up to n terms in two orders.
  const slack = 4 * (f.n + 1) * Number.EPSILON * Math.max(Math.abs(actual), Math.abs(value));
  if (!(Math.abs(actual - value) <= slack)) return `value ${value} of the solution, got ${actual} from scratch`;
  if (delta > 0) {
    const least = window.lowestUnsaturated();
    if (least === undefined) return 'an unsaturated guess, got none';
    const neighbour = window.active.find(({ index }) => index === least.index - 1);
    const low = window.low(delta);
    if (least.index < low) return `guesses from ${low} on, got ${least.index}`;
    if (least.index > low && neighbour === undefined) return `a saturated guess ${least.index - 1}, got none`;
  } else if (window.active.length > 0) return 'no guess without a positive gain, got one';
  for (const levels of window.active) {
    const found = brokenLevel(f, k, live, levels);
    if (found !== undefined) return `guess ${levels.index}: ${found}`;
  }
  return undefined;
}

/** I1 (survivors), I3 (terminator), I4 (no dead element) and saturation of one guess. */
function brokenLevel(f: SetFunction, k: number, live: Int32Array, levels: KLevels): string | undefined {
  const { threshold } = levels;
  const chosen = levels.solution();
  const state = f.state();
  const empty = state.value;
  let survivors = Array.from(live);
  const isLive = new Set(live);
  for (let i = 1; i <= chosen.length + 1; i++) {
    // A gain may differ by the rounding of n terms from the one that decided.
    const slack = 4 * (f.n + 1) * Number.EPSILON * (Math.abs(state.value) + threshold);
    const next: number[] = [];
    for (const e of survivors) {
      if (i > 1 && e === chosen[i - 2]) continue;
      const gain = i > k ? -Infinity : state.gain(e);
      const within = levels.depth(e) >= i;
      if (within ? gain < threshold - slack && i <= k : gain >= threshold + slack) {
        return `element ${e} of gain ${gain} against ${threshold} ${within ? 'outside' : 'in'} level ${i}, got the opposite`;
      }
      if (within) next.push(e);
    }
    if (i > chosen.length) {
      if (next.length > 0) return `no element below the last level, got ${next[0]}`;
      // The bound needs this of every live element, survivor or not.
      const left = live.find((e) => i <= k && !chosen.includes(e) && state.gain(e) >= threshold + slack);
      if (left !== undefined) return `gains below ${threshold} at the solution, got more for element ${left}`;
      break;
    }
    const e = chosen[i - 1];
    if (!isLive.has(e) || levels.depth(e) !== i) return `a live element chosen at level ${i}, got ${e}`;
    survivors = next;
    state.add(e);
  }
  const gained = state.value - empty;
  const slack = 4 * (f.n + 1) * Number.EPSILON * (Math.abs(state.value) + levels.guess);
  if (levels.saturated && gained < levels.guess / 2 - slack) return `a gain of ${levels.guess / 2}, got ${gained}`;
  return undefined;
}
