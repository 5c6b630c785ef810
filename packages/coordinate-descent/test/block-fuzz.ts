import { liveArenas, type RandomStream, randomStream } from '@lemmata/core';
import { expect } from 'vitest';
import {
  type BlockProblem,
  huber,
  leastSquares,
  logistic,
  type MinimizeOptions,
  minimize,
  quadratic,
  type SmoothFunction,
  squaredHinge,
} from '../src/index.js';
import { COMPOSITE_RULES, COMPOSITE_UPDATES, plain, SMOOTH_RULES, SMOOTH_UPDATES } from './block-problems.js';

function pick<T>(stream: RandomStream, list: readonly T[]): T {
  return list[stream.integer(list.length)];
}

/** A matrix with what real data have: zeros, constant columns, columns that repeat, scales far apart. */
function matrix(stream: RandomStream, m: number, n: number): number[][] {
  const density = pick(stream, [1, 1, 0.3]);
  const rows = Array.from({ length: m }, () =>
    Array.from({ length: n }, () => (stream.uniform() < density ? stream.normal() : 0)),
  );
  for (let j = 0; j < n; j++) {
    const kind = stream.integer(12);
    const scale = kind === 0 ? 1e6 : kind === 1 ? 1e-6 : 1;
    for (const row of rows)
      row[j] = kind === 2 ? 0 : kind === 3 ? 1 : kind === 4 && j > 0 ? row[j - 1] : scale * row[j];
  }
  return rows;
}

function smoothFunction(stream: RandomStream, m: number, n: number): SmoothFunction {
  const A = matrix(stream, m, n);
  const b = A.map((row) => row[0] + stream.normal());
  const labels = b.map((value, i) => (i === 0 ? true : i === 1 ? false : value > 0));
  const ridge = pick(stream, [0, 0, 0.1, 10]);
  switch (stream.integer(5)) {
    case 0:
      return leastSquares(A, b, { ridge });
    case 1:
      return logistic(A, labels, { ridge });
    case 2:
      return huber(A, b, { ridge, delta: pick(stream, [0.1, 1, 10]) });
    case 3:
      return squaredHinge(A, labels, { ridge });
    default: {
      const H = A[0].map((_, i) =>
        A[0].map((__, j) => A.reduce((sum, row) => sum + row[i] * row[j], 0) + (i === j ? ridge + 1e-3 : 0)),
      );
      for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) H[i][j] = H[j][i];
      return quadratic(
        H,
        Array.from({ length: n }, () => stream.normal()),
      );
    }
  }
}

/** Those for norms of groups. */
const GROUP_UPDATES = COMPOSITE_UPDATES.filter((update) => update !== 'two-metric');

const BOUNDS = [{}, {}, { lower: 0 }, { lower: -0.5, upper: 0.5 }, { lower: 1, upper: 2 }, { lower: 0, upper: 0 }];

/**
 * Runs `minimize` on a random problem with random options and checks what it says about its answer.
 *
 * @returns whether the call was valid, and whether its certificate was met
 */
export function fuzzMinimize(seed: number): { readonly valid: boolean; readonly converged: boolean } {
  const stream = randomStream(seed).fork('fuzz');
  const [m, n] = [2 + stream.integer(14), 1 + stream.integer(10)];
  const f = smoothFunction(stream, m, n);
  const smooth = stream.uniform() < 0.15 ? plain(f) : f;
  const l1 = pick(stream, [0, 0, 0.1, 5]);
  const groups = Array.from({ length: n }, (_, i) => Math.floor(i / 2));
  const lambda = pick(stream, [0, 0.1, 3]);
  const grouped = stream.uniform() < 0.2;
  const problem: BlockProblem = {
    smooth,
    l1,
    ...(grouped ? { groupNorms: { groups, lambda } } : pick(stream, BOUNDS)),
  };
  const penalised = grouped || l1 > 0 || problem.lower !== undefined;
  const composite = stream.uniform() < 0.9 ? penalised : stream.uniform() < 0.5;
  const options: MinimizeOptions = {
    blockSize: 1 + stream.integer(stream.uniform() < 0.9 ? (grouped ? Math.ceil(n / 2) : n) : n + 2),
    selection: pick(stream, composite ? COMPOSITE_RULES : SMOOTH_RULES),
    update: pick(stream, grouped ? GROUP_UPDATES : composite ? COMPOSITE_UPDATES : SMOOTH_UPDATES),
    partition: pick(stream, ['variable', 'variable', 'order', 'random', 'sort', 'avg', 'hsort', 'havg'] as const),
    majorizer: pick(stream, ['tau-lipschitz', 'row-sum', 'top-row-sum'] as const),
    gsqMethod: pick(stream, ['omp', 'iht'] as const),
    tolerance: pick(stream, [1e-3, 1e-6, 1e-12]),
    maxIterations: 200,
    seed,
  };
  try {
    const { x, objective, status, certificate, activeSet, history } = minimize(problem, options);
    const at = `seed ${seed}`;
    expect(x.every(Number.isFinite), at).toBe(true);
    expect(['converged', 'max-iterations', 'stalled', 'diverged'], at).toContain(status);
    x.forEach((value, i) => {
      expect(value >= Number(problem.lower ?? -Infinity) && value <= Number(problem.upper ?? Infinity), at).toBe(true);
      expect(
        activeSet.free.includes(i) || grouped || l1 > 0 || problem.lower !== undefined || problem.upper !== undefined,
        at,
      ).toBe(true);
    });
    const start = history.objective[0];
    const norm = (g: number) => Math.hypot(...x.filter((_, i) => groups[i] === g));
    const norms = grouped
      ? groups.reduce((sum, g) => sum + norm(g) / Math.sqrt(groups.filter((h) => h === g).length), 0)
      : 0;
    const own = f.value(x) + x.reduce((sum, value) => sum + l1 * Math.abs(value), 0) + lambda * norms;
    // Sums of m + n terms; with scales of 10^6 their parts are larger than the sum by its square root at most.
    const size = Math.abs(start) + Math.abs(own) + x.reduce((sum, value, i) => sum + f.lipschitz[i] * value * value, 0);
    expect(Math.abs(own - objective), at).toBeLessThanOrEqual(1e-11 * size);
    expect(objective, at).toBeLessThanOrEqual(start + 1e-11 * size);
    expect(certificate.gap, at).toBeGreaterThanOrEqual(0);
    expect(certificate.lowerBound, at).toBeLessThanOrEqual(objective + 1e-11 * size);
    return { valid: true, converged: status === 'converged' };
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === undefined || !code.startsWith('ERR_')) throw error;
    return { valid: false, converged: false };
  } finally {
    expect(liveArenas(), `seed ${seed}`).toBe(0);
  }
}

/** Runs many, and requires that most of them are valid and half of them end with a certificate. */
export function fuzzMany(from: number, to: number): void {
  let valid = 0;
  let converged = 0;
  for (let seed = from; seed < to; seed++) {
    const outcome = fuzzMinimize(seed);
    if (outcome.valid) valid++;
    if (outcome.converged) converged++;
  }
  expect(valid).toBeGreaterThanOrEqual(0.7 * (to - from));
  expect(converged).toBeGreaterThanOrEqual(0.5 * valid);
}
