import { laneFilter, type Wanted } from './lane-filter.js';
import type { Slices } from './one-shot.js';
import { abortCost, abortPosition } from './rules/abort-cost.js';
import { chooseMethod } from './rules/cost-model.js';
import { costTable } from './rules/cost-table.js';
import { filterPositions } from './rules/filter-positions.js';
import { kernelBackend } from './rules/kernel-backend.js';
import { abortScan } from './search/abort-scan.js';
import { amirLewensteinPorat } from './search/amir-lewenstein-porat.js';
import { bounded } from './search/bounded.js';
import { pigeonhole } from './search/pigeonhole.js';
import { profileSearch } from './search/profile-search.js';
import { type Attempt, addProfile, NO_COUNTS, type Search } from './search/search-counts.js';
import { shiftAdd } from './search/shift-add.js';
import type { SearchFilter, SearchSettings } from './search-options.js';
import { classShares } from './symbols/letter-shares.js';
import type { Matter } from './symbols/prepare-pattern.js';

/** Occurrences and what found them. */
export interface Found extends Search {
  /** What found them. */
  readonly filter: SearchFilter;
}

function* byLanes(
  matter: Matter,
  wanted: Wanted,
  settings: SearchSettings,
  indices: Int32Array,
  budget: number,
): Slices<Attempt> {
  const backend = kernelBackend(settings.backend);
  const filtered = yield* laneFilter(matter, wanted, indices, budget, backend);
  const { laneWords, candidates, verifiedSymbols, ...found } = filtered;
  return { ...found, counts: { ...NO_COUNTS, laneWords, candidates, verifiedSymbols }, backend };
}

/**
 * Tries a filter; where the text is so unlike what was predicted that comparing has cost as much as a profile, the profile
 * is computed after all.
 */
function* withinBudget(filter: SearchFilter, attempt: Slices<Attempt>, otherwise: () => Slices<Search>): Slices<Found> {
  const { overrun, ...tried } = yield* attempt;
  if (!overrun) return { ...tried, filter };
  const found = yield* otherwise();
  return { ...found, counts: addProfile(tried.counts, found.counts), filter: 'profile' };
}

/** By the cheapest of lanes, early abort and a profile, as far as can be predicted. */
function* byCheapest(matter: Matter, wanted: Wanted, settings: SearchSettings): Slices<Found> {
  const { source, pattern, shifts } = matter;
  const { k } = wanted;
  const byProfile = () => profileSearch(matter, wanted, settings);
  const table = settings.costs ?? costTable(kernelBackend(settings.backend));
  const shares = classShares(matter);
  const { method, costs } = chooseMethod(source.length, pattern, shares, settings.method, table);
  const { indices, cost } = filterPositions(pattern, shares, k, table);
  // A method that is taken by name may have no prediction: it is what is wanted.
  const ofProfile = costs[method] ?? 0;
  const ofLanes = indices.length === 0 ? Infinity : cost * shifts;
  // Wildcards alone never differ, which a profile knows.
  const ofAbort = pattern.positions.length === 0 ? Infinity : abortCost(pattern, shares, k, table) * shifts;
  if (Math.min(ofLanes, ofAbort) > ofProfile) return { ...(yield* byProfile()), filter: 'profile' };
  if (ofLanes <= ofAbort) {
    const lanes = byLanes(matter, wanted, settings, indices, ofProfile / table.verification);
    return yield* withinBudget('lanes', lanes, byProfile);
  }
  const scan = abortScan(matter, wanted, settings, ofProfile / abortPosition(table));
  return yield* withinBudget('abort', scan, byProfile);
}

/** The lane filter without a budget. */
function* laneSearch(matter: Matter, wanted: Wanted, settings: SearchSettings): Slices<Search> {
  const table = settings.costs ?? costTable(kernelBackend(settings.backend));
  const { indices } = filterPositions(matter.pattern, classShares(matter), wanted.k, table);
  return yield* byLanes(matter, wanted, settings, indices, Infinity);
}

/** What finds occurrences by name. */
const NAMED: {
  readonly [Name in SearchFilter]: (matter: Matter, wanted: Wanted, settings: SearchSettings) => Slices<Search>;
} = {
  lanes: laneSearch,
  profile: profileSearch,
  abort: abortScan,
  'shift-add': shiftAdd,
  pigeonhole,
  alp: amirLewensteinPorat,
  bounded,
};

/**
 * Finds the shifts with at most k differences.
 *
 * @param matter - text and pattern
 * @param wanted - k, what must not differ, most occurrences
 * @param settings - filter, method, precision and backend
 * @returns the occurrences in the order of the text
 */
export function* findOccurrences(matter: Matter, wanted: Wanted, settings: SearchSettings): Slices<Found> {
  // Without a shift there is nothing to filter.
  const filter = matter.shifts === 0 ? 'profile' : settings.filter;
  if (filter === 'auto') return yield* byCheapest(matter, wanted, settings);
  const { positions, distances, limited, counts, backend } = yield* NAMED[filter](matter, wanted, settings);
  return { positions, distances, limited, counts, backend, filter };
}
