import { type RandomStream, randomStream, requireInteger, resolveOptions, type Settings } from '@lemmata/core';
import { counted } from './counted.js';
import type { SetFunction } from './set-function.js';

/** Options of {@link checkSubmodular}. */
export interface CheckSubmodularOptions {
  /** How many random chains of sets to try, an integer >= 1; default 1000. */
  readonly trials?: number;
  /** Seed of the random sets; default 0. */
  readonly seed?: number | string;
}

/** A pair of sets that disproves what an objective declares, or a state that disagrees with the values. */
export interface SubmodularCounterexample {
  /** What fails: gains grow, a value falls, or `gain` is not the difference of two values of `evaluate`. */
  readonly property: 'submodular' | 'monotone' | 'gain';
  /** The smaller set, in the order of its additions. */
  readonly small: readonly number[];
  /** The larger set, which begins with the smaller one. */
  readonly large: readonly number[];
  /** The element outside both. */
  readonly element: number;
  /** Its gain at the smaller set. */
  readonly gainAtSmall: number;
  /** Its gain at the larger set, for `'gain'` the difference of the values at the smaller one. */
  readonly gainAtLarge: number;
}

/** What {@link checkSubmodular} found: plain data. */
export interface CheckSubmodularResult {
  /** Whether no counterexample was met; that is no proof. */
  readonly ok: boolean;
  /** The first counterexample, or null. */
  readonly counterexample: SubmodularCounterexample | null;
  /** The seed. */
  readonly seed: string;
}

const DEFAULTS: Settings<CheckSubmodularOptions> = Object.freeze({ trials: 1000, seed: 0 });

/** Random sets small <= large and an element outside both. */
function chain(stream: RandomStream, n: number): { small: Int32Array; large: Int32Array; element: number } {
  const size = stream.integer(n);
  const drawn = stream.sample(n, size + 1);
  return { small: drawn.slice(0, stream.integer(size + 1)), large: drawn.slice(0, size), element: drawn[size] };
}

/**
 * Looks for a proof that an objective is not what it declares.
 *
 * Draws sets S within T and an element e outside T, and compares f(e | S) >= f(e | T) where f is declared submodular,
 * f(e | S) >= 0 where it is declared monotone, and f(e | S) with the difference of two values from scratch. Differences
 * within 8 (n + 1) units of rounding at the values involved do not count.
 *
 * @param f - the objective
 * @param options - `trials` (default 1000), `seed` (default 0)
 * @returns whether nothing was found, else the sets that disprove it
 * @throws InvalidInputError for an unknown option or one out of range
 * @throws NumericalError when the objective answers NaN or an infinity
 * Complexity: O(n) additions and four values or gains per trial.
 *
 * @example
 * ```ts
 * import { checkSubmodular, custom } from '@lemmata/submodular';
 *
 * const squares = custom({ n: 5, evaluate: (set) => set.length * set.length });
 * console.log(checkSubmodular(squares).counterexample?.property); // submodular
 * ```
 * @see {@link SetFunction}
 */
export function checkSubmodular(f: SetFunction, options?: CheckSubmodularOptions): CheckSubmodularResult {
  const { trials, seed } = resolveOptions('checkSubmodular', options, DEFAULTS);
  requireInteger('options.trials', trials, 1);
  const root = randomStream(seed);
  const stream = root.fork('check-submodular');
  const g = counted(f);
  for (let trial = 0; trial < trials && g.n > 0; trial++) {
    const { small, large, element } = chain(stream, g.n);
    const state = g.state();
    for (const e of small) state.add(e);
    const gainAtSmall = state.gain(element);
    const withElement = g.evaluate([...small, element]);
    const difference = withElement - g.evaluate(small);
    for (const e of large.subarray(small.length)) state.add(e);
    const gainAtLarge = state.gain(element);
    const slack = 8 * (g.n + 1) * Number.EPSILON * (Math.abs(withElement) + Math.abs(state.value));
    const at = { small: Array.from(small), large: Array.from(large), element, gainAtSmall };
    const found = (property: SubmodularCounterexample['property'], other: number): CheckSubmodularResult => ({
      ok: false,
      counterexample: { property, ...at, gainAtLarge: other },
      seed: root.seed,
    });
    if (Math.abs(gainAtSmall - difference) > slack) return found('gain', difference);
    if (g.submodular && gainAtLarge - gainAtSmall > slack) return found('submodular', gainAtLarge);
    if (g.monotone && gainAtSmall < -slack) return found('monotone', gainAtLarge);
  }
  return { ok: true, counterexample: null, seed: root.seed };
}
