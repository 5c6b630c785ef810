import { checkRunOptions, type RunOptions, requireOneOf, resolveOptions, type Settings } from '@lemmata/core';
import {
  checkInclusionSettings,
  INCLUSION_DEFAULTS,
  type InclusionMethod,
  type InclusionSettings,
  METHODS,
} from '../solve-inclusion-options.js';

/** One live object, updated in place whenever a pair of strategies was certified. */
export interface GameState {
  /** Certified pairs so far; 0 is the start. */
  iteration: number;
  /** Duality gap of the pair certified last, in units of payoff; >= 0 but for rounding. */
  gap: number;
  /** Smallest gap so far. */
  bestGap: number;
  /** Evaluations so far, one for a row and a column of A. */
  evaluations: number;
  /** The strategies certified last, x of length n and then y of length m; the same array every time. */
  readonly strategies: Float64Array;
}

/** Names of the numbers of a {@link GameState} that a history keeps. */
export type GameColumn = 'gap' | 'bestGap' | 'evaluations';

/** Options of `matrixGame`. */
export interface MatrixGameOptions extends RunOptions<GameState> {
  /**
   * How to solve; default `'vr-forb'`. For `'halpern'` and `'vr-halpern'` there is no proof that they converge on games, whose
   * F is not cocoercive; their certificates hold all the same.
   */
  readonly method?: InclusionMethod;
  /** Converged once the duality gap is at most this, in units of payoff; >= 0, default 1e-3. */
  readonly tolerance?: number;
  /** Where to start: x of length n and then y of length m; default uniform strategies. */
  readonly initial?: ArrayLike<number>;
  /** Evaluations after which the run ends, > 0 or Infinity; default 10,000 times the cost of A x and A'y. */
  readonly maxEvaluations?: number;
  /** Seed of coins and draws; default 0. */
  readonly seed?: number | string;
}

/** The default of every option of `matrixGame`. */
export const GAME_DEFAULTS: Settings<MatrixGameOptions, 'initial' | 'maxEvaluations' | 'signal' | 'onIteration'> =
  Object.freeze({
    method: 'vr-forb',
    tolerance: 1e-3,
    initial: undefined,
    maxIterations: 1e9,
    maxEvaluations: undefined,
    timeLimitMs: Infinity,
    signal: undefined,
    onIteration: undefined,
    historyEvery: 1,
    seed: 0,
  });

/**
 * Completes and checks the options of a game.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @returns every option
 * @throws InvalidInputError `ERR_OPTION` for unknown keys and values out of range
 */
export function gameSettings(entryPoint: string, options: MatrixGameOptions | undefined): typeof GAME_DEFAULTS {
  const settings = resolveOptions(entryPoint, options, GAME_DEFAULTS);
  checkRunOptions(settings);
  requireOneOf('options.method', settings.method, METHODS);
  checkInclusionSettings(inclusionSettingsOf(settings));
  return settings;
}

/**
 * The options of the inclusion behind a game.
 *
 * @param settings - options of the game with defaults applied
 * @returns options of the inclusion
 */
export function inclusionSettingsOf(settings: typeof GAME_DEFAULTS): InclusionSettings {
  const { method, tolerance, initial, maxEvaluations, seed } = settings;
  const { stepSize, batchSize, schedule, restartFactor, innerExponent } = INCLUSION_DEFAULTS;
  const fixed = { stepSize, batchSize, schedule, restartFactor, innerExponent, force: true };
  return { method, tolerance, initial, maxEvaluations, seed, ...fixed };
}
