import { liveArenas, randomStream } from '@lemmata/core';
import { naiveProduct, naiveTranspose, productErrorBound, randomRows } from '@lemmata/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type DenseMatrix,
  denseMatrix,
  type MatrixLike,
  multiply,
  symmetricProduct,
  toArrays,
  toDense,
  toSparse,
} from '../src/index.js';

const SEED = 20260411;

function entries(matrix: DenseMatrix): number[][] {
  return toArrays(matrix).map((row) => Array.from(row));
}

/** The product by definition, and for each entry the bound on the difference of two computed values. */
function expected(a: number[][], b: number[][], cols: number): { value: number[][]; bound: number[][] } {
  const columns = naiveTranspose(b, cols);
  return {
    value: naiveTranspose(
      columns.map((column) => naiveProduct(a, column)),
      a.length,
    ),
    bound: naiveTranspose(
      columns.map((column) => productErrorBound(a, column)),
      a.length,
    ),
  };
}

function within(actual: number[][], value: number[][], bound: number[][]): void {
  expect(actual.length).toBe(value.length);
  actual.forEach((row, i) => {
    expect(row.length).toBe(value[i].length);
    row.forEach((entry, j) => {
      expect(Math.abs(entry - value[i][j])).toBeLessThanOrEqual(bound[i][j]);
    });
  });
}

/** A matrix in all four layouts. */
function layouts(rows: number, cols: number, list: number[][]): MatrixLike[] {
  const dense = denseMatrix(rows, cols, list.flat());
  return [dense, toDense(dense, 'column'), toSparse(dense, 'csr'), toSparse(dense, 'csc')];
}

const shape = fc.record({
  m: fc.integer({ min: 0, max: 20 }),
  k: fc.integer({ min: 0, max: 20 }),
  n: fc.integer({ min: 0, max: 20 }),
  density: fc.constantFrom(0.15, 0.6, 1),
  seed: fc.nat(),
});

describe('multiply', () => {
  test('agrees with the definition in all layouts and backends, to rounding', () => {
    fc.assert(
      fc.property(shape, ({ m, k, n, density, seed }) => {
        const stream = randomStream(seed);
        const a = randomRows(() => stream.uniform(), m, k, density);
        const b = randomRows(() => stream.uniform(), k, n, density);
        const { value, bound } = expected(a, b, n);
        for (const A of layouts(m, k, a)) {
          for (const B of layouts(k, n, b)) {
            const C = multiply(A, B, { backend: 'js' });
            expect([C.rows, C.cols]).toEqual([m, n]);
            within(entries(C), value, bound);
            expect(multiply(A, B, { backend: 'wasm' })).toEqual(C);
            expect(multiply(A, B)).toEqual(C);
          }
        }
      }),
      { seed: SEED, numRuns: 40 },
    );
  });

  test.each([
    [70, 257, 66],
    [130, 513, 3],
    [1, 600, 129],
  ])('multiplies dense matrices beyond one block: %i x %i x %i', (m, k, n) => {
    const stream = randomStream(m);
    const a = randomRows(() => stream.uniform(), m, k, 1);
    const b = randomRows(() => stream.uniform(), k, n, 1);
    const { value, bound } = expected(a, b, n);
    const [A, Aturned] = layouts(m, k, a);
    const [B, Bturned] = layouts(k, n, b);
    const C = multiply(A, B, { backend: 'wasm' });
    within(entries(C), value, bound);
    for (const [X, Y] of [
      [A, Bturned],
      [Aturned, B],
      [Aturned, Bturned],
    ]) {
      expect(multiply(X, Y, { backend: 'js' })).toEqual(C);
    }
  });

  test('sums a sparse factor in the order of the inner index, so that layouts give the same bits', () => {
    const stream = randomStream('order');
    const a = randomRows(() => stream.uniform(), 30, 40, 0.2);
    const b = randomRows(() => stream.uniform(), 40, 21, 1);
    const [dense, , csr, csc] = layouts(30, 40, a);
    const [B, , sparseB, sparseColumnsB] = layouts(40, 21, b);
    const C = multiply(csr, B);
    expect(multiply(csc, B)).toEqual(C);
    expect(toDense(multiply(dense, sparseB), 'row')).toEqual(C);
    expect(toDense(multiply(dense, sparseColumnsB), 'row')).toEqual(C);
    const naive = a.map((row) => {
      const sums = new Array(21).fill(0);
      row.forEach((value, k) => {
        if (value !== 0) for (let j = 0; j < 21; j++) sums[j] += value * b[k][j];
      });
      return sums;
    });
    expect(entries(C)).toEqual(naive);
  });

  test('is exact for integers and writes to none of its arguments', () => {
    const A = denseMatrix(2, 3, [1, 2, 3, 4, 5, 6]);
    const B = toSparse(denseMatrix(3, 2, [1, 0, 0, 1, 2, 2]), 'csc');
    const kept = structuredClone([A, B]);
    expect(entries(multiply(A, B))).toEqual([
      [7, 8],
      [16, 17],
    ]);
    expect([A, B]).toEqual(kept);
  });

  test.each([
    ['shapes that do not fit', 'ERR_DIMENSION', () => multiply([[1, 2]], [[1, 2]])],
    ['NaN', 'ERR_NOT_FINITE', () => multiply([[1]], [[Number.NaN]])],
    ['an unknown option', 'ERR_OPTION', () => multiply([[1]], [[1]], { out: 1 } as object)],
    ['an unknown backend', 'ERR_OPTION', () => multiply(toSparse([[1]]), [[1]], { backend: 'gpu' as 'js' })],
    [
      'a product beyond 2^31 entries',
      'ERR_MEMORY',
      () => {
        const indptr = new Int32Array(50_001);
        const tall = { layout: 'csr', rows: 50_000, cols: 0, indptr, indices: [], data: [] } as const;
        const wide = { layout: 'csc', rows: 0, cols: 50_000, indptr, indices: [], data: [] } as const;
        multiply(tall, wide);
      },
    ],
  ])('refuses %s', (_, code, call) => {
    expect(call).toThrow(expect.objectContaining({ code }));
  });
});

