import type { Backend } from '@lemmata/core';
import {
  type ApproximateMethod,
  type ApproximateOptions,
  type ApproximateSettings,
  approximateSettings,
} from './approximate-options.js';
import { byEqualityProducts } from './estimators/equality-products.js';
import { type ApproximateCounts, type Estimate, exactEstimate } from './estimators/estimate.js';
import { byKarloff, byProjection } from './estimators/letter-maps.js';
import { byHybrid, bySampling } from './estimators/position-samples.js';
import { runOneShot, runOneShotAsync, type Slices } from './one-shot.js';
import { type Matter, openMatter, type PatternLike } from './symbols/prepare-pattern.js';
import type { Symbols } from './symbols/symbols.js';

/** Intervals that hold the distances of a pattern from every window of a text. */
export interface ApproximateProfile {
  /** The computation was carried out in full. */
  readonly status: 'complete';
  /** The estimator that was asked for. */
  readonly method: ApproximateMethod;
  /**
   * Estimates in [0, m], one a shift: for `'projection'` the lower bounds, for the others twice the mean distance of the
   * images or the distance among the samples scaled up, beside what was counted exactly.
   */
  readonly estimates: Float64Array;
  /**
   * Lower bounds, integers in [0, m], one a shift. Never above the distance, whatever the draws, for maps; for samples
   * with the stated confidence.
   */
  readonly lower: Uint8Array | Uint16Array | Uint32Array;
  /** Upper bounds, integers in [0, m], one a shift. */
  readonly upper: Uint8Array | Uint16Array | Uint32Array;
  /** Probability, over the draws, that all distances lie in their intervals, in [0, 1]; 1 where counting was exact. */
  readonly confidence: number;
  /** What it cost, in operations. */
  readonly counts: ApproximateCounts;
  /** Which kernels ran. */
  readonly backend: Backend;
  /** The seed of the draws. */
  readonly seed: string;
  /** Says so when the confidence is 0. */
  readonly warnings: readonly string[];
  /** Time from the call to the result, in milliseconds. */
  readonly elapsedMs: number;
}

const ESTIMATORS = {
  projection: byProjection,
  karloff: byKarloff,
  sampling: bySampling,
  hybrid: byHybrid,
  'equality-products': byEqualityProducts,
} as const;

function* approximate(matter: Matter, settings: ApproximateSettings): Slices<Omit<ApproximateProfile, 'elapsedMs'>> {
  const { seed, estimator } = settings;
  const nothing = matter.shifts === 0 || matter.pattern.positions.length === 0;
  const estimate: Estimate = nothing
    ? yield* exactEstimate(matter, settings)
    : yield* ESTIMATORS[estimator](matter, settings);
  return { status: 'complete', method: estimator, ...estimate, seed };
}

