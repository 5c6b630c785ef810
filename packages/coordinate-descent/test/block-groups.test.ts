// Norms of groups in `minimize`: rules by their definitions, minima by other means, certificates, refusals.
import { randomStream } from '@lemmata/core';
import { naiveProduct } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import { sparseGroupDualNorm } from '../src/groups/sparse-group-norm.js';
import {
  type BlockProblem,
  groupLasso,
  leastSquares,
  logistic,
  type MinimizeOptions,
  minimize,
  minimizeIterations,
  quadratic,
  type SelectionRule,
  softmax,
  softmaxRegression,
  type UpdateRule,
} from '../src/index.js';
import { blockData, COMPOSITE_RULES, COMPOSITE_UPDATES } from './block-problems.js';
import { expectRefusal } from './refusal.js';
import { subsets } from './selection-reference.js';

const N = 9;
const GROUPS = [[0, 4], [1], [2, 5], [3, 7], [6, 8]];
const UPDATES = COMPOSITE_UPDATES.filter((update) => update !== 'two-metric');

const soft = (v: number, t: number) => Math.sign(v) * Math.max(0, Math.abs(v) - t);

/** sum of t |x_i| + lambda sum_g sqrt(size) |x_g|. */
function price(x: ArrayLike<number>, l1: number, lambda: number, groups: readonly number[][] = GROUPS): number {
  const norms = groups.reduce((sum, ids) => sum + Math.sqrt(ids.length) * Math.hypot(...ids.map((i) => x[i])), 0);
  return l1 * Array.from(x).reduce((sum, v) => sum + Math.abs(v), 0) + lambda * norms;
}

/** The minimum of a smooth function plus the penalty, by many proximal gradient steps with the trace as constant. */
function proximalGradient(
  { smooth }: BlockProblem,
  l1: number,
  lambda: number,
  groups = GROUPS,
  steps = 20000,
): number {
  const n = smooth.dimension;
  const L = Array.from(smooth.lipschitz).reduce((sum, value) => sum + value, 0);
  const x = new Float64Array(n);
  const g = new Float64Array(n);
  for (let step = 0; step < steps; step++) {
    smooth.gradient(x, g);
    for (const ids of groups) {
      const v = ids.map((i) => soft(x[i] - g[i] / L, l1 / L));
      const size = Math.hypot(...v);
      const t = (lambda * Math.sqrt(ids.length)) / L;
      ids.forEach((i, k) => {
        x[i] = size > t ? v[k] * (1 - t / size) : 0;
      });
    }
  }
  return smooth.value(x) + price(x, l1, lambda, groups);
}

