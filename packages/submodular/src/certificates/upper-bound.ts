import { InvalidInputError, requireInteger, resolveOptions, type Settings } from '@lemmata/core';
import { LargestSum } from '../max-heap.js';
import { counted } from '../oracle/counted.js';
import { requireElements, type SetFunction } from '../oracle/set-function.js';

/** Proof of how good a set is, by a bound that holds for every set of at most k elements. */
export interface UpperBoundCertificate {
  /** What kind of proof this is. */
  readonly kind: 'upper-bound';
  /** No set of at most k of the elements is worth more. */
  readonly upperBound: number;
  /** `upperBound` minus the value of the set; >= 0, and 0 also where rounding makes it negative. */
  readonly gap: number;
  /** Value of the set over `upperBound`, in [0, 1]; 1 when they are equal, 0 when the value is negative. */
  readonly ratio: number;
}

/**
 * Puts a bound and a value together.
 *
 * @param upperBound - the bound
 * @param value - value of the set
 * @returns the certificate
 */
export function certify(upperBound: number, value: number): UpperBoundCertificate {
  const ratio = upperBound > value ? Math.max(0, value) / Math.max(upperBound, Number.MIN_VALUE) : 1;
  return { kind: 'upper-bound', upperBound, gap: Math.max(0, upperBound - value), ratio };
}

/** Options of {@link upperBound}. */
export interface UpperBoundOptions {
  /** Largest number of elements of the sets that are bounded, an integer >= 1. */
  readonly k: number;
  /** The elements that those sets may use; default all. */
  readonly candidates?: ArrayLike<number>;
}

const DEFAULTS: Settings<UpperBoundOptions, 'k' | 'candidates'> = Object.freeze({
  k: undefined,
  candidates: undefined,
});

/**
 * Bounds the value of every set of at most k elements, from the gains at one set.
 *
 * For monotone submodular f and any sets S and O with |O| <= k: f(O) <= f(S + O) <= f(S) + the sum of the k largest
 * gains f(e | S). It needs no solver, so it checks any answer, and tightens the bound of a dynamic selector on demand.
 *
 * @param f - the objective, monotone and submodular
 * @param set - the set S: different elements, at most n
 * @param options - `k` (required), `candidates` (default all elements)
 * @returns the bound
 * @throws InvalidInputError `ERR_INCOMPATIBLE` when f is not monotone or not submodular; else for bad elements or options
 * @throws NumericalError when the objective answers NaN or an infinity
 * Complexity: |S| additions and one gain per candidate.
 *
 * @example
 * ```ts
 * import { upperBound, weightedCoverage } from '@lemmata/submodular';
 *
 * const f = weightedCoverage([[0, 1, 2], [2, 3], [3, 4], [5], [0, 1]]);
 * console.log(upperBound(f, [0, 2], { k: 2 })); // 6, while { 0, 2 } is worth 5
 * ```
 * @see G. L. Nemhauser, L. A. Wolsey, M. L. Fisher, Mathematical Programming 14, 1978
 */
export function upperBound(f: SetFunction, set: ArrayLike<number>, options: UpperBoundOptions): number {
  const { k, candidates } = resolveOptions('upperBound', options, DEFAULTS);
  const g = counted(f);
  requireMonotoneSubmodular('upperBound', f);
  const sum = new LargestSum(Math.min(requireInteger('options.k', k, 1), g.n));
  const state = g.state();
  const members = new Set(requireElements('set', set, g.n));
  const pool = candidates === undefined ? undefined : requireElements('options.candidates', candidates, g.n);
  for (const e of members) state.add(e);
  for (let i = 0; i < (pool?.length ?? g.n); i++) {
    const e = pool === undefined ? i : pool[i];
    if (!members.has(e)) sum.offer(state.gain(e));
  }
  return state.value + sum.total();
}

/**
 * Requires an objective for which the proofs hold.
 *
 * @param entryPoint - who asks, for the message
 * @param f - the objective
 * @throws InvalidInputError `ERR_INCOMPATIBLE` when it is not declared monotone and submodular
 */
export function requireMonotoneSubmodular(entryPoint: string, f: SetFunction): void {
  for (const property of ['monotone', 'submodular'] as const) {
    if (f[property]) continue;
    throw new InvalidInputError(
      `f.${property}: expected true (${entryPoint} needs a monotone submodular objective), got false`,
      'ERR_INCOMPATIBLE',
      { argument: `f.${property}`, expected: true, actual: false },
    );
  }
}
