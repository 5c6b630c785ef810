import { randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { shrinkBlock, shrinkEntries } from '../src/groups/block-prox.js';
import { blockMinimiser, curvatureOf } from '../src/groups/block-step.js';
import { shiftRow } from '../src/groups/softmax-gauge.js';
import { symmetricEigen } from '../src/groups/symmetric-eigen.js';

const stream = randomStream('group blocks');
const normals = (n: number) => Float64Array.from({ length: n }, () => stream.normal());

/** X'X of a random X with m rows, of rank m at most. */
function products(m: number, n: number): Float64Array {
  const X = Array.from({ length: m }, () => normals(n));
  return Float64Array.from({ length: n * n }, (_, e) => {
    const j = e % n;
    const i = (e - j) / n;
    return X.reduce((sum, row) => sum + row[i] * row[j], 0);
  });
}

describe('steps of blocks', () => {
  it('are optimal for every diagonal model', () => {
    for (let trial = 0; trial < 300; trial++) {
      const n = 1 + stream.integer(6);
      const d = normals(n).map((value) => value * value * (trial % 3 === 0 ? 1e6 : 1));
      if (trial % 5 === 0) d.fill(d[0]);
      const u = normals(n);
      const t = Math.abs(stream.normal()) * (trial % 7 === 0 ? 0 : 1);
      const v = u.slice();
      shrinkBlock(v, d, t);
      const size = Math.hypot(...v);
      const pull = Math.hypot(...u);
      if (size === 0) expect(pull).toBeLessThanOrEqual(t);
      else {
        // d v - u + t v / |v| = 0, to some tens of roundings of each of its terms.
        v.forEach((value, i) => {
          const rest = d[i] * value - u[i] + (t * value) / size;
          expect(Math.abs(rest)).toBeLessThanOrEqual(64 * n * Number.EPSILON * (pull + t));
        });
      }
      const w = u.slice();
      shrinkEntries(w, d, t);
      w.forEach((value, i) => {
        if (value === 0) expect(Math.abs(u[i])).toBeLessThanOrEqual(t);
        else expect(d[i] * value + t * Math.sign(value)).toBeCloseTo(u[i], 12);
      });
    }
  });

  it('are optimal for the products of a group, dependent columns and ridge included', () => {
    for (let trial = 0; trial < 100; trial++) {
      const n = 2 + stream.integer(5);
      const m = 1 + stream.integer(8);
      const H = products(m, n);
      const w = normals(n);
      const ridge = trial % 2 === 0 ? 0 : 0.5;
      // Products with a residual lie in the range of X'.
      const range = normals(n);
      const c = Float64Array.from({ length: n }, (_, i) =>
        range.reduce((sum, value, j) => sum + H[i * n + j] * value, 0),
      );
      const t = Math.abs(stream.normal());
      const v = new Float64Array(n);
      blockMinimiser(curvatureOf(H.slice(), n), c, w, t, ridge, false, v);
      const size = Math.hypot(...v);
      const scale = H.reduce((sum, value) => sum + Math.abs(value), 1) * 10;
      const gradient = Array.from(v, (value, i) =>
        w.reduce((sum, old, j) => sum - H[i * n + j] * (old - v[j]), ridge * value - c[i]),
      );
      if (size === 0) expect(Math.hypot(...gradient)).toBeLessThanOrEqual(t * (1 + 1e-12));
      else {
        gradient.forEach((g, i) => {
          expect(Math.abs(g + (t * v[i]) / size)).toBeLessThanOrEqual(1e-12 * scale);
        });
      }
    }
  });

  it('have a curvature that bounds that of the group', () => {
    for (const n of [1, 5, 70]) {
      const H = products(20, n);
      const { values, vectors } = curvatureOf(H.slice(), n);
      expect(vectors === undefined).toBe(n === 1 || n > 64);
      const steepest = Math.max(...values);
      for (let trial = 0; trial < 20; trial++) {
        const x = normals(n);
        let form = 0;
        for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) form += x[i] * H[i * n + j] * x[j];
        const square = x.reduce((sum, value) => sum + value * value, 0);
        expect(form).toBeLessThanOrEqual(steepest * square * (1 + 1e-12));
      }
    }
  });

  it('have eigenvectors: H = Q diag(values) Q', () => {
    for (const [m, n] of [
      [9, 6],
      [3, 6],
      [1, 2],
    ]) {
      const H = products(m, n);
      const { values, vectors } = symmetricEigen(H.slice(), n);
      const size = H.reduce((sum, value) => sum + Math.abs(value), 0);
      expect(values.filter((value) => value > 0).length).toBe(Math.min(m, n));
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          let entry = 0;
          let identity = 0;
          for (let s = 0; s < n; s++) {
            entry += values[s] * vectors[s * n + i] * vectors[s * n + j];
            identity += vectors[i * n + s] * vectors[j * n + s];
          }
          expect(Math.abs(entry - H[i * n + j])).toBeLessThanOrEqual(64 * n * Number.EPSILON * size);
          expect(Math.abs(identity - (i === j ? 1 : 0))).toBeLessThanOrEqual(64 * n * Number.EPSILON);
        }
      }
    }
  });
});

it('diag(p) - p p is at most 2 diag(p (1 - p)), and exactly that across two classes', () => {
  for (let trial = 0; trial < 200; trial++) {
    const k = 2 + stream.integer(5);
    const raw = normals(k).map((value) => Math.exp(3 * value));
    const total = raw.reduce((sum, value) => sum + value, 0);
    const p = raw.map((value) => value / total);
    const x = trial % 2 === 0 ? normals(k) : Float64Array.from({ length: k }, (_, c) => (c === 0 ? 1 : -1));
    const mean = p.reduce((sum, value, c) => sum + value * x[c], 0);
    const form = p.reduce((sum, value, c) => sum + value * (x[c] - mean) * (x[c] - mean), 0);
    const bound = p.reduce((sum, value, c) => sum + 2 * value * (1 - value) * x[c] * x[c], 0);
    expect(form).toBeLessThanOrEqual(bound * (1 + 1e-12) + 1e-15);
    const other = p.reduce((sum, value, c) => sum + value * x[c] * x[c], 0);
    expect(form).toBeLessThanOrEqual(other * (1 + 1e-12) + 1e-15);
    if (k === 2 && trial % 2 === 1) expect(form).toBeCloseTo(bound, 12);
  }
});

it('rows of softmax coefficients are shifted to where their penalty is smallest', () => {
  for (let trial = 0; trial < 300; trial++) {
    const k = 2 + stream.integer(5);
    const w = normals(k);
    if (trial % 4 === 0) w[0] = 0;
    const t = trial % 5 === 0 ? 0 : Math.abs(stream.normal());
    const mu = trial % 3 === 0 || t === 0 ? Math.abs(stream.normal()) : 0;
    const entrywise = trial % 2 === 0;
    const price = (row: Float64Array) =>
      t * (entrywise ? row.reduce((sum, value) => sum + Math.abs(value), 0) : Math.hypot(...row)) +
      (mu / 2) * row.reduce((sum, value) => sum + value * value, 0);
    const shifted = w.slice();
    shiftRow(shifted, t, mu, entrywise);
    shifted.forEach((value, c) => {
      expect(w[c] - value).toBeCloseTo(w[0] - shifted[0], 12);
    });
    // The penalty is convex in the shift: no worse on either side means the best.
    for (const step of [-1e-3, 1e-3, -0.1, 0.1, 1, -1]) {
      expect(price(shifted)).toBeLessThanOrEqual(price(shifted.map((value) => value + step)) + 1e-14 * k);
    }
  }
});