describe('rules of groups', () => {
  /** The score of a group by the definition of the rule, `count` groups being in a block. */
  function score(
    rule: SelectionRule,
    gram: number[][],
    g: number[],
    x: number[],
    ids: number[],
    l1: number,
    s: number,
  ) {
    const level = s * Math.sqrt(ids.length);
    const own = ids.map((i) => x[i]);
    const size = Math.hypot(...own);
    if (rule === 'gs-s') {
      const left = ids.map((i, k) => {
        const slope = g[i] + (size > 0 ? (level * own[k]) / size : 0);
        return own[k] === 0 ? soft(slope, l1) : slope + l1 * Math.sign(own[k]);
      });
      return (size > 0 ? Math.hypot(...left) : Math.max(0, Math.hypot(...left) - level)) ** 2;
    }
    const [a, b, c] =
      ids.length === 1
        ? [gram[ids[0]][ids[0]], 0, 0]
        : [gram[ids[0]][ids[0]], gram[ids[1]][ids[1]], gram[ids[0]][ids[1]]];
    const L = ((a + b) / 2 + Math.hypot((a - b) / 2, c)) * (rule === 'gs-q' ? 2 : 1);
    const v = ids.map((i, k) => soft(own[k] - g[i] / L, l1 / L));
    const length = Math.hypot(...v);
    const to = v.map((value) => (length > level / L ? value * (1 - level / L / length) : 0));
    const d = to.map((value, k) => value - own[k]);
    if (rule === 'gs-r') return d.reduce((sum, value) => sum + value * value, 0);
    const sizes = (values: number[]) => values.reduce((sum, value) => sum + Math.abs(value), 0);
    const smooth = d.reduce((sum, value, k) => sum + g[ids[k]] * value + (L * value * value) / 2, 0);
    return -(smooth + l1 * (sizes(to) - sizes(own)) + level * (Math.hypot(...to) - size));
  }

  it.each(
    (['gs-s', 'gs-r', 'gs-q'] as const).flatMap((rule) =>
      (['fixed', 'variable'] as const).flatMap((kind) => [0, 1].map((l1) => [rule, kind, l1] as const)),
    ),
  )(
    '%s with %s blocks and L1 %d choose one with the largest score, 12 blocks of each of 12 problems',
    (rule, kind, l1) => {
      const sets = kind === 'variable' ? subsets(GROUPS.length, 2) : [[0, 1], [2, 3], [4]];
      for (let seed = 0; seed < 12; seed++) {
        const { rows, b, gram, products } = blockData(`group rules ${seed}`, 14, N);
        const lambda = 2;
        const smooth = seed % 2 === 0 ? quadratic(gram, products) : leastSquares(rows, b);
        const partition = kind === 'variable' ? kind : sets.map((set) => set.flatMap((k) => GROUPS[k]));
        const options: MinimizeOptions = {
          partition,
          selection: rule,
          update: 'diagonal',
          tolerance: 0,
          maxIterations: 12,
        };
        let x = new Array<number>(N).fill(0);
        const problem = { smooth, l1, groupNorms: { groups: GROUPS, lambda } };
        const size = kind === 'variable' ? { blockSize: 2 } : {};
        for (const state of minimizeIterations(problem, { ...options, ...size })) {
          if (state.iteration > 0) {
            const g = naiveProduct(gram, x).map((value, i) => value - products[i]);
            const single = GROUPS.map((ids) => score(rule, gram, g, x, ids, l1, lambda));
            const scores = sets.map((set) => set.reduce((sum, k) => sum + single[k], 0));
            const own = GROUPS.reduce((sum, ids, k) => sum + (state.block.includes(ids[0]) ? single[k] : 0), 0);
            // Scores are sums of a few products of sums of N terms.
            const slack = 1e-9 * single.reduce((sum, value) => sum + Math.abs(value), 0);
            expect(own).toBeGreaterThanOrEqual(Math.max(...scores) - slack);
            const blocks = sets.map((set) =>
              set
                .flatMap((k) => GROUPS[k])
                .sort((i, j) => i - j)
                .join(),
            );
            expect(blocks).toContain([...state.block].join());
          }
          x = Array.from(state.x);
        }
      }
    },
  );
});

