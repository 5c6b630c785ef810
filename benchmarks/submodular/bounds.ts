// What a set is judged by: its own value, summed from the definition, and a bound that no set of k elements exceeds.
// Nothing here comes from a solver.

/** Marginal gains at one growing set. */
export interface Gains {
  /** f(S + e) - f(S). */
  gain(e: number): number;
  /** Adds e to S. */
  add(e: number): void;
}

/** What is known of the best k elements of a pool. */
export interface Bounds {
  /** f of a greedy set: at least 1 - 1/e of the best one. */
  readonly greedy: number;
  /** No set of at most k elements of the pool is worth more. */
  readonly upper: number;
}

function sumOfLargest(numbers: Float64Array, count: number): number {
  return numbers
    .slice()
    .sort()
    .subarray(Math.max(0, numbers.length - count))
    .reduce((sum, value) => sum + Math.max(0, value), 0);
}

/**
 * Greedy selection for monotone submodular f with f(empty) = 0, ties to the element that comes first.
 *
 * Every set O of k elements has f(O) <= f(S) + the k largest gains at S: taken at S = empty, after k / 2 and after k
 * elements.
 */
export function greedyBounds(pool: Int32Array, k: number, set: Gains): Bounds {
  const old = Float64Array.from(pool, (e) => set.gain(e));
  let greedy = 0;
  let upper = sumOfLargest(old, k);
  for (let step = 1; step <= Math.min(k, pool.length); step++) {
    // Gains never grow: an old one that is no larger than the best fresh one need not be computed again.
    let best = 0;
    for (let i = 1; i < pool.length; i++) if (old[i] > old[best]) best = i;
    let largest = set.gain(pool[best]);
    old[best] = largest;
    for (let i = 0; i < pool.length; i++) {
      if (i === best || old[i] < largest || (old[i] === largest && i > best)) continue;
      old[i] = set.gain(pool[i]);
      if (old[i] < largest || (old[i] === largest && i > best)) continue;
      largest = old[i];
      best = i;
    }
    if (largest <= 0) break;
    set.add(pool[best]);
    greedy += largest;
    if (step !== k >> 1 && step !== Math.min(k, pool.length)) continue;
    for (let i = 0; i < pool.length; i++) old[i] = set.gain(pool[i]);
    upper = Math.min(upper, greedy + sumOfLargest(old, k));
  }
  return { greedy, upper: Math.max(greedy, upper) };
}

/** Throws unless a set has at most k different elements, all of which are allowed. */
export function requireSet(place: string, set: Int32Array, k: number, allowed: (e: number) => boolean): void {
  if (set.length > k) throw new RangeError(`${place}: expected at most ${k} elements, got ${set.length}`);
  if (new Set(set).size !== set.length) throw new RangeError(`${place}: expected different elements`);
  const wrong = set.findIndex((e) => !allowed(e));
  if (wrong >= 0) throw new RangeError(`${place}[${wrong}]: expected an element of the pool, got ${set[wrong]}`);
}
