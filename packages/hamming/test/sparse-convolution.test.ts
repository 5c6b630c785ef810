import { randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { runOneShot } from '../src/one-shot.js';
import { PRIMES } from '../src/sums/number-theoretic.js';
import { convolutionOf, FEW_PAIRS, type SparseVector, sparseConvolution } from '../src/sums/sparse-convolution.js';

/** The entries that are not 0, as the definition says. */
function direct(a: SparseVector, b: SparseVector): [number, number][] {
  const table = new Map<number, number>();
  for (let i = 0; i < a.indices.length; i++) {
    for (let j = 0; j < b.indices.length; j++) {
      const place = a.indices[i] + b.indices[j];
      table.set(place, (table.get(place) ?? 0) + a.values[i] * b.values[j]);
    }
  }
  return [...table].filter(([, value]) => value !== 0).sort(([x], [y]) => x - y);
}

/** The convolution without adding pairs. */
function folded(a: SparseVector, b: SparseVector) {
  const read = ({ indices, values }: SparseVector) => ({
    indices: Float64Array.from(indices),
    values: Float64Array.from(values),
  });
  return runOneShot(() => convolutionOf(read(a), read(b), 0), undefined);
}

describe('sparseConvolution', () => {
  it('equals the definition: signed and unsigned, spread and clustered', () => {
    const stream = randomStream('sparse');
    for (const spread of [10, 1000, 2 ** 31]) {
      for (const signed of [0, 50]) {
        for (const [left, right] of [
          [1, 1],
          [0, 3],
          [12, 9],
          [40, 40],
        ]) {
          const draw = (length: number): SparseVector => ({
            indices: Array.from({ length }, () => stream.integer(spread)),
            values: Array.from({ length }, () => stream.integer(100) - signed),
          });
          const [a, b] = [draw(left), draw(right)];
          const { indices, values, certificate, counts } = folded(a, b);
          expect(counts.pairs).toBe(0);
          expect(Array.from(indices, (index, k) => [index, values[k]])).toEqual(direct(a, b));
          const few = sparseConvolution(a, b);
          expect([few.indices, few.values]).toEqual([indices, values]);
          expect(few.counts.pairs).toBe(left * right);
          expect(certificate.failure).toBeLessThanOrEqual((2 * spread) / 2 ** 60);
        }
      }
    }
  });

  it('finds entries that are multiples of a prime, and large places', () => {
    for (const p of PRIMES) {
      const a = { indices: [0, 2 ** 51, 2 ** 52 + 1], values: [p, 1, -p] };
      const b = { indices: [3, 2 ** 51], values: [1, 2] };
      const { indices, values } = folded(a, b);
      expect(Array.from(indices, (index, k) => [index, values[k]])).toEqual(direct(a, b));
    }
  });

  it('folds where pairs are many and entries few', () => {
    const length = 2049;
    const a = { indices: Array.from({ length }, (_, i) => 2 ** 40 + i), values: new Array(length).fill(1) };
    expect(length * length).toBeGreaterThan(FEW_PAIRS);
    const { indices, values, counts } = sparseConvolution(a, a);
    expect(counts.pairs).toBe(0);
    expect(indices).toEqual(Float64Array.from({ length: 2 * length - 1 }, (_, k) => 2 ** 41 + k));
    expect(values).toEqual(Float64Array.from({ length: 2 * length - 1 }, (_, k) => length - Math.abs(k - length + 1)));
  });

  it('gives nothing when everything cancels', () => {
    const a = { indices: [5, 5], values: [1, -1] };
    expect(sparseConvolution(a, a).indices.length).toBe(0);
  });

  it.each([
    ['negative places', { indices: [-1], values: [1] }, /^a.indices\[0\]: expected an integer in \[0, /],
    ['fractions', { indices: [1], values: [0.5] }, /^a.values\[0\]: expected an integer in/],
    ['unequal lengths', { indices: [1, 2], values: [1] }, /^a.values: expected length 2 \(indices\), got 1$/],
    ['large places', { indices: [2 ** 53 - 1], values: [1] }, /^a.indices: expected places whose sums/],
    ['large sums', { indices: [1], values: [2 ** 52] }, /^a.values: expected entries whose sums stay below 2\^53/],
    ['no vector', 7 as never, /^a: expected an object of indices and values, got 7$/],
  ])('refuses %s', (_, a, message) => {
    expect(() => sparseConvolution(a, { indices: [3], values: [2] })).toThrow(message);
  });
});
