import { productErrorBound } from '@lemmata/testing';
import { expect, it } from 'vitest';
import { lasso, predict } from '../src/index.js';
import { testProblem } from './problems.js';

it('predicts A w + c for dense and sparse matrices', () => {
  const { rows, dense, sparse, b } = testProblem('predict', 30, 12, 0.6);
  const fit = lasso(rows, b, { lambda: 0.01 });
  const bounds = productErrorBound(rows, fit.coefficients);
  for (const X of [rows, dense, sparse]) {
    const predictions = predict(fit, X);
    expect(predictions.length).toBe(30);
    rows.forEach((row, i) => {
      const exact = row.reduce((sum, value, j) => sum + value * fit.coefficients[j], 0) + fit.intercept;
      // Twice the bound of the product, once for either side, and the rounding of the last sum on both.
      expect(Math.abs(predictions[i] - exact)).toBeLessThanOrEqual(
        2 * bounds[i] + 2 * Number.EPSILON * Math.abs(exact),
      );
    });
  }
  expect(predict(fit, { rows: 0, cols: 12, data: [] }).length).toBe(0);
});
