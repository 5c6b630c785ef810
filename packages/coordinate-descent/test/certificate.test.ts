import { naiveProduct, naiveTranspose } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import { lambdaMax, lasso, lassoIterations } from '../src/index.js';
import { centred, dualOf, objectiveOf, roundingOf, testProblem } from './problems.js';

describe('the certificate, recomputed by a sceptic', () => {
  for (const [m, n, density] of [
    [30, 60, 1],
    [60, 20, 1],
    [40, 120, 0.2],
  ]) {
    for (const intercept of [false, true]) {
      for (const algorithm of ['working-set', 'cyclic'] as const) {
        it(`${m} x ${n}, density ${density}, intercept ${intercept}, ${algorithm}`, () => {
          const problem = testProblem(`certificate/${m}/${n}`, m, n, density, 0.5);
          const { rows, sparse, b } = problem;
          const rounding = roundingOf(problem);
          const columns = naiveTranspose(rows);
          for (const A of [rows, sparse]) {
            const lambda = lambdaMax(A, b, { intercept }) / 20;
            const fit = lasso(A, b, { lambda, intercept, algorithm, tolerance: 1e-7 });
            const { dual, gap } = fit.certificate;
            expect(fit.status).toBe('converged');
            expect(
              Math.abs(fit.objective - objectiveOf(rows, b, lambda, fit.coefficients, fit.intercept)),
            ).toBeLessThan(rounding);
            // Feasible: m products of numbers a_ij u_i, |a_j . u| <= lambda up to m roundings of their absolute sum.
            const slack = 4 * m * Number.EPSILON;
            for (const column of columns) {
              const size = naiveProduct([column.map(Math.abs)], dual.map(Math.abs))[0];
              expect(Math.abs(naiveProduct([column], dual)[0])).toBeLessThanOrEqual(
                lambda * (1 + slack) + slack * size,
              );
            }
            const sum = dual.reduce((total, value) => total + value, 0);
            if (intercept)
              expect(Math.abs(sum)).toBeLessThan(slack * dual.reduce((s, value) => s + Math.abs(value), 0));
            // The gap is that of the two values.
            expect(Math.abs(fit.objective - dualOf(b, dual) - gap)).toBeLessThan(rounding);
            const zero = intercept ? centred(rows, b).b : Array.from(b);
            const scale = zero.reduce((total, value) => total + value * value, 0) / (2 * m);
            expect(Math.abs(fit.certificate.relativeGap * scale - gap)).toBeLessThan(rounding);
            expect(fit.certificate.relativeGap).toBeLessThanOrEqual(1e-7);
          }
        });
      }
    }
  }

  it('satisfies the optimality conditions as far as the gap promises', () => {
    const problem = testProblem('kkt', 40, 80);
    const { rows, b } = problem;
    const m = rows.length;
    const lambda = lambdaMax(rows, b, { intercept: false }) / 20;
    const fit = lasso(rows, b, { lambda, intercept: false, tolerance: 1e-10 });
    const residual = naiveProduct(rows, fit.coefficients).map((value, i) => b[i] - value);
    // The residual of the solution, which satisfies the conditions exactly, is within sqrt(2 m gap).
    const radius = Math.sqrt(2 * m * (fit.certificate.gap + roundingOf(problem)));
    for (const [j, column] of naiveTranspose(rows).entries()) {
      const product = naiveProduct([column], residual)[0];
      const reach = Math.hypot(...column) * radius;
      expect(Math.abs(product)).toBeLessThanOrEqual(m * lambda + reach);
      // And sum_j m lambda |w_j| - w_j a_j . r* <= m gap, each term being >= 0.
      const w = fit.coefficients[j];
      const miss = m * lambda * Math.abs(w) - w * product;
      expect(miss).toBeLessThanOrEqual(m * (fit.certificate.gap + roundingOf(problem)) + Math.abs(w) * reach);
    }
  });

  it.each(['working-set', 'cyclic'] as const)('never promises too much at any iteration, %s', (algorithm) => {
    const problem = testProblem('promises', 50, 100);
    const lambda = lambdaMax(problem.rows, problem.b) / 50;
    const exact = lasso(problem.rows, problem.b, { lambda, tolerance: 1e-13 });
    const options = { lambda, algorithm, tolerance: 1e-9 };
    let last = Infinity;
    for (const state of lassoIterations(problem.rows, problem.b, options)) {
      expect(state.gap).toBeGreaterThanOrEqual(state.objective - exact.objective - roundingOf(problem));
      expect(state.objective).toBeLessThanOrEqual(last);
      last = state.objective;
    }
  });
});
