import { refusal, requireBoolean, requireInteger } from '@lemmata/core';
import type { PrefixState } from './prefix-state.js';

/** One set S under construction, as an objective keeps it to answer marginal gains quickly. Ids are not checked. */
export interface GainState {
  /** f(S), finite. */
  readonly value: number;
  /** How many elements were added, a count. */
  readonly size: number;
  /** The marginal gain f(S + e) - f(S) of an element e in 0 .. n - 1; 0 for a member of S. */
  gain(e: number): number;
  /** Adds the element e in 0 .. n - 1 to S and returns the gain that it had. */
  add(e: number): number;
  /** A state of its own for the same set. */
  clone(): GainState;
}

/** A set function on the elements 0 .. n - 1, known through an oracle: the problem of this package. */
export interface SetFunction {
  /** Size of the ground set, an integer >= 0; elements are 0 .. n - 1. */
  readonly n: number;
  /** What the function is called in results and snapshots. */
  readonly name: string;
  /** Whether f(S) <= f(T) for all S within T. */
  readonly monotone: boolean;
  /** Whether gains never grow: f(S + e) - f(S) >= f(T + e) - f(T) for all S within T and e outside T. */
  readonly submodular: boolean;
  /** What one gain costs in additions, about, > 0; steers how often a run gives way. Left out: after every gain. */
  readonly gainCost?: number;
  /** A state of the empty set. */
  state(): GainState;
  /** An empty list for gains at its beginnings, with the bits of `state()`; left out: the states of all beginnings are kept. */
  prefixes?(): PrefixState;
  /** f(S) from scratch, for any list of elements. */
  evaluate(set: ArrayLike<number>): number;
}

/**
 * Requires a set function.
 *
 * @param value - what came
 * @returns the set function
 * @throws InvalidInputError `ERR_INPUT` naming the member that is missing or wrong
 */
export function requireSetFunction(value: SetFunction): SetFunction {
  if (typeof value !== 'object' || value === null) throw refusal('f', 'a set function', value);
  requireInteger('f.n', value.n, 0, 2147483647);
  if (typeof value.name !== 'string') throw refusal('f.name', 'a string', value.name);
  requireBoolean('f.monotone', value.monotone);
  requireBoolean('f.submodular', value.submodular);
  if (value.gainCost !== undefined && !(value.gainCost > 0)) {
    throw refusal('f.gainCost', 'a number > 0', value.gainCost);
  }
  if (typeof value.state !== 'function') throw refusal('f.state', 'a function', value.state);
  if (value.prefixes !== undefined && typeof value.prefixes !== 'function') {
    throw refusal('f.prefixes', 'a function', value.prefixes);
  }
  if (typeof value.evaluate !== 'function') throw refusal('f.evaluate', 'a function', value.evaluate);
  return value;
}

/**
 * Requires different elements of a ground set and copies them.
 *
 * @param argument - name for the message
 * @param value - an array or typed array of elements
 * @param n - size of the ground set
 * @returns a new Int32Array in the given order
 * @throws InvalidInputError for anything but an array, an element outside 0 .. n - 1, or one that comes twice
 */
export function requireElements(argument: string, value: unknown, n: number): Int32Array {
  const typed = ArrayBuffer.isView(value) && !(value instanceof DataView);
  if (!typed && !Array.isArray(value)) throw refusal(argument, 'an array of elements', value);
  const source = value as ArrayLike<number>;
  const seen = new Set<number>();
  for (let i = 0; i < source.length; i++) {
    const e = requireInteger(`${argument}[${i}]`, source[i], 0, n - 1);
    if (seen.has(e)) throw refusal(`${argument}[${i}]`, 'an element that is not there already', e);
    seen.add(e);
  }
  return Int32Array.from(source);
}
