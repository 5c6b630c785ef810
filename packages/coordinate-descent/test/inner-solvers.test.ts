import { liveArenas, run } from '@lemmata/core';
import { firstDifference } from '@lemmata/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { planPass } from '../src/descent.js';
import { elasticNetSettings } from '../src/elastic-net-options.js';
import type { InnerSolver } from '../src/engine.js';
import { elasticNet, type LassoFit, lambdaMax, lasso, lassoPath } from '../src/index.js';
import { Account } from '../src/inner/account.js';
import { productDescent } from '../src/inner/product-descent.js';
import { ProductTable } from '../src/inner/product-table.js';
import { SupportFactor } from '../src/inner/support-factor.js';
import { fitAlgorithm, leastSquaresTask, openModel, type Task } from '../src/lasso-algorithm.js';
import type { LassoProblem } from '../src/problem/lasso-problem.js';
import { residualDescent } from '../src/residual-descent.js';
import { kindsOfModels } from './models.js';
import { roundingOf, testProblem } from './problems.js';

/** Takes a Newton step whenever signs rest, and never turns to products by itself. */
class Eager extends Account {
  override buysNewton(): boolean {
    return true;
  }

  override buysTable(): boolean {
    return false;
  }
}

/** The inner solver that is not chosen but given. */
function given(problem: LassoProblem, way: 'products' | 'newton'): { inner: InnerSolver; dispose: () => void } {
  const table = new ProductTable(problem);
  const tools = { table, factor: new SupportFactor(problem, table), account: new Eager() };
  return {
    inner: function* (engine, target, meter) {
      const pass = planPass(problem.design, problem.design.work.workingSet, problem.active);
      if (way === 'products') yield* productDescent(engine, tools, pass, meter);
      else yield* residualDescent(engine, tools, pass, target, meter);
    },
    dispose: () => table.dispose(),
  };
}

/** A fit of `elasticNet` by a given inner solver. */
function fitBy(
  way: 'products' | 'newton',
  A: Parameters<typeof elasticNet>[0],
  b: ArrayLike<number>,
  options: Parameters<typeof elasticNet>[2],
): LassoFit {
  const settings = elasticNetSettings('elasticNet', options);
  let dispose = () => {};
  const makeTask = (opened: Parameters<Parameters<typeof fitAlgorithm>[2]>[0]): Task => {
    const task = leastSquaresTask(opened, b, settings);
    const solver = given(task.problem, way);
    dispose = solver.dispose;
    return { ...task, inner: solver.inner };
  };
  const fit = run(() => fitAlgorithm(openModel(A, settings), settings, makeTask), settings);
  dispose();
  return fit;
}

afterAll(() => {
  expect(liveArenas()).toBe(0);
});

const m = 50;
const n = 35;
const MODELS = kindsOfModels(m, n);

describe.each(['products', 'newton'] as const)('the inner solver by %s', (way) => {
  let steps = 0;
  let epochs = 0;
  for (const density of [1, 0.3]) {
    const problem = testProblem(`inner/${density}`, m, n, density, 0.5);
    const A = density === 1 ? problem.dense : problem.sparse;
    for (const name of Object.keys(MODELS)) {
      it.each([1, 0.5])(`reaches the minimum of cyclic descent: density ${density}, ${name}, l1Ratio %d`, (l1Ratio) => {
        for (const intercept of [true, false]) {
          const model = { ...MODELS[name], intercept, l1Ratio };
          const options = { ...model, lambda: lambdaMax(A, problem.b, model) / 40, tolerance: 1e-9 };
          const js = fitBy(way, A, problem.b, { ...options, backend: 'js' });
          const cyclic = elasticNet(A, problem.b, { ...options, algorithm: 'cyclic' });
          expect([js.status, cyclic.status]).toEqual(['converged', 'converged']);
          const bound = js.certificate.gap + cyclic.certificate.gap + 4 * roundingOf(problem);
          expect(Math.abs(js.objective - cyclic.objective)).toBeLessThanOrEqual(bound);
          steps += js.counts.newtonSteps;
          epochs += js.counts.productEpochs;
          const wasm = fitBy(way, A, problem.b, { ...options, backend: 'wasm' });
          expect(firstDifference(js.coefficients, wasm.coefficients)).toBe(-1);
          expect(wasm.counts).toEqual(js.counts);
        }
      });
    }
  }

  it('was what it says', () => {
    expect(steps).toBeGreaterThan(30);
    if (way === 'products') expect(epochs).toBeGreaterThan(steps);
    else expect(epochs).toBe(0);
  });
});

describe('dependent columns', () => {
  it('are left to passes, by either solver', () => {
    const { rows, b } = testProblem('inner/twice', 30, 12, 1, 0);
    // Every column twice, and one that the first two span.
    const twice = rows.map((row) => [...row, ...row, row[0] + row[1]]);
    const options = { lambda: lambdaMax(twice, b) / 50, tolerance: 1e-8, l1Ratio: 1 };
    const cyclic = elasticNet(twice, b, { ...options, algorithm: 'cyclic' });
    for (const way of ['products', 'newton'] as const) {
      // Both of every pair are in the support from the start.
      const initial = Float64Array.from({ length: 25 }, (_, j) => (cyclic.coefficients[j % 12] || 0.01) / 2);
      const fit = fitBy(way, twice, b, { ...options, initial });
      expect(fit.status).toBe('converged');
      const bound = fit.certificate.gap + cyclic.certificate.gap + roundingOf({ rows: twice, b });
      expect(Math.abs(fit.objective - cyclic.objective)).toBeLessThanOrEqual(bound);
    }
  });
});

describe('the choice', () => {
  const tall = testProblem('inner/tall', 1500, 60, 1, 0);
  const options = { lambda: lambdaMax(tall.dense, tall.b, { intercept: false }) / 100, intercept: false };

  it('takes products where rows are many, and says so', () => {
    const { counts, status } = lasso(tall.dense, tall.b, { ...options, tolerance: 1e-8 });
    expect(status).toBe('converged');
    expect(counts.productEpochs).toBeGreaterThan(0);
    expect(counts.newtonSteps).toBeGreaterThan(0);
    expect(counts.crossProducts).toBeGreaterThan(0);
  });

  it('takes the residual where the products would cost more', () => {
    const { sparse, b } = testProblem('inner/sparse', 60, 200, 0.05, 0);
    const lambda = lambdaMax(sparse, b) / 10;
    const { counts } = lasso(sparse, b, { lambda });
    expect(counts.epochs).toBeGreaterThan(0);
    expect([counts.productEpochs, counts.crossProducts, counts.newtonSteps]).toEqual([0, 0, 0]);
  });

  it('goes by counts alone: the same bits and the same counts again, on both backends and in both drivers', () => {
    const fits = (['js', 'wasm', 'js'] as const).map((backend) => lasso(tall.dense, tall.b, { ...options, backend }));
    for (const fit of fits) {
      expect(firstDifference(fit.coefficients, fits[0].coefficients)).toBe(-1);
      expect(fit.counts).toEqual(fits[0].counts);
    }
  });

  it('keeps the products over a path', () => {
    const path = lassoPath(tall.dense, tall.b, { numLambdas: 30, intercept: false, minRatio: 0.01 });
    expect(path.status).toBe('converged');
    expect(path.counts.productEpochs).toBeGreaterThan(30);
    // Each pair once at most, however many lambdas there are.
    expect(path.counts.crossProducts).toBeLessThanOrEqual((60 * 61) / 2);
  });
});
