import { NO_COUNTS, type ProfileCounts } from '../exact-profile.js';
import type { Slices } from '../one-shot.js';
import type { ProfileSettings } from '../profile-options.js';
import { matterOf, type Pattern, plainPattern } from '../symbols/prepare-pattern.js';
import { leastDistances } from './least-distances.js';

/** A stride at which a pattern nearly repeats itself, and what finding it took. */
export interface ApproximatePeriod {
  /** The stride, 0 for none. */
  readonly rho: number;
  /** Positions that were compared one by one. */
  readonly verifiedSymbols: number;
  readonly maps: number;
  readonly counts: ProfileCounts;
}

/** Positions of a slice: about 5 ms. */
const SLICE_SYMBOLS = 2_000_000;

/**
 * Finds the least rho in [1, min(k, m / 4)] such that a pattern differs from itself, rho positions later, in at most 8 k
 * positions.
 *
 * Strides whose distance, bounded from below by random maps, is above 4 k are passed over: which stride is found may hang
 * on the maps, and with it only what a search takes.
 *
 * @param pattern - the pattern, without classes; a wildcard is a letter of its own here
 * @param k - largest distance
 * @param settings - of the bounds
 * @returns the stride
 */
export function* approximatePeriod(pattern: Pattern, k: number, settings: ProfileSettings): Slices<ApproximatePeriod> {
  const { letters, length: m } = pattern;
  const longest = Math.min(k, Math.floor(m / 4));
  if (longest === 0) return { rho: 0, verifiedSymbols: 0, maps: 0, counts: NO_COUNTS };
  const symbols = new Uint32Array(m).fill(letters);
  pattern.positions.forEach((j, t) => {
    symbols[j] = pattern.codes[t];
  });
  // The first m - longest symbols meet themselves at every stride up to the longest; no symbol is `letters + 1`.
  const itself = matterOf(symbols, plainPattern(symbols.subarray(0, m - longest), letters + 1));
  const { least, maps, counts } = yield* leastDistances(itself, settings, 'bounded: period');
  let verifiedSymbols = 0;
  let sliceEnd = SLICE_SYMBOLS;
  for (let rho = 1; rho <= longest; rho++) {
    if (least[rho] > 4 * k) continue;
    let differences = 0;
    let j = rho;
    for (; j < m && differences <= 8 * k; j++) if (symbols[j] !== symbols[j - rho]) differences++;
    verifiedSymbols += j - rho;
    if (differences <= 8 * k) return { rho, verifiedSymbols, maps, counts };
    if (verifiedSymbols < sliceEnd) continue;
    yield 'slice';
    sliceEnd += SLICE_SYMBOLS;
  }
  return { rho: 0, verifiedSymbols, maps, counts };
}
