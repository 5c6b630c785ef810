import { randomStream } from '@lemmata/core';
import { describe, expect, test } from 'vitest';
import { denseMatrix, linearOperator, type MatrixLike, toSparse } from '../src/index.js';
import { runSlices, SLICE, toSquareOperator } from '../src/matrix/to-operator.js';

const stream = randomStream('slices');

describe('products in slices', () => {
  test('have the bits of whole products and give way after every 2^21 entries', () => {
    const n = 1800;
    const data = Float64Array.from({ length: n * n }, (_, k) => ((k * 7919) % 1013) / 64 - 8);
    const x = Float64Array.from({ length: n }, () => stream.normal());
    const perSlice = Math.floor(SLICE / n);
    const matrices: MatrixLike[] = [denseMatrix(n, n, data), denseMatrix(n, n, data, 'column')];
    for (const matrix of matrices) {
      const { apply, own } = toSquareOperator('A', matrix);
      const out = new Float64Array(n).fill(Number.NaN);
      const pauses = Array.from(apply(x, out));
      expect([own, pauses]).toEqual([false, new Array(Math.ceil(n / perSlice) - 1).fill('slice')]);
      expect(pauses.length).toBeGreaterThan(0);
      const whole = new Float64Array(n);
      linearOperator(matrix).apply(x, whole);
      expect(out).toEqual(whole);
    }
  });

  test('take sparse matrices, small ones in one slice, and the caller’s operators', () => {
    const rows = [
      [1, 0, 2],
      [0, 3, 0],
      [2, 0, -1],
    ];
    for (const A of [rows, toSparse(rows, 'csr'), toSparse(rows, 'csc'), linearOperator(rows)]) {
      const operator = toSquareOperator('A', A);
      const out = new Float64Array(3);
      expect(Array.from(operator.apply(Float64Array.of(1, 2, 3), out))).toEqual([]);
      expect(Array.from(out)).toEqual([7, 6, -1]);
      runSlices(operator.apply(Float64Array.of(1, 0, 0), out));
      expect(Array.from(out)).toEqual([1, 0, 2]);
    }
  });

  test('refuse what is not square', () => {
    const wide = { rows: 2, cols: 3, apply: () => {} };
    expect(() => toSquareOperator('A', wide)).toThrow(expect.objectContaining({ code: 'ERR_DIMENSION' }));
    expect(() => toSquareOperator('A', null as never)).toThrow(expect.objectContaining({ code: 'ERR_INPUT' }));
  });
});
