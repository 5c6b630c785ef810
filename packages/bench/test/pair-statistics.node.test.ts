import { exp, type RandomStream, randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { judge, type PairFindings, ratioInterval } from '../src/pair-statistics.js';

/** A day at the machine: what multiplies the time of a process. */
type Noise = (stream: RandomStream) => number;

/** Normal noise on a logarithmic scale, of standard deviation `sigma`. */
const normal =
  (sigma: number): Noise =>
  (stream) =>
    exp(sigma * stream.normal());

/** Processes that fall into modes, as medians of fresh processes do on a shared machine: 1, 1.11 or 1.43 times. */
const modes: Noise = (stream) => [1, 1, 1, 1.11, 1.43][stream.integer(5)] * exp(0.003 * stream.normal());

/** One comparison of ten pairs by simulated processes, the second contender `factor` times as slow. */
function simulate(factor: number, noise: Noise, seed: string): PairFindings {
  const stream = randomStream(seed);
  const times = (scale: number): number[] => Array.from({ length: 10 }, () => scale * noise(stream));
  return judge(
    ratioInterval(times(0.1), times(0.1 * factor), stream.fork('ratio')),
    ratioInterval(times(0.1), times(0.1), stream.fork('control')),
  );
}

function verdicts(repetitions: number, factor: number, noise: Noise): string[] {
  return Array.from({ length: repetitions }, (_, i) => simulate(factor, noise, `${factor} ${i}`).verdict);
}

const flagged = (all: readonly string[]): number => all.filter((verdict) => verdict !== 'no difference seen').length;

describe('the verdict on simulated times', () => {
  // The interval alone would be wrong in 5% of the cases; with n = 400 that is 20, and 20 + 4 sqrt(400 * .05 * .95) = 37
  // is exceeded once in 30 000 sets of draws. The seeds are fixed, so this is a statement on the rule, not on luck.
  it.each([
    ['calm', normal(0.002)],
    ['busy', normal(0.05)],
    ['in modes', modes],
  ])('raises a false alarm in less than one in twenty comparisons of equal solvers, %s machine', (_, noise) => {
    expect(flagged(verdicts(400, 1, noise))).toBeLessThanOrEqual(37);
  });

  it.each([1.05, 1.15, 1.3, 1 / 1.05])(
    'finds a factor of %f on a calm machine, every time, with its sign',
    (factor) => {
      expect(new Set(verdicts(100, factor, normal(0.003)))).toEqual(new Set([factor > 1 ? 'slower' : 'faster']));
    },
  );

  it('estimates the factor: nine intervals in ten hold it', () => {
    // 95% intervals from ten pairs are somewhat short; 100 draws with p >= .9 give at least 78 but once in 10 000 sets.
    const hits = Array.from({ length: 100 }, (_, i) => simulate(1.05, normal(0.01), `cover ${i}`).ratio);
    expect(hits.filter(({ low, high }) => low <= 1.05 && 1.05 <= high).length).toBeGreaterThanOrEqual(78);
  });

  it('sees no 5% on a busy machine, and says so', () => {
    const findings = Array.from({ length: 50 }, (_, i) => simulate(1.05, modes, `busy ${i}`));
    for (const { verdict, detectable } of findings) {
      if (verdict === 'no difference seen') expect(detectable).toBeGreaterThan(0.05);
    }
    expect(flagged(findings.map(({ verdict }) => verdict))).toBeLessThan(25);
  });

  it('is no difference below the noise floor of 2%, however sure', () => {
    expect(flagged(verdicts(50, 1.015, normal(0.0005)))).toBe(0);
    expect(flagged(verdicts(50, 1.03, normal(0.0005)))).toBe(50);
  });
});

describe('the interval', () => {
  it('is the same on every repeat, and mirrored when the contenders change places', () => {
    const a = [1, 1.1, 0.9, 1.2, 1, 1, 1.3, 0.95, 1.05, 1];
    const b = a.map((seconds, i) => seconds * (1.1 + 0.01 * i));
    const first = ratioInterval(a, b, randomStream('x'));
    expect(ratioInterval(a, b, randomStream('x'))).toEqual(first);
    const mirrored = ratioInterval(b, a, randomStream('x'));
    // Logarithms of a ratio and of its inverse differ by an ulp or two, and exp by one more.
    expect(Math.abs(mirrored.ratio * first.ratio - 1)).toBeLessThanOrEqual(16 * Number.EPSILON);
    expect(Math.abs(mirrored.low * first.high - 1)).toBeLessThanOrEqual(16 * Number.EPSILON);
  });

  it('is the median alone when all pairs agree', () => {
    const { ratio, low, high } = ratioInterval([1, 2, 3], [2, 4, 6], randomStream(0));
    expect([low, high]).toEqual([ratio, ratio]);
    expect(Math.abs(ratio - 2)).toBeLessThanOrEqual(4 * Number.EPSILON);
  });

  it.each([
    [[], []],
    [[1], [1, 2]],
    [[0], [1]],
    [[1], [Number.NaN]],
  ])('is refused for %j and %j', (first, second) => {
    expect(() => ratioInterval(first, second, randomStream(0))).toThrow(/^pairs: expected/);
  });
});