/**
 * Estimates the Hamming distances between a pattern and every window of a text, by projection to fewer letters or by
 * samples of the pattern.
 *
 * `'projection'`: each of R random maps sends the pattern's letters to B = ceil(2 / epsilon) images; `lower` is the largest distance
 * between the images. Images can only hide differences, so lower <= distance always. A map hides a share of at most
 * 1 / B = epsilon / 2 in expectation and so, by Markov's inequality, more than epsilon with probability at most 1/2; all
 * R maps do so at one of the N shifts with probability at most N / 2^R, and else (1 - epsilon) distance <= lower. With at
 * most B letters, and for patterns with classes or a wildcard of texts, the exact profile is computed instead.
 *
 * `'karloff'`: the images are 2 letters, so that each map shows half of the distance in expectation; by Hoeffding's
 * inequality the mean over ceil(2 ln(N / delta) / epsilon^2) maps is at least (1 - epsilon) of that at all shifts.
 * `'sampling'`: the differences among s random positions, scaled up to all M; all of them are off by at most M sqrt(L (1 - (s
 * - 1) / M) / (2 s)) = epsilon M, L = ln(2 N / delta), by Hoeffding's and Serfling's inequality. `'hybrid'`: a sample of
 * 3 M L / (epsilon^2 k) positions tells windows with at least k differences up to a factor 1 +- epsilon, by Chernoff's
 * bound; those that may have fewer are counted exactly. Samples of all positions are exact. The last two and the many maps
 * of the second are reconstructions from these inequalities.
 *
 * `'equality-products'`: letters at more than an eighth of all positions are counted exactly. The pattern is cut into pieces
 * of about sqrt(m); where one has many matches with the text at a shift, one of some random text positions x is most likely
 * to match a position y in it, and the other matches are pairs with x' - x = y' - y (Fredman's trick), so that equality
 * products over this difference count such pieces exactly, at all shifts. A sample bounds the matches of all other light
 * letters by Bernstein's inequality, whose width falls with their share; windows whose bounds are not within 1 +- epsilon
 * are counted one by one. This is a reconstruction from the ingredients that the paper names for its O~(epsilon^-0.93 n):
 * the interval at every shift is claimed, the exponent is not. `counts` says what products, samples and windows took.
 *
 * It pays for patterns with many letters that all occur often in the text; for most others `hammingProfile` is faster.
 *
 * @param text - n symbols; strings are taken by UTF-16 code units
 * @param pattern - m >= 1 symbols of the same kind (string or array), or a prepared pattern
 * @param options - `method`, `epsilon`, `delta` or `repetitions`, `seed`, and `precision`, `backend`, `costs`, `signal` of
 * `hammingProfile`
 * @returns estimates, lower and upper bounds, and the confidence that all bounds hold
 * @throws DimensionError for an empty pattern
 * @throws InvalidInputError for anything but symbols, options out of range or unknown, `delta` beside `repetitions`
 * and `repetitions` of samples (`ERR_INCOMPATIBLE`); the signal's reason when it is aborted
 * Complexity: R = ceil(log2(N / delta)) exact profiles over B letters, or over 2 letters for `'karloff'`; one exact profile
 * of the sampled positions, and O(m) a window that is counted. Products take at most 4 n m S pairs for S = sum_c f_c g_c, light
 * letter c being a share f_c <= 1 / 8 of the pattern and g_c of the text; 4 n m S^2 when letters are independent, of which
 * n m S match. They hold O(sqrt(m)) bits a shift.
 *
 * @example
 * ```ts
 * import { approximateProfile } from '@lemmata/hamming';
 *
 * const text = Uint16Array.from({ length: 1000 }, (_, i) => (i * i) % 997);
 * const { lower, upper, confidence } = approximateProfile(text, text.slice(100, 400), { epsilon: 0.5, seed: 7 });
 * console.log(lower[100], upper[100], confidence > 0.999); // 0 0 true
 * ```
 * @see T. Kopelowitz, E. Porat, "A Simple Algorithm for Approximating the Text-To-Pattern Hamming Distance", SOSA 2018
 * @see H. Karloff, "Fast algorithms for approximately counting mismatches", Information Processing Letters 48(2), 1993
 * @see T. M. Chan, C. Jin, V. Vassilevska Williams, Y. Xu, "Faster Algorithms for Text-to-Pattern Hamming Distances", FOCS
 * 2023, for the ingredients of `'equality-products'`
 * @see R. J. Serfling, "Probability inequalities for the sum in sampling without replacement", Annals of Statistics 2(1), 1974
 */
export function approximateProfile(
  text: Symbols,
  pattern: PatternLike,
  options?: ApproximateOptions,
): ApproximateProfile {
  const settings = approximateSettings('approximateProfile', options);
  const matter = openMatter(text, pattern, false);
  return runOneShot(() => approximate(matter, settings), settings.signal);
}

/**
 * Does what `approximateProfile` does, giving the event loop a macrotask at least every 16 ms (a single transform is not
 * interrupted).
 *
 * The text is copied at the call.
 *
 * @param text - n symbols
 * @param pattern - m >= 1 symbols of the same kind, or a prepared pattern
 * @param options - those of `approximateProfile`
 * @returns a promise of the same result
 * @throws what `approximateProfile` throws, as a rejection
 * Complexity: that of `approximateProfile`.
 *
 * @example
 * ```ts
 * import { approximateProfileAsync } from '@lemmata/hamming';
 *
 * const { lower, counts } = await approximateProfileAsync('abcabc', 'abd');
 * console.log(lower, counts.maps); // 1 3 3 1, and 0 maps: so few letters are counted exactly
 * ```
 */
export async function approximateProfileAsync(
  text: Symbols,
  pattern: PatternLike,
  options?: ApproximateOptions,
): Promise<ApproximateProfile> {
  const settings = approximateSettings('approximateProfileAsync', options);
  const matter = openMatter(text, pattern, true);
  return runOneShotAsync(() => approximate(matter, settings), settings.signal);
}