describe('minima', () => {
  const { rows, b, labels, gram, products } = blockData('group minima', 30, N);
  const functions = {
    leastSquares: leastSquares(rows, b),
    ridge: leastSquares(rows, b, { ridge: 0.5 }),
    logistic: logistic(rows, labels, { ridge: 3 }),
    quadratic: quadratic(gram, products),
  };

  it.each(Object.entries(functions).flatMap(([name, smooth]) => [0, 1].map((l1) => [name, l1, smooth] as const)))(
    '%s, L1 %d: all rules and updates fall to the minimum, within their gaps',
    (name, l1, smooth) => {
      const lambda = name === 'logistic' ? 1 : 4;
      const problem = { smooth, l1, groupNorms: { groups: GROUPS, lambda } };
      const best = proximalGradient(problem, l1, lambda, GROUPS, 4000);
      const zero = Math.abs(smooth.value(new Float64Array(N)));
      const rounding = 1e-11 * (zero + products.reduce((sum, value) => sum + Math.abs(value), 0));
      const pairs = [
        ...COMPOSITE_RULES.map((selection) => [selection, 'matrix', ['variable']] as const),
        ...UPDATES.map((update) => ['gs-q', update, ['variable', 'sort']] as const),
      ];
      for (const [selection, update, partitions] of pairs) {
        for (const partition of partitions) {
          const options = { selection, update, partition, blockSize: 2, tolerance: 1e-7, maxIterations: 4000 };
          const result = minimize(problem, options);
          const { x, objective, certificate, history } = result;
          expect(Math.abs(smooth.value(x) + price(x, l1, lambda) - objective)).toBeLessThanOrEqual(rounding);
          const rises = history.objective.map((value, t) => value - history.objective[Math.max(0, t - 1)]);
          expect(Math.max(...rises)).toBeLessThanOrEqual(rounding);
          expect(result.status).toBe('converged');
          if (name === 'quadratic') {
            expect(certificate.kind).toBe('stationarity');
            // F is strongly convex: a loose bound by the distance to a minimiser of at most 10 in every variable.
            expect(objective - best).toBeLessThanOrEqual(10 * N * certificate.gap + rounding);
            continue;
          }
          expect(certificate.kind).toBe('duality-gap');
          expect(objective - best).toBeLessThanOrEqual(certificate.gap + rounding);
          const known = history.gap.map((gap, t) => gap - (history.objective[t] - best));
          // Gaps stand as last looked at, objectives fall.
          expect(Math.min(...known)).toBeGreaterThanOrEqual(-rounding);
        }
      }
    },
  );

  it('are those of the estimator', () => {
    for (const lambda of [0.05, 0.2, 1]) {
      const fit = groupLasso(rows, b, { lambda, groups: GROUPS, intercept: false, tolerance: 1e-10 });
      const smooth = leastSquares(rows, b);
      const problem = { smooth, groupNorms: { groups: GROUPS, lambda: lambda * rows.length } };
      const { objective, certificate, activeSet } = minimize(problem, { blockSize: 3, tolerance: 1e-12 });
      const [F, gap] = [objective / rows.length, certificate.gap / rows.length];
      expect(Math.abs(F - fit.objective)).toBeLessThanOrEqual(gap + fit.certificate.gap + 1e-13 * (1 + F));
      expect([...activeSet.free]).toEqual([...fit.activeSet]);
      expect(activeSet.margin).toBeGreaterThan(0);
    }
  });

  it('of softmax with rows as groups are those of its estimator', () => {
    const classes = b.map((value, i) => (i < 3 ? i : value > 2 ? 2 : value > 0 ? 1 : 0));
    const lambda = 0.05;
    const fit = softmaxRegression(rows, classes, { lambda, groupFeatures: true, intercept: false, tolerance: 1e-9 });
    const groups = Array.from({ length: 3 * N }, (_, i) => Math.floor(i / 3));
    const weights = new Array<number>(N).fill(1);
    const problem = { smooth: softmax(rows, classes), groupNorms: { groups, lambda: lambda * rows.length, weights } };
    const result = minimize(problem, { blockSize: 3, update: 'newton', tolerance: 1e-9 });
    expect(result.status).toBe('converged');
    const gap = result.certificate.gap / rows.length;
    expect(Math.abs(result.objective / rows.length - fit.objective)).toBeLessThanOrEqual(
      gap + fit.certificate.gap + 1e-12,
    );
  });

  it('are reached at once by Newton once the support is known, and the run tells when that was', () => {
    for (let seed = 0; seed < 8; seed++) {
      const data = blockData(`group identification ${seed}`, 30, N);
      const problem = { smooth: leastSquares(data.rows, data.b), groupNorms: { groups: GROUPS, lambda: 10 } };
      const result = minimize(problem, { blockSize: 5, update: 'matrix', tolerance: 1e-12 });
      expect(result.status).toBe('converged');
      expect(result.iterations).toBeLessThanOrEqual(result.activeSet.identifiedAt + 3);
    }
  });
});

it('a proximal step within delta / 2L of the solution puts resting groups at rest', () => {
  const stream = randomStream('group radius');
  for (let seed = 0; seed < 40; seed++) {
    const { rows, b } = blockData(`group radius ${seed}`, 20, N);
    const smooth = leastSquares(rows, b);
    const l1 = seed % 2;
    const problem = { smooth, l1, groupNorms: { groups: GROUPS, lambda: 15 } };
    const { x, activeSet, status } = minimize(problem, { blockSize: 5, tolerance: 1e-15 });
    expect(['converged', 'stalled']).toContain(status);
    if (activeSet.margin === Infinity || activeSet.margin < 1e-6) continue;
    const L = Array.from(smooth.lipschitz).reduce((sum, value) => sum + value, 0);
    const direction = Array.from(x, () => stream.normal());
    const radius = (0.999 * activeSet.margin) / (2 * L);
    const near = x.map((value, i) => value + (radius * direction[i]) / Math.hypot(...direction));
    const g = new Float64Array(N);
    smooth.gradient(near, g);
    for (const ids of GROUPS) {
      const v = ids.map((i) => soft(near[i] - g[i] / L, l1 / L));
      const size = Math.hypot(...v);
      const zero = size <= (15 * Math.sqrt(ids.length)) / L;
      const rests = ids.every((i) => !activeSet.free.includes(i));
      if (rests) expect(zero).toBe(true);
      else for (const [k, i] of ids.entries()) if (!activeSet.free.includes(i)) expect(Math.abs(v[k])).toBe(0);
    }
  }
});

