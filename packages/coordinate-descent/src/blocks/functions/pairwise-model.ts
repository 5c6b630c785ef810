import type { SparseMatrix } from '@lemmata/linalg';
import type { Slices } from '../oracle.js';
import { PairwiseOracle } from '../pairwise-oracle.js';
import { registerOracle } from './open-oracle.js';
import type { SmoothFunction } from './smooth-function.js';

/**
 * f(x) = sum_i f_i(x_i) + sum of f_ij(x_i, x_j) over the edges of a graph. Entry k of `indices`, in the row of i, stands for the
 * edge from i to j, with x_i in the first place: every edge has two entries.
 */
export interface PairwiseModel {
  /** Where the neighbours of each node begin, length n + 1. */
  readonly indptr: Int32Array;
  /** The neighbours of each node, rising. */
  readonly indices: Int32Array;
  /** A bound of the Hessian, in CSR with indices that rise, every diagonal entry and two entries an edge. */
  readonly bound: SparseMatrix;
  /** f_i(x). */
  nodeValue(i: number, x: number): number;
  /** f_i(to) - f_i(from). */
  nodeChange(i: number, from: number, to: number): number;
  /** f_i'(x). */
  nodeSlope(i: number, x: number): number;
  /** f_i''(x). */
  nodeSecond(i: number, x: number): number;
  /** f_ij(x, y). */
  pairValue(k: number, x: number, y: number): number;
  /** f_ij(x2, y2) - f_ij(x, y); the change of its gradient goes into `out`. */
  pairChange(k: number, x: number, y: number, x2: number, y2: number, out: Float64Array): number;
  /** The first entry of the gradient of f_ij at (x, y). */
  pairSlope(k: number, x: number, y: number): number;
  /** The Hessian of f_ij at (x, y): its entries xx and xy. */
  pairCurvature(k: number, x: number, y: number, out: Float64Array): void;
}

/**
 * Makes the function of a model.
 *
 * @param model - the terms, checked
 * @returns the function of n variables; every run has an oracle of its own
 */
export function pairwiseFunction(model: PairwiseModel): SmoothFunction {
  const own = new PairwiseOracle(model);
  const at = (x: Float64Array) => {
    own.x.set(x);
    finish(own.reset());
  };
  const smooth: SmoothFunction = Object.freeze({
    dimension: own.dimension,
    lipschitz: own.lipschitz.slice(),
    value: (x: Float64Array) => {
      at(x);
      return own.value;
    },
    gradient: (x: Float64Array, out: Float64Array) => {
      at(x);
      out.set(own.gradient);
    },
    blockBound: (block: Int32Array, out: Float64Array) => finish(own.bound(block, out)),
    blockHessian: (x: Float64Array, block: Int32Array, out: Float64Array) => {
      own.x.set(x);
      finish(own.hessian(block, out));
    },
  });
  registerOracle(smooth, () => new PairwiseOracle(model));
  return smooth;
}

/** Runs work to its end at once. */
function finish(work: Slices): void {
  while (work.next().done !== true);
}
