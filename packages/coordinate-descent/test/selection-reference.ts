// The greedy rules by their definitions, on arrays of arrays.
import { naiveProduct, solveLinearSystem } from '@lemmata/testing';
import { type BlockProblem, type MinimizeOptions, minimizeIterations, type SelectionRule } from '../src/index.js';

export const N = 9;
export const SIZE = 3;
export const BLOCKS = [
  [0, 4, 8],
  [1, 3, 6],
  [2, 5, 7],
];

/** All sets of `size` of the numbers below n, in lexicographic order. */
export function subsets(n: number, size: number): number[][] {
  if (size === 0) return [[]];
  return Array.from({ length: n }, (_, last) => last).flatMap((last) =>
    subsets(last, size - 1).map((rest) => [...rest, last]),
  );
}

/** The largest eigenvalue of a small symmetric matrix, by squaring it often. */
function largestEigenvalue(matrix: number[][]): number {
  let v = matrix.map((row) => row.reduce((sum, value) => sum + value, 0) + 1);
  for (let step = 0; step < 3000; step++) {
    const w = naiveProduct(matrix, v);
    const size = Math.hypot(...w);
    v = w.map((value) => value / size);
  }
  return naiveProduct(matrix, v).reduce((sum, value, i) => sum + value * v[i], 0);
}

export interface Reference {
  readonly gram: number[][];
  readonly products: number[];
  readonly l1: number;
  readonly fixed: boolean;
}

/** The score of a block at x by the definition of the rule. */
export function score(
  rule: SelectionRule,
  { gram, products, l1, fixed }: Reference,
  x: number[],
  block: number[],
): number {
  const g = naiveProduct(gram, x).map((value, i) => value - products[i]);
  const sum = (of: (i: number) => number) => block.reduce((total, i) => total + of(i), 0);
  const soft = (v: number, t: number) => Math.sign(v) * Math.max(0, Math.abs(v) - t);
  switch (rule) {
    case 'gs':
      return sum((i) => g[i] * g[i]);
    case 'gsl': {
      const square = sum((i) => g[i] * g[i]);
      return fixed
        ? square / largestEigenvalue(block.map((i) => block.map((j) => gram[i][j])))
        : sum((i) => (g[i] * g[i]) / gram[i][i]);
    }
    case 'gsd':
      return sum((i) => (g[i] * g[i]) / (SIZE * gram[i][i]));
    case 'gsq': {
      const step = solveLinearSystem(
        block.map((i) => block.map((j) => gram[i][j])),
        block.map((i) => g[i]),
      ) as number[];
      return block.reduce((total, i, k) => total + g[i] * step[k], 0);
    }
    case 'gs-s':
      return sum((i) => (x[i] === 0 ? Math.max(0, Math.abs(g[i]) - l1) : Math.abs(g[i] + l1 * Math.sign(x[i]))) ** 2);
    case 'gs-r':
      return sum((i) => (soft(x[i] - g[i] / gram[i][i], l1 / gram[i][i]) - x[i]) ** 2);
    default:
      return sum((i) => {
        const scale = SIZE * gram[i][i];
        const d = soft(x[i] - g[i] / scale, l1 / scale) - x[i];
        return -(g[i] * d + (scale * d * d) / 2 + l1 * (Math.abs(x[i] + d) - Math.abs(x[i])));
      });
  }
}

/** Where a convex function of one number is least, by thirds. */
export function leastBetween(f: (t: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  for (let cut = 0; cut < 60; cut++) {
    const [left, right] = [low + (high - low) / 3, high - (high - low) / 3];
    if (f(left) <= f(right)) high = right;
    else low = left;
  }
  return (low + high) / 2;
}

/** Logistic loss plus a penalty by definition, and what of it a model along one variable needs. */
export function logisticReference(rows: number[][], labels: number[], l1: number) {
  const signed = rows.map((row, r) => row.map((value) => value * labels[r]));
  const probability = (x: number[]) => naiveProduct(signed, x).map((z) => 1 / (1 + Math.exp(z)));
  return {
    value: (x: number[]) =>
      naiveProduct(signed, x).reduce((sum, z) => sum + Math.log1p(Math.exp(-z)), 0) +
      l1 * x.reduce((sum, value) => sum + Math.abs(value), 0),
    slope: (x: number[], i: number) => probability(x).reduce((sum, p, r) => sum - p * signed[r][i], 0),
    curvature: (x: number[], i: number) =>
      probability(x).reduce((sum, p, r) => sum + p * (1 - p) * signed[r][i] ** 2, 0),
    third: (i: number) => signed.reduce((sum, row) => sum + Math.abs(row[i]) ** 3 * 0.0962250448649376, 0),
  };
}

/** Runs 20 blocks of a rule and gives its choices with the points they were made at. */
export function choices(problem: BlockProblem, options: MinimizeOptions): { x: number[]; block: number[] }[] {
  const made: { x: number[]; block: number[] }[] = [];
  let x: number[] = [];
  for (const state of minimizeIterations(problem, { ...options, tolerance: 0, maxIterations: 20 })) {
    if (state.iteration > 0) made.push({ x, block: [...state.block] });
    x = [...state.x];
  }
  return made;
}
