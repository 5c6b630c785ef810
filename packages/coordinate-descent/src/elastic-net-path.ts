import { run, runAsync } from '@lemmata/core';
import { type ElasticNetPathOptions, elasticNetPathSettings } from './elastic-net-options.js';
import { pathLimits } from './lasso-path.js';
import { type LassoPath, lassoPathAlgorithm } from './lasso-path-algorithm.js';
import type { DesignLike } from './problem/prepare-design.js';

/**
 * Fits elastic nets for a falling sequence of penalty weights, each started from the one before.
 *
 * Minimises the objective of `elasticNet` at every lambda to its own certified gap. The default grid starts at the
 * smallest lambda with all coefficients 0.
 *
 * @param A - matrix of shape (m, n), m and n >= 1, dense or sparse, all entries finite; or a prepared design
 * @param b - targets, length m, finite
 * @param options - `l1Ratio` (in [0, 1], default 0.5) and all options of `lassoPath`
 * @returns the path: coefficients as a sparse matrix of shape (n, lambdas finished) and one certified gap per lambda
 * @throws DimensionError, InvalidInputError as `lassoPath`; also for `l1Ratio: 0` without `lambdas`
 * Complexity: that of the fits, after one copy of A.
 *
 * @example
 * ```ts
 * import { elasticNetPath } from '@lemmata/coordinate-descent';
 *
 * const path = elasticNetPath([[1, 0], [0, 1], [1, 1], [2, 1]], [1, 0, 1, 2], { l1Ratio: 0.5, numLambdas: 10 });
 * console.log(path.lambdas, path.coefficients.data.length);
 * ```
 * @see {@link elasticNet}
 */
export function elasticNetPath(A: DesignLike, b: ArrayLike<number>, options?: ElasticNetPathOptions): LassoPath {
  const settings = elasticNetPathSettings('elasticNetPath', options);
  return run(() => lassoPathAlgorithm(A, b, settings), pathLimits(settings));
}

/**
 * Fits a path like {@link elasticNetPath} without blocking the event loop for long.
 *
 * Minimises the same objectives with the same bits. A and b must not change before the promise is settled.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param b - targets, length m, finite
 * @param options - as for {@link elasticNetPath}
 * @returns a promise of the path; aborting the signal fulfils it with status `aborted` and the lambdas finished so far
 * @throws never; the promise is rejected with what {@link elasticNetPath} would throw
 * Complexity: as {@link elasticNetPath}.
 *
 * @example
 * ```ts
 * import { elasticNetPathAsync } from '@lemmata/coordinate-descent';
 *
 * const path = await elasticNetPathAsync([[1, 0], [0, 1], [1, 1]], [1, 2, 3], { lambdas: [0.5, 0.2, 0.1] });
 * console.log(path.statuses);
 * ```
 * @see {@link elasticNetPath}
 */
export async function elasticNetPathAsync(
  A: DesignLike,
  b: ArrayLike<number>,
  options?: ElasticNetPathOptions,
): Promise<LassoPath> {
  const settings = elasticNetPathSettings('elasticNetPathAsync', options);
  return await runAsync(() => lassoPathAlgorithm(A, b, settings), pathLimits(settings));
}
