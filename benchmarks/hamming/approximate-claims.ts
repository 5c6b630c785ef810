// What the package claims of approximate profiles by equality products: what products and samples take, counted.
import type { Claim } from '@lemmata/bench';
import { type ApproximateCounts, approximateProfile, hammingProfile } from '@lemmata/hamming';
import { once } from '../claims/once.js';
import { dataset as symbols } from './datasets/symbols.js';

const LENGTHS = 8;
const WORKLOAD = { letters: 20, law: 'uniform', substitutions: 20 } as const;

const instance = once((m: number) => symbols({ n: LENGTHS * m, m, ...WORKLOAD }).generate({ seed: 'claims' }));

/** What estimates within 1 +- epsilon took. */
async function spent(method: 'equality-products' | 'hybrid', m: number, epsilon: number): Promise<ApproximateCounts> {
  const { text, pattern } = await instance(m);
  return approximateProfile(text, pattern, { method, epsilon, delta: 0.05 }).counts;
}

/** The largest share of all matches that products take, in pairs and words. */
async function productShare(): Promise<number> {
  const shares = await Promise.all(
    [1024, 4096].map(async (m) => {
      const { text, pattern } = await instance(m);
      const { productPairs, productWords } = await spent('equality-products', m, 0.5);
      return (productPairs + productWords) / hammingProfile(text, pattern, { method: 'marking' }).counts.increments;
    }),
  );
  return Math.max(...shares);
}

/** Samples, over those of the hybrid. */
async function sampleShare(method: 'equality-products' | 'hybrid'): Promise<number> {
  const { samples } = await spent(method, 4096, 0.5);
  return samples / (await spent('hybrid', 4096, 0.5)).samples;
}

/** The claims of approximate profiles. */
export const approximateClaims: readonly Claim[] = [
  {
    id: 'products-of-light-letters',
    source:
      'by arithmetic: four text positions a piece, with letters of which none is more than an eighth of the pattern: 4 n m S^2 <= n m S / 2 for the n m S matches',
    statement:
      'Equality products of pieces take at most half as many operations as there are matches; marking every match is the baseline.',
    workload: 'm = 1024 and 4096, n = 8 m, 20 uniform letters, 20 substitutions; pairs and words',
    bound: { atMost: 1 / 2 },
    measure: productShare,
    measureBaseline: () => 1,
  },
  {
    id: 'samples-by-their-share',
    source:
      "by arithmetic: 3 L / (e^2 (1 - p) (1 - e) / (1 + e)) = 37.9 L positions by Chernoff's bound, e = 1 / 2, matches p = 1 / 20; by Bernstein's 16 L, with which means reach p + 1 / 48 + sqrt(1 / 48^2 + p / 8) = 0.153, the interval of that ends at 0.425, and (1 - 0.425) (1 + e) is above 1 - 0.153",
    statement:
      'Where counted pieces and light letters leave few matches, at most half as many samples do; the hybrid is the baseline.',
    workload: 'm = 4096, n = 8 m, 20 uniform letters, epsilon = 1 / 2, delta = 0.05',
    bound: { atMost: 1 / 2 },
    measure: () => sampleShare('equality-products'),
    measureBaseline: () => sampleShare('hybrid'),
  },
];
