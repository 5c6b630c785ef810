import type { Backend } from '@lemmata/core';
import type { ApproximateSettings } from '../approximate-options.js';
import { exactProfile, NO_COUNTS as NO_PROFILE, type ProfileCounts } from '../exact-profile.js';
import type { Slices } from '../one-shot.js';
import type { Matter } from '../symbols/prepare-pattern.js';
import type { Codes } from '../symbols/symbols.js';

/** What an approximate profile cost, in operations that were carried out. */
export interface ApproximateCounts extends ProfileCounts {
  /** Maps of the letters, each with an exact profile of its images; 0 without maps. */
  readonly maps: number;
  /** Pattern positions that were sampled; 0 without samples. */
  readonly samples: number;
  /** Windows that were counted exactly because the sample could not tell their distance. */
  readonly exactWindows: number;
  /** Pieces of the pattern with many matches, over all shifts, that equality products counted exactly. */
  readonly pieces: number;
  /** Pairs of equal letters that these products took singly. */
  readonly productPairs: number;
  /** Words of 32 pairs that they took at once. */
  readonly productWords: number;
}

/** Estimates with their bounds and what they took. */
export interface Estimate {
  readonly estimates: Float64Array;
  readonly lower: Codes;
  readonly upper: Codes;
  readonly confidence: number;
  readonly counts: ApproximateCounts;
  readonly backend: Backend;
  readonly warnings: readonly string[];
}

/** Costs before anything was done. */
export const NO_COUNTS: ApproximateCounts = Object.freeze({
  ...NO_PROFILE,
  maps: 0,
  samples: 0,
  exactWindows: 0,
  pieces: 0,
  productPairs: 0,
  productWords: 0,
});

/**
 * Adds what an exact profile took.
 *
 * @param counts - costs so far
 * @param spent - of the profile
 * @returns the sums
 */
export function addCounts(counts: ApproximateCounts, spent: ProfileCounts): ApproximateCounts {
  const sums: { -readonly [Name in keyof ApproximateCounts]: number } = { ...counts };
  for (const name of Object.keys(NO_PROFILE) as (keyof ProfileCounts)[]) sums[name] += spent[name];
  return sums;
}

/**
 * Rounds a bound down to an integer, allowing for the rounding errors of the few operations that gave it: an integer that
 * is met up to 4 units of 2^-52 is kept.
 *
 * @param bound - a number >= 0
 * @returns the integer
 */
export function floorBound(bound: number): number {
  return Math.floor(bound * (1 + 1e-15));
}

/**
 * Rounds a bound up in the same way.
 *
 * @param bound - a number >= 0
 * @returns the integer
 */
export function ceilBound(bound: number): number {
  return Math.ceil(bound * (1 - 1e-15));
}

/**
 * Computes the exact profile instead of an estimate.
 *
 * @param matter - text and pattern
 * @param settings - options of the profile
 * @param earlier - what was spent before
 * @returns intervals of one number each, with confidence 1
 */
export function* exactEstimate(
  matter: Matter,
  settings: ApproximateSettings,
  earlier: ApproximateCounts = NO_COUNTS,
): Slices<Estimate> {
  const { distances, counts, backend } = yield* exactProfile(matter, settings);
  return {
    estimates: Float64Array.from(distances),
    lower: distances,
    upper: distances.slice(),
    confidence: 1,
    counts: addCounts(earlier, counts),
    backend,
    warnings: [],
  };
}
