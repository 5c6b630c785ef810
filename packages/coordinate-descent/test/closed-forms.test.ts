import { describe, expect, it } from 'vitest';
import { lambdaMax, lasso } from '../src/index.js';
import { testProblem } from './problems.js';

const ALGORITHMS = ['working-set', 'cyclic'] as const;

describe.each(ALGORITHMS)('closed forms, %s', (algorithm) => {
  it('soft-thresholds for an orthogonal design', () => {
    // Columns of a 4 x 4 Hadamard matrix: a_j . a_k = 4 (j = k), so w_j = S(a_j . b, 4 lambda) / 4, all exact here.
    const A = [
      [1, 1, 1, 1],
      [1, -1, 1, -1],
      [1, 1, -1, -1],
      [1, -1, -1, 1],
    ];
    const fit = lasso(A, [8, 2, 4, 2], { lambda: 1, intercept: false, algorithm });
    // A'b = [16, 8, 4, 4]; minus 4, over 4.
    expect(Array.from(fit.coefficients)).toEqual([3, 1, 0, 0]);
    expect(fit.certificate.gap).toBe(0);
    expect(fit.status).toBe('converged');
  });

  it('gives exact zeros from lambdaMax on and one feature just below', () => {
    for (let k = 0; k < 20; k++) {
      const { rows, sparse, b } = testProblem(`closed/${k}`, 15, 30, 0.7);
      for (const intercept of [false, true]) {
        for (const A of [rows, sparse]) {
          const largest = lambdaMax(A, b, { intercept });
          for (const lambda of [largest, 1.5 * largest]) {
            const fit = lasso(A, b, { lambda, intercept, algorithm, tolerance: 0 });
            expect(fit.coefficients.every((value) => value === 0)).toBe(true);
            expect([fit.status, fit.certificate.gap]).toEqual(['converged', 0]);
          }
          // So near lambdaMax the second column enters much later: uniform data have no ties at 1e-6.
          const below = lasso(A, b, { lambda: largest * (1 - 1e-6), intercept, algorithm, tolerance: 1e-13 });
          expect(below.activeSet.length).toBe(1);
        }
      }
    }
  });

  it('solves one column exactly', () => {
    // a . b = 1 + 4 + 9 = 14, |a|^2 = 14: w = (14 - 3 lambda) / 14.
    const fit = lasso([[1], [2], [3]], [1, 2, 3], { lambda: 7 / 3, intercept: false, algorithm, tolerance: 1e-14 });
    expect(fit.coefficients[0]).toBe(0.5);
  });

  it('solves one row', () => {
    const A = [[1, -4, 2]];
    const plain = lasso(A, [2], { lambda: 1, intercept: false, algorithm, tolerance: 1e-12 });
    // The column with the largest entry alone: w = -(8 - 1) / 16.
    expect(Array.from(plain.coefficients)).toEqual([0, -7 / 16, 0]);
    const fitted = lasso(A, [2], { lambda: 1, algorithm });
    expect(Array.from(fitted.coefficients)).toEqual([0, 0, 0]);
    expect([fitted.intercept, fitted.objective, fitted.status]).toEqual([2, 0, 'converged']);
  });

  it('fits a constant target by the intercept alone', () => {
    const { rows } = testProblem('constant', 10, 4);
    const fit = lasso(rows, new Float64Array(10).fill(0.1), { lambda: 0.01, algorithm });
    expect(fit.coefficients.every((value) => value === 0)).toBe(true);
    expect([fit.intercept, fit.objective, fit.certificate.relativeGap]).toEqual([0.1, 0, 0]);
    expect([fit.status, fit.iterations]).toEqual(['converged', 0]);
  });

  it('leaves constant columns alone and says so', () => {
    const rows = testProblem('columns', 12, 3).rows.map((row) => [0, ...row, 0.1, 1e9 / 3]);
    const b = testProblem('columns', 12, 3).b;
    const fitted = lasso(rows, b, { lambda: 0.01, algorithm });
    expect([0, 4, 5].map((j) => fitted.coefficients[j])).toEqual([0, 0, 0]);
    expect(fitted.warnings).toEqual(['3 of 6 columns are constant (0, 4, 5): their coefficients stay 0']);
    const plain = lasso(rows, b, { lambda: 0.01, algorithm, intercept: false });
    expect(plain.warnings).toEqual(['1 of 6 columns are zero (0): their coefficients stay 0']);
    const nothing = lasso([[0], [0]], [1, 2], { lambda: 0, intercept: false, algorithm });
    expect([nothing.status, nothing.objective, nothing.coefficients[0]]).toEqual(['converged', 1.25, 0]);
  });

  it('reaches the same objective when columns are repeated', () => {
    const { rows, b } = testProblem('duplicates', 20, 5);
    const lambda = lambdaMax(rows, b) / 10;
    const single = lasso(rows, b, { lambda, algorithm, tolerance: 1e-10 });
    const twice = lasso(
      rows.map((row) => [...row, ...row]),
      b,
      { lambda, algorithm, tolerance: 1e-10 },
    );
    // Both objectives are within their gaps of the same minimum.
    const gaps = single.certificate.gap + twice.certificate.gap;
    expect(Math.abs(single.objective - twice.objective)).toBeLessThanOrEqual(gaps + 1e-15);
  });

  it('ends honestly with lambda 0', () => {
    const { rows, b } = testProblem('ols', 20, 3);
    const fit = lasso(rows, b, { lambda: 0, algorithm, maxIterations: 40 });
    expect(['stalled', 'max-iterations']).toContain(fit.status);
    // The residual is orthogonal to every column up to the rounding of 20 products of numbers below 2.
    const fitted = rows.map((row) => row.reduce((sum, value, j) => sum + value * fit.coefficients[j], fit.intercept));
    for (let j = 0; j < 3; j++) {
      const product = rows.reduce((sum, row, i) => sum + row[j] * (b[i] - fitted[i]), 0);
      expect(Math.abs(product)).toBeLessThan(1e-9);
    }
  });
});
