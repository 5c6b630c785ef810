import { lasso, lassoIterations } from '@lemmata/coordinate-descent';
import { describe, expect, it } from 'vitest';
import { dualBound, type LassoInstance, objectiveAtZero, primalValue } from '../dist/coordinate-descent/certificate.js';
import { dataset as autoregressive } from '../dist/coordinate-descent/datasets/autoregressive.js';
import { dataset as diabetes } from '../dist/coordinate-descent/datasets/diabetes.js';
import { dataset as zipf } from '../dist/coordinate-descent/datasets/zipf.js';
import { problem } from '../dist/coordinate-descent/lasso.js';

const DATASETS = {
  'AR(.5) 500 x 5000': autoregressive({ rows: 500, cols: 5000, correlation: 0.5 }),
  'AR(.9) 5000 x 500': autoregressive({ rows: 5000, cols: 500, correlation: 0.9 }),
  'Zipf 5000 x 24000': zipf({}),
  'diabetes 442 x 10': diabetes({}),
};

/**
 * What rounding can add to a value that is the sum of m squares and n absolute values, of size F(0): the solver's sums
 * and products each carry a relative error of at most (m + n) eps in their plain order, and far less in eight lanes.
 */
const roundingOf = ({ A, b }: LassoInstance) => (b.length + A.cols) * Number.EPSILON;

describe.each(Object.entries(DATASETS))('the reported gap on %s', async (_name, dataset) => {
  const data = await dataset.generate({ seed: 'certificates' });

  it.each([10, 20, 100])('bounds the true suboptimality at every iteration, lambda = lambdaMax / %i', (divisor) => {
    const instance = problem({ divisor, intercept: dataset.name === 'diabetes' }).load(data);
    const { A, b, lambda, intercept } = instance;
    const atZero = objectiveAtZero(instance);
    // The bound comes from a point whose own gap, by the code that imports no solver, is at most 1e-12.
    const best = lasso(A, b, { lambda, intercept, tolerance: 1e-13 });
    const bound = dualBound(instance, best.certificate.dual);
    expect((primalValue(instance, best) - bound) / atZero).toBeLessThanOrEqual(1e-12);

    let iterations = 0;
    for (const state of lassoIterations(A, b, { lambda, intercept, tolerance: 1e-6 })) {
      const suboptimality = (primalValue(instance, state) - bound) / atZero;
      // The bound itself may be short of the minimum by 1e-12.
      expect(state.relativeGap).toBeGreaterThanOrEqual(suboptimality - 1e-12 - roundingOf(instance));
      iterations++;
    }
    expect(iterations).toBeGreaterThan(1);
  });
});
