// What the package claims of convolutions by residues, the paper's ingredient for exact distances: rounds, primes, and how
// operations grow when residues are packed. Frequencies of letters and sizes of sets are those of the specification.
import type { Claim } from '@lemmata/bench';
import { type RandomStream, randomStream } from '@lemmata/core';
import { hammingProfile, type SumsetCounts, sumset } from '@lemmata/hamming';
import { once } from '../claims/once.js';

const KINDS = ['random', 'progression', 'cluster', 'cluster and random'] as const;
const SEEDS = 3;

/** About `size` different places below `length`: a cluster holds every other one of its places. */
function placesOf(kind: (typeof KINDS)[number], length: number, size: number, stream: RandomStream): number[] {
  const width = Math.min(length, 2 * size);
  const from = stream.integer(length - width + 1);
  const random = (count: number): number[] => Array.from(stream.sample(length, count));
  const cluster = (count: number): number[] => Array.from(stream.sample(width, count), (place) => from + place);
  if (kind === 'random') return random(size);
  if (kind === 'cluster') return cluster(size);
  if (kind === 'progression') {
    const step = Math.floor(length / size);
    return Array.from({ length: size }, (_, i) => i * step);
  }
  const half = Math.floor(size / 2);
  return [...new Set([...cluster(half), ...random(size - half)])];
}

/** The most rounds of one convolution and the bits of the largest prime, over four kinds of sets of several sizes. */
const roundsAndBits = once((): { rounds: number; bits: number } => {
  let rounds = 0;
  let prime = 0;
  for (const kind of KINDS) {
    for (const levels of [9, 11, 13, 15]) {
      for (const g of [2, 3, 4, 5, 6, 8, 12]) {
        if (g > levels) continue;
        const length = 2 ** levels;
        for (let seed = 0; seed < SEEDS; seed++) {
          const stream = randomStream(`${kind} ${levels} ${g} ${seed}`);
          const size = Math.ceil(g * Math.sqrt(length));
          const x = placesOf(kind, length, size, stream.fork('x'));
          const y = placesOf(kind, length, size, stream.fork('y'));
          const { counts } = sumset(x, y, { method: 'xy', seed });
          rounds = Math.max(rounds, counts.mostRounds);
          prime = Math.max(prime, counts.largestPrime);
        }
      }
    }
  }
  return { rounds, bits: Math.ceil(Math.log2(prime + 1)) };
});

/** Text and pattern of m symbols each, sqrt(m) / g letters that are equally frequent in both. */
function letters(m: number, g: number, name: string): Uint16Array {
  const count = Math.max(1, Math.round(Math.sqrt(m) / g));
  return Uint16Array.from(randomStream(name).permutation(m), (place) => place % count);
}

/** Operations of a convolution by packed residues; a point of a transform takes one for each of its levels. */
function operationsOf(counts: SumsetCounts, m: number): number {
  const { fieldOperations, pairs, verifications, foldedSums, transformPoints, modularPoints } = counts;
  const points = transformPoints + modularPoints;
  return fieldOperations + pairs + verifications + foldedSums + points * Math.log2(2 * m);
}

/** Operations for the sums of one letter's places, times the number of letters, over m sqrt(m). */
function residueCost(m: number, g: number): number {
  const [text, pattern] = [letters(m, g, 'text'), letters(m, g, 'pattern')];
  const count = Math.max(...pattern) + 1;
  const x: number[] = [];
  const y: number[] = [];
  for (let i = 0; i < m; i++) {
    if (text[i] === 0) x.push(i);
    if (pattern[i] === 0) y.push(m - 1 - i);
  }
  const { counts } = sumset(x, y, { method: 'xy', packed: true });
  return (count * operationsOf(counts, m)) / (m * Math.sqrt(m));
}

/** The cheaper of marks and transforms for all letters, per block of m symbols, over m sqrt(m). */
function letterCost(m: number, g: number): number {
  const text = new Uint16Array(2 * m);
  text.set(letters(m, g, 'text'));
  text.set(letters(m, g, 'more text'), m);
  const pattern = letters(m, g, 'pattern');
  const marks = hammingProfile(text, pattern, { method: 'marking' }).counts.increments;
  const { counts, plan } = hammingProfile(text, pattern, { method: 'fft' });
  const operations = Math.min(marks, counts.transformPoints * Math.log2(plan.transformLength));
  return operations / (2 * m * Math.sqrt(m));
}

const [SMALL, LARGE] = [10, 16];
const FREQUENCIES = [1, 2, 3, 4, 5, 6, 8, 12, 16];

/** How much the cost of the worst frequency grows from m = 2^10 to 2^16. */
function growth(cost: (m: number, g: number) => number): number {
  const worst = (levels: number): number =>
    Math.max(...FREQUENCIES.filter((g) => g <= levels).map((g) => cost(2 ** levels, g)));
  return worst(LARGE) / worst(SMALL);
}

/** The claims of convolutions by residues. */
export const residueClaims: readonly Claim[] = [
  {
    id: 'rounds-of-residues',
    source: 'specification E6: at most 6 rounds',
    statement: 'Folds settle the sums of two sets in at most 6 rounds, whatever structure they have.',
    workload:
      'U = 2^9, 2^11, 2^13, 2^15; sets of g sqrt(U) places, g = 2, 3, 4, 5, 6, 8, 12, random, progressions, clusters, both; 3 seeds',
    bound: { atMost: 6 },
    measure: () => roundsAndBits().rounds,
  },
  {
    id: 'bits-of-residues',
    source: 'specification E6: primes of at most 15 bits',
    statement: 'Residues modulo primes of at most 15 bits do.',
    workload: 'the same sets',
    bound: { atMost: 15 },
    measure: () => roundsAndBits().bits,
  },
  {
    id: 'packed-residues-stay-flat',
    source:
      'specification E1: cost / (m sqrt(m)) "flat for A6 counted with the packed convolution cost": a factor of at most 1',
    statement:
      'Operations of convolutions by packed residues, for the worst frequency, grow no faster than m sqrt(m); the better of marks and transforms is the baseline.',
    workload:
      'm = 2^10 and 2^16, sqrt(m) / g letters with g sqrt(m) places, g = 1, 2, 3, 4, 5, 6, 8, 12, 16 up to log2(m); one letter of each, times their number',
    bound: { atMost: 1 },
    measure: () => growth(residueCost),
    measureBaseline: () => growth(letterCost),
  },
];
