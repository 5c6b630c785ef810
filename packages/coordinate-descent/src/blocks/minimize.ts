import { iterate, run, runAsync } from '@lemmata/core';
import { type BlockResult, minimizeAlgorithm } from './minimize-algorithm.js';
import { type BlockProblem, type BlockState, type MinimizeOptions, minimizeSettings } from './minimize-options.js';

/**
 * Minimises a smooth function plus a separable penalty by block coordinate descent.
 *
 * Minimises F(x) = f(x) + sum_i t_i |x_i| subject to lower <= x <= upper, or, with norms of groups,
 * F(x) = f(x) + sum_i t_i |x_i| + lambda sum_g weight_g |x_g|, whose blocks are made of whole groups. Every iteration
 * chooses a block of variables by a rule and changes it by an update; partitions, rules and updates are independent and
 * compose. A run ends as `converged` by a duality gap where one closes (linear models whose variables all have a penalty, a
 * ridge or both bounds), else by stationarity: see `tolerance`.
 *
 * With updates whose model bounds F (all but `'newton'` and `'two-metric'`, which search along a line), F never rises, and
 * falls by half of the rule's score at least for the pairs gradient with GSL (and GS), diagonal with GSD, matrix with GSQ:
 * linear convergence when f is strongly convex, with a better constant for a better rule.
 *
 * @param problem - `smooth`, made by `leastSquares`, `logistic`, `softmax`, `huber`, `squaredHinge` or `quadratic` or an object of
 * that form; `l1`, `lower`, `upper`, or `l1`, `groupNorms`
 * @param options - `blockSize`, `partition`, `selection`, `update`, `majorizer`, `gsqMethod`, `sample`,
 * `tolerance` (default 1e-6), `initial`, `seed`, and the options of a run: `maxIterations` (default 100,000), `timeLimitMs`, `signal`, `onIteration`,
 * `historyEvery`
 * @returns the last point with its certificate, the active set and costs, whatever the status
 * @throws DimensionError when lengths do not fit; InvalidInputError for options out of range or unknown, `ERR_INCOMPATIBLE`
 * for parts that do not go together, such as blocks that cut a group; NumericalError when a function of the caller's returns NaN
 * Complexity: an iteration of a greedy rule reads the gradient: O(n) beside keeping it up to date, which takes
 * O(neighbours) for sparse data and up to O(m n) for dense; the matrix update takes O(m tau^2 + tau^3) for a block of tau.
 *
 * @example
 * ```ts
 * import { leastSquares, minimize } from '@lemmata/coordinate-descent';
 *
 * const A = [[1, 0.2, 0], [0, 1, 0.5], [0.3, 0, 1], [1, 1, 0], [0, 0.4, 1]];
 * const smooth = leastSquares(A, [2.1, 0.9, -0.8, 3, -0.7]);
 * const result = minimize({ smooth, l1: 0.5 }, { blockSize: 2, selection: 'gs-q', update: 'two-metric' });
 * console.log(result.status, result.x, result.certificate.gap, result.activeSet.identifiedAt);
 * ```
 * @see J. Nutini, I. Laradji, M. Schmidt, "Let's Make Block Coordinate Descent Converge Faster: Faster Greedy Rules,
 * Message-Passing, Active-Set Complexity, and Superlinear Convergence", JMLR 23(131), 2022, sections 2 to 4
 */
export function minimize(problem: BlockProblem, options?: MinimizeOptions): BlockResult {
  const settings = minimizeSettings('minimize', options);
  return run(() => minimizeAlgorithm(problem, settings), settings);
}

/**
 * Minimises like {@link minimize}, one block at a time.
 *
 * Yields the same live state after every block, the start and the last one included, with the same bits, and returns the
 * result. Leaving the loop early releases the memory.
 *
 * @param problem - as for {@link minimize}
 * @param options - as for {@link minimize}
 * @returns a generator of states
 * @throws what {@link minimize} throws: options at the call, the problem at the first step
 * Complexity: as {@link minimize}.
 *
 * @example
 * ```ts
 * import { minimizeIterations, quadratic } from '@lemmata/coordinate-descent';
 *
 * const smooth = quadratic([[2, -1, 0], [-1, 2, -1], [0, -1, 2]], [1, 0, 1]);
 * for (const { iteration, block, objective } of minimizeIterations({ smooth }, { selection: 'gs' })) {
 *   console.log(iteration, block, objective);
 * }
 * ```
 * @see {@link minimize}
 */
export function minimizeIterations(
  problem: BlockProblem,
  options?: MinimizeOptions,
): Generator<BlockState, BlockResult, void> {
  const settings = minimizeSettings('minimizeIterations', options);
  return iterate(() => minimizeAlgorithm(problem, settings), settings);
}

/**
 * Minimises like {@link minimize} without blocking the event loop for long.
 *
 * Gives the same bits, in slices of about a millisecond; timers, events and `signal` get their turn at least every 16 ms,
 * unless a function of the caller's takes longer.
 *
 * @param problem - as for {@link minimize}; must not change before the promise is settled
 * @param options - as for {@link minimize}
 * @returns a promise of the result; aborting the signal fulfils it with status `aborted` and the point so far
 * @throws never; the promise is rejected with what {@link minimize} would throw
 * Complexity: as {@link minimize}.
 *
 * @example
 * ```ts
 * import { minimizeAsync, quadratic } from '@lemmata/coordinate-descent';
 *
 * const smooth = quadratic([[2, -1], [-1, 2]], [1, 0]);
 * const result = await minimizeAsync({ smooth, lower: 0 }, { signal: AbortSignal.timeout(1000) });
 * console.log(result.status, result.x);
 * ```
 * @see {@link minimize}
 */
export async function minimizeAsync(problem: BlockProblem, options?: MinimizeOptions): Promise<BlockResult> {
  const settings = minimizeSettings('minimizeAsync', options);
  return await runAsync(() => minimizeAlgorithm(problem, settings), settings);
}
