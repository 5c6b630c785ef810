import { DimensionError, refusal, requireInteger, requireVector, resolveOptions, type Settings } from '@lemmata/core';
import type { PrefixState } from '../oracle/prefix-state.js';
import { type GainState, requireElements, type SetFunction } from '../oracle/set-function.js';

/** What each element covers, in compressed form: element e covers `indices[indptr[e] .. indptr[e + 1] - 1]`. */
export interface CompressedSets {
  /** Where the items of each element begin, length n + 1, from 0 on, never falling. */
  readonly indptr: ArrayLike<number>;
  /** Items, integers >= 0, rising within each element. */
  readonly indices: ArrayLike<number>;
}

/** Options of {@link weightedCoverage}. */
export interface WeightedCoverageOptions {
  /** Worth of each item, >= 0, at least as many as there are items; default 1 for every item. */
  readonly weights?: ArrayLike<number>;
}

const DEFAULTS: Settings<WeightedCoverageOptions, 'weights'> = Object.freeze({ weights: undefined });

/** Checked sets: typed arrays that belong to the objective. */
interface Sets {
  readonly indptr: Int32Array;
  readonly indices: Int32Array;
  readonly items: number;
}

class CoverageState implements GainState {
  readonly #sets: Sets;
  readonly #weights: Float64Array;
  readonly #covered: Uint8Array;
  value: number;
  size: number;

  constructor(sets: Sets, weights: Float64Array, covered: Uint8Array, value: number, size: number) {
    this.#sets = sets;
    this.#weights = weights;
    this.#covered = covered;
    this.value = value;
    this.size = size;
  }

