import { iterate, requireBoolean, resolveOptions, run, runAsync } from '@lemmata/core';
import type { MatrixLike } from '@lemmata/linalg';
import type { DesignLike } from '../problem/prepare-design.js';
import { openGroupDesign } from './group-lasso-algorithm.js';
import type { GroupCommonOptions, GroupState, OutputsOptions } from './group-options.js';
import { groupLambdaMax } from './group-path-algorithm.js';
import {
  MULTI_TASK_DEFAULTS,
  type MultiTaskLassoOptions,
  type MultiTaskLassoPathOptions,
  multiTaskAlgorithm,
  multiTaskPathAlgorithm,
  multiTaskPathSettings,
  multiTaskSettings,
  multiTaskTask,
} from './multi-task-lasso-algorithm.js';
import type { OutputsFit, OutputsPath } from './outputs-fit.js';

/**
 * Fits one linear model for each of several targets, with the same columns in all of them, and proves how good the fit is.
 *
 * Minimises F(W, c) = 1/(2m) |B - A W - 1 c'|^2 + lambda sum_j |W_j| over coefficients W of shape (n, k), whose rows are W_j,
 * and intercepts c, by block coordinate descent over rows on working sets. A point U of shape (m, k) with |a_j'U| <= lambda
 * for all columns a_j, its columns of sum 0 with intercepts, gives the lower bound B . U - (m/2) |U|^2; the certificate holds
 * the best one met.
 *
 * @param A - matrix of shape (m, n), m and n >= 1, dense or sparse, all entries finite; or a prepared design
 * @param B - targets, matrix of shape (m, k), k >= 1, finite
 * @param options - `lambda` (required, >= 0), `intercept` (default true), `standardize`, `sampleWeights`, `offset`,
 * `tolerance` (default 1e-6), `initial`, `backend`, and the options of a run
 * @returns the fit: the best coefficients met, their objective and certificate, whatever the status
 * @throws DimensionError, InvalidInputError as `groupLasso`
 * Complexity: that of `groupLasso`, with k products in place of one.
 *
 * @example
 * ```ts
 * import { multiTaskLasso, predict } from '@lemmata/coordinate-descent';
 *
 * const A = [[1, 0], [0, 1], [1, 1], [2, 1]];
 * const fit = multiTaskLasso(A, [[1, 2], [0, 1], [1, 3], [2, 5]], { lambda: 0.1 });
 * console.log(fit.status, fit.coefficients.rows, predict(fit, A).cols); // converged 2 2
 * ```
 * @see G. Obozinski, B. Taskar, M. I. Jordan, "Joint covariate selection and joint subspace selection for multiple
 * classification problems", Statistics and Computing 20, 2010
 */
export function multiTaskLasso(A: DesignLike, B: MatrixLike, options: MultiTaskLassoOptions): OutputsFit {
  const settings = multiTaskSettings('multiTaskLasso', options);
  return run(() => multiTaskAlgorithm(A, B, settings), settings);
}

/**
 * Fits like {@link multiTaskLasso}, one outer iteration at a time.
 *
 * Minimises the same objective with the same bits. Yields the same live state after every outer iteration.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param B - targets, shape (m, k)
 * @param options - as for {@link multiTaskLasso}
 * @returns a generator of states
 * @throws what {@link multiTaskLasso} throws: options at the call, data at the first step
 * Complexity: as {@link multiTaskLasso}.
 *
 * @example
 * ```ts
 * import { multiTaskLassoIterations } from '@lemmata/coordinate-descent';
 *
 * for (const state of multiTaskLassoIterations([[1, 0], [0, 1], [1, 1]], [[1, 2], [2, 1], [3, 3]], { lambda: 0.1 })) {
 *   console.log(state.iteration, state.relativeGap); // 0 0.49, 1 0.000495..., 2 3.16...e-7
 * }
 * ```
 * @see {@link multiTaskLasso}
 */
export function multiTaskLassoIterations(
  A: DesignLike,
  B: MatrixLike,
  options: MultiTaskLassoOptions,
): Generator<GroupState, OutputsFit, void> {
  const settings = multiTaskSettings('multiTaskLassoIterations', options);
  return iterate(() => multiTaskAlgorithm(A, B, settings), settings);
}

/**
 * Fits like {@link multiTaskLasso} without blocking the event loop for long.
 *
 * Minimises the same objective with the same bits. A and B must not change before the promise is settled.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param B - targets, shape (m, k)
 * @param options - as for {@link multiTaskLasso}
 * @returns a promise of the fit; aborting the signal fulfils it with status `aborted` and the best fit so far
 * @throws never; the promise is rejected with what {@link multiTaskLasso} would throw
 * Complexity: as {@link multiTaskLasso}.
 *
 * @example
 * ```ts
 * import { multiTaskLassoAsync } from '@lemmata/coordinate-descent';
 *
 * const fit = await multiTaskLassoAsync([[1, 0], [0, 1], [1, 1]], [[1, 2], [2, 1], [3, 3]], { lambda: 0.1 });
 * console.log(fit.status); // converged
 * ```
 * @see {@link multiTaskLasso}
 */
