// Duals of support vector machines: strong duality, the primal problem solved by another function, and dense = sparse.
import { toSparse } from '@lemmata/linalg';
import { naiveProduct } from '@lemmata/testing';
import { expect, it } from 'vitest';
import { minimize, squaredHinge, supportVectorDual } from '../src/index.js';
import { blockData } from './block-problems.js';

const C = 0.7;

/** The weights of multipliers x. */
function weights(rows: readonly number[][], labels: readonly number[], x: Float64Array): number[] {
  return rows[0].map((_, j) => rows.reduce((sum, row, i) => sum + x[i] * labels[i] * row[j], 0));
}

function half(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value * value, 0) / 2;
}

it('hinge loss: primal and dual values meet within the gap, from every rule and update', () => {
  for (let seed = 0; seed < 2; seed++) {
    const { rows, labels } = blockData(`machine ${seed}`, 25, 4);
    const smooth = supportVectorDual(rows, labels);
    for (const selection of ['cyclic', 'random', 'gs-s', 'gs-r', 'gs-q'] as const) {
      for (const update of ['gradient', 'matrix', 'two-metric'] as const) {
        const result = minimize(
          { smooth, lower: 0, upper: C },
          { selection, update, blockSize: 3, tolerance: 1e-6, maxIterations: 1e6 },
        );
        const { x, certificate, objective, status } = result;
        expect([selection, update, status]).toEqual([selection, update, 'converged']);
        expect(certificate.kind).toBe('duality-gap');
        const w = weights(rows, labels, x);
        const slack = naiveProduct(rows, w).map((value, i) => Math.max(0, 1 - labels[i] * value));
        const primal = half(w) + C * slack.reduce((sum, value) => sum + value, 0);
        const dual = x.reduce((sum, value) => sum + value, 0) - half(w);
        const rounding = 1e-12 * (1 + primal);
        expect(Math.abs(-objective - dual)).toBeLessThanOrEqual(rounding);
        expect(primal - dual).toBeGreaterThanOrEqual(-rounding);
        // The primal value of the weights is one upper bound of the dual, the certificate's another: the best so far.
        expect(primal + certificate.lowerBound).toBeGreaterThanOrEqual(-rounding);
        expect(-certificate.lowerBound).toBeGreaterThanOrEqual(dual - rounding);
      }
    }
  }
});

it('squared hinge loss: minus the minimum of the primal problem', () => {
  for (let seed = 0; seed < 10; seed++) {
    const { rows, labels } = blockData(`squared machine ${seed}`, 25, 4);
    const dual = minimize(
      { smooth: supportVectorDual(rows, labels, { ridge: 1 / C }), lower: 0 },
      { blockSize: 5, tolerance: 1e-10 },
    );
    const primal = minimize(
      { smooth: squaredHinge(rows, labels, { ridge: 1 / C }) },
      { blockSize: 4, update: 'matrix', tolerance: 1e-10, maxIterations: 1e6 },
    );
    expect([dual.status, primal.status]).toEqual(['converged', 'converged']);
    // Both are within their gaps of the same number.
    const apart = C * primal.objective + dual.objective;
    expect(apart).toBeGreaterThanOrEqual(-1e-12);
    expect(apart).toBeLessThanOrEqual(C * primal.certificate.gap + dual.certificate.gap + 1e-12);
  }
});

it('sparse rows give what dense ones give', () => {
  const { rows, labels } = blockData('sparse machine', 30, 6, 0.3);
  const run = (A: number[][] | ReturnType<typeof toSparse>) =>
    minimize({ smooth: supportVectorDual(A, labels), lower: 0, upper: C }, { blockSize: 3, tolerance: 1e-9 });
  const [dense, sparse] = [run(rows), run(toSparse(rows, 'csr'))];
  expect([dense.status, sparse.status]).toEqual(['converged', 'converged']);
  expect(Math.abs(dense.objective - sparse.objective)).toBeLessThanOrEqual(
    Math.max(dense.certificate.gap, sparse.certificate.gap) + 1e-12,
  );
});

it('a linear term without bounds on both sides closes no gap, and says so', () => {
  const { rows, labels } = blockData('open machine', 8, 12);
  const { certificate, status } = minimize({ smooth: supportVectorDual(rows, labels), lower: 0 }, { blockSize: 4 });
  expect(certificate.kind).toBe('stationarity');
  expect(status).toBe('converged');
});
