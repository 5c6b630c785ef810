// What the package claims, in gains and values. Each bound is a line of the specification or a formula of the proof, and
// was written before it was measured.
import type { Claim } from '@lemmata/bench';
import { randomStream } from '@lemmata/core';
import { DynamicSelector, facilityLocation, type SetFunction, select, weightedCoverage } from '@lemmata/submodular';
import { once } from '../claims/once.js';
import { dataset as points } from './datasets/points.js';
import { dataset as graph } from './datasets/preferential-attachment.js';
import { readWords } from './persuasion.js';
import { type CoverageInput, coverageValue } from './sliding-window.js';

/** How many moments of a stream are compared with a selection from scratch. */
const MOMENTS = 20;

/** What a stream cost and gave: per update or query, and in the mean over some moments. */
interface Stream {
  readonly gainsPerUpdate: number;
  readonly gainsPerSelection: number;
  readonly valueShare: number;
  readonly randomShare: number;
}

/** Nodes come one by one; from the middle on each one drives out the oldest. Lazy greedy is asked at some moments. */
const growingGraph = once(async (workload: string): Promise<Stream> => {
  const [nodes, k] = workload.split(' ').map(Number);
  const input = await graph({ nodes }).generate({ seed: 'claims' });
  const f = weightedCoverage(input, { weights: input.weights });
  const window = nodes / 2;
  const selector = new DynamicSelector(f, { k, epsilon: 0.2 });
  const draws = randomStream('claims').fork('random sets');
  const sums = { gains: 0, share: 0, random: 0 };
  for (let e = 0; e < window; e++) selector.insert(e);
  for (let t = 1; t <= window; t++) {
    selector.delete(t - 1).insert(window + t - 1);
    if (t % (window / MOMENTS) !== 0) continue;
    const best = select(f, { k, candidates: selector.elements() });
    sums.gains += best.counts.gain;
    sums.share += coverageValue(input, selector.solution()) / coverageValue(input, best.selected);
    const random = draws.sample(window, k).map((i) => t + i);
    sums.random += coverageValue(input, random) / coverageValue(input, best.selected);
  }
  return {
    gainsPerUpdate: selector.counts.gain / selector.counts.updates,
    gainsPerSelection: sums.gains / MOMENTS,
    valueShare: sums.share / MOMENTS,
    randomShare: sums.random / MOMENTS,
  };
});

/** Heavy items that two near-twins cover, and light ones for each: what greedy and single elements are drawn to. */
function twins(seed: number): CoverageInput {
  const stream = randomStream(seed).fork('twins');
  const sets = Array.from({ length: 12 }, (_, e) => {
    const heavy = e < 8 ? [0, 1] : [2 + (e % 4)];
    const light = Array.from(stream.sample(20, 3), (u) => 6 + u);
    return [...heavy, ...light].sort((a, b) => a - b);
  });
  const indptr = Int32Array.from([0, ...sets.keys()], (_, i) => sets.slice(0, i).flat().length);
  const weights = Float64Array.from({ length: 26 }, (_, u) => (u < 6 ? 8 : 1));
  return { indptr, indices: Int32Array.from(sets.flat()), weights };
}

/** The value of the best k of a few elements, by trying all sets. */
function bestOf(input: CoverageInput, k: number, live: Int32Array, chosen: readonly number[] = [], from = 0): number {
  let best = coverageValue(input, Int32Array.from(chosen));
  for (let i = from; chosen.length < k && i < live.length; i++) {
    best = Math.max(best, bestOf(input, k, live, [...chosen, live[i]], i + 1));
  }
  return best;
}

/** The k elements that are worth most by themselves, ties to the smaller one. */
function bestSingles(input: CoverageInput, k: number, live: Int32Array): Int32Array {
  const worth = (e: number) => coverageValue(input, Int32Array.of(e));
  return live
    .slice()
    .sort((a, b) => worth(b) - worth(a) || a - b)
    .subarray(0, k);
}

/** The least share of the best value that is shown at any moment of random streams over twins. */
async function leastShare(shown: (selector: DynamicSelector, input: CoverageInput, k: number) => Int32Array) {
  const k = 4;
  let least = Infinity;
  for (let seed = 0; seed < 8; seed++) {
    const input = twins(seed);
    const selector = new DynamicSelector(weightedCoverage(input, { weights: input.weights }), { k, seed });
    const stream = randomStream(seed).fork('updates');
    for (let t = 0; t < 40; t++) {
      const e = stream.integer(12);
      if (selector.has(e)) selector.delete(e);
      else selector.insert(e);
      const best = bestOf(input, k, selector.elements());
      if (best > 0) least = Math.min(least, coverageValue(input, shown(selector, input, k)) / best);
    }
  }
  return least;
}

const NOVEL_K = 100;

/** The least share that is proved while a novel is read; the baseline's proof is that gains never grow. */
const provedShares = once(async () => {
  const { indptr, indices, weights } = await readWords();
  const f = weightedCoverage({ indptr, indices }, { weights });
  const window = Math.floor(f.n / 2);
  const selector = new DynamicSelector(f, { k: NOVEL_K });
  selector.update({ insert: Int32Array.from({ length: window }, (_entry, e) => e) });
  const singles = Float64Array.from({ length: f.n }, (_entry, e) => f.evaluate([e]));
  let least = Infinity;
  let leastBySingles = Infinity;
  for (let e = 0; e + window < f.n; e++) {
    selector.update({ delete: [e], insert: [window + e] });
    least = Math.min(least, selector.ratio);
    const largest = singles.slice(e + 1, e + 1 + window).sort();
    const bound = largest.subarray(window - NOVEL_K).reduce((sum, gain) => sum + gain, 0);
    leastBySingles = Math.min(leastBySingles, selector.value / bound);
  }
  return { least, leastBySingles };
});

