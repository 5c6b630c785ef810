import {
  checkRunOptions,
  InvalidInputError,
  type RunOptions,
  requireBoolean,
  requireInteger,
  requireNumber,
  requireOneOf,
  resolveOptions,
  type Settings,
  seedString,
} from '@lemmata/core';
import { innerSteps, SOLVERS } from './complete-matrix-options.js';
import type { CompletionState } from './completion.js';
import type { SolverChoice } from './line-solver.js';
import type { Clipping } from './rules/clip.js';

/** Options of robust alternating minimisation. */
export interface RobustAlternatingMinimizationOptions extends RunOptions<CompletionState> {
  /** Columns of the factors, an integer from 1 to the smaller side of the matrix. */
  readonly rank: number;
  /**
   * Converged when the residual on the observed entries is at most this share of their norm; in (0, 1), default 1e-6.
   * The default of `maxIterations`, the paper's T, is the least integer with 2^-T <= tolerance.
   */
  readonly tolerance?: number;
  /** What of the start is cut off above 2 incoherence sqrt(rank / m): `'entries'` (default), `'rows'` or `'none'`. */
  readonly clip?: Clipping;
  /** The paper's mu: no row of the singular vectors is longer than mu sqrt(rank / m); >= 1; guessed when left out. */
  readonly incoherence?: number;
  /**
   * Whether every half sweep has entries of its own, as the proof wants it; default false. It takes 2T + 1 parts of the
   * data for T rounds, and costs accuracy in practice.
   */
  readonly splitSamples?: boolean;
  /** How rows and columns are solved; default `'pcg'`, inexactly with one preconditioner for all. */
  readonly solver?: SolverChoice;
  /** Steps of conjugate gradients for a row, an integer >= 1, or `'adaptive'` (default): 0.1 residual / kappa. */
  readonly innerSteps?: number | 'adaptive';
  /** Where random numbers come from; default 0. */
  readonly seed?: number | string;
}

/** The default of every option; `rank` has none, and those that depend on others are undefined here. */
export const ROBUST_DEFAULTS: Settings<
  RobustAlternatingMinimizationOptions,
  'rank' | 'incoherence' | 'maxIterations' | 'signal' | 'onIteration'
> = Object.freeze({
  rank: undefined,
  tolerance: 1e-6,
  clip: 'entries',
  incoherence: undefined,
  splitSamples: false,
  solver: 'pcg',
  innerSteps: 'adaptive',
  seed: 0,
  maxIterations: undefined,
  timeLimitMs: Infinity,
  signal: undefined,
  onIteration: undefined,
  historyEvery: 1,
});

/** The options after defaults. */
export type RobustSettings = Settings<
  RobustAlternatingMinimizationOptions,
  'incoherence' | 'signal' | 'onIteration'
> & { readonly seed: string };

/** Most rounds for which samples are split: 2T + 1 parts. */
const MOST_SPLIT_ROUNDS = 1000000;

/**
 * Completes and checks the options, but for what depends on the data.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @returns every option
 * @throws InvalidInputError `ERR_OPTION` for unknown keys and values out of range, `ERR_INCOMPATIBLE` for an
 * incoherence without clipping
 */
export function robustSettings(entryPoint: string, options: RobustAlternatingMinimizationOptions): RobustSettings {
  const given = resolveOptions(entryPoint, options, ROBUST_DEFAULTS);
  const rank = requireInteger('options.rank', given.rank, 1);
  const tolerance = requireNumber('options.tolerance', given.tolerance, Number.MIN_VALUE, 1 - Number.EPSILON);
  const settings = {
    ...given,
    rank,
    tolerance,
    innerSteps: innerSteps(given.innerSteps),
    maxIterations: given.maxIterations ?? roundsFor(tolerance),
    seed: seedString(given.seed),
  };
  requireOneOf('options.clip', settings.clip, ['entries', 'rows', 'none']);
  requireOneOf('options.solver', settings.solver, SOLVERS);
  requireBoolean('options.splitSamples', settings.splitSamples);
  checkRunOptions(settings);
  if (settings.splitSamples) requireInteger('options.maxIterations', settings.maxIterations, 1, MOST_SPLIT_ROUNDS);
  if (settings.incoherence !== undefined) {
    requireNumber('options.incoherence', settings.incoherence, 1);
    if (settings.clip === 'none') {
      throw new InvalidInputError(
        "options.incoherence: expected none with clip 'none', got a number",
        'ERR_INCOMPATIBLE',
        { argument: 'options.incoherence', expected: 'none', actual: settings.incoherence },
      );
    }
  }
  return settings;
}

/** The least T with 2^-T <= tolerance: the rounds of the paper when each halves the distance. */
function roundsFor(tolerance: number): number {
  let rounds = 0;
  for (let left = 1; left > tolerance; left /= 2) rounds++;
  return rounds;
}
