import { canonicalJson, digestArray, digestJson, liveArenas } from '@lemmata/core';
import { afterEach, describe, expect, it } from 'vitest';
import {
  leastSquares,
  logistic,
  minimize,
  minimizeAsync,
  minimizeIterations,
  quadratic,
  squaredHinge,
} from '../src/index.js';
import { blockData } from './block-problems.js';
import { expectRefusal } from './refusal.js';

const data = blockData('runs', 40, 20);
const smooth = leastSquares(data.rows, data.b);
// biome-ignore lint/suspicious/noExplicitAny: wrong types are the point
type Wrong = any;

afterEach(() => {
  expect(liveArenas()).toBe(0);
});

describe('a run', () => {
  const options = { selection: 'random', update: 'gradient', blockSize: 2, maxIterations: 300, seed: 'x' } as const;

  it('gives the same bits at once, in slices and step by step', async () => {
    const once = minimize({ smooth, l1: 2 }, options);
    const sliced = await minimizeAsync({ smooth, l1: 2 }, options);
    const steps = minimizeIterations({ smooth, l1: 2 }, options);
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    for (const other of [sliced, step.value]) {
      expect(other.x).toEqual(once.x);
      expect(other.history).toEqual(once.history);
      expect(other.counts).toEqual(once.counts);
    }
    expect(once.seed).toBe('x');
  });

  it('ends early with an answer that is what it says: callback, generator left, abort, limits', async () => {
    let calls = 0;
    const stopped = minimize({ smooth }, { ...options, onIteration: () => ++calls < 5 });
    expect([stopped.status, stopped.iterations]).toEqual(['stopped', 4]);
    expect(Math.abs(stopped.objective - smooth.value(stopped.x))).toBeLessThanOrEqual(1e-10 * stopped.objective);
    for (const _ of minimizeIterations({ smooth }, options)) break;
    const controller = new AbortController();
    const running = minimizeAsync(
      { smooth },
      { ...options, maxIterations: 1e9, tolerance: 0, signal: controller.signal },
    );
    setTimeout(() => controller.abort(), 5);
    expect((await running).status).toBe('aborted');
    expect(minimize({ smooth }, { maxIterations: 0 }).status).toBe('max-iterations');
    expect(() =>
      minimize(
        { smooth },
        {
          onIteration: () => {
            throw new Error('enough');
          },
        },
      ),
    ).toThrow('enough');
  });

  it('looks at the signal after every slice: a full gradient of 4 million entries is several', () => {
    const big = { layout: 'column' as const, rows: 700, cols: 6000, data: new Float64Array(4200000).fill(1) };
    for (let k = 0; k < big.data.length; k += 7) big.data[k] = (k % 1001) / 500;
    const target = Float64Array.from({ length: 700 }, (_, i) => (i * i) % 17);
    const problem = { smooth: leastSquares(big, target), l1: 10 };
    const read = (stopAt: number) => {
      const signal = {
        readings: 0,
        reason: new Error('enough'),
        get aborted() {
          signal.readings++;
          return signal.readings >= stopAt;
        },
      };
      const { status, x } = minimize(problem, { blockSize: 3, maxIterations: 6, tolerance: 0, signal });
      return { status, readings: signal.readings, finite: x.every(Number.isFinite) };
    };
    const whole = read(Infinity);
    expect(whole.status).toBe('max-iterations');
    // The start, six blocks, each with a gradient of two slices or more.
    expect(whole.readings).toBeGreaterThan(14);
    for (const stopAt of [3, 5, 9, 14]) {
      expect(read(stopAt)).toEqual({ status: 'aborted', readings: stopAt, finite: true });
    }
  });

  it('begins where it is told, and is done at once at a minimum', () => {
    const first = minimize({ smooth, l1: 5 }, { tolerance: 1e-9, blockSize: 4 });
    const again = minimize({ smooth, l1: 5 }, { tolerance: 1e-8, blockSize: 4, initial: first.x });
    expect([again.status, again.iterations]).toEqual(['converged', 0]);
    const largest = Math.max(...data.products.map(Math.abs));
    const zero = minimize({ smooth, l1: largest });
    expect([zero.status, zero.iterations, zero.objective]).toEqual([
      'converged',
      0,
      smooth.value(new Float64Array(20)),
    ]);
    const just = minimize({ smooth, l1: largest * (1 - 1e-6) }, { tolerance: 1e-14 });
    expect(just.activeSet.free.length).toBe(1);
  });

  it('solves soft thresholding in closed form, with one variable, one row and columns of zeros', () => {
    const orthogonal = leastSquares(
      [
        [2, 0, 0],
        [0, 3, 0],
        [0, 0, 0],
      ],
      [2, -6, 1],
    );
    const { x, status } = minimize({ smooth: orthogonal, l1: 1 }, { tolerance: 1e-12 });
    expect(status).toBe('converged');
    expect(x[0]).toBeCloseTo(3 / 4, 14);
    expect(x[1]).toBeCloseTo(-17 / 9, 14);
    expect(x[2]).toBe(0);
    expect(minimize({ smooth: leastSquares([[3]], [6]) }).x[0]).toBe(2);
  });

  it('goes on where data is scaled to the edge, and says so when numbers end', () => {
    const huge = leastSquares(
      [
        [1e150, 0],
        [0, 1e-150],
      ],
      [1e150, 1],
    );
    const far = minimize({ smooth: huge }, { blockSize: 2 });
    expect(Number.isFinite(far.x[0])).toBe(true);
    const unbounded = quadratic(
      [
        [1, -2],
        [-2, 1],
      ],
      [1, 1],
    );
    const { status, x } = minimize({ smooth: unbounded }, { update: 'diagonal', maxIterations: 100000 });
    expect(status).toBe('diverged');
    expect(x.every(Number.isFinite)).toBe(true);
  });

  it('has stored digests', async () => {
    const digests: string[] = [];
    const logit = logistic(data.rows, data.labels, { ridge: 0.1 });
    for (const [problem, more] of [
      [{ smooth }, { selection: 'gsq', blockSize: 4 }],
      [{ smooth, l1: 3 }, { blockSize: 4 }],
      [{ smooth: logit }, { selection: 'gsl', update: 'newton', partition: 'sort', blockSize: 3 }],
      [
        { smooth: logit, lower: 0 },
        { selection: 'lipschitz', update: 'estimated', blockSize: 3, maxIterations: 200 },
      ],
    ] as const) {
      const { x, counts, iterations, status } = minimize(problem, more);
      digests.push(
        await digestJson(
          JSON.parse(canonicalJson({ x: await digestArray(x), counts: { ...counts }, iterations, status })),
        ),
      );
    }
    expect(digests).toEqual(STORED);
  });
});

