import { liveArenas } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { hammingProfile } from '../src/index.js';
import { bruteForce, randomSymbols } from './texts.js';

const text = randomSymbols('transforms', 12000, 4);
const pattern = randomSymbols('transforms pattern', 1500, 4);
const exact = bruteForce(text, pattern);

describe.each(['js', 'wasm'] as const)('kernels %s', (backend) => {
  it.each(['f32', 'f64'] as const)(
    '%s keeps its rounding errors below the bound and the bound below 1/4',
    (precision) => {
      const {
        distances,
        certificate,
        counts,
        backend: ran,
      } = hammingProfile(text, pattern, {
        method: 'fft',
        precision,
        backend,
      });
      expect(Array.from(distances)).toEqual(exact);
      expect(certificate.kind).toBe('rounding-bound');
      expect(certificate.bound).toBeLessThan(0.25);
      expect(certificate.residual).toBeLessThanOrEqual(certificate.bound);
      // A residual of exactly 0 would mean that nothing was measured.
      expect(certificate.residual).toBeGreaterThan(0);
      expect(counts.fallbackBlocks).toBe(0);
      expect(ran).toBe(backend);
      expect(liveArenas()).toBe(0);
    },
  );
});

it('takes f64 for blocks that f32 is not certified for, and f32 for blocks with few letters', () => {
  // A dense block of F >= 2 m symbols has norms sqrt(F m): at m = 8000, F = 2^14 the bound is
  // 1.01 2^-24 (27 * 15 + 2 + 4) 11449 = 0.28, and it grows with F.
  const m = 8000;
  const dense = 'ab'.repeat(30000);
  const sparse = 'z'.repeat(60000);
  const both = hammingProfile(dense + sparse, 'ab'.repeat(m / 2), { method: 'fft', precision: 'f32' });
  expect(both.counts.fallbackBlocks).toBeGreaterThan(0);
  expect(both.certificate.bound).toBeLessThan(0.25);
  const marked = hammingProfile(dense + sparse, 'ab'.repeat(m / 2), { method: 'sliced' });
  expect(both.distances).toEqual(marked.distances);
  const thin = hammingProfile(sparse + 'a'.repeat(20) + sparse, 'ab'.repeat(m / 2), {
    method: 'fft',
    precision: 'f32',
  });
  expect(thin.counts.fallbackBlocks).toBe(0);
});

it('says that sums of integers need no bound', () => {
  for (const method of ['bytes', 'sliced', 'marking'] as const) {
    const { certificate, backend } = hammingProfile(text, pattern, { method });
    expect(certificate).toEqual({ kind: 'integers', bound: 0, residual: 0 });
    expect(backend).toBe(method === 'marking' ? 'js' : 'wasm');
  }
});
