import {
  LASSO_PATH_DEFAULTS,
  type LassoPathOptions,
  type LassoPathSettings,
  lassoPathSettings,
} from '../lasso-path-options.js';

/** What every path on groups accepts about its lambdas and its run. */
export type GroupPathOptions = Pick<
  LassoPathOptions,
  | 'lambdas'
  | 'numLambdas'
  | 'minRatio'
  | 'maxNonzeros'
  | 'minDevianceChange'
  | 'maxDevianceRatio'
  | 'maxIterations'
  | 'timeLimitMs'
  | 'signal'
  | 'onIteration'
  | 'historyEvery'
>;

/** The lambdas and the run of a path after defaults, checked. */
export type GroupPathSettings = Pick<LassoPathSettings, keyof GroupPathOptions>;

const {
  lambdas,
  numLambdas,
  minRatio,
  maxNonzeros,
  minDevianceChange,
  maxDevianceRatio,
  maxIterations,
  timeLimitMs,
  signal,
  onIteration,
  historyEvery,
} = LASSO_PATH_DEFAULTS;

/** Defaults of {@link GroupPathOptions}. */
export const GROUP_PATH_DEFAULTS: Pick<typeof LASSO_PATH_DEFAULTS, keyof GroupPathOptions> = Object.freeze({
  lambdas,
  numLambdas,
  minRatio,
  maxNonzeros,
  minDevianceChange,
  maxDevianceRatio,
  maxIterations,
  timeLimitMs,
  signal,
  onIteration,
  historyEvery,
});

/**
 * Checks lambdas and run of a path.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param settings - options with defaults applied
 * @returns the lambdas as a copy, if they were given
 * @throws InvalidInputError as `lassoPathSettings`
 */
export function checkedLambdas(
  entryPoint: string,
  settings: Pick<typeof LASSO_PATH_DEFAULTS, keyof GroupPathOptions>,
): Float64Array | undefined {
  const part: Record<string, unknown> = {};
  for (const key of Object.keys(GROUP_PATH_DEFAULTS) as (keyof GroupPathOptions)[]) part[key] = settings[key];
  return lassoPathSettings(entryPoint, part as LassoPathOptions).lambdas;
}
