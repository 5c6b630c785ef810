import { randomStream } from '@lemmata/core';
import { naiveProduct, naiveTranspose, productErrorBound, randomRows, randomVector } from '@lemmata/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { denseMatrix, linearOperator, toDense, toSparse } from '../src/index.js';

const SEED = 20260102;

describe('the operator of a matrix', () => {
  test('agrees with the products by definition in all four layouts, to rounding', () => {
    const cases = fc.record({
      rows: fc.integer({ min: 0, max: 40 }),
      cols: fc.integer({ min: 0, max: 40 }),
      density: fc.constantFrom(0.1, 0.6, 1),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(cases, ({ rows, cols, density, seed }) => {
        const stream = randomStream(seed);
        const uniform = () => stream.uniform();
        const entries = randomRows(uniform, rows, cols, density);
        const turned = naiveTranspose(entries, cols);
        const x = randomVector(uniform, cols).map((value) => (value < -0.5 ? 0 : value));
        const y = randomVector(uniform, rows).map((value) => (value < -0.5 ? 0 : value));
        const dense = denseMatrix(rows, cols, entries.flat());
        for (const matrix of [dense, toDense(dense, 'column'), toSparse(dense, 'csr'), toSparse(dense, 'csc')]) {
          const operator = linearOperator(matrix);
          expect([operator.rows, operator.cols]).toEqual([rows, cols]);
          const image = new Float64Array(rows).fill(7);
          operator.apply(x, image);
          within(image, naiveProduct(entries, x), productErrorBound(entries, x));
          const back = new Float64Array(cols).fill(7);
          operator.applyTranspose(y, back);
          within(back, naiveProduct(turned, y), productErrorBound(turned, y));
        }
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  test('is exact where sums of integers are', () => {
    const entries = Array.from({ length: 11 }, (_, i) =>
      Array.from({ length: 13 }, (_, j) => ((i * 7 + j * 3) % 11) - 5),
    );
    const x = Float64Array.from({ length: 13 }, (_, j) => (j % 4) - 1);
    const y = Float64Array.from({ length: 11 }, (_, i) => (i % 5) - 2);
    for (const layout of ['csr', 'csc'] as const) {
      const image = new Float64Array(11);
      linearOperator(toSparse(entries, layout)).apply(x, image);
      expect(Array.from(image, (v) => v + 0)).toEqual(naiveProduct(entries, x).map((v) => v + 0));
      const back = new Float64Array(13);
      linearOperator(toSparse(entries, layout)).applyTranspose(y, back);
      expect(Array.from(back, (v) => v + 0)).toEqual(naiveProduct(naiveTranspose(entries), y).map((v) => v + 0));
    }
  });

  test('refuses vectors of other lengths and memory that overlaps', () => {
    const operator = linearOperator([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const two = new Float64Array(2);
    const three = new Float64Array(3);
    expect(() => operator.apply(two, two)).toThrow('x: expected length 3 (columns of the matrix), got 2');
    expect(() => operator.apply(three, three)).toThrow('out: expected length 2 (rows of the matrix), got 3');
    expect(() => operator.applyTranspose(three, three)).toThrow('y: expected length 2 (rows of the matrix), got 3');
    expect(() => operator.applyTranspose(two, two)).toThrow('out: expected length 3 (columns of the matrix), got 2');
    const memory = new Float64Array(5);
    const overlapping = () => operator.apply(memory.subarray(0, 3), memory.subarray(2, 4));
    expect(overlapping).toThrow('out: expected memory apart from that of x, got an overlap');
    expect(overlapping).toThrow(expect.objectContaining({ code: 'ERR_INCOMPATIBLE' }));
    memory.set([1, 1, 1]);
    operator.apply(memory.subarray(0, 3), memory.subarray(3, 5));
    expect(memory).toEqual(Float64Array.of(1, 1, 1, 6, 15));
  });
});

function within(actual: ArrayLike<number>, expected: readonly number[], bound: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expect(Math.abs(actual[i] - expected[i])).toBeLessThanOrEqual(bound[i]);
}