export async function multiTaskLassoAsync(
  A: DesignLike,
  B: MatrixLike,
  options: MultiTaskLassoOptions,
): Promise<OutputsFit> {
  const settings = multiTaskSettings('multiTaskLassoAsync', options);
  return await runAsync(() => multiTaskAlgorithm(A, B, settings), settings);
}

/**
 * Fits multi-task Lassos for a falling sequence of penalty weights, each started from the one before.
 *
 * Minimises the objective of `multiTaskLasso` at every lambda to its own certified gap. The default grid starts at the
 * smallest lambda with all coefficients 0.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param B - targets, shape (m, k)
 * @param options - the options of `multiTaskLasso` but `lambda` and `initial`, and those of `lassoPath` that concern lambdas
 * and where to end
 * @returns the path: coefficients as a sparse matrix of shape (n k, lambdas finished) and one certified gap per lambda
 * @throws DimensionError, InvalidInputError as `multiTaskLasso` and `lassoPath`
 * Complexity: that of the fits, after one copy of A.
 *
 * @example
 * ```ts
 * import { multiTaskLassoPath } from '@lemmata/coordinate-descent';
 *
 * const path = multiTaskLassoPath([[1, 0], [0, 1], [1, 1]], [[1, 2], [2, 1], [3, 3]], { numLambdas: 5 });
 * console.log(path.status, path.intercepts.rows); // converged 5
 * ```
 * @see {@link multiTaskLasso}
 */
export function multiTaskLassoPath(A: DesignLike, B: MatrixLike, options?: MultiTaskLassoPathOptions): OutputsPath {
  const settings = multiTaskPathSettings('multiTaskLassoPath', options);
  const limits = { ...settings, maxIterations: Number.MAX_SAFE_INTEGER };
  return run(() => multiTaskPathAlgorithm(A, B, settings), limits);
}

/**
 * Fits a path like {@link multiTaskLassoPath} without blocking the event loop for long.
 *
 * Minimises the same objectives with the same bits. A and B must not change before the promise is settled.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param B - targets, shape (m, k)
 * @param options - as for {@link multiTaskLassoPath}
 * @returns a promise of the path; aborting the signal fulfils it with status `aborted` and the lambdas finished so far
 * @throws never; the promise is rejected with what {@link multiTaskLassoPath} would throw
 * Complexity: as {@link multiTaskLassoPath}.
 *
 * @example
 * ```ts
 * import { multiTaskLassoPathAsync } from '@lemmata/coordinate-descent';
 *
 * const path = await multiTaskLassoPathAsync([[1, 0], [0, 1], [1, 1]], [[1], [2], [3]], { numLambdas: 5 });
 * console.log(path.statuses.length); // 5
 * ```
 * @see {@link multiTaskLassoPath}
 */
export async function multiTaskLassoPathAsync(
  A: DesignLike,
  B: MatrixLike,
  options?: MultiTaskLassoPathOptions,
): Promise<OutputsPath> {
  const settings = multiTaskPathSettings('multiTaskLassoPathAsync', options);
  const limits = { ...settings, maxIterations: Number.MAX_SAFE_INTEGER };
  return await runAsync(() => multiTaskPathAlgorithm(A, B, settings), limits);
}

/** Options of {@link multiTaskLassoLambdaMax}. */
export interface MultiTaskLassoLambdaMaxOptions extends Omit<GroupCommonOptions, 'tolerance'>, OutputsOptions {}

const { tolerance: TOLERANCE, ...LAMBDA_MAX_DEFAULTS } = MULTI_TASK_DEFAULTS;

/**
 * Computes the smallest penalty weight at which a multi-task Lasso has all coefficients 0.
 *
 * That is max_j |a_j'(B - column means)| / m, without intercepts max_j |a_j'B| / m, rounded up where rounding would let a row
 * in.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param B - targets, shape (m, k)
 * @param options - `intercept`, `standardize`, `sampleWeights`, `offset`, `backend`
 * @returns a number >= 0, in the units of `lambda`
 * @throws DimensionError, InvalidInputError as `multiTaskLasso`
 * Complexity: one copy of A and one product A'B.
 *
 * @example
 * ```ts
 * import { multiTaskLassoLambdaMax } from '@lemmata/coordinate-descent';
 *
 * console.log(multiTaskLassoLambdaMax([[1], [-1]], [[3, 4], [-3, -4]])); // about 5
 * ```
 * @see {@link multiTaskLasso}
 */
export function multiTaskLassoLambdaMax(
  A: DesignLike,
  B: MatrixLike,
  options?: MultiTaskLassoLambdaMaxOptions,
): number {
  const given = resolveOptions('multiTaskLassoLambdaMax', options, LAMBDA_MAX_DEFAULTS);
  requireBoolean('options.standardize', given.standardize);
  const settings = { ...given, tolerance: TOLERANCE };
  return groupLambdaMax(openGroupDesign(A, settings), (opened) => multiTaskTask(opened, B, settings));
}
