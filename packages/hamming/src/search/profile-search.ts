import { exactProfile } from '../exact-profile.js';
import type { Wanted } from '../lane-filter.js';
import type { Slices } from '../one-shot.js';
import type { ProfileSettings } from '../profile-options.js';
import { comparisonOf } from '../symbols/comparison.js';
import type { Matter } from '../symbols/prepare-pattern.js';
import { addAll, occurrenceList } from './occurrence-list.js';
import { addProfile, NO_COUNTS, type Search } from './search-counts.js';

/**
 * Finds the shifts with at most k differences by computing all distances.
 *
 * @param matter - text and pattern
 * @param wanted - k, what must not differ, most occurrences
 * @param settings - method, precision and backend of the profile
 * @returns the occurrences and what the profile took
 */
export function* profileSearch(matter: Matter, wanted: Wanted, settings: ProfileSettings): Slices<Search> {
  const { distances: all, counts, backend } = yield* exactProfile(matter, settings);
  const list = occurrenceList(wanted, () => comparisonOf(matter));
  yield* addAll(all, list);
  const { positions, distances, limited } = list;
  return { positions, distances, limited, counts: addProfile(NO_COUNTS, counts), backend };
}
