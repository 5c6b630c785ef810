import { randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import {
  bruteForce,
  custom,
  facilityLocation,
  select,
  selectAsync,
  selectIterations,
  upperBound,
  weightedCoverage,
} from '../src/index.js';
import { bestValue, objectives, randomSimilarity } from './problems.js';

const seeds = Array.from({ length: 12 }, (_, i) => `select ${i}`);
const everything = seeds.flatMap((seed) => objectives(seed, 10));

/** 1 - (1 - 1/k)^k, by repeated multiplication. */
function greedyShare(k: number): number {
  let left = 1;
  for (let i = 0; i < k; i++) left *= 1 - 1 / k;
  return 1 - left;
}

describe('against brute force', () => {
  it('a selection is worth at least 1 - (1 - 1/k)^k of the best set, and its bound is one', () => {
    for (const f of everything) {
      for (const k of [1, 2, 3, 4]) {
        const best = bestValue(
          f,
          Array.from({ length: f.n }, (_, e) => e),
          k,
        );
        const { status, selected, value, certificate } = select(f, { k });
        expect(status).toBe('complete');
        expect(value).toBe(f.evaluate(selected));
        // One rounding of the product; all values are exact.
        expect(value).toBeGreaterThanOrEqual(greedyShare(k) * best * (1 - 4 * Number.EPSILON));
        expect(certificate?.upperBound).toBeGreaterThanOrEqual(best);
        expect(certificate?.gap).toBe((certificate?.upperBound ?? 0) - value);
        expect(certificate?.ratio).toBe(certificate?.gap === 0 ? 1 : value / (certificate?.upperBound ?? 0));
        expect(upperBound(f, selected, { k })).toBeGreaterThanOrEqual(best);
        expect(upperBound(f, [], { k })).toBeGreaterThanOrEqual(best);
      }
    }
  });

  it('bruteForce finds the best value, also of functions that are not monotone', () => {
    const hill = custom({ n: 7, evaluate: (set) => set.length * (5 - set.length) + 10, monotone: false });
    for (const f of [...everything.slice(0, 15), hill]) {
      for (const k of [1, 3, 7]) {
        const candidates = [6, 1, 4, 0, 5];
        for (const options of [{ k }, { k, candidates }]) {
          const result = bruteForce(f, options);
          const pool = 'candidates' in options ? candidates : Array.from({ length: f.n }, (_, e) => e);
          expect(result.value).toBe(bestValue(f, pool, k));
          expect(f.evaluate(result.selected)).toBe(result.value);
          expect([result.status, result.selected.length <= k]).toEqual(['complete', true]);
          expect(result.counts.add).toBe(result.counts.clone);
        }
      }
    }
  });

  it('upperBound bounds what the candidates give', () => {
    const stream = randomStream('bounds');
    for (const f of everything) {
      const set = stream.sample(f.n, stream.integer(f.n));
      const candidates = stream.sample(f.n, 1 + stream.integer(f.n));
      const k = 1 + stream.integer(4);
      expect(upperBound(f, set, { k, candidates })).toBeGreaterThanOrEqual(bestValue(f, candidates, k));
    }
  });
});

describe('lazy selection', () => {
  it('chooses what plain greedy chooses, with fewer gains', () => {
    let [lazyCalls, greedyCalls] = [0, 0];
    for (const f of everything) {
      const lazy = select(f, { k: 6 });
      const greedy = select(f, { k: 6, algorithm: 'greedy' });
      expect(lazy.selected).toEqual(greedy.selected);
      expect(lazy.gains).toEqual(greedy.gains);
      expect([lazy.algorithm, greedy.algorithm]).toEqual(['lazy', 'greedy']);
      lazyCalls += lazy.counts.gain;
      greedyCalls += greedy.counts.gain;
    }
    expect(lazyCalls).toBeLessThan(greedyCalls);
  });

  it('needs few gains on a large problem and proves most of its value', () => {
    const points = randomStream('plane');
    const at = Array.from({ length: 400 }, () => [points.uniform(), points.uniform()]);
    const f = facilityLocation(
      at.map(([x, y]) => at.map(([u, v]) => Math.max(0, 1 - 4 * ((x - u) * (x - u) + (y - v) * (y - v))))),
    );
    const { counts, certificate, gains, selected } = select(f, { k: 20 });
    // Plain greedy computes 400 + 399 + .. + 381 = 7810; half of it is the budget, set before it was measured.
    expect(counts.gain).toBeLessThan(3905);
    // The theorem's share is what the bound at the empty set alone would have to prove at worst.
    expect(certificate?.ratio).toBeGreaterThan(greedyShare(20));
    expect(new Set(selected).size).toBe(20);
    for (let i = 1; i < gains.length; i++) expect(gains[i]).toBeLessThanOrEqual(gains[i - 1]);
  });
});

describe('the rule', () => {
  const f = weightedCoverage([[0, 1, 2], [2, 3], [3, 4], [5], [0, 1]]);

  it('gives ties to the smaller element and stops where no gain is positive', () => {
    const all = select(f, { k: 5 });
    expect([Array.from(all.selected), Array.from(all.gains)]).toEqual([
      [0, 2, 3],
      [3, 2, 1],
    ]);
    expect([all.status, all.iterations, all.value, all.certificate?.ratio]).toEqual(['complete', 3, 6, 1]);
    expect(select(weightedCoverage([[0], [0], [1]]), { k: 1 }).selected[0]).toBe(0);
  });

  it('keeps the history of what it chose', () => {
    const { history, counts } = select(f, { k: 2 });
    expect(Array.from(history.iteration)).toEqual([0, 1, 2]);
    expect(Array.from(history.element)).toEqual([-1, 0, 2]);
    expect(Array.from(history.value)).toEqual([0, 3, 5]);
    expect(Array.from(history.upperBound)).toEqual([5, 5, 5]);
    expect(history.gainCalls[2]).toBe(counts.gain);
  });

  it('chooses among the candidates, after the initial elements', () => {
    const chosen = select(f, { k: 3, candidates: [4, 1, 3], initial: [2] });
    expect(Array.from(chosen.selected)).toEqual([2, 4, 1]);
    expect(Array.from(chosen.gains)).toEqual([2, 2, 1]);
    expect([chosen.value, chosen.iterations]).toEqual([5, 2]);
    expect(chosen.certificate?.upperBound).toBeGreaterThanOrEqual(bestValue(f, [4, 1, 3], 3));
    const full = select(f, { k: 2, initial: [3, 1] });
    expect([Array.from(full.selected), full.status, full.iterations]).toEqual([[3, 1], 'complete', 0]);
    expect(full.certificate?.upperBound).toBeGreaterThanOrEqual(5);
  });

  it('continues a selection as if it had not stopped', () => {
    for (const g of everything) {
      const whole = select(g, { k: 6 });
      const half = select(g, { k: 3 });
      expect(select(g, { k: 6, initial: half.selected }).selected).toEqual(whole.selected);
    }
  });

  it('scales with the objective', () => {
    const similarity = randomSimilarity(randomStream('scale'), 12, 9);
    const once = select(facilityLocation(similarity), { k: 4 });
    const scaled = select(facilityLocation(similarity.map((row) => row.map((s) => 8 * s))), { k: 4 });
    expect(scaled.selected).toEqual(once.selected);
    expect(scaled.value).toBe(8 * once.value);
    expect(scaled.certificate?.upperBound).toBe(8 * (once.certificate?.upperBound ?? 0));
  });

  it('has no certificate where there is no theorem, and says so', () => {
    const squares = custom({ n: 4, evaluate: (set) => set.length * set.length, submodular: false });
    const greedy = select(squares, { k: 2, algorithm: 'greedy' });
    expect([greedy.value, greedy.certificate, greedy.warnings.length]).toEqual([4, null, 1]);
    const hill = custom({ n: 6, evaluate: (set) => set.length * (5 - set.length), monotone: false });
    const topped = select(hill, { k: 6 });
    expect([topped.value, topped.selected.length, topped.certificate, topped.warnings.length]).toEqual([6, 2, null, 0]);
  });

  it('has ratios in [0, 1] where values are negative', () => {
    for (const base of [-1, -3, -9]) {
      const below = custom({ n: 4, evaluate: (set) => base + Math.min(3, set.length) });
      expect(select(below, { k: 1 }).certificate?.ratio).toBe(1);
      expect(select(below, { k: 2, maxIterations: 0 }).certificate?.ratio).toBe(0);
    }
  });

  it('handles an empty ground set', () => {
    const nothing = select(weightedCoverage([]), { k: 3 });
    expect([nothing.status, nothing.value, nothing.selected.length, nothing.iterations]).toEqual(['complete', 0, 0, 0]);
    expect(nothing.certificate).toEqual({ kind: 'upper-bound', upperBound: 0, gap: 0, ratio: 1 });
  });
});

describe('the three ways to run', () => {
  it('give the same bits', async () => {
    for (const f of everything.slice(0, 10)) {
      const { elapsedMs, ...sync } = select(f, { k: 4 });
      const { elapsedMs: later, ...asynchronous } = await selectAsync(f, { k: 4 });
      expect(asynchronous).toEqual(sync);
      const steps = selectIterations(f, { k: 4 });
      const elements: number[] = [];
      let step = steps.next();
      for (; step.done !== true; step = steps.next()) elements.push(step.value.element);
      const { elapsedMs: last, ...stepped } = step.value;
      expect(stepped).toEqual(sync);
      expect(elements.slice(1)).toEqual(Array.from(sync.selected));
      expect(elapsedMs + later + last).toBeGreaterThanOrEqual(0);
    }
  });
});
