import {
  checkRunOptions,
  InvalidInputError,
  type RunOptions,
  refusal,
  requireInteger,
  requireNumber,
  requireVector,
  resolveOptions,
  type Settings,
} from '@lemmata/core';
import { checkCommonOptions, LASSO_DEFAULTS, type LassoCommonOptions } from './lasso-options.js';
import { MODEL_DEFAULTS, type ModelOptions } from './model-options.js';

/** What `onIteration` of a path shows: one live object, updated in place after every lambda. */
export interface LassoPathState {
  /** Lambdas finished; the first state has 1. */
  iteration: number;
  /** The lambda just finished, >= 0. */
  lambda: number;
  /** Objective per sample at this lambda. */
  objective: number;
  /** Duality gap per sample at this lambda, >= 0. */
  gap: number;
  /** `gap` relative to the objective at zero coefficients; unitless, >= 0. */
  relativeGap: number;
  /** Nonzero coefficients at this lambda, a count. */
  nonzeros: number;
  /** Products or updates with one column since the start of the path, a count. */
  columnTouches: number;
  /** Coefficients at this lambda, length n; the same array every time. */
  readonly coefficients: Float64Array;
}

/** Names of the numbers of a {@link LassoPathState} that a history keeps. */
export type LassoPathColumn = 'lambda' | 'objective' | 'gap' | 'relativeGap' | 'nonzeros' | 'columnTouches';

/** What every path accepts of its lambdas and its run; `maxIterations` holds for every lambda, other limits for all. */
export interface PathOptions extends RunOptions<LassoPathState> {
  /** The lambdas, >= 0, finite, strictly falling; default a geometric grid from `lambdaMax` down. */
  readonly lambdas?: ArrayLike<number>;
  /** Length of the default grid, an integer >= 1; default 100. Not together with `lambdas`. */
  readonly numLambdas?: number;
  /** Last lambda of the default grid over the first, in (0, 1); default 0.01 if m < n, else 0.001. Not with `lambdas`. */
  readonly minRatio?: number;
  /** Ends the path after the first lambda with more nonzero coefficients than this, an integer >= 0; default none. */
  readonly maxNonzeros?: number;
  /**
   * Ends the path after the first lambda whose deviance ratio is less than this share of itself above the one before, in
   * [0, 1]; default none.
   */
  readonly minDevianceChange?: number;
  /** Ends the path after the first lambda with a deviance ratio above this, in [0, 1]; default none. */
  readonly maxDevianceRatio?: number;
}

/** Options of a path; `tolerance` holds for every lambda. */
export interface LassoPathOptions extends LassoCommonOptions, PathOptions {}

type OptionalPath = 'signal' | 'onIteration' | keyof Omit<PathOptions, keyof RunOptions<LassoPathState>>;

/** The default of every option of lambdas and run. */
export const PATH_DEFAULTS: Settings<PathOptions, OptionalPath> = Object.freeze({
  maxIterations: LASSO_DEFAULTS.maxIterations,
  timeLimitMs: LASSO_DEFAULTS.timeLimitMs,
  signal: undefined,
  onIteration: undefined,
  historyEvery: LASSO_DEFAULTS.historyEvery,
  lambdas: undefined,
  numLambdas: undefined,
  minRatio: undefined,
  maxNonzeros: undefined,
  minDevianceChange: undefined,
  maxDevianceRatio: undefined,
});

/** Lambdas and run of a path after defaults; the grid as a copy, if it was given. */
export type PathSettings = Omit<typeof PATH_DEFAULTS, 'lambdas'> & { readonly lambdas: Float64Array | undefined };

/** The default of every option of a path. */
export const LASSO_PATH_DEFAULTS: Settings<
  LassoPathOptions,
  'intercept' | OptionalPath | Exclude<keyof ModelOptions, 'standardize'>
> = Object.freeze({
  ...MODEL_DEFAULTS,
  ...PATH_DEFAULTS,
  algorithm: LASSO_DEFAULTS.algorithm,
  intercept: undefined,
  tolerance: LASSO_DEFAULTS.tolerance,
  backend: LASSO_DEFAULTS.backend,
});

