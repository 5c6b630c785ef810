import { digestArray, liveArenas, randomStream } from '@lemmata/core';
import { describe, expect, test } from 'vitest';
import { fft, inverseFft, prepareFft, prepareRealFft } from '../src/index.js';
import { exactFourier } from './exact-fourier.js';

const stream = randomStream('fft');
const POWERS = [1, 2, 4, 8, 16, 32, 64, 128, 256];
const OTHERS = [3, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 17, 18, 24, 25, 31, 33, 63, 65, 96, 100, 101, 127];

/** Multiples of 2^-10 below 2^10: exact in f32 too. */
function signal(length: number): Float64Array {
  return Float64Array.from({ length }, () => stream.integer(2 ** 21) / 1024 - 1024);
}

function norm(x: ArrayLike<number>): number {
  return Math.sqrt(Array.from(x).reduce((sum, value) => sum + value * value, 0));
}

function distance(x: ArrayLike<number>, y: ArrayLike<number>): number {
  return norm(Array.from(x, (value, i) => value - y[i]));
}

/**
 * The largest |entry| of the transform of the chirp exp(pi i j^2 / n), |j| < n, at M points; 1e-9 covers the rounding
 * of this sum of at most 255 terms.
 */
function largestResponse(n: number, size: number): number {
  let largest = 0;
  for (let k = 0; k < size; k++) {
    let re = 0;
    let im = 0;
    for (let j = 1 - n; j < n; j++) {
      const angle = Math.PI * (((j * j) % (2 * n)) / n - (2 * ((j * k) % size)) / size);
      re += Math.cos(angle);
      im += Math.sin(angle);
    }
    largest = Math.max(largest, Math.sqrt(re * re + im * im));
  }
  return largest + 1e-9;
}

/**
 * A bound on the error of a transform of length n in the 2-norm, with unit roundoff u.
 *
 * Powers of 2: a stage of radix 4 multiplies norms by 2 and adds, relative to them, u for each of its two sums, sqrt(5) u
 * for a complex product and the error mu of the root in the table, which is at most u in f32 (rounded from f64) and at most
 * 4 u in f64: with L = (2 + sqrt 5 + mu / u) / 2 for each of its two levels, L u log2(n) |X|. A stage of radix 2, without
 * products, adds less. Others: with M the length of the convolution, B the response and |x c| = |x|, the two transforms of
 * the signal contribute 2 x L u log2(M) |x| max|B|, the transform of the response L u log2(M) sqrt(n (2 n - 1)) |x| and the
 * three complex products with their tables at most 3 x (3 + 3 sqrt 2) u |x| max|B|. Rounding the exact result, or a scaling,
 * adds u |X|.
 */
function errorBound(n: number, u: number, x: number, transform: number): number {
  const levels = Math.log2(n);
  if (Number.isInteger(levels)) return 1.001 * u * (levelError(u) * levels + 2) * transform;
  const size = 2 ** Math.ceil(Math.log2(2 * n - 1));
  const response = largestResponse(n, size);
  const eta = levelError(u) * u * Math.log2(size);
  const products = 3 * (3 + 3 * Math.SQRT2) * u;
  return 1.001 * (x * (response * (2 * eta + products) + eta * Math.sqrt(n * (2 * n - 1))) + 2 * u * transform);
}

/** L of `errorBound`. */
function levelError(u: number): number {
  return (2 + Math.sqrt(5) + (u > 2 ** -30 ? 1 : 4)) / 2;
}

