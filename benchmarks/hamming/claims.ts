// What the package claims, in words, marks, points and comparisons. Each bound is a line of the specification or follows
// from one by arithmetic, and was written before it was measured.
import type { Claim } from '@lemmata/bench';
import { randomStream } from '@lemmata/core';
import { approximateProfile, hammingProfile, hammingSearch } from '@lemmata/hamming';
import { once } from '../claims/once.js';
import { approximateClaims } from './approximate-claims.js';
import { dataset as markov } from './datasets/markov.js';
import { dataset as symbols } from './datasets/symbols.js';
import { allDistances, type HammingInput } from './instance.js';
import { residueClaims } from './residue-claims.js';
import { searchClaims } from './search-claims.js';

/** Shifts in whole tiles of bit planes, so that no word is half empty. */
const SHIFTS = 65536;

const dna = once((m: number): Promise<HammingInput> => {
  const params = { n: SHIFTS + m - 1, m, letters: 4, law: 'uniform', substitutions: 2 };
  return Promise.resolve(symbols(params).generate({ seed: 'claims' }));
});

/** Words that a profile works through for each of the N m pairs of a window and a position. */
async function wordsPerPair(method: 'bytes' | 'sliced' | 'plain'): Promise<number> {
  const m = 256;
  if (method === 'plain') return 1;
  const { text, pattern } = await dna(m);
  const { laneWords, planeWords } = hammingProfile(text, pattern, { method }).counts;
  return (laneWords + planeWords) / (SHIFTS * m);
}

const HYBRID_M = 16384;

const zipf = once((m: number): Promise<HammingInput> => {
  const params = { n: 8 * m, m, letters: 250, law: 'zipf', substitutions: 2 };
  return Promise.resolve(symbols(params).generate({ seed: 'claims' }));
});

/** Marks and transformed points times their levels, over n sqrt(m log2 m); a word of lanes stands for one operation. */
async function hybridShare(method: 'heavy-light' | 'bytes'): Promise<number> {
  const { text, pattern } = await zipf(HYBRID_M);
  const result = hammingProfile(text, pattern, { method });
  const { increments, transformPoints, laneWords } = result.counts;
  const levels = Math.log2(Math.max(2, result.plan.transformLength));
  const operations = increments + transformPoints * levels + laneWords;
  return operations / (text.length * Math.sqrt(HYBRID_M * Math.log2(HYBRID_M)));
}

const genomeLike = once((m: number) =>
  Promise.resolve(markov({ n: SHIFTS + m - 1, m, substitutions: 10 }).generate({ seed: 'claims' })),
);

/** Lane words and compared symbols of a search with 20 mismatches, over the lane words of a profile. */
async function searchShare(filter: 'lanes' | 'profile'): Promise<number> {
  const { text, pattern } = await genomeLike(1000);
  const { counts } = hammingSearch(text, pattern, 20, { filter, method: 'bytes' });
  return (
    (counts.laneWords + counts.verifiedSymbols) / hammingProfile(text, pattern, { method: 'bytes' }).counts.laneWords
  );
}

const DELTA = 0.05;
const EPSILONS = [0.5, 0.25, 0.1];
const SEEDS = 20;

/**
 * A pattern of one letter but for a few places, and a text of long runs of single letters: the distance of a window in a
 * run hangs on one pair of letters, which a map hides with probability epsilon / 2.
 */
function runs(): HammingInput {
  const letters = 20;
  const m = 200;
  const pattern = new Uint8Array(m);
  for (let letter = 1; letter < letters; letter++) pattern[letter * 7] = letter;
  const text = Uint8Array.from({ length: 300 * (letters - 1) }, (_, i) => 1 + Math.floor(i / 300));
  const places = randomStream('claims').fork('noise');
  for (let change = 0; change < 50; change++) text[places.integer(text.length)] = places.integer(letters);
  return { text, pattern };
}

/** Four texts: runs, letters by Zipf and alike, and a chain of bases with repeats. */
const texts = once(async (m: number): Promise<readonly { instance: HammingInput; truth: Float64Array }[]> => {
  const drawn = (letters: number, law: string) =>
    symbols({ n: 4000, m, letters, law, substitutions: 20 }).generate({ seed: 'claims' });
  const instances = [
    runs(),
    await drawn(100, 'zipf'),
    await drawn(20, 'uniform'),
    await markov({ n: 4000, m, substitutions: 20 }).generate({ seed: 'claims' }),
  ];
  return instances.map((instance) => ({ instance, truth: allDistances(instance) }));
});

