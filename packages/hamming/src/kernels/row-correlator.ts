import { type Arena, type Backend, type BackendChoice, openArena } from '@lemmata/core';
import { fftKernels, fftTableLength, fillFftTable, fillRealFftTable, LINALG_KERNELS } from '@lemmata/linalg';
import type { Pattern } from '../symbols/prepare-pattern.js';
import type { Codes } from '../symbols/symbols.js';
import {
  type CorrelationViews,
  correlationKernel,
  correlationLayout,
  type Numbers,
  type Precision,
} from './correlation-kernel.js';
import { subtractOthers } from './correlation-loops.js';
import { HAMMING_KERNELS } from './hamming-kernels.js';
import type { LetterRows } from './letter-rows.js';

/** Correlates the rows that a pattern is shown as with blocks of a text, in one precision. */
export interface RowCorrelator {
  /** Which kernels run. */
  readonly backend: Backend;
  /** The matches of shifts, as `correlate` left them. */
  readonly matches: Uint32Array;
  /** Transforms the pattern's rows: once, before any block. */
  prepare(): Generator<'slice'>;
  /**
   * Sums the correlations of the chosen rows with a block of letters that is 0 beyond its end, and writes the matches of the
   * first `count` shifts. Gives the largest distance of a sum from an integer, in matches. With `others`, symbols that are no
   * letters stand in the block, and rows of signs count them: a pattern without wildcards.
   */
  correlate(block: Codes, chosen: readonly number[], count: number, others: boolean): Generator<'slice', number>;
  /** Releases the memory. */
  dispose(): void;
}

/**
 * Opens the correlator.
 *
 * @param pattern - letters and positions
 * @param rows - what its classes and the letters of texts are shown as
 * @param size - length of the transforms, a power of 2, at least 2
 * @param precision - of the transforms
 * @param choice - which kernels
 * @returns the correlator
 */
export function openRowCorrelator(
  pattern: Pattern,
  rows: LetterRows,
  size: number,
  precision: Precision,
  choice: BackendChoice,
): RowCorrelator {
  const { positions, codes, letters } = pattern;
  const { ofClasses, ofLetters, divisor, less } = rows;
  const half = size / 2;
  const layout = {
    ...correlationLayout(size, precision, ofClasses.length),
    y: [precision, size + 2],
    table: [precision, fftTableLength(half)],
    turns: [precision, 2 * Math.floor(half / 2) + 2],
  } as const;
  const arena = openArena(layout, choice, [LINALG_KERNELS, HAMMING_KERNELS]) as unknown as Arena<typeof layout>;
  const views = arena.views as unknown as CorrelationViews & Readonly<Record<'y' | 'table' | 'turns', Numbers>>;
  const { x, y, sum, spectra, table, turns } = views;
  const fft = fftKernels(arena, precision);
  const kernel = correlationKernel(arena, views, size, precision, letters);
  fillFftTable(half, table);
  fillRealFftTable(size, turns);

  /** Transforms the reals in x; gives the block that holds entries 0 .. half. */
  function forward(): Numbers {
    const result = fft.transform(half, x, y, table, 1) === 0 ? x : y;
    fft.splitReal(half, result, turns);
    return result;
  }

  /** Transforms the sum back; gives the block that holds the reals. */
  function back(): Numbers {
    // Exact: half is a power of 2.
    fft.joinReal(half, sum, turns, 1 / half);
    return fft.transform(half, sum, y, table, -1) === 0 ? sum : y;
  }

  return {
    backend: arena.backend,
    matches: views.matches,
    *prepare() {
      for (const [d, shown] of ofClasses.entries()) {
        x.fill(0);
        for (let t = 0; t < positions.length; t++) x[positions[t]] = shown[codes[t]];
        spectra.set(forward(), d * (size + 2));
        yield 'slice';
      }
    },
    *correlate(block, chosen, count, others) {
      sum.fill(0);
      for (const d of chosen) {
        kernel.show(block, ofLetters[d]);
        kernel.addProducts(forward(), d);
        yield 'slice';
      }
      const sums = back();
      if (others) subtractOthers(block, letters, pattern.length, count, sums);
      return kernel.nearest(sums, count, divisor, less) / divisor;
    },
    dispose: () => arena.dispose(),
  };
}
