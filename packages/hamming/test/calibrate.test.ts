import { liveArenas } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { calibrate, hammingProfile, hammingSearch, plan } from '../src/index.js';
import { costTable } from '../src/rules/cost-table.js';
import { bruteForce, randomSymbols } from './texts.js';

describe.each(['js', 'wasm'] as const)('calibrate, %s', (backend) => {
  const costs = calibrate({ milliseconds: 8, backend });

  it('gives a positive cost under every name, and keeps no memory', () => {
    expect(Object.keys(costs).sort()).toEqual(Object.keys(costTable(backend)).sort());
    expect(Object.values(costs).every((cost) => Number.isFinite(cost) && cost > 0)).toBe(true);
    expect(liveArenas()).toBe(0);
  });

  it('measures each group of costs by one factor', () => {
    const before = costTable(backend);
    for (const [a, b] of [
      ['laneComparison', 'laneShift'],
      ['planeComparison', 'planeDigit'],
      ['transformLevel', 'transformRow'],
      ['increment', 'verification'],
    ] as const) {
      // Two products and two quotients, each off by at most half a unit of 2^-52.
      expect(Math.abs(((costs[a] / before[a]) * before[b]) / costs[b] - 1)).toBeLessThanOrEqual(2 ** -50);
    }
  });

  it('decides which method runs, never what it gives', () => {
    const text = randomSymbols('calibrated', 600, 20);
    const pattern = text.slice(30, 80);
    const expected = bruteForce(text, pattern);
    const tables = [costs, { ...costs, increment: 1e9 }, { ...costs, laneComparison: 1e9, planeComparison: 1e9 }];
    const methods = tables.map((table) => {
      expect(Array.from(hammingProfile(text, pattern, { costs: table, backend }).distances)).toEqual(expected);
      expect(Array.from(hammingSearch(text, pattern, 0, { costs: table, backend }).positions)).toEqual([30]);
      return plan(600, pattern, { costs: table }).method;
    });
    expect(new Set(methods).size).toBeGreaterThan(1);
    expect(structuredClone(costs)).toEqual(JSON.parse(JSON.stringify(costs)));
  });
});

it('refuses times that are none', () => {
  for (const milliseconds of [0, -1, NaN, Infinity, '9']) {
    expect(() => calibrate({ milliseconds: milliseconds as number })).toThrow(
      'options.milliseconds: expected a finite',
    );
  }
  expect(() => calibrate({ backend: 'gpu' as 'js' })).toThrow('options.backend');
  expect(() => calibrate({ seed: 1 } as object)).toThrow('options.seed');
});
