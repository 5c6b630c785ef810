import { randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { pairsByClass, patternChanges } from '../src/kernels/periodic.js';
import type { Slices } from '../src/one-shot.js';
import { profileSettings } from '../src/profile-options.js';
import { costTable } from '../src/rules/cost-table.js';
import { approximatePeriod } from '../src/search/approximate-period.js';
import { factorNames } from '../src/search/factor-names.js';
import { jumpingPays, kangaroo } from '../src/search/kangaroo.js';
import { leastDistances } from '../src/search/least-distances.js';
import { fieldBits } from '../src/search/shift-add.js';
import { planWindow, windowMatches } from '../src/search/window-matches.js';
import { newTally } from '../src/sums/integer-convolution.js';
import { matterOf, openMatter, plainPattern } from '../src/symbols/prepare-pattern.js';
import { bruteForce, randomSymbols } from './texts.js';

function finish<Answer>(slices: Slices<Answer>): Answer {
  let step = slices.next();
  while (step.done !== true) step = slices.next();
  return step.value;
}

const settings = profileSettings('test', {});

describe('names of factors', () => {
  it.each([1, 2, 5, 100])('are equal exactly when factors are, %d letters', (letters) => {
    const word = randomSymbols('names', 45, letters);
    const { levels, named } = finish(factorNames(word as Uint8Array, letters - 1, 20));
    expect(levels.length).toBe(5);
    expect(named).toBe(44 + 42 + 38 + 30);
    levels.forEach((level, l) => {
      const length = 1 << l;
      expect(level.length).toBe(45 - length + 1);
      const factor = (i: number) => word.slice(i, i + length).join();
      const wrong: string[] = [];
      for (let i = 0; i < level.length; i++) {
        for (let j = 0; j < i; j++) if ((level[i] === level[j]) !== (factor(i) === factor(j))) wrong.push(`${i} ${j}`);
      }
      expect(wrong).toEqual([]);
    });
  });
});

describe('jumps', () => {
  it.each([1, 2, 6])('give distances and stop above the largest one, %d letters', (letters) => {
    for (const m of [1, 2, 7, 8, 9, 40]) {
      const text = randomSymbols('jumps', 90, letters);
      const pattern = randomSymbols(`jumps ${m}`, m, letters);
      const matter = openMatter(text, pattern, false);
      const jumping = finish(kangaroo(matter.text, matter.pattern));
      bruteForce(text, pattern).forEach((distance, i) => {
        expect(jumping.distance(i, m)).toBe(distance);
        for (const most of [0, 1, 5]) expect(jumping.distance(i, most)).toBe(Math.min(distance, most + 1));
      });
    }
  });

  it('pass over wildcards of the pattern', () => {
    const text = randomSymbols('wild', 60, 3);
    const symbols = randomSymbols('wild pattern', 20, 4);
    const matter = matterOf(text, plainPattern(symbols, 3));
    const jumping = finish(kangaroo(matter.text, matter.pattern));
    for (let i = 0; i <= 40; i++) {
      const distance = Array.from(symbols).filter((symbol, j) => symbol !== 3 && symbol !== text[i + j]).length;
      expect(jumping.distance(i, 20)).toBe(distance);
    }
  });

  it('pay for many windows of a long pattern and few differences only', () => {
    expect(jumpingPays(4000, 20000, 10000, 3)).toBe(true);
    expect(jumpingPays(10, 20000, 10000, 3)).toBe(false);
    expect(jumpingPays(4000, 20000, 10000, 5000)).toBe(false);
  });
});

it('a field holds k differences and an overflow', () => {
  for (let k = 0; k < 70; k++) expect(fieldBits(64, k)).toBe(Math.ceil(Math.log2(Math.min(k, 64) + 1)) + 1);
});

it('random maps never put windows further apart', () => {
  for (const letters of [3, 5, 30, 300]) {
    const text = randomSymbols('maps', 300, letters);
    const pattern = text.slice(40, 80);
    const bounds = finish(leastDistances(openMatter(text, pattern, false), settings, 'test'));
    const all = bruteForce(text, pattern);
    expect(bounds.exact).toBe(letters <= 4);
    let largest = 0;
    bounds.least.forEach((least: number, i: number) => {
      if (bounds.exact) expect(least).toBe(all[i]);
      expect(least).toBeLessThanOrEqual(all[i]);
      largest = Math.max(largest, least);
    });
    // Of 40 different letters a map to four hides a quarter: the largest of many is above half.
    if (letters >= 30) expect(largest).toBeGreaterThan(20);
  }
});

it('finds the least stride at which a pattern differs from itself in at most 8 k places', () => {
  const stream = randomStream('period');
  for (const period of [1, 3, 6, 11]) {
    const word = Uint8Array.from({ length: 400 }, (_, j) => 10 * (j % period));
    for (let change = 0; change < 6; change++) word[stream.integer(400)] = 1 + stream.integer(9);
    const { pattern } = openMatter(word, word, false);
    expect(finish(approximatePeriod(pattern, 12, settings)).rho).toBe(period);
    expect(finish(approximatePeriod(pattern, period - 1, settings)).rho).toBe(0);
  }
  const random = openMatter(randomSymbols('aperiodic', 400, 30), randomSymbols('aperiodic', 400, 30), false);
  expect(finish(approximatePeriod(random.pattern, 12, settings)).rho).toBe(0);
});

it('transforms and single pairs of changes give the same matches', () => {
  const text = randomSymbols('windows', 150, 9);
  const pattern = text.slice(20, 90);
  const matter = openMatter(text, pattern, false);
  const expected = bruteForce(text, pattern).map((distance) => 70 - distance);
  for (const rho of [1, 5, 80]) {
    const changes = patternChanges(matter.pattern, rho);
    const pairs = finish(pairsByClass(matter.text, matter.pattern, changes));
    for (const heavy of [[], [0], [2, 5], Array.from(pairs, (_, c) => c)]) {
      const tally = newTally();
      const { sums, itemPairs } = finish(windowMatches(matter.text, matter.pattern, changes, heavy, tally));
      expect(Array.from(sums.subarray(70 + rho, 150 + rho + 1))).toEqual(expected);
      let single = 0;
      pairs.forEach((count, c) => {
        if (!heavy.includes(c)) single += count;
      });
      expect(itemPairs).toBe(single);
      expect(tally.transformPoints > 0).toBe(heavy.length > 0);
    }
  }
});

it('transforms the classes whose pairs cost more than three transforms', () => {
  const table = costTable('js');
  // 1000 + 400 + 2 x 10 symbols fill a transform of 2048 = 2^11.
  const transforms = 3 * 2048 * (11 * table.transformLevel + table.transformRow);
  const limit = transforms / table.increment;
  const pairs = Float64Array.of(0.5 * limit, 3 * limit, 0, 1.1 * limit);
  const { heavy, cost } = planWindow(pairs, 1000, 400, 10, table);
  expect(heavy).toEqual([1, 3]);
  expect(cost).toBeCloseTo(2.5 * transforms + 1400 * table.symbol, 6);
});
