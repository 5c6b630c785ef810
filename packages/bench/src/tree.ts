import { digestArray, digestJson, InvalidInputError, type JsonValue, type NumericArray, refusal } from '@lemmata/core';

/** Names of element types in headers, with the arrays that hold them. */
const ELEMENT_TYPES = {
  float64: Float64Array,
  float32: Float32Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int8: Int8Array,
  uint8: Uint8Array,
  'uint8-clamped': Uint8ClampedArray,
} as const;

/** Name of an element type. */
type ElementType = keyof typeof ELEMENT_TYPES;

/** A tree taken apart: JSON in which each array is a mark, and the arrays in the order of their marks. */
interface TakenApart {
  /** The JSON part; the mark of array `i` is `{ $array: marks[i] }`. */
  readonly header: JsonValue;
  /** The arrays, in depth-first order of sorted keys. */
  readonly arrays: readonly NumericArray[];
}

function elementType(array: NumericArray): ElementType {
  const found = Object.entries(ELEMENT_TYPES).find(([, arrayType]) => array instanceof arrayType);
  return (found as [ElementType, unknown])[0];
}

function isNumericArray(value: object): value is NumericArray {
  return Object.values(ELEMENT_TYPES).some((arrayType) => value instanceof arrayType);
}

/** Replaces arrays by what `mark` says of them, and numbers that JSON cannot hold by `{ $number }`. */
function takeApart(tree: unknown, mark: (array: NumericArray, type: ElementType) => JsonValue): TakenApart {
  const arrays: NumericArray[] = [];
  const visit = (value: unknown, path: string, open: readonly object[]): JsonValue => {
    if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) {
      return { $number: Object.is(value, -0) ? '-0' : String(value) };
    }
    if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') {
      return value;
    }
    if (typeof value !== 'object') throw refusal(path, 'typed arrays, plain objects and JSON data', value);
    if (isNumericArray(value)) {
      arrays.push(value);
      return { $array: mark(value, elementType(value)) };
    }
    if (open.includes(value)) throw refusal(path, 'a tree', 'a cycle');
    const inside = [...open, value];
    if (Array.isArray(value)) return value.map((item, i) => visit(item, `${path}[${i}]`, inside));
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== null && prototype !== Object.prototype) {
      throw refusal(path, 'typed arrays, plain objects and JSON data', value);
    }
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [key] of members) {
      if (key.startsWith('$')) throw refusal(`${path}.${key}`, 'a name without a leading $', key);
    }
    return Object.fromEntries(members.map(([key, member]) => [key, visit(member, `${path}.${key}`, inside)]));
  };
  return { header: visit(tree, 'tree', []), arrays };
}

/**
 * The SHA-256 of a tree of typed arrays and JSON data: that of its canonical JSON with each array replaced by element
 * type, length and digest.
 *
 * @param tree - plain objects, arrays, JSON data and typed arrays; undefined members count as absent
 * @returns 64 hexadecimal digits, the same on every platform
 * @throws InvalidInputError when something else is in the tree
 */
export async function digestTree(tree: unknown): Promise<string> {
  const types: ElementType[] = [];
  const { header, arrays } = takeApart(tree, (array, type) => {
    types.push(type);
    return { index: types.length - 1, length: array.length };
  });
  const digests = await Promise.all(arrays.map((array) => digestArray(array)));
  return digestJson({ header, arrays: digests.map((digest, i) => ({ type: types[i], digest })) });
}

/**
 * Writes a tree as bytes: a line of JSON, then the arrays, little-endian.
 *
 * The line is `{"format":"lemmata/arrays","version":1,"bytes":…,"tree":…}`, filled up with spaces so that the data after
 * its line feed begin at a multiple of 64 bytes. In the tree an array is `{"$array":{"type","length","offset"}}`, offset
 * in bytes from the beginning of the data, a multiple of 8.
 *
 * @param tree - plain objects, arrays, JSON data and typed arrays
 * @returns the bytes of the file
 * @throws InvalidInputError when something else is in the tree
 */
