import type { BlockCache, ChosenBlock } from '../block-cache.js';
import type { BlockOracle, Slices } from '../oracle.js';
import type { Separable } from '../separable.js';

/** How the chosen block is changed. */
export type UpdateRule =
  | 'gradient'
  | 'estimated'
  | 'diagonal'
  | 'matrix'
  | 'newton'
  | 'cubic'
  | 'exact'
  | 'two-metric'
  | 'message-passing';

/** All updates, in the order of the documentation. */
export const UPDATES: readonly UpdateRule[] = Object.freeze([
  'gradient',
  'estimated',
  'diagonal',
  'matrix',
  'newton',
  'cubic',
  'exact',
  'two-metric',
  'message-passing',
]);

/** What updates work with. */
export interface UpdateContext {
  /** The function at the current point. */
  readonly oracle: BlockOracle;
  /** The rest of the problem. */
  readonly separable: Separable;
  /** What is known of blocks. */
  readonly cache: BlockCache;
  /** D_i, length n. */
  readonly majorizer: Float64Array;
  /** Variables of the largest block. */
  readonly blockSize: number;
}

/** Changes x on a block; the function's gradient on it, at least, is to be had. */
export type Update = (chosen: ChosenBlock) => Slices;

/** Vectors of one block. */
export interface BlockVectors {
  /** The gradient. */
  readonly g: Float64Array;
  /** x before the update. */
  readonly from: Float64Array;
  /** Where x is to go. */
  readonly target: Float64Array;
}

/** Room for the vectors of a block. */
export function blockVectors(size: number): BlockVectors {
  return { g: new Float64Array(size), from: new Float64Array(size), target: new Float64Array(size) };
}

/** Reads the gradient and x of a block. */
export function readBlock(oracle: BlockOracle, block: Int32Array, { g, from, target }: BlockVectors): void {
  oracle.blockGradient(block, g);
  for (let k = 0; k < block.length; k++) {
    from[k] = oracle.x[block[k]];
    target[k] = from[k];
  }
}

/** Puts the prox of a step of length 1 / scale along -g in place of the target. */
export function proxStep(
  separable: Separable,
  block: Int32Array,
  { g, from, target }: BlockVectors,
  scale: (k: number) => number,
): void {
  for (let k = 0; k < block.length; k++) {
    const s = scale(k);
    target[k] = separable.prox(block[k], from[k] - g[k] / s, s);
  }
}

/** The change of the separable part from x to the target, and g . (target - x). */
export function predictedChange(separable: Separable, block: Int32Array, { g, from, target }: BlockVectors): number {
  let sum = 0;
  for (let k = 0; k < block.length; k++) {
    const i = block[k];
    sum += g[k] * (target[k] - from[k]) + separable.change(i, from[k], target[k]);
  }
  return sum;
}

/** The change of the separable part from x to a share of the way to the target. */
export function separableChange(
  separable: Separable,
  block: Int32Array,
  { from, target }: BlockVectors,
  step: number,
): number {
  let sum = 0;
  for (let k = 0; k < block.length; k++) {
    const i = block[k];
    sum += separable.change(i, from[k], from[k] + step * (target[k] - from[k]));
  }
  return sum;
}

/** What rounding may do to a value of the function. */
export function roundingOf(value: number): number {
  return 8 * Number.EPSILON * Math.abs(value);
}
