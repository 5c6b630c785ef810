import { patternChanges } from '../kernels/periodic.js';
import type { Wanted } from '../lane-filter.js';
import type { Slices } from '../one-shot.js';
import type { ProfileSettings } from '../profile-options.js';
import { costTable } from '../rules/cost-table.js';
import { kernelBackend } from '../rules/kernel-backend.js';
import { comparisonOf } from '../symbols/comparison.js';
import type { Matter } from '../symbols/prepare-pattern.js';
import type { Codes } from '../symbols/symbols.js';
import { approximatePeriod } from './approximate-period.js';
import { leastDistances } from './least-distances.js';
import { addAll, type OccurrenceList, occurrenceList } from './occurrence-list.js';
import { addProfile, NO_COUNTS, type Search } from './search-counts.js';
import { type Settling, settlingOf } from './settle-candidates.js';

/** Shifts that are looked through in a slice: about 5 ms. */
const SLICE_SHIFTS = 2_000_000;

/**
 * Finds the shifts with at most k differences by estimates and the pattern's approximate period.
 *
 * A reconstruction: the organisation follows R. Clifford, A. Fontaine, E. Porat, B. Sach and T. Starikovskaya (2016) and
 * the papers after it; of the proof of O(n + n k / sqrt m) in the paper only the statement was at hand, and the bound is
 * not claimed for this code, whose estimates alone are transforms of n log m operations.
 *
 * Distances under random maps of the letters are at most the distances themselves, so that no occurrence is lost; shifts
 * where they are at most k are candidates. If the pattern differs from itself, rho <= k positions later, in at most 8 k
 * positions, the windows of many candidates in m / 2 shifts do so too, nearly, and their changes at that stride, O(k) in
 * text and pattern, give all their distances; else candidates lie far apart and are settled one by one. A wrong guess takes
 * time, nothing else.
 *
 * @param matter - text and pattern, without classes and wildcards of texts
 * @param wanted - k, what must not differ, most occurrences
 * @param settings - seed of the maps, precision and backend of their profiles
 * @returns the occurrences
 * @see T. M. Chan, C. Jin, V. Vassilevska Williams, Y. Xu, "Faster Algorithms for Text-to-Pattern Hamming Distances",
 * FOCS 2023
 * @see P. Gawrychowski, P. Uznanski, "Towards Unified Approximate Pattern Matching for Hamming and L1 Distance", ICALP 2018
 */
export function* bounded(matter: Matter, wanted: Wanted, settings: ProfileSettings): Slices<Search> {
  const { pattern } = matter;
  const { k } = wanted;
  const list = occurrenceList(wanted, () => comparisonOf(matter));
  const estimate = yield* leastDistances(matter, settings, 'bounded');
  const { least, backend } = estimate;
  let counts = addProfile({ ...NO_COUNTS, maps: estimate.maps }, estimate.counts);
  if (estimate.exact) yield* addAll(least, list);
  else {
    const period = yield* approximatePeriod(pattern, k, settings);
    const changes = period.rho > 0 ? patternChanges(pattern, period.rho) : undefined;
    const table = settings.costs ?? costTable(kernelBackend(settings.backend));
    const settling = settlingOf(matter, k, changes, list, table);
    const candidates = yield* settleAll(least, k, Math.max(1, pattern.length >> 1), settling, list);
    const { itemPairs, transformPoints, namedFactors, jumps } = settling.counts;
    const maps = estimate.maps + period.maps;
    const verifiedSymbols = list.verifiedSymbols + period.verifiedSymbols;
    counts = addProfile({ ...counts, candidates, maps, verifiedSymbols, namedFactors, jumps }, period.counts);
    counts = addProfile(counts, { ...NO_COUNTS, itemPairs, transformPoints });
  }
  const { positions, distances, limited } = list;
  return { positions, distances, limited, counts, backend };
}

/** Settles the candidates of so many shifts after the other; gives their number. */
function* settleAll(least: Codes, k: number, group: number, settling: Settling, list: OccurrenceList): Slices<number> {
  let candidates = 0;
  let sliceEnd = SLICE_SHIFTS;
  for (let from = 0; from < least.length && !list.limited; from += group) {
    const chosen: number[] = [];
    for (let i = from; i < Math.min(least.length, from + group); i++) if (least[i] <= k) chosen.push(i);
    candidates += chosen.length;
    if (chosen.length > 0) yield* settling.settle(chosen);
    if (from < sliceEnd) continue;
    yield 'slice';
    sliceEnd = from + SLICE_SHIFTS;
  }
  return candidates;
}
