import {
  checkRunOptions,
  type RunOptions,
  requireInteger,
  requireNumber,
  resolveOptions,
  type Settings,
} from '@lemmata/core';

/** One live object, updated in place after every round. */
export interface LpState {
  /** Rounds of `checkEvery` steps so far; 0 is the start. */
  iteration: number;
  /** Relative primal error of the pair certified last; >= 0. */
  primalError: number;
  /** Relative dual error of the pair certified last; >= 0. */
  dualError: number;
  /** Relative gap between the objectives of the pair certified last; >= 0. */
  gap: number;
  /** Objective of the pair certified last, in the caller's units. */
  objective: number;
  /** Products with A or its transpose so far. */
  matvecs: number;
  /** Restarts so far. */
  restarts: number;
  /** Primal point certified last, length n, in the caller's units; the same array every time. */
  readonly x: Float64Array;
  /** Dual point certified last, length m; the same array every time. */
  readonly y: Float64Array;
}

/** Names of the numbers of an {@link LpState} that a history keeps. */
export type LpColumn = 'primalError' | 'dualError' | 'gap' | 'objective' | 'matvecs' | 'restarts';

/** Options of `solveLP`. */
export interface LpOptions extends RunOptions<LpState> {
  /** Converged once relative primal error, dual error and gap are all at most this; >= 0, default 1e-6. */
  readonly tolerance?: number;
  /** Steps of a round, after which the pair is certified and a restart decided; an integer >= 1, default 40. */
  readonly checkEvery?: number;
  /** Reflection rho in [0, 1]: 1 (default) goes to the reflected point, 0 is Halpern's iteration without reflection. */
  readonly reflection?: number;
  /** x and y to start from, lengths n and m, finite, in the caller's units; default 0. */
  readonly initial?: LpStart;
}

/** Where a linear program's run starts. */
export interface LpStart {
  /** Primal point, length n, finite; moved into its bounds. */
  readonly x: ArrayLike<number>;
  /** Dual point, length m, finite; entries that push from a side that does not exist count as 0. */
  readonly y: ArrayLike<number>;
}

/** The default of every option of `solveLP`. */
export const LP_DEFAULTS: Settings<LpOptions, 'initial' | 'signal' | 'onIteration'> = Object.freeze({
  tolerance: 1e-6,
  checkEvery: 40,
  reflection: 1,
  initial: undefined,
  maxIterations: 5000,
  timeLimitMs: Infinity,
  signal: undefined,
  onIteration: undefined,
  historyEvery: 1,
});

/**
 * Completes and checks the options of a linear program, but for what depends on it.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @returns every option
 * @throws InvalidInputError `ERR_OPTION` for unknown keys and values out of range
 */
export function lpSettings(entryPoint: string, options: LpOptions | undefined): typeof LP_DEFAULTS {
  const settings = resolveOptions(entryPoint, options, LP_DEFAULTS);
  checkRunOptions(settings);
  requireNumber('options.tolerance', settings.tolerance, 0);
  requireInteger('options.checkEvery', settings.checkEvery, 1);
  requireNumber('options.reflection', settings.reflection, 0, 1);
  return settings;
}
