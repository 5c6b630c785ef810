import type { Backend } from '@lemmata/core';
import { NO_COUNTS as NO_PROFILE, type ProfileCounts } from '../exact-profile.js';
import type { Occurrences } from '../lane-filter.js';

/** What a search cost, in operations that were carried out. */
export interface SearchCounts extends ProfileCounts {
  /** Shifts that passed the filter; 0 without one. */
  readonly candidates: number;
  /** Pattern positions that were compared with single windows, by `'abort'` 16 at a time. */
  readonly verifiedSymbols: number;
  /** Symbols of the text that a scan went through: updates of `'shift-add'`, hashes of `'pigeonhole'`. */
  readonly scannedSymbols: number;
  /** Random maps of the letters that `'bounded'` estimated distances by, each with a profile of its images. */
  readonly maps: number;
  /** Numbers that were given to factors, so that `'bounded'` can jump from one difference to the next. */
  readonly namedFactors: number;
  /** Jumps from one difference to the next. */
  readonly jumps: number;
}

/** Costs before anything was done. */
export const NO_COUNTS: SearchCounts = Object.freeze({
  ...NO_PROFILE,
  candidates: 0,
  verifiedSymbols: 0,
  scannedSymbols: 0,
  maps: 0,
  namedFactors: 0,
  jumps: 0,
});

/**
 * Adds what a profile took.
 *
 * @param counts - costs so far
 * @param spent - of the profile
 * @returns the sums
 */
export function addProfile(counts: SearchCounts, spent: ProfileCounts): SearchCounts {
  const sums: { -readonly [Name in keyof SearchCounts]: number } = { ...counts };
  for (const name of Object.keys(NO_PROFILE) as (keyof ProfileCounts)[]) sums[name] += spent[name];
  return sums;
}

/** Occurrences and what they took. */
export interface Search extends Occurrences {
  /** What it cost. */
  readonly counts: SearchCounts;
  /** Which kernels ran. */
  readonly backend: Backend;
}

/** What a filter found that may have been given up. */
export interface Attempt extends Search {
  /** Whether it took more than its budget, so that the occurrences are not all. */
  readonly overrun: boolean;
}
