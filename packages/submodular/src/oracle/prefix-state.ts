import type { GainState, SetFunction } from './set-function.js';

/** A list e_1, e_2, .. of elements that grows and shrinks at its end and answers gains at all of its beginnings. */
export interface PrefixState {
  /** How many elements there are, a count. */
  readonly size: number;
  /** f of the first `level` elements, level in 0 .. size. */
  valueAt(level: number): number;
  /** The gain of an element e in 0 .. n - 1 at the first `level` elements; 0 for one of them. */
  gainAt(level: number, e: number): number;
  /** Appends the element e in 0 .. n - 1 and returns the gain that it had. */
  add(e: number): number;
  /** Forgets all but the first `level` elements. */
  truncate(level: number): void;
}

/** One state per beginning: what every objective offers. */
class ClonedPrefixes implements PrefixState {
  readonly #states: GainState[];

  constructor(f: SetFunction) {
    this.#states = [f.state()];
  }

  get size(): number {
    return this.#states.length - 1;
  }

  valueAt(level: number): number {
    return this.#states[level].value;
  }

  gainAt(level: number, e: number): number {
    return this.#states[level].gain(e);
  }

  add(e: number): number {
    const state = this.#states[this.size].clone();
    const gain = state.add(e);
    this.#states.push(state);
    return gain;
  }

  truncate(level: number): void {
    this.#states.length = level + 1;
  }
}

/**
 * Starts an empty list of elements: the objective's own form of it, or one copied state per element.
 *
 * @param f - the objective
 * @returns the list
 */
export function prefixState(f: SetFunction): PrefixState {
  return f.prefixes?.() ?? new ClonedPrefixes(f);
}
