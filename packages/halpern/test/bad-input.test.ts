import { describe, expect, it } from 'vitest';
import {
  boxResolvent,
  gameGap,
  matrixGame,
  productResolvent,
  simplexResolvent,
  softThresholdResolvent,
  solveInclusion,
  solveInclusionAsync,
  solveInclusionIterations,
  solveLP,
} from '../src/index.js';

// biome-ignore lint/suspicious/noExplicitAny: wrong types are the point
type Wrong = any;
const operator = {
  dimension: 2,
  components: 3,
  lipschitz: 1,
  averageLipschitz: 1,
  cocoercive: 1,
  full: (z: Float64Array, out: Float64Array) => out.set(z),
  component: (_i: number, z: Float64Array, out: Float64Array) => out.set(z),
};
const ok = { operator };
const solve = (changes: object, options?: Wrong) => () =>
  solveInclusion({ operator: { ...operator, ...changes } }, options);
const game = (A: Wrong, options?: Wrong) => () => matrixGame(A, options);
const lp = (changes: object, options?: Wrong) => () =>
  solveLP({ c: [1, 2], A: [[1, 1]], rowLower: [1], ...changes } as Wrong, options);

const table: [name: string, call: () => unknown, code: string, message: string][] = [
  ['problem', () => solveInclusion(null as Wrong), 'ERR_INPUT', 'problem: expected'],
  ['operator', () => solveInclusion({} as Wrong), 'ERR_INPUT', 'problem.operator: expected'],
  ['operator.full', solve({ full: 3 }), 'ERR_INPUT', 'problem.operator: expected'],
  ['resolvent', () => solveInclusion({ operator, resolvent: {} as Wrong }), 'ERR_INPUT', 'problem.resolvent'],
  ['dimension', solve({ dimension: 0 }), 'ERR_INPUT', 'problem.operator.dimension'],
  ['components', solve({ components: 0 }), 'ERR_INPUT', 'problem.operator.components'],
  ['fullCost', solve({ fullCost: 0.5 }), 'ERR_INPUT', 'problem.operator.fullCost'],
  ['lipschitz', solve({ lipschitz: 0 }), 'ERR_INPUT', 'problem.operator.lipschitz'],
  ['averageLipschitz', solve({ averageLipschitz: -1 }), 'ERR_INPUT', 'problem.operator.averageLipschitz'],
  ['cocoercive', solve({ cocoercive: NaN }), 'ERR_INPUT', 'problem.operator.cocoercive'],
  ['probabilities: length', solve({ probabilities: [1] }), 'ERR_DIMENSION', 'problem.operator.probabilities'],
  ['probabilities: negative', solve({ probabilities: [2, -1, 0] }), 'ERR_INPUT', 'problem.operator.probabilities[1]'],
  ['probabilities: sum', solve({ probabilities: [1, 1, 1] }), 'ERR_INPUT', 'problem.operator.probabilities'],
  ['not cocoercive', solve({ cocoercive: undefined }, { method: 'vr-halpern' }), 'ERR_INCOMPATIBLE', 'cocoercive'],
  ['no L_Q', solve({ averageLipschitz: undefined }, { method: 'vr-forb' }), 'ERR_INCOMPATIBLE', 'averageLipschitz'],
  [
    'no L_F',
    solve({ averageLipschitz: undefined, lipschitz: undefined }, { method: 'extragradient' }),
    'ERR_INCOMPATIBLE',
    'problem.operator.lipschitz or problem.operator.averageLipschitz',
  ],
  ...(['vr-halpern', 'vr-forb', 'inexact-halpern'] as const).map((method): [string, () => unknown, string, string] => [
    `no components, ${method}`,
    solve({ component: undefined }, { method }),
    'ERR_INCOMPATIBLE',
    method,
  ]),
  ['unknown key', solve({}, { tol: 1 }), 'ERR_OPTION', 'options.tol'],
  ['method', solve({}, { method: 'fast' }), 'ERR_OPTION', 'options.method'],
  ['tolerance', solve({}, { tolerance: -1 }), 'ERR_OPTION', 'options.tolerance'],
  ['maxEvaluations', solve({}, { maxEvaluations: 0 }), 'ERR_OPTION', 'options.maxEvaluations'],
  ['maxIterations', solve({}, { maxIterations: 1.5 }), 'ERR_OPTION', 'options.maxIterations'],
  ['stepSize', solve({}, { stepSize: 0 }), 'ERR_OPTION', 'options.stepSize'],
  ['batchSize', solve({}, { batchSize: 0 }), 'ERR_OPTION', 'options.batchSize'],
  ['batchSize > n', solve({}, { batchSize: 4 }), 'ERR_OPTION', 'options.batchSize: expected an integer in [1, 3]'],
  ['schedule', solve({}, { schedule: 'slow' }), 'ERR_OPTION', 'options.schedule'],
  ['restartFactor', solve({}, { restartFactor: 1 }), 'ERR_OPTION', 'options.restartFactor'],
  ['innerExponent', solve({}, { innerExponent: 0 }), 'ERR_OPTION', 'options.innerExponent'],
  ['force', solve({}, { force: 1 }), 'ERR_OPTION', 'options.force'],
  ['seed', solve({}, { seed: NaN }), 'ERR_OPTION', 'options.seed'],
  ['initial: length', solve({}, { initial: [1] }), 'ERR_DIMENSION', 'options.initial: expected length 2'],
  ['initial: NaN', solve({}, { initial: [1, NaN] }), 'ERR_NOT_FINITE', 'options.initial[1]'],
  ['iterations: options', () => solveInclusionIterations(ok, { tolerance: -1 }), 'ERR_OPTION', 'options.tolerance'],
  ['A: empty', game([]), 'ERR_INPUT', 'A: expected at least one row'],
  ['A: NaN', game([[1, NaN]]), 'ERR_NOT_FINITE', 'A[0][1]'],
  ['game: method', game([[1]], { method: 'auto' }), 'ERR_OPTION', 'options.method'],
  ['game: key', game([[1]], { stepSize: 1 }), 'ERR_OPTION', 'options.stepSize'],
  ['game: initial', game([[1]], { initial: [1] }), 'ERR_DIMENSION', 'options.initial'],
  ['game: tolerance', game([[1]], { tolerance: NaN }), 'ERR_OPTION', 'options.tolerance'],
  ['gap: x', () => gameGap([[1, 2]], [1], [1]), 'ERR_DIMENSION', 'x: expected length 2'],
  ['lp: nothing', () => solveLP(undefined as Wrong), 'ERR_INPUT', 'program: expected'],
  ['lp: c', lp({ c: [1] }), 'ERR_DIMENSION', 'program.c: expected length 2'],
  ['lp: c infinite', lp({ c: [1, Infinity] }), 'ERR_NOT_FINITE', 'program.c[1]'],
  ['lp: A', lp({ A: [[1, NaN]] }), 'ERR_NOT_FINITE', 'program.A[0][1]'],
  ['lp: rowLower', lp({ rowLower: [1, 2] }), 'ERR_DIMENSION', 'program.rowLower: expected length 1'],
  ['lp: NaN bound', lp({ colUpper: [NaN, 1] }), 'ERR_INPUT', 'program.colUpper[0]'],
  ['lp: crossed rows', lp({ rowUpper: [0] }), 'ERR_INPUT', 'program.rowUpper[0]'],
  ['lp: crossed bounds', lp({ colLower: [2, 0], colUpper: [1, 1] }), 'ERR_INPUT', 'program.colUpper[0]'],
  ['lp: lower Infinity', lp({ colLower: [Infinity, 0] }), 'ERR_INPUT', 'program.colLower[0]'],
  [
    'lp: upper -Infinity',
    lp({ colLower: [-Infinity, 0], colUpper: [-Infinity, 1] }),
    'ERR_INPUT',
    'program.colUpper[0]',
  ],
  ['lp: bounds', lp({ colLower: 3 }), 'ERR_INPUT', 'program.colLower'],
  ['lp: offset', lp({ offset: NaN }), 'ERR_INPUT', 'program.offset'],
  ['lp: key', lp({}, { presolve: true }), 'ERR_OPTION', 'options.presolve'],
  ['lp: checkEvery', lp({}, { checkEvery: 0 }), 'ERR_OPTION', 'options.checkEvery'],
  ['lp: reflection', lp({}, { reflection: 1.5 }), 'ERR_OPTION', 'options.reflection'],
  ['lp: tolerance', lp({}, { tolerance: -1 }), 'ERR_OPTION', 'options.tolerance'],
  ['lp: initial', lp({}, { initial: { x: [1], y: [1] } }), 'ERR_DIMENSION', 'options.initial.x'],
  ['lp: initial kind', lp({}, { initial: 3 }), 'ERR_OPTION', 'options.initial'],
  ['box: lengths', () => boxResolvent([0], [1, 1]), 'ERR_DIMENSION', 'upper: expected length 1'],
  ['box: crossed', () => boxResolvent([1], [0]), 'ERR_INPUT', 'upper[0]'],
  ['box: NaN', () => boxResolvent([NaN], [0]), 'ERR_INPUT', 'lower[0]'],
  ['box: no array', () => boxResolvent(null as Wrong, [0]), 'ERR_INPUT', 'lower'],
  ['simplex', () => simplexResolvent(0), 'ERR_INPUT', 'total'],
  ['soft threshold', () => softThresholdResolvent(-1), 'ERR_INPUT', 'weight'],
  ['product: empty', () => productResolvent([]), 'ERR_INPUT', 'parts'],
  ['product: length', () => productResolvent([{ length: 0 }]), 'ERR_INPUT', 'parts[0].length'],
  ['product: part', () => productResolvent([{ length: 1, resolvent: {} as Wrong }]), 'ERR_INPUT', 'parts[0].resolvent'],
  [
    'product: vector',
    () => productResolvent([{ length: 1 }]).resolve(new Float64Array(2), 1, new Float64Array(2)),
    'ERR_DIMENSION',
    'w: expected length 1',
  ],
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
    await expect(solveInclusionAsync(ok, { initial: [1] })).rejects.toMatchObject({ code: 'ERR_DIMENSION' });
    await expect(solveInclusionAsync(ok, { tolerance: -1 })).rejects.toMatchObject({ code: 'ERR_OPTION' });
  });

  it('names the function of the caller that returned NaN', () => {
    const bad = (z: Float64Array, out: Float64Array) => out.set([z[0], NaN]);
    const component = (_i: number, z: Float64Array, out: Float64Array) => bad(z, out);
    const initial = [1, 1];
    expect(solve({ full: bad })).toThrow('problem.operator.full: expected numbers, got NaN at entry 1');
    expect(solve({ component }, { initial })).toThrow(
      'problem.operator.component: expected numbers, got NaN at entry 1',
    );
    const resolvent = { resolve: (w: Float64Array, _step: number, out: Float64Array) => bad(w, out) };
    let error: Wrong;
    try {
      solveInclusion({ operator, resolvent });
    } catch (caught) {
      error = caught;
    }
    expect([error.code, error.details.argument]).toEqual(['ERR_NUMERICAL', 'problem.resolvent.resolve']);
  });

  it('runs the one-step methods without cocoercivity when told to', () => {
    const { cocoercive, ...rest } = operator;
    expect(cocoercive).toBe(1);
    const options = { method: 'vr-halpern', force: true, initial: [1, 2] } as const;
    expect(solveInclusion({ operator: rest }, options).status).toBe('converged');
  });
});
