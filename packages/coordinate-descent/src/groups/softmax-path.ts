import { requireBoolean, requireNumber, resolveOptions, run, runAsync } from '@lemmata/core';
import type { Label } from '../labels.js';
import type { DesignLike } from '../problem/prepare-design.js';
import type { GroupCommonOptions, OutputsOptions } from './group-options.js';
import { groupLambdaMax } from './group-path-algorithm.js';
import type { OutputsPath } from './outputs-fit.js';
import {
  openSoftmax,
  SOFTMAX_DEFAULTS,
  type SoftmaxPenaltyOptions,
  type SoftmaxRegressionPathOptions,
  softmaxPathAlgorithm,
  softmaxPathSettings,
  softmaxTask,
} from './softmax-algorithm.js';

/** A regularisation path of softmax regressions: plain data. */
export interface SoftmaxPath extends OutputsPath {
  /** The classes in order. */
  readonly classes: readonly Label[];
}

/**
 * Fits softmax regressions for a falling sequence of penalty weights, each started from the one before.
 *
 * Minimises the objective of `softmaxRegression` at every lambda to its own certified gap. The default grid starts at the
 * smallest lambda with all coefficients 0.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param labels - classes of the samples, length m
 * @param options - the options of `softmaxRegression` but `lambda` and `initial`, and those of `lassoPath` that concern
 * lambdas and where to end
 * @returns the path: coefficients as a sparse matrix of shape (n k, lambdas finished) and one certified gap per lambda
 * @throws DimensionError, InvalidInputError as `softmaxRegression` and `lassoPath`; also for `l1Ratio: 0` without `lambdas`
 * Complexity: that of the fits, after one copy of A.
 *
 * @example
 * ```ts
 * import { softmaxRegressionPath } from '@lemmata/coordinate-descent';
 *
 * const A = [[2, 0], [3, 1], [0, 2], [1, 3], [-2, -2], [-3, -1]];
 * const path = softmaxRegressionPath(A, [0, 0, 1, 1, 2, 2], { numLambdas: 5 });
 * console.log(path.status, path.outputs, path.lambdas.length); // converged 3 5
 * ```
 * @see {@link softmaxRegression}
 */
export function softmaxRegressionPath(
  A: DesignLike,
  labels: ArrayLike<Label>,
  options?: SoftmaxRegressionPathOptions,
): SoftmaxPath {
  const settings = softmaxPathSettings('softmaxRegressionPath', options);
  const limits = { ...settings, maxIterations: Number.MAX_SAFE_INTEGER };
  return run(() => softmaxPathAlgorithm(A, labels, settings), limits);
}

/**
 * Fits a path like {@link softmaxRegressionPath} without blocking the event loop for long.
 *
 * Minimises the same objectives with the same bits. A and the labels must not change before the promise is settled.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param labels - classes of the samples, length m
 * @param options - as for {@link softmaxRegressionPath}
 * @returns a promise of the path; aborting the signal fulfils it with status `aborted` and the lambdas finished so far
 * @throws never; the promise is rejected with what {@link softmaxRegressionPath} would throw
 * Complexity: as {@link softmaxRegressionPath}.
 *
 * @example
 * ```ts
 * import { softmaxRegressionPathAsync } from '@lemmata/coordinate-descent';
 *
 * const path = await softmaxRegressionPathAsync([[1, 0], [0, 1], [1, 1]], [0, 1, 2], { numLambdas: 3 });
 * console.log(path.statuses.length); // 3
 * ```
 * @see {@link softmaxRegressionPath}
 */
export async function softmaxRegressionPathAsync(
  A: DesignLike,
  labels: ArrayLike<Label>,
  options?: SoftmaxRegressionPathOptions,
): Promise<SoftmaxPath> {
  const settings = softmaxPathSettings('softmaxRegressionPathAsync', options);
  const limits = { ...settings, maxIterations: Number.MAX_SAFE_INTEGER };
  return await runAsync(() => softmaxPathAlgorithm(A, labels, settings), limits);
}

/** Options of {@link softmaxRegressionLambdaMax}. */
export interface SoftmaxRegressionLambdaMaxOptions
  extends Omit<GroupCommonOptions, 'tolerance'>,
    OutputsOptions,
    SoftmaxPenaltyOptions {}

const { tolerance: TOLERANCE, ...LAMBDA_MAX_DEFAULTS } = SOFTMAX_DEFAULTS;

/**
 * Computes the smallest penalty weight at which a softmax regression has all coefficients 0.
 *
 * With the probabilities P of the intercepts alone, these are the largest entry of |A'(Y - P)| / (m l1Ratio) or, with
 * `groupFeatures`, its longest row, rounded up where rounding would let an entry in.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param labels - classes of the samples, length m
 * @param options - `l1Ratio` (in (0, 1], default 1), `groupFeatures`, `intercept`, `standardize`, `sampleWeights`, `offset`,
 * `backend`
 * @returns a number >= 0, in the units of `lambda`
 * @throws DimensionError, InvalidInputError as `softmaxRegression`
 * Complexity: one copy of A and k products A'r.
 *
 * @example
 * ```ts
 * import { softmaxRegression, softmaxRegressionLambdaMax } from '@lemmata/coordinate-descent';
 *
 * const A = [[2, 0], [0, 2], [-2, -2]];
 * const lambda = softmaxRegressionLambdaMax(A, ['a', 'b', 'c']);
 * console.log(softmaxRegression(A, ['a', 'b', 'c'], { lambda }).activeSet.length); // 0
 * ```
 * @see {@link softmaxRegression}
 */
export function softmaxRegressionLambdaMax(
  A: DesignLike,
  labels: ArrayLike<Label>,
  options?: SoftmaxRegressionLambdaMaxOptions,
): number {
  const given = resolveOptions('softmaxRegressionLambdaMax', options, LAMBDA_MAX_DEFAULTS);
  requireNumber('options.l1Ratio', given.l1Ratio, Number.MIN_VALUE, 1);
  requireBoolean('options.standardize', given.standardize);
  requireBoolean('options.groupFeatures', given.groupFeatures);
  const settings = { ...given, tolerance: TOLERANCE };
  return groupLambdaMax(openSoftmax(A, settings), (opened) => softmaxTask(opened, labels, settings));
}
