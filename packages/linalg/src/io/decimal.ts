import { formatError, quoted, type TextPosition } from './format-error.js';

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const DIGITS = /^\d+$/;

/**
 * Reads a decimal literal of ECMAScript with an optional sign: `1`, `-0.5`, `.5`, `1.`, `2e-7`, and nothing else; no
 * spaces, no `0x`, no `Infinity`, not the empty text.
 *
 * @param text - the text
 * @param place - where it begins, for the error
 * @param where - what it is, such as `as a label`, for the error
 * @returns the nearest double
 * @throws InvalidInputError `ERR_FORMAT` when it is no such literal, or beyond the range of doubles
 */
export function parseDecimal(text: string, place: TextPosition, where: string): number {
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(value)) return value;
  const kind = Number.isNaN(value) ? 'a decimal number' : 'a number in the range of doubles';
  throw formatError(place, `${kind} ${where}`, quoted(text));
}

/**
 * Reads an integer written in digits alone.
 *
 * @param text - the text
 * @param place - where it begins, for the error
 * @param what - what it is, such as `a row`, for the error
 * @param min - smallest accepted value
 * @param max - largest accepted value, at most 2^53 - 1
 * @returns the integer
 * @throws InvalidInputError `ERR_FORMAT` for anything else
 */
export function parseCount(text: string, place: TextPosition, what: string, min: number, max: number): number {
  const value = DIGITS.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw formatError(place, `${what}, an integer in [${min}, ${max}]`, quoted(text));
}

/** The shortest decimal that {@link parseDecimal} reads as the same double, negative zero included. */
export function formatDecimal(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}
