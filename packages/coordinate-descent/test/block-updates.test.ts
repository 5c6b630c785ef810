// What each update promises: a decrease in every step, and the minimum in the end, for all rules and updates.
import { bruteForceLasso, solveLinearSystem } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import {
  type BlockProblem,
  leastSquares,
  logistic,
  type MinimizeOptions,
  minimize,
  minimizeIterations,
  quadratic,
  type UpdateRule,
} from '../src/index.js';
import {
  blockData,
  COMPOSITE_RULES,
  COMPOSITE_UPDATES,
  functionsOf,
  plain,
  SMOOTH_RULES,
  SMOOTH_UPDATES,
} from './block-problems.js';

const N = 7;
const data = blockData('updates', 30, N);
const functions = functionsOf(data);
const PARTITIONS = ['variable', 'order', 'sort', 'avg', 'random', 'hsort', 'havg'] as const;

/** F by definition. */
function objectiveOf({ smooth, l1 = 0 }: BlockProblem, x: Float64Array): number {
  return smooth.value(x) + Number(l1) * x.reduce((sum, value) => sum + Math.abs(value), 0);
}

/** What rounding may do to a sum of m + n terms, none larger than F at zero or than the value itself. */
function roundingOf(problem: BlockProblem, x: Float64Array): number {
  const zero = Math.abs(objectiveOf(problem, new Float64Array(N)));
  return 64 * Number.EPSILON * (zero + Math.abs(objectiveOf(problem, x)) + 1000);
}

describe('decreases', () => {
  const models: Record<string, (g: number[], h: number[][]) => number> = {
    // |g_b|^2 / (2 L_b), with L_b within 6% of the largest eigenvalue, itself at most the trace.
    gradient: (g, h) => g.reduce((sum, v) => sum + v * v, 0) / (2 * h.reduce((sum, row, i) => sum + row[i], 0)),
    diagonal: (g, h) => g.reduce((sum, v, i) => sum + (v * v) / (2 * 3 * h[i][i]), 0),
    matrix: (g, h) => {
      const step = solveLinearSystem(h, g) as number[];
      return g.reduce((sum, v, i) => sum + v * step[i], 0) / 2;
    },
  };

  it.each(
    Object.keys(models).flatMap((update) =>
      ['leastSquares', 'ridge', 'logistic', 'huber', 'quadratic'].map((name) => [update, name]),
    ),
  )('%s lets F fall by what its model says, on %s', (update, name) => {
    const smooth = functions[name];
    for (const selection of SMOOTH_RULES) {
      const options = { selection, update: update as UpdateRule, blockSize: 3, maxIterations: 25, tolerance: 0 };
      let before: Float64Array | undefined;
      for (const { x, block } of minimizeIterations({ smooth }, options)) {
        if (before !== undefined) {
          const size = block.length;
          const gradient = new Float64Array(N);
          smooth.gradient(before, gradient);
          const bound = new Float64Array(size * size);
          smooth.blockBound?.(block, bound);
          const h = Array.from({ length: size }, (_, a) => Array.from(bound.subarray(a * size, (a + 1) * size)));
          const promised = models[update](
            Array.from(block, (i) => gradient[i]),
            h,
          );
          const fallen = smooth.value(before) - smooth.value(x);
          expect(fallen).toBeGreaterThanOrEqual(promised * (1 - 1e-9) - roundingOf({ smooth }, before));
        }
        before = x.slice();
      }
    }
  });

  it.each(Object.keys(functions))('F never rises on %s, whatever the rule and the update', (name) => {
    for (const l1 of [0, 0.5]) {
      const problem = { smooth: functions[name], l1 };
      for (const selection of l1 === 0 ? SMOOTH_RULES : COMPOSITE_RULES) {
        for (const update of l1 === 0 ? SMOOTH_UPDATES : COMPOSITE_UPDATES) {
          let last = Infinity;
          const options = { selection, update, blockSize: 2, maxIterations: 15, tolerance: 0 };
          for (const { x } of minimizeIterations(problem, options)) {
            const value = objectiveOf(problem, x);
            expect(value).toBeLessThanOrEqual(last + roundingOf(problem, x));
            last = value;
          }
        }
      }
    }
  });
});

