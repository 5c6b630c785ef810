import { requireNumber, resolveOptions } from '@lemmata/core';
import { type MatrixLike, type SparseMatrix, toSparse } from '@lemmata/linalg';
import { codeLabels, type Label } from '../../labels.js';
import type { Slices } from '../oracle.js';
import { SoftmaxOracle } from '../softmax-oracle.js';
import { columnSums } from './column-sums.js';
import { readMatrix } from './linear-model.js';
import { registerOracle } from './open-oracle.js';
import { logisticLoss } from './row-loss.js';
import type { SmoothFunction } from './smooth-function.js';

/** Options of {@link softmax}. */
export interface SoftmaxOptions {
  /** Weight mu of a ridge mu / 2 |x|^2, finite, >= 0; default 0. */
  readonly ridge?: number;
}

/** The softmax loss of rows with classes, checked. */
export interface SoftmaxModel {
  /** A in CSC. */
  readonly columns: SparseMatrix;
  /** Class of every row, length m. */
  readonly codes: Int32Array;
  /** Number of classes k. */
  readonly classes: number;
  /** Weight of the ridge, >= 0. */
  readonly ridge: number;
  /** L_i = |a_f|^2 / 4 + ridge, length features x k. */
  readonly lipschitz: Float64Array;
  /** M_i = sum_r |a_rf|^3 / (6 sqrt 3), length features x k. */
  readonly thirdOrder: Float64Array;
}

/**
 * Makes the softmax loss f(x) = sum_r (log sum_c exp(z_rc) - z_r,y(r)) + ridge / 2 |x|^2 for `minimize`, where z_rc is the sum of
 * a_rf x_(f k + c) over features f: variable f k + c is the weight of feature f for class c of k.
 *
 * A block's bound is A_f . A_f' (1[c = c'] - 1 / k') / 2 with k' = min(k, classes in the block + 1): a class that is outside
 * the block takes up what the others leave.
 *
 * @param A - matrix of shape (m, features), m and features >= 1, dense or sparse, all entries finite; a sparse copy by
 * columns is made
 * @param labels - one per row, of two classes or more: numbers, strings or booleans; classes are in their order
 * @param options - `ridge` (default 0)
 * @returns the function of features x k variables; there is no intercept unless A has a column of ones
 * @throws DimensionError when lengths do not fit; InvalidInputError for entries that are not finite, fewer than two classes
 * and options out of range
 * Complexity: O(nonzeros) once; a gradient takes O(nonzeros k), a move of a variable O(k) for each entry of its column.
 *
 * @example
 * ```ts
 * import { minimize, softmax } from '@lemmata/coordinate-descent';
 *
 * const smooth = softmax([[1, 0], [1, 1], [1, 3]], ['a', 'b', 'c'], { ridge: 0.1 });
 * const { x, status } = minimize({ smooth }, { blockSize: 6, update: 'newton' });
 * console.log(status, x.length); // converged 6
 * ```
 * @see J. Nutini, I. Laradji, M. Schmidt, JMLR 23(131), 2022, appendix on experiments; the bound with k' is a reconstruction
 */
export function softmax(A: MatrixLike, labels: ArrayLike<Label>, options?: SoftmaxOptions): SmoothFunction {
  const settings = resolveOptions('softmax', options, { ridge: 0 });
  const ridge = requireNumber('options.ridge', settings.ridge, 0);
  const matrix = readMatrix(A);
  const coded = codeLabels(labels, matrix.rows);
  const classes = coded.classes.length;
  const { third = 0, curvature } = logisticLoss;
  const squares = columnSums(matrix, (value) => value * value);
  const cubes = columnSums(matrix, (value) => third * Math.abs(value * value * value));
  const spread = (of: (f: number) => number) =>
    Float64Array.from({ length: matrix.cols * classes }, (_, i) => of(Math.floor(i / classes)));
  const model: SoftmaxModel = {
    columns: toSparse(matrix, 'csc'),
    codes: coded.codes,
    classes,
    ridge,
    lipschitz: spread((f) => curvature * squares[f] + ridge),
    thirdOrder: spread((f) => cubes[f]),
  };
  const own = new SoftmaxOracle(model);
  const at = (x: Float64Array) => {
    own.x.set(x);
    finish(own.reset());
  };
  const smooth: SmoothFunction = Object.freeze({
    dimension: own.dimension,
    lipschitz: model.lipschitz,
    thirdOrder: model.thirdOrder,
    value: (x: Float64Array) => {
      at(x);
      return own.value;
    },
    gradient: (x: Float64Array, out: Float64Array) => {
      at(x);
      finish(own.refresh());
      out.set(own.gradient);
    },
    blockBound: (block: Int32Array, out: Float64Array) => finish(own.bound(block, out)),
    blockHessian: (x: Float64Array, block: Int32Array, out: Float64Array) => {
      at(x);
      finish(own.hessian(block, out));
    },
  });
  registerOracle(smooth, () => new SoftmaxOracle(model));
  return smooth;
}

/** Runs work to its end at once. */
function finish(work: Slices): void {
  while (work.next().done !== true);
}
