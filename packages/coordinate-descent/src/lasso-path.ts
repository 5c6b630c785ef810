import { run, runAsync } from '@lemmata/core';
import { type LassoPath, lassoPathAlgorithm } from './lasso-path-algorithm.js';
import { type LassoPathOptions, type LassoPathSettings, lassoPathSettings } from './lasso-path-options.js';
import type { DesignLike } from './problem/prepare-design.js';

/**
 * The limits of a path for the driver, which counts finished lambdas; `maxIterations` is the limit of each of them.
 *
 * @param settings - options, checked
 * @returns the same with no limit on the number of lambdas
 */
export function pathLimits(settings: LassoPathSettings): LassoPathSettings {
  return { ...settings, maxIterations: Number.MAX_SAFE_INTEGER };
}

/**
 * Fits Lassos for a falling sequence of penalty weights, each started from the one before.
 *
 * Minimises 1/(2m) |b - A w - c|^2 + lambda |w|_1 at every lambda to its own certified gap. The default grid is
 * lambdaMax * minRatio^(t / (numLambdas - 1)). The coefficients, the products of the last gap and with them the
 * knowledge of which columns cannot matter carry over from one lambda to the next.
 *
 * @param A - matrix of shape (m, n), m and n >= 1, dense or sparse, all entries finite; or a prepared design
 * @param b - targets, length m, finite
 * @param options - `lambdas` (strictly falling) or `numLambdas` (default 100) and `minRatio` (default 0.01 if m < n, else
 * 0.001), and the options of `lasso` but `lambda` and `initial`; `maxIterations` and `tolerance` hold for every lambda
 * @returns the path: coefficients as a sparse matrix of shape (n, lambdas finished) and one certified gap per lambda;
 * a path that was ended early holds the lambdas that were finished
 * @throws DimensionError, InvalidInputError as `lasso` does; also for lambdas that are negative or do not fall
 * Complexity: that of the fits, after one copy of A.
 *
 * @example
 * ```ts
 * import { lassoPath } from '@lemmata/coordinate-descent';
 *
 * const path = lassoPath([[1, 0], [0, 1], [1, 1], [2, 1]], [1, 0, 1, 2], { numLambdas: 10 });
 * console.log(path.lambdas, path.coefficients.data.length);
 * ```
 * @see {@link lasso}
 */
export function lassoPath(A: DesignLike, b: ArrayLike<number>, options?: LassoPathOptions): LassoPath {
  const settings = lassoPathSettings('lassoPath', options);
  return run(() => lassoPathAlgorithm(A, b, settings), pathLimits(settings));
}

/**
 * Fits a path like {@link lassoPath} without blocking the event loop for long.
 *
 * Minimises the same objectives with the same bits. A and b must not change before the promise is settled.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param b - targets, length m, finite
 * @param options - as for {@link lassoPath}
 * @returns a promise of the path; aborting the signal fulfils it with status `aborted` and the lambdas finished so far
 * @throws never; the promise is rejected with what {@link lassoPath} would throw
 * Complexity: as {@link lassoPath}.
 *
 * @example
 * ```ts
 * import { lassoPathAsync } from '@lemmata/coordinate-descent';
 *
 * const path = await lassoPathAsync([[1, 0], [0, 1], [1, 1]], [1, 2, 3], { lambdas: [0.5, 0.2, 0.1] });
 * console.log(path.statuses);
 * ```
 * @see {@link lassoPath}
 */
export async function lassoPathAsync(
  A: DesignLike,
  b: ArrayLike<number>,
  options?: LassoPathOptions,
): Promise<LassoPath> {
  const settings = lassoPathSettings('lassoPathAsync', options);
  return await runAsync(() => lassoPathAlgorithm(A, b, settings), pathLimits(settings));
}
