import {
  refusal,
  requireInteger,
  requireNumber,
  requireOneOf,
  resolveOptions,
  type Settings,
  seedString,
} from '@lemmata/core';
import { incompatible } from './incompatible.js';
import { type ComparisonOptions, checkComparison, PROFILE_DEFAULTS } from './profile-options.js';

/** Ways to estimate distances. */
export type ApproximateMethod = 'projection' | 'karloff' | 'sampling' | 'hybrid' | 'equality-products';

/** What an approximate profile accepts. */
export interface ApproximateOptions extends Omit<ComparisonOptions, 'method'> {
  /**
   * Estimator, default `'projection'`: the largest distance between images of text and pattern under maps to ceil(2 /
   * epsilon) letters. `'karloff'` takes maps to 2 letters, many more of them; `'sampling'` compares some positions of the
   * pattern only; `'hybrid'` does so and counts exactly where the sample is too small to tell;
   * `'equality-products'` counts frequent letters and pieces with many matches exactly and samples what is left.
   */
  readonly method?: ApproximateMethod;
  /** Largest relative error, in (0, 1), default 0.1; for `'sampling'` the half-width of intervals as a share of all positions. */
  readonly epsilon?: number;
  /** Probability that any distance lies outside its interval, in (0, 1), default 0.001. Decides the maps or samples. */
  readonly delta?: number;
  /** Number of maps, an integer >= 1, instead of `delta`; `confidence` then says what they are worth. Not for samples. */
  readonly repetitions?: number;
  /** Seed of the maps and samples, default 0. */
  readonly seed?: number | string;
}

/** The default of every option of an approximate profile; `delta` is 0.001 unless `repetitions` is given. */
const APPROXIMATE_DEFAULTS: Settings<ApproximateOptions, 'signal' | 'costs' | 'delta' | 'repetitions'> = Object.freeze({
  ...PROFILE_DEFAULTS,
  method: 'projection',
  epsilon: 0.1,
  delta: undefined,
  repetitions: undefined,
  seed: 0,
});

/** The options of an approximate profile after defaults. */
export interface ApproximateSettings extends Omit<typeof APPROXIMATE_DEFAULTS, 'method' | 'seed' | 'delta'> {
  /** The estimator. */
  readonly estimator: ApproximateMethod;
  /** Method of the exact profiles that the estimators build on. */
  readonly method: 'auto';
  /** Probability of failure that is asked for. */
  readonly delta: number;
  /** The seed as a string. */
  readonly seed: string;
}

function requireFraction(argument: string, value: unknown): number {
  const number = requireNumber(argument, value);
  if (number > 0 && number < 1) return number;
  throw refusal(argument, 'a number in (0, 1), ends excluded', value);
}

/**
 * Completes and checks the options of an approximate profile.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @returns every option
 * @throws InvalidInputError `ERR_OPTION` for unknown keys and values out of range, `ERR_INCOMPATIBLE` for `delta` beside
 * `repetitions` and for `repetitions` of samples
 */
export function approximateSettings(entryPoint: string, options: ApproximateOptions | undefined): ApproximateSettings {
  const { method: estimator, ...given } = resolveOptions(entryPoint, options, APPROXIMATE_DEFAULTS);
  requireOneOf('options.method', estimator, ['projection', 'karloff', 'sampling', 'hybrid', 'equality-products']);
  const settings = { ...given, estimator, method: 'auto' as const };
  checkComparison(settings);
  requireFraction('options.epsilon', settings.epsilon);
  const { delta, repetitions } = settings;
  if (delta !== undefined) requireFraction('options.delta', delta);
  if (repetitions !== undefined) requireInteger('options.repetitions', repetitions, 1, 1000);
  if (delta !== undefined && repetitions !== undefined) {
    throw incompatible('options.delta', 'none beside options.repetitions', delta);
  }
  if (repetitions !== undefined && estimator !== 'projection' && estimator !== 'karloff') {
    throw incompatible('options.repetitions', `none for '${estimator}'`, repetitions);
  }
  return { ...settings, delta: delta ?? 0.001, seed: seedString(settings.seed) };
}
