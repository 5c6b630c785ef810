import { bruteForceLasso } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import { lambdaMax, lasso } from '../src/index.js';
import { centred, roundingOf, testProblem } from './problems.js';

describe('Lasso against brute force over all sign patterns', () => {
  const sizes: [number, number][] = [
    [6, 3],
    [4, 6],
    [12, 6],
    [3, 7],
  ];
  for (const [m, n] of sizes) {
    for (const intercept of [false, true]) {
      for (const algorithm of ['working-set', 'cyclic'] as const) {
        it(`${m} x ${n}, intercept ${intercept}, ${algorithm}`, () => {
          for (let k = 0; k < 6; k++) {
            const problem = testProblem(`oracle/${m}/${n}/${k}`, m, n, k % 2 === 0 ? 1 : 0.6, k === 5 ? 3 : 0);
            const lambda = lambdaMax(problem.rows, problem.b, { intercept }) / [2, 5, 30][k % 3];
            const { rows, b } = intercept ? centred(problem.rows, problem.b) : problem;
            const best = bruteForceLasso(rows, b, m * lambda).objective / m;
            const fit = lasso(problem.rows, problem.b, { lambda, intercept, algorithm, tolerance: 1e-9 });
            const rounding = roundingOf(problem);
            expect(fit.status).toBe('converged');
            // The minimum lies between the dual value and the objective.
            expect(fit.objective).toBeLessThanOrEqual(best + fit.certificate.gap + rounding);
            expect(fit.objective - fit.certificate.gap).toBeLessThanOrEqual(best + rounding);
          }
        });
      }
    }
  }
});
