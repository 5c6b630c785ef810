import { InvalidInputError } from './errors.js';

/** Data that JSON can hold. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

function refuse(path: string, expected: string, actual: string): InvalidInputError {
  return new InvalidInputError(`${path}: expected ${expected}, got ${actual}`, 'ERR_INPUT', {
    argument: path,
    expected,
    actual,
  });
}

function canonicalString(text: string, path: string): string {
  if (/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text)) {
    throw refuse(path, 'well-formed Unicode', 'a string with a lone surrogate');
  }
  return JSON.stringify(text);
}

function write(value: unknown, path: string, open: readonly object[]): string {
  switch (typeof value) {
    case 'string':
      return canonicalString(value, path);
    case 'boolean':
      return String(value);
    case 'number':
      if (!Number.isFinite(value)) throw refuse(path, 'a finite number', String(value));
      return JSON.stringify(value);
    case 'object': {
      if (value === null) return 'null';
      if (open.includes(value)) throw refuse(path, 'a tree', 'a cycle');
      const inside = [...open, value];
      if (Array.isArray(value)) {
        // Array.from fills holes with undefined, which is then refused instead of skipped.
        return `[${Array.from(value, (item, i) => write(item, `${path}[${i}]`, inside)).join(',')}]`;
      }
      const prototype = Object.getPrototypeOf(value);
      if (prototype !== null && prototype !== Object.prototype) {
        throw refuse(path, 'plain data', `an instance of ${prototype.constructor?.name ?? 'a class'}`);
      }
      // The default order of sort() is that of UTF-16 code units, as RFC 8785 asks.
      const members = Object.keys(value)
        .sort()
        .map((key) => {
          const member = (value as Record<string, unknown>)[key];
          return `${canonicalString(key, path)}:${write(member, `${path}.${key}`, inside)}`;
        });
      return `{${members.join(',')}}`;
    }
    default:
      throw refuse(path, 'JSON data', typeof value);
  }
}

/**
 * Writes JSON data in the one form that RFC 8785 gives it: sorted keys, no white space, numbers as ECMAScript prints them.
 *
 * Negative zero is written as `0`, as that RFC has it; whoever must keep it stores it as a string.
 *
 * @param value - null, booleans, finite numbers, well-formed strings, arrays and plain objects of these
 * @returns the canonical text
 * @throws InvalidInputError `ERR_INPUT` with the path of whatever is not JSON data: undefined, NaN, a lone surrogate, an
 * instance of a class, a cycle
 *
 * @example
 * ```ts
 * import { canonicalJson } from '@lemmata/core';
 *
 * console.log(canonicalJson({ b: [1, 2e-7], a: 'x' })); // {"a":"x","b":[1,2e-7]}
 * ```
 * @see RFC 8785, JSON Canonicalization Scheme
 */
export function canonicalJson(value: JsonValue): string {
  return write(value, 'value', []);
}
