import { checkRunOptions, iterate, requireNumber, resolveOptions, run, runAsync, type Settings } from '@lemmata/core';
import { lassoAlgorithm } from './lasso-algorithm.js';
import type { LassoFit } from './lasso-fit.js';
import {
  checkCommonOptions,
  LASSO_DEFAULTS,
  type LassoOptions,
  type LassoSettings,
  type LassoState,
} from './lasso-options.js';
import type { ModelOptions } from './model-options.js';
import type { DesignLike } from './problem/prepare-design.js';

/** Options of a nonnegative least squares fit. */
export interface NonnegativeLeastSquaresOptions extends Omit<LassoOptions, 'lambda' | 'lowerBounds'> {
  /** Weight of the sum of the coefficients, in the units of the objective per sample; >= 0, default 0. */
  readonly lambda?: number;
  /** Whether to fit an intercept, which may have any sign; default false, or as a prepared design was prepared. */
  readonly intercept?: boolean;
}

type Absent =
  | 'intercept'
  | 'initial'
  | 'signal'
  | 'onIteration'
  | Exclude<keyof ModelOptions, 'standardize' | 'lowerBounds'>;

const { lowerBounds: _, ...REST } = LASSO_DEFAULTS;

/** The default of every option. */
const DEFAULTS: Settings<NonnegativeLeastSquaresOptions, Absent> = Object.freeze({ ...REST, lambda: 0 });

/** Completes and checks the options: those of a Lasso with all coefficients >= 0. */
function nonnegativeSettings(
  entryPoint: string,
  A: DesignLike,
  options: NonnegativeLeastSquaresOptions | undefined,
): LassoSettings {
  const settings = resolveOptions(entryPoint, options, DEFAULTS);
  const lambda = requireNumber('options.lambda', settings.lambda, 0);
  checkCommonOptions(settings);
  checkRunOptions(settings);
  const isPrepared = typeof A === 'object' && A !== null && 'kind' in A && A.kind === 'prepared-design';
  const intercept = settings.intercept ?? (isPrepared ? undefined : false);
  return { ...settings, lambda, intercept, lowerBounds: 0, l1Ratio: 1 };
}

/**
 * Fits a linear model whose coefficients are not negative and proves how good the fit is.
 *
 * Minimises F(w) = 1/(2m) |b - A w|^2 + lambda sum(w) over w >= 0. Every u of length m with a_j . u <= lambda for all
 * columns a_j gives the lower bound b . u - (m/2) |u|^2; the certificate holds the best such point met. With lambda = 0
 * columns off their bound are solved for exactly, so that the point is feasible to rounding.
 *
 * @param A - matrix of shape (m, n), m and n >= 1, dense or sparse, all entries finite; or a prepared design
 * @param b - targets, length m, finite
 * @param options - `lambda` (>= 0, default 0), `intercept` (default false) and all other options of `lasso` but
 * `lowerBounds`
 * @returns the fit: the best coefficients met, all >= 0, their objective and certificate, whatever the status
 * @throws DimensionError, InvalidInputError as `lasso`
 * Complexity: that of `lasso`.
 *
 * @example
 * ```ts
 * import { nonnegativeLeastSquares } from '@lemmata/coordinate-descent';
 *
 * const fit = nonnegativeLeastSquares([[1, 0], [1, 1], [0, 1]], [2, 1, -1]);
 * console.log(fit.status, fit.coefficients); // converged [1.5, 0]
 * ```
 * @see C. L. Lawson, R. J. Hanson, "Solving Least Squares Problems", 1974, problem NNLS; solved here by coordinate descent
 */
export function nonnegativeLeastSquares(
  A: DesignLike,
  b: ArrayLike<number>,
  options?: NonnegativeLeastSquaresOptions,
): LassoFit {
  const settings = nonnegativeSettings('nonnegativeLeastSquares', A, options);
  return run(() => lassoAlgorithm(A, b, settings), settings);
}

/**
 * Fits like {@link nonnegativeLeastSquares}, one outer iteration at a time.
 *
 * Minimises the same objective with the same bits. Yields the same live state after every outer iteration.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param b - targets, length m, finite
 * @param options - as for {@link nonnegativeLeastSquares}
 * @returns a generator of states
 * @throws what {@link nonnegativeLeastSquares} throws: options at the call, data at the first step
 * Complexity: as {@link nonnegativeLeastSquares}.
 *
 * @example
 * ```ts
 * import { nonnegativeLeastSquaresIterations } from '@lemmata/coordinate-descent';
 *
 * for (const state of nonnegativeLeastSquaresIterations([[1, 0], [0, 1], [1, 1]], [1, 2, 3])) {
 *   console.log(state.iteration, state.relativeGap); // 0 1, then 1 0
 * }
 * ```
 * @see {@link nonnegativeLeastSquares}
 */
export function nonnegativeLeastSquaresIterations(
  A: DesignLike,
  b: ArrayLike<number>,
  options?: NonnegativeLeastSquaresOptions,
): Generator<LassoState, LassoFit, void> {
  const settings = nonnegativeSettings('nonnegativeLeastSquaresIterations', A, options);
  return iterate(() => lassoAlgorithm(A, b, settings), settings);
}

/**
 * Fits like {@link nonnegativeLeastSquares} without blocking the event loop for long.
 *
 * Minimises the same objective with the same bits. A and b must not change before the promise is settled.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param b - targets, length m, finite
 * @param options - as for {@link nonnegativeLeastSquares}
 * @returns a promise of the fit; aborting the signal fulfils it with status `aborted` and the best fit so far
 * @throws never; the promise is rejected with what {@link nonnegativeLeastSquares} would throw
 * Complexity: as {@link nonnegativeLeastSquares}.
 *
 * @example
 * ```ts
 * import { nonnegativeLeastSquaresAsync } from '@lemmata/coordinate-descent';
 *
 * const fit = await nonnegativeLeastSquaresAsync([[1, 0], [0, 1], [1, 1]], [1, 2, 3]);
 * console.log(fit.status); // converged
 * ```
 * @see {@link nonnegativeLeastSquares}
 */
export async function nonnegativeLeastSquaresAsync(
  A: DesignLike,
  b: ArrayLike<number>,
  options?: NonnegativeLeastSquaresOptions,
): Promise<LassoFit> {
  const settings = nonnegativeSettings('nonnegativeLeastSquaresAsync', A, options);
  return await runAsync(() => lassoAlgorithm(A, b, settings), settings);
}
