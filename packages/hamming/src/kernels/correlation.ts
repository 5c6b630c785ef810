import type { Backend, BackendChoice } from '@lemmata/core';
import { additionBound, LARGEST_ROUNDING_BOUND, roundingBound } from '../certificates/rounding-bound.js';
import type { Matter } from '../symbols/prepare-pattern.js';
import type { Precision } from './correlation-kernel.js';
import { openLetterBlocks } from './letter-blocks.js';
import { fitsSigns, indicatorRows, type LetterRows, signRows } from './letter-rows.js';
import { openRowCorrelator, type RowCorrelator } from './row-correlator.js';

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
  /** The matches of the shifts from, ..., from + step - 1 (those there are); undefined when all are 0. Good until the next. */
  block(from: number): Generator<'slice', Uint32Array | undefined>;
  /** Releases the memory. */
  dispose(): void;
}

/**
 * Prepares the correlation of classes.
 *
 * Each chosen class is a row of zeros and ones, in the pattern and in the text; the products of the rows' transforms are
 * added, and one transform back gives the matches of all of them (overlap-save). Where all classes of two or four letters
 * are chosen, rows of signs are taken, of which there is one less; where other symbols stand in a block, those of each window
 * are counted, unless the pattern has wildcards: such blocks take zeros and ones.
 *
 * @param matter - text and pattern
 * @param chosen - the classes to count
 * @param size - length of the transforms, a power of 2, at least the pattern's length and at least 2
 * @param precision - `'f32'` where a block's rounding bound allows it, or `'f64'`
 * @param backend - which kernels transform
 * @returns the correlation; f64 is certified for every size that a transform takes
 */
export function letterCorrelation(
  matter: Matter,
  chosen: readonly number[],
  size: number,
  precision: Precision,
  backend: BackendChoice,
): LetterCorrelation {
  const { pattern, shifts } = matter;
  const step = size - pattern.length + 1;
  const blocks = openLetterBlocks(matter, size, backend);
  const indicators = indicatorRows(pattern, chosen);
  const signs = chosen.length === pattern.classes && fitsSigns(pattern) ? signRows(pattern) : undefined;
  const whole = pattern.positions.length === pattern.length;
  const tally: CorrelationTally = { transformPoints: 0, fallbackBlocks: 0, bound: 0, residual: 0 };
  const open = new Map<LetterRows, { [Kind in Precision]?: RowCorrelator }>();
  let ran: Backend = 'js';

  function* correlatorOf(rows: LetterRows, kind: Precision): Generator<'slice', RowCorrelator> {
    const opened = open.get(rows) ?? {};
    open.set(rows, opened);
    if (opened[kind] !== undefined) return opened[kind];
    const correlator = openRowCorrelator(pattern, rows, size, kind, backend);
    opened[kind] = correlator;
    ran = correlator.backend;
    tally.transformPoints += rows.ofClasses.length * size;
    yield* correlator.prepare();
    return correlator;
  }

  return {
    step,
    get backend() {
      return ran;
    },
    tally,
    *block(from) {
      const letters = blocks.load(from);
      const { counts } = blocks;
      const others = counts[pattern.letters] > 0;
      const letterRows = signs !== undefined && (whole || !others) ? signs : indicators;
      const counted = letterRows === signs && others;
      const { ofLetters, places, divisor } = letterRows;
      const here = ofLetters.map((shown) =>
        shown.reduce((sum, entry, letter) => sum + entry * entry * counts[letter], 0),
      );
      const met = Array.from(here.keys()).filter((d) => here[d] > 0);
      if (met.length === 0) return undefined;
      const norms = met.reduce((sum, d) => sum + Math.sqrt(here[d] * places[d]), 0) / divisor;
      const boundOf = (kind: Precision): number =>
        roundingBound(kind, size, met.length, norms) + (counted ? additionBound(kind, pattern.length) : 0);
      let kind = precision;
      let bound = boundOf(kind);
      if (kind === 'f32' && bound >= LARGEST_ROUNDING_BOUND) {
        kind = 'f64';
        bound = boundOf(kind);
        tally.fallbackBlocks++;
      }
      if (bound > tally.bound) tally.bound = bound;
      const correlator = yield* correlatorOf(letterRows, kind);
      const count = Math.min(shifts - from, step);
      const residual = yield* correlator.correlate(letters, met, count, counted);
      tally.residual = Math.max(tally.residual, residual);
      tally.transformPoints += (met.length + 1) * size;
      yield 'slice';
      return correlator.matches.subarray(0, count);
    },
    dispose: () => {
      blocks.dispose();
      for (const { f32, f64 } of open.values()) {
        f32?.dispose();
        f64?.dispose();
      }
    },
  };
}
