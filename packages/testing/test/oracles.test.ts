import { describe, expect, test } from 'vitest';
import {
  bruteForceLasso,
  lassoObjective,
  naiveProduct,
  naiveTranspose,
  productErrorBound,
  randomRows,
  randomVector,
  solveLinearSystem,
} from '../src/index.js';

/** Park and Miller's generator: enough for test data, and needs no other package. */
function uniformDraws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** |G| |G^-1|, row sum norms, for G = A_S' A_S on the support of x; 1 for an empty support. */
function normalCondition(rows: readonly number[][], x: readonly number[]): number {
  const support = naiveTranspose(rows).filter((_, j) => x[j] !== 0);
  const gram = support.map((column) => naiveProduct(support, column));
  const norm = (matrix: readonly number[][]) =>
    Math.max(0, ...matrix.map((row) => row.reduce((sum, entry) => sum + Math.abs(entry), 0)));
  const inverse = gram.map((_, k) => {
    const unit = gram.map((_, i) => (i === k ? 1 : 0));
    return solveLinearSystem(gram, unit) ?? [Infinity];
  });
  return Math.max(1, norm(gram) * norm(inverse));
}

test('products and transposes by hand', () => {
  const rows = [
    [1, 2, 3],
    [4, 5, 6],
  ];
  expect(naiveProduct(rows, [1, 0, -1])).toEqual([-2, -2]);
  expect(naiveTranspose(rows)).toEqual([
    [1, 4],
    [2, 5],
    [3, 6],
  ]);
  expect(naiveTranspose([], 2)).toEqual([[], []]);
});

test('the error bound covers every order of summation of integers that do not fit, and is no larger than it says', () => {
  const row = [2 ** 53, 1, 1, 1, -(2 ** 53)];
  const ones = [1, 1, 1, 1, 1];
  const forward = naiveProduct([row], ones)[0];
  const backward = naiveProduct([[...row].reverse()], ones)[0];
  const inPairs = naiveProduct([[1, 1, 1, 2 ** 53, -(2 ** 53)]], ones)[0];
  const [bound] = productErrorBound([row], ones);
  expect(forward).not.toBe(inPairs);
  for (const sum of [forward, backward, inPairs]) expect(Math.abs(sum - 3)).toBeLessThanOrEqual(bound);
  // 2 * gamma_10 (2^54 + 3) = 2 * 10 * 2^-53 * 2^54, a little more.
  expect(bound).toBeCloseTo(40, 10);
});

test('random matrices have the asked shape, density and range', () => {
  const rows = randomRows(uniformDraws(1), 200, 50, 0.25);
  const entries = rows.flat();
  expect([rows.length, rows[0].length]).toEqual([200, 50]);
  const share = entries.filter((entry) => entry !== 0).length / entries.length;
  // 10000 trials of probability 1/4: six standard deviations are 6 sqrt(3/16 / 10000) = 0.026.
  expect(Math.abs(share - 0.25)).toBeLessThan(0.026);
  expect(entries.every((entry) => entry >= -1 && entry < 1)).toBe(true);
  expect(randomVector(() => 0.75, 3)).toEqual(Float64Array.of(0.5, 0.5, 0.5));
});

describe('linear systems', () => {
  test('exact solutions, with pivoting, and singular ones refused', () => {
    const matrix = [
      [0, 2, 1],
      [1, -2, -3],
      [-1, 1, 2],
    ];
    // Solved by hand: the determinant is -1, so integers give integers.
    expect(solveLinearSystem(matrix, [-8, 0, 3])).toEqual([-4, -5, 2]);
    expect(matrix[0]).toEqual([0, 2, 1]);
    expect(solveLinearSystem([], [])).toEqual([]);
    expect(
      solveLinearSystem(
        [
          [1, 2],
          [2, 4],
        ],
        [1, 2],
      ),
    ).toBeUndefined();
    expect(solveLinearSystem([[0]], [0])).toBeUndefined();
  });

  test('the residual of random systems is that of a backward stable method', () => {
    const uniform = uniformDraws(7);
    for (let n = 1; n <= 8; n++) {
      const matrix = randomRows(uniform, n, n);
      const right = randomVector(uniform, n);
      const solution = solveLinearSystem(matrix, right);
      if (solution === undefined) throw new Error('expected a regular matrix');
      const size = Math.max(...solution.map(Math.abs));
      const residuals = naiveProduct(matrix, solution).map((value, i) => Math.abs(value - right[i]));
      // Higham, theorem 9.3 with entries of L at most 1 and of U at most 2^(n-1): n * 3 gamma_n * 2^(n-1) * |x|.
      const bound = n * 3 * n * Number.EPSILON * 2 ** (n - 1) * size + n * Number.EPSILON;
      expect(Math.max(...residuals)).toBeLessThanOrEqual(bound);
    }
  });
});

describe('the Lasso by brute force', () => {
  test('is soft thresholding for orthonormal columns', () => {
    const identity = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ];
    const { coefficients, objective } = bruteForceLasso(identity, [3, -0.5, -2], 1);
    expect(coefficients).toEqual([2, 0, -1]);
    expect(objective).toBe(0.5 * (1 + 0.25 + 1) + 3);
  });

  test('meets the optimality conditions on random problems, also with more columns than rows', () => {
    const uniform = uniformDraws(3);
    for (const [m, n] of [
      [6, 3],
      [4, 4],
      [3, 5],
      [2, 6],
    ]) {
      for (const lambda of [0.05, 0.3, 5]) {
        const rows = randomRows(uniform, m, n);
        const b = randomVector(uniform, m);
        const { coefficients, objective } = bruteForceLasso(rows, b, lambda);
        expect(objective).toBe(lassoObjective(rows, b, lambda, coefficients));
        const residual = naiveProduct(rows, coefficients).map((fitted, i) => b[i] - fitted);
        const correlations = naiveProduct(naiveTranspose(rows), residual);
        // Any dual point bounds the minimum from below: r scaled to |A' r|_inf <= lambda. The gap is then rounding alone:
        // values of size |b|^2 + |A|^2 |x|^2, through normal equations of the condition computed below.
        const largest = Math.max(...correlations.map(Math.abs));
        const scale = Math.min(1, lambda / largest);
        let dual = 0;
        for (let i = 0; i < m; i++)
          dual += scale * residual[i] * b[i] - (scale * residual[i] * scale * residual[i]) / 2;
        const size = m * (1 + n * Math.max(1, ...coefficients.map(Math.abs)) ** 2);
        expect(objective - dual).toBeGreaterThanOrEqual(-n * m * size * Number.EPSILON);
        const condition = normalCondition(rows, coefficients);
        expect(objective - dual).toBeLessThanOrEqual(n * m * size * Number.EPSILON * condition);
      }
    }
  });

  test('handles repeated columns, no columns and a penalty that removes all', () => {
    const twice = bruteForceLasso([[1, 1]], [2], 0.5);
    expect(twice.coefficients[0] + twice.coefficients[1]).toBe(1.5);
    expect(bruteForceLasso([[], []], [1, 2], 1)).toEqual({ coefficients: [], objective: 2.5 });
    expect(bruteForceLasso([[1, 2]], [3], 6).coefficients).toEqual([0, 0]);
  });
});
