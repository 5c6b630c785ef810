import { randomStream } from '@lemmata/core';
import { describe, expect, test } from 'vitest';
import {
  denseMatrix,
  dominantEigenvalue,
  dominantEigenvalueAsync,
  dominantEigenvalueIterations,
  extremeEigenvalues,
  extremeEigenvaluesAsync,
  extremeEigenvaluesIterations,
  frobenius,
  jacobiRotation,
  type MatrixLike,
  norm1,
  norm2,
  normInf,
  toDense,
  toSparse,
} from '../src/index.js';
import { tridiagonalEigen } from '../src/spectra/tridiagonal.js';

const stream = randomStream('spectra');
const U = 2 ** -53;

/** Eigenvalues of the second difference matrix, rising: 2 - 2 cos(k pi / (n + 1)). */
function laplacianEigenvalues(n: number): number[] {
  return Array.from({ length: n }, (_, k) => 4 * Math.sin(((k + 1) * Math.PI) / (2 * (n + 1))) ** 2);
}

function laplacian(n: number) {
  return denseMatrix(
    n,
    n,
    Array.from({ length: n * n }, (_, k) => {
      const distance = Math.abs(Math.floor(k / n) - (k % n));
      return distance === 0 ? 2 : distance === 1 ? -1 : 0;
    }),
  );
}

/** H diag(values) H for a Householder reflection H: a full symmetric matrix with these eigenvalues. */
function withEigenvalues(values: readonly number[]) {
  const n = values.length;
  const v = Float64Array.from({ length: n }, () => stream.normal());
  const size = v.reduce((sum, value) => sum + value * value, 0);
  const reflect = (i: number, j: number) => (i === j ? 1 : 0) - (2 * v[i] * v[j]) / size;
  const data = Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.max(Math.floor(at / n), at % n), Math.min(Math.floor(at / n), at % n)];
    return values.reduce((sum, value, k) => sum + reflect(i, k) * value * reflect(k, j), 0);
  });
  return denseMatrix(n, n, data);
}

function norm(x: ArrayLike<number>): number {
  return Math.sqrt(Array.from(x).reduce((sum, value) => sum + value * value, 0));
}

describe('tridiagonalEigen', () => {
  test.each([0, 1, 2, 3, 10, 100])('finds the eigenvalues of the second differences of order %i', (k) => {
    const d = new Float64Array(k).fill(2);
    const e = new Float64Array(k).fill(-1);
    const rows = new Float64Array(k * k);
    for (let i = 0; i < k; i++) rows[i * (k + 1)] = 1;
    expect(tridiagonalEigen(d, e, rows)).toBe(true);
    // The method is backward stable: each of at most 2 k sweeps of k rotations adds a few u |T|, |T| <= 4.
    const bound = 40 * k * U * 4;
    const sorted = Array.from(d).sort((a, b) => a - b);
    laplacianEigenvalues(k).forEach((value, i) => {
      expect(Math.abs(sorted[i] - value)).toBeLessThanOrEqual(bound);
    });
    for (let c = 0; c < k; c++) {
      const q = Array.from({ length: k }, (_, i) => rows[i * k + c]);
      const residual = q.map((value, i) => 2 * value - (q[i - 1] ?? 0) - (q[i + 1] ?? 0) - d[c] * value);
      expect(norm(residual)).toBeLessThanOrEqual(2 * bound);
    }
  });

  test('splits where the subdiagonal is zero, and takes tiny, huge and equal entries', () => {
    const d = Float64Array.of(1, 1, 1e-200, 1e-200, 5, -3);
    const e = Float64Array.of(0, 1e-300, 0, 1e-30, 0, 7);
    expect(tridiagonalEigen(d, e, new Float64Array(0))).toBe(true);
    expect(Array.from(d).sort((a, b) => a - b)).toEqual([-3, 1e-200, 1e-200, 1, 1, 5]);
  });
});

