import { NumericalError } from '@lemmata/core';
import type { PrefixState } from './prefix-state.js';
import { type GainState, requireSetFunction, type SetFunction } from './set-function.js';

/** How often an objective was asked; one call is one query of the value oracle. */
export interface OracleCalls {
  /** Marginal gains, a count. */
  readonly gain: number;
  /** Additions to a state, a count. */
  readonly add: number;
  /** Values from scratch, a count. */
  readonly value: number;
  /** Copies of a state, a count. */
  readonly clone: number;
}

/** A set function that counts its calls. */
export interface CountedFunction extends SetFunction {
  /** The counts so far: one live object. */
  readonly calls: OracleCalls;
  /** Sets all counts back to 0. */
  resetCalls(): void;
}

function finite(value: number, what: string, element: number | null): number {
  if (Number.isFinite(value)) return value;
  const argument = element === null ? what : `${what}(${element})`;
  throw new NumericalError(`${argument}: expected a finite number from the objective, got ${value}`, {
    argument,
    element,
    actual: String(value),
  });
}

/**
 * Counts what is asked of an objective, and refuses answers that are not finite.
 *
 * The counts are the cost measure of the field: queries of the value oracle, independent of the machine. All states that
 * come from the wrapper, copies and lists of beginnings included, share one set of counts.
 *
 * @param f - the objective; it is not changed
 * @returns the same set function with `calls` and `resetCalls()`; its states and `evaluate` throw a NumericalError when
 * the objective answers NaN or an infinity
 * @throws InvalidInputError `ERR_INPUT` when f is no set function
 * Complexity: O(1) per call beside the objective's own.
 *
 * @example
 * ```ts
 * import { counted, weightedCoverage } from '@lemmata/submodular';
 *
 * const f = counted(weightedCoverage([[0, 1], [1, 2]]));
 * const state = f.state();
 * state.add(0);
 * console.log(state.gain(1), f.calls); // 1 { gain: 1, add: 1, value: 0, clone: 0 }
 * ```
 * @see {@link SetFunction}
 */
export function counted(f: SetFunction): CountedFunction {
  requireSetFunction(f);
  const calls = { gain: 0, add: 0, value: 0, clone: 0 };
  const wrap = (inner: GainState): GainState => ({
    get value() {
      return finite(inner.value, 'state.value', null);
    },
    get size() {
      return inner.size;
    },
    gain(e) {
      calls.gain++;
      return finite(inner.gain(e), 'state.gain', e);
    },
    add(e) {
      calls.add++;
      return finite(inner.add(e), 'state.add', e);
    },
    clone() {
      calls.clone++;
      return wrap(inner.clone());
    },
  });
  const wrapPrefixes = (inner: PrefixState): PrefixState => ({
    get size() {
      return inner.size;
    },
    valueAt: (level) => finite(inner.valueAt(level), 'prefixes.valueAt', null),
    gainAt(level, e) {
      calls.gain++;
      return finite(inner.gainAt(level, e), 'prefixes.gainAt', e);
    },
    add(e) {
      calls.add++;
      return finite(inner.add(e), 'prefixes.add', e);
    },
    truncate: (level) => inner.truncate(level),
  });
  const prefixes = f.prefixes?.bind(f);
  return {
    n: f.n,
    name: f.name,
    monotone: f.monotone,
    submodular: f.submodular,
    ...(f.gainCost === undefined ? {} : { gainCost: f.gainCost }),
    calls,
    resetCalls() {
      calls.gain = calls.add = calls.value = calls.clone = 0;
    },
    state: () => wrap(f.state()),
    ...(prefixes === undefined ? {} : { prefixes: () => wrapPrefixes(prefixes()) }),
    evaluate(set) {
      calls.value++;
      return finite(f.evaluate(set), 'f.evaluate', null);
    },
  };
}
