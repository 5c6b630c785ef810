import { InvalidInputError } from './errors.js';
import { canonicalJson, type JsonValue } from './json.js';

/** The typed arrays that have a digest. */
export type NumericArray =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray;

/**
 * The SHA-256 of bytes.
 *
 * @param bytes - any bytes
 * @returns 64 hexadecimal digits
 * @throws InvalidInputError `ERR_STATE` where the platform has no SHA-256: in pages that are not served securely
 */
export async function digestBytes(bytes: Uint8Array): Promise<string> {
  if (globalThis.crypto?.subtle === undefined) {
    throw new InvalidInputError(
      'crypto.subtle: expected a platform with SHA-256 (Node, or a page over https or from localhost), got none',
      'ERR_STATE',
    );
  }
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The entries as little-endian bytes, every NaN as the one quiet NaN without payload, negative zero kept. */
function littleEndianBytes(array: NumericArray): Uint8Array {
  const size = array.BYTES_PER_ELEMENT;
  const copy = array.slice();
  if (copy instanceof Float64Array || copy instanceof Float32Array) {
    // Writing NaN through a view stores an engine's own payload, so the bits are set as integers.
    const words = new Uint32Array(copy.buffer);
    const bigEndian = isBigEndian();
    for (let i = 0; i < copy.length; i++) {
      if (!Number.isNaN(copy[i])) continue;
      if (size === 4) words[i] = 0x7fc00000;
      else {
        words[2 * i + (bigEndian ? 0 : 1)] = 0x7ff80000;
        words[2 * i + (bigEndian ? 1 : 0)] = 0;
      }
    }
  }
  const bytes = new Uint8Array(copy.buffer);
  if (size > 1 && isBigEndian()) {
    for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
  }
  return bytes;
}

function isBigEndian(): boolean {
  return new Uint8Array(new Uint16Array([1]).buffer)[0] === 0;
}

/**
 * The SHA-256 of an array's entries: little-endian bytes, NaN in one form, negative zero distinct from zero.
 *
 * @param array - a typed array of numbers
 * @returns 64 hexadecimal digits, the same on every platform
 * @throws InvalidInputError `ERR_STATE` where the platform has no SHA-256
 *
 * @example
 * ```ts
 * import { digestArray } from '@lemmata/core';
 *
 * console.log(await digestArray(Float64Array.of(1, 2, 3)));
 * ```
 */
export function digestArray(array: NumericArray): Promise<string> {
  return digestBytes(littleEndianBytes(array));
}

/**
 * The SHA-256 of JSON data in its canonical form.
 *
 * @param value - JSON data
 * @returns 64 hexadecimal digits, the same for equal data whatever the order of its keys
 * @throws InvalidInputError `ERR_INPUT` when it is not JSON data, `ERR_STATE` where the platform has no SHA-256
 */
export async function digestJson(value: JsonValue): Promise<string> {
  return digestBytes(new TextEncoder().encode(canonicalJson(value)));
}