describe('extremeEigenvalues', () => {
  test.each([1, 2, 3, 30, 120])('finds both ends of the second differences of order %i', (n) => {
    const result = extremeEigenvalues(laplacian(n));
    const values = laplacianEigenvalues(n);
    expect(result.status).toBe('converged');
    expect(result.certificate.relativeGap).toBeLessThanOrEqual(2e-10);
    for (const [pair, exact] of [
      [result.smallest, values[0]],
      [result.largest, values[n - 1]],
    ] as const) {
      // An eigenvalue lies within the residual; the ends are simple and further apart from the others than that.
      expect(Math.abs(pair.value - exact)).toBeLessThanOrEqual(pair.residual + 20 * n * U * 4);
      expect(norm(pair.vector)).toBeCloseTo(1, 13);
    }
    expect(result.counts.matvecs).toBe(result.iterations + 2);
    expect(structuredClone(result)).toEqual(result);
  });

  test('is not disturbed by repeated, clustered, zero and indefinite eigenvalues', () => {
    for (const values of [
      [3, 3, 3, 3],
      [-2, -2, 0, 0, 5, 5],
      [1, 1 + 1e-9, 1 + 2e-9, 2],
      [0, 0, 0],
      [-1e-3, 1e3, 7, 7, 7],
    ]) {
      const n = values.length;
      const { smallest, largest, status } = extremeEigenvalues(withEigenvalues(values), { tolerance: 1e-12 });
      // The matrix itself is rounded by at most about 6 n u max|value|.
      const size = Math.max(...values.map(Math.abs));
      const bound = 6 * n * n * U * size + 1e-12 * size;
      expect(status).toBe('converged');
      expect(Math.abs(smallest.value - Math.min(...values))).toBeLessThanOrEqual(bound);
      expect(Math.abs(largest.value - Math.max(...values))).toBeLessThanOrEqual(bound);
    }
  });

  test('takes operators, all layouts, and scales with powers of 2', () => {
    const A = withEigenvalues([-4, 1, 2, 9]);
    const { elapsedMs: _, ...plain } = extremeEigenvalues(A);
    expect(
      extremeEigenvalues({
        rows: 4,
        cols: 4,
        apply: (x, out) => {
          for (let i = 0; i < 4; i++) out[i] = A.data.subarray(4 * i, 4 * i + 4).reduce((s, a, j) => s + a * x[j], 0);
        },
      }).largest.value,
    ).toBeCloseTo(plain.largest.value, 12);
    for (const matrix of [toDense(A, 'column'), toSparse(A, 'csr'), toSparse(A, 'csc')]) {
      expect(extremeEigenvalues(matrix).smallest.value).toBeCloseTo(plain.smallest.value, 12);
    }
    for (const power of [2 ** 900, 2 ** -900]) {
      const scaled = extremeEigenvalues({ ...A, data: A.data.map((value) => value * power) });
      expect(scaled.iterations).toBe(plain.iterations);
      expect(scaled.largest.value).toBe(plain.largest.value * power);
    }
  });

  test('draws its start from the seed: same seed, same bits', () => {
    const A = laplacian(40);
    const values = [0, '0', 1].map((seed) => extremeEigenvalues(A, { seed, maxIterations: 10 }));
    expect(values.map(({ seed }) => seed)).toEqual(['0', '0', '1']);
    expect(values[0].largest).toEqual(values[1].largest);
    expect(values[0].largest.value).not.toBe(values[2].largest.value);
    expect(values[0].status).toBe('max-iterations');
  });

  test('has the same bits in all three forms', async () => {
    const A = laplacian(20);
    const { elapsedMs: _, ...plain } = extremeEigenvalues(A);
    const { elapsedMs: __, ...asynchronous } = await extremeEigenvaluesAsync(A);
    expect(asynchronous).toEqual(plain);
    const steps = extremeEigenvaluesIterations(A);
    const seen: number[] = [];
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) seen.push(step.value.largest);
    expect(step.value.smallest).toEqual(plain.smallest);
    expect(Float64Array.from(seen)).toEqual(plain.history.largest);
  });

  test('shows Ritz values that move outwards and stay inside the spectrum', () => {
    const { history } = extremeEigenvalues(laplacian(60));
    const slack = 100 * U * 4;
    for (let k = 1; k < history.largest.length; k++) {
      expect(history.largest[k]).toBeGreaterThanOrEqual(history.largest[k - 1] - slack);
      expect(history.smallest[k]).toBeLessThanOrEqual(history.smallest[k - 1] + slack);
    }
    expect(Math.max(...history.largest)).toBeLessThanOrEqual(4 + slack);
    expect(Math.min(...history.smallest)).toBeGreaterThanOrEqual(-slack);
  });

  test('ends after n steps at the latest, and diverges on overflow', () => {
    // After n steps the space is invariant to rounding: the recurrence has nothing left, and the certificate says how
    // much.
    const last = extremeEigenvalues(laplacian(30), { tolerance: 1e-300 });
    expect([last.status, last.iterations, last.history.residual.at(-1)]).toEqual(['converged', 30, 0]);
    expect(last.certificate.relativeGap).toBeLessThanOrEqual(40 * 30 * U * 4);
    const huge = denseMatrix(3, 3, new Array(9).fill(1.7e308));
    expect(extremeEigenvalues(huge).status).toBe('diverged');
  });
});

