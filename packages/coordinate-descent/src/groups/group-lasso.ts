import { iterate, run, runAsync } from '@lemmata/core';
import type { DesignLike } from '../problem/prepare-design.js';
import { type GroupLassoFit, groupLassoAlgorithm } from './group-lasso-algorithm.js';
import { type GroupLassoOptions, groupLassoSettings } from './group-lasso-options.js';
import type { GroupState } from './group-options.js';

/**
 * Fits a linear model that takes in groups of columns or leaves them out, and proves how good the fit is.
 *
 * Minimises F(w, c) = 1/(2m) |b - A w - c|^2 + lambda (alpha |w|_1 + (1 - alpha) sum_g weight_g |w_g|) over coefficients w and
 * an intercept c, w_g being the coefficients of group g, |.| the Euclidean norm and alpha = `l1Share`, 0 by default (with
 * more, the sparse-group Lasso, whose groups need not come in as a whole), by block coordinate descent on working sets of
 * groups: with alpha = 0 each block goes to its exact minimiser (groups of more than 64 columns take a step with a bound of
 * the largest eigenvalue of A_g'A_g), else it takes proximal steps. Groups of weight 0 are solved for at every evaluation of
 * the gap. `converged` means that the duality gap of the full problem is at most `tolerance` times F at zero coefficients.
 *
 * @param A - matrix of shape (m, n), m and n >= 1, dense or sparse, all entries finite; or a prepared design
 * @param b - targets, length m, finite
 * @param options - `lambda` (required, >= 0), `groups` (required), `weights` (default square roots of the groups' sizes),
 * `l1Share` (default 0), `intercept` (default true), `standardize`, `sampleWeights`, `offset`, `tolerance` (default 1e-6), `initial`, `backend`, and
 * the options of a run
 * @returns the fit: the best coefficients met, their objective and certificate, whatever the status
 * @throws DimensionError when b or an option does not fit A
 * @throws InvalidInputError for entries that are not finite, columns in no group or in two, options out of range or unknown
 * Complexity: one copy of A; every outer iteration at most one product A'r and, for each column that is new in a working
 * set, its products with the p columns that were in one so far; a pass costs p times the columns that change. O(m n + p^2)
 * memory, O(nonzeros + m + n + p^2) when sparse; past p = 2048 columns, passes use the columns themselves.
 *
 * @example
 * ```ts
 * import { groupLasso } from '@lemmata/coordinate-descent';
 *
 * const A = [[1, 0, 1], [0, 1, 2], [1, 1, 0], [2, 1, 1]];
 * const fit = groupLasso(A, [1, 0, 1, 2], { lambda: 0.1, groups: [0, 0, 1] });
 * console.log(fit.status, fit.activeGroups); // converged [0]
 * ```
 * @see M. Yuan, Y. Lin, "Model selection and estimation in regression with grouped variables", JRSS B 68(1), 2006; exact
 * block steps: Z. Qin, K. Scheinberg, D. Goldfarb, Math. Prog. Comp. 5, 2013, reconstructed; sparse groups: N. Simon,
 * J. Friedman, T. Hastie, R. Tibshirani, "A sparse-group lasso", J. Comput. Graph. Stat. 22(2), 2013
 */
export function groupLasso(A: DesignLike, b: ArrayLike<number>, options: GroupLassoOptions): GroupLassoFit {
  const settings = groupLassoSettings('groupLasso', options);
  return run(() => groupLassoAlgorithm(A, b, settings), settings);
}

/**
 * Fits a group Lasso like {@link groupLasso}, one outer iteration at a time.
 *
 * Minimises the same objective with the same bits. Yields the same live state after every outer iteration.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param b - targets, length m, finite
 * @param options - as for {@link groupLasso}
 * @returns a generator of states
 * @throws what {@link groupLasso} throws: options at the call, data at the first step
 * Complexity: as {@link groupLasso}.
 *
 * @example
 * ```ts
 * import { groupLassoIterations } from '@lemmata/coordinate-descent';
 *
 * const options = { lambda: 0.1, groups: [[0, 1]] };
 * for (const state of groupLassoIterations([[1, 0], [0, 1], [1, 1]], [1, 2, 3], options)) {
 *   console.log(state.iteration, state.relativeGap); // 0 0.331..., then 1 0
 * }
 * ```
 * @see {@link groupLasso}
 */
export function groupLassoIterations(
  A: DesignLike,
  b: ArrayLike<number>,
  options: GroupLassoOptions,
): Generator<GroupState, GroupLassoFit, void> {
  const settings = groupLassoSettings('groupLassoIterations', options);
  return iterate(() => groupLassoAlgorithm(A, b, settings), settings);
}

/**
 * Fits a group Lasso like {@link groupLasso} without blocking the event loop for long.
 *
 * Minimises the same objective with the same bits. A and b must not change before the promise is settled.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param b - targets, length m, finite
 * @param options - as for {@link groupLasso}
 * @returns a promise of the fit; aborting the signal fulfils it with status `aborted` and the best fit so far
 * @throws never; the promise is rejected with what {@link groupLasso} would throw
 * Complexity: as {@link groupLasso}.
 *
 * @example
 * ```ts
 * import { groupLassoAsync } from '@lemmata/coordinate-descent';
 *
 * const fit = await groupLassoAsync([[1, 0], [0, 1], [1, 1]], [1, 2, 3], { lambda: 0.1, groups: [0, 0] });
 * console.log(fit.status); // converged
 * ```
 * @see {@link groupLasso}
 */
export async function groupLassoAsync(
  A: DesignLike,
  b: ArrayLike<number>,
  options: GroupLassoOptions,
): Promise<GroupLassoFit> {
  const settings = groupLassoSettings('groupLassoAsync', options);
  return await runAsync(() => groupLassoAlgorithm(A, b, settings), settings);
}
