import { openAbortScan, PIECE, SCAN_SHIFTS } from '../kernels/abort-kernel.js';
import type { Wanted } from '../lane-filter.js';
import type { Slices } from '../one-shot.js';
import type { ProfileSettings } from '../profile-options.js';
import { laneTile } from '../rules/cost-model.js';
import { kernelBackend } from '../rules/kernel-backend.js';
import { comparisonOf } from '../symbols/comparison.js';
import { fitsLanes, laneText } from '../symbols/lane-text.js';
import { classShares } from '../symbols/letter-shares.js';
import type { Matter, Pattern } from '../symbols/prepare-pattern.js';
import { occurrenceList } from './occurrence-list.js';
import { type Attempt, NO_COUNTS } from './search-counts.js';

/** Comparisons of a slice: at most about 5 ms. */
const SLICE_COMPARISONS = { js: 2_000_000, wasm: 20_000_000 } as const;

/** The piece of 16 positions where the fewest matches are to be expected. */
function rarestPiece({ positions, codes, length: m }: Pattern, shares: Float64Array): number {
  const differences = new Float64Array(Math.ceil(m / PIECE));
  positions.forEach((j, t) => {
    differences[Math.floor(j / PIECE)] += 1 - shares[codes[t]];
  });
  return differences.indexOf(differences.reduce((most, count) => Math.max(most, count)));
}

/**
 * Finds the shifts with at most k differences by comparing every window, 16 positions at a time, until more than k differ
 * (algorithm A5b). The 16 positions where most differences are expected come first.
 *
 * On a random text about (k + 1) / (1 - p) positions are compared at each shift, p being the probability of a match, up to
 * m of them on one that repeats the pattern.
 *
 * @param matter - text and pattern
 * @param wanted - k, what must not differ, most occurrences
 * @param settings - backend
 * @param budget - positions that may be compared before the scan gives up; Infinity, the default, for no end
 * @returns the occurrences; `counts.verifiedSymbols` positions were compared
 */
export function* abortScan(
  matter: Matter,
  wanted: Wanted,
  settings: ProfileSettings,
  budget: number = Infinity,
): Slices<Attempt> {
  const { pattern, shifts } = matter;
  const { k } = wanted;
  const m = pattern.length;
  const backend = kernelBackend(settings.backend);
  const tile = laneTile(shifts, m);
  const start = rarestPiece(pattern, classShares(matter));
  const scan = openAbortScan(laneText(matter), pattern.positions, m, start, tile, backend);
  const list = occurrenceList(wanted, () => comparisonOf(matter));
  // Where bytes do not tell all letters apart, what is kept is compared once more, by the letters themselves.
  const keep = fitsLanes(matter) ? list.add : list.compare;
  let compared = 0;
  try {
    for (let from = 0; from < shifts && !list.limited && compared <= budget; from += tile) {
      const size = Math.min(tile, shifts - from);
      scan.load(from);
      for (let at = 0; at < size && !list.limited && compared <= budget; ) {
        at = scan.scan(at, Math.min(size, at + SCAN_SHIFTS), k, SLICE_COMPARISONS[backend]);
        compared += scan.tally[0];
        for (let t = 0; t < scan.tally[1] && !list.limited; t++) keep(from + scan.shifts[t], scan.distances[t]);
        yield 'slice';
      }
    }
  } finally {
    scan.dispose();
  }
  const { positions, distances, limited } = list;
  const counts = { ...NO_COUNTS, verifiedSymbols: compared + list.verifiedSymbols };
  return { positions, distances, limited, overrun: compared > budget, counts, backend };
}
