import { randomStream } from '@lemmata/core';
import { bitsOf, firstDifference, naiveTranspose, randomRows } from '@lemmata/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type DenseMatrix,
  denseMatrix,
  fromTriplets,
  type Matrix,
  type SparseMatrix,
  sparseMatrix,
  toArrays,
  toDense,
  toMatrix,
  toSparse,
  toTriplets,
  transpose,
} from '../src/index.js';

const SEED = 20260101;

/** Shapes with zero rows and columns, sizes on both sides of the blocks of 32, any density. */
const matrices = fc
  .record({
    rows: fc.integer({ min: 0, max: 70 }),
    cols: fc.integer({ min: 0, max: 70 }),
    density: fc.constantFrom(0, 0.05, 0.5, 1),
    seed: fc.nat(),
  })
  .map(({ rows, cols, density, seed }) => {
    const stream = randomStream(seed);
    return { rows, cols, entries: randomRows(() => stream.uniform(), rows, cols, density) };
  });

/** The four forms of a matrix, made entry by entry. */
function forms(rows: number, cols: number, entries: readonly number[][]): Record<Matrix['layout'], Matrix> {
  const columns = naiveTranspose(entries, cols);
  const compressed = (lines: readonly number[][], layout: 'csr' | 'csc'): SparseMatrix => {
    const indptr = [0];
    const indices: number[] = [];
    const data: number[] = [];
    for (const line of lines) {
      line.forEach((entry, place) => {
        if (entry === 0) return;
        indices.push(place);
        data.push(entry);
      });
      indptr.push(data.length);
    }
    return sparseMatrix({ layout, rows, cols, indptr, indices, data });
  };
  return {
    row: denseMatrix(rows, cols, entries.flat()),
    column: denseMatrix(rows, cols, columns.flat(), 'column'),
    csr: compressed(entries, 'csr'),
    csc: compressed(columns, 'csc'),
  };
}

/** Compares bit by bit, and faster than the general comparison of large arrays. */
function expectSame(actual: Matrix, expected: Matrix): void {
  expect([actual.layout, actual.rows, actual.cols]).toEqual([expected.layout, expected.rows, expected.cols]);
  expect(firstDifference(actual.data, expected.data)).toBe(-1);
  if (!('indptr' in expected)) return;
  expect(firstDifference((actual as SparseMatrix).indptr, expected.indptr)).toBe(-1);
  expect(firstDifference((actual as SparseMatrix).indices, expected.indices)).toBe(-1);
}

function expectSameRows(actual: readonly number[][], expected: readonly number[][]): void {
  expect(actual.map((row) => row.length)).toEqual(expected.map((row) => row.length));
  expect(firstDifference(actual.flat(), expected.flat())).toBe(-1);
}

