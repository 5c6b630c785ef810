import { describe, expect, it } from 'vitest';
import { KERNELS_BASE64 } from '../src/generated/kernels.js';
import { argumentsOf, FUNCTIONS, fromBits, mix, standInAngles } from './fixtures/math/arguments.js';
import { scalarOf } from './fixtures/math/functions.js';
import { SPECIAL_VALUES } from './fixtures/math/special-values.js';

type VectorKernel = (x: number, out: number, from: number, to: number) => void;
type PowKernel = (x: number, y: number, out: number, from: number, to: number) => void;

const CAPACITY = 150_000;
const UNTOUCHED = -7.25;

const binary = Uint8Array.from(atob(KERNELS_BASE64), (char) => char.charCodeAt(0));
const module = new WebAssembly.Module(binary);
const memory = new WebAssembly.Memory({ initial: Math.ceil((3 * 8 * CAPACITY) / 65536) });
const kernels = new WebAssembly.Instance(module, { env: { memory } }).exports;

// A guard word stands on either side of the output.
const xs = new Float64Array(memory.buffer, 0, CAPACITY);
const ys = new Float64Array(memory.buffer, 8 * CAPACITY, CAPACITY);
const outs = new Float64Array(memory.buffer, 16 * CAPACITY, CAPACITY);

/** Runs a compiled kernel over all of x (and y) and returns its output; counts the calls that were really made. */
function compiled(name: (typeof FUNCTIONS)[number], x: Float64Array, y: Float64Array): Float64Array {
  const n = x.length;
  xs.set(x);
  ys.set(y);
  outs.fill(UNTOUCHED);
  const out = outs.byteOffset + 8;
  const half = n >> 1;
  if (name === 'pow') {
    const kernel = kernels['powAll'] as PowKernel;
    kernel(xs.byteOffset, ys.byteOffset, out, 0, half);
    expect(outs[1 + half]).toBe(UNTOUCHED);
    kernel(xs.byteOffset, ys.byteOffset, out, half, n);
  } else {
    const kernel = kernels[`${name}All`] as VectorKernel;
    kernel(xs.byteOffset, out, 0, half);
    expect(outs[1 + half]).toBe(UNTOUCHED);
    kernel(xs.byteOffset, out, half, n);
  }
  expect(outs[0]).toBe(UNTOUCHED);
  expect(outs[n + 1]).toBe(UNTOUCHED);
  return outs.slice(1, n + 1);
}

/** Index of the first result whose bits differ, NaN being equal to NaN; -1 if there is none. */
function firstDifference(a: Float64Array, b: Float64Array): number {
  for (let i = 0; i < a.length; i++) {
    if (!Object.is(a[i], b[i])) {
      return i;
    }
  }
  return -1;
}

function list(name: (typeof FUNCTIONS)[number]): { x: Float64Array; y: Float64Array } {
  const stored = argumentsOf(name, standInAngles());
  // 20 000 arbitrary bit patterns: every exponent, subnormals, infinities and NaN; then every pair of special values.
  const patterns = Float64Array.from({ length: 20_000 }, (_, i) => fromBits(mix(7_000_000n + BigInt(i))));
  const others = Float64Array.from({ length: 20_000 }, (_, i) => fromBits(mix(8_000_000n + BigInt(i))));
  const specialX = SPECIAL_VALUES.flatMap((x) => SPECIAL_VALUES.map(() => x));
  const specialY = SPECIAL_VALUES.flatMap(() => SPECIAL_VALUES);
  return {
    x: Float64Array.from([...stored.x, ...patterns, ...specialX]),
    y: Float64Array.from([...stored.y, ...others, ...specialY]),
  };
}

describe('the compiled module', () => {
  it('imports the memory alone and has no data segment, since several modules share one memory', () => {
    expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
    const sections: number[] = [];
    let at = 8;
    while (at < binary.length) {
      sections.push(binary[at]);
      at += 1;
      let length = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = binary[at];
        at += 1;
        length += (byte & 127) * 2 ** shift;
        if (byte < 128) {
          break;
        }
      }
      at += length;
    }
    expect(at).toBe(binary.length);
    expect(sections).toContain(10); // code
    expect(sections).not.toContain(11); // data
  });

  it('offers every function', () => {
    for (const name of FUNCTIONS) {
      expect(typeof kernels[`${name}All`]).toBe('function');
    }
  });
});

describe.each(FUNCTIONS)('%s', (name) => {
  it('has the same bits in TypeScript and in WebAssembly', () => {
    const { x, y } = list(name);
    expect(x.length).toBeGreaterThanOrEqual(100_000);
    const scalar = scalarOf(name);
    const expected = x.map((value, i) => scalar(value, y[i]));
    const got = compiled(name, x, y);
    const i = firstDifference(got, expected);
    expect(i, `${name}(${x[i]}, ${y[i]}): ${got[i]} compiled, ${expected[i]} in TypeScript`).toBe(-1);
  });

  it('would show a single differing bit', () => {
    const { x, y } = list(name);
    const got = compiled(name, x, y);
    const altered = got.slice();
    const at = got.findIndex((value, i) => i > 1000 && Number.isFinite(value) && value !== 0);
    altered[at] = -altered[at];
    expect(firstDifference(got, altered)).toBe(at);
  });
});
