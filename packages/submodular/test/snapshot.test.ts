import { randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { DynamicSelector, type DynamicSnapshot, facilityLocation, weightedCoverage } from '../src/index.js';
import { objectives, randomSimilarity } from './problems.js';

const f = facilityLocation(randomSimilarity(randomStream('snapshots'), 30, 20));

/** A stream of 120 updates on 30 elements, from update `from` to update `to`. */
function run(selector: DynamicSelector, from: number, to: number): void {
  const order = Array.from({ length: 120 }, (_, t) => randomStream(`update ${t}`).integer(30));
  for (let t = from; t < to; t++) {
    if (selector.has(order[t])) selector.delete(order[t]);
    else selector.insert(order[t]);
  }
}

function everything(selector: DynamicSelector) {
  const { value, upperBound, counts, size, seed } = selector;
  return { value, upperBound, counts, size, seed, solution: selector.solution(), guesses: selector.guesses() };
}

describe('a snapshot', () => {
  it('goes on with the same bits, through JSON, at any time', () => {
    const whole = new DynamicSelector(f, { k: 4, seed: 'snap', hysteresis: 2 });
    run(whole, 0, 120);
    for (const stop of [0, 1, 17, 60, 119]) {
      const first = new DynamicSelector(f, { k: 4, seed: 'snap', hysteresis: 2 });
      run(first, 0, stop);
      const text = JSON.stringify(first.snapshot());
      const second = DynamicSelector.restore(f, JSON.parse(text));
      expect(everything(second)).toEqual(everything(first));
      expect(JSON.stringify(second.snapshot())).toBe(text);
      second.verify();
      run(second, stop, 120);
      expect(everything(second)).toEqual(everything(whole));
      expect(second.snapshot()).toEqual(whole.snapshot());
    }
  });

  it('works for every objective', () => {
    for (const g of objectives('snapshot', 12)) {
      const selector = new DynamicSelector(g, { k: 3 }).update({ insert: [3, 1, 4, 5, 9, 2, 6] }).delete(4);
      const restored = DynamicSelector.restore(g, structuredClone(selector.snapshot()));
      expect(everything(restored)).toEqual(everything(selector));
    }
  });

  it('holds nothing of the living selector', () => {
    const selector = new DynamicSelector(f, { k: 4 }).update({ insert: [1, 2, 3, 4, 5, 6] });
    const snapshot = selector.snapshot();
    const before = structuredClone(snapshot);
    selector.delete(3).insert(9);
    expect(snapshot).toEqual(before);
  });
});

describe('restore refuses', () => {
  const good = new DynamicSelector(f, { k: 3 }).update({ insert: [0, 1, 2, 3, 4, 5, 6, 7] }).snapshot();
  const [guess] = good.guesses;
  const withGuess = (change: object) => ({ ...good, guesses: [{ ...guess, ...change }] });
  const table: [name: string, snapshot: unknown, code: string, place: string][] = [
    ['nothing', undefined, 'ERR_FORMAT', 'snapshot'],
    ['null', null, 'ERR_FORMAT', 'snapshot'],
    ['another format', { ...good, format: 'x' }, 'ERR_FORMAT', 'snapshot'],
    ['another version', { ...good, version: 2 }, 'ERR_FORMAT', 'snapshot'],
    ['another objective', { ...good, objective: { name: 'x', n: 30 } }, 'ERR_INCOMPATIBLE', 'snapshot.objective'],
    ['another size', { ...good, objective: { name: f.name, n: 9 } }, 'ERR_INCOMPATIBLE', 'snapshot.objective'],
    ['no options', { ...good, options: null }, 'ERR_FORMAT', 'snapshot.options'],
    ['bad options', { ...good, options: { ...good.options, k: 0 } }, 'ERR_OPTION', 'options.k'],
    ['a bad stream', { ...good, stream: { ...good.stream, state: 0 } }, 'ERR_FORMAT', 'snapshot'],
    ['a repeated element', { ...good, live: [1, 1] }, 'ERR_FORMAT', 'snapshot.live'],
    ['a strange element', { ...good, live: [30] }, 'ERR_FORMAT', 'snapshot.live'],
    ['missing gains', { ...good, singletons: [1] }, 'ERR_FORMAT', 'snapshot.singletons'],
    ['no guesses', { ...good, guesses: {} }, 'ERR_FORMAT', 'snapshot.guesses'],
    ['an empty guess', { ...good, guesses: [null] }, 'ERR_FORMAT', 'snapshot.guesses[0]'],
    ['a guess without index', withGuess({ index: 0.5 }), 'ERR_FORMAT', 'snapshot.guesses[0].index'],
    ['a guess without value', withGuess({ value: null }), 'ERR_FORMAT', 'snapshot.guesses[0].value'],
    ['a dead choice', withGuess({ chosen: [29] }), 'ERR_FORMAT', 'snapshot.guesses[0].chosen'],
    ['too many choices', withGuess({ chosen: [0, 1, 2, 3] }), 'ERR_FORMAT', 'snapshot.guesses[0].chosen'],
    ['missing levels', withGuess({ ending: [] }), 'ERR_FORMAT', 'snapshot.guesses[0].ending'],
    [
      'a choice outside its level',
      withGuess({ chosen: [0, 1], ending: [[1], [0]] }),
      'ERR_FORMAT',
      'snapshot.guesses[0].ending[0]',
    ],
    ['a gap between guesses', { ...good, guesses: [guess, guess] }, 'ERR_FORMAT', 'snapshot.guesses[1].index'],
    ['a bad count', { ...good, counts: { ...good.counts, add: -1 } }, 'ERR_FORMAT', 'snapshot.counts.add'],
    ['other values', withGuess({ value: 1 + guess.value }), 'ERR_INCOMPATIBLE', 'snapshot.guesses[0].value'],
  ];

  it.each(table)('%s', (_name, snapshot, code, place) => {
    let error: { code?: string; message?: string } = {};
    try {
      DynamicSelector.restore(f, snapshot as DynamicSnapshot);
    } catch (caught) {
      error = caught as typeof error;
    }
    expect(error.code).toBe(code);
    expect(error.message).toContain(`${place}: expected `);
  });

  it('data of another objective with the same name and size', () => {
    const other = facilityLocation(randomSimilarity(randomStream('other'), 30, 20));
    expect(() => DynamicSelector.restore(other, good)).toThrow(/snapshot\.guesses\[0\]\.value: expected .*, got /);
    expect(() => DynamicSelector.restore(weightedCoverage([]), good)).toThrow('snapshot.objective');
  });
});
