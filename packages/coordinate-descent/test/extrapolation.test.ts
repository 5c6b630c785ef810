import { naiveProduct } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import { descendColumns, planPass, restrictedGap } from '../src/descent.js';
import { Extrapolation, WINDOW } from '../src/extrapolation.js';
import { lambdaMax, lasso } from '../src/index.js';
import { lassoProblem, loadProblem } from '../src/problem/lasso-problem.js';
import { openDesign } from '../src/problem/open-design.js';
import { SliceMeter } from '../src/slices.js';
import { testProblem } from './problems.js';

/** The value that a generator of slices returns. */
function finish<T>(slices: Generator<'slice', T, void>): T {
  for (;;) {
    const step = slices.next();
    if (step.done === true) return step.value;
  }
}

describe('Anderson extrapolation', () => {
  it('lowers the primal value or changes nothing, and keeps the residual true', () => {
    const { rows, dense, b } = testProblem('extrapolation', 60, 25, 1, 1);
    const threshold = (60 * lambdaMax(dense, b, { intercept: false })) / 100;
    const opened = openDesign(dense, { intercept: false, weights: undefined, penalised: false }, 'js', true);
    const problem = lassoProblem(opened, b);
    problem.penalty.set(threshold);
    finish(loadProblem(problem, opened, undefined));
    const { coefficients, residual, workingSet, target } = problem.design.work;
    residual.set(target);
    workingSet.set(Array.from({ length: 25 }, (_, j) => j));
    problem.active = 25;
    const pass = planPass(problem.design, workingSet, 25);
    const meter = new SliceMeter();
    const extrapolation = new Extrapolation(problem, pass);
    extrapolation.keep();
    for (let block = 0; block < 30; block++) {
      for (let epoch = 0; epoch < WINDOW; epoch++) {
        finish(descendColumns(problem, pass, meter));
        extrapolation.keep();
      }
      const before = finish(restrictedGap(problem, pass, meter)).primal;
      const taken = problem.counts.extrapolations;
      const kept = coefficients.slice();
      extrapolation.extrapolate(before);
      const after = finish(restrictedGap(problem, pass, meter)).primal;
      if (problem.counts.extrapolations > taken) expect(after).toBeLessThan(before);
      else expect(coefficients).toEqual(kept);
      // The residual is an affine combination with weights of some size: rounding stays far under 1e-9 of |b|.
      const product = naiveProduct(rows, coefficients);
      const drift = Math.hypot(...product.map((value, i) => b[i] - value - residual[i]));
      expect(drift).toBeLessThan(1e-9 * Math.hypot(...b));
    }
    expect(problem.counts.extrapolations).toBeGreaterThan(3);
    opened.dispose();
  });

  it('saves passes where columns are correlated', () => {
    const { dense, b } = testProblem('extrapolation/passes', 80, 40, 1, 1);
    const lambda = lambdaMax(dense, b, { intercept: false }) / 200;
    const options = { lambda, intercept: false, tolerance: 1e-8 };
    const extrapolated = lasso(dense, b, options);
    const plain = lasso(dense, b, { ...options, algorithm: 'cyclic' });
    expect([extrapolated.status, plain.status]).toEqual(['converged', 'converged']);
    expect(extrapolated.counts.epochs).toBeLessThan(plain.counts.epochs / 2);
  });
});
