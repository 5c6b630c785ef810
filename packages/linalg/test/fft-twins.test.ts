import { randomStream } from '@lemmata/core';
import { afterAll, describe, expect, test } from 'vitest';
import { fftKernels } from '../src/kernels/fft-kernels.js';
import { fftTableLength, fillFftTable, fillRealFftTable } from '../src/transforms/tables.js';
import { TwinPools } from './twin-pools.js';

const pools = new TwinPools(30_000);
const stream = randomStream('fft twins');

afterAll(() => pools.dispose());

describe.each(['f64', 'f32'] as const)('Fourier kernels of both backends agree bit for bit in %s', (precision) => {
  const kernels = { js: fftKernels(pools.js, precision), wasm: fftKernels(pools.wasm, precision) };
  const suffix = precision === 'f64' ? 'F64' : 'F32';
  const numbers = (length: number): Float64Array => {
    const values = Float64Array.from({ length }, () => {
      const kind = stream.integer(10);
      const sign = stream.uniform() < 0.5 ? -1 : 1;
      if (kind === 0) return sign * 0;
      if (kind === 1) return sign * stream.uniform() * (precision === 'f64' ? 1e-320 : 1e-42);
      return sign * stream.uniform() * (kind === 2 ? 1e15 : 1);
    });
    return (precision === 'f64' ? values : Float32Array.from(values)) as Float64Array;
  };
  const table = (length: number, n: number, fill: (n: number, out: Float64Array | Float32Array) => void) => {
    const out = precision === 'f64' ? new Float64Array(length) : new Float32Array(length);
    fill(n, out);
    return out as Float64Array;
  };
  // The arrays have the type of the precision; to the type checker all are Float64Array.
  const loops = kernels as unknown as Record<'js' | 'wasm', ReturnType<typeof fftKernels<'f64'>>>;

  test('transform', () => {
    for (let n = 1, k = 0; n <= 4096; n *= 2) {
      for (const sign of [1, -1] as const) {
        const stages = table(fftTableLength(n), n, fillFftTable);
        pools.compare(k++ % 8, { x: numbers(2 * n), y: numbers(2 * n), stages }, `n = ${n}`, (backend, v) =>
          loops[backend].transform(n, v.x, v.y, v.stages, sign),
        );
      }
    }
    expect(pools.calls.get(`fft${suffix}`)).toBe(26);
  });

  test('multiply', () => {
    for (let n = 0; n < 70; n++) {
      pools.compare(n % 8, { a: numbers(2 * n), b: numbers(2 * n) }, `n = ${n}`, (backend, v) =>
        loops[backend].multiply(n, v.a, v.b),
      );
    }
    expect(pools.calls.get(`complexProducts${suffix}`)).toBe(70);
  });

  test('splitReal and joinReal', () => {
    for (let half = 1; half < 70; half++) {
      const turns = table(2 * Math.floor(half / 2) + 2, 2 * half, fillRealFftTable);
      pools.compare(half % 8, { z: numbers(2 * half + 2), turns }, `half = ${half}`, (backend, v) =>
        loops[backend].splitReal(half, v.z, v.turns),
      );
      pools.compare(half % 8, { z: numbers(2 * half + 2), turns }, `half = ${half}`, (backend, v) =>
        loops[backend].joinReal(half, v.z, v.turns, 0.25),
      );
    }
    expect(pools.calls.get(`splitReal${suffix}`)).toBe(69);
    expect(pools.calls.get(`joinReal${suffix}`)).toBe(69);
    expect(kernels.wasm.backend).toBe('wasm');
  });

  test('refuse what does not fit', () => {
    const four = numbers(8);
    const none = numbers(0);
    const calls: [string, () => unknown][] = [
      ['ERR_INPUT', () => loops.js.transform(3, four, four, none, 1)],
      ['ERR_DIMENSION', () => loops.js.transform(8, four, four, none, 1)],
      ['ERR_DIMENSION', () => loops.js.transform(8, numbers(16), numbers(16), none, 1)],
      ['ERR_INPUT', () => loops.js.transform(4, four, four, none, 0 as 1)],
      ['ERR_INPUT', () => loops.js.multiply(-1, four, four)],
      ['ERR_DIMENSION', () => loops.js.multiply(5, four, four)],
      ['ERR_INPUT', () => loops.js.splitReal(0, four, four)],
      ['ERR_DIMENSION', () => loops.js.splitReal(4, four, four)],
      ['ERR_DIMENSION', () => loops.js.joinReal(2, four, none, 1)],
      ['ERR_INPUT', () => loops.js.joinReal(2, four, four, 0.1)],
      ['ERR_INPUT', () => loops.wasm.transform(4, four, four, none, 1)],
    ];
    for (const [code, call] of calls) expect(call, call.toString()).toThrow(expect.objectContaining({ code }));
  });
});
