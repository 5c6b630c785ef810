import {
  checkRunOptions,
  type RunOptions,
  refusal,
  requireBoolean,
  requireInteger,
  requireNumber,
  requireOneOf,
  resolveOptions,
  type Settings,
  seedString,
} from '@lemmata/core';

/**
 * How an inclusion is solved.
 *
 * - `'vr-halpern'` Algorithm 1: Halpern's iteration with the PAGE estimator, for F cocoercive on average
 * - `'inexact-halpern'` Algorithm 2: Halpern's iteration on the resolvent of F + G, each found by `'vr-forb'` to an
 *   accuracy that is measured
 * - `'vr-forb'` forward-reflected-backward steps with a snapshot, for F monotone and Lipschitz on average
 * - `'halpern'` Algorithm 1 with F in full at every step, for F cocoercive
 * - `'anchored-gradient'` anchored extragradient steps with one resolvent each, for F monotone and Lipschitz
 * - `'extragradient'` two evaluations in full a step, for F monotone and Lipschitz
 */
export type InclusionMethod =
  | 'vr-halpern'
  | 'inexact-halpern'
  | 'vr-forb'
  | 'halpern'
  | 'anchored-gradient'
  | 'extragradient';

/** All methods, in the order of the documentation. */
export const METHODS: readonly InclusionMethod[] = Object.freeze([
  'vr-halpern',
  'inexact-halpern',
  'vr-forb',
  'halpern',
  'anchored-gradient',
  'extragradient',
]);

/** One live object, updated in place whenever a point was certified. */
export interface InclusionState {
  /** Certified points so far; 0 is the start. */
  iteration: number;
  /** |F(z) + g| with g in G(z), at the point certified last; >= 0. */
  residual: number;
  /** Smallest certified residual so far; >= 0. */
  bestResidual: number;
  /** Component evaluations so far. */
  evaluations: number;
  /** Step size in use, > 0. */
  stepSize: number;
  /** Restarts of the anchor so far. */
  restarts: number;
  /** The point certified last, length d; the same array every time, a copy of the run's own. */
  readonly x: Float64Array;
}

/** Names of the numbers of an {@link InclusionState} that a history keeps. */
export type InclusionColumn = 'residual' | 'bestResidual' | 'evaluations' | 'stepSize' | 'restarts';

/** Options that all solvers of inclusions share. */
export interface InclusionCommonOptions {
  /** How to solve; `'auto'` (default) chooses by what the problem states, and never by time. */
  readonly method?: 'auto' | InclusionMethod;
  /** Where to start, length d, finite; default 0. The start is the resolvent of it. */
  readonly initial?: ArrayLike<number>;
  /**
   * Component evaluations after which the run ends at the next certified point, > 0 or Infinity; default 10,000 times the
   * cost of F in full.
   */
  readonly maxEvaluations?: number;
  /** Step size of the outer iteration, > 0; default by the constants of the problem. */
  readonly stepSize?: number;
  /** Components of one batch of `'vr-halpern'`, an integer in [1, n]; default ceil(sqrt n). */
  readonly batchSize?: number;
  /**
   * `'paper'`: as analysed, without restarts. `'practical'` (default): restarts, and for `'vr-halpern'` and `'halpern'` long
   * steps, with a return to the best point and half the step when the residual has grown tenfold.
   */
  readonly schedule?: 'practical' | 'paper';
  /**
   * Restart the anchored methods (all but `'vr-forb'` and `'extragradient'`) when the certified residual has fallen to this
   * share, in [0, 1); 0 never; default 0.5, with schedule `'paper'` 0.
   */
  readonly restartFactor?: number;
  /**
   * Exponent a of `'inexact-halpern'`, an integer in [1, 8]: the inner residual is at most |u - w| / (k + 2)^a; default 1,
   * 4 is that of the analysis.
   */
  readonly innerExponent?: number;
  /** Run `'vr-halpern'` and `'halpern'` on a problem that states no `cocoercive` constant; default false. */
  readonly force?: boolean;
  /** Seed of coins and draws; default 0. */
  readonly seed?: number | string;
}

/** Options of `solveInclusion`. */
export interface InclusionOptions extends InclusionCommonOptions, RunOptions<InclusionState> {
  /** Converged once the certified residual |F(z) + g| is at most this, in the units of F; >= 0, default 1e-6. */
  readonly tolerance?: number;
}

/** The options that have no default value of their own. */
type Absent = 'initial' | 'maxEvaluations' | 'stepSize' | 'batchSize' | 'restartFactor' | 'signal' | 'onIteration';

/** The default of every option of `solveInclusion`. */
export const INCLUSION_DEFAULTS: Settings<InclusionOptions, Absent> = Object.freeze({
  method: 'auto',
  initial: undefined,
  tolerance: 1e-6,
  maxIterations: 1e9,
  maxEvaluations: undefined,
  timeLimitMs: Infinity,
  signal: undefined,
  onIteration: undefined,
  historyEvery: 1,
  stepSize: undefined,
  batchSize: undefined,
  schedule: 'practical',
  restartFactor: undefined,
  innerExponent: 1,
  force: false,
  seed: 0,
});

/** The options after defaults that the methods read. */
export type InclusionSettings = Settings<
  InclusionCommonOptions,
  'initial' | 'maxEvaluations' | 'stepSize' | 'batchSize' | 'restartFactor'
> & { readonly tolerance: number };

/**
 * Completes and checks options, but for what depends on the problem.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @returns every option
 * @throws InvalidInputError `ERR_OPTION` for unknown keys and values out of range
 */
export function inclusionSettings(
  entryPoint: string,
  options: InclusionOptions | undefined,
): typeof INCLUSION_DEFAULTS {
  const settings = resolveOptions(entryPoint, options, INCLUSION_DEFAULTS);
  checkRunOptions(settings);
  checkInclusionSettings(settings);
  return settings;
}

/**
 * Checks the options that all solvers of inclusions share.
 *
 * @param settings - options with defaults applied
 * @throws InvalidInputError `ERR_OPTION` for values out of range
 */
export function checkInclusionSettings(settings: InclusionSettings): void {
  requireOneOf('options.method', settings.method, ['auto', ...METHODS]);
  requireNumber('options.tolerance', settings.tolerance, 0);
  const { maxEvaluations, stepSize, batchSize, restartFactor } = settings;
  if (maxEvaluations !== undefined && maxEvaluations !== Infinity) {
    requireNumber('options.maxEvaluations', maxEvaluations, Number.MIN_VALUE);
  }
  if (stepSize !== undefined) requireNumber('options.stepSize', stepSize, Number.MIN_VALUE);
  if (batchSize !== undefined) requireInteger('options.batchSize', batchSize, 1);
  requireOneOf('options.schedule', settings.schedule, ['practical', 'paper']);
  if (restartFactor !== undefined) {
    requireNumber('options.restartFactor', restartFactor, 0, 1);
    if (restartFactor === 1) throw refusal('options.restartFactor', 'a number in [0, 1)', restartFactor);
  }
  requireInteger('options.innerExponent', settings.innerExponent, 1, 8);
  requireBoolean('options.force', settings.force);
  seedString(settings.seed);
}
