import { run, runAsync } from '@lemmata/core';
import type { Label } from './labels.js';
import { type LambdaMaxOptions, lambdaMaxSettings } from './lambda-max.js';
import { pathLimits } from './lasso-path.js';
import type { LassoPath } from './lasso-path-algorithm.js';
import { type LogisticPathOptions, logisticPathSettings } from './logistic-options.js';
import type { DesignLike } from './problem/prepare-design.js';
import { makeSquaredHinge } from './squared-hinge.js';
import { type TwoClasses, twoClassLambdaMax, twoClassPathAlgorithm } from './two-classes.js';

/** Options of a path with the squared hinge: those of a path of logistic regressions. */
export type SquaredHingeClassificationPathOptions = LogisticPathOptions;

/** A regularisation path of classifications by the squared hinge: plain data. */
export interface SquaredHingePath extends LassoPath {
  /** The two classes in order; a score above 0 means the second one. */
  readonly classes: TwoClasses;
}

/**
 * Fits classifiers with the squared hinge for a falling sequence of penalty weights, each started from the one before.
 *
 * Minimises the objective of `squaredHingeClassification` at every lambda to its own certified gap. The default grid starts at
 * the smallest lambda with all coefficients 0.
 *
 * @param A - matrix of shape (m, n), m and n >= 1, dense or sparse, all entries finite; or a prepared design
 * @param labels - classes of the samples, length m, two of them
 * @param options - `l1Ratio` (in [0, 1], default 1) and all options of `lassoPath` but `algorithm`
 * @returns the path: coefficients as a sparse matrix of shape (n, lambdas finished), one certified gap per lambda, the classes
 * @throws DimensionError, InvalidInputError as `squaredHingeClassification` and `lassoPath`
 * Complexity: that of the fits, after one copy of A.
 *
 * @example
 * ```ts
 * import { squaredHingeClassificationPath } from '@lemmata/coordinate-descent';
 *
 * const path = squaredHingeClassificationPath([[1, 0], [0, 1], [1, 1], [2, 1]], [0, 0, 1, 1], { numLambdas: 10 });
 * console.log(path.lambdas, path.devianceRatios);
 * ```
 * @see {@link squaredHingeClassification}
 */
export function squaredHingeClassificationPath(
  A: DesignLike,
  labels: ArrayLike<Label>,
  options?: SquaredHingeClassificationPathOptions,
): SquaredHingePath {
  const settings = logisticPathSettings('squaredHingeClassificationPath', options);
  return run(() => twoClassPathAlgorithm(A, labels, settings, makeSquaredHinge), pathLimits(settings));
}

/**
 * Fits a path like {@link squaredHingeClassificationPath} without blocking the event loop for long.
 *
 * Minimises the same objectives with the same bits. A and the labels must not change before the promise is settled.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param labels - classes of the samples, length m
 * @param options - as for {@link squaredHingeClassificationPath}
 * @returns a promise of the path; aborting the signal fulfils it with status `aborted` and the lambdas finished so far
 * @throws never; the promise is rejected with what {@link squaredHingeClassificationPath} would throw
 * Complexity: as {@link squaredHingeClassificationPath}.
 *
 * @example
 * ```ts
 * import { squaredHingeClassificationPathAsync } from '@lemmata/coordinate-descent';
 *
 * const path = await squaredHingeClassificationPathAsync([[1, 0], [0, 1], [1, 1]], [0, 0, 1], { numLambdas: 5 });
 * console.log(path.statuses);
 * ```
 * @see {@link squaredHingeClassificationPath}
 */
export async function squaredHingeClassificationPathAsync(
  A: DesignLike,
  labels: ArrayLike<Label>,
  options?: SquaredHingeClassificationPathOptions,
): Promise<SquaredHingePath> {
  const settings = logisticPathSettings('squaredHingeClassificationPathAsync', options);
  return await runAsync(() => twoClassPathAlgorithm(A, labels, settings, makeSquaredHinge), pathLimits(settings));
}

/**
 * Computes the smallest penalty weight at which a classifier with the squared hinge has all penalised coefficients 0.
 *
 * That is max_j |a_j . r| / (m `l1Ratio`) with r_i = h_i s_i max(0, 1 - s_i (c + o_i)) at the fitted intercept c and columns
 * without penalty; each product counts over its penalty's factor, and only on the side that bounds leave open. It is rounded up
 * where rounding would let a coefficient in.
 *
 * @param A - matrix of shape (m, n), m and n >= 1, dense or sparse, all entries finite; or a prepared design
 * @param labels - classes of the samples, length m, two of them
 * @param options - those of `lambdaMax`
 * @returns a number >= 0, in the units of `lambda`
 * @throws DimensionError, InvalidInputError as `squaredHingeClassification`
 * Complexity: one copy of A and one product A'r.
 *
 * @example
 * ```ts
 * import { squaredHingeClassification, squaredHingeClassificationLambdaMax } from '@lemmata/coordinate-descent';
 *
 * const A = [[1, 0], [0, 1], [1, 1]];
 * const lambda = squaredHingeClassificationLambdaMax(A, [0, 0, 1]);
 * console.log(squaredHingeClassification(A, [0, 0, 1], { lambda }).activeSet.length); // 0
 * ```
 * @see {@link squaredHingeClassification}
 */
export function squaredHingeClassificationLambdaMax(
  A: DesignLike,
  labels: ArrayLike<Label>,
  options?: LambdaMaxOptions,
): number {
  const settings = lambdaMaxSettings('squaredHingeClassificationLambdaMax', options);
  return twoClassLambdaMax(A, labels, settings, makeSquaredHinge);
}
