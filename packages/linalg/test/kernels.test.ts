import { type Backend, openArena, randomStream } from '@lemmata/core';
import { afterAll, describe, expect, test } from 'vitest';
import { LINALG_KERNELS, linalgKernels } from '../src/kernels/linalg-kernels.js';

const EPSILON = 2 ** -53;
const ROWS = 37;
const COLS = 23;

/** Bound of the relative error of n additions and multiplications in any order: n eps / (1 - n eps). */
function gamma(n: number): number {
  return (n * EPSILON) / (1 - n * EPSILON);
}

/** Sum of values in the order given, with the sum of their magnitudes, to which any order's error is relative. */
function naiveSum(values: readonly number[]): { sum: number; magnitude: number } {
  return {
    sum: values.reduce((sum, value) => sum + value, 0),
    magnitude: values.reduce((sum, value) => sum + Math.abs(value), 0),
  };
}

/** Expects a sum of n products to be that of another order: both are within gamma(n) of the exact one. */
function expectSum(actual: number, terms: readonly number[]): void {
  const { sum, magnitude } = naiveSum(terms);
  expect(Math.abs(actual - sum)).toBeLessThanOrEqual(2 * gamma(terms.length + 1) * magnitude);
}

describe.each(['js', 'wasm'] as const)('kernels in %s', (backend: Backend) => {
  const arena = openArena(
    {
      a: ['f64', ROWS * COLS],
      indptr: ['i32', COLS + 1],
      indices: ['i32', ROWS * COLS],
      data: ['f64', ROWS * COLS],
      ids: ['i32', COLS],
      r: ['f64', ROWS],
      y: ['f64', ROWS],
      x: ['f64', COLS],
      out: ['f64', COLS],
      again: ['f64', COLS],
      vector: ['f64', ROWS],
    },
    backend,
    [LINALG_KERNELS],
  );
  const { a, indptr, indices, data, ids, r, y, x, out, again, vector } = arena.views;
  const kernels = linalgKernels(arena);
  const stream = randomStream('kernels');
  for (const array of [a, data, r, y, x]) for (let i = 0; i < array.length; i++) array[i] = stream.normal();
  ids.set(stream.permutation(COLS));
  // Columns of 0, 1, 2, ... entries; the unused end of `indices` and `data` is never read.
  for (let j = 0; j < COLS; j++) {
    indices.set(stream.sample(ROWS, j).sort(), indptr[j]);
    indptr[j + 1] = indptr[j] + j;
  }
  afterAll(() => arena.dispose());

  const denseTerms = (j: number): number[] => Array.from(r, (value, i) => a[j * ROWS + i] * value);
  const sparseTerms = (j: number): number[] =>
    Array.from({ length: j }, (_, k) => data[indptr[j] + k] * r[indices[indptr[j] + k]]);

  test('says which backend runs', () => {
    expect(kernels.backend).toBe(backend);
  });

  test('dot is the inner product, of a vector with itself too, and 0 for empty vectors', () => {
    expectSum(
      kernels.dot(r, y),
      Array.from(r, (value, i) => value * y[i]),
    );
    expectSum(
      kernels.dot(r, r),
      Array.from(r, (value) => value * value),
    );
    expect(Object.is(kernels.dot(r.subarray(0, 0), y.subarray(0, 0)), 0)).toBe(true);
  });

  test('a sum of negative zeros is the positive zero that it starts from', () => {
    vector.fill(-0);
    y.fill(1);
    for (let n = 0; n <= ROWS; n++) {
      expect(Object.is(kernels.dot(vector.subarray(0, n), y.subarray(0, n)), 0)).toBe(true);
    }
  });

  test('axpy adds a multiple, with one rounding a product and one a sum', () => {
    vector.set(r);
    kernels.axpy(-1.7, y, vector);
    expect(vector).toEqual(r.map((value, i) => value + -1.7 * y[i]));
  });

  test('column products are inner products with the columns', () => {
    kernels.columnProducts(ROWS, a, r, out, 0, COLS);
    for (let j = 0; j < COLS; j++) expectSum(out[j], denseTerms(j));
    kernels.sparseColumnProducts(indptr, indices, data, r, out, 0, COLS);
    for (let j = 0; j < COLS; j++) expectSum(out[j], sparseTerms(j));
  });

  test('column products have the same bits however the range is cut and through ids; columns outside stay', () => {
    for (const dense of [true, false]) {
      const [all, selected] = [products(dense), selectedProducts(dense)];
      all(out, 0, COLS);
      for (let from = 0; from <= COLS; from++) {
        for (let to = from; to <= COLS; to++) {
          again.fill(-7);
          all(again, from, to);
          expect(again).toEqual(out.map((value, j) => (j >= from && j < to ? value : -7)));
          again.fill(-7);
          selected(again, from, to);
          const chosen = new Set(ids.subarray(from, to));
          expect(again).toEqual(out.map((value, j) => (chosen.has(j) ? value : -7)));
        }
      }
    }
  });

  type Products = (target: Float64Array, from: number, to: number) => void;

  function products(dense: boolean): Products {
    return dense
      ? (target, from, to) => kernels.columnProducts(ROWS, a, r, target, from, to)
      : (target, from, to) => kernels.sparseColumnProducts(indptr, indices, data, r, target, from, to);
  }

  function selectedProducts(dense: boolean): Products {
    return dense
      ? (target, from, to) => kernels.selectedColumnProducts(ROWS, a, ids, r, target, from, to)
      : (target, from, to) => kernels.selectedSparseColumnProducts(indptr, indices, data, ids, r, target, from, to);
  }

  test('combinations add the columns in order, element by element, however the range is cut', () => {
    for (const zeros of [0, 1, 5, COLS]) {
      for (let j = 0; j < COLS; j++) x[j] = stream.normal();
      for (const j of stream.sample(COLS, zeros)) x[j] = 0;
      const dense = Array.from(r);
      const sparse = Array.from(r);
      for (let j = 0; j < COLS; j++) {
        for (let i = 0; i < ROWS; i++) dense[i] += x[j] * a[j * ROWS + i];
        for (let k = indptr[j]; k < indptr[j + 1]; k++) sparse[indices[k]] += x[j] * data[k];
      }
      for (let cut = 0; cut <= COLS; cut++) {
        vector.set(r);
        kernels.columnCombination(ROWS, a, x, vector, 0, cut);
        kernels.columnCombination(ROWS, a, x, vector, cut, COLS);
        expect(Array.from(vector)).toEqual(dense);
        vector.set(r);
        kernels.sparseColumnCombination(indptr, indices, data, x, vector, 0, cut);
        kernels.sparseColumnCombination(indptr, indices, data, x, vector, cut, COLS);
        expect(Array.from(vector)).toEqual(sparse);
      }
    }
  });

  test('combinations do not look at columns with the coefficient 0', () => {
    const [before, entriesBefore] = [a.slice(), data.slice()];
    a.fill(Number.NaN, ROWS, 2 * ROWS);
    data.fill(Number.NaN, indptr[3], indptr[4]);
    x.fill(1);
    x[1] = 0;
    x[3] = -0;
    vector.fill(0);
    kernels.columnCombination(ROWS, a, x, vector, 0, COLS);
    kernels.sparseColumnCombination(indptr, indices, data, x, vector, 0, COLS);
    expect(vector.every(Number.isFinite)).toBe(true);
    a.set(before);
    data.set(entriesBefore);
  });

  test('columns without rows have products 0 and combinations without effect', () => {
    const none = a.subarray(0, 0);
    out.fill(9);
    kernels.columnProducts(0, none, none, out, 0, COLS);
    expect(out).toEqual(new Float64Array(COLS));
    kernels.columnCombination(0, none, x, none, 0, COLS);
  });
});
