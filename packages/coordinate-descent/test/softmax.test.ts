import { randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import {
  logisticRegression,
  predictClasses,
  predictProbabilities,
  type SoftmaxFit,
  softmaxRegression,
  softmaxRegressionAsync,
  softmaxRegressionIterations,
  softmaxRegressionLambdaMax,
  softmaxRegressionPath,
  softmaxRegressionPathAsync,
} from '../src/index.js';
import { testProblem } from './problems.js';

/** Some hundreds of roundings of numbers of size a few at most. */
const ROUNDING = 1e-13;
const N = 5;

function labelsOf(seed: string, rows: number[][], k: number): string[] {
  const noise = randomStream(`classes ${seed}`);
  return rows.map((row, i) => {
    const scores = Array.from({ length: k }, (_, c) => 2 * row[c % N] * (c % 2 ? -1 : 1) + noise.normal() / 2);
    return i < k ? `c${i}` : `c${scores.indexOf(Math.max(...scores))}`;
  });
}

/** sum_c e^z_c in logarithms, plainly. */
function logSum(z: readonly number[]): number {
  const top = Math.max(...z);
  return top + Math.log(z.reduce((sum, value) => sum + Math.exp(value - top), 0));
}

interface Penalty {
  readonly lambda: number;
  readonly l1Ratio: number;
  readonly groupFeatures: boolean;
}

/** F per sample, by the definition; W in rows. */
function objectiveOf(
  rows: number[][],
  labels: readonly string[],
  { lambda, l1Ratio, groupFeatures }: Penalty,
  W: number[][],
  c: ArrayLike<number>,
): number {
  const loss = rows.reduce((sum, row, i) => {
    const z = Array.from(c, (centre, o) => row.reduce((part, a, j) => part + a * W[j][o], centre));
    return sum + logSum(z) - z[Number(labels[i].slice(1))];
  }, 0);
  const sizes = W.reduce(
    (sum, row) => sum + (groupFeatures ? Math.hypot(...row) : row.reduce((part, w) => part + Math.abs(w), 0)),
    0,
  );
  const squares = W.flat().reduce((sum, w) => sum + w * w, 0);
  return loss / rows.length + lambda * (l1Ratio * sizes + ((1 - l1Ratio) / 2) * squares);
}

function rowsOf(matrix: { layout?: string; rows: number; cols: number; data: Float64Array }): number[][] {
  const { layout, rows, cols, data } = matrix;
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: cols }, (__, c) => data[layout === 'column' ? c * rows + i : i * cols + c]),
  );
}

/** The gradient of the loss per sample, in W and the intercepts. */
function gradientOf(
  rows: number[][],
  labels: readonly string[],
  W: number[][],
  c: readonly number[],
): { W: number[][]; c: number[] } {
  const m = rows.length;
  const G = W.map((row) => row.map(() => 0));
  const g = c.map(() => 0);
  rows.forEach((row, i) => {
    const z = c.map((centre, o) => row.reduce((part, a, j) => part + a * W[j][o], centre));
    const total = logSum(z);
    z.forEach((value, o) => {
      const r = (Math.exp(value - total) - (labels[i] === `c${o}` ? 1 : 0)) / m;
      g[o] += r;
      row.forEach((a, j) => {
        G[j][o] += a * r;
      });
    });
  });
  return { W: G, c: g };
}

/** Plain proximal gradient steps: an oracle that shares no code with the package. */
function proximalGradient(
  rows: number[][],
  labels: readonly string[],
  penalty: Penalty,
  k: number,
  intercept: boolean,
  steps: number,
): number {
  const { lambda, l1Ratio, groupFeatures } = penalty;
  const ridge = lambda * (1 - l1Ratio);
  // The Hessian of the loss is at most (1 / 2m) [A 1]'[A 1], whose trace bounds its norm.
  const bound = rows.reduce((sum, row) => sum + row.reduce((part, a) => part + a * a, 1), 0) / (2 * rows.length);
  const step = 1 / (bound + ridge);
  let W = rows[0].map(() => new Array<number>(k).fill(0));
  let c = new Array<number>(k).fill(0);
  for (let t = 0; t < steps; t++) {
    const gradient = gradientOf(rows, labels, W, c);
    const limit = step * lambda * l1Ratio;
    W = W.map((row, j) => {
      const moved = row.map((w, o) => w - step * (gradient.W[j][o] + ridge * w));
      const size = Math.hypot(...moved);
      if (groupFeatures) return moved.map((w) => (size > limit ? w * (1 - limit / size) : 0));
      return moved.map((w) => Math.sign(w) * Math.max(0, Math.abs(w) - limit));
    });
    if (intercept) c = c.map((centre, o) => centre - step * gradient.c[o]);
  }
  return objectiveOf(rows, labels, penalty, W, c);
}

