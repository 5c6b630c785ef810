import { liveArenas, randomStream } from '@lemmata/core';
import { solveLinearSystem } from '@lemmata/testing';
import { describe, expect, test } from 'vitest';
import { type CholeskyFactor, cholesky, choleskySolve, denseMatrix, symmetricProduct, toSparse } from '../src/index.js';

const stream = randomStream('cholesky');
const U = 2 ** -53;

/** gamma_k = k u / (1 - k u). */
function gamma(k: number): number {
  return (k * U) / (1 - k * U);
}

/** X' X + shift I for a normal X: definite. */
function definite(n: number, shift: number): Float64Array {
  const X = denseMatrix(
    n + 2,
    n,
    Float64Array.from({ length: n * (n + 2) }, () => stream.normal()),
  );
  const { data } = symmetricProduct(X);
  for (let i = 0; i < n; i++) data[i * (n + 1)] += shift;
  return data;
}

function factorOf(n: number, data: Float64Array, backend: 'auto' | 'js' | 'wasm'): CholeskyFactor {
  const factor = cholesky(denseMatrix(n, n, data), { backend });
  if (factor.status !== 'complete') throw new Error(`pivot ${factor.pivot}`);
  return factor;
}

/** (|L| |L|')_ij and (L L')_ij. */
function products(l: Float64Array, n: number, i: number, j: number): readonly [number, number] {
  let size = 0;
  let sum = 0;
  for (let k = 0; k <= Math.min(i, j); k++) {
    const product = l[i * n + k] * l[j * n + k];
    size += Math.abs(product);
    sum += product;
  }
  return [size, sum];
}

describe('cholesky', () => {
  test.each([0, 1, 2, 3, 4, 5, 8, 31, 63, 64, 65, 66, 130, 300])('factorises A of order %i, entry by entry', (n) => {
    const a = definite(n, 0.1);
    const { L, status, warnings } = factorOf(n, a, 'js');
    expect([status, L.layout, L.rows, L.cols, warnings]).toEqual(['complete', 'row', n, n, []]);
    let worst = 0;
    for (let i = 0; i < n; i++) {
      expect(L.data[i * n + i]).toBeGreaterThan(0);
      for (let j = 0; j < n; j++) {
        if (j > i) expect(L.data[i * n + j]).toBe(0);
        const [size, sum] = products(L.data, n, i, j);
        // Theorem 10.3 gives gamma_(n + 1) |L| |L|'; the check's own sums of n products add gamma_n, computing the
        // bound too.
        worst = Math.max(worst, Math.abs(sum - a[i * n + j]) / (gamma(2 * n + 2) * size));
      }
    }
    expect(worst).toBeLessThanOrEqual(1);
    expect(factorOf(n, a, 'wasm').L).toEqual(L);
  });

  test('reads the lower triangle alone, in every layout, and writes to nothing', () => {
    const n = 12;
    const a = definite(n, 1);
    const { L } = factorOf(n, a, 'auto');
    const kept = a.slice();
    const lower = a.slice();
    for (let i = 0; i < n; i++) lower.fill(99, i * n + i + 1, (i + 1) * n);
    expect(factorOf(n, lower, 'js').L).toEqual(L);
    for (const matrix of [toSparse(denseMatrix(n, n, a), 'csc'), denseMatrix(n, n, a, 'column')]) {
      const factor = cholesky(matrix);
      expect(factor.status === 'complete' && factor.L).toEqual(L);
    }
    expect(a).toEqual(kept);
    expect(structuredClone(cholesky(denseMatrix(n, n, a)))).toEqual(cholesky(denseMatrix(n, n, a)));
  });

  test('scales: tiny and huge matrices have the same factor, scaled', () => {
    const n = 70;
    const a = definite(n, 1);
    const { L } = factorOf(n, a, 'wasm');
    for (const power of [-900, 900]) {
      const scaled = factorOf(
        n,
        a.map((value) => value * 2 ** power),
        'wasm',
      );
      expect(scaled.L.data).toEqual(L.data.map((value) => value * 2 ** (power / 2)));
    }
  });

  test.each([
    ['zero', [0], 0],
    ['negative', [-1], 0],
    ['indefinite', [1, 2, 2, 1], 1],
    ['singular, exactly', [4, 2, 2, 1], 1],
    ['rank 1 of 3', [1, 1, 1, 1, 1, 1, 1, 1, 1], 1],
    ['overflowing', [1, 1e200, 1e200, 1], 1],
  ])('breaks down at the pivot: %s', (_, data, pivot) => {
    const n = Math.sqrt(data.length);
    for (const backend of ['js', 'wasm'] as const) {
      const result = cholesky(denseMatrix(n, n, data), { backend });
      expect(result).toEqual({ status: 'breakdown', pivot, backend, warnings: [] });
    }
  });

  test.each([3, 4, 63, 64, 65, 100, 129])(
    'breaks down at pivot %i of 130, where the leading block ends being definite',
    (pivot) => {
      const n = 130;
      const a = definite(n, 1);
      a[pivot * (n + 1)] = 1e-3 - Math.abs(a[pivot * (n + 1)]);
      for (const backend of ['js', 'wasm'] as const) {
        expect(cholesky(denseMatrix(n, n, a), { backend })).toEqual(
          expect.objectContaining({ status: 'breakdown', pivot }),
        );
      }
    },
  );

  test('leaves no arena behind', () => {
    const before = liveArenas();
    cholesky([[1]], { backend: 'wasm' });
    cholesky([[-1]], { backend: 'wasm' });
    expect(liveArenas()).toBe(before);
  });

  test.each([
    ['a matrix that is not square', 'ERR_DIMENSION', () => cholesky([[1, 2]])],
    ['NaN', 'ERR_NOT_FINITE', () => cholesky([[Number.NaN]])],
    ['an unknown option', 'ERR_OPTION', () => cholesky([[1]], { upper: true } as object)],
    ['an unknown backend', 'ERR_OPTION', () => cholesky([[1]], { backend: 'gpu' as 'js' })],
    ['no matrix', 'ERR_INPUT', () => cholesky(3 as never)],
  ])('refuses %s', (_, code, call) => {
    expect(call).toThrow(expect.objectContaining({ code }));
  });
});

