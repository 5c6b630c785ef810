import { liveArenas } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import {
  groupLasso,
  groupLassoAsync,
  groupLassoCrossValidation,
  groupLassoCrossValidationAsync,
  groupLassoLambdaMax,
  groupLassoPath,
  groupLassoPathAsync,
  multiTaskLasso,
  predict,
  softmaxRegression,
  softmaxRegressionAsync,
  softmaxRegressionPath,
} from '../src/index.js';
import { roundingOf, testProblem } from './problems.js';
import { expectRefusal } from './refusal.js';

const problem = testProblem('group runs', 20, 12, 1, 1);
const { rows, sparse, b } = problem;
const groups = [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3];
const labels = Array.from(b, (value, i) => (i < 3 ? i : value > 1 ? 0 : value > 0 ? 1 : 2));
const targets = rows.map((row, i) => [b[i], row[0]]);

describe('paths of group Lassos', () => {
  const model = {
    groups,
    standardize: true,
    weights: [1, 2, 1, 1],
    offset: rows.map((row) => row[1]),
    tolerance: 1e-9,
  };

  it('are certified at every lambda and equal to single fits, with all options of the model', async () => {
    const path = groupLassoPath(rows, b, { ...model, numLambdas: 8 });
    expect(path.statuses).toEqual(new Array(8).fill('converged'));
    expect(path.coefficients.indptr[1]).toBe(0);
    const { tolerance: _, ...rest } = model;
    expect(path.lambdas[0]).toBe(groupLassoLambdaMax(rows, b, rest));
    path.lambdas.forEach((lambda, t) => {
      const single = groupLasso(rows, b, { ...model, lambda });
      expect(path.relativeGaps[t]).toBeLessThanOrEqual(1e-9);
      expect(Math.abs(single.objective - path.objectives[t])).toBeLessThanOrEqual(
        single.certificate.gap + path.gaps[t] + roundingOf(problem),
      );
    });
    const other = groupLassoPath(sparse, b, { ...model, lambdas: path.lambdas });
    other.objectives.forEach((value, t) => {
      expect(Math.abs(value - path.objectives[t])).toBeLessThanOrEqual(
        other.gaps[t] + path.gaps[t] + roundingOf(problem),
      );
    });
    const later = await groupLassoPathAsync(rows, b, { ...model, numLambdas: 8 });
    expect(later.coefficients).toEqual(path.coefficients);
  });

  it('end where the caller wants', () => {
    const whole = groupLassoPath(rows, b, { groups, numLambdas: 10 });
    const path = groupLassoPath(rows, b, { groups, numLambdas: 10, maxNonzeros: 3 });
    expect(path.status).toBe('limit');
    const counts = (t: number) => whole.coefficients.indptr[t + 1] - whole.coefficients.indptr[t];
    const first = Array.from(whole.lambdas, (_, t) => counts(t)).findIndex((count) => count > 3);
    expect(path.lambdas.length).toBe(first + 1);
  });
});

describe('cross-validation of group Lassos', () => {
  it('measures errors of fits on the other rows, by the definition', async () => {
    const foldOf = rows.map((_, i) => i % 3);
    const options = { groups, foldOf, lambdas: [0.2, 0.05, 0.01], tolerance: 1e-12 };
    const chosen = groupLassoCrossValidation(rows, b, options);
    expect(chosen.status).toBe('converged');
    chosen.path.lambdas.forEach((lambda, t) => {
      let total = 0;
      for (let f = 0; f < 3; f++) {
        const outside = rows.map((_, i) => i).filter((i) => foldOf[i] !== f);
        const fit = groupLasso(
          outside.map((i) => rows[i]),
          outside.map((i) => b[i]),
          { groups, lambda, tolerance: 1e-12 },
        );
        const inside = rows.map((_, i) => i).filter((i) => foldOf[i] === f);
        const z = predict(
          fit,
          inside.map((i) => rows[i]),
        );
        inside.forEach((i, s) => {
          total += (b[i] - z[s]) ** 2 / rows.length;
        });
      }
      // Fits to a relative gap of 1e-12 are within 1e-6 of the solution, in units of the target.
      expect(Math.abs(chosen.errors[t] - total)).toBeLessThanOrEqual(1e-4 * total);
    });
    expect(chosen.errors[chosen.index]).toBe(Math.min(...chosen.errors));
    const later = await groupLassoCrossValidationAsync(sparse, b, options);
    expect(later.lambda).toBe(chosen.lambda);
    expectRefusal(
      () => groupLassoCrossValidation(rows, b, { groups: [0], folds: 3 }),
      'ERR_DIMENSION',
      'options.groups',
    );
  });
});

describe('endings', () => {
  const options = { lambda: 0.001, groups, tolerance: 1e-14 };

  it('are those of the caller, with a certified answer from each', async () => {
    const limited = groupLasso(rows, b, { ...options, maxIterations: 1 });
    expect([limited.status, limited.iterations, limited.history.gap.length]).toEqual(['max-iterations', 1, 2]);
    expect(limited.objective - limited.certificate.gap).toBeLessThanOrEqual(groupLasso(rows, b, options).objective);
    const stopped = softmaxRegression(rows, labels, { lambda: 0.001, onIteration: ({ iteration }) => iteration < 1 });
    expect([stopped.status, stopped.iterations]).toEqual(['stopped', 1]);
    const aborting = new AbortController();
    const run = softmaxRegressionAsync(rows, labels, {
      lambda: 0.001,
      tolerance: 0,
      signal: aborting.signal,
      onIteration: () => aborting.abort(),
    });
    expect((await run).status).toBe('aborted');
    expect(multiTaskLasso(rows, targets, { lambda: 0.001, tolerance: 0, timeLimitMs: 1e-9 }).status).toBe('time-limit');
    const gone = new AbortController();
    gone.abort();
    await expect(groupLassoAsync(rows, b, { ...options, signal: gone.signal })).rejects.toBe(gone.signal.reason);
    const path = softmaxRegressionPath(rows, labels, { onIteration: ({ iteration }) => iteration < 2 });
    expect([path.status, path.lambdas.length, path.intercepts.rows]).toEqual(['stopped', 2, 2]);
    expect(liveArenas()).toBe(0);
  });

  it('a run that is left early releases its memory, a result can be cloned, and data stay untouched', () => {
    const before = structuredClone([rows, sparse, Array.from(b), targets]);
    const fit = multiTaskLasso(sparse, targets, { lambda: 0.1 });
    expect(structuredClone(fit)).toEqual(fit);
    softmaxRegression(sparse, labels, { lambda: 0.1, standardize: true });
    groupLasso(sparse, b, { lambda: 0.1, groups, standardize: true });
    expect([rows, sparse, Array.from(b), targets]).toEqual(before);
    expect(liveArenas()).toBe(0);
  });

  it('numbers out of range diverge, and constant targets are solved by their intercept', () => {
    const huge = rows.map((row) => row.map((value) => value * 1e200));
    expect(groupLasso(huge, b, { lambda: 0.1, groups }).status).toBe('diverged');
    const constant = groupLasso(
      rows,
      rows.map(() => 3),
      { lambda: 0.1, groups },
    );
    expect([constant.status, constant.intercept, constant.objective]).toEqual(['converged', 3, 0]);
    const zeros = groupLasso(
      rows.map((row) => row.map(() => 0)),
      b,
      { lambda: 0.1, groups },
    );
    expect([zeros.status, zeros.activeSet.length, zeros.warnings.length]).toEqual(['converged', 0, 1]);
  });
});
