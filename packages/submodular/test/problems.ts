import { type RandomStream, randomStream } from '@lemmata/core';
import { custom, facilityLocation, type SetFunction, saturatedCoverage, weightedCoverage } from '../src/index.js';

/** Random sets of items; with whole weights all sums are exact. */
export function randomSets(stream: RandomStream, n: number, items: number, most: number): number[][] {
  return Array.from({ length: n }, () => Array.from(stream.sample(items, stream.integer(most + 1))));
}

/** Similarities that are multiples of 2^-10, so that all sums are exact; about `density` of them not 0. */
export function randomSimilarity(stream: RandomStream, n: number, clients: number, density = 1): number[][] {
  return Array.from({ length: n }, () =>
    Array.from({ length: clients }, () => (stream.uniform() < density ? stream.integer(1024) / 1024 : 0)),
  );
}

/** A few heavy items shared by two near duplicates each, many small ones: deletions hit what matters. */
export function twins(stream: RandomStream, n: number): SetFunction {
  const pairs = n >> 1;
  const sets = Array.from({ length: n }, (_, e) => [e % pairs, pairs + e]);
  const weights = Array.from({ length: pairs + n }, (_, u) => (u >= pairs ? 1 : u < 2 ? 1000 : 1 + stream.integer(5)));
  return weightedCoverage(sets, { weights });
}

/** Objectives of n elements of every kind, with exact sums. */
export function objectives(seed: string, n: number): SetFunction[] {
  const stream = randomStream(seed);
  const weights = Array.from({ length: 15 }, () => stream.integer(20));
  const worth = Array.from({ length: n }, () => stream.integer(9));
  const cap = Math.floor(worth.reduce((sum, w) => sum + w, 0) / 3);
  return [
    weightedCoverage(randomSets(stream, n, 15, 6), { weights }),
    facilityLocation(randomSimilarity(stream, n, 8)),
    facilityLocation(randomSimilarity(stream, n, 12, 0.3), { weights: weights.slice(0, 12) }),
    twins(stream, n),
    saturatedCoverage(randomSimilarity(stream, n, 7, 0.6), { alpha: 0.25, weights: weights.slice(0, 7) }),
    custom({
      n,
      evaluate: (set) =>
        3 +
        Math.min(
          cap,
          set.reduce((sum, e) => sum + worth[e], 0),
        ),
      name: 'capped',
    }),
  ];
}

/** The best value of at most k of the given elements, from values alone. */
export function bestValue(f: SetFunction, elements: ArrayLike<number>, k: number): number {
  let best = f.evaluate([]);
  const extend = (set: number[], from: number): void => {
    for (let i = from; i < elements.length; i++) {
      const next = [...set, elements[i]];
      best = Math.max(best, f.evaluate(next));
      if (next.length < k) extend(next, i + 1);
    }
  };
  extend([], 0);
  return best;
}