describe.each([
  ['0', 24, 3, 1, 1, false, true],
  ['1', 30, 4, 1, 1, true, true],
  ['2', 30, 3, 0.5, 0.5, false, true],
  ['3', 20, 3, 1, 0, false, true],
  ['4', 24, 3, 0.5, 0.7, true, false],
] as const)('softmax regression, instance %s', (seed, m, k, density, l1Ratio, groupFeatures, intercept) => {
  const { rows, sparse } = testProblem(`softmax ${seed}`, m, N, density, density === 1 ? 0.5 : 0);
  const labels = labelsOf(seed, rows, k);
  const lambda = 0.02;
  const penalty = { lambda, l1Ratio, groupFeatures };
  const options = { ...penalty, intercept, tolerance: 1e-8 };
  const fit = softmaxRegression(rows, labels, options);

  it('has the objective that it states, within its gap of what proximal gradient steps find', () => {
    expect(fit.status).toBe('converged');
    expect(fit.classes).toEqual(Array.from({ length: k }, (_, c) => `c${c}`));
    const stated = objectiveOf(rows, labels, penalty, rowsOf(fit.coefficients), fit.intercepts);
    expect(Math.abs(stated - fit.objective)).toBeLessThanOrEqual(ROUNDING);
    const best = proximalGradient(rows, labels, penalty, k, intercept, 1500);
    for (const state of softmaxRegressionIterations(rows, labels, options)) {
      expect(state.gap).toBeGreaterThanOrEqual(state.objective - best - ROUNDING);
    }
  });

  it('has a dual point whose value, by its definition, proves the gap', () => {
    const U = rowsOf(fit.certificate.dual);
    let dual = 0;
    U.forEach((row, i) => {
      row.forEach((u, o) => {
        const q = (labels[i] === `c${o}` ? 1 : 0) - m * u;
        expect(q).toBeGreaterThanOrEqual(-ROUNDING);
        if (q > 0) dual -= (q * Math.log(q)) / m;
      });
      expect(Math.abs(row.reduce((sum, u) => sum + u, 0))).toBeLessThanOrEqual(ROUNDING);
    });
    if (intercept) {
      for (let o = 0; o < k; o++) {
        expect(Math.abs(U.reduce((sum, row) => sum + row[o], 0))).toBeLessThanOrEqual(ROUNDING);
      }
    }
    const level = lambda * l1Ratio;
    for (let j = 0; j < N; j++) {
      const product = Array.from({ length: k }, (_, o) => rows.reduce((sum, row, i) => sum + row[j] * U[i][o], 0));
      const sizes = groupFeatures ? [Math.hypot(...product)] : product.map(Math.abs);
      for (const size of sizes) {
        if (l1Ratio === 1) expect(size).toBeLessThanOrEqual(level + ROUNDING);
        else dual -= Math.max(0, size - level) ** 2 / (2 * lambda * (1 - l1Ratio));
      }
    }
    expect(Math.abs(fit.objective - dual - fit.certificate.gap)).toBeLessThanOrEqual(10 * ROUNDING);
  });

  it('is optimal by finite differences of the loss, as far as its gap says', () => {
    const W = rowsOf(fit.coefficients);
    const smooth = { ...penalty, lambda: 0 };
    const h = 1e-5;
    // F is smooth with constant L on the entries: a violation v of optimality means a gap of v^2 / 2L at least.
    const bound = rows.reduce((sum, row) => sum + row.reduce((part, a) => part + a * a, 0), 0) / (2 * m) + lambda;
    const slack = Math.sqrt(2 * bound * (fit.certificate.gap + ROUNDING)) + 1e-8;
    for (let j = 0; j < N; j++) {
      const gradient = W[j].map((_, o) => {
        const at = (shift: number) =>
          objectiveOf(
            rows,
            labels,
            smooth,
            W.map((row, p) => row.map((w, q) => (p === j && q === o ? w + shift : w))),
            fit.intercepts,
          );
        return (at(h) - at(-h)) / (2 * h) + lambda * (1 - l1Ratio) * W[j][o];
      });
      const level = lambda * l1Ratio;
      const size = Math.hypot(...W[j]);
      if (groupFeatures && size === 0) expect(Math.hypot(...gradient)).toBeLessThanOrEqual(level + slack);
      else if (groupFeatures) {
        gradient.forEach((g, o) => {
          expect(Math.abs(g + (level * W[j][o]) / size)).toBeLessThanOrEqual(slack * 10);
        });
      } else {
        gradient.forEach((g, o) => {
          const violation = W[j][o] === 0 ? Math.max(0, Math.abs(g) - level) : g + level * Math.sign(W[j][o]);
          expect(Math.abs(violation)).toBeLessThanOrEqual(slack);
        });
      }
    }
  });

  it('is the same for all forms and entry points, and predicts by its own model', async () => {
    const near = (other: SoftmaxFit) =>
      expect(Math.abs(other.objective - fit.objective)).toBeLessThanOrEqual(
        other.certificate.gap + fit.certificate.gap + ROUNDING,
      );
    near(softmaxRegression(sparse, labels, options));
    near(softmaxRegression(rows, labels, { ...options, initial: fit.coefficients }));
    const twice = { ...options, sampleWeights: rows.map((_, i) => (i < 6 ? 2 : 1)) };
    const one = softmaxRegression(rows, labels, twice);
    const other = softmaxRegression([...rows, ...rows.slice(0, 6)], [...labels, ...labels.slice(0, 6)], options);
    expect(Math.abs(one.objective - other.objective)).toBeLessThanOrEqual(
      one.certificate.gap + other.certificate.gap + ROUNDING,
    );
    expect((await softmaxRegressionAsync(rows, labels, options)).coefficients).toEqual(fit.coefficients);
    expect(softmaxRegression(rows, labels, { ...options, backend: 'js' }).coefficients).toEqual(fit.coefficients);
    const W = rowsOf(fit.coefficients);
    const probabilities = rowsOf(predictProbabilities(fit, rows));
    const classes = predictClasses(fit, sparse);
    rows.forEach((row, i) => {
      const z = Array.from(fit.intercepts, (c, o) => row.reduce((sum, a, j) => sum + a * W[j][o], c));
      z.forEach((value, o) => {
        expect(probabilities[i][o]).toBeCloseTo(Math.exp(value - logSum(z)), 12);
      });
      expect(classes[i]).toBe(`c${z.indexOf(Math.max(...z))}`);
    });
  });

  it('has certified paths, and no coefficients from the largest useful lambda on', async () => {
    if (l1Ratio === 0) return;
    const model = { l1Ratio, groupFeatures, intercept };
    const largest = softmaxRegressionLambdaMax(rows, labels, model);
    expect(softmaxRegression(rows, labels, { ...model, lambda: largest }).activeSet.length).toBe(0);
    const below = softmaxRegression(rows, labels, { ...model, lambda: 0.98 * largest, tolerance: 1e-9 });
    expect(below.activeSet.length).toBeGreaterThan(0);
    const path = softmaxRegressionPath(rows, labels, { ...model, numLambdas: 5, minRatio: 0.05, tolerance: 1e-7 });
    expect(path.statuses).toEqual(new Array(5).fill('converged'));
    path.lambdas.forEach((value, t) => {
      const single = softmaxRegression(rows, labels, { ...model, lambda: value, tolerance: 1e-7 });
      expect(Math.abs(single.objective - path.objectives[t])).toBeLessThanOrEqual(
        single.certificate.gap + path.gaps[t] + ROUNDING,
      );
    });
    const given = { ...model, lambdas: path.lambdas, tolerance: 1e-7 };
    expect((await softmaxRegressionPathAsync(rows, labels, given)).coefficients).toEqual(path.coefficients);
  });
});