describe('minima', () => {
  const solution = Float64Array.from(solveLinearSystem(data.gram, data.products) as number[]);

  it.each(SMOOTH_UPDATES.flatMap((update) => SMOOTH_RULES.map((selection) => [selection, update] as const)))(
    'of a sum of squares, by %s and %s',
    (selection, update) => {
      for (const name of ['leastSquares', 'quadratic']) {
        const options: MinimizeOptions = { selection, update, blockSize: 3, tolerance: 1e-10, maxIterations: 30000 };
        const result = minimize({ smooth: functions[name] }, options);
        expect(result.status).toBe('converged');
        const gradient = new Float64Array(N);
        functions[name].gradient(result.x, gradient);
        // Stationarity is the largest entry of the gradient, 1e-10 of that at zero.
        const limit = 1e-10 * Math.max(...data.products.map(Math.abs)) * (1 + 1e-6);
        for (const g of gradient) expect(Math.abs(g)).toBeLessThanOrEqual(limit);
        // f - f* = g' H^-1 g / 2 = g . (x - x*) / 2.
        const excess = functions[name].value(result.x) - functions[name].value(solution);
        const distance = result.x.reduce((sum, v, i) => sum + Math.abs(v - solution[i]), 0);
        expect(excess).toBeLessThanOrEqual((limit * distance) / 2 + roundingOf({ smooth: functions[name] }, result.x));
      }
    },
  );

  it.each(COMPOSITE_UPDATES.flatMap((update) => COMPOSITE_RULES.map((selection) => [selection, update] as const)))(
    'of a Lasso against brute force, by %s and %s',
    (selection, update) => {
      const l1 = 4;
      const truth = bruteForceLasso(data.rows, data.b, l1);
      for (const partition of ['variable', 'sort'] as const) {
        const problem = { smooth: leastSquares(data.rows, data.b), l1 };
        const options: MinimizeOptions = {
          selection,
          update,
          partition,
          blockSize: 3,
          tolerance: 1e-10,
          maxIterations: 30000,
        };
        const { status, objective, certificate, x } = minimize(problem, options);
        expect(status).toBe('converged');
        expect(certificate.kind).toBe('duality-gap');
        const rounding = roundingOf(problem, x);
        expect(Math.abs(objectiveOf(problem, x) - objective)).toBeLessThanOrEqual(rounding);
        expect(objective - truth.objective).toBeLessThanOrEqual(certificate.gap + rounding);
        expect(objective - truth.objective).toBeGreaterThanOrEqual(-rounding);
        expect(certificate.gap).toBeLessThanOrEqual(1e-10 * objectiveOf(problem, new Float64Array(N)));
      }
    },
  );

  it.each(Object.keys(functions))('within bounds, of %s: no feasible neighbour is lower', (name) => {
    const smooth = functions[name];
    for (const bounds of [{ lower: 0 }, { lower: 0, l1: 1 }, { lower: -0.2, upper: 0.3 }, { lower: 0.1, upper: 0.1 }]) {
      const results = COMPOSITE_UPDATES.map((update) =>
        minimize({ smooth, ...bounds }, { update, blockSize: 3, tolerance: 1e-11, maxIterations: 30000 }),
      );
      const best = Math.min(...results.map(({ objective }) => objective));
      for (const { x, objective, update, status } of results) {
        expect([status, update]).toEqual(['converged', update]);
        const gradient = new Float64Array(N);
        smooth.gradient(x, gradient);
        // By convexity F(x) - F(y) <= s . (x - y) for a subgradient s; y lies within the same box as x, of side 10 here.
        expect(objective - best).toBeLessThanOrEqual(1e-6);
        const limit = 1e-5 * Math.max(1, ...gradient.map(Math.abs));
        x.forEach((value, i) => {
          const [low, high] = [bounds.lower, bounds.upper ?? Infinity];
          expect(value >= low && value <= high).toBe(true);
          const right = gradient[i] + (value >= 0 ? 1 : -1) * (bounds.l1 ?? 0);
          const left = gradient[i] + (value > 0 ? 1 : -1) * (bounds.l1 ?? 0);
          if (value < high) expect(right).toBeGreaterThanOrEqual(-limit);
          if (value > low) expect(left).toBeLessThanOrEqual(limit);
        });
      }
    }
  });

  it.each(PARTITIONS)('are the same for the partition %s', (partition) => {
    for (const name of ['ridge', 'logistic', 'squaredHinge', 'huber']) {
      const { status, certificate, objective } = minimize(
        { smooth: functions[name], l1: 0.3 },
        { partition, blockSize: 3, tolerance: 1e-9 },
      );
      expect(status).toBe('converged');
      const other = minimize(
        { smooth: functions[name], l1: 0.3 },
        { selection: 'cyclic', update: 'newton', tolerance: 1e-9 },
      );
      expect(Math.abs(objective - other.objective)).toBeLessThanOrEqual(
        certificate.gap + other.certificate.gap + 1e-12,
      );
    }
  });

  it.each(['row-sum', 'top-row-sum'] as const)('are found with the majorizer %s', (majorizer) => {
    for (const update of ['diagonal', 'matrix'] as const) {
      const { status, objective } = minimize(
        { smooth: functions.quadratic },
        { majorizer, update, blockSize: 3, tolerance: 1e-10, maxIterations: 30000 },
      );
      expect(status).toBe('converged');
      expect(objective).toBeCloseTo(functions.quadratic.value(solution), 8);
    }
  });

  it('are found for functions that are known by their values and gradients alone', () => {
    for (const [name, f] of Object.entries(functions)) {
      for (const l1 of [0, 0.5]) {
        const own = minimize({ smooth: f, l1 }, { blockSize: 2, tolerance: 1e-9 });
        const other = minimize({ smooth: plain(f), l1 }, { blockSize: 2, tolerance: 1e-9 });
        const { dimension, lipschitz, value, gradient } = f;
        const bare = minimize(
          { smooth: { dimension, lipschitz, value, gradient }, l1 },
          { blockSize: 2, tolerance: 1e-7 },
        );
        expect([name, own.status, other.status, bare.status]).toEqual([name, ...new Array(3).fill('converged')]);
        expect(bare.update).toBe('gradient');
        expect(other.certificate.kind).toBe('stationarity');
        expect(Math.abs(own.objective - other.objective)).toBeLessThanOrEqual(1e-6 * (1 + Math.abs(own.objective)));
        expect(Math.abs(own.objective - bare.objective)).toBeLessThanOrEqual(1e-5 * (1 + Math.abs(own.objective)));
      }
    }
  });
});

