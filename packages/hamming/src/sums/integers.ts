import {
  type AbortSignalLike,
  DimensionError,
  refusal,
  requireVector,
  resolveOptions,
  type Settings,
} from '@lemmata/core';
import { checkSignal } from '../one-shot.js';

/** What functions of integers accept. */
export interface IntegerOptions {
  /** Ends the call by throwing the signal's reason; a timer or event can abort it only while an async call runs. */
  readonly signal?: AbortSignalLike;
}

const DEFAULTS: Settings<IntegerOptions, 'signal'> = Object.freeze({ signal: undefined });

/**
 * Completes and checks options.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @returns every option
 * @throws InvalidInputError `ERR_OPTION` for unknown keys and values out of range
 */
export function integerSettings(entryPoint: string, options: IntegerOptions | undefined): typeof DEFAULTS {
  const settings = resolveOptions(entryPoint, options, DEFAULTS);
  checkSignal(settings.signal);
  return settings;
}

/**
 * Reads integers and copies them.
 *
 * @param argument - name for the message
 * @param value - what the caller gave
 * @param min - smallest accepted integer, default -(2^53 - 1)
 * @param max - largest accepted integer, default 2^53 - 1
 * @returns a new array
 * @throws InvalidInputError for anything but an array of such integers, with the index of what is none
 */
export function readIntegers(
  argument: string,
  value: unknown,
  min: number = -Number.MAX_SAFE_INTEGER,
  max: number = Number.MAX_SAFE_INTEGER,
): Float64Array {
  const numbers = requireVector(argument, value);
  for (let i = 0; i < numbers.length; i++) {
    const entry = numbers[i];
    if (!Number.isSafeInteger(entry) || entry < min || entry > max) {
      throw refusal(`${argument}[${i}]`, `an integer in [${min}, ${max}]`, entry);
    }
  }
  return numbers;
}

/**
 * Requires that a pattern is not empty.
 *
 * @param argument - name for the message
 * @param length - number of its entries
 * @throws DimensionError when there are none
 */
export function requireEntries(argument: string, length: number): void {
  if (length > 0) return;
  throw new DimensionError(`${argument}: expected at least one entry, got none`, { argument, expected: 1, actual: 0 });
}
