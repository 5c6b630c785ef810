import { describe, expect, test } from 'vitest';
import {
  denseMatrix,
  fromTriplets,
  linearOperator,
  sparseMatrix,
  toArrays,
  toDense,
  toSparse,
  toTriplets,
  transpose,
} from '../src/index.js';
import { caught, expectRefusal, type Refusal } from './refusal.js';

const csc = { layout: 'csc', rows: 3, cols: 3, indptr: [0, 2, 2, 3], indices: [0, 2, 1], data: [1, 2, 3] } as const;

describe('every door is the same one', () => {
  const bad = [[1, Number.NaN]];
  const doors = { toDense, toSparse, toTriplets, toArrays, linearOperator };
  for (const [name, door] of Object.entries(doors)) {
    test(name, () => {
      expectRefusal(
        caught(() => door(bad)),
        {
          code: 'ERR_NOT_FINITE',
          message: 'matrix[0][1]: expected a finite number, got NaN',
          details: { index: [0, 1] },
        },
      );
    });
  }

  test('constructors', () => {
    expectRefusal(
      caught(() => denseMatrix(1, 2, [1])),
      { code: 'ERR_DIMENSION', message: 'matrix.data: expected length 2 (rows * cols = 1 * 2), got 1' },
    );
    expectRefusal(
      caught(() => denseMatrix(1, 1, [1], 'diagonal' as 'row')),
      { code: 'ERR_INPUT', message: 'matrix.layout' },
    );
    expectRefusal(
      caught(() => sparseMatrix({ ...csc, indices: [0, 0, 1] })),
      { code: 'ERR_INPUT', message: 'matrix.indices[1] (column 0, position 1): expected a row > 0' },
    );
  });

  test('layouts of conversions', () => {
    expectRefusal(
      caught(() => toDense([[1]], 'csr' as 'row')),
      { code: 'ERR_INPUT', message: `layout: expected one of 'row', 'column', got "csr"` },
    );
    expectRefusal(
      caught(() => toSparse([[1]], 'row' as 'csr')),
      { code: 'ERR_INPUT', message: `layout: expected one of 'csr', 'csc', got "row"` },
    );
  });

  test('a dense form that no memory holds', () => {
    const parts = { rows: 2, cols: 2147483647, indptr: [0, 0, 1], indices: [2147483646], data: [1] };
    const wide = sparseMatrix({ layout: 'csr', ...parts });
    expect(transpose(wide).rows).toBe(2147483647);
    expectRefusal(
      caught(() => toDense(wide)),
      {
        code: 'ERR_MEMORY',
        message: 'matrix: expected at most 2147483647 entries in dense form, got 2 * 2147483647',
        details: { actual: 4294967294 },
      },
    );
  });
});

describe('fromTriplets refuses', () => {
  const good = { rows: [0, 1], cols: [1, 0], values: [2, 3] };
  const cases: readonly (Refusal & { readonly size?: readonly [number, number] })[] = [
    { what: 'a size', size: [-1, 2], value: good, code: 'ERR_INPUT', message: 'rows: expected an integer in [0,' },
    { what: 'the other size', size: [2, 1.5], value: good, code: 'ERR_INPUT', message: 'cols: expected an integer in' },
    {
      what: 'lengths that differ',
      value: { ...good, cols: [1] },
      code: 'ERR_DIMENSION',
      message: 'triplets.cols: expected length 2 (that of triplets.values), got 1',
    },
    {
      what: 'no values',
      value: { ...good, values: undefined },
      code: 'ERR_INPUT',
      message: 'triplets.values: expected an array of numbers, got undefined',
    },
    {
      what: 'a row out of range',
      value: { ...good, rows: [0, 2] },
      code: 'ERR_INPUT',
      message: 'triplets.rows[1]: expected a row in [0, 2), got 2',
    },
    {
      what: 'a column that is no integer',
      value: { ...good, cols: [0.5, 0] },
      code: 'ERR_INPUT',
      message: 'triplets.cols[0]: expected a column in [0, 2), got 0.5',
    },
    {
      what: 'NaN',
      value: { ...good, values: [2, Number.NaN] },
      code: 'ERR_NOT_FINITE',
      message: 'triplets.values[1]: expected a finite number, got NaN',
      details: { index: 1 },
    },
    {
      what: 'a sum that overflows',
      value: { rows: [1, 1], cols: [0, 0], values: [1e308, 1e308] },
      code: 'ERR_NOT_FINITE',
      message: 'triplets: sum at [1][0]: expected a finite number, got Infinity',
      details: { index: [1, 0] },
    },
  ];
  for (const { what, value, size = [2, 2], ...refusal } of cases) {
    test(what, () => {
      expectRefusal(
        caught(() => fromTriplets(size[0], size[1], value as typeof good)),
        refusal,
      );
    });
  }

  test('names row and column of an overflow in compressed columns too', () => {
    const error = caught(() => fromTriplets(2, 2, { rows: [1, 1], cols: [0, 0], values: [1e308, 1e308] }, 'csc'));
    expect(error.details['index']).toEqual([1, 0]);
  });
});
