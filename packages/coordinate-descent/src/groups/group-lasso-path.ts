import {
  type Algorithm,
  requireBoolean,
  requireNumber,
  resolveOptions,
  run,
  runAsync,
  type Settings,
} from '@lemmata/core';
import type { LassoPath, LassoPathAnswer } from '../lasso-path-algorithm.js';
import type { LassoPathColumn, LassoPathState } from '../lasso-path-options.js';
import { checkPath, PATH_DEFAULTS, type PathOptions, type PathSettings } from '../lasso-path-options.js';
import type { DesignLike } from '../problem/prepare-design.js';
import type { GroupsLike } from './column-groups.js';
import { type GroupModelSettings, groupLassoTask, openGroupDesign } from './group-lasso-algorithm.js';
import type { GroupLassoCommonOptions } from './group-lasso-options.js';
import { checkGroupOptions, GROUP_DEFAULTS } from './group-options.js';
import { groupLambdaMax, groupPathAlgorithm } from './group-path-algorithm.js';

/** Options of a path of group Lassos. */
export interface GroupLassoPathOptions extends GroupLassoCommonOptions, PathOptions {}

/** Options of {@link groupLassoLambdaMax}. */
export interface GroupLassoLambdaMaxOptions extends Omit<GroupLassoCommonOptions, 'tolerance'> {}

type Absent =
  | 'groups'
  | 'weights'
  | 'offset'
  | 'intercept'
  | 'sampleWeights'
  | 'signal'
  | 'onIteration'
  | 'lambdas'
  | 'numLambdas'
  | 'minRatio'
  | 'maxNonzeros'
  | 'minDevianceChange'
  | 'maxDevianceRatio';

const MODEL = { ...GROUP_DEFAULTS, groups: undefined, weights: undefined, l1Share: 0, offset: undefined };

/** The default of every option of a path. */
const DEFAULTS: Settings<GroupLassoPathOptions, Absent> = Object.freeze({ ...MODEL, ...PATH_DEFAULTS });

const { tolerance: TOLERANCE, ...REST } = MODEL;

/** The default of every option of {@link groupLassoLambdaMax}. */
const LAMBDA_MAX_DEFAULTS: Settings<
  GroupLassoLambdaMaxOptions,
  'groups' | 'weights' | 'offset' | 'intercept' | 'sampleWeights'
> = Object.freeze(REST);

/** The options of a path after defaults. */
export type GroupLassoPathSettings = GroupModelSettings & PathSettings;

/**
 * Completes and checks the options of a path, but for what depends on the design.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @returns every option
 * @throws InvalidInputError `ERR_OPTION` for unknown keys and values out of range
 */
export function groupLassoPathSettings(entryPoint: string, options: GroupLassoPathOptions): GroupLassoPathSettings {
  const settings = resolveOptions(entryPoint, options, DEFAULTS);
  checkGroupOptions(settings);
  requireNumber('options.l1Share', settings.l1Share, 0, 1);
  return { ...settings, lambdas: checkPath(settings), groups: settings.groups as GroupsLike };
}

/**
 * Makes the run of a path.
 *
 * @param A - the design
 * @param b - the target
 * @param settings - options, checked
 * @returns the run, for the driver; it owns the memory
 */
export function groupLassoPathAlgorithm(
  A: DesignLike,
  b: ArrayLike<number>,
  settings: GroupLassoPathSettings,
): Algorithm<LassoPathState, LassoPathColumn, LassoPathAnswer> {
  const opened = openGroupDesign(A, settings);
  return groupPathAlgorithm(opened, settings, settings.tolerance, (design) => groupLassoTask(design, b, settings));
}

/**
 * Fits group Lassos for a falling sequence of penalty weights, each started from the one before.
 *
 * Minimises the objective of `groupLasso` at every lambda to its own certified gap. The default grid starts at the smallest
 * lambda with all coefficients 0. Coefficients, the products of columns with one another, and the knowledge of which groups
 * cannot matter carry over from one lambda to the next.
 *
 * @param A - matrix of shape (m, n), m and n >= 1, dense or sparse, all entries finite; or a prepared design
 * @param b - targets, length m, finite
 * @param options - `groups` (required), the options of `groupLasso` but `lambda` and `initial`, and those of `lassoPath` that
 * concern lambdas and where to end
 * @returns the path: coefficients as a sparse matrix of shape (n, lambdas finished) and one certified gap per lambda
 * @throws DimensionError, InvalidInputError as `groupLasso` and `lassoPath`
 * Complexity: that of the fits, after one copy of A.
 *
 * @example
 * ```ts
 * import { groupLassoPath } from '@lemmata/coordinate-descent';
 *
 * const A = [[1, 0, 1], [0, 1, 2], [1, 1, 0], [2, 1, 1]];
 * const path = groupLassoPath(A, [1, 0, 1, 2], { groups: [0, 0, 1], numLambdas: 10 });
 * console.log(path.status, path.lambdas.length); // converged 10
 * ```
 * @see {@link groupLasso}
 */
