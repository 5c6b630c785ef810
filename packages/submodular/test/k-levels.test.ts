import { randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { KLevels } from '../src/dynamic/k-levels.js';
import { counted, type SetFunction, weightedCoverage } from '../src/index.js';

function contextOf(f: SetFunction, k: number, seed: string) {
  const empty = f.state();
  return {
    f,
    k,
    singletons: Float64Array.from({ length: f.n }, (_, e) => empty.gain(e)),
    stream: randomStream(seed),
    work: { rebuilds: 0, rebuiltElements: 0 },
  };
}

describe('a worked example', () => {
  // Items a .. f are 0 .. 5; k = 2, and the best value is 5.
  const f = weightedCoverage([[0, 1, 2], [2, 3], [3, 4], [5], [0, 1]]);
  const live = Int32Array.of(0, 1, 2, 3, 4);
  const built = (guess: number, seed: string) => {
    const levels = new KLevels(contextOf(f, 2, seed), 0, guess);
    levels.build(live);
    return levels;
  };
  const members = (levels: KLevels, i: number) => Array.from(live).filter((e) => levels.depth(e) >= i);
  const seeds = Array.from({ length: 60 }, (_, i) => `worked ${i}`);

  it('has the levels that its gains ask for', () => {
    const second: Record<number, number[]> = { 0: [1, 2, 3], 1: [0, 2, 3, 4], 2: [0, 1, 3, 4], 3: [0, 1, 2, 4] };
    const met = new Set<number>();
    for (const seed of seeds) {
      const levels = built(4, seed);
      const [first] = levels.solution();
      met.add(first);
      expect([levels.threshold, members(levels, 1)]).toEqual([1, [0, 1, 2, 3, 4]]);
      // With {a, b} alone, c is new in 0.
      expect(members(levels, 2)).toEqual(second[first] ?? [0, 1, 2, 3]);
      expect([levels.saturated, levels.value >= 2]).toEqual([true, true]);
      if (first === 4) {
        levels.delete(4);
        expect([members(levels, 1), levels.depth(4), levels.saturated]).toEqual([[0, 1, 2, 3], 0, true]);
      }
    }
    expect(met.size).toBe(5);
  });

  it('may be saturated above the best value, and is empty far above', () => {
    for (const seed of seeds) {
      const levels = built(8, seed);
      const [first] = levels.solution();
      expect(members(levels, 1)).toEqual([0, 1, 2, 4]);
      if (first === 0) expect([members(levels, 2), levels.value]).toEqual([[2], 5]);
      if (first === 1) expect([members(levels, 2), levels.value]).toEqual([[0, 4], 4]);
      expect(levels.saturated).toBe(true);
    }
    const far = built(16, 'far');
    expect([far.levels, far.value, far.saturated]).toEqual([0, 0, false]);
  });
});

describe('the choice of u_1', () => {
  it('is uniform among the live elements after insertions and deletions', () => {
    const f = weightedCoverage(Array.from({ length: 8 }, (_, e) => [e, (e + 1) % 8, (e + 3) % 8]));
    const drawn = new Map<number, number>();
    const trials = 4000;
    for (let seed = 0; seed < trials; seed++) {
      const levels = new KLevels(contextOf(f, 3, `uniform ${seed}`), 0, 2);
      levels.build(Int32Array.of(0, 1, 2, 3));
      for (const e of [4, 5]) levels.insert(e);
      for (const e of [1, 4, 0]) levels.delete(e);
      for (const e of [6, 7, 1]) levels.insert(e);
      levels.delete(7);
      const [first] = levels.solution();
      drawn.set(first, (drawn.get(first) ?? 0) + 1);
    }
    expect([...drawn.keys()].sort()).toEqual([1, 2, 3, 5, 6]);
    let chiSquare = 0;
    for (const count of drawn.values()) chiSquare += (count - trials / 5) ** 2 / (trials / 5);
    // Chi-square with 4 degrees of freedom exceeds 23.51 with probability 1e-4.
    expect(chiSquare).toBeLessThan(23.51);
  });
});

describe('the cost of a level structure', () => {
  it('asks no gain for what the singletons decide', () => {
    const f = counted(weightedCoverage([[0, 1], [2], [3, 4]]));
    const context = contextOf(f, 2, 'cost');
    f.resetCalls();
    const levels = new KLevels(context, 0, 20);
    levels.build(Int32Array.of(0, 1));
    levels.insert(2);
    levels.delete(1);
    expect([f.calls.gain, f.calls.add]).toEqual([0, 0]);
  });
});
