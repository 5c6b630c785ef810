import type { Arena, ArenaLayout } from '@lemmata/core';
import type { FftNumbers } from '@lemmata/linalg';
import type { Codes } from '../symbols/symbols.js';
import { addConjugateProductsF32, addConjugateProductsF64, nearestIntegers, show } from './correlation-loops.js';
import { HAMMING_KERNELS } from './hamming-kernels.js';

/** Precision of transforms. */
export type Precision = keyof FftNumbers;

/** Numbers of either precision. */
export type Numbers = FftNumbers[Precision];

/** Blocks that correlations are summed in. */
export interface CorrelationViews {
  /** A row of a text, `size` numbers, then perhaps its transform. */
  readonly x: Numbers;
  /** The sum of products of transforms. */
  readonly sum: Numbers;
  /** The transforms of a pattern's rows, size + 2 numbers each. */
  readonly spectra: Numbers;
  /** A block of a text, `size` bytes. */
  readonly letters: Uint8Array;
  /** What is shown for each of 16 letters. */
  readonly shown: Uint8Array;
  /** The integers next to sums. */
  readonly matches: Uint32Array;
}

/** Their places in an arena's layout. */
export interface CorrelationLayout {
  /** See `CorrelationViews`. */
  readonly x: readonly [Precision, number];
  /** See `CorrelationViews`. */
  readonly sum: readonly [Precision, number];
  /** See `CorrelationViews`. */
  readonly spectra: readonly [Precision, number, 'unset'];
  /** See `CorrelationViews`. */
  readonly letters: readonly ['u8', number];
  /** See `CorrelationViews`. */
  readonly shown: readonly ['u8', number];
  /** See `CorrelationViews`. */
  readonly matches: readonly ['u32', number, 'unset'];
}

/** The loops of correlations beside their transforms. */
export interface CorrelationKernel {
  /** Writes into x what is shown for each letter of a block, 0 beyond its end. */
  show(block: Codes, shown: Int8Array): void;
  /** Adds to `sum` a transform times the conjugate of that of row d of the pattern. */
  addProducts(spectrum: Numbers, d: number): void;
  /** Writes to `matches` the integers next to (sums + less) / divisor; gives the largest distance from one, times divisor. */
  nearest(sums: Numbers, count: number, divisor: number, less: number): number;
}

/** Letters that one register tells apart, the one for all other symbols among them. */
const TABLE = 16;

/** Complex entries of the transform of `size` reals. */
const entries = (size: number): number => size / 2 + 1;

/**
 * The blocks in an arena's layout, beside those of the transforms.
 *
 * @param size - length of the transforms
 * @param precision - of the transforms
 * @param rows - rows of the pattern
 * @returns the blocks
 */
export function correlationLayout(size: number, precision: Precision, rows: number): CorrelationLayout {
  return {
    x: [precision, size + 2],
    sum: [precision, size + 2],
    spectra: [precision, rows * (size + 2), 'unset'],
    letters: ['u8', size],
    shown: ['u8', TABLE],
    matches: ['u32', size, 'unset'],
  };
}

/**
 * Opens the loops over an arena.
 *
 * @param arena - with the blocks of `correlationLayout`, and `HAMMING_KERNELS` where it lies in WebAssembly
 * @param views - these blocks
 * @param size - length of the transforms
 * @param precision - of the transforms
 * @param letters - the number that all symbols have that are no letters; it shows 0
 * @returns the loops, the same bits with both backends
 */
export function correlationKernel(
  arena: Pick<Arena<ArenaLayout>, 'backend' | 'exports'>,
  views: CorrelationViews,
  size: number,
  precision: Precision,
  letters: number,
): CorrelationKernel {
  const plain = typescriptLoops(views, size, precision);
  if (arena.backend === 'js') return plain;
  const exports = arena.exports(HAMMING_KERNELS);
  const [showRow, addProducts, nearest] =
    precision === 'f32'
      ? [exports.showF32, exports.addConjugateProductsF32, exports.nearestF32]
      : [exports.showF64, exports.addConjugateProductsF64, exports.nearestF64];
  const { x, sum, spectra, matches } = views;
  const [atX, atSum, atSpectra, atMatches] = [x, sum, spectra, matches].map(({ byteOffset }) => byteOffset);
  return {
    show: (block, shown) => {
      if (letters >= TABLE || size < TABLE) return plain.show(block, shown);
      views.letters.set(block);
      views.letters.fill(letters, block.length);
      views.shown.set(shown);
      showRow(views.letters.byteOffset, size, views.shown.byteOffset, atX);
    },
    addProducts: (spectrum, d) => {
      const from = atSpectra + d * (size + 2) * spectra.BYTES_PER_ELEMENT;
      addProducts(entries(size), atSum, spectrum.byteOffset, from);
    },
    nearest: (sums, count, divisor, less) => {
      const fours = count & ~3;
      const residual = nearest(sums.byteOffset, fours, divisor, less, atMatches);
      return Math.max(residual, nearestIntegers(sums, fours, count, divisor, less, matches));
    },
  };
}

function typescriptLoops(
  { x, sum, spectra, matches }: CorrelationViews,
  size: number,
  precision: Precision,
): CorrelationKernel {
  const addProducts = (precision === 'f32' ? addConjugateProductsF32 : addConjugateProductsF64) as (
    n: number,
    sum: Numbers,
    x: Numbers,
    y: Numbers,
  ) => void;
  return {
    show: (block, shown) => {
      show(block, shown, x);
      x.fill(0, block.length);
    },
    addProducts: (spectrum, d) => {
      addProducts(entries(size), sum, spectrum, spectra.subarray(d * (size + 2), (d + 1) * (size + 2)));
    },
    nearest: (sums, count, divisor, less) => nearestIntegers(sums, 0, count, divisor, less, matches),
  };
}
