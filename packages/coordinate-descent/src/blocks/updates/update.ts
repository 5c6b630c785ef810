import type { BlockCache, ChosenBlock } from '../block-cache.js';
import type { BlockOracle, Slices } from '../oracle.js';
import type { BlockVectors, Separable } from '../separable.js';

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
  /** L_u of every unit: those of variables by themselves. */
  readonly constants: Float64Array;
  /** D_i, length n. */
  readonly majorizer: Float64Array;
  /** Variables of the largest block. */
  readonly blockSize: number;
}

/** Changes x on a block; the function's gradient on it, at least, is to be had. */
export type Update = (chosen: ChosenBlock) => Slices;

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

/** What rounding may do to a value of the function. */
export function roundingOf(value: number): number {
  return 8 * Number.EPSILON * Math.abs(value);
}
