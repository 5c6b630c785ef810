import { randomStream } from '@lemmata/core';
import { toMatrix } from '@lemmata/linalg';
import { expect, it } from 'vitest';
import { GapMonitor } from '../src/certificates/duality-gap.js';
import { lassoProblem, loadProblem } from '../src/problem/lasso-problem.js';
import { openDesign } from '../src/problem/open-design.js';
import { nonzeroPlaces } from '../src/problem/survey.js';
import { kthSmallest } from '../src/rules/kth-smallest.js';
import { chooseWorkingSet } from '../src/rules/working-set.js';
import { testProblem } from './problems.js';

it('takes in the support and the nearest constraints, ties in the order of the columns', () => {
  const { rows, b } = testProblem('rule', 50, 60);
  // Every column twice: ties everywhere.
  const twice = rows.map((row) => row.flatMap((value) => [value, value]));
  const opened = openDesign(
    toMatrix('twice', twice),
    { intercept: false, weights: undefined, penalised: false },
    'js',
    true,
  );
  const problem = lassoProblem(opened, b);
  for (const _ of loadProblem(problem, opened, undefined));
  const { coefficients, workingSet, reach } = problem.design.work;
  const monitor = new GapMonitor(problem);
  workingSet.set([5, 11, 118]);
  problem.active = 3;
  for (const j of [5, 11, 118]) coefficients[j] = 0.01;
  const threshold = 1;
  problem.penalty.set(threshold);
  for (const _ of monitor.evaluate());
  expect(monitor.computed).toBe(120);
  chooseWorkingSet(problem, monitor);
  const chosen = Array.from(workingSet.subarray(0, problem.active));
  expect(chosen).toEqual([...new Set(chosen)].sort((p, q) => p - q));
  expect(chosen).toEqual(expect.arrayContaining([5, 11, 118]));
  expect(chosen.length).toBe(20);
  const score = (j: number) =>
    (threshold - monitor.scale * (reach[j] + problem.design.norms[j] * monitor.way)) / problem.design.norms[j];
  const inside = chosen.filter((j) => coefficients[j] === 0);
  const worst = Math.max(...inside.map(score));
  for (let j = 0; j < 120; j++) {
    if (chosen.includes(j)) continue;
    expect(score(j)).toBeGreaterThanOrEqual(worst);
    // Of a pair with equal scores the first one is taken first, unless it is in the support.
    if (j % 2 === 0 && coefficients[j + 1] === 0) expect(chosen).not.toContain(j + 1);
  }
  opened.dispose();
});

it('finds the k-th smallest of few and of many, ties and infinities included', () => {
  const stream = randomStream('k-th smallest');
  for (const length of [1, 2, 63, 64, 65, 200, 1000]) {
    for (const kinds of [3, 50, 1e9]) {
      const values = Float64Array.from({ length }, () => Math.floor(kinds * stream.uniform()));
      for (let k = 0; k < length; k += 17) values[k] = k % 2 === 0 ? -Infinity : Infinity;
      const sorted = values.slice().sort();
      for (const k of [1, 2, Math.ceil(length / 64), Math.ceil(length / 63), Math.ceil(length / 2), length]) {
        if (k <= length) expect(kthSmallest(values.slice(), k)).toBe(sorted[k - 1]);
      }
    }
  }
});

it('lists the places of numbers that are not 0, the smallest and NaN among them', () => {
  const stream = randomStream('nonzero places');
  const some = [0, 5e-324, 2 ** -1022, 1, 2 ** 32, Infinity, Number.NaN, 3 * 2 ** -1060];
  const values = Float64Array.from({ length: 500 }, () => some[Math.floor(some.length * stream.uniform())]);
  const places = new Int32Array(500);
  const count = nonzeroPlaces(values, places);
  const expected = Array.from(values.keys()).filter((j) => values[j] !== 0);
  expect(Array.from(places.subarray(0, count))).toEqual(expected);
});
