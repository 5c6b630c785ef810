import type { Occurrences, Wanted } from '../lane-filter.js';
import type { Slices } from '../one-shot.js';
import type { Comparison } from '../symbols/comparison.js';
import type { Codes } from '../symbols/symbols.js';

/** Shifts that are looked through in a slice: about 5 ms. */
const SLICE_SHIFTS = 2_000_000;

/** Occurrences that are found one after the other, in the order of the text. */
export interface OccurrenceList extends Occurrences {
  /** Whether there are more occurrences than wanted: the search is at its end. */
  readonly limited: boolean;
  /** Pattern positions that `compare` looked at. */
  readonly verifiedSymbols: number;
  /** Compares a window position by position and adds it when at most k of them differ. */
  compare(at: number): void;
  /** Adds a window whose distance is known when it is at most k. */
  add(at: number, distance: number): void;
}

/**
 * Begins a list.
 *
 * @param wanted - k, what must not differ, most occurrences
 * @param open - prepares the comparison of windows with the pattern, when it is first needed
 * @returns the list; once it is `limited`, nothing more is to be added
 */
export function occurrenceList({ k, required, limit }: Wanted, open: () => Comparison): OccurrenceList {
  const positions: number[] = [];
  const distances: number[] = [];
  let limited = false;
  let verifiedSymbols = 0;
  let opened: Comparison | undefined;
  const windows = (): Comparison => {
    opened ??= open();
    return opened;
  };
  const add = (at: number, distance: number): void => {
    if (distance > k || (required.length > 0 && windows().differsAtAny(at, required))) return;
    if (positions.length === limit) limited = true;
    else {
      positions.push(at);
      distances.push(distance);
    }
  };
  return {
    positions,
    distances,
    get limited() {
      return limited;
    },
    get verifiedSymbols() {
      return verifiedSymbols;
    },
    compare(at) {
      const comparison = windows();
      const distance = comparison.distance(at, k);
      verifiedSymbols += comparison.compared;
      add(at, distance);
    },
    add,
  };
}

/**
 * Adds the shifts whose distances are known, until the list is limited.
 *
 * @param distances - of all shifts
 * @param list - what they are added to
 */
export function* addAll(distances: Codes, list: OccurrenceList): Slices<void> {
  for (let i = 0; i < distances.length && !list.limited; i++) {
    list.add(i, distances[i]);
    if ((i + 1) % SLICE_SHIFTS === 0) yield 'slice';
  }
}