describe('dominantEigenvalue', () => {
  test.each([[[1, 2, 3, 10]], [[-10, 3, 2]], [[5]], [[0, 0]]])('finds the dominant eigenvalue of %j', (values) => {
    const { status, dominant, certificate, counts, iterations } = dominantEigenvalue(withEigenvalues(values));
    const exact = values.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best));
    expect(status).toBe('converged');
    expect(Math.abs(dominant.value - exact)).toBeLessThanOrEqual(
      dominant.residual + 6 * values.length ** 2 * U * Math.abs(exact),
    );
    expect(certificate.gap).toBe(dominant.residual);
    expect(counts.matvecs).toBe(iterations + 1);
  });

  test('has the same bits in all three forms', async () => {
    const A = withEigenvalues([1, 2, 4]);
    const { elapsedMs: _, ...plain } = dominantEigenvalue(A);
    const { elapsedMs: __, ...asynchronous } = await dominantEigenvalueAsync(A);
    expect(asynchronous).toEqual(plain);
    const seen = Array.from(dominantEigenvalueIterations(A), ({ value }) => value);
    expect(Float64Array.from(seen)).toEqual(plain.history.value);
  });

  test('does not settle on two eigenvalues of opposite sign, and says so', () => {
    const { status, certificate } = dominantEigenvalue(withEigenvalues([7, -7, 1]), { maxIterations: 50 });
    expect(status).toBe('max-iterations');
    expect(certificate.gap).toBeGreaterThan(1e-3);
  });
});

describe('norms', () => {
  const shapes: [number, number][] = [
    [1, 1],
    [3, 5],
    [6, 2],
    [20, 20],
  ];

  test.each(shapes)('of a %i x %i matrix are those of the definition, in all layouts', (m, n) => {
    const rows = Array.from({ length: m }, () => Array.from({ length: n }, () => Math.round(stream.normal() * 8) / 4));
    const dense = denseMatrix(m, n, rows.flat());
    const columnSums = rows[0].map((_, j) => rows.reduce((sum, row) => sum + Math.abs(row[j]), 0));
    const rowSums = rows.map((row) => row.reduce((sum, value) => sum + Math.abs(value), 0));
    // Multiples of 1/4 of this size: all sums are exact, and so are the squares.
    const squares = rows.flat().reduce((sum, value) => sum + value * value, 0);
    for (const A of [dense, toDense(dense, 'column'), toSparse(dense, 'csr'), toSparse(dense, 'csc')]) {
      expect(norm1(A)).toBe(Math.max(...columnSums));
      expect(normInf(A)).toBe(Math.max(...rowSums));
      expect(frobenius(A)).toBe(Math.sqrt(squares));
    }
  });

  test('of empty matrices are 0', () => {
    for (const A of [[], denseMatrix(0, 3, []), denseMatrix(3, 0, [])]) {
      expect([norm1(A), normInf(A), frobenius(A)]).toEqual([0, 0, 0]);
    }
  });

  test('neither overflow nor underflow where the norm does not', () => {
    expect(frobenius([[3e300, 4e300]])).toBeCloseTo(5e300, -290);
    expect(frobenius([[3 * 2 ** -1060, 4 * 2 ** -1060]])).toBe(5 * 2 ** -1060);
    expect(norm1([[1e308], [1e308]])).toBe(Infinity);
    expect(norm2([[3 * 2 ** 1000], [4 * 2 ** 1000]]).value).toBe(5 * 2 ** 1000);
    expect(norm2([[3 * 2 ** -1000, 4 * 2 ** -1000]]).value).toBe(5 * 2 ** -1000);
  });
});

