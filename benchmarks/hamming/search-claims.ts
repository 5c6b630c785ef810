// What the package claims of k-mismatch search by estimates and an approximate period: experiment E3 and the periodic
// instance of the specification, drawn anew.
import type { Claim } from '@lemmata/bench';
import { type RandomStream, randomStream } from '@lemmata/core';
import { hammingSearch } from '@lemmata/hamming';
import { once } from '../claims/once.js';

/** The word 0, 1, ..., period - 1, again and again, with some symbols drawn from 64 letters. */
function noisyPeriod(length: number, period: number, changes: number, stream: RandomStream): Uint8Array {
  const word = Uint8Array.from({ length }, (_, i) => i % period);
  for (let change = 0; change < changes; change++) word[stream.integer(length)] = stream.integer(64);
  return word;
}

/** A pattern with k / 4 noisy symbols and a text with k / 2 of them in a pattern's length. */
const instance = once((m: number, lengths: number, period: number, k: number) => {
  const stream = randomStream('claims').fork(`${m} ${k}`);
  return {
    text: noisyPeriod(lengths * m, period, (lengths * k) / 2, stream.fork('text')),
    pattern: noisyPeriod(m, period, k / 4, stream.fork('pattern')),
  };
});

const LONG = 16384;
const LENGTHS = 8;
const MISMATCHES = [4, 8, 16, 32, 64, 128, 256, 512, 1024];

/** The largest of: operations over n + n k / sqrt(m), for k = 2^2, 2^3, ..., 2^10. */
function boundedWork(filter: 'bounded' | 'abort'): number {
  const shares = MISMATCHES.map((k) => {
    const { text, pattern } = instance(LONG, LENGTHS, 4, k);
    const { counts } = hammingSearch(text, pattern, k, { filter });
    const { transformPoints, laneWords, planeWords, increments } = counts;
    const settled = counts.itemPairs + counts.verifiedSymbols + counts.namedFactors + counts.jumps * Math.log2(LONG);
    const operations = transformPoints + laneWords + planeWords + increments + settled;
    return operations / (text.length * (1 + k / Math.sqrt(LONG)));
  });
  return Math.max(...shares);
}

/** Pairs of changes, or symbols that are compared, over those of comparing every candidate to its end. */
function settledShare(filter: 'bounded' | 'abort'): number {
  const [m, k] = [2000, 20];
  const { text, pattern } = instance(m, 4, 10, k);
  const { candidates } = hammingSearch(text, pattern, k, { filter: 'bounded' }).counts;
  const { itemPairs, verifiedSymbols } = hammingSearch(text, pattern, k, { filter }).counts;
  return (filter === 'bounded' ? itemPairs : verifiedSymbols) / (candidates * m);
}

/** The claims of searches by `'bounded'`. */
export const searchClaims: readonly Claim[] = [
  {
    id: 'k-bounded-work',
    source:
      'experiment E3, n + n k / sqrt(m) with a constant by arithmetic: six maps of four letters, five transforms of 4 m numbers a block of 3 m each and the pattern once, below 52 n, and the pattern on itself, nine of 2 m, below 14 n: 64 (1 + 1 / 32) n; at most 4 k^2 pairs of changes in m / 2 shifts, 32 n k / sqrt(m) at k = 8 sqrt(m)',
    statement:
      'A search with k mismatches takes at most 64 (n + n k / sqrt(m)) operations; comparing until more than k differ is the baseline.',
    workload: 'm = 16384, n = 8 m, period 4 with k / 2 noisy symbols in m, k = 2^2, 2^3, ..., 2^10',
    bound: { atMost: 64 },
    measure: () => boundedWork('bounded'),
    measureBaseline: () => boundedWork('abort'),
  },
  {
    id: 'k-bounded-pairs',
    source:
      'specification A9: 5772 pairs instead of the 858 x 2000 symbols of all candidates, 1 in 297; one in a hundred is claimed',
    statement:
      'On a noisy periodic text the pairs of changes are at most one in a hundred of the symbols of all candidates; comparing until more than k differ is the baseline.',
    workload: 'm = 2000, n = 8000, k = 20, period 10 with 10 noisy symbols in m',
    bound: { atMost: 1 / 100 },
    measure: () => settledShare('bounded'),
    measureBaseline: () => settledShare('abort'),
  },
];
