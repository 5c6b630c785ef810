import { toSparse } from '@lemmata/linalg';
import { firstDifference } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import { type LassoFit, lambdaMax, lasso, lassoAsync, lassoIterations } from '../src/index.js';
import { predictionBound, predictionDistance, roundingOf, testProblem } from './problems.js';

/** A fit without what depends on the clock and the backend. */
function timeless(fit: LassoFit) {
  const { elapsedMs: _, backend: __, ...rest } = fit;
  return rest;
}

function expectSameFit(first: LassoFit, second: LassoFit): void {
  expect(firstDifference(first.coefficients, second.coefficients)).toBe(-1);
  expect(firstDifference(first.certificate.dual, second.certificate.dual)).toBe(-1);
  expect(timeless(first)).toEqual(timeless(second));
}

const cases = [
  { m: 60, n: 150, density: 1, shift: 0 },
  { m: 150, n: 40, density: 1, shift: 2 },
  { m: 90, n: 200, density: 0.1, shift: 1 },
];

describe.each(cases)('$m x $n, density $density, shift $shift', ({ m, n, density, shift }) => {
  const problem = testProblem(`equivalence/${m}/${n}`, m, n, density, shift);
  const { rows, dense, sparse, b } = problem;
  for (const intercept of [false, true]) {
    for (const ratio of [5, 50]) {
      const lambda = lambdaMax(dense, b, { intercept }) / ratio;
      const options = { lambda, intercept, tolerance: 1e-8 };
      const name = `intercept ${intercept}, lambdaMax / ${ratio}`;

      it(`working sets and cyclic descent agree: ${name}`, () => {
        for (const A of [dense, sparse]) {
          const first = lasso(A, b, { ...options, algorithm: 'working-set' });
          const second = lasso(A, b, { ...options, algorithm: 'cyclic' });
          expect([first.status, second.status]).toEqual(['converged', 'converged']);
          expect(predictionDistance(problem, first, second)).toBeLessThanOrEqual(
            predictionBound(problem, first, second),
          );
        }
      });

      it(`dense and sparse agree: ${name}`, () => {
        const first = lasso(dense, b, options);
        const second = lasso(sparse, b, options);
        expect(predictionDistance(problem, first, second)).toBeLessThanOrEqual(predictionBound(problem, first, second));
        const bound = first.certificate.gap + second.certificate.gap + roundingOf(problem);
        expect(Math.abs(first.objective - second.objective)).toBeLessThanOrEqual(bound);
      });

      it(`layouts of the same matrix give the same bits: ${name}`, () => {
        const first = lasso(dense, b, options);
        expectSameFit(first, lasso(rows, b, options));
        expectSameFit(lasso(sparse, b, options), lasso(toSparse(sparse, 'csr'), b, options));
      });

      it(`both backends give the same bits: ${name}`, () => {
        for (const algorithm of ['working-set', 'cyclic'] as const) {
          for (const A of [dense, sparse]) {
            const js = lasso(A, b, { ...options, algorithm, backend: 'js' });
            const wasm = lasso(A, b, { ...options, algorithm, backend: 'wasm' });
            expect([js.backend, wasm.backend]).toEqual(['js', 'wasm']);
            expectSameFit(js, wasm);
          }
        }
      });

      it(`all three drivers give the same bits: ${name}`, async () => {
        const direct = lasso(dense, b, options);
        expectSameFit(direct, await lassoAsync(dense, b, options));
        const steps = lassoIterations(dense, b, options);
        const seen: number[] = [];
        for (;;) {
          const step = steps.next();
          if (step.done === true) {
            expectSameFit(direct, step.value);
            break;
          }
          seen.push(step.value.relativeGap);
        }
        expect(seen).toEqual(Array.from(direct.history.relativeGap));
        expect(Array.from(direct.history.iteration)).toEqual(seen.map((_, k) => k));
      });

      it(`a warm start reaches the same solution: ${name}`, () => {
        const cold = lasso(dense, b, options);
        const near = lasso(dense, b, { ...options, lambda: 1.2 * lambda });
        const warm = lasso(dense, b, { ...options, initial: near.coefficients });
        expect(warm.status).toBe('converged');
        expect(predictionDistance(problem, cold, warm)).toBeLessThanOrEqual(predictionBound(problem, cold, warm));
        const again = lasso(dense, b, { ...options, initial: cold.coefficients });
        expect(again.status).toBe('converged');
        expect(again.objective).toBeLessThanOrEqual(cold.objective);
        // The dual point of a fit may be from an earlier iterate than its coefficients.
        expect(again.iterations).toBeLessThan(Math.max(2, cold.iterations));
      });
    }
  }
});

it('answers with zero coefficients when the start is worse than they are and no iteration is allowed', () => {
  const { rows, b } = testProblem('bad start', 10, 4);
  const initial = new Float64Array(4).fill(1e6);
  const fit = lasso(rows, b, { lambda: 0.1, initial, maxIterations: 0 });
  expect([fit.status, fit.iterations, fit.activeSet.length]).toEqual(['max-iterations', 0, 0]);
  const solved = lasso(rows, b, { lambda: 0.1, initial });
  expect(solved.status).toBe('converged');
});
