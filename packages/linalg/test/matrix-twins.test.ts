import { randomStream } from '@lemmata/core';
import { afterAll, describe, expect, test } from 'vitest';
import { matrixKernels } from '../src/kernels/matrix-kernels.js';
import { TwinPools } from './twin-pools.js';

const pools = new TwinPools(300_000);
const kernels = { js: matrixKernels(pools.js), wasm: matrixKernels(pools.wasm) };
const stream = randomStream('matrix twins');

afterAll(() => pools.dispose());

/** Numbers of every kind: ordinary ones, signed zeros, subnormals, and magnitudes of 1e-100 and 1e100. */
function numbers(length: number): Float64Array {
  return Float64Array.from({ length }, () => {
    const sign = stream.uniform() < 0.5 ? -1 : 1;
    const kind = stream.integer(12);
    if (kind === 0) return sign * 0;
    if (kind === 1) return sign * stream.integer(1000) * 5e-324;
    if (kind === 2) return sign * (1 + stream.uniform()) * 1e100;
    if (kind === 3) return sign * (1 + stream.uniform()) * 1e-100;
    return sign * stream.uniform();
  });
}

function sparse(lines: number, width: number) {
  const indptr = new Int32Array(lines + 1);
  const indices: number[] = [];
  for (let i = 0; i < lines; i++) {
    const chosen = stream.sample(width, stream.integer(Math.min(width, 30) + 1)).sort();
    indices.push(...chosen);
    indptr[i + 1] = indices.length;
  }
  return { indptr, indices: Int32Array.from(indices), data: numbers(indices.length) };
}

describe('matrix kernels of both backends agree bit for bit', () => {
  test('addBlockProducts', () => {
    for (let k = 0; k < 200; k++) {
      const [rows, cols, length] = [stream.integer(12), stream.integer(12), k < 40 ? k : stream.integer(300)];
      const [cStride, aStride, bStride] = [cols, length, length].map((least) => least + stream.integer(3));
      const arrays = {
        a: numbers(3 + rows * aStride),
        b: numbers(1 + cols * bStride),
        c: numbers(2 + rows * cStride),
      };
      const sign = k % 2 === 0 ? 1 : -1;
      pools.compare(k % 8, arrays, `${rows} x ${cols}, ${length}`, (backend, { a, b, c }) =>
        kernels[backend].addBlockProducts(sign, c, 2, cStride, a, 3, aStride, rows, b, 1, bStride, cols, length),
      );
    }
    expect(pools.calls.get('addBlockProducts')).toBe(200);
  });

  test('addLowerProducts', () => {
    for (let k = 0; k < 200; k++) {
      const [size, length] = [stream.integer(20), k < 40 ? k : stream.integer(300)];
      const [cStride, aStride] = [size + stream.integer(3), length + stream.integer(3)];
      const arrays = { a: numbers(3 + size * aStride), c: numbers(2 + size * cStride) };
      const sign = k % 2 === 0 ? 1 : -1;
      pools.compare(k % 8, arrays, `${size}, ${length}`, (backend, { a, c }) =>
        kernels[backend].addLowerProducts(sign, c, 2, cStride, a, 3, aStride, size, length),
      );
    }
    expect(pools.calls.get('addLowerProducts')).toBe(200);
  });

  test('choleskyFactor and choleskySolve, definite and not, in one call and in several', () => {
    let broken = 0;
    const sizes = [...Array.from({ length: 70 }, (_, n) => n), 127, 128, 129, 200, 257, 330];
    sizes.forEach((n, k) => {
      const a = numbers(n * n).map((value) => (Math.abs(value) > 10 ? 0.5 : value));
      // Diagonally dominant but for one entry in a third of the cases, where the pivot may fail.
      for (let i = 0; i < n; i++) a[i * n + i] = n + stream.uniform();
      if (k % 3 === 2) a[stream.integer(n) * (n + 1)] = -1;
      pools.compare(k % 8, { a, x: numbers(n) }, `n = ${n}`, (backend, { a, x }) => {
        const pivot = kernels[backend].choleskyFactor(n, a, 0, n);
        if (pivot === n) kernels[backend].choleskySolve(n, a, x);
        else if (backend === 'wasm') broken++;
        return pivot;
      });
      const whole = a.slice();
      const parts = a.slice();
      const pivot = kernels.js.choleskyFactor(n, whole, 0, n);
      for (let from = 0; from < pivot; from += 64) {
        const to = Math.min(from + 64, n);
        if (kernels.js.choleskyFactor(n, parts, from, to) < to) break;
      }
      if (pivot === n) expect(parts, `n = ${n} in slices`).toEqual(whole);
    });
    expect(broken).toBeGreaterThan(10);
    expect(pools.calls.get('choleskyFactor')).toBe(sizes.length);
    expect(pools.calls.get('choleskySolve')).toBe(sizes.length - broken);
  });

  test('the three products with sparse lines', () => {
    for (let k = 0; k < 120; k++) {
      const [lines, others, width] = [stream.integer(30), 1 + stream.integer(40), k < 40 ? k : stream.integer(70)];
      const lists = sparse(lines, others);
      const from = stream.integer(Math.floor(lines / 2) + 1);
      const to = from + stream.integer(lines - from + 1);
      const [wide, narrow] = [numbers(others * width), numbers(lines * width)];
      pools.compare(k % 8, { ...lists, b: wide, c: narrow }, `rows, width ${width}`, (backend, v) =>
        kernels[backend].sparseRowsTimesDense(v.indptr, v.indices, v.data, v.b, width, v.c, from, to),
      );
      pools.compare(k % 8, { ...lists, b: narrow, c: wide }, `columns, width ${width}`, (backend, v) =>
        kernels[backend].sparseColumnsTimesDense(v.indptr, v.indices, v.data, v.b, width, v.c, from, to),
      );
      pools.compare(k % 8, { ...lists, g: numbers(others * others) }, `products, ${others}`, (backend, v) =>
        kernels[backend].addSparseLowerProducts(v.indptr, v.indices, v.data, others, v.g, from, to),
      );
    }
    for (const name of ['sparseRowsTimesDense', 'sparseColumnsTimesDense', 'addSparseLowerProducts']) {
      expect(pools.calls.get(name)).toBe(120);
    }
    expect(kernels.wasm.backend).toBe('wasm');
  });
});

