// The problem: choose k elements that represent all of them (facility location on a dense similarity).
import { type Params, type Problem, readParams } from '@lemmata/bench';
import { type Bounds, type Gains, greedyBounds, requireSet } from './bounds.js';

/** What a data set for this problem makes. */
export interface SimilarityInput {
  /** Number of elements, which are the clients as well. */
  readonly n: number;
  /** Similarity >= 0 of each pair, symmetric, by rows. */
  readonly similarity: Float32Array;
}

/** Choose at most k of n elements. */
export interface RepresentativesInstance extends SimilarityInput {
  readonly k: number;
}

/** The chosen elements. */
export interface RepresentativesSolution {
  readonly selected: Int32Array;
}

/** Gains of facility location, differences summed in float64. */
function representation({ n, similarity }: SimilarityInput): Gains & { readonly total: number } {
  const best = new Float64Array(n);
  return {
    gain: (e) => {
      let gain = 0;
      for (let c = 0; c < n; c++) gain += Math.max(0, similarity[e * n + c] - best[c]);
      return gain;
    },
    add: (e) => {
      for (let c = 0; c < n; c++) best[c] = Math.max(best[c], similarity[e * n + c]);
    },
    get total() {
      return best.reduce((sum, value) => sum + value, 0);
    },
  };
}

/** How well a set represents all elements. */
export function representationValue(input: SimilarityInput, set: Int32Array): number {
  const state = representation(input);
  for (const e of set) state.add(e);
  return state.total;
}

const known = new WeakMap<RepresentativesInstance, Bounds>();

/** The greedy value and a bound for all sets of k elements. */
export function representativesBounds(instance: RepresentativesInstance): Bounds {
  const pool = Int32Array.from({ length: instance.n }, (_, e) => e);
  const found = known.get(instance) ?? greedyBounds(pool, instance.k, representation(instance));
  known.set(instance, found);
  return found;
}

/** Share of the best value that greedy selection promises, 1 - 1/e from below. */
const PROMISE = 0.632;

/** Facility location under a cardinality limit. */
export function problem(given: Params): Problem<SimilarityInput, RepresentativesInstance, RepresentativesSolution> {
  const params = readParams('problem representatives', given, { k: { default: 100, min: 1, integer: true } });
  return {
    name: 'representatives',
    version: '1',
    params,
    metric: 'gap',
    metricLabel: 'gap to the upper bound',
    count: 'gains',
    referenceKind: 'certified',
    load: (input) => ({ ...input, k: params.k }),
    evaluate: (instance, { selected }) => {
      const { greedy, upper } = representativesBounds(instance);
      const value = representationValue(instance, selected);
      return { gap: 1 - value / upper, shortOfGreedy: 1 - value / greedy };
    },
    reference: (instance) => ({ value: representativesBounds(instance).upper, kind: 'certified', by: 'greedy gains' }),
    trivialSolution: () => ({ selected: new Int32Array(0) }),
    verify: (instance, { selected }) => {
      requireSet('selected', selected, instance.k, (e) => e >= 0 && e < instance.n);
      const value = representationValue(instance, selected);
      const { greedy } = representativesBounds(instance);
      if (value < PROMISE * greedy) throw new RangeError(`selected: expected f >= ${PROMISE * greedy}, got ${value}`);
    },
  };
}
