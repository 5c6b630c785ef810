import { describe, expect, it } from 'vitest';
import { digestArray, RandomStream, randomStream, seedString } from '../src/index.js';

/** Pearson's statistic of counts against equal expectations. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((a, b) => a + b, 0) / counts.length;
  return counts.reduce((sum, count) => sum + ((count - expected) * (count - expected)) / expected, 0);
}

/** A bound that a chi-square variable with d degrees of freedom exceeds with probability < 1e-9 (Laurent and Massart). */
function chiSquareBound(d: number): number {
  const t = Math.log(1e9);
  return d + 2 * Math.sqrt(d * t) + 2 * t;
}

describe('random streams', () => {
  it('are the same for 42 and "42", and differ between seeds, forks and paths', () => {
    const first = (stream: RandomStream) => stream.uniform();
    expect(first(randomStream(42))).toBe(first(randomStream('42')));
    const streams = [
      randomStream(1),
      randomStream(2),
      randomStream(1).fork('a'),
      randomStream(1).fork('b'),
      randomStream(1).fork('a').fork('b'),
      randomStream(1).fork('a/b'),
      randomStream('1,a'),
    ];
    expect(new Set(streams.map(first)).size).toBe(streams.length);
  });

  it('fork independently of their position', () => {
    const parent = randomStream(7);
    const before = parent.fork('x').uniform();
    parent.uniform();
    expect(parent.fork('x').uniform()).toBe(before);
  });

  it('go on from a snapshot, also through JSON and in the middle of a pair of normals', () => {
    const stream = randomStream('snapshot').fork('inner');
    stream.normal();
    const copy = RandomStream.restore(JSON.parse(JSON.stringify(stream.snapshot())));
    const draw = (s: RandomStream) => [s.normal(), s.uniform(), s.normal(), s.integer(1000), s.exponential()];
    expect(draw(copy)).toEqual(draw(stream));
    expect(copy.fork('y').uniform()).toBe(stream.fork('y').uniform());
  });

  it('have uniform draws with 53 bits in [0, 1)', () => {
    const stream = randomStream('uniform');
    const counts = new Array<number>(64).fill(0);
    let odd = 0;
    for (let i = 0; i < 64000; i++) {
      const u = stream.uniform();
      expect(u >= 0 && u < 1).toBe(true);
      counts[Math.floor(u * 64)]++;
      odd += (u * 9007199254740992) % 2;
    }
    expect(chiSquare(counts)).toBeLessThan(chiSquareBound(63));
    expect(chiSquare([odd, 64000 - odd])).toBeLessThan(chiSquareBound(1));
  });

  it.each([1, 2, 3, 10, 97, 2 ** 32 + 1, 2 ** 53])('have integers below %d without bias', (bound) => {
    const stream = randomStream(`integer ${bound}`);
    const cells = bound <= 100 ? bound : 50;
    const counts = new Array<number>(cells).fill(0);
    for (let i = 0; i < 20000; i++) {
      const draw = stream.integer(bound);
      expect(Number.isInteger(draw) && draw >= 0 && draw < bound).toBe(true);
      // For a large bound: cells of equal width up to one unit in 2^26.
      counts[bound <= 100 ? draw : Math.floor(draw / (bound / cells))]++;
    }
    expect(chiSquare(counts)).toBeLessThan(chiSquareBound(Math.max(1, cells - 1)));
  });

  it('have normal draws: moments within six standard errors', () => {
    const stream = randomStream('normal');
    const n = 100000;
    const sums = [0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      const z = stream.normal();
      sums[0] += z;
      sums[1] += z * z;
      sums[2] += z * z * z;
      sums[3] += z * z * z * z;
    }
    // Variances of z, z^2, z^3, z^4 for a standard normal: 1, 2, 15, 96; means 0, 1, 0, 3.
    const means = [0, 1, 0, 3];
    const variances = [1, 2, 15, 96];
    sums.forEach((sum, k) => {
      expect(Math.abs(sum / n - means[k])).toBeLessThan(6 * Math.sqrt(variances[k] / n));
    });
  });

  it('have exponential draws with the right distribution function', () => {
    const stream = randomStream('exponential');
    const counts = new Array<number>(20).fill(0);
    for (let i = 0; i < 40000; i++) {
      const e = stream.exponential();
      expect(e).toBeGreaterThanOrEqual(0);
      counts[Math.min(19, Math.floor((1 - Math.exp(-e)) * 20))]++;
    }
    expect(chiSquare(counts)).toBeLessThan(chiSquareBound(19));
  });

  it('have uniform permutations and samples', () => {
    const stream = randomStream('permutation');
    const permutations = new Map<string, number>();
    const samples = new Map<string, number>();
    for (let i = 0; i < 24000; i++) {
      const p = stream.permutation(4).join();
      permutations.set(p, (permutations.get(p) ?? 0) + 1);
      const s = stream.sample(4, 3).join();
      samples.set(s, (samples.get(s) ?? 0) + 1);
    }
    for (const counts of [permutations, samples]) {
      expect(counts.size).toBe(24);
      expect(chiSquare([...counts.values()])).toBeLessThan(chiSquareBound(23));
    }
    expect(stream.permutation(0)).toEqual(new Int32Array(0));
    expect(new Set(stream.sample(2 ** 31 - 1, 1000)).size).toBe(1000);
    expect([...stream.sample(5, 5)].sort()).toEqual([0, 1, 2, 3, 4]);
  });

  it('give the same bits in every engine', async () => {
    const stream = randomStream('golden');
    const draws = Float64Array.from({ length: 4000 }, (_, i) =>
      i % 4 === 0
        ? stream.uniform()
        : i % 4 === 1
          ? stream.normal()
          : i % 4 === 2
            ? stream.exponential()
            : stream.integer(1e6),
    );
    expect(await digestArray(draws)).toMatchInlineSnapshot(
      `"9e0bb5f85d4aa7d945bceca7d6e02c1bd168748333105cb5bbc5a6bb2622a004"`,
    );
  });

  it.each([
    [() => randomStream(Number.NaN), 'ERR_OPTION'],
    [() => seedString({} as never), 'ERR_OPTION'],
    [() => randomStream(0).fork(1 as never), 'ERR_INPUT'],
    [() => randomStream(0).integer(0), 'ERR_INPUT'],
    [() => randomStream(0).integer(2 ** 53 + 2), 'ERR_INPUT'],
    [() => randomStream(0).permutation(-1), 'ERR_INPUT'],
    [() => randomStream(0).sample(3, 4), 'ERR_INPUT'],
    [() => RandomStream.restore({} as never), 'ERR_FORMAT'],
    [() => RandomStream.restore({ ...randomStream(0).snapshot(), version: 2 } as never), 'ERR_FORMAT'],
    [() => RandomStream.restore({ ...randomStream(0).snapshot(), path: [] }), 'ERR_FORMAT'],
  ])('refuse what is wrong: %s', (call, code) => {
    expect(call).toThrow(expect.objectContaining({ code }));
  });
});