describe.each(['f64', 'f32'] as const)('the transform in %s', (precision) => {
  const u = precision === 'f64' ? 2 ** -53 : 2 ** -24;

  test.each([...POWERS, ...OTHERS])('of %i complex numbers is within its bound, both ways', (n) => {
    const z = signal(2 * n);
    const exact = exactFourier(z);
    const bound = errorBound(n, u, norm(z), norm(exact));
    for (const backend of ['js', 'wasm'] as const) {
      const prepared = prepareFft(n, { precision, backend });
      expect(distance(prepared.forward(z), exact)).toBeLessThanOrEqual(bound);
      // The inverse is the forward transform with entries k and n - k exchanged, divided by n; its input is rounded
      // too.
      const rounded = precision === 'f64' ? exact : Float32Array.from(exact);
      const back = errorBound(n, u, norm(exact), Math.sqrt(n) * norm(exact)) / n + u * norm(z);
      expect(distance(prepared.inverse(rounded), z)).toBeLessThanOrEqual(back);
      prepared.dispose();
    }
  });

  test.each([...POWERS, ...OTHERS])('of %i reals is within its bound, both ways', (n) => {
    const x = signal(n);
    const z = new Float64Array(2 * n);
    for (let j = 0; j < n; j++) z[2 * j] = x[j];
    const exact = exactFourier(z);
    const half = exact.slice(0, 2 * Math.floor(n / 2) + 2);
    half[1] = 0;
    if (n % 2 === 0) half[n + 1] = 0;
    // The step between pairs and reals takes what two levels do; Z has the norm of X over sqrt 2.
    const even = n % 2 === 0;
    const bound = errorBound(even ? n / 2 : n, u, norm(x), norm(exact)) + 1.001 * 2 * levelError(u) * u * norm(exact);
    const backBound = errorBound(even ? n / 2 : n, u, norm(exact), Math.sqrt(n) * norm(exact)) / (even ? n / 2 : n);
    for (const backend of ['js', 'wasm'] as const) {
      const prepared = prepareRealFft(n, { precision, backend });
      expect(distance(prepared.forward(x), half)).toBeLessThanOrEqual(bound);
      const rounded = precision === 'f64' ? half : Float32Array.from(half);
      expect(distance(prepared.inverse(rounded), x)).toBeLessThanOrEqual(
        backBound + (2 * levelError(u) + 2) * u * norm(x),
      );
      prepared.dispose();
    }
  });

  test('has the same bits in both backends, for powers of 2 and others, and again and again', () => {
    for (const n of [1, 2, 8, 64, 512, 2048, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 16, 100, 1001]) {
      const z = signal(2 * n);
      const [js, wasm] = (['js', 'wasm'] as const).map((backend) => prepareFft(n, { precision, backend }));
      expect([js.backend, wasm.backend]).toEqual(['js', 'wasm']);
      const first = js.forward(z);
      expect(wasm.forward(z)).toEqual(first);
      expect(wasm.inverse(z)).toEqual(js.inverse(z));
      expect(wasm.forward(z)).toEqual(first);
      const [realJs, realWasm] = (['js', 'wasm'] as const).map((backend) =>
        prepareRealFft(2 * n, { precision, backend }),
      );
      const spectrum = realJs.forward(z);
      expect(realWasm.forward(z)).toEqual(spectrum);
      expect(realWasm.inverse(spectrum)).toEqual(realJs.inverse(spectrum));
      for (const prepared of [js, wasm, realJs, realWasm]) prepared.dispose();
    }
  });
});

describe('prepared transforms', () => {
  test('are exact for what is exact: impulses, constants and the fourth roots of unity', () => {
    const prepared = prepareFft(8);
    const impulse = new Float64Array(16);
    impulse[0] = 1;
    expect(Array.from(prepared.forward(impulse), (v) => v + 0)).toEqual(
      Array.from({ length: 16 }, (_, k) => 1 - (k % 2)),
    );
    const turning = [1, 0, 0, 1, -1, 0, 0, -1, 1, 0, 0, 1, -1, 0, 0, -1];
    const line = new Float64Array(16);
    line[4] = 8;
    expect(Array.from(prepared.forward(turning), (v) => v + 0)).toEqual(Array.from(line));
    prepared.dispose();
  });

  test('write to `out`, which may be the input, and to nothing else', () => {
    const prepared = prepareFft(6, { precision: 'f32' });
    const z = Float32Array.from(signal(12));
    const kept = z.slice();
    const out = new Float32Array(12);
    const result = prepared.forward(z, out);
    expect(result).toBe(out);
    expect(z).toEqual(kept);
    expect(prepared.forward(z, z)).toBe(z);
    expect(z).toEqual(out);
    expect(prepared.forward(kept)).not.toBe(out);
    prepared.dispose();
  });

  test('hold one arena each, until they are disposed of', () => {
    const before = liveArenas();
    const all = [prepareFft(8), prepareFft(9), prepareRealFft(8), prepareRealFft(9)];
    expect(liveArenas()).toBe(before + 4);
    for (const prepared of all) {
      prepared.dispose();
      prepared.dispose();
      expect(() => prepared.forward(new Float64Array(prepared.n))).toThrow(
        expect.objectContaining({ code: 'ERR_STATE' }),
      );
    }
    expect(liveArenas()).toBe(before);
  });

  test('give infinities or NaN when finite numbers overflow', () => {
    expect(fft([1e308, 0, 1e308, 0])[0]).toBe(Infinity);
  });

  test('have the bits of the digest', async () => {
    // Made with this package; the bits are those of both backends and of every engine.
    const z = Float64Array.from({ length: 2048 }, (_, i) => ((i * 7919) % 1009) - 504);
    expect(await digestArray(fft(z))).toBe('9334395f39040f87c7910ae5974cae151f8dc0e9fafff0cd16c18d38dada2693');
    expect(await digestArray(fft(z.subarray(0, 2000), { precision: 'f32' }))).toBe(
      'b8af4552125020a8a5cb9982a38e2d26ff4a5e5bb5b88c6625581910dee8301f',
    );
  });
});

