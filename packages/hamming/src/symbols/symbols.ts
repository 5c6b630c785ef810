import { InvalidInputError, refusal } from '@lemmata/core';

/** A sequence of symbols: a string, or integers in [0, 2^32) in a typed array of 8, 16 or 32 bits or a plain array. */
export type Symbols = string | Uint8Array | Uint16Array | Uint32Array | Int32Array | readonly number[];

/** What strings are taken by, and positions in them counted in: UTF-16 code units, code points, or bytes of UTF-8. */
export type Unit = 'codeUnit' | 'codePoint' | 'utf8';

/** Symbols as numbers. */
export type Codes = Uint8Array | Uint16Array | Uint32Array;

/** Largest symbol. */
const LARGEST_SYMBOL = 4294967295;

/**
 * Reads symbols as numbers; typed arrays are not copied.
 *
 * @param argument - name for the message
 * @param value - what the caller gave
 * @param unit - what strings are taken by
 * @returns one number a symbol; bytes for strings whose code units all fit
 * @throws InvalidInputError `ERR_INPUT` for anything but symbols, with the index of what is none
 */
export function readSymbols(argument: string, value: unknown, unit: Unit = 'codeUnit'): Codes {
  if (value instanceof Uint8Array || value instanceof Uint16Array || value instanceof Uint32Array) return value;
  if (value instanceof Int32Array) {
    const negative = value.findIndex((symbol) => symbol < 0);
    if (negative >= 0) throw noSymbol(argument, negative, value[negative]);
    return new Uint32Array(value.buffer, value.byteOffset, value.length);
  }
  if (Array.isArray(value)) return fromNumbers(argument, value);
  if (typeof value !== 'string') {
    throw refusal(argument, 'a string, a Uint8Array, Uint16Array, Uint32Array or Int32Array, or an array', value);
  }
  if (unit === 'codePoint') return codePoints(value);
  if (unit === 'utf8') return utf8Bytes(argument, value);
  const bytes = new Uint8Array(value.length);
  for (let i = 0; i < bytes.length; i++) {
    const code = value.charCodeAt(i);
    if (code > 255) return codeUnits(value);
    bytes[i] = code;
  }
  return bytes;
}

function noSymbol(argument: string, index: number, symbol: unknown): InvalidInputError {
  return refusal(`${argument}[${index}]`, `an integer in [0, ${LARGEST_SYMBOL}]`, symbol, 'ERR_INPUT');
}

function fromNumbers(argument: string, numbers: readonly unknown[]): Codes {
  let largest = 0;
  for (let i = 0; i < numbers.length; i++) {
    const symbol = numbers[i];
    if (typeof symbol !== 'number' || symbol >>> 0 !== symbol) throw noSymbol(argument, i, symbol);
    if (symbol > largest) largest = symbol;
  }
  const codes = narrowest(largest, numbers.length);
  codes.set(numbers as number[]);
  return codes;
}

/** A half of a pair that stands alone is a code point of its own. */
function codePoints(text: string): Codes {
  const points = new Uint32Array(text.length);
  let size = 0;
  let largest = 0;
  for (const character of text) {
    const point = character.codePointAt(0) as number;
    points[size++] = point;
    if (point > largest) largest = point;
  }
  const codes = narrowest(largest, size);
  codes.set(points.subarray(0, size));
  return codes;
}

function utf8Bytes(argument: string, text: string): Uint8Array {
  let index = 0;
  for (const character of text) {
    const alone = character.length === 1 && character >= '\ud800' && character <= '\udfff';
    if (alone)
      throw refusal(`${argument}[${index}]`, 'a character, to be written in UTF-8', 'half of one', 'ERR_INPUT');
    index += character.length;
  }
  return new TextEncoder().encode(text);
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
