import type { Backend, BackendChoice } from '@lemmata/core';
import { type PreparedFft, prepareRealFft } from '@lemmata/linalg';
import { LARGEST_ROUNDING_BOUND, roundingBound } from '../certificates/rounding-bound.js';
import type { Pattern } from '../symbols/prepare-pattern.js';
import type { Codes } from '../symbols/symbols.js';

type Numbers = Float64Array | Float32Array;
type Precision = 'f32' | 'f64';

/** The transforms of a pattern's letters in one precision. */
interface Spectra {
  readonly fft: PreparedFft<Numbers>;
  /** The transform of each row's places in the pattern. */
  readonly rows: readonly Numbers[];
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
 * added, and one transform back gives the matches of all of them (overlap-save).
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
  const length = pattern.length;
  const spectra: { f32?: Spectra; f64?: Spectra } = {};
  const row = new Uint8Array(size);
  const placeCounts = chosen.map((c) => pattern.counts[c]);
  // Row d shows the letters of class chosen[d]: entry d (letters + 1) + letter.
  const width = pattern.letters + 1;
  const shown = new Uint8Array(chosen.length * width);
  chosen.forEach((c, d) => {
    const { starts, entries } = pattern.lettersOf;
    for (let t = starts[c]; t < starts[c + 1]; t++) shown[d * width + entries[t]] = 1;
  });
  const rowOf = (d: number): Uint8Array => shown.subarray(d * width, (d + 1) * width);
  const tally: CorrelationTally = { transformPoints: 0, fallbackBlocks: 0, bound: 0, residual: 0 };
  const sums = { f32: new Float32Array(0), f64: new Float64Array(0) } as { f32: Float32Array; f64: Float64Array };

  function* spectraOf(kind: Precision): Generator<'slice', Spectra> {
    const known = spectra[kind];
    if (known !== undefined) return known;
    const fft = prepareRealFft(size, { precision: kind, backend }) as PreparedFft<Numbers>;
    const rows: Numbers[] = [];
    const made = { fft, rows };
    spectra[kind] = made;
    sums[kind] = (kind === 'f32' ? new Float32Array(size + 2) : new Float64Array(size + 2)) as never;
    for (const c of chosen) {
      row.fill(0);
      for (let t = 0; t < pattern.positions.length; t++) if (pattern.codes[t] === c) row[pattern.positions[t]] = 1;
      rows.push(fft.forward(row));
      tally.transformPoints += size;
      yield 'slice';
    }
    return made;
  }

  return {
    step: size - length + 1,
    get backend() {
      return (spectra.f64 ?? spectra.f32)?.fft.backend ?? 'js';
    },
    tally,
    *addBlock(text, from, shifts, matches, offset) {
      const end = Math.min(text.length, from + size);
      const here = new Float64Array(chosen.length);
      for (let d = 0; d < chosen.length; d++) here[d] = indicate(text, from, end, rowOf(d), row);
      let norms = 0;
      let rows = 0;
      for (let d = 0; d < chosen.length; d++) {
        norms += Math.sqrt(here[d] * placeCounts[d]);
        if (here[d] > 0) rows++;
      }
      if (rows === 0) return;
      let kind = precision;
      let bound = roundingBound(kind, size, rows, norms);
      if (kind === 'f32' && bound >= LARGEST_ROUNDING_BOUND) {
        kind = 'f64';
        bound = roundingBound(kind, size, rows, norms);
        tally.fallbackBlocks++;
      }
      if (bound > tally.bound) tally.bound = bound;
      const { fft, rows: patternRows } = yield* spectraOf(kind);
      const sum: Numbers = sums[kind];
      sum.fill(0);
      const spectrum: Numbers = sum.slice();
      for (let d = 0; d < chosen.length; d++) {
        if (here[d] === 0) continue;
        indicate(text, from, end, rowOf(d), row);
        fft.forward(row, spectrum as never);
        addConjugateProducts(sum, spectrum, patternRows[d]);
        yield 'slice';
      }
      const result = fft.inverse(sum);
      tally.transformPoints += (rows + 1) * size;
      const last = Math.min(shifts, from + size - length + 1);
      for (let i = from; i < last; i++) {
        const value = result[i - from];
        const nearest = Math.round(value);
        const distance = Math.abs(value - nearest);
        if (distance > tally.residual) tally.residual = distance;
        matches[offset + i] += nearest;
      }
      yield 'slice';
    },
    dispose: () => {
      spectra.f32?.fft.dispose();
      spectra.f64?.fft.dispose();
    },
  };
}

/** Marks where symbols of codes[from, to) are shown, gives how often; the rest of the row is 0. */
function indicate(codes: Codes, from: number, to: number, shown: Uint8Array, row: Uint8Array): number {
  let count = 0;
  for (let i = from; i < to; i++) {
    const met = shown[codes[i]];
    row[i - from] = met;
    count += met;
  }
  row.fill(0, to - from);
  return count;
}

/** sum_k += x_k conj(y_k) over pairs (re, im). */
function addConjugateProducts(sum: Numbers, x: Numbers, y: Numbers): void {
  for (let k = 0; k < sum.length; k += 2) {
    sum[k] += x[k] * y[k] + x[k + 1] * y[k + 1];
    sum[k + 1] += x[k + 1] * y[k] - x[k] * y[k + 1];
  }
}
