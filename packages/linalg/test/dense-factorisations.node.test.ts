import { randomStream } from '@lemmata/core';
import { describe, expect, test } from 'vitest';
import { evd, lu, qr, svd } from '../src/dense/index.js';
import { type DenseMatrix, denseMatrix, extremeEigenvalues, multiply, norm2, toDense, toSparse } from '../src/index.js';

const stream = randomStream('dense factorisations');
const U = 2 ** -53;
const SHAPES: [number, number][] = [
  [0, 0],
  [0, 3],
  [3, 0],
  [1, 1],
  [1, 6],
  [6, 1],
  [5, 3],
  [3, 5],
  [17, 17],
  [60, 20],
  [20, 60],
];

function normals(rows: number, cols: number): DenseMatrix {
  return denseMatrix(
    rows,
    cols,
    Float64Array.from({ length: rows * cols }, () => stream.normal()),
  );
}

function norm(x: ArrayLike<number>): number {
  return Math.sqrt(Array.from(x).reduce((sum, value) => sum + value * value, 0));
}

/** |A - left right| in the Frobenius norm, by the definition. */
function distance(A: DenseMatrix, left: DenseMatrix, right: DenseMatrix): number {
  let sum = 0;
  for (let i = 0; i < A.rows; i++) {
    for (let j = 0; j < A.cols; j++) {
      let entry = A.data[i * A.cols + j];
      for (let k = 0; k < left.cols; k++) entry -= left.data[i * left.cols + k] * right.data[k * A.cols + j];
      sum += entry * entry;
    }
  }
  return Math.sqrt(sum);
}

function transposed(A: DenseMatrix): DenseMatrix {
  return { ...A, rows: A.cols, cols: A.rows, data: toDense(A, 'column').data };
}

/** |Q'Q - I| in the Frobenius norm. */
function defect(Q: DenseMatrix): number {
  const identity = denseMatrix(
    Q.cols,
    Q.cols,
    Array.from({ length: Q.cols ** 2 }, (_, k) => (k % (Q.cols + 1) === 0 ? 1 : 0)),
  );
  return distance(identity, transposed(Q), Q);
}

/**
 * Higham, theorem 19.4: Householder's method is off by sqrt(k) gamma_(c m k) |A|, k = min(m, n), c a small integer for
 * which 10 is taken; multiplying the factors for the check adds gamma_k |Q| |R| <= k^1.5 u |A|.
 */
function householderBound(m: number, n: number): number {
  const k = Math.min(m, n);
  return 11 * Math.max(m, n) * k ** 1.5 * U + U;
}

/**
 * The bound of Householder's method, and of rotations (Higham, lemma 19.9): in a sweep they come in at most 2 k groups
 * of disjoint ones, each group off by sqrt(2) gamma_6 <= 9 u, in the rows and once more in what is accumulated.
 */
function jacobiBound(m: number, n: number, sweeps: number): number {
  const k = Math.min(m, n);
  return 2 * householderBound(m, n) + 2 * sweeps * 2 * k * 9 * Math.sqrt(k) * U;
}

/** Rows of R end orthogonal to k u, measured in sums of k terms: 3 k u a pair. */
function rowsBound(n: number): number {
  return 3 * n * n * U;
}

describe('qr', () => {
  test.each(SHAPES)('of %i x %i: A = Q R, Q orthonormal, R triangular', (m, n) => {
    const A = normals(m, n);
    const kept = structuredClone(A);
    const { Q, R, certificate, status } = qr(A);
    const k = Math.min(m, n);
    expect(A).toEqual(kept);
    expect([status, Q.rows, Q.cols, R.rows, R.cols]).toEqual(['complete', m, k, k, n]);
    for (let i = 0; i < k; i++) for (let j = 0; j < i; j++) expect(R.data[i * n + j]).toBe(0);
    const size = norm(A.data);
    expect(distance(A, Q, R)).toBeLessThanOrEqual(householderBound(m, n) * size);
    expect(defect(Q)).toBeLessThanOrEqual(2 * householderBound(m, n));
    expect(certificate.gap).toBeLessThanOrEqual(householderBound(m, n) * size);
    expect(certificate.orthogonality).toBeLessThanOrEqual(2 * householderBound(m, n));
  });
});