describe('matrix kernels refuse', () => {
  const array = new Float64Array(16);
  const lines = { indptr: Int32Array.of(0, 1), indices: Int32Array.of(0), data: Float64Array.of(1) };
  const { indptr, indices, data } = lines;
  const k = kernels.js;

  test.each([
    ['a short block', 'ERR_DIMENSION', () => k.addBlockProducts(1, array, 0, 4, array, 8, 4, 3, array, 0, 4, 3, 4)],
    ['rows that overlap', 'ERR_DIMENSION', () => k.addLowerProducts(1, array, 0, 1, array, 0, 4, 2, 4)],
    ['a negative position', 'ERR_INPUT', () => k.addLowerProducts(1, array, -1, 2, array, 0, 4, 2, 4)],
    ['another sign', 'ERR_INPUT', () => k.addLowerProducts(2 as 1, array, 0, 2, array, 0, 4, 2, 4)],
    ['a matrix beyond its array', 'ERR_DIMENSION', () => k.choleskyFactor(5, array, 0, 5)],
    ['columns beyond the matrix', 'ERR_DIMENSION', () => k.choleskyFactor(4, array, 0, 5)],
    ['columns off the blocks', 'ERR_INPUT', () => k.choleskyFactor(4, array, 2, 4)],
    ['a vector of another length', 'ERR_DIMENSION', () => k.choleskySolve(4, array, new Float64Array(3))],
    ['broken rows', 'ERR_DIMENSION', () => k.sparseRowsTimesDense(indptr, indices, data, array, 3, array, 0, 1)],
    ['missing rows', 'ERR_DIMENSION', () => k.sparseColumnsTimesDense(indptr, indices, data, array, 4, array, 0, 1)],
    ['lines out of range', 'ERR_DIMENSION', () => k.addSparseLowerProducts(indptr, indices, data, 4, array, 0, 2)],
    ['arrays outside the arena', 'ERR_INPUT', () => kernels.wasm.choleskyFactor(4, array, 0, 4)],
  ])('%s', (_, code, call) => {
    expect(call).toThrow(expect.objectContaining({ code }));
  });
});
