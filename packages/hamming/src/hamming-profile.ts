import { type Backend, seedString } from '@lemmata/core';
import type { ExactnessCertificate } from './certificates/rounding-bound.js';
import { exactProfile, type ProfileCounts } from './exact-profile.js';
import { runOneShot, runOneShotAsync, type Slices } from './one-shot.js';
import { type Plan, planOf } from './plan.js';
import { type ComparisonOptions, type ProfileSettings, profileSettings } from './profile-options.js';
import { type Matter, openMatter, type PatternLike } from './symbols/prepare-pattern.js';
import type { Symbols } from './symbols/symbols.js';

/** The distances of a pattern from every window of a text. */
export interface HammingProfile {
  /** The computation was carried out in full. */
  readonly status: 'complete';
  /**
   * Entry i is the number of j with text[i + j] != pattern[j], in [0, m]; n - m + 1 entries (none when the text is
   * shorter than the pattern), in the narrowest unsigned type that holds m.
   */
  readonly distances: Uint8Array | Uint16Array | Uint32Array;
  /** The method that ran and the predicted costs. */
  readonly plan: Plan;
  /** What it cost, in operations. */
  readonly counts: ProfileCounts;
  /** Why the distances are exact. */
  readonly certificate: ExactnessCertificate;
  /** Which kernels ran. */
  readonly backend: Backend;
  /** The seed of the primes of `'las-vegas'`; no other method draws. */
  readonly seed: string;
  /** What the caller should know; empty for exact profiles. */
  readonly warnings: readonly string[];
  /** Time from the call to the result, in milliseconds. */
  readonly elapsedMs: number;
}

function* profileOf(matter: Matter, settings: ProfileSettings): Slices<Omit<HammingProfile, 'elapsedMs'>> {
  const { distances, choice, counts, certificate, backend } = yield* exactProfile(matter, settings);
  const seed = seedString(settings.seed);
  return { status: 'complete', distances, plan: planOf(choice), counts, certificate, backend, seed, warnings: [] };
}

/**
 * Computes the Hamming distances between a pattern and every window of a text, exactly.
 *
 * distances[i] = number of j in [0, m) with text[i + j] != pattern[j], for i = 0, ..., n - m. Eight methods give the same
 * numbers: comparing 16 shifts at a time (`'bytes'`), counting 128 at a time in binary digits (`'sliced'`), correlating
 * letters by Fourier transforms (`'fft'`), marking every single match (`'marking'`), and transforms for the frequent
 * letters with marks for the rare ones (`'heavy-light'`, the method of Abrahamson and Kosaraju);
 * and, by name only, pairing the places where text and pattern differ from themselves a stride later (`'periodic'`).
 *
 * `'las-vegas'` and `'deterministic'`, by name only too, are reconstructions of the paper's exact algorithms from the
 * ingredients that it names, not its text. Letters with fewer than sqrt(m) places in the pattern are marked, those with
 * sqrt(m) log2(m) and more transformed; the positions of any other are counted in groups by convolutions modulo a small
 * prime, which folds modulo further primes correct until none is wrong. These primes are drawn, or the first ones of which
 * each round takes the best. The distances are right whatever the primes are. The paper proves O(n sqrt m) with high
 * probability and O(n sqrt m (log m log log m)^(1/4)) for its own algorithms; neither is claimed here, where convolutions
 * modulo a prime are transforms of integers instead of packed words. Both are slower than the other methods.
 *
 * @param text - n symbols; strings are taken by UTF-16 code units
 * @param pattern - m >= 1 symbols of the same kind (string or array), or a prepared pattern
 * @param options - `method`, `seed`, `precision`, `backend`, `costs`, `signal`
 * @returns the distances, the plan, the costs and why the result is exact
 * @throws DimensionError for an empty pattern
 * @throws InvalidInputError for anything but symbols, options out of range or unknown, and a method that cannot run
 * (`ERR_INCOMPATIBLE`); the signal's reason when it is aborted
 * Complexity: O(n m / 16) vectors by bytes, O(n m / 128) sliced (4 and 32 shifts a word in plain TypeScript), O(sigma n log m) by transforms for sigma letters,
 * O(n + matches) by marking, O(n + pairs of changes) by periods; no bound is claimed for the reconstructions; O(n sqrt(m log m)) by heavy and light letters while the transforms of the pattern fit.
 *
 * @example
 * ```ts
 * import { hammingProfile } from '@lemmata/hamming';
 *
 * console.log(hammingProfile('abracadabra', 'abr').distances); // 0 3 3 2 3 2 3 0 3
 * ```
 * @see T. M. Chan, C. Jin, V. Vassilevska Williams, Y. Xu, "Faster Algorithms for Text-to-Pattern Hamming Distances",
 * FOCS 2023
 * @see K. Abrahamson, "Generalized String Matching", SIAM Journal on Computing 16(6), 1987
 */
export function hammingProfile(text: Symbols, pattern: PatternLike, options?: ComparisonOptions): HammingProfile {
  const settings = profileSettings('hammingProfile', options);
  const matter = openMatter(text, pattern, false);
  return runOneShot(() => profileOf(matter, settings), settings.signal);
}

/**
 * Does what `hammingProfile` does, giving the event loop a macrotask at least every 16 ms (a single transform is not
 * interrupted).
 *
 * The text is copied at the call.
 *
 * @param text - n symbols
 * @param pattern - m >= 1 symbols of the same kind, or a prepared pattern
 * @param options - `method`, `seed`, `precision`, `backend`, `costs`, `signal`
 * @returns a promise of the same result
 * @throws what `hammingProfile` throws, as a rejection
 * Complexity: that of `hammingProfile`.
 *
 * @example
 * ```ts
 * import { hammingProfileAsync } from '@lemmata/hamming';
 *
 * const { distances } = await hammingProfileAsync('abcabc', 'abd');
 * console.log(distances); // 1 3 3 1
 * ```
 */
export async function hammingProfileAsync(
  text: Symbols,
  pattern: PatternLike,
  options?: ComparisonOptions,
): Promise<HammingProfile> {
  const settings = profileSettings('hammingProfileAsync', options);
  const matter = openMatter(text, pattern, true);
  return runOneShotAsync(() => profileOf(matter, settings), settings.signal);
}
