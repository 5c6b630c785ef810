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
    const threshold = count === n ? -Infinity : this.#kthLargest(scores, count);
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

  /** Hoare's selection on a copy, with the median of three as pivot. */
  #kthLargest(scores: Float64Array, count: number): number {
    const a = this.#room;
    a.set(scores);
    const place = a.length - count;
    let low = 0;
    let high = a.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const [p, q, r] = [a[low], a[middle], a[high]];
      const pivot = Math.max(Math.min(p, q), Math.min(Math.max(p, q), r));
      let i = low;
      let j = high;
      while (i <= j) {
        while (a[i] < pivot) i++;
        while (a[j] > pivot) j--;
        if (i > j) break;
        const swapped = a[i];
        a[i++] = a[j];
        a[j--] = swapped;
      }
      if (place <= j) high = j;
      else if (place >= i) low = i;
      else break;
    }
    return a[place];
  }
}

/** The lowest index of a largest score. */
export function largest(scores: Float64Array): number {
  let best = 0;
  for (let i = 1; i < scores.length; i++) if (scores[i] > scores[best]) best = i;
  return best;
}
