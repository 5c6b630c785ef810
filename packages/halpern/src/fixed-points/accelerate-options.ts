import {
  checkRunOptions,
  type RunOptions,
  refusal,
  requireNumber,
  requireOneOf,
  resolveOptions,
  type Settings,
} from '@lemmata/core';

/**
 * How a fixed point is found.
 *
 * - `'halpern'` for T nonexpansive: z+ = z0 / (k + 2) + (k + 1) / (k + 2) T(z)
 * - `'reflected-halpern'` for T firmly nonexpansive: the same with 2 T(z) - z in place of T(z)
 * - `'picard'` z+ = T(z), for T a contraction or averaged
 */
export type AccelerateMethod = 'halpern' | 'reflected-halpern' | 'picard';

/** One live object, updated in place after every evaluation of the map. */
export interface AccelerateState {
  /** Steps done; 0 is the start. */
  iteration: number;
  /** |z - T(z)| at the current point; >= 0. */
  residual: number;
  /** Smallest residual so far; >= 0. */
  bestResidual: number;
  /** Restarts of the anchor so far. */
  restarts: number;
  /** The current point, length d; the same array every time, a copy of the run's own. */
  readonly x: Float64Array;
}

/** Names of the numbers of an {@link AccelerateState} that a history keeps. */
export type AccelerateColumn = 'residual' | 'bestResidual' | 'restarts';

/** Options of `accelerate`. */
export interface AccelerateOptions extends RunOptions<AccelerateState> {
  /** How to go on; default `'halpern'`. */
  readonly method?: AccelerateMethod;
  /** Converged once |z - T(z)| is at most this; >= 0, default 1e-6. */
  readonly tolerance?: number;
  /** Move the anchor when the residual has fallen to this share, in [0, 1); 0 never; default 0.5. */
  readonly restartFactor?: number;
}

/** The default of every option of `accelerate`. */
export const ACCELERATE_DEFAULTS: Settings<AccelerateOptions, 'signal' | 'onIteration'> = Object.freeze({
  method: 'halpern',
  tolerance: 1e-6,
  restartFactor: 0.5,
  maxIterations: 100000,
  timeLimitMs: Infinity,
  signal: undefined,
  onIteration: undefined,
  historyEvery: 1,
});

/**
 * Completes and checks the options.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @returns every option
 * @throws InvalidInputError `ERR_OPTION` for unknown keys and values out of range
 */
export function accelerateSettings(
  entryPoint: string,
  options: AccelerateOptions | undefined,
): typeof ACCELERATE_DEFAULTS {
  const settings = resolveOptions(entryPoint, options, ACCELERATE_DEFAULTS);
  checkRunOptions(settings);
  requireOneOf('options.method', settings.method, ['halpern', 'reflected-halpern', 'picard']);
  requireNumber('options.tolerance', settings.tolerance, 0);
  requireNumber('options.restartFactor', settings.restartFactor, 0, 1);
  if (settings.restartFactor === 1) throw refusal('options.restartFactor', 'a number in [0, 1)', 1);
  return settings;
}