describe('two classes are those of a logistic regression', () => {
  const { rows } = testProblem('softmax two', 30, N);
  const labels = labelsOf('two', rows, 2);
  const lambda = 0.03;
  it.each([
    ['entries', { l1Ratio: 1, groupFeatures: false }, { l1Ratio: 1, lambda }],
    ['rows', { l1Ratio: 1, groupFeatures: true }, { l1Ratio: 1, lambda: lambda / Math.SQRT2 }],
    ['ridge', { l1Ratio: 0, groupFeatures: false }, { l1Ratio: 0, lambda: lambda / 2 }],
  ] as const)('%s', (_, soft, logistic) => {
    const one = softmaxRegression(rows, labels, { lambda, tolerance: 1e-10, ...soft });
    const two = logisticRegression(rows, labels, { tolerance: 1e-10, ...logistic });
    expect(one.status).toBe('converged');
    expect(Math.abs(one.objective - two.objective)).toBeLessThanOrEqual(
      one.certificate.gap + two.certificate.gap + ROUNDING,
    );
    // Both fits' differences are within their gaps of the solution, in terms of the linear form.
    const z = rowsOf(predictProbabilities(one, rows)).map((row) => row[1]);
    predictProbabilities(two, rows).forEach((p, i) => {
      expect(Math.abs(p - z[i])).toBeLessThanOrEqual(1e-3);
    });
  });
});
