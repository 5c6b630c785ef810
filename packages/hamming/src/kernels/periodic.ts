import type { Pattern } from '../symbols/prepare-pattern.js';
import type { Codes } from '../symbols/symbols.js';

// With e_c[i] = [S[i] in c] - [S[i - rho] in c] on the line extended by nothing, the correlation of e(T) and e(P), summed
// over classes c, is (1 - S^rho)(1 - S^-rho) M for the matches M: two sums of stride rho give M back.

/** Changes of a pattern against itself, rho positions later, one list a class. */
export interface PatternChanges {
  /** The stride. */
  readonly rho: number;
  /** Where the list of each class begins, and the end of the last. */
  readonly starts: Int32Array;
  /** Positions in [0, m + rho). */
  readonly places: Int32Array;
  /** 1 where the class begins, -1 where it ends. */
  readonly signs: Int8Array;
}

/** Strides that are tried on the pattern, and how many of them on the text. */
const LONGEST_STRIDE = 256;
const FINALISTS = 4;

function classAt(pattern: Pattern): Int32Array {
  const classes = new Int32Array(pattern.length).fill(-1);
  pattern.positions.forEach((j, t) => {
    classes[j] = pattern.codes[t];
  });
  return classes;
}

/**
 * Lists the changes of a pattern.
 *
 * @param pattern - the pattern
 * @param rho - the stride, an integer >= 1
 * @returns positions and signs by class
 */
export function patternChanges(pattern: Pattern, rho: number): PatternChanges {
  const at = classAt(pattern);
  const starts = new Int32Array(pattern.classes + 1);
  const each = (visit: (c: number, place: number, sign: number) => void): void => {
    for (let j = 0; j < at.length + rho; j++) {
      const begins = j < at.length ? at[j] : -1;
      const ends = j < rho ? -1 : at[j - rho];
      if (begins === ends) continue;
      if (begins >= 0) visit(begins, j, 1);
      if (ends >= 0) visit(ends, j, -1);
    }
  };
  each((c) => {
    starts[c + 1]++;
  });
  for (let c = 0; c < pattern.classes; c++) starts[c + 1] += starts[c];
  const places = new Int32Array(starts[pattern.classes]);
  const signs = new Int8Array(places.length);
  const next = starts.slice();
  each((c, place, sign) => {
    places[next[c]] = place;
    signs[next[c]++] = sign;
  });
  return { rho, starts, places, signs };
}

/** Number of pairs of a change of the text and one of the pattern in the same class. */
function countPairs(text: Codes, { classesOf, letters }: Pattern, { rho, starts }: PatternChanges): number {
  const cost = new Float64Array(letters + 1);
  for (let letter = 0; letter <= letters; letter++) {
    for (let t = classesOf.starts[letter]; t < classesOf.starts[letter + 1]; t++) {
      cost[letter] += starts[classesOf.entries[t] + 1] - starts[classesOf.entries[t]];
    }
  }
  let pairs = 0;
  for (let i = 0; i < text.length + rho; i++) {
    const begins = i < text.length ? text[i] : letters;
    const ends = i < rho ? letters : text[i - rho];
    if (begins !== ends) pairs += cost[begins] + cost[ends];
  }
  return pairs;
}

/**
 * Chooses a stride: of those up to 256 and m, the four with the fewest changes of the pattern and stride 1 are tried on
 * the text, and the one with the fewest pairs is taken.
 *
 * @param text - numbers of letters
 * @param pattern - the pattern
 * @returns its changes at that stride
 */
export function fewestPairs(text: Codes, pattern: Pattern): PatternChanges {
  const at = classAt(pattern);
  const tried: { rho: number; changes: number }[] = [];
  for (let rho = 1; rho <= Math.min(at.length, LONGEST_STRIDE); rho++) {
    let changes = rho;
    for (let j = rho; j < at.length; j++) if (at[j] !== at[j - rho]) changes++;
    tried.push({ rho, changes });
  }
  tried.sort((a, b) => a.changes - b.changes || a.rho - b.rho);
  const strides = new Set([1, ...tried.slice(0, FINALISTS).map(({ rho }) => rho)]);
  let best = patternChanges(pattern, 1);
  let fewest = Infinity;
  for (const rho of strides) {
    const changes = patternChanges(pattern, rho);
    const pairs = countPairs(text, pattern, changes);
    if (pairs < fewest) {
      fewest = pairs;
      best = changes;
    }
  }
  return best;
}

/** Pairs of a slice: about 5 ms. */
const SLICE_PAIRS = 2_000_000;

/**
 * Counts the matches of all shifts by changes.
 *
 * @param text - numbers of letters
 * @param pattern - the pattern
 * @param changes - of the pattern, at any stride
 * @returns sums, whose entry i + m + rho is the number of matches at shift i, and the number of pairs
 */
export function* matchesByChanges(
  text: Codes,
  pattern: Pattern,
  changes: PatternChanges,
): Generator<'slice', { readonly sums: Int32Array; readonly itemPairs: number }> {
  const { rho, starts, places, signs } = changes;
  const { classesOf, letters, length: m } = pattern;
  const sums = new Int32Array(text.length + m + 2 * rho + 1);
  let itemPairs = 0;
  const add = (letter: number, at: number, sign: number): void => {
    for (let s = classesOf.starts[letter]; s < classesOf.starts[letter + 1]; s++) {
      const c = classesOf.entries[s];
      for (let t = starts[c]; t < starts[c + 1]; t++) sums[at - places[t]] += sign * signs[t];
      itemPairs += starts[c + 1] - starts[c];
    }
  };
  let sliceEnd = SLICE_PAIRS;
  for (let i = 0; i < text.length + rho; i++) {
    const begins = i < text.length ? text[i] : letters;
    const ends = i < rho ? letters : text[i - rho];
    if (begins === ends) continue;
    add(begins, i + m + rho, 1);
    add(ends, i + m + rho, -1);
    if (itemPairs >= sliceEnd) {
      yield 'slice';
      sliceEnd = itemPairs + SLICE_PAIRS;
    }
  }
  for (let i = rho; i < sums.length; i++) sums[i] += sums[i - rho];
  for (let i = sums.length - rho - 1; i >= 0; i--) sums[i] += sums[i + rho];
  return { sums, itemPairs };
}