/** Length of the default grid. */
export const GRID_LENGTH = 100;

/** The options of a path after defaults; the grid as a copy, if it was given. */
export type LassoPathSettings = Omit<typeof LASSO_PATH_DEFAULTS, 'lambdas'> & {
  readonly lambdas: Float64Array | undefined;
  /** Share of L1 in the penalty, in [0, 1]; the rest is the ridge's. */
  readonly l1Ratio: number;
};

/**
 * Completes and checks the options of a path.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @returns every option
 * @throws InvalidInputError `ERR_OPTION` for unknown keys and values out of range, `ERR_INCOMPATIBLE` for a grid given
 * both ways
 */
export function lassoPathSettings(entryPoint: string, options: LassoPathOptions | undefined): LassoPathSettings {
  const settings = resolveOptions(entryPoint, options, LASSO_PATH_DEFAULTS);
  checkCommonOptions(settings);
  return { ...settings, lambdas: checkPath(settings), l1Ratio: 1 };
}

/**
 * Checks lambdas and run of a path.
 *
 * @param settings - options with defaults applied
 * @returns the lambdas as a copy, if they were given
 * @throws InvalidInputError `ERR_OPTION` for values out of range, `ERR_INCOMPATIBLE` for a grid given both ways
 */
export function checkPath(settings: typeof PATH_DEFAULTS): Float64Array | undefined {
  checkRunOptions(settings);
  const { numLambdas, minRatio } = settings;
  if (numLambdas !== undefined) requireInteger('options.numLambdas', numLambdas, 1);
  if (minRatio !== undefined) requireNumber('options.minRatio', minRatio, Number.MIN_VALUE, 1 - Number.EPSILON / 2);
  const { maxNonzeros, minDevianceChange, maxDevianceRatio } = settings;
  if (maxNonzeros !== undefined) requireInteger('options.maxNonzeros', maxNonzeros, 0);
  if (minDevianceChange !== undefined) requireNumber('options.minDevianceChange', minDevianceChange, 0, 1);
  if (maxDevianceRatio !== undefined) requireNumber('options.maxDevianceRatio', maxDevianceRatio, 0, 1);
  if (settings.lambdas === undefined) return undefined;
  for (const name of ['numLambdas', 'minRatio'] as const) {
    if (settings[name] === undefined) continue;
    throw new InvalidInputError(
      `options.${name}: expected it left out where options.lambdas is given, got ${settings[name]}`,
      'ERR_INCOMPATIBLE',
      { argument: `options.${name}`, expected: undefined, actual: settings[name] },
    );
  }
  return fallingLambdas(settings.lambdas);
}

/**
 * Requires a grid where there is no default one.
 *
 * @param lambdas - the grid as given
 * @throws InvalidInputError `ERR_OPTION` when there is none
 */
export function requireGrid(lambdas: Float64Array | undefined): void {
  if (lambdas !== undefined) return;
  throw refusal('options.lambdas', 'lambdas, since with options.l1Ratio 0 no lambda makes all coefficients 0', lambdas);
}

function fallingLambdas(given: ArrayLike<number>): Float64Array {
  const lambdas = requireVector('options.lambdas', given);
  requireInteger('options.lambdas.length', lambdas.length, 1);
  for (let t = 0; t < lambdas.length; t++) {
    if (lambdas[t] >= 0 && (t === 0 || lambdas[t] < lambdas[t - 1])) continue;
    const expected = t === 0 ? 'a number >= 0' : `a number >= 0 and below the one before it (${lambdas[t - 1]})`;
    throw new InvalidInputError(`options.lambdas[${t}]: expected ${expected}, got ${lambdas[t]}`, 'ERR_OPTION', {
      argument: `options.lambdas[${t}]`,
      expected,
      actual: lambdas[t],
      index: t,
    });
  }
  return lambdas;
}
