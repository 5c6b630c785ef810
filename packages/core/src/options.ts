import { refusal } from './checks.js';
import { InvalidInputError } from './errors.js';

/** The options `O` after defaults: keys in `Absent` have no default and may stay undefined, all others are present. */
export type Settings<O extends object, Absent extends keyof O = never> = {
  readonly [K in keyof O]-?: K extends Absent ? O[K] | undefined : Exclude<O[K], undefined>;
};

/**
 * Completes an options object with defaults and refuses keys that do not exist.
 *
 * @param entryPoint - name of the function that takes the options, for the message
 * @param options - what the caller gave; undefined members count as not given
 * @param defaults - every key that exists, with its default (undefined where there is none)
 * @returns a new object with every key of `defaults`
 * @throws InvalidInputError `ERR_OPTION` for an unknown key or anything that is not an object
 */
export function resolveOptions<S extends object>(
  entryPoint: string,
  options: { readonly [K in keyof S]?: S[K] | undefined } | undefined,
  defaults: S,
): S {
  if (options === undefined) return { ...defaults };
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw refusal('options', 'an object', options, 'ERR_OPTION');
  }
  const settings = { ...defaults };
  for (const key of Object.keys(options) as (keyof S & string)[]) {
    if (!Object.hasOwn(defaults, key)) {
      const expected = Object.keys(defaults).sort();
      throw new InvalidInputError(
        `options.${key}: expected one of the options of ${entryPoint} (${expected.join(', ')}), got an unknown key`,
        'ERR_OPTION',
        { argument: `options.${key}`, expected, actual: key },
      );
    }
    const value = options[key];
    if (value !== undefined) settings[key] = value as S[keyof S & string];
  }
  return settings;
}
