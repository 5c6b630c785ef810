import { DimensionError, InvalidInputError } from './errors.js';

/** Says what a value is, in a few words, for the "got" part of an error message. */
function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value === null || typeof value !== 'object') return typeof value === 'function' ? 'a function' : String(value);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return `${value.constructor.name} of length ${(value as unknown as ArrayLike<unknown>).length}`;
  }
  return `an object (${(value as object).constructor?.name ?? 'no prototype'})`;
}

/**
 * Builds the error that refuses an argument: what, expected, got.
 *
 * @param argument - name of the argument as the caller knows it, such as `options.lambda`
 * @param expected - what would have been accepted
 * @param value - what came
 * @param code - `'ERR_OPTION'` for options, `'ERR_INPUT'` for data
 * @returns the error, to be thrown
 */
export function refusal(
  argument: string,
  expected: string,
  value: unknown,
  code: 'ERR_INPUT' | 'ERR_OPTION' = argument.startsWith('options.') ? 'ERR_OPTION' : 'ERR_INPUT',
): InvalidInputError {
  const actual = describe(value);
  return new InvalidInputError(`${argument}: expected ${expected}, got ${actual}`, code, {
    argument,
    expected,
    actual,
  });
}

/**
 * Requires a finite number in [min, max].
 *
 * @param argument - name for the message; names that start with `options.` give `ERR_OPTION`
 * @param value - what came
 * @param min - smallest accepted value, default -Infinity
 * @param max - largest accepted value, default Infinity (which itself is not accepted)
 * @returns the number
 * @throws InvalidInputError when it is not a finite number of the range
 */
export function requireNumber(
  argument: string,
  value: unknown,
  min: number = -Infinity,
  max: number = Infinity,
): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max) return value;
  const range = min === -Infinity && max === Infinity ? '' : max === Infinity ? ` >= ${min}` : ` in [${min}, ${max}]`;
  throw refusal(argument, `a finite number${range}`, value);
}

/**
 * Requires an integer in [min, max].
 *
 * @param argument - name for the message; names that start with `options.` give `ERR_OPTION`
 * @param value - what came
 * @param min - smallest accepted value, default 0
 * @param max - largest accepted value, default 2^53 - 1
 * @returns the integer
 * @throws InvalidInputError when it is not an integer of the range
 */
export function requireInteger(
  argument: string,
  value: unknown,
  min = 0,
  max: number = Number.MAX_SAFE_INTEGER,
): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max) return value;
  throw refusal(
    argument,
    max === Number.MAX_SAFE_INTEGER ? `an integer >= ${min}` : `an integer in [${min}, ${max}]`,
    value,
  );
}

/**
 * Requires one word of a list.
 *
 * @param argument - name for the message
 * @param value - what came
 * @param words - the accepted words
 * @returns the word
 * @throws InvalidInputError when it is none of them
 */
export function requireOneOf<Word extends string>(argument: string, value: unknown, words: readonly Word[]): Word {
  if (words.includes(value as Word)) return value as Word;
  throw refusal(argument, `one of ${words.map((word) => `'${word}'`).join(', ')}`, value);
}

/**
 * Requires a boolean.
 *
 * @param argument - name for the message
 * @param value - what came
 * @returns the boolean
 * @throws InvalidInputError when it is anything else
 */
export function requireBoolean(argument: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw refusal(argument, 'true or false', value);
}

/**
 * Requires a vector of finite numbers and copies it.
 *
 * @param argument - name for the message
 * @param value - a typed array of numbers or an array of numbers
 * @param length - expected length, or undefined when any length will do
 * @param lengthReason - what the length is, such as `'rows of A'`, for the message
 * @returns a new Float64Array
 * @throws DimensionError when the length differs
 * @throws InvalidInputError when it is no such array, or holds NaN, an infinity (with the index) or something else
 */
export function requireVector(argument: string, value: unknown, length?: number, lengthReason?: string): Float64Array {
  const typed = ArrayBuffer.isView(value) && !(value instanceof DataView) && !isBigIntArray(value);
  if (!typed && !Array.isArray(value)) throw refusal(argument, 'an array of numbers', value);
  const source = value as ArrayLike<unknown>;
  if (length !== undefined && source.length !== length) {
    const reason = lengthReason === undefined ? '' : ` (${lengthReason})`;
    throw new DimensionError(`${argument}: expected length ${length}${reason}, got ${source.length}`, {
      argument,
      expected: length,
      actual: source.length,
    });
  }
  const copy = new Float64Array(source.length);
  for (let i = 0; i < copy.length; i++) {
    const entry = source[i];
    if (typeof entry !== 'number' || !Number.isFinite(entry)) throw notFinite(`${argument}[${i}]`, entry, i);
    copy[i] = entry;
  }
  return copy;
}

/**
 * Builds the error for an entry that is not a finite number.
 *
 * @param place - the entry as the caller knows it, such as `A[3][0]`
 * @param value - what stands there
 * @param index - where it stands: an index or a list of indices
 * @returns the error, to be thrown: `ERR_NOT_FINITE` for NaN and infinities, `ERR_INPUT` for anything but a number
 */
export function notFinite(place: string, value: unknown, index: number | readonly number[]): InvalidInputError {
  const actual = describe(value);
  return new InvalidInputError(
    `${place}: expected a finite number, got ${actual}`,
    typeof value === 'number' ? 'ERR_NOT_FINITE' : 'ERR_INPUT',
    { argument: place, expected: 'a finite number', actual, index },
  );
}

function isBigIntArray(value: ArrayBufferView): boolean {
  return value instanceof BigInt64Array || value instanceof BigUint64Array;
}