/** The probability of at most so many failures in so many runs. */
function atMost(failures: number, runs: number, share: number): number {
  let term = (1 - share) ** runs;
  let sum = term;
  for (let x = 1; x <= failures; x++) {
    term *= ((runs - x + 1) / x) * (share / (1 - share));
    sum += term;
  }
  return sum;
}

/** The upper limit of a failure rate with confidence 95 % (Clopper and Pearson), by bisection. */
function upperLimit(failures: number, runs: number): number {
  if (failures === runs) return 1;
  let [low, high] = [0, 1];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (atMost(failures, runs, middle) > 0.05) low = middle;
    else high = middle;
  }
  return high;
}

/** The upper limit of the share of runs that leave a distance outside its interval. */
async function failureLimit(repetitions: number | undefined): Promise<number> {
  let failed = 0;
  let count = 0;
  for (const { instance, truth } of await texts(200)) {
    for (const epsilon of EPSILONS) {
      for (let seed = 0; seed < SEEDS; seed++) {
        const { lower, upper } = approximateProfile(instance.text, instance.pattern, {
          epsilon,
          seed,
          ...(repetitions === undefined ? { delta: DELTA } : { repetitions }),
        });
        if (truth.some((distance, i) => distance < lower[i] || distance > upper[i])) failed++;
        count++;
      }
    }
  }
  return upperLimit(failed, count);
}

/** The claims of `@lemmata/hamming`. */
export const claims: readonly Claim[] = [
  {
    id: 'four-windows-a-word',
    source: 'specification A1: one comparison of lanes does as many windows as a word has bytes; n m / 4 words',
    statement:
      'The profile by bytes takes at most a quarter of a word a pair; comparing symbol by symbol is the baseline.',
    workload: '65536 windows of 256 uniform letters of 4',
    bound: { atMost: 1 / 4 },
    measure: () => wordsPerPair('bytes'),
    measureBaseline: () => wordsPerPair('plain'),
  },
  {
    id: 'thirty-two-windows-a-word',
    source: 'specification A2: a bitmap holds one window a bit; n m / 32 words of 32',
    statement: 'The profile by bit planes takes at most 1 / 32 of a word a pair; the profile by bytes is the baseline.',
    workload: '65536 windows of 256 uniform letters of 4',
    bound: { atMost: 1 / 32 },
    measure: () => wordsPerPair('sliced'),
    measureBaseline: () => wordsPerPair('bytes'),
  },
  {
    id: 'heavy-and-light',
    source:
      'specification A4: with letters heavy above t = sqrt(m log m) places n t marks, and (m / t + 1) n / m transforms of 2 m log(2 m): below 4 n sqrt(m log m)',
    statement:
      'Transforms for frequent letters with marks for rare ones take at most 4 n sqrt(m log2 m) operations; n m / 4 words of lanes are the baseline.',
    workload: 'm = 16384, n = 8 m, 250 letters by Zipf',
    bound: { atMost: 4 },
    measure: () => hybridShare('heavy-light'),
    measureBaseline: () => hybridShare('bytes'),
  },
  {
    id: 'filter-positions',
    source:
      'specification A5: m = 1000, k = 20 is filtered by w = 48 positions, and verifying takes at most half of the time: 2 x 48 / 1000',
    statement:
      'A search compares at most 96 of 1000 times as much as a profile, verification included; searching by the profile is the baseline.',
    workload: 'Markov DNA with repeats and runs, 65536 windows of 1000, 20 mismatches',
    bound: { atMost: (2 * 48) / 1000 },
    measure: () => searchShare('lanes'),
    measureBaseline: () => searchShare('profile'),
  },
  {
    id: 'failures-within-delta',
    source:
      'specification A11: R = ceil(log2(N / delta)) maps: with probability 1 - delta all shifts are within epsilon',
    statement:
      'With confidence 95 %, at most 5 % of all runs leave a distance outside its interval; one map, as "practical", is the baseline.',
    workload:
      '20 seeds x epsilon 0.5, 0.25, 0.1 x runs of 19 letters, Zipf, uniform, Markov DNA; delta = 0.05, m = 200',
    bound: { atMost: DELTA },
    measure: () => failureLimit(undefined),
    measureBaseline: () => failureLimit(1),
  },
  ...approximateClaims,
  ...searchClaims,
  ...residueClaims,
];
