import { randomStream } from '@lemmata/core';
import { naiveProduct } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import { logisticRegression, predictProbabilities } from '../src/index.js';
import { testProblem } from './problems.js';

const LAMBDA = 0.02;

/** Mean of log(1 + exp(-y z)) plus the penalty, by the definition. */
function objectiveOf(rows: number[][], y: readonly number[], w: ArrayLike<number>, c: number): number {
  const loss = naiveProduct(rows, w).reduce((sum, z, i) => {
    const t = y[i] * (z + c);
    return sum + Math.max(0, -t) + Math.log1p(Math.exp(-Math.abs(t)));
  }, 0);
  return loss / rows.length + LAMBDA * Array.from(w).reduce((sum, value) => sum + Math.abs(value), 0);
}

/** Proximal gradient steps with an intercept: an oracle that shares no code with the package. */
function proximalGradient(rows: number[][], y: readonly number[], steps: number): { w: number[]; c: number } {
  const m = rows.length;
  const n = rows[0].length;
  // The Hessian of the loss is at most (1 / 4m) [A 1]'[A 1], whose trace bounds its norm.
  const step = (4 * m) / rows.reduce((sum, row) => sum + row.reduce((part, a) => part + a * a, 1), 0);
  const w = new Array<number>(n).fill(0);
  let c = 0;
  for (let k = 0; k < steps; k++) {
    const r = naiveProduct(rows, w).map((z, i) => -y[i] / (1 + Math.exp(y[i] * (z + c))) / m);
    for (let j = 0; j < n; j++) {
      const moved = w[j] - step * rows.reduce((sum, row, i) => sum + row[j] * r[i], 0);
      w[j] = Math.sign(moved) * Math.max(0, Math.abs(moved) - step * LAMBDA);
    }
    c -= step * r.reduce((sum, value) => sum + value, 0);
  }
  return { w, c };
}

describe.each(['0', '1', '2'])('logistic regression, instance %s', (seed) => {
  const { rows, sparse, b } = testProblem(`logistic ${seed}`, 30, 6);
  const noise = randomStream(`labels ${seed}`);
  const y = Array.from(b, (value) => (value + noise.normal() / 2 > 0 ? 1 : -1));
  const labels = y.map((sign) => (sign > 0 ? 'yes' : 'no'));
  const fit = logisticRegression(rows, labels, { lambda: LAMBDA, tolerance: 1e-8 });

  it('has the objective that it states, within its gap of what proximal gradient steps find', () => {
    const truth = proximalGradient(rows, y, 5000);
    const { coefficients, intercept, objective, certificate, status, classes } = fit;
    expect([status, ...classes]).toEqual(['converged', 'no', 'yes']);
    const stated = objectiveOf(rows, y, coefficients, intercept);
    // Some hundreds of roundings of numbers of size one at most.
    expect(Math.abs(stated - objective)).toBeLessThanOrEqual(1e-13);
    expect(stated).toBeLessThanOrEqual(objectiveOf(rows, y, truth.w, truth.c) + certificate.gap + 1e-13);
  });

  it('has a dual point that is feasible and proves the gap', () => {
    const { dual, gap } = fit.certificate;
    const m = rows.length;
    const entropy = Array.from(dual).reduce((sum, u) => {
      const p = Math.min(1, m * Math.abs(u));
      return sum - (p > 0 ? p * Math.log(p) : 0) - (p < 1 ? (1 - p) * Math.log1p(-p) : 0);
    }, 0);
    dual.forEach((u, i) => {
      expect(u * y[i]).toBeGreaterThanOrEqual(0);
      expect(m * Math.abs(u)).toBeLessThanOrEqual(1 + 1e-12);
    });
    for (let j = 0; j < rows[0].length; j++) {
      const product = rows.reduce((sum, row, i) => sum + row[j] * dual[i], 0);
      expect(Math.abs(product)).toBeLessThanOrEqual(LAMBDA * (1 + 1e-9));
    }
    expect(Math.abs(fit.objective - entropy / m - gap)).toBeLessThanOrEqual(1e-12);
  });

  it('agrees for dense and sparse, and predicts by its own model', () => {
    const other = logisticRegression(sparse, labels, { lambda: LAMBDA, tolerance: 1e-8 });
    expect(Math.abs(other.objective - fit.objective)).toBeLessThanOrEqual(
      other.certificate.gap + fit.certificate.gap + 1e-13,
    );
    const expected = naiveProduct(rows, fit.coefficients).map((z) => 1 / (1 + Math.exp(-(z + fit.intercept))));
    predictProbabilities(fit, rows).forEach((p, i) => {
      expect(p).toBeCloseTo(expected[i], 13);
    });
  });
});
