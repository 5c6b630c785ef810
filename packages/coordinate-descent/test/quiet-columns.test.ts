import { randomStream } from '@lemmata/core';
import { naiveProduct, naiveTranspose } from '@lemmata/testing';
import { expect, it } from 'vitest';
import { GapMonitor } from '../src/certificates/duality-gap.js';
import { lassoProblem, loadProblem } from '../src/problem/lasso-problem.js';
import { openDesign } from '../src/problem/open-design.js';
import { centred, testProblem } from './problems.js';

it('bounds the products of the columns that it passes over', () => {
  let passedOver = 0;
  for (let k = 0; k < 40; k++) {
    const m = 20 + k;
    const n = 60;
    const intercept = k % 2 === 0;
    const problem = testProblem(`quiet/${k}`, m, n, k % 3 === 0 ? 0.3 : 1, k % 4 === 0 ? 1 : 0);
    const data = intercept ? centred(problem.rows, problem.b) : { rows: problem.rows, b: Array.from(problem.b) };
    const columns = naiveTranspose(data.rows);
    const opened = openDesign(
      k % 3 === 0 ? problem.sparse : problem.dense,
      { intercept: intercept, weights: undefined, penalised: false },
      'js',
      true,
    );
    const lasso = lassoProblem(opened, problem.b);
    for (const _ of loadProblem(lasso, opened, undefined));
    const { coefficients, workingSet } = lasso.design.work;
    const monitor = new GapMonitor(lasso);
    const stream = randomStream(`quiet/walk/${k}`);
    workingSet.set([3, 17, 40]);
    lasso.active = 3;
    let threshold = 0;
    // A walk with ever shorter steps, as of a run that converges.
    for (let step = 0, size = 0.05; step < 12; step++, size /= 2) {
      for (const j of [3, 17, 40]) coefficients[j] += size * (2 * stream.uniform() - 1);
      lasso.penalty.set(threshold);
      for (const _ of monitor.evaluate());
      const residual = naiveProduct(data.rows, coefficients).map((value, i) => data.b[i] - value);
      const products = columns.map((column) => Math.abs(naiveProduct([column], residual)[0]));
      const largest = Math.max(...products);
      for (let j = 0; j < n; j++) {
        if (lasso.design.squares[j] === 0) continue;
        // The product here is summed in another order: m roundings of its terms, on both sides, and of the centring.
        const rounding = 8 * m * Number.EPSILON * Math.hypot(...columns[j]) * Math.hypot(...data.b, 1);
        expect(monitor.bound(j)).toBeGreaterThanOrEqual(products[j] - rounding);
      }
      // The dual point is feasible for all columns, whether computed or passed over.
      expect(monitor.scale * largest).toBeLessThanOrEqual(threshold * (1 + 8 * m * Number.EPSILON));
      passedOver += n - monitor.computed;
      threshold = largest;
    }
    opened.dispose();
  }
  // 40 walks of 12 evaluations of 60 columns: a fifth and more of 28,800 is passed over.
  expect(passedOver).toBeGreaterThan(5760);
});
