import { InvalidInputError } from '@lemmata/core';
import { fitsSigns } from '../kernels/letter-rows.js';
import { fitsLanes } from '../symbols/lane-text.js';
import type { Pattern } from '../symbols/prepare-pattern.js';
import { fitsF32 } from './certified-size.js';
import type { CostTable } from './cost-table.js';
import { residueClasses } from './residue-classes.js';

/** The exact methods. */
export type ExactMethod =
  | 'bytes'
  | 'sliced'
  | 'fft'
  | 'heavy-light'
  | 'marking'
  | 'periodic'
  | 'las-vegas'
  | 'deterministic';

/** What the cost model chose. */
export interface Choice {
  /** The method. */
  readonly method: ExactMethod;
  /** Predicted cost of the methods that can run, in nanoseconds of the cost table. */
  readonly costs: { readonly [Method in ExactMethod]?: number };
  /** Length of transforms. */
  readonly size: number;
  /** Classes that are counted by transforms. */
  readonly heavy: readonly number[];
  /** Classes that are counted by convolutions of residues. */
  readonly between: readonly number[];
}

/** Bytes have room for so many letters and one code for all other symbols. */
const BYTE_LETTERS = 255;
/** Largest transform: the limit of linalg. */
const LARGEST_TRANSFORM = 67108864;
/** Spectra of a pattern may take so many numbers: 256 MiB in f64. */
const LARGEST_SPECTRA = 33554432;
/** Planes of a tile may take so many bytes: 64 MiB. */
const LARGEST_PLANES = 67108864;
/** Shares of all symbols of a text, but for rounding. */
const ALL_SYMBOLS = 1 - 1e-9;
/** Fewest shifts of a tile. */
const LANE_TILE = 32768;
const PLANE_TILE = 16384;

function tileOf(shifts: number, length: number, least: number, block: number): number {
  return block * Math.ceil(Math.min(shifts, Math.max(least, length)) / block);
}

/**
 * The number of shifts that are compared in one tile by byte lanes: at least the pattern's length, so that a tile costs
 * more than its overlap with the next.
 *
 * @param shifts - number of all shifts
 * @param length - length of the pattern
 * @returns a multiple of 64
 */
export function laneTile(shifts: number, length: number): number {
  return tileOf(shifts, length, LANE_TILE, 64);
}

/**
 * The same for bit planes, whose planes should stay in a processor's cache.
 *
 * @param shifts - number of all shifts
 * @param length - length of the pattern
 * @returns a multiple of 128
 */
export function planeTile(shifts: number, length: number): number {
  return tileOf(shifts, length, PLANE_TILE, 128);
}

/**
 * Chooses an exact method by counted operations.
 *
 * @param n - length of the text, at least that of the pattern
 * @param pattern - the pattern
 * @param shares - share of the text's symbols that each class accepts
 * @param wanted - a method, or `'auto'` for the cheapest
 * @param table - what operations cost
 * @returns the choice
 * @throws InvalidInputError `ERR_INCOMPATIBLE` when the wanted method cannot run
 */
