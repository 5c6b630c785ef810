import type { Backend, BackendChoice } from '@lemmata/core';
import { type PreparedFft, prepareRealFft } from '@lemmata/linalg';
import { LARGEST_ROUNDING_BOUND, roundingBound } from '../certificates/rounding-bound.js';
import type { Pattern } from '../symbols/prepare-pattern.js';
import type { Codes } from '../symbols/symbols.js';
import { fitsSigns, indicatorRows, type LetterRows, signRows } from './letter-rows.js';

type Numbers = Float64Array | Float32Array;
type Precision = 'f32' | 'f64';

/** The transforms of a pattern's rows in one precision. */
interface Spectra {
  readonly fft: PreparedFft<Numbers>;
  /** The transform of each row in the pattern. */
  readonly rows: readonly Numbers[];
  /** A row of the text. */
  readonly row: Numbers;
  /** Its transform. */
  readonly spectrum: Numbers;
  /** The sum of the products. */
  readonly sum: Numbers;
}

/** What the blocks of a text have cost and shown so far. */
export interface CorrelationTally {
  /** Numbers that went through transforms. */
  transformPoints: number;
  /** Blocks for which f32 was not certified, so that f64 was taken. */
  fallbackBlocks: number;
  /** Largest bound of a block's rounding error. */
  bound: number;
  /** Largest distance of a sum from an integer. */
  residual: number;
}

/** Correlates the classes of a pattern with a text, block by block. */
export interface LetterCorrelation {
  /** Shifts of one block. */
  readonly step: number;
  /** Which kernels transform. */
  readonly backend: Backend;
  /** Costs and bounds. */
  readonly tally: CorrelationTally;
  /** Adds the matches of the shifts from, ..., from + step - 1 (those below `shifts`) to matches[offset + shift]. */
  addBlock(text: Codes, from: number, shifts: number, matches: Uint32Array, offset: number): Generator<'slice'>;
  /** Releases the memory. */
  dispose(): void;
}

/**
 * Prepares the correlation of classes.
 *
 * Each chosen class is a row of zeros and ones, in the pattern and in the text; the products of the rows' transforms are
 * added, and one transform back gives the matches of all of them (overlap-save). Where all classes of two or four letters
 * are chosen, blocks of these letters alone take rows of signs, of which there is one less.
 *
 * @param pattern - its classes
 * @param chosen - the classes to count
 * @param size - length of the transforms, a power of 2, at least the pattern's length and at least 2
 * @param precision - `'f32'` where a block's rounding bound allows it, or `'f64'`
 * @param backend - which kernels transform
 * @returns the correlation; f64 is certified for every size that a transform takes
 */