describe('lu', () => {
  test.each(SHAPES)('of %i x %i: rows of A in the order of the permutation are those of L U', (m, n) => {
    const A = normals(m, n);
    const { L, U: upper, permutation, certificate } = lu(A);
    const k = Math.min(m, n);
    expect([L.rows, L.cols, upper.rows, upper.cols]).toEqual([m, k, k, n]);
    expect(Array.from(permutation).sort((a, b) => a - b)).toEqual(Array.from({ length: m }, (_, i) => i));
    let bound = 0;
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < k; j++) {
        const entry = L.data[i * k + j];
        if (j === i) expect(entry).toBe(1);
        else if (j > i) expect(entry).toBe(0);
        else expect(Math.abs(entry)).toBeLessThanOrEqual(1);
      }
      for (let j = 0; j < n; j++) {
        if (i < k && j < i) expect(upper.data[i * n + j]).toBe(0);
        let product = 0;
        let size = 0;
        for (let l = 0; l < k; l++) {
          product += L.data[i * k + l] * upper.data[l * n + j];
          size += Math.abs(L.data[i * k + l] * upper.data[l * n + j]);
        }
        // Theorem 9.3: |P A - L U| <= gamma_k |L| |U|; the check's own sum adds as much.
        const allowed = 2.1 * (k + 1) * U * size;
        bound += allowed * allowed;
        expect(Math.abs(A.data[permutation[i] * n + j] - product)).toBeLessThanOrEqual(allowed);
      }
    }
    expect(certificate.gap).toBeLessThanOrEqual(Math.sqrt(bound) + U * norm(A.data));
    expect(certificate.orthogonality).toBe(0);
  });

  test('of a small matrix of integers is exact', () => {
    const {
      L,
      U: upper,
      permutation,
    } = lu([
      [1, 2],
      [4, 6],
    ]);
    expect([Array.from(L.data), Array.from(upper.data), Array.from(permutation)]).toEqual([
      [1, 0, 0.25, 1],
      [4, 6, 0, 0.5],
      [1, 0],
    ]);
  });
});

describe('svd', () => {
  test.each(SHAPES)('of %i x %i: A = U diag(s) V, both orthonormal, s falling', (m, n) => {
    const A = normals(m, n);
    const kept = structuredClone(A);
    const { U: left, s, V, status, counts, certificate } = svd(A);
    const k = Math.min(m, n);
    expect(A).toEqual(kept);
    expect([status, left.rows, left.cols, s.length, V.rows, V.cols]).toEqual(['complete', m, k, k, n, k]);
    for (let i = 0; i < k; i++) expect(s[i]).toBeGreaterThanOrEqual(s[i + 1] ?? 0);
    const scaled = { ...left, data: left.data.map((value, at) => value * s[at % k]) };
    const bound = jacobiBound(m, n, counts.sweeps);
    expect(distance(A, scaled, transposed(V))).toBeLessThanOrEqual(bound * norm(A.data));
    expect(certificate.gap).toBeLessThanOrEqual(bound * norm(A.data));
    for (const Q of [left, V]) expect(defect(Q)).toBeLessThanOrEqual(2 * bound + rowsBound(k));
    expect(certificate.orthogonality).toBeLessThanOrEqual(2 * bound + rowsBound(k));
    // Norms of the whole agree with those of the values.
    expect(Math.abs(norm(s) - norm(A.data))).toBeLessThanOrEqual(bound * norm(A.data));
    if (k > 0) expect(Math.abs(s[0] - norm2(A).value)).toBeLessThanOrEqual((1e-10 + bound) * norm(A.data));
  });

  test('finds the singular values that a matrix was made with', () => {
    const values = [1000, 10, 10, 10, 1e-3, 1e-9, 0, 0];
    const left = qr(normals(12, 8)).Q;
    const right = qr(normals(8, 8)).Q;
    const scaled = { ...left, data: left.data.map((value, at) => value * values[at % 8]) };
    const A = multiply(scaled, transposed(right));
    for (const matrix of [A, transposed(A)]) {
      const { s, counts } = svd(matrix);
      // Weyl: values move by no more than the matrix does, by the factors' loss of orthogonality and the rounding of A.
      const bound = (jacobiBound(12, 8, counts.sweeps) + 4 * householderBound(12, 8)) * norm(values);
      values.forEach((value, i) => {
        expect(Math.abs(s[i] - value)).toBeLessThanOrEqual(bound);
      });
    }
  });

  test('finds small singular values of scaled columns to high relative accuracy', () => {
    // A = B D with orthonormal columns B: the singular values are those of D, over 150 orders of magnitude.
    const B = qr(normals(10, 6)).Q;
    const scales = [1, 1e-30, 1e-60, 1e-90, 1e-120, 1e-140];
    const { s } = svd({ ...B, data: B.data.map((value, at) => value * scales[at % 6]) });
    scales.forEach((value, i) => {
      expect(Math.abs(s[i] / value - 1)).toBeLessThanOrEqual(jacobiBound(10, 6, 10) + 4 * householderBound(10, 6));
    });
  });

  test('ends on data of indicator columns, centred, with equal rows and dependent columns', () => {
    // The kind of data for which endless runs of other libraries' iterations are reported.
    const rows = 120;
    const cols = 45;
    const data: number[] = Array.from({ length: rows * cols }, (_, at) => {
      const [i, j] = [Math.floor(at / cols), at % cols];
      if (j === 0) return 372.0725000000046;
      return (j - 1) % 11 === i % 11 && j < 34 ? 1 : j >= 34 && Math.floor(i / 12) === j - 34 ? 1 : 0;
    });
    const means = Array.from(
      { length: cols },
      (_, j) => data.reduce((sum, v, at) => (at % cols === j ? sum + v : sum), 0) / rows,
    );
    for (const entries of [data, data.map((value, at) => value - means[at % cols])]) {
      const A = denseMatrix(rows, cols, entries);
      const { status, certificate, counts } = svd(A);
      expect(status).toBe('complete');
      expect(certificate.relativeGap).toBeLessThanOrEqual(jacobiBound(rows, cols, counts.sweeps));
      expect(certificate.orthogonality).toBeLessThanOrEqual(
        2 * jacobiBound(rows, cols, counts.sweeps) + rowsBound(cols),
      );
    }
  });

  test('gives exact zeros and full orthonormal sets for zero and rank-1 matrices', () => {
    const zero = svd(denseMatrix(4, 3, new Float64Array(12)));
    expect(Array.from(zero.s)).toEqual([0, 0, 0]);
    expect([defect(zero.U), defect(zero.V)]).toEqual([0, 0]);
    const ones = svd(denseMatrix(5, 4, new Float64Array(20).fill(1)));
    expect(Math.abs(ones.s[0] - Math.sqrt(20))).toBeLessThanOrEqual(20 * 20 * U);
    expect(ones.s[1]).toBeLessThanOrEqual(20 * 20 * U);
    expect(defect(ones.V)).toBeLessThanOrEqual(2 * jacobiBound(5, 4, 10));
  });
});

