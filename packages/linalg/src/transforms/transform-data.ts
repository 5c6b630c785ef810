import { DimensionError, InvalidInputError, notFinite, refusal } from '@lemmata/core';
import type { FftNumbers } from '../kernels/fft-kernels.js';
import { requireArray } from '../matrix/check.js';

/**
 * Requires an array of numbers of a given length; its entries are not looked at, but those of a plain array are
 * numbers.
 */
export function requireNumbers(argument: string, value: unknown, length: number, reason: string): ArrayLike<number> {
  const source = requireArray(argument, value);
  if (source.length !== length) throw wrongLength(argument, source.length, length, reason);
  if (Array.isArray(value)) {
    const index = value.findIndex((entry) => typeof entry !== 'number');
    if (index >= 0) throw notFinite(`${argument}[${index}]`, value[index], index);
  }
  return source as ArrayLike<number>;
}

function wrongLength(argument: string, actual: number, expected: number, reason: string): DimensionError {
  return new DimensionError(`${argument}: expected length ${expected} (${reason}), got ${actual}`, {
    argument,
    expected,
    actual,
  });
}

/** Requires that all entries are finite. */
export function requireFinite(argument: string, source: ArrayLike<number>): void {
  for (let k = 0; k < source.length; k++) {
    if (!Number.isFinite(source[k])) throw notFinite(`${argument}[${k}]`, source[k], k);
  }
}

/** The array that a result goes to: the caller's, checked, or a new one. */
export function targetArray<Precision extends keyof FftNumbers>(
  precision: Precision,
  out: FftNumbers[Precision] | undefined,
  length: number,
  reason: string,
): FftNumbers[Precision] {
  const type = precision === 'f64' ? Float64Array : Float32Array;
  if (out === undefined) return new type(length) as FftNumbers[Precision];
  if (!(out instanceof type)) throw refusal('out', `a ${type.name}`, out);
  if (out.length !== length) throw wrongLength('out', out.length, length, reason);
  return out;
}

/** Requires that a prepared object has not been disposed of. */
export function requireOpen(open: boolean): void {
  if (open) return;
  throw new InvalidInputError('transform: expected one that is in use, got a disposed one', 'ERR_STATE', {
    argument: 'transform',
    expected: 'one that is in use',
    actual: 'a disposed one',
  });
}
