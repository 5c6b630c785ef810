import type { Backend } from '@lemmata/core';
import { exactProfile, NO_COUNTS, type ProfileCounts } from './exact-profile.js';
import { laneFilter, type Occurrences, type Wanted } from './lane-filter.js';
import type { Slices } from './one-shot.js';
import { chooseMethod } from './rules/cost-model.js';
import { costTable } from './rules/cost-table.js';
import { filterPositions } from './rules/filter-positions.js';
import { kernelBackend } from './rules/kernel-backend.js';
import type { SearchSettings } from './search-options.js';
import { comparisonOf } from './symbols/comparison.js';
import { classShares } from './symbols/letter-shares.js';
import type { Matter } from './symbols/prepare-pattern.js';

/** What a search cost, in operations that were carried out. */
export interface SearchCounts extends ProfileCounts {
  /** Shifts that passed the filter; 0 without one. */
  readonly candidates: number;
  /** Pattern positions that were compared to verify candidates. */
  readonly verifiedSymbols: number;
}

/** Occurrences and what found them. */
export interface Found extends Occurrences {
  /** What found them. */
  readonly filter: 'lanes' | 'profile';
  /** What it cost. */
  readonly counts: SearchCounts;
  /** Which kernels ran. */
  readonly backend: Backend;
}

/** A filter to try, and how many positions it may compare before the profile is the cheaper way. */
interface Filter {
  readonly indices: Int32Array;
  readonly budget: number;
}

function* byProfile(matter: Matter, { k, required, limit }: Wanted, settings: SearchSettings): Slices<Found> {
  const { distances: all, counts, backend } = yield* exactProfile(matter, settings);
  const windows = required.length === 0 ? undefined : comparisonOf(matter);
  const positions: number[] = [];
  const distances: number[] = [];
  let limited = false;
  for (let i = 0; i < all.length && !limited; i++) {
    if (all[i] > k || windows?.differsAtAny(i, required) === true) continue;
    if (positions.length === limit) limited = true;
    else {
      positions.push(i);
      distances.push(all[i]);
    }
  }
  const spent = { ...counts, candidates: 0, verifiedSymbols: 0 };
  return { positions, distances, limited, filter: 'profile', counts: spent, backend };
}

/**
 * Filters; where the text lets more shifts pass than was predicted, so many that verifying them has cost as much as a
 * profile, the profile is computed after all.
 */
function* byLanes(
  matter: Matter,
  wanted: Wanted,
  { indices, budget }: Filter,
  settings: SearchSettings,
): Slices<Found> {
  const backend = kernelBackend(settings.backend);
  const filtered = yield* laneFilter(matter, wanted, indices, budget, backend);
  const { laneWords, candidates, verifiedSymbols, overrun, ...found } = filtered;
  if (overrun) {
    const { counts, ...rest } = yield* byProfile(matter, wanted, settings);
    return { ...rest, counts: { ...counts, laneWords: counts.laneWords + laneWords, candidates, verifiedSymbols } };
  }
  return { ...found, filter: 'lanes', counts: { ...NO_COUNTS, laneWords, candidates, verifiedSymbols }, backend };
}

/** The filter to try, or undefined when a profile is asked for, the only way, or predicted to be cheaper. */
function filterFor(matter: Matter, k: number, settings: SearchSettings): Filter | undefined {
  const { source, pattern, shifts } = matter;
  if (settings.filter === 'profile' || shifts === 0) return undefined;
  const table = settings.costs ?? costTable(kernelBackend(settings.backend));
  const shares = classShares(matter);
  const { indices, cost } = filterPositions(pattern, shares, k, table);
  if (indices.length === 0) return undefined;
  if (settings.filter === 'lanes') return { indices, budget: Infinity };
  const { method, costs } = chooseMethod(source.length, pattern, shares, settings.method, table);
  const profileCost = costs[method] as number;
  return cost * shifts <= profileCost ? { indices, budget: profileCost / table.verification } : undefined;
}

/**
 * Finds the shifts with at most k differences.
 *
 * @param matter - text and pattern
 * @param wanted - k, what must not differ, most occurrences
 * @param settings - filter, method, precision and backend
 * @returns the occurrences in the order of the text
 */
export function* findOccurrences(matter: Matter, wanted: Wanted, settings: SearchSettings): Slices<Found> {
  const filter = filterFor(matter, wanted.k, settings);
  return filter === undefined
    ? yield* byProfile(matter, wanted, settings)
    : yield* byLanes(matter, wanted, filter, settings);
}
