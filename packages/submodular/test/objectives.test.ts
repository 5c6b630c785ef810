import { randomStream } from '@lemmata/core';
import { sparseMatrix, toSparse } from '@lemmata/linalg';
import { describe, expect, it } from 'vitest';
import {
  checkSubmodular,
  counted,
  custom,
  facilityLocation,
  saturatedCoverage,
  weightedCoverage,
} from '../src/index.js';
import { prefixState } from '../src/oracle/prefix-state.js';
import { objectives, randomSets, randomSimilarity } from './problems.js';

const all = ['a', 'b', 'c'].flatMap((seed) => objectives(seed, 9));

describe.each(all.map((f, i) => [`${f.name} ${i}`, f] as const))('%s', (_name, f) => {
  // All sums are exact, so equality is.
  it('has gains that are differences of values, in any order of additions', () => {
    const stream = randomStream(f.name);
    for (let trial = 0; trial < 40; trial++) {
      const set = Array.from(stream.sample(f.n, stream.integer(f.n)));
      const state = f.state();
      for (let i = 0; i < set.length; i++) {
        const before = f.evaluate(set.slice(0, i));
        const gain = f.evaluate(set.slice(0, i + 1)) - before;
        expect([state.value, state.size, state.gain(set[i])]).toEqual([before, i, gain]);
        expect(state.add(set[i])).toBe(gain);
        expect(state.gain(set[i])).toBe(0);
      }
      const reversed = f.state();
      for (const e of [...set].reverse()) reversed.add(e);
      expect(reversed.value).toBe(state.value);
    }
  });

  it('has states that live apart from their copies', () => {
    const state = f.state();
    state.add(0);
    const copy = state.clone();
    copy.add(1);
    copy.add(2);
    expect([state.value, state.size]).toEqual([f.evaluate([0]), 1]);
    expect(state.gain(1)).toBe(f.evaluate([0, 1]) - f.evaluate([0]));
    state.add(3);
    expect([copy.value, copy.size]).toEqual([f.evaluate([0, 1, 2]), 3]);
  });

  it('has lists that answer gains at their beginnings, also after they were cut', () => {
    const stream = randomStream(`${f.name} beginnings`);
    const g = counted(f);
    const list = prefixState(g);
    let elements: number[] = [];
    for (let trial = 0; trial < 60; trial++) {
      const e = stream.integer(f.n);
      if (elements.includes(e)) {
        elements = elements.slice(0, elements.indexOf(e));
        list.truncate(elements.length);
      } else {
        expect(list.add(e)).toBe(f.evaluate([...elements, e]) - f.evaluate(elements));
        elements.push(e);
      }
      const level = stream.integer(elements.length + 1);
      const beginning = elements.slice(0, level);
      const v = stream.integer(f.n);
      const gain = f.evaluate(beginning.includes(v) ? beginning : [...beginning, v]) - f.evaluate(beginning);
      expect([list.size, list.valueAt(level), list.gainAt(level, v)]).toEqual([
        elements.length,
        f.evaluate(beginning),
        gain,
      ]);
    }
    expect(g.calls.gain).toBe(60);
  });

  it('is monotone and submodular, as declared', () => {
    expect([f.monotone, f.submodular]).toEqual([true, true]);
    expect(checkSubmodular(f, { trials: 300 })).toEqual({ ok: true, counterexample: null, seed: '0' });
  });
});

