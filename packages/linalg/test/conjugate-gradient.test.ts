import { randomStream } from '@lemmata/core';
import { describe, expect, test } from 'vitest';
import {
  type ConjugateGradientOptions,
  cholesky,
  choleskySolve,
  conjugateGradient,
  conjugateGradientAsync,
  conjugateGradientIterations,
  denseMatrix,
  fromTriplets,
  linearOperator,
  symmetricProduct,
  toSparse,
} from '../src/index.js';

const stream = randomStream('conjugate gradient');

function normals(length: number): Float64Array {
  return Float64Array.from({ length }, () => stream.normal());
}

/** X' X / n + I: condition number at most about 10. */
function tame(n: number) {
  const { data } = symmetricProduct(denseMatrix(n, n, normals(n * n)));
  return denseMatrix(
    n,
    n,
    data.map((value, k) => value / n + (k % (n + 1) === 0 ? 1 : 0)),
  );
}

/** The second difference matrix: 2 on the diagonal, -1 beside it. */
function laplacian(n: number) {
  const rows: number[] = [];
  const cols: number[] = [];
  const values: number[] = [];
  for (let i = 0; i < n; i++) {
    for (const j of [i - 1, i, i + 1]) {
      if (j < 0 || j >= n) continue;
      rows.push(i);
      cols.push(j);
      values.push(i === j ? 2 : -1);
    }
  }
  return fromTriplets(n, n, { rows, cols, values });
}

function norm(x: ArrayLike<number>): number {
  return Math.sqrt(Array.from(x).reduce((sum, value) => sum + value * value, 0));
}

