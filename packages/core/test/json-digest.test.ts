import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, digestArray, digestBytes, digestJson, type JsonValue } from '../src/index.js';

describe('canonical JSON', () => {
  // The worked example of RFC 8785, section 3.2.2 and 3.2.3.
  it('writes the example of RFC 8785', () => {
    const input = JSON.parse(`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
      "literals": [null, true, false]
    }`);
    expect(canonicalJson(input)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts keys by UTF-16 code units', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
    const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'];
    const written = canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])));
    expect(Object.keys(JSON.parse(written)).sort()).toEqual([...sorted].sort());
    expect(written).toBe(`{${sorted.map((key) => `${JSON.stringify(key)}:0`).join(',')}}`);
  });

  it('loses nothing but the sign of zero, and does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const written = canonicalJson(value as JsonValue);
        expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(value)));
        const reversed = JSON.parse(JSON.stringify(value), (_key, member) =>
          member !== null && typeof member === 'object' && !Array.isArray(member)
            ? Object.fromEntries(Object.entries(member).reverse())
            : member,
        );
        expect(canonicalJson(reversed)).toBe(written);
      }),
      { seed: 1 },
    );
    expect(canonicalJson(-0)).toBe('0');
  });

  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  it.each<[unknown, string]>([
    [{ a: [1, Number.NaN] }, 'value.a[1]: expected a finite number, got NaN'],
    [Infinity, 'value: expected a finite number, got Infinity'],
    [{ a: undefined }, 'value.a: expected JSON data, got undefined'],
    [new Array(1), 'value[0]: expected JSON data, got undefined'],
    [1n, 'value: expected JSON data, got bigint'],
    ['\ud800', 'value: expected well-formed Unicode'],
    [{ '\udc00': 1 }, 'expected well-formed Unicode'],
    [new Float64Array(1), 'value: expected plain data, got an instance of Float64Array'],
    [new Date(0), 'value: expected plain data, got an instance of Date'],
    [cycle, 'value.self: expected a tree, got a cycle'],
  ])('refuses %s', (value, message) => {
    expect(() => canonicalJson(value as JsonValue)).toThrow(message);
  });
});

describe('digests', () => {
  // FIPS 180-2: the digest of "abc".
  const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

  it('are SHA-256', async () => {
    expect(await digestBytes(new TextEncoder().encode('abc'))).toBe(ABC);
    expect(await digestArray(Uint8Array.of(97, 98, 99))).toBe(ABC);
    expect(await digestArray(Uint32Array.of(0x00636261).subarray(0, 1))).not.toBe(ABC);
  });

  it('are taken over little-endian bytes of the view alone', async () => {
    const bytes = Uint8Array.of(0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0xc0);
    const numbers = Float64Array.of(9, 1, -2, 9);
    expect(await digestArray(numbers.subarray(1, 3))).toBe(await digestBytes(bytes));
    expect([...numbers]).toEqual([9, 1, -2, 9]);
  });

  it('know one NaN and two zeros', async () => {
    const payload = new Float64Array(new Uint32Array([1, 0x7ff80001]).buffer);
    expect(await digestArray(payload)).toBe(await digestArray(Float64Array.of(Number.NaN)));
    expect(await digestArray(Float64Array.of(-0))).not.toBe(await digestArray(Float64Array.of(0)));
    const single = new Float32Array(new Uint32Array([0xffc00001]).buffer);
    expect(await digestArray(single)).toBe(await digestArray(Float32Array.of(Number.NaN)));
  });

  it('of JSON do not depend on the order of keys', async () => {
    expect(await digestJson({ a: 1, b: 2 })).toBe(await digestJson({ b: 2, a: 1 }));
    expect(await digestJson({ a: 1, b: 2 })).not.toBe(await digestJson({ a: 2, b: 1 }));
  });
});
