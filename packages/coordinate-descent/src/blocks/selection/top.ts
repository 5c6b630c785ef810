import { kthSmallest } from '../../rules/kth-smallest.js';

/** Finds the largest scores, of equal ones those of lowest index. */
export class TopScores {
  readonly #room: Float64Array;

  /** @param n - number of scores */
  constructor(n: number) {
    this.#room = new Float64Array(n);
  }

  /**
   * The indices of the largest scores, rising.
   *
   * @param scores - no NaN among them
   * @param count - how many, 1 <= count <= the number of scores
   * @returns a new array
   * Complexity: O(n) expected.
   */
  select(scores: Float64Array, count: number): Int32Array {
    const n = scores.length;
    if (count === 1) return Int32Array.of(largest(scores));
    const chosen = new Int32Array(count);
    this.#room.set(scores);
    const threshold = count === n ? -Infinity : kthSmallest(this.#room, n - count + 1);
    let above = 0;
    for (let i = 0; i < n; i++) if (scores[i] > threshold) above++;
    let ties = count - above;
    let k = 0;
    for (let i = 0; i < n; i++) {
      if (scores[i] < threshold || (scores[i] === threshold && ties-- <= 0)) continue;
      chosen[k++] = i;
    }
    return chosen;
  }
}

/** The lowest index of a largest score. */
export function largest(scores: Float64Array): number {
  let best = 0;
  for (let i = 1; i < scores.length; i++) if (scores[i] > scores[best]) best = i;
  return best;
}