describe('one-call transforms', () => {
  test('are those of the prepared ones', () => {
    const z = signal(24);
    const prepared = prepareFft(12);
    expect(fft(z)).toEqual(prepared.forward(z));
    expect(inverseFft(z)).toEqual(prepared.inverse(z));
    expect(fft(z, { precision: 'f32' })).toBeInstanceOf(Float32Array);
    prepared.dispose();
  });
});

describe('refusals', () => {
  const four = prepareFft(4);
  const real = prepareRealFft(4);
  const odd = prepareRealFft(3);
  const bad = [0, 0, 0, 0, 0, Number.NaN, 0, 0];

  test.each([
    ['length 0', 'ERR_INPUT', () => prepareFft(0)],
    ['a broken length', 'ERR_INPUT', () => prepareRealFft(2.5)],
    ['a huge length', 'ERR_INPUT', () => prepareFft(2 ** 26 + 1)],
    ['an unknown option', 'ERR_OPTION', () => prepareFft(4, { size: 4 } as object)],
    ['an unknown precision', 'ERR_OPTION', () => prepareFft(4, { precision: 'f16' as 'f32' })],
    ['an unknown backend', 'ERR_OPTION', () => prepareRealFft(4, { backend: 'gpu' as 'js' })],
    ['another length', 'ERR_DIMENSION', () => four.forward([1, 2])],
    ['another length of a spectrum', 'ERR_DIMENSION', () => real.inverse([1, 2, 3, 4])],
    ['NaN', 'ERR_NOT_FINITE', () => four.forward(bad)],
    ['NaN on the way back', 'ERR_NOT_FINITE', () => four.inverse(bad)],
    ['NaN among reals', 'ERR_NOT_FINITE', () => real.forward([0, Number.NaN, 0, 0])],
    ['an infinity in a spectrum', 'ERR_NOT_FINITE', () => real.inverse([1, 0, 1, Infinity, 1, 0])],
    ['an infinity in an odd spectrum', 'ERR_NOT_FINITE', () => odd.inverse([1, 0, 1, -Infinity])],
    ['no number', 'ERR_INPUT', () => four.forward(['1', 0, 0, 0, 0, 0, 0, 0] as unknown as number[])],
    ['no array', 'ERR_INPUT', () => four.forward('12345678' as unknown as number[])],
    ['an imaginary part of entry 0', 'ERR_INPUT', () => odd.inverse([1, 2, 0, 0])],
    ['an imaginary part of the middle entry', 'ERR_INPUT', () => real.inverse([1, 0, 0, 0, 1, 1])],
    [
      'an out of the other precision',
      'ERR_INPUT',
      () => four.forward(new Float64Array(8), new Float32Array(8) as never),
    ],
    ['an out of another length', 'ERR_DIMENSION', () => four.forward(new Float64Array(8), new Float64Array(7))],
    ['an odd number of entries', 'ERR_INPUT', () => fft([1, 2, 3])],
    ['nothing to transform', 'ERR_INPUT', () => inverseFft([])],
  ])('%s', (_, code, call) => {
    expect(call).toThrow(expect.objectContaining({ code }));
  });

  test('name the place of what is not finite', () => {
    expect(() => four.forward(bad)).toThrow(expect.objectContaining({ message: expect.stringContaining('input[5]') }));
  });
});
