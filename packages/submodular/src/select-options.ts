import {
  checkRunOptions,
  type Ending,
  InvalidInputError,
  type RunOptions,
  requireInteger,
  requireOneOf,
  resolveOptions,
  type Settings,
} from '@lemmata/core';
import type { UpperBoundCertificate } from './certificates/upper-bound.js';
import type { OracleCalls } from './oracle/counted.js';
import { requireElements, type SetFunction } from './oracle/set-function.js';

/** How a greedy selection finds the element of the largest gain. */
export type SelectAlgorithm = 'lazy' | 'greedy';

/** What `onIteration` and `selectIterations` show: one live object, updated in place after every chosen element. */
export interface SelectState {
  /** Elements chosen in this run; 0 is the start. */
  iteration: number;
  /** The element chosen last, or -1 at the start. */
  element: number;
  /** The gain it had; 0 at the start. */
  gain: number;
  /** f of all chosen elements. */
  value: number;
  /** The smallest proven bound so far; Infinity while nothing is proven. */
  upperBound: number;
  /** Marginal gains computed so far, a count. */
  gainCalls: number;
}

/** Names of the numbers of a {@link SelectState} that a history keeps. */
export type SelectColumn = 'element' | 'gain' | 'value' | 'upperBound' | 'gainCalls';

/** Options of `select`, `selectAsync` and `selectIterations`. */
export interface SelectOptions extends RunOptions<SelectState> {
  /** Largest number of elements to choose, those of `initial` included; an integer >= 1. */
  readonly k: number;
  /**
   * `'lazy'` (default) keeps old gains as bounds and recomputes the few that matter, which needs a submodular objective;
   * `'greedy'` recomputes all gains at every step. On submodular objectives both choose the same elements.
   */
  readonly algorithm?: SelectAlgorithm;
  /** The elements to choose from, without repeats; default all. */
  readonly candidates?: ArrayLike<number>;
  /** Elements that are chosen before the run, without repeats, at most k; default none. */
  readonly initial?: ArrayLike<number>;
}

/** A greedy selection: plain data that survives `structuredClone`. */
export interface SelectResult extends Ending<SelectColumn> {
  /** The chosen elements in the order of their choice, those of `initial` first. */
  readonly selected: Int32Array;
  /** The gain of each when it was chosen; falling after those of `initial` when f is submodular. */
  readonly gains: Float64Array;
  /** f of the chosen elements. */
  readonly value: number;
  /** Proof of how good they are; null when f is not monotone submodular, or the run ended before there was one. */
  readonly certificate: UpperBoundCertificate | null;
  /** What it cost. */
  readonly counts: OracleCalls;
  /** Which algorithm ran. */
  readonly algorithm: SelectAlgorithm;
  /** What the caller should know, in sentences; mostly empty. */
  readonly warnings: readonly string[];
}

const DEFAULTS: Settings<SelectOptions, 'k' | 'candidates' | 'initial' | 'signal' | 'onIteration'> = Object.freeze({
  k: undefined,
  algorithm: 'lazy',
  candidates: undefined,
  initial: undefined,
  maxIterations: Number.MAX_SAFE_INTEGER,
  timeLimitMs: Infinity,
  signal: undefined,
  onIteration: undefined,
  historyEvery: 1,
});

/** The options of a selection after defaults. */
export type SelectSettings = typeof DEFAULTS & { readonly k: number };

/**
 * Completes and checks the options of a selection, but for what depends on the objective.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @returns every option
 * @throws InvalidInputError `ERR_OPTION` for unknown keys and values out of range
 */
export function selectSettings(entryPoint: string, options: SelectOptions): SelectSettings {
  const settings = resolveOptions(entryPoint, options, DEFAULTS);
  const k = requireInteger('options.k', settings.k, 1);
  requireOneOf('options.algorithm', settings.algorithm, ['lazy', 'greedy']);
  checkRunOptions(settings);
  return { ...settings, k };
}

/**
 * Reads the elements that are chosen beforehand, and those that may be chosen.
 *
 * @param f - the objective
 * @param settings - options, checked
 * @returns both lists; the second without the first
 * @throws InvalidInputError for bad elements, more than k of them, or a lazy run on an objective that is not submodular
 */
export function selectElements(
  f: SetFunction,
  settings: SelectSettings,
): { readonly initial: Int32Array; readonly candidates: Int32Array } {
  if (settings.algorithm === 'lazy' && !f.submodular) {
    throw new InvalidInputError(
      `options.algorithm: expected 'greedy' (f is not submodular, so old gains are no bounds), got 'lazy'`,
      'ERR_INCOMPATIBLE',
      { argument: 'options.algorithm', expected: 'greedy', actual: 'lazy' },
    );
  }
  const initial = requireElements('options.initial', settings.initial ?? [], f.n);
  if (initial.length > settings.k) {
    const message = `options.initial: expected at most ${settings.k} elements (options.k), got ${initial.length}`;
    const details = { argument: 'options.initial', expected: settings.k, actual: initial.length };
    throw new InvalidInputError(message, 'ERR_OPTION', details);
  }
  const chosen = new Set(initial);
  const pool =
    settings.candidates === undefined
      ? Int32Array.from({ length: f.n }, (_, e) => e)
      : requireElements('options.candidates', settings.candidates, f.n);
  return { initial, candidates: pool.filter((e) => !chosen.has(e)) };
}
