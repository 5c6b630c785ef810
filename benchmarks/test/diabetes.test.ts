import { readFileSync } from 'node:fs';
import { lasso } from '@lemmata/coordinate-descent';
import { describe, expect, it } from 'vitest';
import { dataset } from '../dist/coordinate-descent/datasets/diabetes.js';

interface Fixture {
  readonly versions: Readonly<Record<string, string>>;
  readonly fits: readonly {
    readonly intercept: boolean;
    readonly lambda: number;
    readonly coefficients: readonly number[];
    readonly fittedIntercept: number;
  }[];
}

const fixture: Fixture = JSON.parse(readFileSync(new URL('fixtures/diabetes-lasso.json', import.meta.url), 'utf8'));

describe('Lasso on the diabetes study', async () => {
  const { A, b } = await dataset({}).generate({ seed: '' });

  it('covers 20 lambdas with and without intercept', () => {
    expect(fixture.fits.filter(({ intercept }) => intercept)).toHaveLength(20);
    expect(fixture.fits.filter(({ intercept }) => !intercept)).toHaveLength(20);
  });

  // The product's promise is 1e-6 of the largest coefficient.
  it.each(fixture.fits)('agrees with scikit-learn at lambda $lambda, intercept $intercept', (fit) => {
    for (const algorithm of ['working-set', 'cyclic'] as const) {
      const { intercept, lambda } = fit;
      const result = lasso(A, b, { algorithm, intercept, lambda, tolerance: 1e-13, maxIterations: 100_000 });
      expect(result.status).toBe('converged');
      const largest = Math.max(...fit.coefficients.map(Math.abs));
      result.coefficients.forEach((w, j) => {
        expect(Math.abs(w - fit.coefficients[j])).toBeLessThanOrEqual(1e-6 * largest);
      });
      expect(Math.abs(result.intercept - fit.fittedIntercept)).toBeLessThanOrEqual(1e-6 * largest);
    }
  });
});