const STORED = [
  'a0d28b25decd5f12ec317f9aab2d7aec5662c118901e125940345bec186796d7',
  '2d3099ef5a40cfedf0eab1d83a139397099a05639ef4802329648a965eab4d49',
  'b853bcdfbebad4bca68acd1087b3f1ff13d0f4b30daac5a321168301d051bfcd',
  'bf9f7752cda1b49f25bc4932a2a8143eebf66d7b25f0da9b1d92d751d6027cb1',
];

const bare = { dimension: 2, lipschitz: [1, 1], value: () => 0, gradient: () => {} };

describe('bad input', () => {
  const table: [name: string, call: () => unknown, code: string, message: string][] = [
    ['A: NaN', () => leastSquares([[NaN]], [1]), 'ERR_NOT_FINITE', 'A[0][0]'],
    ['A: empty', () => leastSquares([], []), 'ERR_DIMENSION', 'A: expected at least one row and one column'],
    ['b: length', () => leastSquares([[1]], [1, 2]), 'ERR_DIMENSION', 'b: expected length 1 (rows of A)'],
    ['ridge', () => leastSquares([[1]], [1], { ridge: -1 }), 'ERR_OPTION', 'options.ridge'],
    ['backend', () => leastSquares([[1]], [1], { backend: 'gpu' as Wrong }), 'ERR_OPTION', 'options.backend'],
    ['unknown key of a function', () => leastSquares([[1]], [1], { mu: 1 } as Wrong), 'ERR_OPTION', 'options.mu'],
    ['labels: one class', () => logistic([[1], [2]], [1, 1]), 'ERR_INPUT', 'labels: expected at least two classes'],
    ['labels: three classes', () => logistic([[1], [2], [3]], [1, 2, 3]), 'ERR_INPUT', 'labels: expected two classes'],
    ['H: not square', () => quadratic([[1, 2]], [1]), 'ERR_DIMENSION', 'H: expected a square matrix'],
    [
      'H: not symmetric',
      () =>
        quadratic(
          [
            [1, 2],
            [1, 1],
          ],
          [1, 2],
        ),
      'ERR_INPUT',
      'H[0][1]: expected H[1][0] = 1',
    ],
    [
      'H: diagonal',
      () =>
        quadratic(
          [
            [1, 0],
            [0, 0],
          ],
          [1, 2],
        ),
      'ERR_INPUT',
      'H[1][1]: expected a number > 0',
    ],
    ['b of H', () => quadratic([[1]], []), 'ERR_DIMENSION', 'b: expected length 1'],
    ['smooth', () => minimize({ smooth: 3 as Wrong }), 'ERR_INPUT', 'problem.smooth'],
    [
      'smooth: dimension',
      () => minimize({ smooth: { ...bare, dimension: 0 } }),
      'ERR_INPUT',
      'problem.smooth.dimension',
    ],
    [
      'smooth: lipschitz',
      () => minimize({ smooth: { ...bare, lipschitz: [1, -1] } }),
      'ERR_INPUT',
      'problem.smooth.lipschitz[1]',
    ],
    [
      'smooth: length',
      () => minimize({ smooth: { ...bare, lipschitz: [1] } }),
      'ERR_DIMENSION',
      'problem.smooth.lipschitz',
    ],
    ['smooth: value', () => minimize({ smooth: { ...bare, value: 1 as Wrong } }), 'ERR_INPUT', 'problem.smooth.value'],
    [
      'smooth: bound',
      () => minimize({ smooth: { ...bare, blockBound: 1 as Wrong } }),
      'ERR_INPUT',
      'problem.smooth.blockBound',
    ],
    ['l1: negative', () => minimize({ smooth, l1: -1 }), 'ERR_INPUT', 'problem.l1: expected a number >= 0'],
    ['l1: length', () => minimize({ smooth, l1: [1] }), 'ERR_DIMENSION', 'problem.l1: expected length 20'],
    ['l1: NaN', () => minimize({ smooth, l1: NaN }), 'ERR_NOT_FINITE', 'problem.l1'],
    ['lower: infinite', () => minimize({ smooth, lower: Infinity }), 'ERR_NOT_FINITE', 'problem.lower'],
    ['bounds that cross', () => minimize({ smooth, lower: 1, upper: 0 }), 'ERR_INPUT', 'problem.lower'],
    ['blockSize: 0', () => minimize({ smooth }, { blockSize: 0 }), 'ERR_OPTION', 'options.blockSize'],
    [
      'blockSize: too large',
      () => minimize({ smooth }, { blockSize: 21 }),
      'ERR_OPTION',
      'options.blockSize: expected an integer in [1, 20]',
    ],
    ['partition', () => minimize({ smooth }, { partition: 'even' as Wrong }), 'ERR_OPTION', 'options.partition'],
    [
      'partition: twice',
      () => minimize({ smooth }, { partition: [[0, 1], [1]] }),
      'ERR_OPTION',
      'options.partition[1][0]',
    ],
    ['partition: range', () => minimize({ smooth }, { partition: [[20]] }), 'ERR_OPTION', 'options.partition[0][0]'],
    ['partition: empty block', () => minimize({ smooth }, { partition: [[]] }), 'ERR_OPTION', 'options.partition[0]'],
    ['partition: incomplete', () => minimize({ smooth }, { partition: [[0]] }), 'ERR_DIMENSION', 'options.partition'],
    [
      'partition and blockSize',
      () => minimize({ smooth }, { partition: [[0]], blockSize: 1 }),
      'ERR_INCOMPATIBLE',
      'options.blockSize',
    ],
    ['selection', () => minimize({ smooth }, { selection: 'best' as Wrong }), 'ERR_OPTION', 'options.selection'],
    ['update', () => minimize({ smooth }, { update: 'best' as Wrong }), 'ERR_OPTION', 'options.update'],
    ['majorizer', () => minimize({ smooth }, { majorizer: 'best' as Wrong }), 'ERR_OPTION', 'options.majorizer'],
    ['gsqMethod', () => minimize({ smooth }, { gsqMethod: 'best' as Wrong }), 'ERR_OPTION', 'options.gsqMethod'],
    ['tolerance', () => minimize({ smooth }, { tolerance: -1 }), 'ERR_OPTION', 'options.tolerance'],
    ['unknown key', () => minimize({ smooth }, { tol: 1 } as Wrong), 'ERR_OPTION', 'options.tol'],
    ['initial: length', () => minimize({ smooth }, { initial: [1] }), 'ERR_DIMENSION', 'options.initial'],
    [
      'initial: outside',
      () => minimize({ smooth, upper: 0 }, { initial: new Float64Array(20).fill(1) }),
      'ERR_OPTION',
      'options.initial[0]',
    ],
    [
      'gsl with a penalty',
      () => minimize({ smooth, l1: 1 }, { selection: 'gsl' }),
      'ERR_INCOMPATIBLE',
      'options.selection',
    ],
    [
      'cubic with a penalty',
      () => minimize({ smooth, l1: 1 }, { update: 'cubic' }),
      'ERR_INCOMPATIBLE',
      'options.update',
    ],
    [
      'matrix without a bound',
      () => minimize({ smooth: bare }, { update: 'matrix' }),
      'ERR_INCOMPATIBLE',
      'options.update',
    ],
    [
      'newton without a Hessian',
      () => minimize({ smooth: bare }, { update: 'newton' }),
      'ERR_INCOMPATIBLE',
      'options.update',
    ],
    [
      'gsq without a bound',
      () => minimize({ smooth: bare }, { selection: 'gsq', update: 'gradient' }),
      'ERR_INCOMPATIBLE',
      'options.selection',
    ],
    [
      'gsc without third-order constants',
      () => minimize({ smooth: squaredHinge([[1], [2]], [0, 1]) }, { selection: 'gsc' }),
      'ERR_INCOMPATIBLE',
      'options.selection',
    ],
    [
      'gsc with a penalty',
      () => minimize({ smooth, l1: 1 }, { selection: 'gsc' }),
      'ERR_INCOMPATIBLE',
      'options.selection',
    ],
    [
      'mi without a Hessian',
      () => minimize({ smooth: bare }, { selection: 'mi' }),
      'ERR_INCOMPATIBLE',
      'options.selection',
    ],
    [
      'thirdOrder',
      () => minimize({ smooth: { ...bare, thirdOrder: [1, -1] } }),
      'ERR_INPUT',
      'problem.smooth.thirdOrder[1]',
    ],
    ['sample: 0', () => minimize({ smooth }, { sample: 0 }), 'ERR_OPTION', 'options.sample'],
    [
      'sample: less than a block',
      () => minimize({ smooth }, { sample: 2, blockSize: 3 }),
      'ERR_OPTION',
      'options.sample: expected an integer in [3, 20]',
    ],
    [
      'sample: more than blocks',
      () => minimize({ smooth }, { sample: 3, blockSize: 10, partition: 'order' }),
      'ERR_OPTION',
      'options.sample: expected an integer in [1, 2]',
    ],
    [
      'sample of a rule that draws',
      () => minimize({ smooth }, { sample: 3, selection: 'random' }),
      'ERR_INCOMPATIBLE',
      'options.sample',
    ],
    [
      'sample with hard thresholding',
      () => minimize({ smooth }, { sample: 3, selection: 'gsq', gsqMethod: 'iht' }),
      'ERR_INCOMPATIBLE',
      'options.sample',
    ],
    [
      'row sums without a bound',
      () => minimize({ smooth: bare }, { majorizer: 'row-sum' }),
      'ERR_INCOMPATIBLE',
      'options.majorizer',
    ],
  ];

  it.each(table)('%s', (_name, call, code, message) => {
    expectRefusal(call, code, message);
  });

  it('names the function of the caller that gives NaN', () => {
    const nan = { ...bare, value: () => NaN };
    expect(() => minimize({ smooth: nan })).toThrow('problem.smooth.value: expected a number, got NaN');
    const gradient = (_: Float64Array, out: Float64Array) => void out.fill(NaN);
    expect(() => minimize({ smooth: { ...bare, gradient } })).toThrow('problem.smooth.gradient');
  });
});
