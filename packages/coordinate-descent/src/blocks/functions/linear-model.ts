import {
  type BackendChoice,
  DimensionError,
  refusal,
  requireNumber,
  requireOneOf,
  requireVector,
  resolveOptions,
} from '@lemmata/core';
import {
  type LinearOperator,
  linearOperator,
  type Matrix,
  type MatrixLike,
  toDense,
  toMatrix,
  toSparse,
  transpose,
} from '@lemmata/linalg';
import { codeLabels, type Label } from '../../labels.js';
import { LinearOracle } from '../linear-oracle.js';
import { RidgeTerm } from '../ridge-term.js';
import { columnSums } from './column-sums.js';
import { registerOracle } from './open-oracle.js';
import { huberLoss, leastSquaresLoss, logisticLoss, type RowLoss, squaredHingeLoss } from './row-loss.js';
import type { SmoothFunction } from './smooth-function.js';

/** Options of the losses of a linear model. */
export interface LinearModelOptions {
  /** Weight mu of a ridge mu / 2 |x|^2, finite, >= 0; default 0. */
  readonly ridge?: number;
  /** Which kernels are to run; default `'auto'`. The bits do not depend on it. */
  readonly backend?: BackendChoice;
}

/** Options of {@link huber}. */
export interface HuberOptions extends LinearModelOptions {
  /** Distance beyond which the loss is linear, finite, > 0, in the units of b; default 1. */
  readonly delta?: number;
}

/** f(x) = sum_i phi(a_i . x, y_i) + ridge / 2 |x|^2 + linear . x, checked. */
export interface LinearModel {
  /** The matrix, any layout. */
  readonly matrix: Matrix;
  /** Targets, or labels of 1 and -1; length m. */
  readonly target: Float64Array;
  /** phi. */
  readonly loss: RowLoss;
  /** Weight of the ridge, >= 0. */
  readonly ridge: number;
  /** Coefficients of the linear term, length n; undefined where there is none. */
  readonly linear: Float64Array | undefined;
  /** Which kernels are to run. */
  readonly backend: BackendChoice;
  /** L_i = sup phi'' |a_i|^2 + ridge, length n. */
  readonly lipschitz: Float64Array;
  /** M_i = sup |phi'''| sum_r |a_ri|^3, length n; undefined where phi has no third derivative. */
  readonly thirdOrder: Float64Array | undefined;
}

const DEFAULTS: Required<LinearModelOptions> = Object.freeze({ ridge: 0, backend: 'auto' });

/**
 * Makes the sum of squares f(x) = |A x - b|^2 / 2 + ridge / 2 |x|^2 for `minimize`.
 *
 * @param A - matrix of shape (m, n), m and n >= 1, dense or sparse, all entries finite; kept, not copied, where its types
 * fit, and must not change
 * @param b - targets, length m, finite
 * @param options - `ridge` (default 0), `backend` (default `'auto'`)
 * @returns the function of n variables; a sum, not a mean over rows
 * @throws DimensionError when lengths do not fit; InvalidInputError for entries that are not finite and options out of range
 * Complexity: O(m n) or O(nonzeros), once.
 *
 * @example
 * ```ts
 * import { leastSquares, minimize } from '@lemmata/coordinate-descent';
 *
 * const smooth = leastSquares([[1, 0], [1, 1], [0, 2]], [1, 3, 4]);
 * console.log(minimize({ smooth }, { blockSize: 2 }).x);
 * ```
 */
export function leastSquares(A: MatrixLike, b: ArrayLike<number>, options?: LinearModelOptions): SmoothFunction {
  const settings = resolveOptions('leastSquares', options, DEFAULTS);
  const matrix = readMatrix(A);
  return modelFunction(matrix, requireVector('b', b, matrix.rows, 'rows of A'), leastSquaresLoss, settings);
}

/**
 * Makes the logistic loss f(x) = sum_i log(1 + exp(-s_i a_i . x)) + ridge / 2 |x|^2 for `minimize`, where s_i is 1 for the
 * second of two classes and -1 for the first.
 *
 * @param A - matrix of shape (m, n), m and n >= 1, dense or sparse, all entries finite
 * @param labels - one per row, of two classes: numbers, strings or booleans; the smaller one is the first class
 * @param options - `ridge` (default 0), `backend` (default `'auto'`)
 * @returns the function of n variables; there is no intercept unless A has a column of ones
 * @throws DimensionError when lengths do not fit; InvalidInputError for entries that are not finite, other than two classes
 * and options out of range
 * Complexity: O(m n) or O(nonzeros), once.
 *
 * @example
 * ```ts
 * import { logistic, minimize } from '@lemmata/coordinate-descent';
 *
 * const smooth = logistic([[1, 2], [1, -1], [1, 0.5]], ['yes', 'no', 'yes'], { ridge: 0.1 });
 * console.log(minimize({ smooth }, { blockSize: 2, update: 'newton' }).objective);
 * ```
 */
