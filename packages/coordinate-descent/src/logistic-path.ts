import { run, runAsync } from '@lemmata/core';
import type { Label } from './labels.js';
import { pathLimits } from './lasso-path.js';
import type { LassoPath } from './lasso-path-algorithm.js';
import { logisticPathAlgorithm } from './logistic-algorithm.js';
import { type LogisticPathOptions, logisticPathSettings } from './logistic-options.js';
import type { DesignLike } from './problem/prepare-design.js';
import type { TwoClasses } from './two-classes.js';

/** A regularisation path of logistic regressions: plain data. */
export interface LogisticPath extends LassoPath {
  /** The two classes in order; the models give the probability of the second one. */
  readonly classes: TwoClasses;
}

/**
 * Fits logistic regressions for a falling sequence of penalty weights, each started from the one before.
 *
 * Minimises the objective of `logisticRegression` at every lambda to its own certified gap. The default grid starts at the
 * smallest lambda with all coefficients 0.
 *
 * @param A - matrix of shape (m, n), m and n >= 1, dense or sparse, all entries finite; or a prepared design
 * @param labels - classes of the samples, length m, two of them
 * @param options - `l1Ratio` (in [0, 1], default 1) and all options of `lassoPath` but `algorithm`
 * @returns the path: coefficients as a sparse matrix of shape (n, lambdas finished), one certified gap per lambda
 * @throws DimensionError, InvalidInputError as `logisticRegression` and `lassoPath`
 * Complexity: that of the fits, after one copy of A.
 *
 * @example
 * ```ts
 * import { logisticRegressionPath } from '@lemmata/coordinate-descent';
 *
 * const path = logisticRegressionPath([[1, 0], [0, 1], [1, 1], [2, 1]], [0, 0, 1, 1], { numLambdas: 10 });
 * console.log(path.lambdas, path.devianceRatios);
 * ```
 * @see {@link logisticRegression}
 */
export function logisticRegressionPath(
  A: DesignLike,
  labels: ArrayLike<Label>,
  options?: LogisticPathOptions,
): LogisticPath {
  const settings = logisticPathSettings('logisticRegressionPath', options);
  return run(() => logisticPathAlgorithm(A, labels, settings), pathLimits(settings));
}

/**
 * Fits a path like {@link logisticRegressionPath} without blocking the event loop for long.
 *
 * Minimises the same objectives with the same bits. A and the labels must not change before the promise is settled.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param labels - classes of the samples, length m
 * @param options - as for {@link logisticRegressionPath}
 * @returns a promise of the path; aborting the signal fulfils it with status `aborted` and the lambdas finished so far
 * @throws never; the promise is rejected with what {@link logisticRegressionPath} would throw
 * Complexity: as {@link logisticRegressionPath}.
 *
 * @example
 * ```ts
 * import { logisticRegressionPathAsync } from '@lemmata/coordinate-descent';
 *
 * const path = await logisticRegressionPathAsync([[1, 0], [0, 1], [1, 1]], [0, 0, 1], { numLambdas: 5 });
 * console.log(path.statuses);
 * ```
 * @see {@link logisticRegressionPath}
 */
export async function logisticRegressionPathAsync(
  A: DesignLike,
  labels: ArrayLike<Label>,
  options?: LogisticPathOptions,
): Promise<LogisticPath> {
  const settings = logisticPathSettings('logisticRegressionPathAsync', options);
  return await runAsync(() => logisticPathAlgorithm(A, labels, settings), pathLimits(settings));
}
