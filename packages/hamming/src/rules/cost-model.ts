import { InvalidInputError } from '@lemmata/core';

/** The exact methods. */
export type ExactMethod = 'bytes' | 'sliced' | 'fft' | 'heavy-light' | 'marking';

/** What the cost model chose. */
export interface Choice {
  /** The method. */
  readonly method: ExactMethod;
  /** Predicted cost of the methods that can run. */
  readonly costs: { readonly [Method in ExactMethod]?: number };
  /** Length of transforms. */
  readonly size: number;
  /** Letters that are counted by transforms. */
  readonly heavy: readonly number[];
}

// Weights of counted operations, in units of one comparison of a word of lanes (four shifts, one pattern position).
/** One word of 32 shifts, added by full adders. */
const SLICED_WORD = 1.6;
/** Making one word of a plane. */
const PLANE_WORD = 1.6;
/** Taking one count out of its digits, a digit. */
const DIGIT = 1;
/** Packing a symbol and taking a count out of its lane. */
const LANE_SHIFT = 3;
/** One number of a transform, a level. */
const TRANSFORM_LEVEL = 0.5;
/** One number of a row: marking, multiplying, adding. */
const TRANSFORM_ROW = 1.5;
/** One increment at a shift. */
const INCREMENT = 1.2;
/** Passing a text position. */
const MARK_SHIFT = 2.5;

/** Bytes have room for 255 letters and one code for all other symbols. */
const BYTE_LETTERS = 255;
/** Largest transform: the limit of linalg. */
const LARGEST_TRANSFORM = 67108864;
/** Spectra of a pattern may take so many numbers: 256 MiB in f64. */
const LARGEST_SPECTRA = 33554432;
/** Planes of a tile may take so many words: 64 MiB. */
const LARGEST_PLANES = 16777216;
/** Fewest shifts of a tile. */
const TILE = 8192;

/**
 * The number of shifts that are done in one tile: enough that a tile costs more than its overlap with the next.
 *
 * @param length - length of the pattern
 * @returns a multiple of 32
 */
export function tileShifts(length: number): number {
  return Math.max(TILE, Math.ceil(length / 32) * 32);
}

/**
 * Chooses an exact method by counted operations.
 *
 * @param n - length of the text, at least m
 * @param m - length of the pattern
 * @param placeCounts - how often each letter stands in the pattern
 * @param textCounts - how often in the text; longer than `placeCounts` by symbols that are no letter, or as long
 * @param wanted - a method, or `'auto'` for the cheapest
 * @returns the choice
 * @throws InvalidInputError `ERR_INCOMPATIBLE` when the wanted method cannot run
 */
export function chooseMethod(
  n: number,
  m: number,
  placeCounts: Uint32Array,
  textCounts: Float64Array,
  wanted: ExactMethod | 'auto',
): Choice {
  const shifts = n - m + 1;
  const letters = placeCounts.length;
  const costs: { -readonly [Method in ExactMethod]?: number } = {};
  const order = Array.from(placeCounts, (_, c) => c).sort(
    (a, b) => placeCounts[b] * textCounts[b] - placeCounts[a] * textCounts[a] || a - b,
  );
  let pairs = 0;
  for (const c of order) pairs += placeCounts[c] * textCounts[c];

  if (letters <= BYTE_LETTERS) costs.bytes = (shifts * m) / 4 + LANE_SHIFT * (n + shifts);
  const tile = tileShifts(m);
  const planeWords = letters * (tile + m + 96);
  if (planeWords <= LARGEST_PLANES) {
    const digits = 32 - Math.clz32(m);
    costs.sliced =
      (SLICED_WORD * shifts * m) / 32 +
      PLANE_WORD * Math.ceil(shifts / tile) * planeWords +
      DIGIT * digits * shifts +
      LANE_SHIFT * n;
  }
  costs.marking = MARK_SHIFT * n + INCREMENT * pairs;

  let hybrid = Infinity;
  let full = Infinity;
  let hybridSize = 0;
  let fullSize = 0;
  let hybridRows = 0;
  for (let size = transformAbove(2 * m); size <= LARGEST_TRANSFORM && size < 32 * m + 64; size *= 2) {
    const blocks = Math.ceil(shifts / (size - m + 1));
    const row = (blocks + 1) * size * (TRANSFORM_LEVEL * (31 - Math.clz32(size)) + TRANSFORM_ROW);
    let light = pairs;
    for (let h = 1; h <= letters && h * size <= LARGEST_SPECTRA; h++) {
      light -= placeCounts[order[h - 1]] * textCounts[order[h - 1]];
      const cost = row * (h + 1) + (h < letters ? MARK_SHIFT * n + INCREMENT * light : 0);
      if (h < letters && cost < hybrid) {
        hybrid = cost;
        hybridSize = size;
        hybridRows = h;
      }
      if (h === letters && cost < full) {
        full = cost;
        fullSize = size;
      }
    }
    if (blocks === 1) break;
  }
  if (hybrid < Infinity) costs['heavy-light'] = hybrid;
  if (full < Infinity) costs.fft = full;

  const method = wanted === 'auto' ? cheapest(costs) : wanted;
  if (costs[method] === undefined) throw cannotRun(method, letters);
  return method === 'heavy-light'
    ? { method, costs, size: hybridSize, heavy: order.slice(0, hybridRows) }
    : { method, costs, size: fullSize, heavy: order };
}

function transformAbove(least: number): number {
  let size = 2;
  while (size < least) size *= 2;
  return size;
}

function cheapest(costs: Choice['costs']): ExactMethod {
  let best: ExactMethod = 'marking';
  for (const method of ['bytes', 'sliced', 'fft', 'heavy-light'] as const) {
    if ((costs[method] ?? Infinity) < (costs[best] as number)) best = method;
  }
  return best;
}

function cannotRun(method: ExactMethod, letters: number): InvalidInputError {
  const expected = {
    bytes: `a pattern of at most ${BYTE_LETTERS} different letters`,
    sliced: `planes of at most ${LARGEST_PLANES} words`,
    fft: `spectra of at most ${LARGEST_SPECTRA} numbers`,
    'heavy-light': 'a pattern of at least 2 different letters whose transforms fit',
    marking: 'any pattern',
  }[method];
  return new InvalidInputError(
    `options.method: expected ${expected} for '${method}', got ${letters} different letters`,
    'ERR_INCOMPATIBLE',
    { argument: 'options.method', expected, actual: letters },
  );
}
