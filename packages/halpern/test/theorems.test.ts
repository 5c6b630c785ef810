import { randomStream } from '@lemmata/core';
import { toSparse } from '@lemmata/linalg';
import { randomRows } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import { gameInclusion } from '../src/games/game-operator.js';
import { type InclusionMethod, type InclusionState, solveInclusion } from '../src/index.js';
import { Oracle } from '../src/problem/oracle.js';
import { ComponentSampler } from '../src/sampling/component-sampler.js';
import { PageEstimator } from '../src/sampling/page.js';
import { type AffineProblem, affineProblem, distance } from './problems.js';

/** A solution to far below the residuals that are looked at. */
function solutionOf({ inclusion }: AffineProblem): Float64Array {
  const { status, x } = solveInclusion(inclusion, { method: 'anchored-gradient', tolerance: 1e-10 });
  expect(status).toBe('converged');
  return x;
}

describe('Algorithm 1 with the published constants', () => {
  it.each([undefined, 0.2])('keeps the root mean square of Res (k + 4) / (L D) below 16, box %s', (box) => {
    const [n, d] = [100, 10];
    const batch = Math.ceil(Math.sqrt(n));
    let sum = 0;
    let count = 0;
    for (let seed = 0; seed < 40; seed++) {
      const shape = { n, d, mu: 0.01, ...(box === undefined ? {} : { box }) };
      const problem = affineProblem(`paper ${seed}`, shape);
      const L = problem.inclusion.operator.cocoercive as number;
      const solution = solutionOf(problem);
      let start: number | undefined;
      const onIteration = (state: InclusionState) => {
        start ??= distance(state.x, solution);
        // Evaluations are n for each certified point and 2 b for each step between two of them.
        const k = (state.evaluations - n * (state.iteration + 1)) / (2 * batch) + state.iteration;
        const ratio = (state.residual * (k + 4)) / (L * start);
        sum += ratio * ratio;
        count++;
        return k < 400;
      };
      const options = { method: 'vr-halpern', schedule: 'paper', tolerance: 0, seed, onIteration } as const;
      expect(solveInclusion(problem.inclusion, options).status).toBe('stopped');
    }
    expect(count).toBeGreaterThan(40 * 20);
    expect(Math.sqrt(sum / count)).toBeLessThanOrEqual(16);
  });

  it('keeps Res (k + 4) / (L D) below 16 at every step without sampling', () => {
    const problem = affineProblem('deterministic', { n: 20, d: 5, mu: 0.01, box: 0.2 });
    const L = problem.inclusion.operator.cocoercive as number;
    const solution = solutionOf(problem);
    const D = distance(new Float64Array(5), solution);
    const result = solveInclusion(problem.inclusion, {
      method: 'halpern',
      schedule: 'paper',
      tolerance: 0,
      maxIterations: 400,
    });
    result.history.residual.forEach((residual, k) => {
      expect(residual * (k + 4)).toBeLessThanOrEqual(16 * L * D);
    });
  });
});

describe('anchored methods for monotone operators', () => {
  const stream = randomStream('theorems');
  const A = randomRows(() => stream.uniform(), 6, 8);
  const game = gameInclusion(toSparse(A), true);
  // Two simplices have diameter sqrt 2 each.
  const diameter = 2;
  const initial = Float64Array.from({ length: 14 }, (_, k) => (k === 0 || k === 8 ? 1 : 0));

  it('keep Res (k + 1) below 4 L diameter without restarts, deterministic', () => {
    const options = {
      method: 'anchored-gradient',
      restartFactor: 0,
      tolerance: 0,
      initial,
      maxIterations: 500,
    } as const;
    const { history } = solveInclusion(game, options);
    const L = game.operator.lipschitz as number;
    for (let k = 1; k <= 500; k++) {
      expect(history.residual[k] * (k + 1)).toBeLessThanOrEqual(4 * L * diameter);
    }
  });

  it('keep eta Res k below 7 D, Algorithm 2', () => {
    for (let seed = 0; seed < 5; seed++) {
      const problem = affineProblem(`two ${seed}`, { n: 16, d: 5, mu: 0, skew: 1 });
      const D = distance(new Float64Array(5), problem.zero);
      const options = { method: 'inexact-halpern', restartFactor: 0, tolerance: 0, seed, maxIterations: 40 } as const;
      for (const innerExponent of [1, 2]) {
        const { history } = solveInclusion(problem.inclusion, { ...options, innerExponent });
        for (let k = 1; k <= 40; k++) {
          expect(history.stepSize[k] * history.residual[k] * k).toBeLessThanOrEqual(7 * D);
        }
      }
    }
  });
});

