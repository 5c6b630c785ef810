import { liveArenas } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { hammingProfile, preparePattern } from '../src/index.js';
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

describe.each(['f32', 'f64'] as const)('%s has the same bits with both backends', (precision) => {
  // Signs; indicators in bytes with few letters; more letters than one register tells apart; codes of 16 bits.
  it.each([
    [4, 1],
    [4, 16],
    [4, 1500],
    [5, 700],
    [7, 1],
    [30, 321],
    [300, 500],
  ])('%d letters, m = %d', (letters, m) => {
    const symbols = Uint16Array.from(randomSymbols(`bits ${letters}`, 4000, letters));
    const given = letters < 256 ? Uint8Array.from(symbols) : symbols;
    const searched = given.slice(100, 100 + m);
    const [js, wasm] = (['js', 'wasm'] as const).map((backend) =>
      hammingProfile(given, searched, { method: 'fft', precision, backend }),
    );
    expect([js.backend, wasm.backend]).toEqual(['js', 'wasm']);
    expect(wasm.distances).toEqual(js.distances);
    expect(Array.from(wasm.distances)).toEqual(bruteForce(given, searched));
    expect(wasm.counts).toEqual(js.counts);
    expect(wasm.certificate).toEqual(js.certificate);
  });
});

it('takes f64 for blocks that f32 is not certified for, and f32 for blocks with few letters', () => {
  // A dense block of two letters, F >= 2 m of them, has one row of signs of the norms sqrt(F) and sqrt(m): at m = 64000,
  // F = 2^17 the bound is 1.01 2^-24 (8.1 * 18 + 1 + 3) 91590 / 2 = 0.41, and it grows with F.
  const m = 64000;
  const dense = 'ab'.repeat(100000);
  const sparse = 'z'.repeat(200000);
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

describe('texts of two and four letters, shown by signs', () => {
  it.each([2, 4])('%d letters: one transform less a block, the same distances', (letters) => {
    const m = 500;
    const two = randomSymbols(`signs ${letters}`, 9000, letters);
    const searched = two.slice(3000, 3000 + m);
    searched[7] = (searched[7] + 1) % letters;
    const expected = bruteForce(two, searched);
    for (const precision of ['f32', 'f64'] as const) {
      const { distances, counts, certificate, plan } = hammingProfile(two, searched, { method: 'fft', precision });
      expect(Array.from(distances)).toEqual(expected);
      const blocks = Math.ceil((two.length - m + 1) / (plan.transformLength - m + 1));
      // The pattern's rows, and for each block its rows and the transform back.
      expect(counts.transformPoints).toBe(plan.transformLength * (letters - 1 + blocks * letters));
      expect(certificate.residual).toBeLessThanOrEqual(certificate.bound);
      expect(certificate.residual).toBeGreaterThan(0);
      expect(certificate.bound).toBeLessThan(0.25);
    }
  });

  it.each([2, 4])('count other symbols of a window: %d letters and runs of another one', (letters) => {
    const symbols = Uint8Array.from(randomSymbols(`others ${letters}`, 6000, letters));
    const searched = symbols.slice(700, 1000);
    for (const [from, to] of [
      [0, 40],
      [900, 901],
      [1500, 2500],
      [5980, 6000],
    ])
      symbols.fill(200, from, to);
    const expected = bruteForce(symbols, searched);
    for (const precision of ['f32', 'f64'] as const) {
      const [js, wasm] = (['js', 'wasm'] as const).map((backend) =>
        hammingProfile(symbols, searched, { method: 'fft', precision, backend }),
      );
      expect(Array.from(js.distances)).toEqual(expected);
      expect(wasm.distances).toEqual(js.distances);
      expect(wasm.certificate).toEqual(js.certificate);
      expect(js.certificate.residual).toBeLessThanOrEqual(js.certificate.bound);
      const { transformLength } = js.plan;
      const blocks = Math.ceil((symbols.length - searched.length + 1) / (transformLength - searched.length + 1));
      // Rows of signs throughout: one row less than letters.
      expect(js.counts.transformPoints).toBe(transformLength * (letters - 1 + blocks * letters));
    }
  });

  it('take indicators for blocks with other letters, and count wildcards as met', () => {
    const bases = Array.from(randomSymbols('signs dna', 12000, 4), (code) => 'ACGT'[code]);
    for (let i = 5000; i < 5040; i++) bases[i] = 'N';
    const dna = bases.join('');
    const guide = `${dna.slice(2000, 2200)}-${dna.slice(2201, 2400)}---${dna.slice(2403, 2500)}`;
    const looked = preparePattern(guide, { wildcard: { pattern: '-' } });
    const expected = Array.from({ length: dna.length - guide.length + 1 }, (_, i) => {
      let distance = 0;
      for (let j = 0; j < guide.length; j++) if (guide[j] !== '-' && guide[j] !== dna[i + j]) distance++;
      return distance;
    });
    const { distances, counts, plan } = hammingProfile(dna, looked, { method: 'fft' });
    expect(Array.from(distances)).toEqual(expected);
    expect(distances[2000]).toBe(0);
    const blocks = Math.ceil(expected.length / (plan.transformLength - guide.length + 1));
    // Both kinds of rows were taken: more than signs alone, less than indicators alone.
    expect(counts.transformPoints).toBeGreaterThan(plan.transformLength * (3 + 4 * blocks));
    expect(counts.transformPoints).toBeLessThan(plan.transformLength * (7 + 5 * blocks));
  });
});

it('says that sums of integers need no bound', () => {
  for (const method of ['bytes', 'sliced', 'marking'] as const) {
    const { certificate, backend } = hammingProfile(text, pattern, { method });
    expect(certificate).toEqual({ kind: 'integers', bound: 0, residual: 0 });
    expect(backend).toBe(method === 'marking' ? 'js' : 'wasm');
  }
});