describe('what the paper promises of active sets', () => {
  it('two-metric projection and proximal Newton end two steps after they know the support, with room for it', () => {
    for (let seed = 0; seed < 10; seed++) {
      const wide = blockData(`identification ${seed}`, 25, 40);
      for (const update of ['two-metric', 'matrix'] as const) {
        const result = minimize(
          { smooth: leastSquares(wide.rows, wide.b), l1: 60 },
          { blockSize: 20, update, selection: 'gs-q', tolerance: 1e-13, maxIterations: 200 },
        );
        const { free, identifiedAt, margin } = result.activeSet;
        expect(free.length).toBeGreaterThan(0);
        expect(free.length).toBeLessThanOrEqual(20);
        expect(margin).toBeGreaterThan(0);
        expect(result.status).toBe('converged');
        expect(result.iterations - identifiedAt).toBeLessThanOrEqual(3);
      }
    }
  });

  it('proximal gradient knows the support within kappa log(2 L |x0 - x*| / delta) steps', () => {
    for (let seed = 0; seed < 10; seed++) {
      const { rows, b } = blockData(`bound ${seed}`, 30, N);
      const ridge = 20;
      const smooth = leastSquares(rows, b, { ridge });
      const l1 = 15;
      const solution = minimize({ smooth, l1 }, { tolerance: 1e-15, blockSize: N, update: 'matrix' });
      const { margin } = solution.activeSet;
      expect(margin).toBeGreaterThan(0);
      const run = {
        blockSize: N,
        update: 'gradient',
        selection: 'cyclic',
        tolerance: 1e-13,
        maxIterations: 1e5,
      } as const;
      const { activeSet, status } = minimize({ smooth, l1 }, run);
      expect(status).toBe('converged');
      // mu is at least the ridge, and L, which is at most the trace, enters once more as the step.
      const L = Array.from(smooth.lipschitz).reduce((sum, value) => sum + value, 0);
      const distance = Math.hypot(...solution.x);
      const bound = (L / ridge) * Math.log((2 * L * distance) / margin);
      expect(activeSet.identifiedAt).toBeLessThanOrEqual(Math.ceil(bound));
      expect([...activeSet.free]).toEqual([...solution.activeSet.free]);
    }
  });

  it('Newton steps on all of the support converge quadratically, whatever the loss', () => {
    for (let seed = 0; seed < 6; seed++) {
      const { rows, labels } = blockData(`superlinear ${seed}`, 60, 12);
      const smooth = logistic(rows, labels, { ridge: 0.05 });
      for (const update of ['two-metric', 'newton'] as const) {
        const options = { blockSize: 12, update, selection: 'gs-q', tolerance: 1e-14, maxIterations: 100 } as const;
        const { history, activeSet, status } = minimize({ smooth, l1: 3 }, options);
        expect(['converged', 'stalled']).toContain(status);
        // Once the support is known: s' <= C s^2 with one C for the last steps above the rounding of gradients.
        const tail = Array.from(history.stationarity)
          .slice(activeSet.identifiedAt)
          .filter((value) => value > 1e-11);
        const constants = tail.slice(1).map((value, k) => value / tail[k] ** 2);
        for (const constant of constants) expect(constant).toBeLessThanOrEqual(10);
        expect(tail.length).toBeGreaterThan(0);
      }
    }
  });

  it('a proximal step sets every resting variable within delta / (2 L) of the solution', () => {
    const { rows, b } = blockData('radius', 20, N);
    const smooth = leastSquares(rows, b);
    const l1 = 12;
    const { x, activeSet } = minimize({ smooth, l1 }, { tolerance: 1e-14, blockSize: N, update: 'matrix' });
    // The trace bounds the largest eigenvalue of A'A.
    const L = Array.from(smooth.lipschitz).reduce((sum, value) => sum + value, 0);
    const radius = activeSet.margin / (2 * L);
    expect(radius).toBeGreaterThan(0);
    expect(activeSet.free.length).toBeLessThan(N);
    for (let trial = 0; trial < 200; trial++) {
      const start = x.map((value, i) => value + (((trial * 7 + i * 13) % 11) / 5 - 1) * (radius / Math.sqrt(N)));
      const gradient = new Float64Array(N);
      smooth.gradient(start, gradient);
      start.forEach((value, i) => {
        if (x[i] === 0) expect(Math.abs(value - gradient[i] / L)).toBeLessThanOrEqual(l1 / L);
      });
    }
  });
});

