import { describe, expect, test } from 'vitest';
import { gzip, readCsv, readLibsvm, readMatrixMarket, writeCsv } from '../src/io/index.js';
import { rejection } from './io-refusal.js';

function* repeated(text: string, times: number): Generator<Uint8Array> {
  const piece = new TextEncoder().encode(text);
  for (let k = 0; k < times; k++) yield piece;
}

/** Inflates with the platform's own stream, independently of the readers. */
async function inflated(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: BlobPart[] = [];
  for await (const chunk of chunks) parts.push(new Uint8Array(chunk));
  return new Response(new Blob(parts).stream().pipeThrough(new DecompressionStream('gzip'))).text();
}

describe('gzip', () => {
  test('compresses bytes at once or in chunks, and nothing', async () => {
    expect(await inflated(gzip(new TextEncoder().encode('é😀')))).toBe('é😀');
    expect(await inflated(gzip(repeated('abc', 5)))).toBe('abcabcabcabcabc');
    expect(await inflated(gzip([]))).toBe('');
    expect(await inflated(gzip(writeCsv([[1, 2]])))).toBe('1,2\r\n');
    async function* later(): AsyncGenerator<Uint8Array> {
      yield* repeated('x', 3);
    }
    expect(await inflated(gzip(later()))).toBe('xxx');
  });

  test('gives chunks while it reads, and no more than are asked for', async () => {
    let read = 0;
    let closed = false;
    async function* noise(): AsyncGenerator<Uint8Array> {
      try {
        // A linear congruence, whose high bytes do not compress.
        for (let state = 1; ; read++) {
          yield Uint8Array.from({ length: 4096 }, () => {
            state = (Math.imul(state, 1664525) + 1013904223) | 0;
            return state >>> 24;
          });
        }
      } finally {
        closed = true;
      }
    }
    const compressed = gzip(noise());
    for (let k = 0; k < 3; k++) expect((await compressed.next()).value?.length).toBeGreaterThan(0);
    await compressed.return();
    const after = read;
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(after).toBeLessThan(100);
    expect([closed, read - after <= 1]).toEqual([true, true]);
  });

  test('does not begin before the first chunk is asked for', async () => {
    let begun = false;
    function* watched(): Generator<Uint8Array> {
      begun = true;
      yield new Uint8Array(1);
    }
    const compressed = gzip(watched());
    await Promise.resolve();
    expect(begun).toBe(false);
    await compressed.next();
    expect(begun).toBe(true);
  });

  test('passes on what the source throws, and refuses what is no source', async () => {
    const failure = new Error('no more');
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(3);
      throw failure;
    }
    expect(await rejection(inflated(gzip(failing())))).toBe(failure);
    const error = await rejection(inflated(gzip(['text'] as never)));
    expect([error.code, error.message]).toEqual([
      'ERR_INPUT',
      'source: expected chunks of bytes (Uint8Array), got "text"',
    ]);
    for (const source of ['text', undefined, 3, {}]) {
      expect(() => gzip(source as never)).toThrow('source: expected bytes, or an iterable of chunks of bytes');
    }
  });
});

describe('bombs of 64 MB are stopped at a limit', () => {
  const bombs = {
    blanks: () => gzip(repeated(' '.repeat(1000000), 64)),
    lines: () => gzip(repeated('\n'.repeat(1000000), 64)),
    word: () => gzip(repeated('1'.repeat(1000000), 64)),
    comment: () => gzip(repeated('%#'.repeat(500000), 64)),
    rows: () => gzip(repeated('1\n'.repeat(500000), 64)),
    words: () => gzip(repeated('1 '.repeat(500000), 64)),
  };
  const limits = { maxBytes: 1000000, maxEntries: 1000 };

  test('of labelled rows', async () => {
    const messages: Record<string, string> = {
      blanks: 'at most 1000000 bytes',
      lines: 'at most 1000000 bytes',
      word: 'a field of at most 65536 characters',
      comment: 'a decimal number as the label, got "%"',
      rows: 'line 1001, column 1: expected at most 1000 rows',
      words: 'line 1, column 3: expected index:value',
    };
    for (const [name, bomb] of Object.entries(bombs)) {
      const error = await rejection(readLibsvm(bomb(), limits));
      expect([error.code, error.message]).toEqual(['ERR_FORMAT', expect.stringContaining(messages[name])]);
    }
  });

  test('of Matrix Market', async () => {
    const starts = {
      comment: '%%MatrixMarket matrix coordinate real general\n%',
      array: '%%MatrixMarket matrix array real general\n10 10\n',
    };
    async function* after(start: string, text: string): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode(start);
      yield* repeated(text.repeat(10000), 640);
    }
    const cases: readonly [string, string, string][] = [
      ['', ' ', 'at most 1000000 bytes'],
      ['', '\n', 'line 1, column 1: expected %%MatrixMarket at the begin'],
      ['', '%', 'a field of at most 65536 characters'],
      [starts.comment, ' x', 'at most 1000000 bytes'],
      [starts.comment, '%', 'a field of at most 65536 characters'],
      [starts.comment, '%\n', 'at most 1000000 bytes'],
      [starts.array, '\n', 'at most 1000000 bytes'],
      [starts.array, '1\n', 'line 103, column 1: expected the end of the text after the announced entries (100)'],
      [starts.array, '1 ', 'at most 1000000 bytes'],
    ];
    for (const [start, text, message] of cases) {
      const error = await rejection(readMatrixMarket(gzip(after(start, text)), limits));
      expect([error.code, error.message]).toEqual(['ERR_FORMAT', expect.stringContaining(message)]);
    }
  });

  test('what is announced and does not come takes no memory', async () => {
    const announced = '%%MatrixMarket matrix array real general\n1 2147483647\n1\n';
    const error = await rejection(readMatrixMarket(announced, { maxEntries: 2147483647 }));
    expect(error.message).toContain('expected 2147483647 entries, as announced, got the end of the text after 1');
    const coordinates = '%%MatrixMarket matrix coordinate real general\n2147483647 2147483647 2147483647\n1 1 1\n';
    const other = await rejection(readMatrixMarket(coordinates, { maxEntries: 2147483647 }));
    expect(other.message).toContain('expected 2147483647 entries, as announced, got the end of the text after 1');
  });

  test('of a table', async () => {
    const error = await rejection(readCsv(bombs.words(), { header: false, ...limits }));
    expect([error.code, error.message]).toEqual(['ERR_FORMAT', expect.stringContaining('at most 65536 characters')]);
  });
});
