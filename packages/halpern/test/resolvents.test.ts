import { randomStream } from '@lemmata/core';
import { randomVector } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import {
  boxResolvent,
  productResolvent,
  type Resolvent,
  simplexResolvent,
  softThresholdResolvent,
} from '../src/index.js';

const stream = randomStream('resolvents');
const uniform = () => stream.uniform();
const d = 5;

function resolved(resolvent: Resolvent, w: Float64Array, step = 0.7): Float64Array {
  const out = new Float64Array(w.length).fill(NaN);
  resolvent.resolve(w, step, out);
  return out;
}

function dot(u: Float64Array, v: Float64Array): number {
  return u.reduce((sum, value, j) => sum + value * v[j], 0);
}

const minus = (u: Float64Array, v: Float64Array) => u.map((value, j) => value - v[j]);

const all: [string, Resolvent][] = [
  ['box', boxResolvent(new Float64Array(d).fill(-0.5), [0.1, 0.5, Infinity, 0.5, -0.2])],
  ['simplex', simplexResolvent(1.5)],
  ['soft threshold', softThresholdResolvent(0.4)],
  [
    'product',
    productResolvent([
      { length: 2, resolvent: simplexResolvent() },
      { length: 1 },
      { length: 2, resolvent: softThresholdResolvent(1) },
    ]),
  ],
];

describe.each(all)('%s', (_name, resolvent) => {
  // Numbers below 3 and sums of 5 terms: rounding is below 1e-14.
  it('is firmly nonexpansive, and its elements of G are monotone', () => {
    for (let trial = 0; trial < 200; trial++) {
      const [w, v] = [randomVector(uniform, d).map((x) => 2 * x), randomVector(uniform, d)];
      const [p, q] = [resolved(resolvent, w), resolved(resolvent, v)];
      const move = minus(p, q);
      expect(dot(move, move)).toBeLessThanOrEqual(dot(move, minus(w, v)) + 1e-14);
      expect(dot(minus(minus(w, p), minus(v, q)), move)).toBeGreaterThanOrEqual(-1e-14);
    }
  });
});

describe('projections', () => {
  it.each(all.slice(0, 2))('stay where they are once projected, %s', (_name, resolvent) => {
    for (let trial = 0; trial < 100; trial++) {
      const p = resolved(resolvent, randomVector(uniform, d));
      const q = resolved(resolvent, p);
      // Each entry of the second projection is off by a few roundings of sums below 2.
      for (let j = 0; j < d; j++) expect(Math.abs(p[j] - q[j])).toBeLessThanOrEqual(8 * d * Number.EPSILON);
    }
  });

  it('satisfy the variational inequality on the simplex', () => {
    for (let trial = 0; trial < 200; trial++) {
      const w = randomVector(uniform, d).map((x) => 3 * x);
      const z = resolved(simplexResolvent(), w);
      expect(Math.min(...z)).toBeGreaterThanOrEqual(0);
      expect(Math.abs(z.reduce((sum, x) => sum + x, 0) - 1)).toBeLessThanOrEqual(8 * d * Number.EPSILON);
      for (let vertex = 0; vertex < d; vertex++) {
        const v = Float64Array.from({ length: d }, (_, j) => (j === vertex ? 1 : 0));
        expect(dot(minus(w, z), minus(v, z))).toBeLessThanOrEqual(1e-14);
      }
    }
  });

  it('handle ties, single entries and large numbers', () => {
    expect(Array.from(resolved(simplexResolvent(), Float64Array.of(7)))).toEqual([1]);
    expect(Array.from(resolved(simplexResolvent(), Float64Array.of(3, 3, 3, 3)))).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(Array.from(resolved(simplexResolvent(), Float64Array.of(1e15, 1e15, -1e15)))).toEqual([0.5, 0.5, 0]);
    expect(Array.from(resolved(simplexResolvent(), Float64Array.of(1e-300, 0)))).toEqual([0.5, 0.5]);
  });

  it('know soft thresholding by its definition', () => {
    // The prox minimises step weight |z| + (z - w)^2 / 2: the subgradient (w - z) / (step weight) has the sign of z.
    const w = Float64Array.of(1, -1, 0.2, 0.28, 0);
    const z = resolved(softThresholdResolvent(0.4), w, 0.7);
    const threshold = 0.7 * 0.4;
    expect(Array.from(z)).toEqual([1 - threshold, threshold - 1, 0, Math.max(0.28 - threshold, 0), 0]);
  });
});
