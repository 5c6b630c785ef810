import { randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { custom, DynamicSelector, facilityLocation, type SetFunction, select, weightedCoverage } from '../src/index.js';
import { randomSimilarity } from './problems.js';

/** An objective that can be told to fail after so many calls. */
function fragile(inner: SetFunction): { f: SetFunction; failAfter: (calls: number) => void } {
  let left = Infinity;
  const call = () => {
    if (left-- <= 0) throw new Error('the oracle is down');
  };
  const wrap = (state: ReturnType<SetFunction['state']>): ReturnType<SetFunction['state']> => ({
    get value() {
      return state.value;
    },
    get size() {
      return state.size;
    },
    gain: (e) => {
      call();
      return state.gain(e);
    },
    add: (e) => {
      call();
      return state.add(e);
    },
    clone: () => wrap(state.clone()),
  });
  const failAfter = (calls: number) => {
    left = calls;
  };
  return { f: { ...inner, state: () => wrap(inner.state()) }, failAfter };
}

describe('an objective that fails during an update', () => {
  it('leaves the elements, the solution and its proof as they were, until rebuild()', () => {
    const inner = facilityLocation(randomSimilarity(randomStream('fragile'), 20, 15));
    let failures = 0;
    for (let calls = 0; calls < 60; calls += 3) {
      const { f, failAfter } = fragile(inner);
      const selector = new DynamicSelector(f, { k: 3 }).update({ insert: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] });
      const shown = () => [
        Array.from(selector.elements()),
        Array.from(selector.solution()),
        selector.value,
        selector.upperBound,
        selector.counts.updates,
      ];
      const before = shown();
      failAfter(calls);
      try {
        selector.update({ delete: [...selector.solution(), 9].slice(0, 1), insert: [11, 12, 13, 14, 15] });
        continue;
      } catch (error) {
        expect((error as Error).message).toBe('the oracle is down');
        failures++;
      }
      failAfter(Infinity);
      expect(shown()).toEqual(before);
      // While the new elements were priced, nothing had been touched yet.
      if (calls < 5) selector.verify();
      else {
        for (const due of [() => selector.insert(19), () => selector.verify(), () => selector.snapshot()]) {
          expect(due).toThrow('expected rebuild() first');
        }
      }
      selector.rebuild().verify();
      selector.insert(19).verify();
      expect(selector.size).toBe(11);
    }
    expect(failures).toBeGreaterThan(3);
  });

  it('keeps rebuild() due when that fails too', () => {
    const { f, failAfter } = fragile(facilityLocation(randomSimilarity(randomStream('twice'), 20, 15)));
    const selector = new DynamicSelector(f, { k: 3 }).update({ insert: [0, 1, 2, 3, 4, 5] });
    failAfter(1);
    expect(() => selector.rebuild()).toThrow('the oracle is down');
    expect(() => selector.insert(7)).toThrow('rebuild() first');
    failAfter(Infinity);
    selector.rebuild().insert(7).verify();
  });

  it('is refused when it answers NaN', () => {
    const f = custom({ n: 3, evaluate: (set) => (set.includes(2) ? NaN : set.length) });
    const selector = new DynamicSelector(f, { k: 2 }).insert(0);
    expect(() => selector.insert(2)).toThrow('state.gain(2): expected a finite number from the objective, got NaN');
    expect([selector.size, selector.has(2)]).toEqual([1, false]);
    selector.insert(1).verify();
    expect(() => select(f, { k: 2 })).toThrow('state.gain(2)');
    expect(() => new DynamicSelector(custom({ n: 1, evaluate: () => NaN }), { k: 1 })).toThrow('state.value');
  });

  it('may not call back', () => {
    let selector: DynamicSelector | undefined;
    const evaluate = (set: readonly number[]) => {
      if (set.length === 1) selector?.insert(1);
      return set.length;
    };
    const guarded = new DynamicSelector(custom({ n: 3, evaluate }), { k: 2 });
    selector = guarded;
    expect(() => guarded.insert(0)).toThrow('expected a call that does not come from inside the objective');
    selector = undefined;
    expect(guarded.insert(0).size).toBe(1);
  });
});

describe('verify', () => {
  const sets = [[0, 1], [1, 2], [3], [4, 5], [0, 5]];

  it('notices that an objective is not what it declares', () => {
    // Element 7 is worth little alone and much beside others.
    const evaluate = (set: readonly number[]) =>
      set.includes(7) ? 0.01 + 6 * Math.min(2, set.length - 1) : Math.min(2, set.length);
    const growing = custom({ n: 8, evaluate });
    let noticed = 0;
    for (let seed = 0; seed < 10; seed++) {
      const selector = new DynamicSelector(growing, { k: 3, seed });
      for (let e = 0; e < 8; e++) selector.insert(e);
      try {
        selector.verify();
      } catch (error) {
        expect(error).toMatchObject({
          code: 'ERR_STATE',
          message: expect.stringMatching(/^selector: expected .*, got /),
        });
        noticed++;
      }
    }
    expect(noticed).toBeGreaterThan(0);
  });

  it('notices that an objective changed', () => {
    let factor = 1;
    const inner = weightedCoverage(sets);
    const f = custom({ n: 5, evaluate: (set) => factor * inner.evaluate(set) });
    const selector = new DynamicSelector(f, { k: 2 }).update({ insert: [0, 1, 2, 3] });
    selector.verify();
    factor = 5;
    expect(() => selector.verify()).toThrow(/selector: expected value .* of the solution, got .* from scratch/);
    expect(selector.rebuild().value).toBeGreaterThan(0);
  });

  it('costs no counted calls', () => {
    const selector = new DynamicSelector(weightedCoverage(sets), { k: 2 }).update({ insert: [0, 1, 2, 3] });
    const { counts } = selector;
    selector.verify();
    expect(selector.counts).toEqual(counts);
  });
});
