import { randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { type FoldPrimes, firstFolds, randomFolds } from '../src/las-vegas/fold-primes.js';
import { convolvePackedRests, convolveRests } from '../src/las-vegas/modular-convolution.js';
import { convolveByResidues, convolveDilated } from '../src/las-vegas/residue-convolution.js';
import { newResidueTally, type ResidueTally } from '../src/las-vegas/residue-tally.js';
import type { Slices } from '../src/one-shot.js';
import { nextPrime, randomPrime } from '../src/sums/primes.js';

function finish<T>(slices: Slices<T>): T {
  let step = slices.next();
  while (step.done !== true) step = slices.next();
  return step.value;
}

/** The convolution of the definition. */
function direct(x: Float64Array, y: Float64Array): number[] {
  const sums = new Array(x.length + y.length - 1).fill(0);
  x.forEach((a, i) => {
    if (a > 0) for (let j = 0; j < y.length; j++) sums[i + j] += a * y[j];
  });
  return sums;
}

type Kind = 'random' | 'progression' | 'cluster' | 'cluster and random';

/** A set of about `count` places below `length`. */
function places(kind: Kind, length: number, count: number, name: string): Float64Array {
  const stream = randomStream(name);
  const set = new Float64Array(length);
  const random = (size: number) => {
    for (const i of stream.sample(length, size)) set[i] = 1;
  };
  const from = stream.integer(length - 2 * count);
  if (kind === 'random') random(count);
  if (kind === 'progression') for (let i = 0; i < count; i++) set[Math.floor(length / count) * i] = 1;
  if (kind === 'cluster') for (const i of stream.sample(2 * count, count)) set[from + i] = 1;
  if (kind === 'cluster and random') {
    for (const i of stream.sample(count, count / 2)) set[from + i] = 1;
    random(count / 2);
  }
  return set;
}

const KINDS: Kind[] = ['random', 'progression', 'cluster', 'cluster and random'];
const drawn = (modular = convolveRests) => ({ folds: randomFolds(randomStream('folds')), modular });
const first = { folds: firstFolds(), modular: convolveRests };
const WAYS: [name: string, run: (x: Float64Array, y: Float64Array, tally: ResidueTally) => Slices<Float64Array>][] = [
  ['random primes', (x, y, tally) => convolveByResidues(x, y, drawn(), tally)],
  ['the first primes', (x, y, tally) => convolveByResidues(x, y, first, tally)],
  ['packed residues', (x, y, tally) => convolveByResidues(x, y, drawn(convolvePackedRests), tally)],
  ['dilation', (x, y, tally) => convolveDilated(x, y, randomStream('dilation'), drawn(), tally)],
];

describe.each(WAYS)('convolution by residues, %s', (way, run) => {
  it.each(KINDS)('equals the definition, %s', (kind) => {
    for (const [length, g] of [
      [64, 2],
      [512, 4.1],
      [512, 9],
      [2048, 5],
      [2048, 11],
      [8192, 4.1],
    ]) {
      const count = 2 * Math.ceil((g * Math.sqrt(length)) / 2);
      const x = places(kind, length, count, `${kind} x`);
      const y = places(kind, length, count, `${kind} y`);
      const tally = newResidueTally();
      expect(finish(run(x, y, tally)).join()).toBe(direct(x, y).join());
      // Known sums are never above the true ones and agree with them modulo the prime.
      expect([tally.leastDeficit, tally.largestRest]).toEqual([0, 0]);
      if (way !== 'dilation' && g > 5) expect(tally.rounds).toBeGreaterThan(0);
    }
  });
});

it.each([
  ['random primes', randomFolds(randomStream('large'))],
  ['the first primes', firstFolds()],
])('has many wrong residues to correct where sums are large, %s', (_, folds: FoldPrimes) => {
  // The sums of two progressions go up to 520, the prime is 277: residues of many are wrong.
  const length = 16384;
  const x = places('progression', length, 520, 'x');
  const y = x.slice();
  const tally = newResidueTally();
  const sums = finish(convolveByResidues(x, y, { folds, modular: convolveRests }, tally));
  expect(sums.join()).toBe(direct(x, y).join());
  expect([Math.max(...sums), nextPrime(Math.ceil(((520 * 520) / length) ** 2))]).toEqual([520, 277]);
  expect(tally.mostRounds).toBeGreaterThan(1);
  expect([tally.leastDeficit, tally.largestRest]).toEqual([0, 0]);
});

it('convolves weights and vectors of different lengths', () => {
  const stream = randomStream('weights');
  for (const [left, right] of [
    [1, 1],
    [1, 300],
    [700, 90],
    [300, 301],
    [1000, 3000],
  ]) {
    const draw = (length: number) =>
      Float64Array.from({ length }, () => (stream.uniform() < 0.2 ? stream.integer(3) : 0));
    const [x, y] = [draw(left), draw(right)];
    for (const [, run] of WAYS) expect(Array.from(finish(run(x, y, newResidueTally())))).toEqual(direct(x, y));
  }
});

it('ends by a plain convolution when folds settle nothing', () => {
  // Folded onto 3 places, no sum is ever alone.
  function* useless(): Generator<readonly number[], never> {
    for (;;) yield [3];
  }
  const x = places('progression', 16384, 520, 'x');
  const tally = newResidueTally();
  expect(finish(convolveByResidues(x, x, { ...first, folds: useless }, tally)).join()).toBe(direct(x, x).join());
  expect(tally.mostRounds).toBe(40);
  expect(tally.plain.transformPoints).toBeGreaterThan(0);
});

it('gives way between the parts', () => {
  const x = places('random', 4096, 400, 'x');
  const slices = convolveByResidues(x, x, first, newResidueTally());
  let count = 0;
  for (let step = slices.next(); step.done !== true; step = slices.next()) count++;
  expect(count).toBeGreaterThan(3);
});

describe('primes', () => {
  const isPrime = (q: number) => q > 1 && Array.from({ length: q }, (_, d) => d).every((d) => d < 2 || q % d > 0);
  it('are the next odd ones', () => {
    for (let from = 0; from < 500; from++) {
      let expected = Math.max(3, from);
      while (!isPrime(expected)) expected++;
      expect(nextPrime(from)).toBe(expected);
    }
  });
  it('are drawn from all of a range', () => {
    const stream = randomStream('primes');
    const drawn = new Set(Array.from({ length: 300 }, () => randomPrime(stream, 20)));
    expect([...drawn].sort((a, b) => a - b)).toEqual([23, 29, 31, 37]);
    expect(randomPrime(stream, 3)).toBeLessThanOrEqual(6);
  });
  it('of a deterministic round are the first ones, as many as the length has digits', () => {
    const rounds = firstFolds()(20, 16);
    expect([rounds.next().value, rounds.next().value]).toEqual([
      [23, 29, 31, 37],
      [41, 43, 47, 53],
    ]);
  });
});
