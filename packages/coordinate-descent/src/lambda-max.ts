import { type BackendChoice, requireNumber, resolveOptions } from '@lemmata/core';
import type { GapMonitor } from './certificates/duality-gap.js';
import { LassoEngine } from './engine.js';
import { modelProblem, openModel } from './lasso-algorithm.js';
import { LASSO_DEFAULTS, type LassoCommonSettings } from './lasso-options.js';
import { MODEL_DEFAULTS, type ModelOptions } from './model-options.js';
import { type LassoProblem, loadProblem } from './problem/lasso-problem.js';
import type { DesignLike } from './problem/prepare-design.js';
import { workingSetDescent } from './working-set.js';

/** Options of {@link lambdaMax}. */
export interface LambdaMaxOptions extends ModelOptions {
  /** Whether the model has an intercept; default true, or as a prepared design was prepared. */
  readonly intercept?: boolean;
  /** Share of L1 in the penalty, in (0, 1]; default 1, the Lasso. */
  readonly l1Ratio?: number;
  /** Which kernels are to run; default `'auto'`. The answer's bits do not depend on it. */
  readonly backend?: BackendChoice;
}

/** The default of every option of {@link lambdaMax}. */
export const LAMBDA_MAX_DEFAULTS: typeof MODEL_DEFAULTS & {
  readonly intercept: boolean | undefined;
  readonly l1Ratio: number;
  readonly backend: BackendChoice;
} = Object.freeze({ ...MODEL_DEFAULTS, intercept: undefined, l1Ratio: 1, backend: 'auto' });

/**
 * Computes the smallest penalty weight at which all penalised coefficients are 0.
 *
 * That is max_j |a_j . (b - mean b)| / m, without an intercept max_j |a_j . b| / m, rounded up where rounding would let a
 * coefficient in. With columns that have no penalty, b is replaced by what they leave of it; each product counts over its
 * penalty's factor, and only on the side that bounds leave open. Where bounds hold columns without penalty, what these leave
 * of b is found by descent, to a relative gap of 1e-12.
 *
 * @param A - matrix of shape (m, n), m and n >= 1, dense or sparse, all entries finite; or a prepared design
 * @param b - targets, length m, finite
 * @param options - `intercept` (default true), `l1Ratio` (default 1), `backend` (default `'auto'`) and those of a model:
 * `sampleWeights`, `offset`, `penaltyFactors`, `lowerBounds`, `upperBounds`, `standardize`
 * @returns a number >= 0, in the units of `lambda`
 * @throws DimensionError, InvalidInputError as `lasso` does
 * Complexity: one copy of A and one product A'b.
 *
 * @example
 * ```ts
 * import { lambdaMax, lasso } from '@lemmata/coordinate-descent';
 *
 * const A = [[1, 0], [0, 1], [1, 1]];
 * const b = [1, 2, 3];
 * console.log(lasso(A, b, { lambda: lambdaMax(A, b) }).activeSet.length); // 0
 * ```
 * @see {@link lasso}
 */
export function lambdaMax(A: DesignLike, b: ArrayLike<number>, options?: LambdaMaxOptions): number {
  const model = lambdaMaxSettings('lambdaMax', options);
  const opened = openModel(A, model);
  try {
    const problem = modelProblem(opened, b, model);
    for (const _ of loadProblem(problem, opened, undefined));
    const engine = new LassoEngine(problem);
    try {
      for (const _ of evaluateUnpenalised(engine));
      return largestUseful(problem, engine.monitor, model.l1Ratio);
    } finally {
      engine.dispose();
    }
  } finally {
    opened.dispose();
  }
}

/**
 * Completes and checks the options of a largest lambda.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @returns every option that a problem is made from
 * @throws InvalidInputError `ERR_OPTION` for unknown keys and values out of range
 */
export function lambdaMaxSettings(entryPoint: string, options: LambdaMaxOptions | undefined): LassoCommonSettings {
  const settings = resolveOptions(entryPoint, options, LAMBDA_MAX_DEFAULTS);
  requireNumber('options.l1Ratio', settings.l1Ratio, Number.MIN_VALUE, 1);
  return { ...settings, algorithm: LASSO_DEFAULTS.algorithm, tolerance: LASSO_DEFAULTS.tolerance };
}

/** Relative gap to which bounded columns without penalty are solved for. */
const SETTLED = 1e-12;

/**
 * Evaluates the products at the threshold 0 with all penalised coefficients 0 and the others at their minimiser.
 *
 * @param engine - the run, loaded; its weight is 0 afterwards
 */
export function* evaluateUnpenalised(engine: LassoEngine): Generator<'slice', void, void> {
  const { problem, monitor } = engine;
  const { penalty, loss } = problem;
  engine.start(0, 0, SETTLED * loss.zeroValue);
  if (penalty.boundsUnpenalised) {
    penalty.hold(true);
    const steps = workingSetDescent(engine, () => {});
    while (steps.next().done !== true) yield 'slice';
    penalty.hold(false);
    monitor.restart();
    engine.moved = true;
  }
  yield* engine.evaluate();
}

/**
 * The smallest lambda with all penalised coefficients 0, from an evaluation at zero coefficients and threshold 0.
 *
 * @param problem - the problem
 * @param monitor - just evaluated
 * @param l1Ratio - share of L1 in the penalty, in (0, 1]
 * @returns lambda >= 0, such that m lambda l1Ratio is not below the largest product
 */
export function largestUseful(problem: LassoProblem, monitor: GapMonitor, l1Ratio: number): number {
  const { rows } = problem.design;
  const largest = monitor.largest;
  let lambda = largest / (rows * l1Ratio);
  // A threshold of its own for each column is rounded twice more.
  if (!problem.penalty.uniform) lambda += 4 * Number.EPSILON * lambda;
  while (lambda * rows * l1Ratio < largest) lambda += lambda * Number.EPSILON;
  return lambda;
}
