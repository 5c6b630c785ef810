import { log } from '@lemmata/core';
import { letterPlaces, markMatches } from '../kernels/marking.js';
import type { Wanted } from '../lane-filter.js';
import type { Slices } from '../one-shot.js';
import type { ProfileSettings } from '../profile-options.js';
import { chooseMethod } from '../rules/cost-model.js';
import { costTable } from '../rules/cost-table.js';
import { kernelBackend } from '../rules/kernel-backend.js';
import { comparisonOf } from '../symbols/comparison.js';
import { classShares } from '../symbols/letter-shares.js';
import type { Matter, Pattern } from '../symbols/prepare-pattern.js';
import { occurrenceList } from './occurrence-list.js';
import { profileSearch } from './profile-search.js';
import { NO_COUNTS, type Search } from './search-counts.js';

/** Marks, and positions that are verified, in a slice: about 5 ms. */
const SLICE_OPERATIONS = 2_000_000;

/**
 * Chooses tau = sqrt(k log2(m + 1)) positions each of so many frequent letters that together they number at least 2 k, or
 * says that there are too few such letters, so that letters can be divided into few heavy and light ones.
 */
function frequentPlaces(pattern: Pattern, shares: Float64Array, k: number): Int32Array | undefined {
  const { counts, codes, length } = pattern;
  const tau = Math.round(Math.sqrt((k * log(length + 1)) / Math.LN2));
  if (tau === 0) return undefined;
  const needed = Math.ceil((2 * k) / tau);
  const frequent: number[] = [];
  counts.forEach((count, c) => {
    if (count >= tau) frequent.push(c);
  });
  if (frequent.length < needed) return undefined;
  // Those that are rarest in the text leave the fewest marks.
  const chosen = frequent.sort((a, b) => shares[a] - shares[b] || a - b).slice(0, needed);
  const left = new Int32Array(counts.length);
  for (const c of chosen) left[c] = tau;
  const places: number[] = [];
  codes.forEach((c: number, t: number) => {
    if (left[c]-- > 0) places.push(t);
  });
  return Int32Array.from(places);
}

/**
 * Marks the matches of A >= 2 k chosen positions, of which an occurrence has at least A - k, and compares the shifts that
 * have so many. A text of n symbols leaves at most n tau marks, so that at most n tau / k shifts are compared.
 */
function* byFrequentLetters(matter: Matter, wanted: Wanted, places: Int32Array): Slices<Search> {
  const { text, pattern, shifts } = matter;
  const m = pattern.length;
  const chosen = {
    ...pattern,
    positions: places.map((t) => pattern.positions[t]),
    codes: Uint32Array.from(places, (t) => pattern.codes[t]),
  };
  const lists = letterPlaces(chosen, new Uint8Array(pattern.classes).fill(1));
  let longest = 1;
  for (let letter = 0; letter < pattern.letters; letter++) {
    longest = Math.max(longest, lists.starts[letter + 1] - lists.starts[letter]);
  }
  const matches = new Uint32Array(text.length + m + 1);
  const span = Math.max(64, Math.floor(SLICE_OPERATIONS / longest));
  let increments = 0;
  for (let from = 0; from < text.length; from += span) {
    increments += markMatches(text, from, Math.min(text.length, from + span), lists, m, matches);
    yield 'slice';
  }
  const list = occurrenceList(wanted, () => comparisonOf(matter));
  const least = places.length - wanted.k;
  let candidates = 0;
  let sliceEnd = SLICE_OPERATIONS;
  for (let i = 0; i < shifts && !list.limited; i++) {
    if (matches[m + i] >= least) {
      candidates++;
      list.compare(i);
    }
    if (list.verifiedSymbols + i < sliceEnd) continue;
    yield 'slice';
    sliceEnd = list.verifiedSymbols + i + SLICE_OPERATIONS;
  }
  const { positions, distances, limited, verifiedSymbols } = list;
  const counts = { ...NO_COUNTS, increments, candidates, verifiedSymbols };
  return { positions, distances, limited, counts, backend: 'js' };
}

/**
 * Finds the shifts with at most k differences after A. Amir, M. Lewenstein and E. Porat: by marks of frequent letters where
 * there are enough of them, else by a profile of few heavy and of light letters.
 *
 * @param matter - text and pattern
 * @param wanted - k, what must not differ, most occurrences
 * @param settings - backend and precision of the profile
 * @returns the occurrences; `counts.increments` marks were made, `counts.candidates` shifts compared
 * @see A. Amir, M. Lewenstein, E. Porat, "Faster algorithms for string matching with k mismatches", Journal of Algorithms
 * 50(2), 2004
 */
export function* amirLewensteinPorat(matter: Matter, wanted: Wanted, settings: ProfileSettings): Slices<Search> {
  const { source, pattern } = matter;
  const shares = classShares(matter);
  const places = frequentPlaces(pattern, shares, wanted.k);
  if (places !== undefined) return yield* byFrequentLetters(matter, wanted, places);
  const table = settings.costs ?? costTable(kernelBackend(settings.backend));
  const { costs } = chooseMethod(source.length, pattern, shares, 'auto', table);
  const method = costs['heavy-light'] === undefined ? 'marking' : 'heavy-light';
  return yield* profileSearch(matter, wanted, { ...settings, method });
}