describe('evd', () => {
  test.each([0, 1, 2, 3, 20, 60])('of order %i: A = V diag(values) V, values rising', (n) => {
    const half = normals(n, n);
    const A = denseMatrix(
      n,
      n,
      half.data.map((value, at) => value + half.data[(at % n) * n + Math.floor(at / n)]),
    );
    const { values, vectors, certificate } = evd(A);
    for (let i = 1; i < n; i++) expect(values[i]).toBeGreaterThanOrEqual(values[i - 1]);
    // Reduction to tridiagonal form is n - 2 reflections from both sides; QL takes some 2 n sweeps of n rotations in
    // groups that overlap, at most 3 n groups of disjoint ones for each eigenvalue's two sweeps.
    const bound = 2 * householderBound(n, n) + 6 * n * 9 * Math.sqrt(n) * U;
    const scaled = { ...vectors, data: vectors.data.map((value, at) => value * values[at % n]) };
    expect(distance(A, scaled, transposed(vectors))).toBeLessThanOrEqual(2 * bound * norm(A.data));
    expect(defect(vectors)).toBeLessThanOrEqual(2 * bound);
    expect(certificate.gap).toBeLessThanOrEqual(2 * bound * norm(A.data));
    expect(certificate.orthogonality).toBeLessThanOrEqual(2 * bound);
    if (n === 0) return;
    const { smallest, largest } = extremeEigenvalues(A, { tolerance: 1e-12 });
    expect(Math.abs(values[0] - smallest.value)).toBeLessThanOrEqual(smallest.residual + 2 * bound * norm(A.data));
    expect(Math.abs(values[n - 1] - largest.value)).toBeLessThanOrEqual(largest.residual + 2 * bound * norm(A.data));
  });

  test('refuses what is not symmetric, and says where', () => {
    const shift = [
      [0, 1, 0],
      [0, 0, 1],
      [1, 0, 0],
    ];
    expect(() => evd(shift)).toThrow(
      expect.objectContaining({ code: 'ERR_INPUT', message: expect.stringContaining('A[1][0]: expected 1') }),
    );
    expect(() => evd([[1, 2]])).toThrow(expect.objectContaining({ code: 'ERR_DIMENSION' }));
  });
});

describe('all four', () => {
  const all = { qr, lu, svd, evd };

  test('are the same up to the scale for entries at both ends of the range', () => {
    const half = normals(8, 8);
    const A = denseMatrix(
      8,
      8,
      half.data.map((value, at) => value + half.data[(at % 8) * 8 + Math.floor(at / 8)]),
    );
    for (const power of [2 ** 1000, 2 ** -1000]) {
      const B = { ...A, data: A.data.map((value) => value * power) };
      expect(svd(B).s).toEqual(svd(A).s.map((value) => value * power));
      expect(svd(B).V).toEqual(svd(A).V);
      expect(evd(B).values).toEqual(evd(A).values.map((value) => value * power));
      expect(qr(B).R.data).toEqual(qr(A).R.data.map((value) => value * power));
      expect(lu(B).L).toEqual(lu(A).L);
      expect(lu(B).U.data).toEqual(lu(A).U.data.map((value) => value * power));
    }
  });

  test.each(Object.entries(all))(
    '%s takes every layout, gives plain data and refuses NaN and what is no matrix',
    (_, f) => {
      const A = denseMatrix(2, 2, [2, 1, 1, 3]);
      const plain = f(A);
      expect(structuredClone(plain)).toEqual(plain);
      for (const matrix of [toDense(A, 'column'), toSparse(A, 'csc'), [Float64Array.of(2, 1), [1, 3]]]) {
        expect(f(matrix)).toEqual(plain);
      }
      expect(() => f([[Number.NaN]])).toThrow(expect.objectContaining({ code: 'ERR_NOT_FINITE' }));
      expect(() => f('A' as never)).toThrow(expect.objectContaining({ code: 'ERR_INPUT' }));
    },
  );
});