const W1 = { n: 2000, k: 100 } as const;

const representatives = once(async (): Promise<SetFunction> => {
  const { n, similarity } = await points({ n: W1.n }).generate({ seed: 'claims' });
  return facilityLocation({ rows: n, cols: n, data: similarity });
});

/** Gains that a selection takes, relative to those of greedy: n in the first step, one fewer in each later one. */
async function shareOfGreedy(algorithm: 'lazy' | 'greedy'): Promise<number> {
  const { counts } = select(await representatives(), { k: W1.k, algorithm });
  return counts.gain / (W1.n * W1.k - (W1.k * (W1.k - 1)) / 2);
}

/** The claims of `@lemmata/submodular`. */
export const claims: readonly Claim[] = [
  {
    id: 'gains-per-update',
    source: 'specification 7, test 6: "n = 4000, k = 10, eps 0.2, window <= 4 gains/update"',
    statement:
      'The dynamic selector computes at most 4 gains an update; selecting again by lazy greedy is the baseline.',
    workload: 'preferential-attachment graph, 4000 nodes, dominated nodes, window of half of them, k = 10, epsilon 0.2',
    bound: { atMost: 4 },
    measure: async () => (await growingGraph('4000 10')).gainsPerUpdate,
    measureBaseline: async () => (await growingGraph('4000 10')).gainsPerSelection,
  },
  {
    id: 'flat-in-n',
    source: 'specification 7, test 6: "calls at n = 8000 <= 1.3 x calls at n = 1000"',
    statement:
      'Eight times as many elements make updates at most 1.3 times as dear; lazy greedy again is the baseline.',
    workload: 'preferential-attachment graphs, 1000 and 8000 nodes, window of half of them, k = 10, epsilon 0.2',
    bound: { atMost: 1.3 },
    measure: async () =>
      (await growingGraph('8000 10')).gainsPerUpdate / (await growingGraph('1000 10')).gainsPerUpdate,
    measureBaseline: async () =>
      (await growingGraph('8000 10')).gainsPerSelection / (await growingGraph('1000 10')).gainsPerSelection,
  },
  {
    id: 'share-of-selecting-again',
    source: 'specification 9, dynamic goals: ">= 100x fewer gains than lazy re-run per update"',
    statement: 'An update takes at most a hundredth of the gains of lazy greedy from scratch, its baseline.',
    workload: 'preferential-attachment graph, 8000 nodes, window of half of them, k = 40, epsilon 0.2',
    bound: { atMost: 1 / 100 },
    measure: async () => {
      const { gainsPerUpdate, gainsPerSelection } = await growingGraph('8000 40');
      return gainsPerUpdate / gainsPerSelection;
    },
    measureBaseline: async () => {
      const { gainsPerSelection } = await growingGraph('8000 40');
      return gainsPerSelection / gainsPerSelection;
    },
  },
  {
    id: 'value-of-selecting-again',
    source: 'specification 9, dynamic goals: "at >= 0.93 of its value"',
    statement: 'What is shown is worth at least 0.93 of what lazy greedy finds; k random elements are the baseline.',
    workload: 'as share-of-selecting-again, mean over 20 moments',
    bound: { atLeast: 0.93 },
    measure: async () => (await growingGraph('8000 40')).valueShare,
    measureBaseline: async () => (await growingGraph('8000 40')).randomShare,
  },
  {
    id: 'share-of-the-best',
    source: 'specification 3.4: best >= OPT / (2 (1 + eps)); the proof in the package gives 1 / (2 + eps), eps = 0.1',
    statement:
      'At every moment the set is worth 1 / 2.1 of the best one, by brute force; the k best single elements are the baseline.',
    workload: '12 elements that cover heavy items together and light ones apart, k = 4, 8 random streams of 40 updates',
    bound: { atLeast: 1 / 2.1 },
    measure: () => leastShare((selector) => selector.solution()),
    measureBaseline: () => leastShare((selector, input, k) => bestSingles(input, k, selector.elements())),
  },
  {
    id: 'proved-share',
    source: 'specification 3.4: the unsaturated guess certifies OPT <= f(G) + g / 2, so value / bound >= 1 / (2 + eps)',
    statement:
      'At every moment the selector proves 1 / 2.1 of the best value; the bound by the k largest gains at the empty set is the baseline.',
    workload: 'Persuasion, sentences and words, window of half of the sentences, k = 100',
    bound: { atLeast: 1 / 2.1 },
    measure: async () => (await provedShares()).least,
    measureBaseline: async () => (await provedShares()).leastBySingles,
  },
  {
    id: 'lazy-gains',
    source:
      'specification 3.10, facility location, n = 2000, k = 100: lazy 16,018 gains of n k - k (k - 1) / 2 = 195,050',
    statement: 'Lazy greedy takes at most 16,018 of 195,050 times the gains of greedy, its baseline.',
    workload: 'W1: 2000 uniform points in 8 dimensions, similarity max(0, 1 - d^2 / 2), k = 100',
    bound: { atMost: 16018 / 195050 },
    measure: () => shareOfGreedy('lazy'),
    measureBaseline: () => shareOfGreedy('greedy'),
  },
];