  gain(e: number): number {
    const { indptr, indices } = this.#sets;
    let gain = 0;
    for (let p = indptr[e]; p < indptr[e + 1]; p++) {
      const item = indices[p];
      if (this.#covered[item] === 0) gain += this.#weights[item];
    }
    return gain;
  }

  add(e: number): number {
    const { indptr, indices } = this.#sets;
    const gain = this.gain(e);
    for (let p = indptr[e]; p < indptr[e + 1]; p++) this.#covered[indices[p]] = 1;
    this.value += gain;
    this.size++;
    return gain;
  }

  clone(): CoverageState {
    return new CoverageState(this.#sets, this.#weights, this.#covered.slice(), this.value, this.size);
  }
}

/** Stands for the place in the list at which an item that is not covered is covered first. */
const NEVER = 2147483647;

/** What a list covers, all of its beginnings at once: for each item the place of the first element that covers it. */
class CoveragePrefixes implements PrefixState {
  readonly #sets: Sets;
  readonly #weights: Float64Array;
  readonly #first: Int32Array;
  readonly #elements: number[] = [];
  readonly #values: number[] = [0];

  constructor(sets: Sets, weights: Float64Array) {
    this.#sets = sets;
    this.#weights = weights;
    this.#first = new Int32Array(sets.items).fill(NEVER);
  }

  get size(): number {
    return this.#elements.length;
  }

  valueAt(level: number): number {
    return this.#values[level];
  }

  gainAt(level: number, e: number): number {
    const { indptr, indices } = this.#sets;
    let gain = 0;
    for (let p = indptr[e]; p < indptr[e + 1]; p++) {
      const item = indices[p];
      if (this.#first[item] > level) gain += this.#weights[item];
    }
    return gain;
  }

  add(e: number): number {
    const gain = this.gainAt(this.size, e);
    this.#values.push(this.#values[this.size] + gain);
    this.#elements.push(e);
    this.#replace(e, NEVER, this.size);
    return gain;
  }

  truncate(level: number): void {
    for (let at = this.size; at > level; at--) this.#replace(this.#elements[at - 1], at, NEVER);
    this.#elements.length = level;
    this.#values.length = level + 1;
  }

  /** Puts a new place where items of e have the old one. */
  #replace(e: number, old: number, place: number): void {
    const { indptr, indices } = this.#sets;
    for (let p = indptr[e]; p < indptr[e + 1]; p++) {
      if (this.#first[indices[p]] === old) this.#first[indices[p]] = place;
    }
  }
}

function compress(sets: readonly ArrayLike<number>[]): CompressedSets {
  const indptr = [0];
  const indices: number[] = [];
  for (let e = 0; e < sets.length; e++) {
    const items = requireElements(`sets[${e}]`, sets[e], 2147483647).sort();
    for (const item of items) indices.push(item);
    indptr.push(indices.length);
  }
  return { indptr, indices };
}

function checkSets(sets: readonly ArrayLike<number>[] | CompressedSets): Sets {
  if (typeof sets !== 'object' || sets === null || !(Array.isArray(sets) || 'indptr' in sets)) {
    throw refusal('sets', 'an array of sets or { indptr, indices }', sets);
  }
  if (Array.isArray(sets)) return checkSets(compress(sets));
  const { indptr, indices } = sets as CompressedSets;
  const starts = requireVector('sets.indptr', indptr);
  const entries = requireVector('sets.indices', indices);
  if (starts[0] !== 0) throw refusal('sets.indptr[0]', '0', starts[0]);
  let items = 0;
  for (let e = 1; e < starts.length; e++) {
    requireInteger(`sets.indptr[${e}]`, starts[e], starts[e - 1], entries.length);
    for (let p = starts[e - 1]; p < starts[e]; p++) {
      const least = p === starts[e - 1] ? 0 : entries[p - 1] + 1;
      requireInteger(`sets.indices[${p}]`, entries[p], least, 2147483646);
      items = Math.max(items, entries[p] + 1);
    }
  }
  if (starts[starts.length - 1] !== entries.length) {
    throw new DimensionError(
      `sets.indices: expected length ${starts[starts.length - 1]} (end of indptr), got ${entries.length}`,
      { argument: 'sets.indices', expected: starts[starts.length - 1], actual: entries.length },
    );
  }
  return { indptr: Int32Array.from(starts), indices: Int32Array.from(entries), items };
}

function checkWeights(weights: ArrayLike<number> | undefined, items: number): Float64Array {
  if (weights === undefined) return new Float64Array(items).fill(1);
  const checked = requireVector('options.weights', weights);
  if (checked.length < items) {
    throw new DimensionError(`options.weights: expected length >= ${items} (items in sets), got ${checked.length}`, {
      argument: 'options.weights',
      expected: items,
      actual: checked.length,
    });
  }
  for (let u = 0; u < checked.length; u++) {
    if (checked[u] < 0) throw refusal(`options.weights[${u}]`, 'a number >= 0', checked[u]);
  }
  return checked;
}

/**
 * Makes the objective that counts, or weighs, what the chosen elements cover.
 *
 * f(S) = sum of w_u over the items u that lie in the set of at least one e in S. Monotone and submodular, f(empty) = 0.
 * With closed neighbourhoods as sets it is the number of dominated nodes of a graph.
 *
 * @param sets - one list of items per element, without repeats; or `{ indptr, indices }` with rising items. Items are
 * integers in [0, 2^31 - 2]
 * @param options - `weights`: worth of each item, >= 0 (default 1 each)
 * @returns the set function; the arrays are copied
 * @throws DimensionError when lengths do not fit
 * @throws InvalidInputError for an item that is no such integer or comes twice, a negative weight, an unknown option
 * Complexity: O(size of the set of e) per gain, O(largest item) per copy of a state.
 *
 * @example
 * ```ts
 * import { select, weightedCoverage } from '@lemmata/submodular';
 *
 * const f = weightedCoverage([[0, 1, 2], [2, 3], [3, 4], [5], [0, 1]]);
 * console.log(select(f, { k: 2 }).selected); // Int32Array [ 0, 2 ]
 * ```
 * @see G. L. Nemhauser, L. A. Wolsey, M. L. Fisher, "An analysis of approximations for maximizing submodular set
 * functions", Mathematical Programming 14, 1978
 */
export function weightedCoverage(
  sets: readonly ArrayLike<number>[] | CompressedSets,
  options?: WeightedCoverageOptions,
): SetFunction {
  const settings = resolveOptions('weightedCoverage', options, DEFAULTS);
  const checked = checkSets(sets);
  const weights = checkWeights(settings.weights, checked.items);
  const n = checked.indptr.length - 1;
  let largest = 1;
  for (let e = 0; e < n; e++) largest = Math.max(largest, checked.indptr[e + 1] - checked.indptr[e]);
  return {
    n,
    name: 'weighted-coverage',
    monotone: true,
    submodular: true,
    gainCost: largest,
    state: () => new CoverageState(checked, weights, new Uint8Array(checked.items), 0, 0),
    prefixes: () => new CoveragePrefixes(checked, weights),
    evaluate(set) {
      const covered = new Uint8Array(checked.items);
      for (const e of requireElements('set', set, n)) {
        for (let p = checked.indptr[e]; p < checked.indptr[e + 1]; p++) covered[checked.indices[p]] = 1;
      }
      let value = 0;
      for (let u = 0; u < covered.length; u++) if (covered[u] === 1) value += weights[u];
      return value;
    },
  };
}