it('dense, sparse, quadratic and both backends choose the same blocks and agree', () => {
  const { rows, b, gram, products } = blockData('forms', 40, 15, 0.4);
  const entries = rows.flatMap((row, i) => row.flatMap((value, j) => (value === 0 ? [] : [[i, j, value]])));
  const byColumn = entries.sort((p, q) => p[1] - q[1] || p[0] - q[0]);
  const sparse = {
    layout: 'csc' as const,
    rows: 40,
    cols: 15,
    indptr: Int32Array.from({ length: 16 }, (_, j) => byColumn.filter((entry) => entry[1] < j).length),
    indices: byColumn.map((entry) => entry[0]),
    data: byColumn.map((entry) => entry[2]),
  };
  const blocksOf = (problem: BlockProblem) => {
    const blocks: string[] = [];
    for (const { block } of minimizeIterations(problem, { blockSize: 3, maxIterations: 12, tolerance: 0 }))
      blocks.push(block.join());
    return blocks;
  };
  for (const l1 of [0, 3]) {
    const forms = [leastSquares(rows, b), leastSquares(sparse, b), quadratic(gram, products)];
    const blocks = forms.map((smooth) => blocksOf({ smooth, l1 }));
    expect(blocks[1]).toEqual(blocks[0]);
    expect(blocks[2]).toEqual(blocks[0]);
    for (const A of [rows, sparse]) {
      const [js, wasm] = (['js', 'wasm'] as const).map((backend) =>
        minimize({ smooth: leastSquares(A, b, { backend }), l1 }, { blockSize: 3, tolerance: 1e-8 }),
      );
      expect(js.x).toEqual(wasm.x);
      expect(js.history).toEqual(wasm.history);
    }
  }
  const labels = b.map((value) => value > 0);
  for (const l1 of [0.5, 2]) {
    const [dense, other] = [rows, sparse].map((A) =>
      minimize({ smooth: logistic(A, labels), l1 }, { tolerance: 1e-9 }),
    );
    expect(Math.abs(dense.objective - other.objective)).toBeLessThanOrEqual(
      dense.certificate.gap + other.certificate.gap + 1e-12,
    );
  }
});