export function groupLassoPath(A: DesignLike, b: ArrayLike<number>, options: GroupLassoPathOptions): LassoPath {
  const settings = groupLassoPathSettings('groupLassoPath', options);
  return run(() => groupLassoPathAlgorithm(A, b, settings), unlimited(settings));
}

/**
 * Fits a path like {@link groupLassoPath} without blocking the event loop for long.
 *
 * Minimises the same objectives with the same bits. A and b must not change before the promise is settled.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param b - targets, length m, finite
 * @param options - as for {@link groupLassoPath}
 * @returns a promise of the path; aborting the signal fulfils it with status `aborted` and the lambdas finished so far
 * @throws never; the promise is rejected with what {@link groupLassoPath} would throw
 * Complexity: as {@link groupLassoPath}.
 *
 * @example
 * ```ts
 * import { groupLassoPathAsync } from '@lemmata/coordinate-descent';
 *
 * const options = { groups: [0, 0], lambdas: [0.5, 0.2, 0.1] };
 * const path = await groupLassoPathAsync([[1, 0], [0, 1], [1, 1]], [1, 2, 3], options);
 * console.log(path.statuses); // [converged converged converged]
 * ```
 * @see {@link groupLassoPath}
 */
export async function groupLassoPathAsync(
  A: DesignLike,
  b: ArrayLike<number>,
  options: GroupLassoPathOptions,
): Promise<LassoPath> {
  const settings = groupLassoPathSettings('groupLassoPathAsync', options);
  return await runAsync(() => groupLassoPathAlgorithm(A, b, settings), unlimited(settings));
}

/**
 * Computes the smallest penalty weight at which a group Lasso has all coefficients 0.
 *
 * That is max_g |A_g'r| / (m weight_g), r being b, or b less its mean with an intercept, less what the groups of weight 0 take
 * away; with `l1Share` alpha the largest v / m with |soft(A_g'r, v alpha)| = v (1 - alpha) weight_g. It is rounded up where
 * rounding would let a group in. Coefficients of groups of weight 0 are never 0 for its sake.
 *
 * @param A - matrix of shape (m, n), m and n >= 1, dense or sparse, all entries finite; or a prepared design
 * @param b - targets, length m, finite
 * @param options - `groups` (required), `weights`, `l1Share`, `intercept`, `standardize`, `sampleWeights`, `offset`,
 * `backend`
 * @returns a number >= 0, in the units of `lambda`
 * @throws DimensionError, InvalidInputError as `groupLasso`
 * Complexity: one copy of A and one product A'b.
 *
 * @example
 * ```ts
 * import { groupLasso, groupLassoLambdaMax } from '@lemmata/coordinate-descent';
 *
 * const A = [[1, 0], [0, 1], [1, 1]];
 * const lambda = groupLassoLambdaMax(A, [1, 2, 3], { groups: [0, 0] });
 * console.log(groupLasso(A, [1, 2, 3], { groups: [0, 0], lambda }).activeSet.length); // 0
 * ```
 * @see {@link groupLasso}
 */
export function groupLassoLambdaMax(A: DesignLike, b: ArrayLike<number>, options: GroupLassoLambdaMaxOptions): number {
  const settings = groupLambdaMaxSettings('groupLassoLambdaMax', options);
  return groupLambdaMax(openGroupDesign(A, settings), (opened) => groupLassoTask(opened, b, settings));
}

/**
 * Completes and checks the options of a largest useful lambda, but for what depends on the design.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @returns every option
 * @throws InvalidInputError `ERR_OPTION` for unknown keys and values out of range
 */
export function groupLambdaMaxSettings(entryPoint: string, options: GroupLassoLambdaMaxOptions): GroupModelSettings {
  const given = resolveOptions(entryPoint, options, LAMBDA_MAX_DEFAULTS);
  requireBoolean('options.standardize', given.standardize);
  requireNumber('options.l1Share', given.l1Share, 0, 1);
  return { ...given, groups: given.groups as GroupsLike, tolerance: TOLERANCE };
}

/** The limits of a path for the driver, which counts finished lambdas. */
export function unlimited(settings: GroupLassoPathSettings): GroupLassoPathSettings {
  return { ...settings, maxIterations: Number.MAX_SAFE_INTEGER };
}