describe('conjugateGradient', () => {
  test.each([1, 2, 10, 80])('agrees with Cholesky for order %i', (n) => {
    const A = tame(n);
    const b = normals(n);
    const kept = b.slice();
    const result = conjugateGradient(A, b, { tolerance: 1e-12 });
    expect(b).toEqual(kept);
    expect(result.status).toBe('converged');
    const factor = cholesky(A);
    const direct = factor.status === 'complete' ? choleskySolve(factor, b) : [];
    // |x - A^-1 b| <= |A^-1| |b - A x| with |A^-1| <= 1, since A >= I; the direct solution is off by less.
    const difference = norm(result.x.map((value, i) => value - direct[i]));
    expect(difference).toBeLessThanOrEqual(1e-12 * norm(b) + n * n * 1e-15 * norm(b));
  });

  test('reports the true residual, and the counts of its products', () => {
    const n = 60;
    const A = laplacian(n);
    const b = normals(n);
    const { status, x, certificate, counts, iterations, history } = conjugateGradient(A, b);
    expect(status).toBe('converged');
    const out = new Float64Array(n);
    linearOperator(A).apply(x, out);
    const gap = norm(out.map((value, i) => b[i] - value));
    // Both residuals are computed in a few roundings of terms of size |A| |x| <= 4 |x|.
    expect(Math.abs(gap - certificate.gap)).toBeLessThanOrEqual(20 * 2 ** -53 * (4 * norm(x) + norm(b)));
    expect(certificate).toEqual({
      kind: 'residual',
      gap: certificate.gap,
      relativeGap: expect.closeTo(certificate.gap / norm(b), 15),
    });
    expect(certificate.relativeGap).toBeLessThanOrEqual(1e-10);
    // One product at the start, one for each step, one for each look at the true residual, one for the certificate.
    expect(counts.matvecs).toBeGreaterThanOrEqual(iterations + 3);
    expect(counts.preconditionerApplications).toBe(0);
    expect(Array.from(history.iteration)).toEqual(Array.from({ length: iterations + 1 }, (_, k) => k));
    expect(history.relativeResidual[0]).toBe(1);
  });

  test('ends in n steps on n different eigenvalues, and in one with the inverse as preconditioner', () => {
    const n = 12;
    const diagonal = Float64Array.from({ length: n }, (_, i) => 1 + i);
    const A = denseMatrix(
      n,
      n,
      Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? diagonal[k / (n + 1)] : 0)),
    );
    const b = normals(n);
    const plain = conjugateGradient(A, b, { tolerance: 1e-12 });
    expect([plain.status, plain.iterations <= n + 1]).toEqual(['converged', true]);
    const preconditioner = {
      rows: n,
      cols: n,
      apply: (r: Float64Array, out: Float64Array) => {
        for (let i = 0; i < n; i++) out[i] = r[i] / diagonal[i];
      },
    };
    const helped = conjugateGradient(A, b, { tolerance: 1e-12, preconditioner });
    expect([helped.status, helped.iterations]).toEqual(['converged', 1]);
    expect(helped.counts.preconditionerApplications).toBe(1);
  });

  test('meets the bound of Chebyshev on the energy norm at every step', () => {
    const n = 40;
    const A = laplacian(n);
    const solution = normals(n);
    const b = new Float64Array(n);
    linearOperator(A).apply(solution, b);
    const energy = (x: ArrayLike<number>): number => {
      const e = solution.map((value, i) => value - x[i]);
      const out = new Float64Array(n);
      linearOperator(A).apply(e, out);
      return Math.sqrt(e.reduce((sum, value, i) => sum + value * out[i], 0));
    };
    // Eigenvalues 2 - 2 cos(k pi / (n + 1)).
    const condition = (1 + Math.cos(Math.PI / (n + 1))) / (1 - Math.cos(Math.PI / (n + 1)));
    const rate = (Math.sqrt(condition) - 1) / (Math.sqrt(condition) + 1);
    const start = energy(new Float64Array(n));
    for (const maxIterations of [1, 5, 10, 20, 30]) {
      const { x } = conjugateGradient(A, b, { maxIterations });
      expect(energy(x)).toBeLessThanOrEqual(2 * rate ** maxIterations * start * 1.0001);
    }
  });

  test('starts from `initial`, is done at once from the solution, and solves b = 0', () => {
    const A = tame(20);
    const b = normals(20);
    const { x } = conjugateGradient(A, b, { tolerance: 1e-12 });
    const again = conjugateGradient(A, b, { initial: x, tolerance: 1e-11 });
    expect([again.status, again.iterations]).toEqual(['converged', 0]);
    expect(again.x).toEqual(x);
    const zero = conjugateGradient(A, new Float64Array(20));
    expect([zero.status, zero.iterations, norm(zero.x)]).toEqual(['converged', 0, 0]);
    expect(zero.certificate).toEqual({ kind: 'residual', gap: 0, relativeGap: 0 });
    expect(conjugateGradient([], []).status).toBe('converged');
  });

  test('has the same steps for b scaled by powers of 2, up to both ends of the range', () => {
    const A = tame(15);
    const b = normals(15);
    const plain = conjugateGradient(A, b);
    for (const power of [2 ** 1000, 2 ** -900]) {
      const scaled = conjugateGradient(
        A,
        b.map((value) => value * power),
      );
      expect(scaled.iterations).toBe(plain.iterations);
      expect(scaled.x).toEqual(plain.x.map((value) => value * power));
    }
  });

  test('has the same bits for dense, sparse and operator, and in all three forms', async () => {
    const A = tame(30);
    const b = normals(30);
    const { elapsedMs: _, ...plain } = conjugateGradient(A, b);
    expect(conjugateGradient(linearOperator(A), b)).toMatchObject(plain);
    const { elapsedMs: __, ...asynchronous } = await conjugateGradientAsync(A, b);
    expect(asynchronous).toEqual(plain);
    const steps = conjugateGradientIterations(A, b);
    const seen: number[] = [];
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) seen.push(step.value.residualNorm);
    expect(step.value.x).toEqual(plain.x);
    expect(Float64Array.from(seen)).toEqual(plain.history.residualNorm);
    expect(structuredClone(plain)).toEqual(plain);
    const sparse = conjugateGradient(toSparse(A, 'csc'), b);
    expect(norm(sparse.x.map((value, i) => value - plain.x[i]))).toBeLessThanOrEqual(2e-10 * norm(b));
  });

  test('ends as the limits say', () => {
    const A = laplacian(50);
    const b = normals(50);
    expect(conjugateGradient(A, b, { maxIterations: 3 })).toMatchObject({ status: 'max-iterations', iterations: 3 });
    expect(conjugateGradient(A, b, { maxIterations: 0 })).toMatchObject({ status: 'max-iterations', iterations: 0 });
    expect(conjugateGradient(A, b, { onIteration: ({ iteration }) => iteration < 2 }).status).toBe('stopped');
    const signal = { aborted: true, reason: new Error('enough') };
    expect(() => conjugateGradient(A, b, { signal })).toThrow('enough');
    expect(conjugateGradient(A, b, { historyEvery: 0 }).history.iteration.length).toBe(0);
  });

  test('stalls where rounding allows no more', () => {
    const A = laplacian(400);
    const result = conjugateGradient(A, normals(400), { tolerance: 1e-300 });
    expect(result.status).toBe('stalled');
    // |A| = 4 and |A^-1| is about (401 / pi)^2: the residual that can be attained is a few u |A| |x|.
    expect(result.certificate.relativeGap).toBeLessThanOrEqual(100 * 2 ** -53 * 4 * (401 / Math.PI) ** 2);
  });

  test('breaks down on what is not positive definite, and says why', () => {
    const b = [1, 1];
    for (const A of [
      [
        [1, 0],
        [0, -1],
      ],
      [
        [0, 0],
        [0, 0],
      ],
      [
        [1, 2],
        [2, -5],
      ],
    ]) {
      const result = conjugateGradient(A, b);
      expect(result.status).toBe('breakdown');
      expect(result.warnings[0]).toContain('not positive definite');
      expect(Array.from(result.history.iteration)).toEqual([0, 1]);
    }
    const preconditioner = {
      rows: 2,
      cols: 2,
      apply: (r: Float64Array, out: Float64Array) => out.set(r.map((v) => -v)),
    };
    expect(
      conjugateGradient(
        [
          [1, 0],
          [0, 1],
        ],
        b,
        { preconditioner },
      ).warnings[0],
    ).toContain('preconditioner');
  });

  test('diverges with the last finite x when products overflow', () => {
    const A = [
      [1e308, 1e308],
      [1e308, 1.5e308],
    ];
    const result = conjugateGradient(A, [1, 1], { initial: [1, 1] });
    expect(result.status).toBe('diverged');
    expect(Array.from(result.x)).toEqual([1, 1]);
  });

  test.each<[string, string, unknown, unknown, ConjugateGradientOptions?]>([
    ['a matrix that is not square', 'ERR_DIMENSION', [[1, 2]], [1]],
    ['a right-hand side of another length', 'ERR_DIMENSION', [[1]], [1, 2]],
    ['NaN in the right-hand side', 'ERR_NOT_FINITE', [[1]], [Number.NaN]],
    ['NaN in the matrix', 'ERR_NOT_FINITE', [[Number.NaN]], [1]],
    ['an initial vector of another length', 'ERR_DIMENSION', [[1]], [1], { initial: [1, 2] }],
    ['a tolerance of 0', 'ERR_OPTION', [[1]], [1], { tolerance: 0 }],
    ['an unknown option', 'ERR_OPTION', [[1]], [1], { tol: 1 } as object],
    ['a preconditioner that is none', 'ERR_OPTION', [[1]], [1], { preconditioner: {} as never }],
    [
      'a preconditioner of another order',
      'ERR_DIMENSION',
      [[1]],
      [1],
      { preconditioner: { rows: 2, cols: 2, apply: () => {} } },
    ],
    ['no matrix', 'ERR_INPUT', 'A', [1]],
    [
      'an operator that returns NaN',
      'ERR_NUMERICAL',
      { rows: 1, cols: 1, apply: (_: unknown, out: Float64Array) => out.fill(Number.NaN) },
      [1],
    ],
  ])('refuses %s', (_, code, A, b, options) => {
    expect(() => conjugateGradient(A as never, b as never, options)).toThrow(expect.objectContaining({ code }));
  });
});
