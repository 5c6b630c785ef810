import { liveArenas, randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { hammingSearchStream, hammingStream, IUPAC, preparePattern, type Symbols, searchChunks } from '../src/index.js';
import { bruteForce, randomSymbols } from './texts.js';

type Pieces = (n: number, m: number) => number[];

/** Sizes of chunks that make up a text of n symbols. */
const PARTITIONS: readonly [name: string, sizes: Pieces][] = [
  ['at once', (n) => [n]],
  ['one symbol each', (n) => new Array(n).fill(1)],
  ['m - 1 symbols each', (n, m) => repeated(n, Math.max(1, m - 1))],
  ['m symbols each', (n, m) => repeated(n, m)],
  ['random, many of them empty', (n) => drawn(n)],
];

function repeated(n: number, size: number): number[] {
  const sizes = new Array(Math.floor(n / size)).fill(size);
  return [...sizes, n - size * sizes.length];
}

function drawn(n: number): number[] {
  const stream = randomStream('chunks');
  const sizes: number[] = [];
  let left = n;
  while (left > 0) {
    const size = stream.integer(2) === 0 ? 0 : Math.min(left, stream.integer(90));
    sizes.push(size);
    left -= size;
  }
  return sizes;
}

function* cut<Text extends { slice(from: number, to: number): Text }>(text: Text, sizes: number[]): Generator<Text> {
  let at = 0;
  for (const size of sizes) {
    yield text.slice(at, at + size);
    at += size;
  }
}

describe.each(PARTITIONS)('chunks: %s', (_, sizesOf) => {
  it.each([{ latency: 0 }, { latency: 37 }, { latency: 5, method: 'marking' }] as const)(
    'give the distances of the whole text, %o',
    (options) => {
      const { latency } = options;
      for (const [letters, m] of [
        [2, 1],
        [4, 23],
        [300, 60],
        [70000, 7],
      ]) {
        const text = randomSymbols('stream', 300, letters);
        const pattern = text.slice(40, 40 + m);
        const stream = hammingStream(pattern, options);
        const distances: number[] = [];
        for (const chunk of cut<Exclude<Symbols, string | readonly number[]>>(text, sizesOf(text.length, m))) {
          const part = stream.push(chunk);
          expect(part.start).toBe(distances.length);
          distances.push(...part.distances);
          const complete = Math.max(0, stream.consumed - m + 1);
          expect(distances.length).toBeGreaterThanOrEqual(complete - latency);
        }
        distances.push(...stream.flush().distances);
        expect(distances).toEqual(bruteForce(text, pattern));
        expect(stream.consumed).toBe(text.length);
      }
    },
  );

  it('give the occurrences of the whole text', () => {
    const text = randomSymbols('stream', 400, 4);
    const pattern = text.slice(100, 111);
    const expected = bruteForce(text, pattern).flatMap((distance, i) =>
      distance <= 6 && text[i + 3] === pattern[3] ? [[i, distance]] : [],
    );
    for (const options of [
      { latency: 0 },
      { latency: 64, filter: 'profile' },
      { latency: 64, filter: 'lanes' },
    ] as const) {
      const stream = hammingSearchStream(pattern, 6, { ...options, required: [3] });
      const found: number[][] = [];
      const add = ({ positions, distances }: ReturnType<typeof stream.push>) =>
        positions.forEach((at, t) => {
          found.push([at, distances[t]]);
        });
      for (const chunk of cut<Exclude<Symbols, string | readonly number[]>>(text, sizesOf(text.length, 11)))
        add(stream.push(chunk));
      add(stream.flush());
      expect(found).toEqual(expected);
    }
  });
});

it('goes through a chunk that is longer than a tile in tiles', () => {
  const text = randomSymbols('long', 300000, 4);
  const pattern = text.slice(299980);
  expect(Array.from(hammingStream(pattern).push(text).distances)).toEqual(bruteForce(text, pattern));
  const { positions } = hammingSearchStream(pattern, 0).push(text);
  expect(Array.from(positions)).toEqual([299980]);
});

it('takes code units beyond 255 after others, and prepared patterns after their end', () => {
  const stream = hammingStream('bжb');
  expect([...stream.push('abжb').distances, ...stream.push('жжb').distances]).toEqual([3, 0, 3, 1, 1]);
  const pattern = preparePattern('NGG', { classes: IUPAC });
  const search = hammingSearchStream(pattern, 0);
  pattern.dispose();
  expect(Array.from(search.push('TGG').positions)).toEqual([0]);
});

it('goes on from a snapshot that went through JSON, also with another latency', () => {
  const text = randomSymbols('snapshot', 500, 3000);
  const pattern = text.slice(200, 240);
  const expected = bruteForce(text, pattern);
  for (const at of [0, 5, 39, 40, 217, 500]) {
    const before = hammingStream(pattern, { latency: 100 });
    const distances = Array.from(before.push(text.slice(0, at)).distances);
    const after = hammingStream(pattern);
    after.push(text.slice(0, 123));
    after.restore(JSON.parse(JSON.stringify(before.snapshot())));
    expect(after.consumed).toBe(at);
    distances.push(...after.push(text.slice(at)).distances);
    expect(distances).toEqual(expected);
  }
});

it('positions pass 2^32', () => {
  const stream = hammingSearchStream('ab', 0);
  stream.push('a');
  stream.restore({ ...stream.snapshot(), consumed: 2 ** 40 });
  expect(Array.from(stream.push('bab').positions)).toEqual([2 ** 40 - 1, 2 ** 40 + 1]);
});

it('begins anew after reset', () => {
  const stream = hammingStream('ab');
  stream.push('a');
  stream.reset();
  expect(stream.push('bab')).toEqual({ start: 0, distances: Uint8Array.of(2, 0) });
});

it('throws the reason of its signal, and in the middle of a push it then waits to be reset', () => {
  let looks = Infinity;
  const signal = {
    get aborted() {
      return looks-- <= 0;
    },
    reason: new Error('enough'),
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  };
  const stream = hammingStream('ab', { signal });
  looks = 0;
  expect(() => stream.push('abc')).toThrow('enough');
  looks = Infinity;
  expect(stream.push('abab').start).toBe(0);
  looks = 2;
  expect(() => stream.push('ab'.repeat(500000))).toThrow('enough');
  expect(liveArenas()).toBe(0);
  looks = Infinity;
  for (const call of [() => stream.push('a'), () => stream.flush(), () => stream.snapshot()]) {
    expect(call).toThrow('stream: expected one whose pushes were carried out');
  }
  stream.reset();
  expect(stream.push('bab')).toEqual({ start: 0, distances: Uint8Array.of(2, 0) });
});

const snapshot = hammingStream('abc').snapshot();
it.each([
  ['nothing', undefined, 'ERR_FORMAT', 'snapshot: expected the data of'],
  ['another version', { ...snapshot, version: 2 }, 'ERR_FORMAT', 'snapshot: expected the data of'],
  ['another pattern', hammingStream('ab').snapshot(), 'ERR_INCOMPATIBLE', 'snapshot.pattern.length: expected 3, got 2'],
  ['fractions', { ...snapshot, consumed: 1, pending: [0.5] }, 'ERR_FORMAT', 'snapshot.pending[0]'],
  [
    'too few symbols',
    { ...snapshot, consumed: 7, pending: [1] },
    'ERR_FORMAT',
    'snapshot.pending: expected at least 2',
  ],
  ['too many symbols', { ...snapshot, consumed: 1, pending: [1, 2] }, 'ERR_FORMAT', 'snapshot.consumed'],
])('refuses a snapshot: %s', (_, wrong, code, message) => {
  let error: { code?: string; message?: string } = {};
  try {
    hammingStream('abc').restore(wrong as typeof snapshot);
  } catch (caught) {
    error = caught as typeof error;
  }
  expect([error.code, error.message]).toEqual([code, expect.stringContaining(message)]);
});

it('gives by pushAsync what it gives by push', async () => {
  const text = randomSymbols('async', 400000, 4);
  const pattern = text.slice(399980);
  const stream = hammingStream(pattern);
  const first = await stream.pushAsync(text.subarray(0, 300000));
  const distances = [...first.distances, ...(await stream.pushAsync(text.subarray(300000))).distances];
  expect(distances).toEqual(Array.from(hammingStream(pattern).push(text).distances));
});

describe('searchChunks', () => {
  it('yields the matches of the whole text, whatever the chunks are', async () => {
    const text = randomSymbols('chunks', 700, 4);
    const pattern = text.slice(50, 60);
    const expected = bruteForce(text, pattern).flatMap((distance, position) =>
      distance <= 5 ? [{ position, distance }] : [],
    );
    for (const [, sizesOf] of PARTITIONS) {
      const found = [];
      const chunks = cut<Exclude<Symbols, string | readonly number[]>>(text, sizesOf(text.length, 10));
      for await (const match of searchChunks(chunks, pattern, 5, { latency: 30 })) found.push(match);
      expect(found).toEqual(expected);
    }
  });

  it('closes its source when the loop is left, and reads no further', async () => {
    let given = 0;
    let closed = false;
    async function* source() {
      try {
        for (;;) {
          given++;
          yield 'xab';
        }
      } finally {
        closed = true;
      }
    }
    for await (const { position } of searchChunks(source(), 'ab', 0)) if (position > 6) break;
    expect([given, closed]).toEqual([3, true]);
  });

  it('copies what it is given: a source may use its memory again', async () => {
    const memory = new Uint8Array(2);
    function* source() {
      for (const pair of [
        [1, 2],
        [3, 1],
        [2, 3],
      ]) {
        memory.set(pair);
        yield memory;
      }
    }
    const found = [];
    for await (const { position } of searchChunks(source(), Uint8Array.of(1, 2, 3), 0)) found.push(position);
    expect(found).toEqual([0, 3]);
  });
});
