import { requireBoolean, requireOneOf, resolveOptions, type Settings, seedString } from '@lemmata/core';
import { incompatible } from '../incompatible.js';
import { checkSignal } from '../one-shot.js';
import type { IntegerOptions } from './integers.js';

/** Ways to count the sums of two sets. */
export type SumsetMethod = 'enumerate' | 'transform' | 'sort' | 'xy';

/** What a sumset accepts. */
export interface SumsetOptions extends IntegerOptions {
  /**
   * Method, default `'auto'`: `'enumerate'` for few pairs, `'transform'` for many, `'sort'` for a range of sums above 2^23.
   * `'xy'`, by name only, corrects residues modulo a small prime by short folds. All methods give the same sums.
   */
  readonly method?: SumsetMethod | 'auto';
  /** Whether `'xy'` first multiplies all integers by a random one modulo a prime, default false. For sets with structure. */
  readonly dilate?: boolean;
  /**
   * Whether `'xy'` convolves residues several at a time, as elements of an extension field, default false: the paper's
   * way on a machine with words of log2 U bits, slower on others, and counted in `fieldOperations`.
   */
  readonly packed?: boolean;
  /** Seed of the draws of `'xy'`, default 0. Sums do not depend on it, counts do. */
  readonly seed?: number | string;
}

const SUMSET_DEFAULTS: Settings<SumsetOptions, 'signal'> = Object.freeze({
  method: 'auto',
  dilate: false,
  packed: false,
  seed: 0,
  signal: undefined,
});

/** The options of a sumset after defaults. */
export type SumsetSettings = Omit<typeof SUMSET_DEFAULTS, 'seed'> & { readonly seed: string };

/**
 * Completes and checks the options of a sumset.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @returns every option
 * @throws InvalidInputError `ERR_OPTION` for unknown keys and values out of range, `ERR_INCOMPATIBLE` for `dilate` and
 * `packed` with another method than `'xy'`
 */
export function sumsetSettings(entryPoint: string, options: SumsetOptions | undefined): SumsetSettings {
  const settings = resolveOptions(entryPoint, options, SUMSET_DEFAULTS);
  requireOneOf('options.method', settings.method, ['auto', 'enumerate', 'transform', 'sort', 'xy']);
  checkSignal(settings.signal);
  for (const name of ['dilate', 'packed'] as const) {
    if (requireBoolean(`options.${name}`, settings[name]) && settings.method !== 'xy') {
      throw incompatible(`options.${name}`, "false for any method but 'xy'", 'true');
    }
  }
  return { ...settings, seed: seedString(settings.seed) };
}
