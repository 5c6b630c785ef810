import { requireNumber } from '@lemmata/core';
import { type LassoOptions, type LassoSettings, lassoSettings } from './lasso-options.js';
import { type LassoPathOptions, type LassoPathSettings, lassoPathSettings, requireGrid } from './lasso-path-options.js';

/** Options of a single elastic net. */
export interface ElasticNetOptions extends LassoOptions {
  /** Share of L1 in the penalty, in [0, 1]: 1 is the Lasso, 0 ridge regression; default 0.5. */
  readonly l1Ratio?: number;
}

/** Options of a path of elastic nets. */
export interface ElasticNetPathOptions extends LassoPathOptions {
  /** Share of L1 in the penalty, in [0, 1]; with 0 there is no default grid, so give `lambdas`. Default 0.5. */
  readonly l1Ratio?: number;
}

/** The default share of L1. */
const L1_RATIO = 0.5;

/**
 * Completes and checks the options of a single elastic net.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @returns every option
 * @throws InvalidInputError as `lassoSettings`
 */
export function elasticNetSettings(entryPoint: string, options: ElasticNetOptions): LassoSettings {
  const { l1Ratio = L1_RATIO, ...rest } = options ?? {};
  const settings = lassoSettings(entryPoint, options === undefined ? options : (rest as LassoOptions));
  return { ...settings, l1Ratio: requireNumber('options.l1Ratio', l1Ratio, 0, 1) };
}

/**
 * Completes and checks the options of a path of elastic nets.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @returns every option
 * @throws InvalidInputError as `lassoPathSettings`; `ERR_OPTION` for `l1Ratio: 0` without `lambdas`
 */
export function elasticNetPathSettings(
  entryPoint: string,
  options: ElasticNetPathOptions | undefined,
): LassoPathSettings {
  const { l1Ratio = L1_RATIO, ...rest } = options ?? {};
  const settings = lassoPathSettings(entryPoint, options === undefined ? options : rest);
  requireNumber('options.l1Ratio', l1Ratio, 0, 1);
  if (l1Ratio === 0) requireGrid(settings.lambdas);
  return { ...settings, l1Ratio };
}