describe('symmetricProduct', () => {
  test('agrees with the definition in all layouts and backends, and is symmetric to the last bit', () => {
    fc.assert(
      fc.property(shape, ({ m, n, density, seed }) => {
        const stream = randomStream(seed);
        const x = randomRows(() => stream.uniform(), m, n, density);
        const { value, bound } = expected(naiveTranspose(x, n), x, n);
        for (const X of layouts(m, n, x)) {
          const G = symmetricProduct(X, { backend: 'js' });
          within(entries(G), value, bound);
          expect(naiveTranspose(entries(G), n)).toEqual(entries(G));
          expect(symmetricProduct(X, { backend: 'wasm' })).toEqual(G);
          expect(symmetricProduct(X)).toEqual(G);
        }
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  test.each([
    [300, 67],
    [513, 130],
    [2, 200],
  ])('multiplies beyond one block: %i x %i', (m, n) => {
    const stream = randomStream(n);
    const x = randomRows(() => stream.uniform(), m, n, 1);
    const { value, bound } = expected(naiveTranspose(x, n), x, n);
    const [rowwise, columnwise] = layouts(m, n, x);
    const G = symmetricProduct(rowwise, { backend: 'wasm' });
    within(entries(G), value, bound);
    expect(symmetricProduct(columnwise, { backend: 'js' })).toEqual(G);
  });

  test('leaves no arena behind', () => {
    const before = liveArenas();
    symmetricProduct([[1, 2]], { backend: 'wasm' });
    symmetricProduct(toSparse([[1, 2]]), { backend: 'wasm' });
    multiply(toSparse([[1, 2]]), [[1], [2]], { backend: 'wasm' });
    expect(liveArenas()).toBe(before);
  });

  test.each([
    ['NaN', 'ERR_NOT_FINITE', () => symmetricProduct([[Number.NaN]])],
    ['an unknown option', 'ERR_OPTION', () => symmetricProduct([[1]], { upper: 1 } as object)],
    ['an unknown backend', 'ERR_OPTION', () => symmetricProduct(toSparse([[1]]), { backend: 'gpu' as 'js' })],
    [
      'a product beyond 2^31 entries',
      'ERR_MEMORY',
      () => symmetricProduct({ layout: 'csr', rows: 0, cols: 50_000, indptr: [0], indices: [], data: [] }),
    ],
  ])('refuses %s', (_, code, call) => {
    expect(call).toThrow(expect.objectContaining({ code }));
  });
});
