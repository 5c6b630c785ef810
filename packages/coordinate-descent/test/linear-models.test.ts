import { liveArenas } from '@lemmata/core';
import { firstDifference } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import { elasticNet, elasticNetPath, type LassoFit, lambdaMax, lasso } from '../src/index.js';
import { boundOf, dualValue, kindsOfModels, type Model, primalOf } from './models.js';
import { roundingOf, testProblem } from './problems.js';

const m = 40;
const n = 30;
const MODELS = kindsOfModels(m, n);
const weights = Array.from(MODELS['weights'].sampleWeights ?? []);

const dense = testProblem('linear models', m, n, 1, 0.5);
const thin = testProblem('linear models, sparse', m, n, 0.3, 1);

/** What a sceptic finds: primal value, dual value, and whether the coefficients keep their bounds. */
function audit(problem: typeof dense, model: Model, fit: LassoFit) {
  // Products of 2 m numbers, each at most |a_j| |u| in sum: 16 units of rounding a term, as the solver promises.
  const scale = Math.hypot(...problem.b) * Math.max(...problem.rows.map((row) => Math.hypot(...row)));
  const rounding = 32 * Number.EPSILON * (m + n + 64) * scale;
  return {
    primal: primalOf(problem.rows, problem.b, model, fit.coefficients, fit.intercept),
    dual: dualValue(problem.rows, problem.b, model, fit.certificate.dual, rounding),
    inside: fit.coefficients.every(
      (w, j) => w >= boundOf(model.lowerBounds, j, -Infinity) && w <= boundOf(model.upperBounds, j, Infinity),
    ),
  };
}

describe.each(Object.keys(MODELS))('a linear model, %s', (name) => {
  for (const [kind, problem] of [['dense', dense] as const, ['sparse', thin] as const]) {
    const A = kind === 'dense' ? problem.dense : problem.sparse;
    for (const intercept of [true, false]) {
      for (const l1Ratio of [1, 0.5, 0]) {
        const options = { ...MODELS[name], intercept, l1Ratio };
        const first = lambdaMax(A, problem.b, { ...options, l1Ratio: l1Ratio === 0 ? 1 : l1Ratio });
        const model: Model = { ...options, lambda: first / 20 };
        const title = `${kind}, intercept ${intercept}, l1Ratio ${l1Ratio}`;

        it(`has the gap that it certifies: ${title}`, () => {
          for (const algorithm of ['working-set', 'cyclic'] as const) {
            const fit = elasticNet(A, problem.b, { ...model, algorithm, tolerance: 1e-9 });
            const { primal, dual, inside } = audit(problem, model, fit);
            const rounding = 4 * roundingOf(problem);
            expect(fit.status).toBe('converged');
            expect(inside).toBe(true);
            expect(Math.abs(primal - fit.objective)).toBeLessThan(rounding);
            expect(primal - dual).toBeLessThanOrEqual(fit.certificate.gap + rounding);
          }
        });

        it(`has the same bits on both backends: ${title}`, () => {
          const js = elasticNet(A, problem.b, { ...model, backend: 'js', tolerance: 1e-8 });
          const wasm = elasticNet(A, problem.b, { ...model, backend: 'wasm', tolerance: 1e-8 });
          expect(firstDifference(js.coefficients, wasm.coefficients)).toBe(-1);
          expect(firstDifference(js.certificate.dual, wasm.certificate.dual)).toBe(-1);
          expect({ ...wasm, elapsedMs: 0, backend: 'js' }).toEqual({ ...js, elapsedMs: 0 });
        });

        if (l1Ratio === 0) continue;
        it(`has no penalised coefficient at lambdaMax, and one just below: ${title}`, () => {
          const penalised = (fit: LassoFit) =>
            fit.activeSet.filter((j) => (MODELS[name].penaltyFactors?.[j] ?? 1) > 0).length;
          // Where bounds hold columns without penalty, lambdaMax is known to the square root of a relative gap of 1e-12.
          const at = name === 'everything' ? 1.0001 * first : first;
          expect(penalised(elasticNet(A, problem.b, { ...options, lambda: at, tolerance: 1e-10 }))).toBe(0);
          if (first === 0) return;
          const below = elasticNet(A, problem.b, { ...options, lambda: 0.98 * first, tolerance: 1e-10 });
          expect(penalised(below)).toBeGreaterThan(0);
        });

        it(`dense and sparse agree: ${title}`, () => {
          const fits = [problem.dense, problem.sparse].map((X) =>
            elasticNet(X, problem.b, { ...model, tolerance: 1e-9 }),
          );
          const bound = fits[0].certificate.gap + fits[1].certificate.gap + roundingOf(problem);
          expect(Math.abs(fits[0].objective - fits[1].objective)).toBeLessThanOrEqual(bound);
        });
      }
    }
  }
  it('leaves no memory behind', () => {
    expect(liveArenas()).toBe(0);
  });
});

