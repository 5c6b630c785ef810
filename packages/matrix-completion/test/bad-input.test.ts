import { describe, expect, it } from 'vitest';
import {
  coherence,
  completedMatrix,
  completeMatrix,
  completeMatrixAsync,
  completeMatrixIterations,
  foldIn,
  predict,
  rmse,
  robustAlternatingMinimization,
} from '../src/index.js';

const table = [
  [1, 2, null],
  [2, 4, 6],
  [3, null, 9],
];
const triplets = { rows: [0, 1, 2], cols: [0, 1, 0], values: [1, 2, 3] };
const ok = { rank: 1, lambda: 0.1 };
const fit = completeMatrix(table, ok);
// biome-ignore lint/suspicious/noExplicitAny: wrong types are the point
type Wrong = any;
const options = (extra: object) => () => completeMatrix(table, { ...ok, ...extra } as Wrong);
const robust = (extra: object) => () => robustAlternatingMinimization(table, { rank: 1, ...extra } as Wrong);
const data = (extra: object) => () => completeMatrix({ ...triplets, ...extra } as Wrong, ok);

const cases: [name: string, call: () => unknown, code: string, message: string][] = [
  ['no data', () => completeMatrix(7 as Wrong, ok), 'ERR_INPUT', 'observed: expected triplets'],
  ['no entries', () => completeMatrix([[null]], ok), 'ERR_INPUT', 'observed: expected at least one entry'],
  ['weights all 0', data({ weights: [0, 0, 0] }), 'ERR_INPUT', 'observed: expected at least one entry'],
  ['ragged', () => completeMatrix([[1, 2], [3]], ok), 'ERR_DIMENSION', 'observed[1]: expected length 2'],
  ['no rows', () => completeMatrix([[1, 2], 3] as Wrong, ok), 'ERR_INPUT', 'observed[1]: expected an array'],
  ['infinite', () => completeMatrix([[1, Infinity]], ok), 'ERR_NOT_FINITE', 'observed[0][1]'],
  ['values NaN', data({ values: [1, NaN, 2] }), 'ERR_NOT_FINITE', 'observed.values[1]'],
  ['rows too short', data({ rows: [0] }), 'ERR_DIMENSION', 'observed.rows: expected length 3'],
  ['rows negative', data({ rows: [0, -1, 2] }), 'ERR_INPUT', 'observed.rows[1]'],
  ['cols fractional', data({ cols: [0, 0.5, 2] }), 'ERR_INPUT', 'observed.cols[1]'],
  ['outside the shape', data({ shape: [2, 2] }), 'ERR_INPUT', 'observed.rows[2]: expected an integer in [0, 1]'],
  ['shape', data({ shape: [3] }), 'ERR_INPUT', 'observed.shape'],
  ['shape 0', data({ shape: [0, 3] }), 'ERR_INPUT', 'observed.shape[0]'],
  ['twice', data({ rows: [0, 0, 2], cols: [1, 1, 2] }), 'ERR_INPUT', 'observed[1]: expected every place once'],
  ['weights length', data({ weights: [1] }), 'ERR_DIMENSION', 'observed.weights: expected length 3'],
  ['weights negative', data({ weights: [1, -1, 1] }), 'ERR_INPUT', 'observed.weights[1]'],
  ['options missing', () => completeMatrix(table, undefined as Wrong), 'ERR_OPTION', 'options.lambda'],
  ['unknown key', options({ tol: 1 }), 'ERR_OPTION', 'options.tol'],
  ['rank 0', options({ rank: 0 }), 'ERR_OPTION', 'options.rank'],
  ['rank too high', options({ rank: 4 }), 'ERR_OPTION', 'options.rank: expected an integer in [1, 3]'],
  ['lambda', options({ lambda: -1 }), 'ERR_OPTION', 'options.lambda'],
  ['biasLambda', options({ biasLambda: NaN }), 'ERR_OPTION', 'options.biasLambda'],
  ['ridgeScaling', options({ ridgeScaling: 'row' }), 'ERR_OPTION', 'options.ridgeScaling'],
  ['biases', options({ biases: true }), 'ERR_OPTION', 'options.biases'],
  ['solver', options({ solver: 'lu' }), 'ERR_OPTION', 'options.solver'],
  ['innerSteps', options({ innerSteps: 0 }), 'ERR_OPTION', 'options.innerSteps'],
  ['innerSteps word', options({ innerSteps: 'many' }), 'ERR_OPTION', 'options.innerSteps'],
  ['finalize', options({ finalize: 1 }), 'ERR_OPTION', 'options.finalize'],
  ['initial', options({ initial: 'zero' }), 'ERR_OPTION', 'options.initial'],
  ['initial key', options({ initial: { V: [1] } }), 'ERR_OPTION', 'options.initial.V'],
  ['initial length', options({ initial: { U: [1] } }), 'ERR_DIMENSION', 'options.initial.U: expected length 3'],
  [
    'initial biases',
    options({ initial: { U: [1, 1, 1], rowBiases: [1] }, biases: 'none' }),
    'ERR_INCOMPATIBLE',
    'options.initial.rowBiases',
  ],
  ['tolerance', options({ tolerance: -1 }), 'ERR_OPTION', 'options.tolerance'],
  ['residualTolerance', options({ residualTolerance: -1 }), 'ERR_OPTION', 'options.residualTolerance'],
  ['maxIterations', options({ maxIterations: 0.5 }), 'ERR_OPTION', 'options.maxIterations'],
  ['seed', options({ seed: {} }), 'ERR_OPTION', 'options.seed'],
  ['robust: key', robust({ lambda: 1 }), 'ERR_OPTION', 'options.lambda'],
  ['robust: tolerance', robust({ tolerance: 0 }), 'ERR_OPTION', 'options.tolerance'],
  ['robust: clip', robust({ clip: true }), 'ERR_OPTION', 'options.clip'],
  ['robust: split', robust({ splitSamples: 1 }), 'ERR_OPTION', 'options.splitSamples'],
  ['robust: no rounds', robust({ splitSamples: true, maxIterations: 0 }), 'ERR_OPTION', 'options.maxIterations'],
  ['robust: incoherence', robust({ incoherence: 0.5 }), 'ERR_OPTION', 'options.incoherence'],
  ['robust: unclipped', robust({ incoherence: 2, clip: 'none' }), 'ERR_INCOMPATIBLE', 'options.incoherence'],
  ['robust: rank', robust({ rank: 9 }), 'ERR_OPTION', 'options.rank'],
  ['iterations', () => completeMatrixIterations([[null]], ok).next(), 'ERR_INPUT', 'observed'],
  ['predict: row', () => predict(fit, [3], [0]), 'ERR_INPUT', 'rows[0]: expected an integer in [0, 2]'],
  ['predict: col', () => predict(fit, [1], [3]), 'ERR_INPUT', 'cols[0]: expected an integer in [0, 2]'],
  ['predict: lengths', () => predict(fit, [1], [1, 2]), 'ERR_DIMENSION', 'cols: expected length 1'],
  ['model', () => predict(null as Wrong, [1], [1]), 'ERR_INPUT', 'model: expected a completion'],
  ['model parts', () => predict({ ...fit, U: 3 } as Wrong, [1], [1]), 'ERR_INPUT', 'model.U'],
  ['model lengths', () => completedMatrix({ ...fit, rowBiases: new Float64Array(1) }), 'ERR_DIMENSION', 'model.U'],
  ['rmse', () => rmse(fit, [[1, 2, 3, 4]]), 'ERR_DIMENSION', 'observed: expected at most 3 x 3'],
  ['foldIn: twice', () => foldIn(fit, { places: [1, 1], values: [1, 2] }), 'ERR_INPUT', 'entries.places[1]'],
  ['foldIn: outside', () => foldIn(fit, { places: [3], values: [1] }), 'ERR_INPUT', 'entries.places[0]'],
  [
    'foldIn: weights',
    () => foldIn(fit, { places: [1], values: [1], weights: [-1] }),
    'ERR_INPUT',
    'entries.weights[0]',
  ],
  ['coherence', () => coherence([[1, 2]]), 'ERR_INPUT', 'factor: expected at least as many rows'],
];

describe('bad input', () => {
  it.each(cases)('%s', (_name, call, code, message) => {
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
    await expect(completeMatrixAsync([[null]], ok)).rejects.toMatchObject({ code: 'ERR_INPUT' });
    await expect(completeMatrixAsync(table, { rank: 1, lambda: -1 })).rejects.toMatchObject({ code: 'ERR_OPTION' });
  });
});
