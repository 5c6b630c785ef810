import { run, runAsync } from '@lemmata/core';
import { makeHuberLoss } from './huber-loss.js';
import {
  type HuberRegressionLambdaMaxOptions,
  type HuberRegressionPathOptions,
  huberLambdaMaxSettings,
  huberPathSettings,
} from './huber-options.js';
import { pathLimits } from './lasso-path.js';
import type { LassoPath } from './lasso-path-algorithm.js';
import type { DesignLike } from './problem/prepare-design.js';
import { rowLossLambdaMax, rowLossPathAlgorithm } from './row-loss-algorithm.js';

/**
 * Fits Huber regressions for a falling sequence of penalty weights, each started from the one before.
 *
 * Minimises the objective of `huberRegression` at every lambda to its own certified gap. The default grid starts at the
 * smallest lambda with all coefficients 0.
 *
 * @param A - matrix of shape (m, n), m and n >= 1, dense or sparse, all entries finite; or a prepared design
 * @param b - targets, length m, finite
 * @param options - `epsilon` (> 0, default 1.35), `l1Ratio` (in [0, 1], default 1) and all options of `lassoPath` but `algorithm`
 * @returns the path: coefficients as a sparse matrix of shape (n, lambdas finished), one certified gap per lambda
 * @throws DimensionError, InvalidInputError as `huberRegression` and `lassoPath`
 * Complexity: that of the fits, after one copy of A.
 *
 * @example
 * ```ts
 * import { huberRegressionPath } from '@lemmata/coordinate-descent';
 *
 * const path = huberRegressionPath([[1, 0], [0, 1], [1, 1], [2, 1]], [1, 2, 3, 40], { numLambdas: 10 });
 * console.log(path.lambdas, path.devianceRatios);
 * ```
 * @see {@link huberRegression}
 */
export function huberRegressionPath(
  A: DesignLike,
  b: ArrayLike<number>,
  options?: HuberRegressionPathOptions,
): LassoPath {
  const { epsilon, settings } = huberPathSettings('huberRegressionPath', options);
  return run(() => rowLossPathAlgorithm(A, settings, makeHuberLoss(b, epsilon)), pathLimits(settings));
}

/**
 * Fits a path like {@link huberRegressionPath} without blocking the event loop for long.
 *
 * Minimises the same objectives with the same bits. A and b must not change before the promise is settled.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param b - targets, length m, finite
 * @param options - as for {@link huberRegressionPath}
 * @returns a promise of the path; aborting the signal fulfils it with status `aborted` and the lambdas finished so far
 * @throws never; the promise is rejected with what {@link huberRegressionPath} would throw
 * Complexity: as {@link huberRegressionPath}.
 *
 * @example
 * ```ts
 * import { huberRegressionPathAsync } from '@lemmata/coordinate-descent';
 *
 * const path = await huberRegressionPathAsync([[1, 0], [0, 1], [1, 1]], [1, 2, 30], { numLambdas: 5 });
 * console.log(path.statuses);
 * ```
 * @see {@link huberRegressionPath}
 */
export async function huberRegressionPathAsync(
  A: DesignLike,
  b: ArrayLike<number>,
  options?: HuberRegressionPathOptions,
): Promise<LassoPath> {
  const { epsilon, settings } = huberPathSettings('huberRegressionPathAsync', options);
  return await runAsync(() => rowLossPathAlgorithm(A, settings, makeHuberLoss(b, epsilon)), pathLimits(settings));
}

/**
 * Computes the smallest penalty weight at which a Huber regression has all penalised coefficients 0.
 *
 * That is max_j |a_j . r| / (m `l1Ratio`) with r_i = h_i max(-epsilon, min(epsilon, b_i - o_i - c)) at the fitted intercept c
 * and columns without penalty; each product counts over its penalty's factor, and only on the side that bounds leave open. It
 * is rounded up where rounding would let a coefficient in.
 *
 * @param A - matrix of shape (m, n), m and n >= 1, dense or sparse, all entries finite; or a prepared design
 * @param b - targets, length m, finite
 * @param options - `epsilon` (> 0, default 1.35) and those of `lambdaMax`
 * @returns a number >= 0, in the units of `lambda`
 * @throws DimensionError, InvalidInputError as `huberRegression`
 * Complexity: one copy of A and one product A'r.
 *
 * @example
 * ```ts
 * import { huberRegression, huberRegressionLambdaMax } from '@lemmata/coordinate-descent';
 *
 * const A = [[1, 0], [0, 1], [1, 1]];
 * const lambda = huberRegressionLambdaMax(A, [1, 2, 30]);
 * console.log(huberRegression(A, [1, 2, 30], { lambda }).activeSet.length); // 0
 * ```
 * @see {@link huberRegression}
 */
export function huberRegressionLambdaMax(
  A: DesignLike,
  b: ArrayLike<number>,
  options?: HuberRegressionLambdaMaxOptions,
): number {
  const { epsilon, settings } = huberLambdaMaxSettings('huberRegressionLambdaMax', options);
  return rowLossLambdaMax(A, settings, makeHuberLoss(b, epsilon));
}
