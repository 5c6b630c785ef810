import { randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import {
  counted,
  custom,
  DynamicSelector,
  facilityLocation,
  select,
  selectAsync,
  selectIterations,
  upperBound,
} from '../src/index.js';
import { randomSimilarity } from './problems.js';

const similarity = randomSimilarity(randomStream('endings'), 60, 40);
const f = facilityLocation(similarity);
// Without a cost per gain the run gives way after every one.
const { gainCost: _, ...slow } = f;

/** A signal that is aborted from its k-th reading on; the first two come before the first slice. */
function abortedAtReading(k: number) {
  const signal = {
    readings: 0,
    reason: new Error('enough'),
    get aborted() {
      signal.readings++;
      return signal.readings >= k;
    },
  };
  return signal;
}

describe('the end of a selection', () => {
  it('throws the reason of a signal that is aborted at the call', async () => {
    const signal = { aborted: true, reason: new Error('too late') };
    expect(() => select(f, { k: 3, signal })).toThrow('too late');
    await expect(selectAsync(f, { k: 3, signal })).rejects.toThrow('too late');
    expect(() => selectIterations(f, { k: 3, signal }).next()).toThrow('too late');
  });

  it('aborted at any slice, is what a run of that many iterations gives', () => {
    const whole = select(slow, { k: 8 });
    for (let k = 3; k < 120; k += 3) {
      const signal = abortedAtReading(k);
      const cut = select(slow, { k: 8, signal });
      expect([cut.status, signal.readings]).toEqual(['aborted', k]);
      const length = cut.iterations;
      expect(cut.selected).toEqual(whole.selected.slice(0, length));
      expect(cut.gains).toEqual(whole.gains.slice(0, length));
      expect(cut.value).toBe(f.evaluate(cut.selected));
      if (cut.certificate === null) expect([length, k <= 63]).toEqual([0, true]);
      else expect(cut.certificate.upperBound).toBeGreaterThanOrEqual(whole.value);
    }
  });

  it('gives way after every gain of unknown cost, seldom when gains are cheap', () => {
    const often = abortedAtReading(Infinity);
    const { counts } = select(slow, { k: 5, signal: often });
    expect(often.readings).toBeGreaterThan(counts.gain);
    const seldom = abortedAtReading(Infinity);
    select(f, { k: 5, signal: seldom });
    expect(seldom.readings).toBeLessThan(12);
    // 2^21 additions a gain: every one fills a slice.
    const dear = abortedAtReading(Infinity);
    select({ ...f, gainCost: 2097152 }, { k: 5, signal: dear });
    expect(dear.readings).toBe(often.readings);
  });

  it('honours a signal that is aborted by a timer during an asynchronous run', async () => {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), 1);
    const heavy = custom({
      n: 3000,
      evaluate: (set) => {
        let sum = 0;
        for (let i = 0; i < 20000; i++) sum += i % 7;
        return set.length + 0 * sum;
      },
    });
    const cut = await selectAsync(heavy, { k: 3000, signal: controller.signal });
    clearTimeout(timer);
    expect(cut.status).toBe('aborted');
  });

  it('comes at the time limit, at maxIterations, and when onIteration returns false', () => {
    expect(select(slow, { k: 8, timeLimitMs: 1e-6 }).status).toBe('time-limit');
    const three = select(f, { k: 8, maxIterations: 3 });
    expect([three.status, three.iterations, three.selected.length]).toEqual(['max-iterations', 3, 3]);
    const two = select(f, { k: 8, onIteration: (state) => state.iteration < 2 });
    expect([two.status, two.iterations, two.history.iteration.length]).toEqual(['stopped', 2, 3]);
    const none = select(f, { k: 8, maxIterations: 0 });
    expect([none.status, none.value, none.certificate?.ratio]).toEqual(['max-iterations', 0, 0]);
    expect(none.certificate?.upperBound).toBe(upperBound(f, [], { k: 8 }));
  });

  it('keeps the history that was asked for', () => {
    expect(Array.from(select(f, { k: 5, historyEvery: 2 }).history.iteration)).toEqual([0, 2, 4, 5]);
    expect(select(f, { k: 5, historyEvery: 0 }).history.iteration.length).toBe(0);
  });

  it('passes on what a callback throws', async () => {
    const onIteration = () => {
      throw new Error('from the callback');
    };
    expect(() => select(f, { k: 3, onIteration })).toThrow('from the callback');
    await expect(selectAsync(f, { k: 3, onIteration })).rejects.toThrow('from the callback');
  });
});

describe('what belongs to the caller', () => {
  it('is never written to', () => {
    const candidates = [5, 1, 9, 30];
    const initial = Int32Array.of(7, 2);
    const before = structuredClone({ similarity, candidates, initial });
    select(f, { k: 4, candidates, initial });
    upperBound(f, initial, { k: 3, candidates });
    new DynamicSelector(f, { k: 2 }).update({ insert: candidates }).update({ delete: candidates, insert: initial });
    expect({ similarity, candidates, initial }).toEqual(before);
  });

  it('gets plain data back', () => {
    const result = select(f, { k: 4 });
    expect(structuredClone(result)).toEqual(result);
    expect(JSON.parse(JSON.stringify(result)).status).toBe('complete');
  });

  it('counts in its own wrapper as well', () => {
    const g = counted(f);
    const { counts } = select(g, { k: 4 });
    expect(g.calls).toEqual(counts);
  });
});