describe('choleskySolve', () => {
  test.each([0, 1, 2, 7, 40, 65, 128])('solves a system of order %i within its backward error', (n) => {
    const a = definite(n, 0.5);
    const b = Float64Array.from({ length: n }, () => stream.normal());
    const kept = b.slice();
    const { L } = factorOf(n, a, 'wasm');
    const x = choleskySolve(factorOf(n, a, 'js'), b);
    expect(b).toEqual(kept);
    for (let i = 0; i < n; i++) {
      let residual = -b[i];
      let bound = 0;
      let size = Math.abs(b[i]);
      for (let j = 0; j < n; j++) {
        residual += a[i * n + j] * x[j];
        size += Math.abs(a[i * n + j] * x[j]);
        bound += products(L.data, n, i, j)[0] * Math.abs(x[j]);
      }
      // Theorem 10.4: |b - A x| <= gamma_(3 n + 1) |L| |L|' |x|; the residual's own sum of n + 1 terms adds gamma_(n +
      // 1), and computing the bound a factor that 2 n more roundings cover.
      expect(Math.abs(residual)).toBeLessThanOrEqual(gamma(5 * n + 1) * bound + gamma(n + 2) * size);
    }
  });

  test('agrees with elimination in exact small systems', () => {
    const rows = [
      [4, 2, 2],
      [2, 5, 3],
      [2, 3, 6],
    ];
    const factor = cholesky(rows);
    expect(factor.status === 'complete' && factor.L.data).toEqual(Float64Array.of(2, 0, 0, 1, 2, 0, 1, 1, 2));
    const x = factor.status === 'complete' ? choleskySolve(factor, [16, 21, 26]) : [];
    const exact = solveLinearSystem(rows, [16, 21, 26]) ?? [];
    for (let i = 0; i < 3; i++) expect(Math.abs(x[i] - exact[i])).toBeLessThanOrEqual(1e-14);
  });

  test.each([
    ['another length', 'ERR_DIMENSION', [1]],
    ['NaN', 'ERR_NOT_FINITE', [1, Number.NaN]],
    ['no vector', 'ERR_INPUT', 'ab'],
  ])('refuses %s', (_, code, b) => {
    const factor = factorOf(2, Float64Array.of(1, 0, 0, 1), 'js');
    expect(() => choleskySolve(factor, b as number[])).toThrow(expect.objectContaining({ code }));
  });

  test('refuses a factorisation that broke down', () => {
    expect(() => choleskySolve(cholesky([[0]]) as never, [1])).toThrow(expect.objectContaining({ code: 'ERR_STATE' }));
  });
});
