import { InvalidInputError, refusal } from '@lemmata/core';

/** A sequence of symbols: the code units of a string, or unsigned integers of 8, 16 or 32 bits. */
export type Symbols = string | Uint8Array | Uint16Array | Uint32Array;

/** Symbols as numbers. */
export type Codes = Uint8Array | Uint16Array | Uint32Array;

/**
 * Reads symbols as numbers; arrays are not copied.
 *
 * @param argument - name for the message
 * @param value - what the caller gave
 * @returns one number a symbol; bytes for strings whose code units all fit
 * @throws InvalidInputError `ERR_INPUT` for anything but symbols
 */
export function readSymbols(argument: string, value: unknown): Codes {
  if (value instanceof Uint8Array || value instanceof Uint16Array || value instanceof Uint32Array) return value;
  if (typeof value !== 'string') {
    throw refusal(argument, 'a string, a Uint8Array, a Uint16Array or a Uint32Array', value);
  }
  const bytes = new Uint8Array(value.length);
  for (let i = 0; i < bytes.length; i++) {
    const unit = value.charCodeAt(i);
    if (unit > 255) return codeUnits(value);
    bytes[i] = unit;
  }
  return bytes;
}

function codeUnits(text: string): Uint16Array {
  const codes = new Uint16Array(text.length);
  for (let i = 0; i < codes.length; i++) codes[i] = text.charCodeAt(i);
  return codes;
}

/**
 * Makes the narrowest array for numbers up to a bound.
 *
 * @param bound - largest number it will hold
 * @param length - number of entries
 * @returns the array, all 0
 */
export function narrowest(bound: number, length: number): Codes {
  if (bound <= 255) return new Uint8Array(length);
  return bound <= 65535 ? new Uint16Array(length) : new Uint32Array(length);
}

/**
 * Requires that two sequences are both strings or both arrays: a code unit is no number of the caller's.
 *
 * @param first - name and value of the one
 * @param second - name and value of the other
 * @throws InvalidInputError `ERR_INCOMPATIBLE` when they are mixed
 */
export function requireSameKind(
  first: readonly [name: string, isText: boolean],
  second: readonly [name: string, isText: boolean],
): void {
  if (first[1] === second[1]) return;
  const kind = (isText: boolean): string => (isText ? 'a string' : 'an array');
  throw new InvalidInputError(
    `${first[0]}: expected ${kind(second[1])} (as ${second[0]} is), got ${kind(first[1])}`,
    'ERR_INCOMPATIBLE',
    { argument: first[0], expected: kind(second[1]), actual: kind(first[1]) },
  );
}
