import { describe, expect, it } from 'vitest';
import {
  ChebCb,
  heatProblem,
  heatStep,
  laplacian2d,
  restoreTuner,
  SmoothThompson,
  sor,
  sorAsync,
  sorIterations,
  sorSpectralRadius,
  ssor,
  ssorCg,
  TsallisInf,
  TunedSolver,
  tsallisProbabilities,
  youngOmega,
} from '../src/index.js';

const A = [
  [4, 1],
  [1, 3],
];
const b = [1, 2];
// biome-ignore lint/suspicious/noExplicitAny: wrong types are the point
type Wrong = any;
const context = { min: 0, max: 1 };

const table: [name: string, call: () => unknown, code: string, message: string][] = [
  ['A: not square', () => sor([[1, 2]], [1]), 'ERR_DIMENSION', 'A: expected a square matrix, got 1 x 2'],
  ['A: no matrix', () => ssor(3 as Wrong, b), 'ERR_INPUT', 'A: expected a matrix'],
  [
    'A: NaN',
    () =>
      sor(
        [
          [1, NaN],
          [0, 1],
        ],
        b,
      ),
    'ERR_NOT_FINITE',
    'A[0][1]',
  ],
  [
    'A: zero diagonal',
    () =>
      sor(
        [
          [1, 2],
          [3, 0],
        ],
        b,
      ),
    'ERR_INPUT',
    'A[1][1]: expected a diagonal entry other than 0',
  ],
  [
    'A: unsymmetric',
    () =>
      ssorCg(
        [
          [4, 1],
          [2, 3],
        ],
        b,
      ),
    'ERR_INPUT',
    'A: expected a symmetric matrix',
  ],
  ['b: length', () => sor(A, [1]), 'ERR_DIMENSION', 'b: expected length 2 (rows of A), got 1'],
  ['b: infinite', () => ssorCg(A, [1, Infinity]), 'ERR_NOT_FINITE', 'b[1]'],
  ['initial', () => sor(A, b, { initial: [1] }), 'ERR_DIMENSION', 'options.initial: expected length 2'],
  ['omega: 0', () => sor(A, b, { omega: 0 }), 'ERR_OPTION', 'options.omega: expected a number in (0, 2), got 0'],
  ['omega: 2', () => ssor(A, b, { omega: 2 }), 'ERR_OPTION', 'options.omega'],
  ['omega: NaN', () => ssorCg(A, b, { omega: NaN }), 'ERR_OPTION', 'options.omega'],
  ['tolerance', () => sor(A, b, { tolerance: 0 }), 'ERR_OPTION', 'options.tolerance'],
  ['reference', () => sor(A, b, { toleranceReference: 'b' as Wrong }), 'ERR_OPTION', 'options.toleranceReference'],
  ['unknown key', () => sor(A, b, { tol: 1 } as Wrong), 'ERR_OPTION', 'options.tol'],
  ['iterations: options', () => sorIterations(A, b, { omega: 3 }), 'ERR_OPTION', 'options.omega'],
  ['laplacian: side', () => laplacian2d(0), 'ERR_INPUT', 'side: expected an integer in [1, 20000]'],
  ['heat: intervals', () => heatProblem({ intervals: 1 }), 'ERR_OPTION', 'options.intervals'],
  ['heat: u', () => heatStep(heatProblem({ intervals: 3 }), [1], 0), 'ERR_DIMENSION', 'u: expected length 4'],
  ['young', () => youngOmega(1), 'ERR_INPUT', 'beta: expected a number in (0, 1), got 1'],
  ['radius', () => sorSpectralRadius(2, 0.5), 'ERR_INPUT', 'omega: expected a number in (0, 2), got 2'],
  ['probabilities: eta', () => tsallisProbabilities([1], 0), 'ERR_INPUT', 'eta: expected a finite number > 0, got 0'],
  ['probabilities: NaN', () => tsallisProbabilities([NaN], 1), 'ERR_NOT_FINITE', 'losses[0]'],
  ['probabilities: none', () => tsallisProbabilities([], 1), 'ERR_DIMENSION', 'losses: expected at least 1 entry'],
  ['grid: empty', () => new TsallisInf({ parameters: [] }), 'ERR_DIMENSION', 'options.parameters: expected at least 1'],
  ['grid: falling', () => new TsallisInf({ parameters: [2, 1] }), 'ERR_OPTION', 'options.parameters[1]'],
  ['grid: NaN', () => new SmoothThompson({ parameters: [NaN] }), 'ERR_NOT_FINITE', 'options.parameters[0]'],
  ['tsallis: estimator', () => new TsallisInf({ estimator: 'rv' as Wrong }), 'ERR_OPTION', 'options.estimator'],
  ['tsallis: scale', () => new TsallisInf({ costScale: 0 }), 'ERR_OPTION', 'options.costScale'],
  ['tsallis: seed', () => new TsallisInf({ seed: NaN }), 'ERR_OPTION', 'options.seed'],
  ['tsallis: context', () => new TsallisInf().ask(1), 'ERR_INPUT', 'context: expected none'],
  ['tell: nobody asked', () => new TsallisInf().tell(0, 1), 'ERR_STATE', 'id: expected the number of an open question'],
  ['tell: cost', () => new TsallisInf().tell(0, NaN), 'ERR_INPUT', 'cost: expected a finite number >= 0, got NaN'],
  ['chebcb: no range', () => new ChebCb({} as Wrong), 'ERR_OPTION', 'options.context: expected { min, max }'],
  ['chebcb: range', () => new ChebCb({ context: { min: 1, max: 1 } }), 'ERR_OPTION', 'options.context.max'],
  ['chebcb: features', () => new ChebCb({ context, features: 17 }), 'ERR_OPTION', 'options.features'],
  ['chebcb: no context', () => new ChebCb({ context }).ask(), 'ERR_INPUT', 'context: expected a finite number'],
  ['thompson: bins', () => new SmoothThompson({ bins: 2 }), 'ERR_OPTION', 'options.bins'],
  ['thompson: noise', () => new SmoothThompson({ noise: -1 }), 'ERR_OPTION', 'options.noise'],
  ['thompson: context', () => new SmoothThompson({ context }).ask(NaN), 'ERR_INPUT', 'context: expected a finite'],
  ['restore', () => restoreTuner({ format: 'x' } as Wrong), 'ERR_FORMAT', 'snapshot: expected'],
  [
    'restore: version',
    () => restoreTuner({ ...new TsallisInf().snapshot(), version: 2 } as Wrong),
    'ERR_FORMAT',
    'snapshot: expected lemmata/tsallis-inf, version 1',
  ],
  ['tuned: method', () => new TunedSolver({ method: 'cg' as Wrong }), 'ERR_OPTION', 'options.method'],
  [
    'tuned: grid',
    () => new TunedSolver({ tuner: new TsallisInf({ parameters: [1, 2] }) }),
    'ERR_INCOMPATIBLE',
    'options.tuner: expected parameters in (0, 2), got 2',
  ],
  ['tuned: omega', () => new TunedSolver().solve(A, b, { context: 1 }), 'ERR_INPUT', 'context: expected none'],
  ['tuned: restore', () => TunedSolver.restore({} as Wrong), 'ERR_FORMAT', 'snapshot: expected lemmata/tuned-solver'],
];

describe('bad input', () => {
  it.each(table)('%s', (_name, call, code, message) => {
    let error: Wrong;
    try {
      call();
    } catch (caught) {
      error = caught;
    }
    expect(error?.code).toBe(code);
    expect(error.message).toContain(message);
    expect(error.message).toMatch(/: expected .*, got /);
    expect(error.details).toHaveProperty('argument');
  });

  it('rejects the promise of an asynchronous run', async () => {
    await expect(sorAsync(A, [1])).rejects.toMatchObject({ code: 'ERR_DIMENSION' });
    await expect(sorAsync(A, b, { omega: -1 })).rejects.toMatchObject({ code: 'ERR_OPTION' });
  });
});