export function treeToBytes(tree: unknown): Uint8Array {
  let end = 0;
  const offsets: number[] = [];
  const { header, arrays } = takeApart(tree, (array, type) => {
    const offset = Math.ceil(end / 8) * 8;
    offsets.push(offset);
    end = offset + array.byteLength;
    return { type, length: array.length, offset };
  });
  const text = JSON.stringify({ format: 'lemmata/arrays', version: 1, bytes: end, tree: header });
  const line = new TextEncoder().encode(text);
  const start = Math.ceil((line.length + 1) / 64) * 64;
  const bytes = new Uint8Array(start + end).fill(0x20, 0, start);
  bytes.set(line);
  bytes[start - 1] = 0x0a;
  arrays.forEach((array, i) => {
    const place = bytes.subarray(start + offsets[i], start + offsets[i] + array.byteLength);
    place.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
    swapUnlessLittleEndian(place, array.BYTES_PER_ELEMENT);
  });
  return bytes;
}

function swapUnlessLittleEndian(bytes: Uint8Array, size: number): void {
  if (size === 1 || new Uint8Array(new Uint16Array([1]).buffer)[0] === 1) return;
  for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}

function malformed(file: string, expected: string): InvalidInputError {
  return new InvalidInputError(`${file}: expected ${expected}, got something else`, 'ERR_FORMAT', { argument: file });
}

/**
 * Reads what {@link treeToBytes} wrote.
 *
 * @param bytes - the bytes of the file
 * @param file - its name, for messages
 * @returns the tree, with arrays of its own
 * @throws InvalidInputError `ERR_FORMAT` when the bytes are not of that form
 */
export function treeFromBytes(bytes: Uint8Array, file: string): unknown {
  // A Buffer is a Uint8Array whose slice() does not copy; a plain view of its bytes has one that does.
  return readTree(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length), file);
}

function readTree(bytes: Uint8Array, file: string): unknown {
  const newline = bytes.indexOf(0x0a);
  if (newline < 0) throw malformed(file, 'a line of JSON and arrays');
  let head: { format?: unknown; version?: unknown; bytes?: unknown; tree?: unknown };
  try {
    head = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, newline)));
  } catch {
    throw malformed(file, 'JSON on the first line');
  }
  if (head?.format !== 'lemmata/arrays' || head.version !== 1) throw malformed(file, 'lemmata/arrays, version 1');
  const data = bytes.subarray(newline + 1);
  if (head.bytes !== data.length) throw malformed(file, `${String(head.bytes)} bytes of arrays`);
  const visit = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(visit);
    const members = value as Record<string, unknown>;
    if ('$number' in members) return readNumber(members['$number'], file);
    if ('$array' in members) return readArray(members['$array'], data, file);
    return Object.fromEntries(Object.entries(members).map(([key, member]) => [key, visit(member)]));
  };
  return visit(head.tree);
}

function readNumber(text: unknown, file: string): number {
  if (text === 'NaN' || text === 'Infinity' || text === '-Infinity' || text === '-0') return Number(text);
  throw malformed(file, 'NaN, Infinity, -Infinity or -0 as $number');
}

function readArray(mark: unknown, data: Uint8Array, file: string): NumericArray {
  const { type, length, offset } = mark as { type: ElementType; length: number; offset: number };
  const arrayType = Object.hasOwn(ELEMENT_TYPES, type) ? ELEMENT_TYPES[type] : undefined;
  if (arrayType === undefined) throw malformed(file, 'a known element type');
  const size = length * arrayType.BYTES_PER_ELEMENT;
  const fits = [length, offset].every((n) => Number.isSafeInteger(n) && n >= 0) && offset + size <= data.length;
  if (!fits) throw malformed(file, 'arrays within the file');
  const copy = data.slice(offset, offset + size);
  swapUnlessLittleEndian(copy, arrayType.BYTES_PER_ELEMENT);
  return new arrayType(copy.buffer, 0, length);
}