describe('what options mean', () => {
  const { rows, b } = dense;
  const lambda = lambdaMax(rows, b) / 10;

  it('a weight of 2 is two equal rows', () => {
    const twice = lasso([...rows, rows[3]], [...b, b[3]], { lambda, tolerance: 1e-12 });
    const sampleWeights = rows.map((_, i) => (i === 3 ? 2 : 1));
    const weighted = lasso(rows, b, { lambda, sampleWeights, tolerance: 1e-12 });
    // Both minimise the same objective: per unit of weight.
    expect(Math.abs(twice.objective - weighted.objective)).toBeLessThan(
      twice.certificate.gap + weighted.certificate.gap + roundingOf(dense),
    );
  });

  it('a weight of 0 is no row', () => {
    const rest = rows.map((_, i) => i).filter((i) => weights[i] > 0);
    const without = lasso(
      rest.map((i) => rows[i]),
      rest.map((i) => b[i]),
      { lambda, sampleWeights: rest.map((i) => weights[i]), tolerance: 1e-12 },
    );
    const weighted = lasso(rows, b, { lambda, sampleWeights: weights, tolerance: 1e-12 });
    expect(Math.abs(without.objective - weighted.objective)).toBeLessThan(
      without.certificate.gap + weighted.certificate.gap + roundingOf(dense),
    );
    expect(weights.every((weight, i) => weight > 0 || weighted.certificate.dual[i] === 0)).toBe(true);
  });

  it('weights are known up to a factor, and equal ones do not matter', () => {
    const first = lasso(rows, b, { lambda, sampleWeights: weights });
    const second = lasso(rows, b, { lambda, sampleWeights: weights.map((weight) => 4 * weight) });
    expect(firstDifference(first.coefficients, second.coefficients)).toBe(-1);
    const equal = lasso(rows, b, { lambda, sampleWeights: rows.map(() => 8) });
    expect(firstDifference(equal.coefficients, lasso(rows, b, { lambda }).coefficients)).toBe(-1);
  });

  it('an elastic net is a Lasso on longer data', () => {
    const l1Ratio = 0.3;
    const long = m + n;
    // The ridge as n more rows with target 0, everything per m + n samples.
    const root = Math.sqrt(lambda * (1 - l1Ratio) * m);
    const augmented = [...rows, ...rows[0].map((_, j) => rows[0].map((__, k) => (j === k ? root : 0)))];
    const net = elasticNet(rows, b, { lambda, l1Ratio, intercept: false, tolerance: 1e-12 });
    const longLambda = (lambda * l1Ratio * m) / long;
    const options = { lambda: longLambda, intercept: false, tolerance: 1e-12 };
    const lassoFit = lasso(augmented, [...b, ...rows[0].map(() => 0)], options);
    const bound = net.certificate.gap * m + lassoFit.certificate.gap * long + m * roundingOf(dense);
    expect(Math.abs(net.objective * m - lassoFit.objective * long)).toBeLessThanOrEqual(bound);
  });

  it('an elastic net of ratio 1 is the Lasso, bit for bit', () => {
    const net = elasticNet(rows, b, { lambda, l1Ratio: 1 });
    const fit = lasso(rows, b, { lambda });
    expect({ ...net, elapsedMs: 0 }).toEqual({ ...fit, elapsedMs: 0 });
  });

  it('no penalty at all is least squares, certified', () => {
    const fit = lasso(rows, b, { lambda: 1, penaltyFactors: new Float64Array(n) });
    expect(fit.status).toBe('converged');
    expect(fit.certificate.relativeGap).toBeLessThan(1e-12);
  });

  it('dependent columns without penalty are no obstacle', () => {
    const doubled = rows.map((row) => [row[0], row[0], ...row]);
    const penaltyFactors = [0, 0, 0, ...rows[0].slice(1).map(() => 1)];
    const fit = lasso(doubled, b, { lambda, penaltyFactors, tolerance: 1e-9 });
    const single = lasso(rows, b, { lambda, penaltyFactors: penaltyFactors.slice(2), tolerance: 1e-9 });
    expect([fit.status, single.status]).toEqual(['converged', 'converged']);
    expect(Math.abs(fit.objective - single.objective)).toBeLessThanOrEqual(
      fit.certificate.gap + single.certificate.gap + roundingOf(dense),
    );
  });

  it('paths certify every lambda', () => {
    for (const name of ['everything', 'factors', 'above 0', 'weights']) {
      const path = elasticNetPath(rows, b, { ...MODELS[name], l1Ratio: 0.8, numLambdas: 12, tolerance: 1e-8 });
      expect(path.status).toBe('converged');
      path.lambdas.forEach((at, t) => {
        const single = elasticNet(rows, b, { ...MODELS[name], l1Ratio: 0.8, lambda: at, tolerance: 1e-8 });
        const bound = path.gaps[t] + single.certificate.gap + roundingOf(dense);
        expect(Math.abs(path.objectives[t] - single.objective)).toBeLessThanOrEqual(bound);
      });
    }
  });
});