export function letterCorrelation(
  pattern: Pattern,
  chosen: readonly number[],
  size: number,
  precision: Precision,
  backend: BackendChoice,
): LetterCorrelation {
  const { length, positions, codes } = pattern;
  const indicators = indicatorRows(pattern, chosen);
  const signs = chosen.length === pattern.classes && fitsSigns(pattern) ? signRows(pattern) : undefined;
  const tally: CorrelationTally = { transformPoints: 0, fallbackBlocks: 0, bound: 0, residual: 0 };
  const known = new Map<LetterRows, { f32?: Spectra; f64?: Spectra }>();
  const transforms: { f32?: PreparedFft<Numbers>; f64?: PreparedFft<Numbers> } = {};

  function* spectraOf(rows: LetterRows, kind: Precision): Generator<'slice', Spectra> {
    const made = known.get(rows) ?? {};
    known.set(rows, made);
    if (made[kind] !== undefined) return made[kind];
    transforms[kind] ??= prepareRealFft(size, { precision: kind, backend }) as PreparedFft<Numbers>;
    const fft = transforms[kind];
    const numbers = (count: number): Numbers => (kind === 'f32' ? new Float32Array(count) : new Float64Array(count));
    const row = numbers(size);
    const patternRows: Numbers[] = [];
    for (const shown of rows.ofClasses) {
      row.fill(0);
      for (let t = 0; t < positions.length; t++) row[positions[t]] = shown[codes[t]];
      patternRows.push(fft.forward(row));
      tally.transformPoints += size;
      yield 'slice';
    }
    const spectra = { fft, rows: patternRows, row, spectrum: numbers(size + 2), sum: numbers(size + 2) };
    made[kind] = spectra;
    return spectra;
  }

  return {
    step: size - length + 1,
    get backend() {
      return (transforms.f64 ?? transforms.f32)?.backend ?? 'js';
    },
    tally,
    *addBlock(text, from, shifts, matches, offset) {
      const block = text.subarray(from, from + size);
      const counts = lettersIn(block, pattern.letters);
      const letterRows = signs !== undefined && counts[pattern.letters] === 0 ? signs : indicators;
      const { ofLetters, places, divisor, less } = letterRows;
      const here = ofLetters.map((shown) =>
        shown.reduce((sum, entry, letter) => sum + entry * entry * counts[letter], 0),
      );
      const met = Array.from(here.keys()).filter((d) => here[d] > 0);
      if (met.length === 0) return;
      const norms = met.reduce((sum, d) => sum + Math.sqrt(here[d] * places[d]), 0) / divisor;
      let kind = precision;
      let bound = roundingBound(kind, size, met.length, norms);
      if (kind === 'f32' && bound >= LARGEST_ROUNDING_BOUND) {
        kind = 'f64';
        bound = roundingBound(kind, size, met.length, norms);
        tally.fallbackBlocks++;
      }
      if (bound > tally.bound) tally.bound = bound;
      const { fft, rows, row, spectrum, sum } = yield* spectraOf(letterRows, kind);
      sum.fill(0);
      for (const d of met) {
        show(block, ofLetters[d], row);
        fft.forward(row, spectrum as never);
        addConjugateProducts(sum, spectrum, rows[d]);
        yield 'slice';
      }
      fft.inverse(sum, row as never);
      tally.transformPoints += (met.length + 1) * size;
      const count = Math.min(shifts - from, size - length + 1);
      tally.residual = Math.max(tally.residual, addNearest(row, divisor, less, count, matches, offset + from));
      yield 'slice';
    },
    dispose: () => {
      transforms.f32?.dispose();
      transforms.f64?.dispose();
    },
  };
}

/** How often each letter stands in a block; the last entry counts the symbols that are none. */
function lettersIn(block: Codes, letters: number): Uint32Array {
  const counts = new Uint32Array(letters + 1);
  for (let i = 0; i < block.length; i++) counts[block[i]]++;
  return counts;
}

/** Writes what is shown for each letter of a block; the rest of the row is 0. */
function show(block: Codes, shown: Int8Array, row: Numbers): void {
  for (let i = 0; i < block.length; i++) row[i] = shown[block[i]];
  row.fill(0, block.length);
}

/** sum_k += x_k conj(y_k) over pairs (re, im). */
function addConjugateProducts(sum: Numbers, x: Numbers, y: Numbers): void {
  for (let k = 0; k < sum.length; k += 2) {
    sum[k] += x[k] * y[k] + x[k + 1] * y[k + 1];
    sum[k + 1] += x[k + 1] * y[k] - x[k] * y[k + 1];
  }
}

/** Adds the integers next to (sum + less) / divisor; gives the largest distance from one. */
function addNearest(
  sums: Numbers,
  divisor: number,
  less: number,
  count: number,
  matches: Uint32Array,
  to: number,
): number {
  // Exact: the number of letters is a power of 2.
  const scale = 1 / divisor;
  let residual = 0;
  for (let i = 0; i < count; i++) {
    // Matches are at most the length of a transform, 2^26; an error makes them no less than -1/4.
    const nearest = ((sums[i] + less) * scale + 0.5) | 0;
    // The difference of neighbours is exact.
    const distance = Math.abs(sums[i] - (divisor * nearest - less));
    if (distance > residual) residual = distance;
    matches[to + i] += nearest;
  }
  return residual * scale;
}
