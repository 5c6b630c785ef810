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

/** Comparisons, changes and pairs of a slice: about 5 ms. */
const SLICE_OPERATIONS = 2_000_000;

/** How often each letter begins or ends in a text compared with itself, rho positions later. */
function* letterChanges(text: Codes, letters: number, rho: number): Generator<'slice', Uint32Array> {
  const changes = new Uint32Array(letters + 1);
  for (let i = 0; i < text.length + rho; i++) {
    const begins = i < text.length ? text[i] : letters;
    const ends = i < rho ? letters : text[i - rho];
    if (begins !== ends) {
      changes[begins]++;
      changes[ends]++;
    }
    if ((i + 1) % SLICE_OPERATIONS === 0) yield 'slice';
  }
  return changes;
}

/**
 * Counts the pairs of a change of a text and one of a pattern in the same class.
 *
 * @param text - numbers of letters
 * @param pattern - the pattern
 * @param changes - of the pattern
 * @returns the number of pairs of each class
 */
export function* pairsByClass(
  text: Codes,
  { classesOf, classes, letters }: Pattern,
  { rho, starts }: PatternChanges,
): Generator<'slice', Float64Array> {
  const ofText = yield* letterChanges(text, letters, rho);
  const pairs = new Float64Array(classes);
  for (let letter = 0; letter < letters; letter++) {
    for (let t = classesOf.starts[letter]; t < classesOf.starts[letter + 1]; t++) {
      const c = classesOf.entries[t];
      pairs[c] += ofText[letter] * (starts[c + 1] - starts[c]);
    }
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
export function* fewestPairs(text: Codes, pattern: Pattern): Generator<'slice', PatternChanges> {
  const at = classAt(pattern);
  const tried: { rho: number; changes: number }[] = [];
  let sliceEnd = SLICE_OPERATIONS;
  for (let rho = 1; rho <= Math.min(at.length, LONGEST_STRIDE); rho++) {
    let changes = rho;
    for (let j = rho; j < at.length; j++) if (at[j] !== at[j - rho]) changes++;
    tried.push({ rho, changes });
    if (rho * at.length < sliceEnd) continue;
    yield 'slice';
    sliceEnd += SLICE_OPERATIONS;
  }
  tried.sort((a, b) => a.changes - b.changes || a.rho - b.rho);
  const strides = new Set([1, ...tried.slice(0, FINALISTS).map(({ rho }) => rho)]);
  let best = patternChanges(pattern, 1);
  let fewest = Infinity;
  for (const rho of strides) {
    const changes = patternChanges(pattern, rho);
    let pairs = 0;
    for (const ofClass of yield* pairsByClass(text, pattern, changes)) pairs += ofClass;
    yield 'slice';
    if (pairs < fewest) {
      fewest = pairs;
      best = changes;
    }
  }
  return best;
}

/**
 * Makes room for sums of changes: entry i - j + m + rho is for text position i and pattern position j.
 *
 * @param n - length of the text
 * @param m - length of the pattern
 * @param rho - the stride
 * @returns zeros
 */
export function roomForSums(n: number, m: number, rho: number): Int32Array {
  return new Int32Array(n + m + 2 * rho + 1);
}

/**
 * Counts the matches of all shifts by changes.
 *
 * @param text - numbers of letters
 * @param pattern - the pattern
 * @param changes - of the pattern, at any stride
 * @param sums - from `roomForSums`: what classes that are not listed in `changes` have been counted to already
 * @returns sums, whose entry i + m + rho is the number of matches at shift i, and the number of pairs
 */
export function* matchesByChanges(
  text: Codes,
  pattern: Pattern,
  changes: PatternChanges,
  sums: Int32Array = roomForSums(text.length, pattern.length, changes.rho),
): Generator<'slice', { readonly sums: Int32Array; readonly itemPairs: number }> {
  const { rho, starts, places, signs } = changes;
  const { classesOf, letters, length: m } = pattern;
  let itemPairs = 0;
  const add = (letter: number, at: number, sign: number): void => {
    for (let s = classesOf.starts[letter]; s < classesOf.starts[letter + 1]; s++) {
      const c = classesOf.entries[s];
      for (let t = starts[c]; t < starts[c + 1]; t++) sums[at - places[t]] += sign * signs[t];
      itemPairs += starts[c + 1] - starts[c];
    }
  };
  let sliceEnd = SLICE_OPERATIONS;
  for (let i = 0; i < text.length + rho; i++) {
    const begins = i < text.length ? text[i] : letters;
    const ends = i < rho ? letters : text[i - rho];
    if (begins !== ends) {
      add(begins, i + m + rho, 1);
      add(ends, i + m + rho, -1);
    }
    if (itemPairs + i < sliceEnd) continue;
    yield 'slice';
    sliceEnd = itemPairs + i + SLICE_OPERATIONS;
  }
  for (let from = rho; from < sums.length; from += SLICE_OPERATIONS) {
    const end = Math.min(sums.length, from + SLICE_OPERATIONS);
    for (let i = from; i < end; i++) sums[i] += sums[i - rho];
    if (end < sums.length) yield 'slice';
  }
  for (let from = sums.length - rho - 1; from >= 0; from -= SLICE_OPERATIONS) {
    const end = Math.max(-1, from - SLICE_OPERATIONS);
    for (let i = from; i > end; i--) sums[i] += sums[i + rho];
    if (end >= 0) yield 'slice';
  }
  return { sums, itemPairs };
}
