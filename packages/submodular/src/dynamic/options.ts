import { refusal, requireInteger, requireNumber, resolveOptions, type Settings, seedString } from '@lemmata/core';

/** Options of a `DynamicSelector`. */
export interface DynamicOptions {
  /** Largest number of elements to show, an integer >= 1. */
  readonly k: number;
  /** Ratio of neighbouring guesses minus 1, in [0.001, 0.5]; default 0.1. The guarantee is 1 / (2 + epsilon). */
  readonly epsilon?: number;
  /**
   * Guesses kept beside those that the guarantee needs, an integer >= 0; default 1. More of them make updates dearer,
   * and swings of the best value cheaper.
   */
  readonly hysteresis?: number;
  /** Seed of the random choices; default 0. */
  readonly seed?: number | string;
}

const DEFAULTS: Settings<DynamicOptions, 'k'> = Object.freeze({ k: undefined, epsilon: 0.1, hysteresis: 1, seed: 0 });

/** The options of a selector after their check. */
export interface DynamicSettings {
  /** Largest size of a solution. */
  readonly k: number;
  /** Ratio of neighbouring guesses minus 1. */
  readonly epsilon: number;
  /** Spare guesses on either side. */
  readonly hysteresis: number;
  /** The seed. */
  readonly seed: string;
}

/**
 * Completes and checks the options of a selector.
 *
 * @param options - what the caller gave
 * @returns every option
 * @throws InvalidInputError `ERR_OPTION` for unknown keys and values out of range
 */
export function dynamicSettings(options: DynamicOptions): DynamicSettings {
  const { k, epsilon, hysteresis, seed } = resolveOptions('DynamicSelector', options, DEFAULTS);
  return {
    k: requireInteger('options.k', k, 1),
    epsilon: requireNumber('options.epsilon', epsilon, 0.001, 0.5),
    hysteresis: requireInteger('options.hysteresis', hysteresis),
    seed: seedString(seed),
  };
}

/** Elements that come and go in one update. */
export interface DynamicUpdate {
  /** Live elements to take out, without repeats. */
  readonly delete?: ArrayLike<number>;
  /** Elements to bring in, without repeats; they are not live, or are deleted by the same update. */
  readonly insert?: ArrayLike<number>;
}

const UPDATE: Settings<DynamicUpdate> = Object.freeze({ delete: [], insert: [] });

/**
 * Completes an update.
 *
 * @param update - what the caller gave
 * @returns both lists, not checked
 * @throws InvalidInputError for anything but an object with `delete` and `insert`
 */
export function updateLists(update: DynamicUpdate): typeof UPDATE {
  if (update === undefined) throw refusal('update', 'an object', update);
  return resolveOptions('update', update, UPDATE);
}
