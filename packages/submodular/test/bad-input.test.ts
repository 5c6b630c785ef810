import { describe, expect, it } from 'vitest';
import {
  bruteForce,
  checkSubmodular,
  counted,
  custom,
  DynamicSelector,
  facilityLocation,
  saturatedCoverage,
  select,
  selectAsync,
  selectIterations,
  upperBound,
  weightedCoverage,
} from '../src/index.js';

const f = weightedCoverage([[0, 1, 2], [2, 3], [3, 4], [5], [0, 1]]);
const hill = custom({ n: 5, evaluate: (set) => set.length * (6 - set.length), monotone: false });
const squares = custom({ n: 5, evaluate: (set) => set.length * set.length, submodular: false });
const selector = new DynamicSelector(f, { k: 2 }).update({ insert: [0, 1] });
// biome-ignore lint/suspicious/noExplicitAny: wrong types are the point
type Wrong = any;

const table: [name: string, call: () => unknown, code: string, message: string][] = [
  ['f: nothing', () => select(undefined as Wrong, { k: 1 }), 'ERR_INPUT', 'f: expected a set function'],
  ['f: no size', () => counted({ ...f, n: 1.5 }), 'ERR_INPUT', 'f.n'],
  ['f: no name', () => counted({ ...f, name: 3 as Wrong }), 'ERR_INPUT', 'f.name'],
  ['f: monotone', () => counted({ ...f, monotone: 1 as Wrong }), 'ERR_INPUT', 'f.monotone'],
  ['f: submodular', () => counted({ ...f, submodular: null as Wrong }), 'ERR_INPUT', 'f.submodular'],
  ['f: gainCost', () => counted({ ...f, gainCost: 0 }), 'ERR_INPUT', 'f.gainCost'],
  ['f: state', () => counted({ ...f, state: 1 as Wrong }), 'ERR_INPUT', 'f.state'],
  ['f: evaluate', () => counted({ ...f, evaluate: 1 as Wrong }), 'ERR_INPUT', 'f.evaluate'],
  ['evaluate: strange element', () => f.evaluate([5]), 'ERR_INPUT', 'set[0]: expected an integer in [0, 4]'],
  ['evaluate: repeated', () => f.evaluate([1, 1]), 'ERR_INPUT', 'set[1]'],
  ['evaluate: nothing', () => f.evaluate(undefined as Wrong), 'ERR_INPUT', 'set: expected an array of elements'],
  ['coverage: nothing', () => weightedCoverage(null as Wrong), 'ERR_INPUT', 'sets: expected an array of sets'],
  ['coverage: a number', () => weightedCoverage([3 as Wrong]), 'ERR_INPUT', 'sets[0]'],
  ['coverage: repeated item', () => weightedCoverage([[0], [2, 2]]), 'ERR_INPUT', 'sets[1][1]'],
  ['coverage: negative item', () => weightedCoverage([[-1]]), 'ERR_INPUT', 'sets[0][0]'],
  ['coverage: NaN', () => weightedCoverage([[NaN]]), 'ERR_INPUT', 'sets[0][0]'],
  ['coverage: unsorted', () => weightedCoverage({ indptr: [0, 2], indices: [3, 1] }), 'ERR_INPUT', 'sets.indices[1]'],
  ['coverage: indptr', () => weightedCoverage({ indptr: [0, 2, 1], indices: [1, 3] }), 'ERR_INPUT', 'sets.indptr[2]'],
  ['coverage: start', () => weightedCoverage({ indptr: [1, 2], indices: [1, 3] }), 'ERR_INPUT', 'sets.indptr[0]'],
  ['coverage: end', () => weightedCoverage({ indptr: [0, 1], indices: [1, 3] }), 'ERR_DIMENSION', 'sets.indices'],
  ['coverage: weights', () => weightedCoverage([[2]], { weights: [1] }), 'ERR_DIMENSION', 'options.weights'],
  ['coverage: negative weight', () => weightedCoverage([[0]], { weights: [-1] }), 'ERR_OPTION', 'options.weights[0]'],
  ['coverage: NaN weight', () => weightedCoverage([[0]], { weights: [NaN] }), 'ERR_NOT_FINITE', 'options.weights[0]'],
  ['coverage: unknown key', () => weightedCoverage([[0]], { w: 1 } as Wrong), 'ERR_OPTION', 'options.w'],
  ['facility: negative', () => facilityLocation([[1, -1]]), 'ERR_INPUT', 'similarity[0][1]: expected a similarity'],
  ['facility: NaN', () => facilityLocation([[1, NaN]]), 'ERR_NOT_FINITE', 'similarity[0][1]'],
  ['facility: no matrix', () => facilityLocation(5 as Wrong), 'ERR_INPUT', 'similarity: expected a matrix'],
  ['facility: ragged', () => facilityLocation([[1, 2], [3]]), 'ERR_DIMENSION', 'similarity[1]'],
  ['facility: weights', () => facilityLocation([[1, 2]], { weights: [1] }), 'ERR_DIMENSION', 'options.weights'],
  ['facility: negative weight', () => facilityLocation([[1]], { weights: [-2] }), 'ERR_OPTION', 'options.weights[0]'],
  ['facility: unknown key', () => facilityLocation([[1]], { clip: true } as Wrong), 'ERR_OPTION', 'options.clip'],
  ['saturated: alpha missing', () => saturatedCoverage([[1]], {} as Wrong), 'ERR_OPTION', 'options.alpha'],
  ['saturated: alpha 0', () => saturatedCoverage([[1]], { alpha: 0 }), 'ERR_OPTION', 'options.alpha'],
  ['saturated: alpha', () => saturatedCoverage([[1]], { alpha: 2 }), 'ERR_OPTION', 'options.alpha'],
  ['saturated: negative', () => saturatedCoverage([[-1]], { alpha: 1 }), 'ERR_INPUT', 'similarity[0][0]'],
  ['custom: n', () => custom({ n: -1, evaluate: () => 0 }), 'ERR_INPUT', 'spec.n'],
  ['custom: evaluate', () => custom({ n: 1 } as Wrong), 'ERR_INPUT', 'spec.evaluate'],
  ['custom: name', () => custom({ n: 1, evaluate: () => 0, name: 1 as Wrong }), 'ERR_INPUT', 'spec.name'],
  ['custom: monotone', () => custom({ n: 1, evaluate: () => 0, monotone: 1 as Wrong }), 'ERR_INPUT', 'spec.monotone'],
  ['custom: submodular', () => custom({ n: 1, evaluate: () => 0, submodular: 1 as Wrong }), 'ERR_INPUT', 'submodular'],
  ['custom: unknown key', () => custom({ n: 1, value: 1 } as Wrong), 'ERR_OPTION', 'options.value'],
  ['check: trials', () => checkSubmodular(f, { trials: 0 }), 'ERR_OPTION', 'options.trials'],
  ['check: seed', () => checkSubmodular(f, { seed: NaN }), 'ERR_OPTION', 'options.seed'],
  ['select: k missing', () => select(f, {} as Wrong), 'ERR_OPTION', 'options.k: expected an integer >= 1'],
  ['select: k', () => select(f, { k: 1.5 }), 'ERR_OPTION', 'options.k'],
  ['select: unknown key', () => select(f, { k: 1, eps: 1 } as Wrong), 'ERR_OPTION', 'options.eps'],
  ['select: algorithm', () => select(f, { k: 1, algorithm: 'best' as Wrong }), 'ERR_OPTION', 'options.algorithm'],
  ['select: lazy without submodularity', () => select(squares, { k: 1 }), 'ERR_INCOMPATIBLE', 'options.algorithm'],
  ['select: candidate', () => select(f, { k: 1, candidates: [5] }), 'ERR_OPTION', 'options.candidates[0]'],
  ['select: candidates', () => select(f, { k: 1, candidates: [1, 1] }), 'ERR_OPTION', 'options.candidates[1]'],
  ['select: initial', () => select(f, { k: 1, initial: [0.5] }), 'ERR_OPTION', 'options.initial[0]'],
  ['select: initial too long', () => select(f, { k: 1, initial: [0, 1] }), 'ERR_OPTION', 'options.initial'],
  ['select: maxIterations', () => select(f, { k: 1, maxIterations: -1 }), 'ERR_OPTION', 'options.maxIterations'],
  ['iterations: options', () => selectIterations(f, { k: 0 }), 'ERR_OPTION', 'options.k'],
  ['iterations: data', () => selectIterations(null as Wrong, { k: 1 }).next(), 'ERR_INPUT', 'f: expected'],
  ['upperBound: k', () => upperBound(f, [], { k: 0 }), 'ERR_OPTION', 'options.k'],
  ['upperBound: set', () => upperBound(f, [9], { k: 1 }), 'ERR_INPUT', 'set[0]'],
  ['upperBound: candidates', () => upperBound(f, [], { k: 1, candidates: 3 as Wrong }), 'ERR_OPTION', 'candidates'],
  ['upperBound: not monotone', () => upperBound(hill, [], { k: 1 }), 'ERR_INCOMPATIBLE', 'f.monotone'],
  ['bruteForce: k', () => bruteForce(f, { k: -1 }), 'ERR_OPTION', 'options.k'],
  ['bruteForce: too many', () => bruteForce(custom({ n: 25, evaluate: () => 0 }), { k: 1 }), 'ERR_INPUT', 'got 25'],
  ['dynamic: k', () => new DynamicSelector(f, { k: 0 }), 'ERR_OPTION', 'options.k'],
  ['dynamic: epsilon', () => new DynamicSelector(f, { k: 1, epsilon: 0 }), 'ERR_OPTION', 'options.epsilon'],
  ['dynamic: large epsilon', () => new DynamicSelector(f, { k: 1, epsilon: 0.6 }), 'ERR_OPTION', 'options.epsilon'],
  ['dynamic: hysteresis', () => new DynamicSelector(f, { k: 1, hysteresis: 0.5 }), 'ERR_OPTION', 'hysteresis'],
  ['dynamic: seed', () => new DynamicSelector(f, { k: 1, seed: null as Wrong }), 'ERR_OPTION', 'options.seed'],
  ['dynamic: unknown key', () => new DynamicSelector(f, { k: 1, eps: 1 } as Wrong), 'ERR_OPTION', 'options.eps'],
  ['dynamic: not monotone', () => new DynamicSelector(hill, { k: 1 }), 'ERR_INCOMPATIBLE', 'f.monotone'],
  ['dynamic: not submodular', () => new DynamicSelector(squares, { k: 1 }), 'ERR_INCOMPATIBLE', 'f.submodular'],
  [
    'dynamic: negative',
    () => new DynamicSelector(custom({ n: 1, evaluate: () => -1 }), { k: 1 }),
    'ERR_INPUT',
    'f(empty): expected a finite number >= 0, got -1',
  ],
  ['insert: strange', () => selector.insert(5), 'ERR_INPUT', 'insert[0]'],
  ['insert: live', () => selector.insert(0), 'ERR_INPUT', 'insert: expected an element that is not live'],
  ['insert: repeated', () => selector.update({ insert: [2, 2] }), 'ERR_INPUT', 'insert[1]'],
  ['delete: not live', () => selector.delete(2), 'ERR_INPUT', 'delete: expected a live element'],
  ['delete: second is wrong', () => selector.update({ delete: [0, 3], insert: [2] }), 'ERR_INPUT', 'delete'],
  ['update: nothing', () => selector.update(undefined as Wrong), 'ERR_INPUT', 'update: expected an object'],
  ['update: unknown key', () => selector.update({ remove: [0] } as Wrong), 'ERR_OPTION', 'options.remove'],
  ['has: strange', () => selector.has(-1), 'ERR_INPUT', 'e: expected an integer in [0, 4]'],
];

describe('bad input', () => {
  it.each(table)('%s', (_name, call, code, message) => {
    const before = selector.snapshot();
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
    expect(selector.snapshot()).toEqual(before);
  });

  it('rejects the promise of an asynchronous run', async () => {
    await expect(selectAsync(null as Wrong, { k: 1 })).rejects.toMatchObject({ code: 'ERR_INPUT' });
    await expect(selectAsync(f, { k: 0 })).rejects.toMatchObject({ code: 'ERR_OPTION' });
  });
});
