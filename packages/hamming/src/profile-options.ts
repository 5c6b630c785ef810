import {
  type AbortSignalLike,
  type BackendChoice,
  requireOneOf,
  resolveOptions,
  type Settings,
  seedString,
} from '@lemmata/core';
import { checkSignal } from './one-shot.js';
import type { ExactMethod } from './rules/cost-model.js';
import { type CostTable, requireCosts } from './rules/cost-table.js';

/** What every function that compares a text with a pattern accepts. */
export interface ComparisonOptions {
  /**
   * Exact method, default `'auto'`: the cheapest by counted operations of those that are not taken by name only
   * (`'periodic'`, `'las-vegas'`, `'deterministic'`). All methods give the same distances.
   */
  readonly method?: ExactMethod | 'auto';
  /**
   * Precision of the transforms: `'f64'`, `'f32'` wherever it is certified (else f64), or `'auto'` (the default): f32 where
   * it is certified for any text and runs in WebAssembly.
   */
  readonly precision?: 'auto' | 'f32' | 'f64';
  /** Kernels of lanes, planes and transforms, default `'auto'`. Results do not depend on it. */
  readonly backend?: BackendChoice;
  /** What `'auto'` chooses by, from `calibrate()`; default the table that comes with the package. Results do not depend on it. */
  readonly costs?: CostTable;
  /** Seed of the primes of `'las-vegas'` and of the maps of the filter `'bounded'`, default 0. Distances do not depend on it, counts do. */
  readonly seed?: number | string;
  /** Ends the call by throwing the signal's reason; a timer or event can abort it only while an async call runs. */
  readonly signal?: AbortSignalLike;
}

/** The default of every option of a profile. */
export const PROFILE_DEFAULTS: Settings<ComparisonOptions, 'signal' | 'costs'> = Object.freeze({
  method: 'auto',
  precision: 'auto',
  backend: 'auto',
  costs: undefined,
  seed: 0,
  signal: undefined,
});

/** The options of a comparison after defaults. */
export type ProfileSettings = typeof PROFILE_DEFAULTS;

/**
 * Completes and checks the options of a profile.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @returns every option
 * @throws InvalidInputError `ERR_OPTION` for unknown keys and values out of range
 */
export function profileSettings(entryPoint: string, options: ComparisonOptions | undefined): ProfileSettings {
  const settings = resolveOptions(entryPoint, options, PROFILE_DEFAULTS);
  checkComparison(settings);
  return settings;
}

/**
 * Checks the options that all comparisons share.
 *
 * @param settings - options with defaults applied
 * @throws InvalidInputError `ERR_OPTION` for values out of range
 */
export function checkComparison(settings: ProfileSettings): void {
  requireOneOf('options.method', settings.method, [
    'auto',
    'bytes',
    'sliced',
    'fft',
    'heavy-light',
    'marking',
    'periodic',
    'las-vegas',
    'deterministic',
  ]);
  requireOneOf('options.precision', settings.precision, ['auto', 'f32', 'f64']);
  requireOneOf('options.backend', settings.backend, ['auto', 'js', 'wasm']);
  if (settings.costs !== undefined) requireCosts('options.costs', settings.costs);
  seedString(settings.seed);
  checkSignal(settings.signal);
}
