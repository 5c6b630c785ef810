import { requireNumber, resolveOptions } from '@lemmata/core';
import { LAMBDA_MAX_DEFAULTS, type LambdaMaxOptions, lambdaMaxSettings } from './lambda-max.js';
import type { LassoCommonSettings, LassoSettings } from './lasso-options.js';
import type { LassoPathSettings } from './lasso-path-options.js';
import {
  LOGISTIC_DEFAULTS,
  LOGISTIC_PATH_DEFAULTS,
  type LogisticOptions,
  type LogisticPathOptions,
  logisticPathSettings,
  logisticSettings,
} from './logistic-options.js';

/** Where Huber's loss turns straight. */
export interface HuberLossOptions {
  /**
   * Size of a residual beyond which the loss is linear, finite, > 0, in the units of b; default 1.35. That is for errors of
   * standard deviation 1, of which it keeps 95% of the efficiency of least squares if they are normal: for others give 1.35
   * times their standard deviation.
   */
  readonly epsilon?: number;
}

/** Options of a single Huber regression. */
export interface HuberRegressionOptions extends LogisticOptions, HuberLossOptions {}

/** Options of a path of Huber regressions. */
export interface HuberRegressionPathOptions extends LogisticPathOptions, HuberLossOptions {}

/** Options of the largest lambda of a Huber regression. */
export interface HuberRegressionLambdaMaxOptions extends LambdaMaxOptions, HuberLossOptions {}

/** Options after defaults, with the threshold of the loss beside those of any loss. */
interface Split<Settings> {
  readonly epsilon: number;
  readonly settings: Settings;
}

const EPSILON = 1.35;

function checked(epsilon: number): number {
  return requireNumber('options.epsilon', epsilon, Number.MIN_VALUE);
}

/**
 * Completes and checks the options of a single fit.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @returns every option
 * @throws InvalidInputError `ERR_OPTION` for unknown keys and values out of range
 */
export function huberSettings(entryPoint: string, options: HuberRegressionOptions): Split<LassoSettings> {
  const { epsilon, ...rest } = resolveOptions(entryPoint, options, { ...LOGISTIC_DEFAULTS, epsilon: EPSILON });
  return { epsilon: checked(epsilon), settings: logisticSettings(entryPoint, rest as unknown as LogisticOptions) };
}

/**
 * Completes and checks the options of a path.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @returns every option
 * @throws InvalidInputError as `logisticPathSettings`
 */
export function huberPathSettings(
  entryPoint: string,
  options: HuberRegressionPathOptions | undefined,
): Split<LassoPathSettings> {
  const { epsilon, ...rest } = resolveOptions(entryPoint, options, { ...LOGISTIC_PATH_DEFAULTS, epsilon: EPSILON });
  return { epsilon: checked(epsilon), settings: logisticPathSettings(entryPoint, rest as LogisticPathOptions) };
}

/**
 * Completes and checks the options of a largest lambda.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @returns every option
 * @throws InvalidInputError `ERR_OPTION` for unknown keys and values out of range
 */
export function huberLambdaMaxSettings(
  entryPoint: string,
  options: HuberRegressionLambdaMaxOptions | undefined,
): Split<LassoCommonSettings> {
  const { epsilon, ...rest } = resolveOptions(entryPoint, options, { ...LAMBDA_MAX_DEFAULTS, epsilon: EPSILON });
  return { epsilon: checked(epsilon), settings: lambdaMaxSettings(entryPoint, rest as LambdaMaxOptions) };
}
