import { naiveProduct } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import {
  nonnegativeLeastSquares,
  nonnegativeLeastSquaresAsync,
  nonnegativeLeastSquaresIterations,
  prepareDesign,
} from '../src/index.js';
import { dualOf, roundingOf, testProblem } from './problems.js';
import { expectRefusal } from './refusal.js';

/** 1/(2m) |b - A w|^2 + lambda sum(w), by the definition. */
function primalOf(rows: number[][], b: ArrayLike<number>, lambda: number, w: ArrayLike<number>): number {
  const loss = naiveProduct(rows, w).reduce((sum, z, i) => sum + (b[i] - z) ** 2, 0);
  return loss / (2 * rows.length) + lambda * Array.from(w).reduce((sum, value) => sum + value, 0);
}

/** Solves H x = g by elimination with the largest pivot; undefined where H is singular to rounding. */
function eliminate(h: number[][], g: number[]): number[] | undefined {
  const a = h.map((row, i) => [...row, g[i]]);
  const n = g.length;
  for (let k = 0; k < n; k++) {
    let p = k;
    for (let i = k; i < n; i++) if (Math.abs(a[i][k]) > Math.abs(a[p][k])) p = i;
    if (Math.abs(a[p][k]) < 1e-12) return undefined;
    [a[k], a[p]] = [a[p], a[k]];
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const f = a[i][k] / a[k][k];
      for (let j = k; j <= n; j++) a[i][j] -= f * a[k][j];
    }
  }
  return a.map((row, i) => row[n] / row[i]);
}

/** The smallest value over all 2^n supports whose least squares solution is not negative. */
function bruteForce(rows: number[][], b: ArrayLike<number>, lambda: number): number {
  const n = rows[0].length;
  const gram = (i: number, j: number) => rows.reduce((sum, row) => sum + row[i] * row[j], 0);
  const g = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => gram(i, j)));
  const c = Array.from({ length: n }, (_, j) =>
    rows.reduce((sum, row, i) => sum + row[j] * b[i], -lambda * rows.length),
  );
  let best = primalOf(rows, b, lambda, new Array(n).fill(0));
  for (let mask = 1; mask < 1 << n; mask++) {
    const ids = Array.from({ length: n }, (_, j) => j).filter((j) => (mask >> j) & 1);
    if (ids.length > rows.length) continue;
    const x = eliminate(
      ids.map((i) => ids.map((j) => g[i][j])),
      ids.map((j) => c[j]),
    );
    if (x === undefined || x.some((value) => value < 0)) continue;
    const w = new Array<number>(n).fill(0);
    ids.forEach((j, k) => {
      w[j] = x[k];
    });
    best = Math.min(best, primalOf(rows, b, lambda, w));
  }
  return best;
}

describe.each([
  ['0', 15, 0],
  ['1', 8, 0],
  ['2', 30, 0.05],
  ['3', 8, 0.02],
] as const)('nonnegative least squares, instance %s', (seed, m, lambda) => {
  const problem = testProblem(`nonnegative ${seed}`, m, 10);
  const { rows, sparse, b } = problem;
  const fit = nonnegativeLeastSquares(rows, b, { lambda, tolerance: 1e-10 });

  it('is the best of all 2^10 supports, within its gap', () => {
    expect(fit.status).toBe('converged');
    expect(fit.intercept).toBe(0);
    expect(fit.coefficients.every((value) => value >= 0)).toBe(true);
    const stated = primalOf(rows, b, lambda, fit.coefficients);
    expect(Math.abs(stated - fit.objective)).toBeLessThanOrEqual(roundingOf(problem));
    expect(stated).toBeLessThanOrEqual(bruteForce(rows, b, lambda) + fit.certificate.gap + roundingOf(problem));
  });

  it('has a dual point that is feasible and proves the gap', () => {
    const { dual, gap } = fit.certificate;
    const size = Math.sqrt(b.reduce((sum, value) => sum + value * value, 0)) / m;
    for (let j = 0; j < 10; j++) {
      const product = rows.reduce((sum, row, i) => sum + row[j] * dual[i], 0);
      const norm = Math.sqrt(rows.reduce((sum, row) => sum + row[j] * row[j], 0));
      // The products of columns that were solved for are 0 to the rounding of their sums, times the length of the target.
      expect(product).toBeLessThanOrEqual(lambda + 32 * (m + 64) * Number.EPSILON * norm * size);
    }
    expect(Math.abs(fit.objective - dualOf(b, dual) - gap)).toBeLessThanOrEqual(roundingOf(problem));
  });

  it('agrees for dense and sparse, for all entry points and for a prepared design', async () => {
    const options = { lambda, tolerance: 1e-10 };
    const other = nonnegativeLeastSquares(sparse, b, options);
    const gaps = other.certificate.gap + fit.certificate.gap + roundingOf(problem);
    expect(Math.abs(other.objective - fit.objective)).toBeLessThanOrEqual(gaps);
    const later = await nonnegativeLeastSquaresAsync(rows, b, options);
    expect(later.coefficients).toEqual(fit.coefficients);
    const steps = [...nonnegativeLeastSquaresIterations(rows, b, options)];
    expect(steps.length).toBe(fit.iterations + 1);
    const design = prepareDesign(rows, { intercept: false });
    expect(nonnegativeLeastSquares(design, b, options).coefficients).toEqual(fit.coefficients);
    design.dispose();
  });
});

it('has an intercept on demand, takes upper bounds and refuses lower ones', () => {
  const { rows, b } = testProblem('nonnegative bounds', 20, 5, 1, 1);
  const fit = nonnegativeLeastSquares(rows, b, { intercept: true, upperBounds: 0.1, tolerance: 1e-9 });
  expect(fit.status).toBe('converged');
  expect(fit.intercept).not.toBe(0);
  expect(fit.coefficients.every((value) => value >= 0 && value <= 0.1)).toBe(true);
  // biome-ignore lint/suspicious/noExplicitAny: an option that is not offered
  const wrong = { lowerBounds: -1 } as any;
  expectRefusal(() => nonnegativeLeastSquares(rows, b, wrong), 'ERR_OPTION', 'options.lowerBounds: expected one of');
  expectRefusal(() => nonnegativeLeastSquares(rows, b, { lambda: -1 }), 'ERR_OPTION', 'options.lambda: expected');
});
