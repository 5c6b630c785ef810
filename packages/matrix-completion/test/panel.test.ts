import { liveArenas, randomStream } from '@lemmata/core';
import { firstDifference } from '@lemmata/testing';
import { expect, it } from 'vitest';
import { normalEquations, PANEL } from '../src/kernels/panel.js';

it.each([1, 2, 3, 4, 5, 8, 9, 16, 17])('adds panels of width %s with the same bits on both backends', (n) => {
  const stream = randomStream(`panel ${n}`);
  const both = (['js', 'wasm'] as const).map((choice) => normalEquations(n, choice));
  for (const count of [1, 2, 3, 4, 5, 31, 63, PANEL, 0]) {
    const rows = Array.from({ length: count * n }, () => (stream.uniform() < 0.1 ? -0 : stream.normal()));
    const weights = Array.from({ length: count }, () => stream.uniform());
    const pulls = Array.from({ length: count }, () => stream.normal());
    for (const equations of both) {
      equations.panel.set(rows);
      equations.weights.set(weights);
      equations.pulls.set(pulls);
      equations.add(count);
    }
    expect(firstDifference(both[0].h, both[1].h)).toBe(-1);
    expect(firstDifference(both[0].c, both[1].c)).toBe(-1);
  }
  // The sums themselves, written once more: all that was added above, at random weights of size one.
  const fresh = normalEquations(n);
  const rows = Array.from({ length: 10 * n }, () => stream.normal());
  const weights = Array.from({ length: 10 }, () => stream.uniform());
  fresh.panel.set(rows);
  fresh.weights.set(weights);
  fresh.pulls.set(weights);
  fresh.add(10);
  for (let a = 0; a < n; a++) {
    for (let b = 0; b < n; b++) {
      const sum = weights.reduce((total, w, e) => total + w * rows[e * n + a] * rows[e * n + b], 0);
      expect(fresh.h[a * n + b]).toBeCloseTo(b <= a ? sum : 0, 12);
    }
    expect(fresh.c[a]).toBeCloseTo(
      weights.reduce((total, w, e) => total + w * rows[e * n + a], 0),
      12,
    );
  }
  for (const equations of [...both, fresh]) equations.dispose();
  expect(liveArenas()).toBe(0);
});