it('the dual norm is where the soft threshold has the length of the ball', () => {
  const stream = randomStream('dual norm');
  for (let trial = 0; trial < 500; trial++) {
    const n = 1 + stream.integer(6);
    const c = Float64Array.from({ length: n }, () => stream.normal() * (trial % 4 === 0 ? 1e6 : 1));
    if (trial % 5 === 0) c.fill(c[0]);
    const t = Float64Array.from({ length: n }, () => (trial % 3 === 0 ? 0 : stream.uniform()));
    const s = trial % 3 === 1 ? 0 : stream.uniform();
    const excess = (v: number) => Math.hypot(...Array.from(c, (value, i) => soft(value, v * t[i]))) - v * s;
    // Bisection for the root of what falls.
    let [low, high] = [0, 1];
    while (excess(high) > 0) high *= 2;
    for (let cut = 0; cut < 100; cut++) {
      const middle = (low + high) / 2;
      if (excess(middle) > 0) low = middle;
      else high = middle;
    }
    expect(Math.abs(sparseGroupDualNorm(c, t, s) - high)).toBeLessThanOrEqual(1e-13 * high);
  }
  expect(sparseGroupDualNorm(Float64Array.of(1, 0), Float64Array.of(0, 1), 0)).toBe(Infinity);
  expect(sparseGroupDualNorm(Float64Array.of(0, 2), Float64Array.of(0, 1), 0)).toBe(2);
});

it('refuses what does not go together', () => {
  const { rows, b } = blockData('group refusals', 10, N);
  const smooth = leastSquares(rows, b);
  const groupNorms = { groups: GROUPS, lambda: 1 };
  const refused = (problem: Partial<BlockProblem>, options: MinimizeOptions, code: string, message: string) =>
    expectRefusal(() => minimize({ smooth, groupNorms, ...problem }, options), code, message);
  const cut = [
    [0, 1],
    [2, 3, 4, 5, 6, 7, 8],
  ];
  refused({}, { partition: cut }, 'ERR_INCOMPATIBLE', 'options.partition[0]: expected whole groups');
  refused({}, { blockSize: 6 }, 'ERR_OPTION', 'options.blockSize: expected an integer in [1, 5]');
  refused(
    {},
    { update: 'two-metric' as UpdateRule },
    'ERR_INCOMPATIBLE',
    'options.update: expected another update with',
  );
  refused({}, { update: 'cubic' }, 'ERR_INCOMPATIBLE', 'options.update');
  refused({}, { selection: 'gsl' }, 'ERR_INCOMPATIBLE', 'options.selection');
  refused({ lower: 0 }, {}, 'ERR_INCOMPATIBLE', 'problem.lower: expected it left out');
  refused({ upper: 1 }, {}, 'ERR_INCOMPATIBLE', 'problem.upper: expected it left out');
  refused(
    { groupNorms: { groups: [0], lambda: 1 } },
    {},
    'ERR_DIMENSION',
    'problem.groupNorms.groups: expected length 9',
  );
  refused({ groupNorms: { groups: GROUPS, lambda: -1 } }, {}, 'ERR_INPUT', 'problem.groupNorms.lambda');
  refused({ groupNorms: 1 as never }, {}, 'ERR_INPUT', 'problem.groupNorms: expected groups and lambda');
  const negative = { ...groupNorms, weights: [1, 1, -1, 1, 1] };
  refused({ groupNorms: negative }, {}, 'ERR_INPUT', 'problem.groupNorms.weights[2]: expected a number >= 0');
  const twice = { groups: [[0, 1, 2, 3, 4, 5, 6, 7, 8], [8]], lambda: 1 };
  refused(
    { groupNorms: twice },
    {},
    'ERR_INPUT',
    'problem.groupNorms.groups[1][0]: expected a column in no other place',
  );
});
