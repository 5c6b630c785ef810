import type { Slices } from '../one-shot.js';
import type { Matter, Pattern } from '../symbols/prepare-pattern.js';
import type { Codes } from '../symbols/symbols.js';
import { convolveByResidues, type ResidueChoices } from './residue-convolution.js';
import { newResidueTally, type ResidueTally } from './residue-tally.js';

/** The text positions of each class within a block, one list after the other. */
interface BlockPlaces {
  /** Where the list of each class begins, and the end of the last. */
  readonly starts: Int32Array;
  /** Distances from the block's beginning, rising within a list. */
  readonly places: Int32Array;
}

/** Lists the positions of the included classes in text[from, to). */
function blockPlaces(text: Codes, from: number, to: number, pattern: Pattern, included: Uint8Array): BlockPlaces {
  const { classes, classesOf } = pattern;
  const starts = new Int32Array(classes + 1);
  const each = (visit: (c: number, place: number) => void): void => {
    for (let i = from; i < to; i++) {
      for (let t = classesOf.starts[text[i]]; t < classesOf.starts[text[i] + 1]; t++) {
        const c = classesOf.entries[t];
        if (included[c] === 1) visit(c, i - from);
      }
    }
  };
  each((c) => {
    starts[c + 1]++;
  });
  for (let c = 0; c < classes; c++) starts[c + 1] += starts[c];
  const places = new Int32Array(starts[classes]);
  const next = starts.slice();
  each((c, place) => {
    places[next[c]++] = place;
  });
  return { starts, places };
}

/** The pattern's positions of each included class, read backwards. */
function backwardPlaces(pattern: Pattern, included: Uint8Array): ReadonlyMap<number, readonly number[]> {
  const lists = new Map<number, number[]>();
  pattern.positions.forEach((j, t) => {
    const c = pattern.codes[t];
    if (included[c] === 0) return;
    const list = lists.get(c);
    if (list === undefined) lists.set(c, [pattern.length - 1 - j]);
    else list.push(pattern.length - 1 - j);
  });
  return lists;
}

/**
 * Adds the matches of some classes by convolutions of residues.
 *
 * The text is cut into blocks of m positions, and the positions of a class in a block into groups of as many as the class
 * has in the pattern. A group and the pattern's positions, read backwards, are two sets of at most m; how often i + (m - 1
 * - j) takes each value is what the shifts i - j are raised by.
 *
 * @param matter - text and pattern
 * @param chosen - the classes to count
 * @param choices - folds and residues
 * @param matches - entry m + i is raised by the matches of shift i; n + m + 1 entries
 * @returns what it took
 */
export function* addByResidues(
  { text, pattern }: Matter,
  chosen: readonly number[],
  choices: ResidueChoices,
  matches: Uint32Array,
): Slices<ResidueTally> {
  const { length: m, counts } = pattern;
  const tally = newResidueTally();
  const included = new Uint8Array(pattern.classes);
  for (const c of chosen) included[c] = 1;
  const backward = backwardPlaces(pattern, included);
  const y = new Float64Array(m);
  for (let from = 0; from < text.length; from += m) {
    const end = Math.min(text.length, from + m);
    const { starts, places } = blockPlaces(text, from, end, pattern, included);
    yield 'slice';
    const x = new Float64Array(end - from);
    for (const [c, list] of backward) {
      y.fill(0);
      for (const place of list) y[place] = 1;
      for (let first = starts[c]; first < starts[c + 1]; first += counts[c]) {
        x.fill(0);
        const last = Math.min(starts[c + 1], first + counts[c]);
        for (let t = first; t < last; t++) x[places[t]] = 1;
        const sums = yield* convolveByResidues(x, y, choices, tally);
        for (let z = 0; z < sums.length; z++) matches[from + z + 1] += sums[z];
        yield 'slice';
      }
    }
  }
  return tally;
}