export function chooseMethod(
  n: number,
  pattern: Pattern,
  shares: Float64Array,
  wanted: ExactMethod | 'auto',
  table: CostTable,
): Choice {
  const { length: m, counts: placeCounts, classes, letters } = pattern;
  const compared = pattern.positions.length;
  if (compared === 0) {
    // Nothing can differ: every method has nothing to do.
    return {
      method: wanted === 'auto' ? 'marking' : wanted,
      costs: { marking: table.symbol * n },
      size: 0,
      heavy: [],
      between: [],
    };
  }
  const shifts = n - m + 1;
  const costs: { -readonly [Method in ExactMethod]?: number } = {};
  const weight = Float64Array.from(placeCounts, (count, c) => count * shares[c] * n);
  const order = Array.from(placeCounts, (_, c) => c).sort((a, b) => weight[b] - weight[a] || a - b);
  let pairs = 0;
  for (const c of order) pairs += weight[c];

  if (fitsLanes({ pattern })) costs.bytes = shifts * compared * table.laneComparison + table.laneShift * (n + shifts);
  const tile = planeTile(shifts, m);
  const planeSymbols = classes * (tile + m);
  if (letters <= BYTE_LETTERS && planeSymbols <= LARGEST_PLANES) {
    const digits = 32 - Math.clz32(compared);
    costs.sliced =
      table.planeComparison * shifts * compared +
      table.planeSymbol * Math.ceil(shifts / tile) * planeSymbols +
      table.planeDigit * digits * shifts +
      table.laneShift * n;
  }
  costs.marking = table.symbol * n + table.increment * pairs;

  // Signs take one row less, unless the pattern has wildcards and the text symbols that are no letters of it.
  const signs = compared === m || shares.reduce((sum, share) => sum + share, 0) > ALL_SYMBOLS;
  const saved = fitsSigns(pattern) && signs ? 1 : 0;
  let hybrid = Infinity;
  let full = Infinity;
  let hybridSize = 0;
  let fullSize = 0;
  let hybridRows = 0;
  for (let size = transformAbove(2 * m); size <= LARGEST_TRANSFORM && size < 32 * m + 64; size *= 2) {
    const blocks = Math.ceil(shifts / (size - m + 1));
    const row = (blocks + 1) * size * (table.transformLevel * (31 - Math.clz32(size)) + table.transformRow);
    let light = pairs;
    for (let h = 1; h <= classes && h * size <= LARGEST_SPECTRA; h++) {
      light -= weight[order[h - 1]];
      const rows = h < classes ? h : classes - saved;
      const precise = fitsF32(pattern, h, size) ? 1 : table.transformWide;
      const cost = precise * row * (rows + 1) + table.symbol * n + (h < classes ? table.increment * light : 0);
      if (h < classes && cost < hybrid) {
        hybrid = cost;
        hybridSize = size;
        hybridRows = h;
      }
      if (h === classes && cost < full) {
        full = cost;
        fullSize = size;
      }
    }
    if (blocks === 1) break;
  }
  if (hybrid < Infinity) costs['heavy-light'] = hybrid;
  if (full < Infinity) costs.fft = full;

  // Its cost is known only when the text has been gone through: it is taken by name.
  if (wanted === 'periodic') return { method: wanted, costs, size: 0, heavy: [], between: [] };
  if (wanted === 'las-vegas' || wanted === 'deterministic') {
    const { heavy, between } = residueClasses(pattern);
    const size = transformAbove(2 * m);
    // Transforms of all heavy classes have to fit, as for the other methods.
    if (heavy.length * size > LARGEST_SPECTRA) throw cannotRun(wanted, pattern);
    return { method: wanted, costs, size, heavy, between };
  }
  const method = wanted === 'auto' ? cheapest(costs) : wanted;
  if (costs[method] === undefined) throw cannotRun(method, pattern);
  return method === 'heavy-light'
    ? { method, costs, size: hybridSize, heavy: order.slice(0, hybridRows), between: [] }
    : { method, costs, size: fullSize, heavy: order, between: [] };
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

function cannotRun(method: ExactMethod, { letters, classes }: Pattern): InvalidInputError {
  const expected = {
    bytes: `a pattern of at most ${BYTE_LETTERS} different letters (8 with classes or a wildcard of texts)`,
    sliced: `a pattern of at most ${BYTE_LETTERS} different letters whose planes take at most ${LARGEST_PLANES} bytes`,
    fft: `spectra of at most ${LARGEST_SPECTRA} numbers`,
    'heavy-light': 'a pattern of at least 2 different symbols whose transforms fit',
    marking: 'any pattern',
    periodic: 'any pattern',
    'las-vegas': `a pattern whose frequent letters have spectra of at most ${LARGEST_SPECTRA} numbers`,
    deterministic: `a pattern whose frequent letters have spectra of at most ${LARGEST_SPECTRA} numbers`,
  }[method];
  return new InvalidInputError(
    `options.method: expected ${expected} for '${method}', got ${letters} letters and ${classes} symbols`,
    'ERR_INCOMPATIBLE',
    { argument: 'options.method', expected, actual: letters },
  );
}