export function logistic(A: MatrixLike, labels: ArrayLike<Label>, options?: LinearModelOptions): SmoothFunction {
  const settings = resolveOptions('logistic', options, DEFAULTS);
  const matrix = readMatrix(A);
  return modelFunction(matrix, signs(labels, matrix.rows), logisticLoss, settings);
}

/**
 * Makes Huber's loss for `minimize`: the sum of r_i^2 / 2 where |r_i| <= delta and delta (|r_i| - delta / 2) elsewhere, for
 * r = A x - b, plus ridge / 2 |x|^2.
 *
 * @param A - matrix of shape (m, n), m and n >= 1, dense or sparse, all entries finite
 * @param b - targets, length m, finite
 * @param options - `delta` (default 1), `ridge` (default 0), `backend` (default `'auto'`)
 * @returns the function of n variables
 * @throws DimensionError when lengths do not fit; InvalidInputError for entries that are not finite and options out of range
 * Complexity: O(m n) or O(nonzeros), once.
 *
 * @example
 * ```ts
 * import { huber, minimize } from '@lemmata/coordinate-descent';
 *
 * const smooth = huber([[1], [1], [1]], [0, 1, 100], { delta: 0.5 });
 * console.log(minimize({ smooth }, { update: 'gradient' }).x); // not the mean: 100 counts as an outlier
 * ```
 */
export function huber(A: MatrixLike, b: ArrayLike<number>, options?: HuberOptions): SmoothFunction {
  const settings = resolveOptions('huber', options, { ...DEFAULTS, delta: 1 });
  const delta = requireNumber('options.delta', settings.delta, Number.MIN_VALUE);
  const matrix = readMatrix(A);
  return modelFunction(matrix, requireVector('b', b, matrix.rows, 'rows of A'), huberLoss(delta), settings);
}

/**
 * Makes the squared hinge loss f(x) = sum_i max(0, 1 - s_i a_i . x)^2 / 2 + ridge / 2 |x|^2 for `minimize`, where s_i is 1
 * for the second of two classes and -1 for the first: a support vector machine with squared slacks.
 *
 * @param A - matrix of shape (m, n), m and n >= 1, dense or sparse, all entries finite
 * @param labels - one per row, of two classes: numbers, strings or booleans; the smaller one is the first class
 * @param options - `ridge` (default 0), `backend` (default `'auto'`)
 * @returns the function of n variables
 * @throws DimensionError when lengths do not fit; InvalidInputError for entries that are not finite, other than two classes
 * and options out of range
 * Complexity: O(m n) or O(nonzeros), once.
 *
 * @example
 * ```ts
 * import { minimize, squaredHinge } from '@lemmata/coordinate-descent';
 *
 * const smooth = squaredHinge([[1, 2], [1, -1], [1, 0.5]], [1, 0, 1], { ridge: 0.1 });
 * console.log(minimize({ smooth }).certificate);
 * ```
 */
export function squaredHinge(A: MatrixLike, labels: ArrayLike<Label>, options?: LinearModelOptions): SmoothFunction {
  const settings = resolveOptions('squaredHinge', options, DEFAULTS);
  const matrix = readMatrix(A);
  return modelFunction(matrix, signs(labels, matrix.rows), squaredHingeLoss, settings);
}

/**
 * Makes the dual of a linear support vector machine for `minimize`:
 * f(x) = |sum_i x_i s_i a_i|^2 / 2 - sum_i x_i + ridge / 2 |x|^2, one variable a row of A, s_i as in {@link logistic}.
 *
 * With bounds 0 <= x_i <= C and without a ridge its minimum is that of |w|^2 / 2 + C sum_i max(0, 1 - s_i a_i . w) but for the
 * sign; with x_i >= 0 and a ridge of 1 / C that of |w|^2 / 2 + C / 2 sum_i max(0, 1 - s_i a_i . w)^2. The weights are
 * w = sum_i x_i s_i a_i; there is no intercept unless A has a column of ones. The certificate is a duality gap in both cases.
 *
 * @param A - matrix of shape (m, n), m and n >= 1, dense or sparse, all entries finite; one sample a row
 * @param labels - one per row, of two classes: numbers, strings or booleans; the smaller one is the first class
 * @param options - `ridge` (default 0), `backend` (default `'auto'`)
 * @returns the function of m variables
 * @throws DimensionError when lengths do not fit; InvalidInputError for entries that are not finite, other than two classes
 * and options out of range
 * Complexity: O(m n) or O(nonzeros), once.
 *
 * @example
 * ```ts
 * import { minimize, supportVectorDual } from '@lemmata/coordinate-descent';
 *
 * const smooth = supportVectorDual([[1, 2], [1, -1], [1, 0.5]], [1, 0, 1]);
 * const { x, certificate } = minimize({ smooth, lower: 0, upper: 1 }, { blockSize: 2 });
 * console.log(x, certificate.kind, certificate.gap);
 * ```
 * @see C.-J. Hsieh, K.-W. Chang, C.-J. Lin, S. S. Keerthi, S. Sundararajan, "A Dual Coordinate Descent Method for Large-scale
 * Linear SVM", ICML 2008
 */