describe('coverage and facility location', () => {
  it('follow their definitions', () => {
    const f = weightedCoverage([[0, 2], [2], [], [3, 1]], { weights: [1, 2, 4, 8] });
    expect([[], [0], [0, 1], [1, 3], [0, 1, 2, 3]].map((set) => f.evaluate(set))).toEqual([0, 5, 5, 14, 15]);
    const g = facilityLocation(
      [
        [1, 0, 3],
        [2, 1, 0],
      ],
      { weights: [1, 10, 2] },
    );
    expect([[], [0], [1], [1, 0]].map((set) => g.evaluate(set))).toEqual([0, 7, 12, 18]);
  });

  it('saturated coverage follows its definition', () => {
    const similarity = [
      [4, 0, 2],
      [2, 2, 0],
      [2, 6, 6],
    ];
    const f = saturatedCoverage(similarity, { alpha: 0.5, weights: [1, 1, 10] });
    // Limits 4, 4 and 40.
    expect([[], [0], [0, 1], [2], [2, 1, 0]].map((set) => f.evaluate(set))).toEqual([0, 24, 26, 46, 48]);
    expect(saturatedCoverage(similarity, { alpha: 1 }).evaluate([0, 1, 2])).toBe(24);
  });

  it('take compressed and sparse data for the same function', () => {
    const stream = randomStream('forms');
    const sets = randomSets(stream, 8, 10, 5);
    const indptr = [0];
    for (const set of sets) indptr.push(indptr[indptr.length - 1] + set.length);
    const indices = Int32Array.from(sets.flatMap((set) => [...set].sort((a, b) => a - b)));
    const dense = randomSimilarity(stream, 8, 6, 0.5);
    const sparse = toSparse(dense, 'csc');
    const pairs = [
      [weightedCoverage(sets), weightedCoverage({ indptr, indices })],
      [facilityLocation(dense), facilityLocation(sparse)],
      [facilityLocation(dense), facilityLocation(toSparse(dense, 'csr'))],
      [saturatedCoverage(dense, { alpha: 0.5 }), saturatedCoverage(sparse, { alpha: 0.5 })],
    ];
    for (const [f, g] of pairs) {
      for (let trial = 0; trial < 30; trial++) {
        const set = stream.sample(8, stream.integer(9));
        expect(g.evaluate(set)).toBe(f.evaluate(set));
        const states = [f.state(), g.state()];
        expect(Array.from(set, (e) => states[1].add(e))).toEqual(Array.from(set, (e) => states[0].add(e)));
      }
    }
  });

  it('copy their data', () => {
    const data = Float64Array.of(1, 2, 3, 4);
    const indptr = Int32Array.of(0, 2);
    const sparseData = Float64Array.of(5, 6);
    const f = facilityLocation({ layout: 'row', rows: 2, cols: 2, data });
    const g = facilityLocation(
      sparseMatrix({ layout: 'csr', rows: 1, cols: 2, indptr, indices: [0, 1], data: sparseData }),
    );
    const weighted = facilityLocation({ layout: 'row', rows: 2, cols: 2, data }, { weights: [2, 2] });
    data.fill(9);
    sparseData.fill(9);
    expect([f.evaluate([0]), g.evaluate([0]), weighted.evaluate([1])]).toEqual([3, 11, 14]);
  });

  it('exist without elements', () => {
    expect([weightedCoverage([]).n, weightedCoverage([]).evaluate([])]).toEqual([0, 0]);
    expect(checkSubmodular(weightedCoverage([])).ok).toBe(true);
  });
});

describe('counted', () => {
  it('counts every call, those of copies included, and starts again', () => {
    const f = counted(weightedCoverage([[0], [1], [0, 1]]));
    const state = f.state();
    state.gain(0);
    state.add(1);
    const copy = state.clone();
    copy.gain(2);
    copy.gain(0);
    expect([f.evaluate([2]), copy.value, copy.size]).toEqual([2, 1, 1]);
    expect(f.calls).toEqual({ gain: 3, add: 1, value: 1, clone: 1 });
    f.resetCalls();
    expect(f.calls).toEqual({ gain: 0, add: 0, value: 0, clone: 0 });
  });

  it('refuses answers that are not finite', () => {
    const f = counted(custom({ n: 2, evaluate: (set) => (set.length === 1 ? NaN : set.length === 2 ? Infinity : 0) }));
    expect(() => f.state().gain(1)).toThrow('state.gain(1): expected a finite number from the objective, got NaN');
    expect(() => f.state().add(0)).toThrow('state.add(0): expected a finite number');
    expect(() => f.evaluate([0, 1])).toThrow('f.evaluate: expected a finite number from the objective, got Infinity');
    expect(() => counted(custom({ n: 1, evaluate: () => NaN })).state().value).toThrow('state.value');
  });
});

describe('checkSubmodular', () => {
  it('finds growing gains, falling values and wrong gains', () => {
    const squares = custom({ n: 6, evaluate: (set) => set.length * set.length });
    const found = checkSubmodular(squares, { seed: 'x' });
    expect([found.ok, found.counterexample?.property, found.seed]).toEqual([false, 'submodular', 'x']);
    const { small, large, element } = found.counterexample as NonNullable<typeof found.counterexample>;
    const gain = (set: readonly number[]) => squares.evaluate([...set, element]) - squares.evaluate(set);
    expect([found.counterexample?.gainAtSmall, found.counterexample?.gainAtLarge]).toEqual([gain(small), gain(large)]);
    expect(gain(small)).toBeLessThan(gain(large));
    expect(large.slice(0, small.length)).toEqual(small);

    const hill = (set: readonly number[]) => set.length * (6 - set.length);
    expect(checkSubmodular(custom({ n: 6, evaluate: hill })).counterexample?.property).toBe('monotone');
    expect(checkSubmodular(custom({ n: 6, evaluate: hill, monotone: false })).ok).toBe(true);

    const f = weightedCoverage([[0], [1], [0, 1]]);
    const wrong = { ...f, state: () => ({ ...f.state(), value: 0, size: 0, gain: () => 5, add: () => 5 }) };
    expect(checkSubmodular(wrong).counterexample?.property).toBe('gain');
  });

  it('is determined by its seed', () => {
    const squares = custom({ n: 6, evaluate: (set) => set.length * set.length });
    expect(checkSubmodular(squares, { seed: 7 })).toEqual(checkSubmodular(squares, { seed: '7' }));
    expect(checkSubmodular(squares, { seed: 7 })).not.toEqual(checkSubmodular(squares, { seed: 8 }));
  });
});
