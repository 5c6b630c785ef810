import {
  type BackendChoice,
  checkRunOptions,
  type RunOptions,
  refusal,
  requireNumber,
  requireOneOf,
  requireVector,
  resolveOptions,
  type Settings,
} from '@lemmata/core';
import { isShaped, MODEL_DEFAULTS, type ModelOptions } from './model-options.js';
import type { PenaltyShape } from './problem/penalty.js';

/** How a Lasso is solved. */
export type LassoAlgorithm = 'working-set' | 'cyclic';

/** What `onIteration` and `lassoIterations` show: one live object, updated in place after every outer iteration. */
export interface LassoState {
  /** Outer iterations done; 0 is the start. */
  iteration: number;
  /** Objective per sample of the best coefficients so far. */
  objective: number;
  /** Duality gap per sample of the full problem: the objective is at most so far above the minimum; >= 0. */
  gap: number;
  /** `gap` relative to the objective at zero coefficients with the fitted intercept; unitless, >= 0. */
  relativeGap: number;
  /** Nonzero coefficients, a count. */
  nonzeros: number;
  /** Columns that the next passes go over, a count. */
  workingSetSize: number;
  /** Products or updates with one column so far, a count. */
  columnTouches: number;
  /** The best coefficients so far, length n; the same array every time, refreshed after every outer iteration. */
  readonly coefficients: Float64Array;
  /** The intercept that goes with them; 0 when none is fitted. */
  intercept: number;
}

/** Names of the numbers of a {@link LassoState} that a history keeps. */
export type LassoColumn = 'objective' | 'gap' | 'relativeGap' | 'nonzeros' | 'workingSetSize' | 'columnTouches';

/** Options that single fits and paths share. */
export interface LassoCommonOptions extends ModelOptions {
  /**
   * How to solve: `'working-set'` (default) descends on the columns that matter; `'cyclic'` passes over all columns that
   * screening leaves, the plain method.
   */
  readonly algorithm?: LassoAlgorithm;
  /** Whether to fit an intercept, which is not penalised; default true, or as a prepared design was prepared. */
  readonly intercept?: boolean;
  /** Converged once the gap is at most this share of the objective at zero coefficients; >= 0, default 1e-6. */
  readonly tolerance?: number;
  /** Which kernels are to run; default `'auto'`. The answer's bits do not depend on it. */
  readonly backend?: BackendChoice;
}

/** Options of a single fit. */
export interface LassoOptions extends LassoCommonOptions, RunOptions<LassoState> {
  /**
   * Weight of the penalty, in the units of the objective per sample; >= 0. With 0 the certificate only closes where
   * A'r = 0 holds to the last bit, so such a run ends as `max-iterations` or `stalled` unless the fit is perfect.
   */
  readonly lambda: number;
  /** Coefficients to start from, length n, finite; default all 0. */
  readonly initial?: ArrayLike<number>;
}

/** Options of a single fit that have no default. */
type Absent =
  | 'lambda'
  | 'intercept'
  | 'initial'
  | 'signal'
  | 'onIteration'
  | Exclude<keyof ModelOptions, 'standardize'>;

/** The default of every option of a single fit; `lambda` has none. */
export const LASSO_DEFAULTS: Settings<LassoOptions, Absent> = Object.freeze({
  ...MODEL_DEFAULTS,
  lambda: undefined,
  algorithm: 'working-set',
  intercept: undefined,
  tolerance: 1e-6,
  maxIterations: 1000,
  timeLimitMs: Infinity,
  signal: undefined,
  onIteration: undefined,
  historyEvery: 1,
  initial: undefined,
  backend: 'auto',
});

/** The options that single fits and paths share, after defaults. */
export type LassoCommonSettings = Pick<
  LassoSettings,
  keyof ModelOptions | 'algorithm' | 'intercept' | 'tolerance' | 'backend' | 'l1Ratio'
>;

/** The options of a single fit after defaults. */
export type LassoSettings = typeof LASSO_DEFAULTS & {
  readonly lambda: number;
  /** Share of L1 in the penalty, in [0, 1]; the rest is the ridge's. */
  readonly l1Ratio: number;
};

/**
 * Completes and checks the options of a single fit, but for what depends on the design.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @returns every option
 * @throws InvalidInputError `ERR_OPTION` for unknown keys and values out of range
 */
export function lassoSettings(entryPoint: string, options: LassoOptions): LassoSettings {
  const settings = resolveOptions(entryPoint, options, LASSO_DEFAULTS);
  const lambda = requireNumber('options.lambda', settings.lambda, 0);
  checkCommonOptions(settings);
  checkRunOptions(settings);
  return { ...settings, lambda, l1Ratio: 1 };
}

/**
 * Checks the options that fits and paths share, but for what depends on the design.
 *
 * @param settings - options with defaults applied
 * @throws InvalidInputError `ERR_OPTION` for values out of range
 */
export function checkCommonOptions(settings: { readonly algorithm: unknown; readonly tolerance: unknown }): void {
  requireOneOf('options.algorithm', settings.algorithm, ['working-set', 'cyclic']);
  requireNumber('options.tolerance', settings.tolerance, 0);
}

/**
 * Reads initial coefficients.
 *
 * @param initial - what the caller gave
 * @param cols - columns of A
 * @param shape - bounds that they have to respect
 * @returns a copy, or undefined when none were given
 * @throws DimensionError, InvalidInputError when they are no such vector
 */
export function initialCoefficients(
  initial: ArrayLike<number> | undefined,
  cols: number,
  shape: PenaltyShape,
): Float64Array | undefined {
  if (initial === undefined) return undefined;
  const start = requireVector('options.initial', initial, cols, 'columns of A');
  const { lower, upper } = shape;
  for (let j = 0; j < cols; j++) {
    const [least, most] = [lower?.[j] ?? -Infinity, upper?.[j] ?? Infinity];
    if (start[j] >= least && start[j] <= most) continue;
    throw refusal(`options.initial[${j}]`, `a number within its bounds [${least}, ${most}]`, start[j]);
  }
  return start;
}

/**
 * Whether a run needs room for a penalty that is not uniform or has a ridge.
 *
 * @param settings - options with defaults applied
 * @returns true unless the penalty is a multiple of the L1 norm
 */
export function isPenalised(settings: LassoCommonSettings): boolean {
  return settings.l1Ratio < 1 || isShaped(settings);
}
