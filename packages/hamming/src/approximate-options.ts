import {
  InvalidInputError,
  refusal,
  requireInteger,
  requireNumber,
  resolveOptions,
  type Settings,
  seedString,
} from '@lemmata/core';
import { type ComparisonOptions, checkComparison, PROFILE_DEFAULTS } from './profile-options.js';

/** What an approximate profile accepts. */
export interface ApproximateOptions extends ComparisonOptions {
  /** Largest relative error, in (0, 1), default 0.1: the letters are mapped to ceil(2 / epsilon) images. */
  readonly epsilon?: number;
  /** Probability that any distance lies outside its interval, in (0, 1), default 0.001. Decides the repetitions. */
  readonly delta?: number;
  /** Number of maps, an integer >= 1, instead of `delta`; `confidence` then says what they are worth. */
  readonly repetitions?: number;
  /** Seed of the maps, default 0. */
  readonly seed?: number | string;
}

/** The default of every option of an approximate profile; `delta` is 0.001 unless `repetitions` is given. */
const APPROXIMATE_DEFAULTS: Settings<ApproximateOptions, 'signal' | 'costs' | 'delta' | 'repetitions'> = Object.freeze({
  ...PROFILE_DEFAULTS,
  epsilon: 0.1,
  delta: undefined,
  repetitions: undefined,
  seed: 0,
});

/** The options of an approximate profile after defaults. */
export interface ApproximateSettings extends Omit<typeof APPROXIMATE_DEFAULTS, 'seed' | 'delta'> {
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
 * `repetitions`
 */
export function approximateSettings(entryPoint: string, options: ApproximateOptions | undefined): ApproximateSettings {
  const settings = resolveOptions(entryPoint, options, APPROXIMATE_DEFAULTS);
  checkComparison(settings);
  requireFraction('options.epsilon', settings.epsilon);
  const { delta, repetitions } = settings;
  if (delta !== undefined) requireFraction('options.delta', delta);
  if (repetitions !== undefined) requireInteger('options.repetitions', repetitions, 1, 1000);
  if (delta !== undefined && repetitions !== undefined) {
    throw new InvalidInputError(
      'options.delta: expected none beside options.repetitions, got both',
      'ERR_INCOMPATIBLE',
      {
        argument: 'options.delta',
        expected: 'none beside options.repetitions',
        actual: delta,
      },
    );
  }
  return { ...settings, delta: delta ?? 0.001, seed: seedString(settings.seed) };
}