describe('conversions', () => {
  test('every form becomes every form, whatever the shape', () => {
    fc.assert(
      fc.property(matrices, ({ rows, cols, entries }) => {
        const all = forms(rows, cols, entries);
        for (const matrix of Object.values(all)) {
          expectSame(toDense(matrix), all.row);
          expectSame(toDense(matrix, 'column'), all.column);
          expectSame(toSparse(matrix), all.csr);
          expectSame(toSparse(matrix, 'csc'), all.csc);
          expectSameRows(toArrays(matrix), entries);
        }
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  test('transposition exchanges rows and columns in every form, twice is nothing', () => {
    fc.assert(
      fc.property(matrices, ({ rows, cols, entries }) => {
        const turned = naiveTranspose(entries, cols);
        for (const matrix of Object.values(forms(rows, cols, entries))) {
          const result = transpose(matrix);
          expect([result.rows, result.cols]).toEqual([cols, rows]);
          expectSameRows(toArrays(result), turned);
          expect(result.data).toBe(matrix.data);
          expectSame(transpose(result), matrix);
          expectSame(toMatrix('A', result), result);
        }
      }),
      { seed: SEED, numRuns: 40 },
    );
  });

  test('triplets in any order give the matrix back', () => {
    fc.assert(
      fc.property(matrices, fc.nat(), ({ rows, cols, entries }, seed) => {
        const all = forms(rows, cols, entries);
        for (const matrix of Object.values(all)) {
          const triplets = toTriplets(matrix);
          const order = randomStream(seed).permutation(triplets.values.length);
          const shuffled = {
            rows: order.map((k) => triplets.rows[k]),
            cols: order.map((k) => triplets.cols[k]),
            values: Float64Array.from(order, (k) => triplets.values[k]),
          };
          expectSame(fromTriplets(rows, cols, shuffled), all.csr);
          expectSame(fromTriplets(rows, cols, shuffled, 'csc'), all.csc);
        }
      }),
      { seed: SEED, numRuns: 40 },
    );
  });

  test('triplets come row by row from rows and column by column from columns', () => {
    const { csr, csc } = forms(2, 2, [
      [1, 2],
      [3, 0],
    ]);
    expect(toTriplets(csr)).toEqual({
      rows: Int32Array.of(0, 0, 1),
      cols: Int32Array.of(0, 1, 0),
      values: Float64Array.of(1, 2, 3),
    });
    expect(toTriplets(csc)).toEqual({
      rows: Int32Array.of(0, 1, 0),
      cols: Int32Array.of(0, 0, 1),
      values: Float64Array.of(1, 3, 2),
    });
  });

  test('entries in one place are added in the order in which they come', () => {
    // (1 + 1e16) - 1e16 = 0 and (1e16 - 1e16) + 1 = 1: the order decides the bits.
    const triplet = (values: number[]) => ({ rows: [1, 1, 0, 1], cols: [2, 2, 0, 2], values });
    for (const layout of ['csr', 'csc'] as const) {
      expect(toArrays(fromTriplets(2, 3, triplet([1, 1e16, 5, -1e16]), layout))).toEqual([
        [5, 0, 0],
        [0, 0, 0],
      ]);
      expect(toArrays(fromTriplets(2, 3, triplet([1e16, -1e16, 5, 1]), layout))).toEqual([
        [5, 0, 0],
        [0, 0, 1],
      ]);
    }
  });

  test('explicit zeros are kept where they are stored and left out where they are not', () => {
    const stored = fromTriplets(1, 3, { rows: [0, 0, 0], cols: [0, 2, 2], values: [0, 1, -1] });
    expect(stored.data).toEqual(Float64Array.of(0, 0));
    expect(toSparse(stored, 'csc').indices.length).toBe(2);
    expect(toTriplets(stored).cols).toEqual(Int32Array.of(0, 2));
    expect(toSparse(denseMatrix(1, 3, [0, -0, 2])).data).toEqual(Float64Array.of(2));
  });

  test('negative zeros and subnormals keep their bits', () => {
    const matrix = denseMatrix(2, 2, [-0, 5e-324, 1, -Number.MAX_VALUE]);
    expect(bitsOf(toDense(toDense(matrix, 'column')).data)).toEqual(bitsOf(matrix.data));
  });
});

describe('what is kept and what is copied', () => {
  test('arrays of the right type are kept', () => {
    const data = Float64Array.of(1, 2);
    const indptr = Int32Array.of(0, 2);
    const indices = Int32Array.of(0, 1);
    expect(denseMatrix(1, 2, data).data).toBe(data);
    const sparse = sparseMatrix({ layout: 'csr', rows: 1, cols: 2, indptr, indices, data });
    expect([sparse.indptr, sparse.indices, sparse.data].map((a) => a.buffer)).toEqual(
      [indptr, indices, data].map((a) => a.buffer),
    );
    expect((toMatrix('A', sparse) as SparseMatrix).indices).toBe(indices);
    expect(toDense(denseMatrix(1, 2, data)).data).toBe(data);
    expect(toSparse(sparse).data).toBe(data);
  });

  test('others are converted', () => {
    const expected = denseMatrix(2, 2, Float64Array.of(1, 2, 3, 4));
    const lists = [
      [1, 2, 3, 4],
      Float32Array.of(1, 2, 3, 4),
      Int16Array.of(1, 2, 3, 4),
      Uint8ClampedArray.of(1, 2, 3, 4),
    ];
    for (const data of lists) expect(toMatrix('A', { rows: 2, cols: 2, data })).toEqual(expected);
    expect(toMatrix('A', [Float32Array.of(1, 2), [3, 4]])).toEqual(expected);
    expect(toMatrix('A', { rows: 2, columns: 2, get: (i, j) => 2 * i + j + 1 })).toEqual(expected);
    const parts = { rows: 1, cols: 2, indptr: [0, 2], indices: Uint16Array.of(0, 1), data: Float32Array.of(1, 2) };
    expect(toMatrix('A', { layout: 'csr', ...parts })).toEqual({
      layout: 'csr',
      rows: 1,
      cols: 2,
      indptr: Int32Array.of(0, 2),
      indices: Int32Array.of(0, 1),
      data: Float64Array.of(1, 2),
    });
  });

  test('nothing of the caller is written to', () => {
    const entries = Object.freeze([Object.freeze([1, 0]), Object.freeze([0, 2])]);
    const triplets = { rows: Int32Array.of(1, 0), cols: Int32Array.of(0, 1), values: Float64Array.of(3, 4) };
    const before = structuredClone(triplets);
    const sparse = toSparse(entries, 'csc');
    const copy = structuredClone(sparse);
    fromTriplets(2, 2, triplets);
    toTriplets(sparse).values.fill(9);
    toSparse(sparse, 'csr').data.fill(9);
    expect(triplets).toEqual(before);
    expect(sparse).toEqual(copy);
  });

  test('extra properties do not travel, and results survive a structured clone', () => {
    const value: DenseMatrix & { note: string } = { ...denseMatrix(1, 1, [1]), note: 'mine' };
    const matrix = toMatrix('A', value);
    expect(Object.keys(matrix).sort()).toEqual(['cols', 'data', 'layout', 'rows']);
    expect(structuredClone(matrix)).toEqual(matrix);
  });

  test('matrices without rows or columns are matrices', () => {
    expect(toMatrix('A', [])).toEqual(denseMatrix(0, 0, []));
    expect(toMatrix('A', [[], []])).toEqual(denseMatrix(2, 0, []));
    expect(toSparse(denseMatrix(0, 3, []), 'csc').indptr).toEqual(new Int32Array(4));
    expect(toArrays(denseMatrix(2, 0, []))).toEqual([[], []]);
  });
});