describe('restarts', () => {
  it.each<InclusionMethod>(['vr-halpern', 'halpern', 'anchored-gradient', 'inexact-halpern'])(
    'make %s at least three times cheaper on a strongly monotone problem',
    (method) => {
      const problem = affineProblem('sharp', { n: 16, d: 5, mu: 0.3 });
      const run = (restartFactor: number) =>
        solveInclusion(problem.inclusion, { method, restartFactor, tolerance: 1e-6, maxEvaluations: 1e6 });
      const [on, off] = [run(0.5), run(0)];
      expect(on.status).toBe('converged');
      expect(on.counts.restarts).toBeGreaterThan(3);
      expect(off.counts.restarts).toBe(0);
      expect(off.counts.evaluations).toBeGreaterThan(3 * on.counts.evaluations);
    },
  );
});

describe('the PAGE estimator', () => {
  const [n, d] = [12, 3];
  const { inclusion } = affineProblem('page', { n, d, mu: 0.1, skew: 1 });
  const uneven = Float64Array.from({ length: n }, (_, i) => (2 * (i + 1)) / (n * (n + 1)));
  const z = Float64Array.of(1, -2, 3);
  const previous = Float64Array.of(0, 1, 1);

  it.each([
    ['equal', undefined],
    ['given', uneven],
  ])('has the mean of F, %s probabilities', (_name, probabilities) => {
    const operator = { ...inclusion.operator, ...(probabilities === undefined ? {} : { probabilities }) };
    const oracle = new Oracle({ operator });
    const page = new PageEstimator(oracle, new ComponentSampler(n, probabilities, randomStream('page')), 4);
    const target = new Float64Array(d);
    const base = new Float64Array(d);
    page.refresh(z, target);
    page.refresh(previous, base);
    const draws = 20000;
    const [sum, squares] = [new Float64Array(d), new Float64Array(d)];
    for (let t = 0; t < draws; t++) {
      const estimate = base.slice();
      page.update(z, previous, estimate);
      for (let j = 0; j < d; j++) {
        sum[j] += estimate[j];
        squares[j] += estimate[j] * estimate[j];
      }
    }
    for (let j = 0; j < d; j++) {
      const mean = sum[j] / draws;
      const deviation = Math.sqrt((squares[j] / draws - mean * mean) / draws);
      expect(deviation).toBeGreaterThan(0);
      expect(Math.abs(mean - target[j])).toBeLessThanOrEqual(4 * deviation);
    }
  });

  it('is F itself with a batch of all components', () => {
    const oracle = new Oracle(inclusion);
    const page = new PageEstimator(oracle, new ComponentSampler(n, undefined, randomStream('all')), n);
    const [estimate, target] = [new Float64Array(d), new Float64Array(d)];
    page.refresh(previous, estimate);
    page.refresh(z, target);
    page.update(z, previous, estimate);
    // n sums of products below 20 in size: rounding is below 20 n d eps.
    expect(distance(estimate, target)).toBeLessThan(20 * n * d * Number.EPSILON * 4);
    expect(oracle.counts).toMatchObject({ evaluations: 4 * n, linearEvaluations: 3 * n, fullEvaluations: 2 });
  });
});
