import { iterate, run, runAsync } from '@lemmata/core';
import type { Label } from '../labels.js';
import type { DesignLike } from '../problem/prepare-design.js';
import type { GroupState } from './group-options.js';
import type { OutputsFit } from './outputs-fit.js';
import { type SoftmaxRegressionOptions, softmaxAlgorithm, softmaxSettings } from './softmax-algorithm.js';

/**
 * A fitted softmax regression with its proof: plain data that survives `structuredClone`.
 *
 * `certificate.dual` is a point U of shape (m, k) = (Y - Q) h / m, Q having rows of probabilities, Y ones in the place of the
 * samples' classes, h the sample weights (mean 1), the columns of U with sum 0 if there are intercepts. Its dual value
 * -(1/m) sum_i h_i sum_c Q_ic log Q_ic, less U . O with an offset O, less the conjugate of the penalty at A'U, which is 0 where every entry (or, with
 * `groupFeatures`, row) of A'U is at most lambda l1Ratio in size, bounds the minimal objective from below.
 */
export interface SoftmaxFit extends OutputsFit {
  /** The classes in order: class c has column c of the coefficients. */
  readonly classes: readonly Label[];
}

/**
 * Fits a softmax regression (multinomial logistic regression) with a sparse penalty and proves how good the fit is.
 *
 * Minimises F(W, c) = 1/m sum_i (log sum_c exp(z_ic) - z_i,y(i)) + lambda (rho Omega(W) + (1 - rho)/2 |W|^2) at
 * Z = A W + 1 c', rho = `l1Ratio`, over coefficients W of shape (n, k) and intercepts c, Omega being the sum of the sizes of all
 * entries or, with `groupFeatures`, of the Euclidean norms of rows, by proximal Newton steps on working sets. `converged`
 * means that the duality gap of the full problem is at most `tolerance` times F at zero coefficients.
 *
 * With two classes of coefficients v and w the difference w - v is that of `logisticRegression` with weight lambda (entries),
 * lambda / sqrt(2) (rows) or lambda / 2 (ridge).
 *
 * @param A - matrix of shape (m, n), m and n >= 1, dense or sparse, all entries finite; or a prepared design
 * @param labels - classes of the samples, length m: numbers, strings or booleans, two classes at least
 * @param options - `lambda` (required, >= 0), `l1Ratio` (default 1), `groupFeatures` (default false), `intercept` (default
 * true), `standardize`, `sampleWeights`, `offset` (added to Z), `tolerance` (default 1e-6), `initial`, `backend`, and the
 * options of a run
 * @returns the fit: the best coefficients met, their objective and certificate, and the classes
 * @throws DimensionError when labels or options do not fit A
 * @throws InvalidInputError for entries that are not finite, a single class, options out of range or unknown
 * Complexity: one copy of A; per Newton step some passes over the working set, O(k) times the column each, O(m k)
 * exponentials and O(m k^2) for the intercepts; every outer iteration at most k products A'r.
 *
 * @example
 * ```ts
 * import { predictClasses, softmaxRegression } from '@lemmata/coordinate-descent';
 *
 * const A = [[2, 0], [3, 1], [0, 2], [1, 3], [-2, -2], [-3, -1]];
 * const fit = softmaxRegression(A, ['a', 'a', 'b', 'b', 'c', 'c'], { lambda: 0.02 });
 * console.log(fit.status, fit.classes, predictClasses(fit, A)); // converged [a b c] [a a b b c c]
 * ```
 * @see N. Simon, J. Friedman, T. Hastie, "A Blockwise Descent Algorithm for Group-penalized Multiresponse and Multinomial
 * Regression", 2013; the bound of the Hessian is another one, see the parts table
 */
export function softmaxRegression(
  A: DesignLike,
  labels: ArrayLike<Label>,
  options: SoftmaxRegressionOptions,
): SoftmaxFit {
  const settings = softmaxSettings('softmaxRegression', options);
  return run(() => softmaxAlgorithm(A, labels, settings), settings);
}

/**
 * Fits a softmax regression like {@link softmaxRegression}, one outer iteration at a time.
 *
 * Minimises the same objective with the same bits. Yields the same live state after every outer iteration.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param labels - classes of the samples, length m
 * @param options - as for {@link softmaxRegression}
 * @returns a generator of states
 * @throws what {@link softmaxRegression} throws: options at the call, data at the first step
 * Complexity: as {@link softmaxRegression}.
 *
 * @example
 * ```ts
 * import { softmaxRegressionIterations } from '@lemmata/coordinate-descent';
 *
 * for (const state of softmaxRegressionIterations([[1, 0], [0, 1], [1, 1]], [0, 1, 2], { lambda: 0.1 })) {
 *   console.log(state.iteration, state.relativeGap); // 0 0.254..., 1 0.0169..., and so on
 * }
 * ```
 * @see {@link softmaxRegression}
 */
export function softmaxRegressionIterations(
  A: DesignLike,
  labels: ArrayLike<Label>,
  options: SoftmaxRegressionOptions,
): Generator<GroupState, SoftmaxFit, void> {
  const settings = softmaxSettings('softmaxRegressionIterations', options);
  return iterate(() => softmaxAlgorithm(A, labels, settings), settings);
}

/**
 * Fits a softmax regression like {@link softmaxRegression} without blocking the event loop for long.
 *
 * Minimises the same objective with the same bits. A and the labels must not change before the promise is settled.
 *
 * @param A - matrix of shape (m, n), or a prepared design
 * @param labels - classes of the samples, length m
 * @param options - as for {@link softmaxRegression}
 * @returns a promise of the fit; aborting the signal fulfils it with status `aborted` and the best fit so far
 * @throws never; the promise is rejected with what {@link softmaxRegression} would throw
 * Complexity: as {@link softmaxRegression}.
 *
 * @example
 * ```ts
 * import { softmaxRegressionAsync } from '@lemmata/coordinate-descent';
 *
 * const fit = await softmaxRegressionAsync([[1, 0], [0, 1], [1, 1]], [0, 1, 2], { lambda: 0.1 });
 * console.log(fit.status); // converged
 * ```
 * @see {@link softmaxRegression}
 */
export async function softmaxRegressionAsync(
  A: DesignLike,
  labels: ArrayLike<Label>,
  options: SoftmaxRegressionOptions,
): Promise<SoftmaxFit> {
  const settings = softmaxSettings('softmaxRegressionAsync', options);
  return await runAsync(() => softmaxAlgorithm(A, labels, settings), settings);
}
