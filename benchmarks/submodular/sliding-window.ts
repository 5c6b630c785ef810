// The problem: elements arrive in order, each is forgotten when `window` later ones are there, and after every slide k of
// those in the window must be shown that cover as much as possible.
import { type Params, type Problem, readParams } from '@lemmata/bench';
import { type Bounds, type Gains, greedyBounds, requireSet } from './bounds.js';

/** What a data set for this problem makes: element e covers `indices[indptr[e] .. indptr[e + 1] - 1]`. */
export interface CoverageInput {
  /** Where the items of each element begin, length n + 1. */
  readonly indptr: Int32Array;
  /** Items, rising within each element. */
  readonly indices: Int32Array;
  /** Worth of each item, > 0. */
  readonly weights: Float64Array;
}

/** A stream: the first `window` elements at once, then `slides` times the oldest out and the next one in. */
export interface WindowInstance extends CoverageInput {
  /** Most elements that may be shown. */
  readonly k: number;
  /** Elements in the window. */
  readonly window: number;
  /** How often it slides by one element. */
  readonly slides: number;
  /** The set shown after every `every` slides is recorded. */
  readonly every: number;
}

/** The recorded sets, k places each, -1 where fewer elements are shown. */
export interface WindowSolution {
  readonly shown: Int32Array;
}

/** How many sets are recorded. */
export function recordings({ slides, every }: WindowInstance): number {
  return Math.floor(slides / every);
}

/** Elements that a recorded set shows. */
function shownAt({ k }: WindowInstance, { shown }: WindowSolution, r: number): Int32Array {
  return shown.subarray(r * k, (r + 1) * k).filter((e) => e !== -1);
}

/** Gains of coverage. */
function coverage({ indptr, indices, weights }: CoverageInput): Gains & { readonly total: number } {
  const covered = new Uint8Array(weights.length);
  let total = 0;
  const visit = (e: number, mark: number): number => {
    let gain = 0;
    for (let p = indptr[e]; p < indptr[e + 1]; p++) {
      if (covered[indices[p]] === 1) continue;
      gain += weights[indices[p]];
      covered[indices[p]] = mark;
    }
    return gain;
  };
  return {
    gain: (e) => visit(e, 0),
    add: (e) => {
      total += visit(e, 1);
    },
    get total() {
      return total;
    },
  };
}

/** Worth of what a set covers. */
export function coverageValue(input: CoverageInput, set: Int32Array): number {
  const state = coverage(input);
  for (const e of set) state.add(e);
  return state.total;
}

const known = new WeakMap<WindowInstance, readonly Bounds[]>();

/** Greedy values and bounds of the windows at which sets are recorded. */
export function windowBounds(instance: WindowInstance): readonly Bounds[] {
  const { k, window, every } = instance;
  const found =
    known.get(instance) ??
    Array.from({ length: recordings(instance) }, (_, r) => {
      const pool = Int32Array.from({ length: window }, (_entry, i) => (r + 1) * every + i);
      return greedyBounds(pool, k, coverage(instance));
    });
  known.set(instance, found);
  return found;
}

/** Weakest share of the best value that any option of ours promises; greedy values are no better than the best. */
const PROMISE = 1 / 2.5;

/** Coverage in a sliding window over half of the elements. */
export function problem(given: Params): Problem<CoverageInput, WindowInstance, WindowSolution> {
  const params = readParams('problem sliding-window', given, {
    k: { default: 20, min: 1, integer: true },
    slides: { default: 1000, min: 20, integer: true },
  });
  return {
    name: 'sliding-window',
    version: '1',
    params,
    metric: 'gap',
    metricLabel: 'mean gap to the upper bound',
    count: 'gainsPerSlide',
    referenceKind: 'certified',
    load: (input) => {
      const n = input.indptr.length - 1;
      const window = Math.floor(n / 2);
      const slides = Math.min(params.slides, n - window);
      return { ...input, k: params.k, window, slides, every: Math.floor(slides / 20) };
    },
    evaluate: (instance, solution) => {
      const bounds = windowBounds(instance);
      const values = bounds.map((_, r) => coverageValue(instance, shownAt(instance, solution, r)));
      const mean = (entries: readonly number[]) => entries.reduce((sum, entry) => sum + entry, 0) / entries.length;
      return {
        gap: mean(values.map((value, r) => 1 - value / bounds[r].upper)),
        worstGap: Math.max(...values.map((value, r) => 1 - value / bounds[r].upper)),
        shortOfGreedy: mean(values.map((value, r) => 1 - value / bounds[r].greedy)),
      };
    },
    trivialSolution: (instance) => ({ shown: new Int32Array(recordings(instance) * instance.k).fill(-1) }),
    verify: (instance, solution) => {
      const length = recordings(instance) * instance.k;
      if (solution.shown.length !== length) {
        throw new RangeError(`shown: expected length ${length}, got ${solution.shown.length}`);
      }
      windowBounds(instance).forEach(({ greedy }, r) => {
        const set = shownAt(instance, solution, r);
        const oldest = (r + 1) * instance.every;
        requireSet(`shown ${r}`, set, instance.k, (e) => e >= oldest && e < oldest + instance.window);
        const value = coverageValue(instance, set);
        if (value < PROMISE * greedy) {
          throw new RangeError(`shown ${r}: expected a value >= ${PROMISE * greedy}, got ${value}`);
        }
      });
    },
  };
}