describe('norm2', () => {
  test('is the largest singular value, tall, wide and square, between its bounds', () => {
    // Rows of the second differences: A'A and A A' have known ends.
    const n = 25;
    const largest = laplacianEigenvalues(n)[n - 1];
    const square = norm2(laplacian(n));
    expect(square.status).toBe('converged');
    // lower >= sqrt(theta) up to rounding, theta within its residual 1e-10 theta of an eigenvalue.
    expect(Math.abs(square.value - largest)).toBeLessThanOrEqual(1e-10 * largest);
    const tall = denseMatrix(2 * n, n, [...laplacian(n).data, ...laplacian(n).data]);
    const wide = denseMatrix(n, 2 * n, toDense(tall, 'column').data);
    for (const A of [tall, wide]) {
      const { value, vector, certificate } = norm2(A);
      expect(Math.abs(value - Math.SQRT2 * largest)).toBeLessThanOrEqual(1e-10 * Math.SQRT2 * largest);
      expect(vector.length).toBe(A.cols);
      expect(norm(vector)).toBeCloseTo(1, 13);
      expect(certificate.lower).toBe(value);
      expect(certificate.upper).toBeGreaterThanOrEqual(value);
      expect(certificate.gap).toBe(certificate.upper - certificate.lower);
    }
  });

  test('of zero is 0, of a single row or column its length', () => {
    for (const A of [[[0, 0]], [[0], [0]]]) {
      const { value, vector, certificate } = norm2(A);
      expect([value, norm(vector), certificate.upper]).toEqual([0, 1, 0]);
    }
    expect(norm2([[3, 4]]).value).toBe(5);
  });
});

describe('refusals', () => {
  const call = (f: (A: MatrixLike, o?: object) => unknown) => f as (A: unknown, o?: unknown) => unknown;
  test.each([
    ['extremeEigenvalues', call(extremeEigenvalues)],
    ['dominantEigenvalue', call(dominantEigenvalue)],
  ])('%s: not square, empty, not finite, unknown options', (_, f) => {
    expect(() => f([[1, 2]])).toThrow(expect.objectContaining({ code: 'ERR_DIMENSION' }));
    expect(() => f([])).toThrow(expect.objectContaining({ code: 'ERR_INPUT' }));
    expect(() => f([[Number.NaN]])).toThrow(expect.objectContaining({ code: 'ERR_NOT_FINITE' }));
    expect(() => f([[1]], { tolerance: -1 })).toThrow(expect.objectContaining({ code: 'ERR_OPTION' }));
    expect(() => f([[1]], { tol: 1 })).toThrow(expect.objectContaining({ code: 'ERR_OPTION' }));
    expect(() => f([[1]], { seed: Number.NaN })).toThrow(expect.objectContaining({ code: 'ERR_OPTION' }));
    const broken = { rows: 1, cols: 1, apply: (_: unknown, out: Float64Array) => out.fill(Number.NaN) };
    expect(() => f(broken)).toThrow(expect.objectContaining({ code: 'ERR_NUMERICAL' }));
  });

  test('norms: what is no matrix, and nothing to measure', () => {
    for (const f of [norm1, normInf, frobenius, norm2]) {
      expect(() => f(3 as never)).toThrow(expect.objectContaining({ code: 'ERR_INPUT' }));
    }
    expect(() => norm2([])).toThrow(expect.objectContaining({ code: 'ERR_INPUT' }));
    expect(() => norm2([[1]], { tol: 1 } as object)).toThrow(expect.objectContaining({ code: 'ERR_OPTION' }));
  });
});

describe('jacobiRotation', () => {
  test('turns matrix and vectors together, and leaves small entries alone', () => {
    const n = 3;
    const given = Float64Array.of(4, 1, -2, 1, 3, 0.5, -2, 0.5, 1);
    const a = given.slice();
    const v = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
    expect(jacobiRotation(n, a, v, 0, 2)).toBe(true);
    expect([a[2], a[6]]).toEqual([0, 0]);
    // V A0 V' = A, each entry of sums of nine products of numbers below 5.
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let k = 0; k < n; k++) for (let l = 0; l < n; l++) sum += v[i * n + k] * given[k * n + l] * v[j * n + l];
        expect(Math.abs(sum - a[i * n + j])).toBeLessThanOrEqual(9 * 16 * 5 * Number.EPSILON);
      }
    }
    expect(jacobiRotation(n, a, v, 0, 2)).toBe(false);
  });
});