export function supportVectorDual(
  A: MatrixLike,
  labels: ArrayLike<Label>,
  options?: LinearModelOptions,
): SmoothFunction {
  const settings = resolveOptions('supportVectorDual', options, DEFAULTS);
  const matrix = readMatrix(A);
  const columns = signedRows(matrix, signs(labels, matrix.rows));
  const linear = new Float64Array(matrix.rows).fill(-1);
  return modelFunction(columns, new Float64Array(matrix.cols), leastSquaresLoss, settings, linear);
}

/** The transpose of a matrix, each column times its sign. */
function signedRows(matrix: Matrix, sign: Float64Array): Matrix {
  const rows = 'indptr' in matrix ? toSparse(matrix, 'csr') : toDense(matrix, 'row');
  const data = rows.data.slice();
  for (let i = 0; i < rows.rows; i++) {
    if (sign[i] > 0) continue;
    const [from, to] = 'indptr' in rows ? [rows.indptr[i], rows.indptr[i + 1]] : [i * rows.cols, (i + 1) * rows.cols];
    for (let k = from; k < to; k++) data[k] = -data[k];
  }
  return transpose({ ...rows, data });
}

/** Reads a matrix of at least one row and column. */
export function readMatrix(A: MatrixLike): Matrix {
  const matrix = toMatrix('A', A);
  if (matrix.rows > 0 && matrix.cols > 0) return matrix;
  const actual = `${matrix.rows} x ${matrix.cols}`;
  throw new DimensionError(`A: expected at least one row and one column, got ${actual}`, {
    argument: 'A',
    expected: 'at least 1 x 1',
    actual,
  });
}

function signs(labels: ArrayLike<Label>, rows: number): Float64Array {
  const { classes, codes } = codeLabels(labels, rows);
  if (classes.length > 2) throw refusal('labels', 'two classes', `${classes.length} classes`);
  return Float64Array.from(codes, (code) => (code === 1 ? 1 : -1));
}

function modelFunction(
  matrix: Matrix,
  target: Float64Array,
  loss: RowLoss,
  { ridge, backend }: Required<LinearModelOptions>,
  linear?: Float64Array,
): SmoothFunction {
  requireNumber('options.ridge', ridge, 0);
  requireOneOf('options.backend', backend, ['auto', 'js', 'wasm']);
  const { third } = loss;
  const lipschitz = columnSums(matrix, (value) => value * value).map((sum) => loss.curvature * sum + ridge);
  const thirdOrder =
    third === undefined ? undefined : columnSums(matrix, (value) => third * Math.abs(value * value * value));
  const model: LinearModel = { matrix, target, loss, ridge, linear, backend, lipschitz, thirdOrder };
  const term = new RidgeTerm(ridge, linear);
  const operator = linearOperator(matrix);
  const z = new Float64Array(matrix.rows);
  const smooth: SmoothFunction = Object.freeze({
    dimension: matrix.cols,
    lipschitz,
    ...(thirdOrder === undefined ? {} : { thirdOrder }),
    value: (x: Float64Array) => {
      operator.apply(x, z);
      return z.reduce((sum, form, i) => sum + loss.value(form, target[i]), 0) + term.value(x);
    },
    gradient: (x: Float64Array, out: Float64Array) => {
      operator.apply(x, z);
      operator.applyTranspose(
        z.map((form, i) => loss.slope(form, target[i])),
        out,
      );
      for (let j = 0; j < out.length; j++) out[j] += term.slope(j, x[j]);
    },
    blockBound: (block: Int32Array, out: Float64Array) => blockProduct(model, operator, block, undefined, out),
    blockHessian: (x: Float64Array, block: Int32Array, out: Float64Array) => {
      operator.apply(x, z);
      const weights = z.map((form, i) => loss.second(form, target[i]));
      blockProduct(model, operator, block, weights, out);
    },
  });
  registerOracle(smooth, () => new LinearOracle(model));
  return smooth;
}

/** A_b' diag(weights) A_b + ridge I, or with the largest second derivative for all weights. */
function blockProduct(
  { loss, ridge, matrix }: LinearModel,
  operator: LinearOperator,
  block: Int32Array,
  weights: Float64Array | undefined,
  out: Float64Array,
): void {
  const unit = new Float64Array(matrix.cols);
  const column = new Float64Array(matrix.rows);
  const products = new Float64Array(matrix.cols);
  block.forEach((i, a) => {
    unit[i] = 1;
    operator.apply(unit, column);
    unit[i] = 0;
    for (let r = 0; r < column.length; r++) column[r] *= weights?.[r] ?? loss.curvature;
    operator.applyTranspose(column, products);
    block.forEach((j, c) => {
      out[a * block.length + c] = products[j] + (i === j ? ridge : 0);
    });
  });
}
