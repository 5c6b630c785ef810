import { checkRunOptions, type RunOptions, requireNumber, resolveOptions, type Settings } from '@lemmata/core';
import { LASSO_DEFAULTS, type LassoOptions, type LassoSettings, type LassoState } from './lasso-options.js';
import {
  LASSO_PATH_DEFAULTS,
  type LassoPathOptions,
  type LassoPathSettings,
  lassoPathSettings,
  requireGrid,
} from './lasso-path-options.js';
import type { ModelOptions } from './model-options.js';

/** Options of a single logistic regression, and of other losses of rows. */
export interface LogisticOptions extends Omit<LassoOptions, 'algorithm'>, RunOptions<LassoState> {
  /** Share of L1 in the penalty, in [0, 1]: 1, the default, is L1 alone, 0 the ridge alone. */
  readonly l1Ratio?: number;
}

/** Options of a path of logistic regressions, and of other losses of rows. */
export interface LogisticPathOptions extends Omit<LassoPathOptions, 'algorithm'> {
  /** Share of L1 in the penalty, in [0, 1]; with 0 there is no default grid, so give `lambdas`. Default 1. */
  readonly l1Ratio?: number;
}

type Absent =
  | 'lambda'
  | 'intercept'
  | 'initial'
  | 'signal'
  | 'onIteration'
  | Exclude<keyof ModelOptions, 'standardize'>;

const { algorithm: ALGORITHM, ...REST } = LASSO_DEFAULTS;

/** The default of every option of a single fit. */
export const LOGISTIC_DEFAULTS: Settings<LogisticOptions, Absent> = Object.freeze({ ...REST, l1Ratio: 1 });

const { algorithm: _, ...PATH_REST } = LASSO_PATH_DEFAULTS;

/** The default of every option of a path. */
export const LOGISTIC_PATH_DEFAULTS: Omit<typeof LASSO_PATH_DEFAULTS, 'algorithm'> & { readonly l1Ratio: number } =
  Object.freeze({
    ...PATH_REST,
    l1Ratio: 1,
  });

/**
 * Completes and checks the options of a single fit.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @returns every option
 * @throws InvalidInputError `ERR_OPTION` for unknown keys and values out of range
 */
export function logisticSettings(entryPoint: string, options: LogisticOptions): LassoSettings {
  const settings = resolveOptions(entryPoint, options, LOGISTIC_DEFAULTS);
  const lambda = requireNumber('options.lambda', settings.lambda, 0);
  requireNumber('options.tolerance', settings.tolerance, 0);
  requireNumber('options.l1Ratio', settings.l1Ratio, 0, 1);
  checkRunOptions(settings);
  return { ...settings, lambda, algorithm: ALGORITHM };
}

/**
 * Completes and checks the options of a path.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @returns every option
 * @throws InvalidInputError as `lassoPathSettings`
 */
export function logisticPathSettings(entryPoint: string, options: LogisticPathOptions | undefined): LassoPathSettings {
  // Unknown keys, `algorithm` among them, are refused here; the rest is that of least squares.
  const { l1Ratio, ...rest } = resolveOptions(entryPoint, options, LOGISTIC_PATH_DEFAULTS);
  requireNumber('options.l1Ratio', l1Ratio, 0, 1);
  const settings = lassoPathSettings(entryPoint, rest as LassoPathOptions);
  if (l1Ratio === 0) requireGrid(settings.lambdas);
  return { ...settings, l1Ratio };
}
