import { refusal, requireBoolean, requireInteger, resolveOptions, type Settings } from '@lemmata/core';
import { type GainState, requireElements, type SetFunction } from '../oracle/set-function.js';

/** A set function given by its values alone. */
export interface CustomObjective {
  /** Size of the ground set, an integer in [0, 2^31); elements are 0 .. n - 1. */
  readonly n: number;
  /** f(S) >= 0 of a list of different elements, in any order; must depend on the set alone. */
  readonly evaluate: (set: readonly number[]) => number;
  /** Whether f is monotone; default true. */
  readonly monotone?: boolean;
  /** Whether f is submodular; default true. */
  readonly submodular?: boolean;
  /** What the function is called in results; default `'custom'`. */
  readonly name?: string;
}

const DEFAULTS: Settings<CustomObjective, 'n' | 'evaluate'> = Object.freeze({
  n: undefined,
  evaluate: undefined,
  monotone: true,
  submodular: true,
  name: 'custom',
});

class CustomState implements GainState {
  readonly #evaluate: (set: readonly number[]) => number;
  readonly #members: number[];
  value: number;

  constructor(evaluate: (set: readonly number[]) => number, members: readonly number[], value: number) {
    this.#evaluate = evaluate;
    this.#members = [...members];
    this.value = value;
  }

  get size(): number {
    return this.#members.length;
  }

  gain(e: number): number {
    return this.#members.includes(e) ? 0 : this.#evaluate([...this.#members, e]) - this.value;
  }

  add(e: number): number {
    if (this.#members.includes(e)) return 0;
    const value = this.#evaluate([...this.#members, e]);
    const gain = value - this.value;
    this.#members.push(e);
    this.value = value;
    return gain;
  }

  clone(): CustomState {
    return new CustomState(this.#evaluate, this.#members, this.value);
  }
}

/**
 * Makes an objective of a function that evaluates sets.
 *
 * The marginal gain f(S + e) - f(S) is the difference of two values, of which f(S) is kept. An objective with a quick way
 * to gains is better given as a {@link SetFunction} of its own. What is declared is believed: see `checkSubmodular`.
 *
 * @param spec - `n`, `evaluate`, and what is known of f: `monotone` (default true), `submodular` (default true), `name`
 * @returns the set function
 * @throws InvalidInputError `ERR_OPTION` for an unknown key, `ERR_INPUT` for a member of the wrong kind
 * Complexity: one evaluation and O(|S|) per gain.
 *
 * @example
 * ```ts
 * import { custom, select } from '@lemmata/submodular';
 *
 * const colours = ['red', 'red', 'blue', 'green'];
 * const f = custom({ n: 4, evaluate: (set) => new Set(set.map((e) => colours[e])).size });
 * console.log(select(f, { k: 2 }).value); // 2
 * ```
 * @see {@link SetFunction}
 */
export function custom(spec: CustomObjective): SetFunction {
  const { n, evaluate, monotone, submodular, name } = resolveOptions('custom', spec, DEFAULTS);
  const size = requireInteger('spec.n', n, 0, 2147483647);
  if (typeof evaluate !== 'function') throw refusal('spec.evaluate', 'a function', evaluate);
  if (typeof name !== 'string') throw refusal('spec.name', 'a string', name);
  const value = evaluate as (set: readonly number[]) => number;
  return {
    n: size,
    name,
    monotone: requireBoolean('spec.monotone', monotone),
    submodular: requireBoolean('spec.submodular', submodular),
    state: () => new CustomState(value, [], value([])),
    evaluate: (set) => value(Array.from(requireElements('set', set, size))),
  };
}
