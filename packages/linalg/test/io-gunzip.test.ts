import { describe, expect, test } from 'vitest';
import { gunzip, gzip } from '../src/io/index.js';
import { rejection, singleBytes, textOf } from './io-refusal.js';

const utf8 = (text: string) => new TextEncoder().encode(text);

async function chunks(source: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const found: Uint8Array[] = [];
  for await (const chunk of source) found.push(chunk);
  return found;
}

async function joined(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  return Uint8Array.from((await chunks(source)).flatMap((chunk) => Array.from(chunk)));
}

describe('gunzip', () => {
  test('gives bytes that are not gzip as they come, however they are cut', async () => {
    for (const text of ['', 'a', 'plain text', '\u001f', '\u001fplain']) {
      const bytes = utf8(text);
      expect(textOf(await chunks(gunzip(bytes)))).toBe(text);
      expect(textOf(await chunks(gunzip(singleBytes(bytes))))).toBe(text);
      expect(textOf(await chunks(gunzip([new Uint8Array(0), bytes, new Uint8Array(0)])))).toBe(text);
    }
    const chunk = utf8('of some length');
    expect((await chunks(gunzip([chunk])))[0]).toBe(chunk);
  });

  test('inflates what gzip made, wherever it is cut', async () => {
    const compressed = await joined(gzip(utf8('one line\nanother\n'.repeat(20))));
    for (let cut = 0; cut <= compressed.length; cut++) {
      const parts = [compressed.subarray(0, cut), compressed.subarray(cut)];
      expect(textOf(await chunks(gunzip(parts)))).toBe('one line\nanother\n'.repeat(20));
    }
    expect(textOf(await chunks(gunzip(singleBytes(compressed))))).toHaveLength(340);
  });

  test('reads a source that uses one buffer for all its chunks', async () => {
    const compressed = await joined(gzip(utf8('again and again')));
    function* reused() {
      const buffer = new Uint8Array(1);
      for (const byte of compressed) {
        buffer[0] = byte;
        yield buffer;
      }
    }
    expect(textOf(await chunks(gunzip(reused())))).toBe('again and again');
  });

  test('refuses data that are damaged or end too early, with the error of its caller', async () => {
    const compressed = await joined(gzip(utf8('whole')));
    const error = await rejection(chunks(gunzip(compressed.subarray(0, -1))));
    expect([error.name, error.code]).toEqual(['InvalidInputError', 'ERR_FORMAT']);
    expect(error.message).toBe('source: expected a whole gzip stream, got damaged or truncated gzip data');
    compressed[compressed.length - 6] ^= 1;
    const own = new Error('of the caller');
    expect(await rejection(chunks(gunzip(compressed, () => own)))).toBe(own);
  });

  test('passes on what the source throws, and refuses what is no source', async () => {
    const failure = new Error('no more');
    const compressed = await joined(gzip(utf8('whole')));
    for (const first of [compressed, utf8('plain')]) {
      async function* failing(): AsyncGenerator<Uint8Array> {
        yield first.subarray(0, 4);
        throw failure;
      }
      expect(await rejection(chunks(gunzip(failing())))).toBe(failure);
    }
    const error = await rejection(chunks(gunzip(['text'] as never)));
    expect([error.code, error.message]).toEqual([
      'ERR_INPUT',
      'source: expected chunks of bytes (Uint8Array), got "text"',
    ]);
    for (const source of ['text', undefined, 3, {}]) {
      expect(() => gunzip(source as never)).toThrow('source: expected bytes, or an iterable of chunks of bytes');
    }
  });

  test('closes its source when reading ends early', async () => {
    for (const compress of [false, true]) {
      let closed = false;
      let given = 0;
      function* endless(): Generator<Uint8Array> {
        try {
          for (let state = 1; ; given++) {
            yield Uint8Array.from({ length: 4096 }, () => {
              state = (Math.imul(state, 1664525) + 1013904223) | 0;
              return state >>> 24;
            });
          }
        } finally {
          closed = true;
        }
      }
      const reading = gunzip(compress ? gzip(endless()) : endless());
      await reading.next();
      await reading.return();
      await new Promise((resolve) => setTimeout(resolve, 0));
      expect(given).toBeLessThan(100);
      expect(closed).toBe(true);
    }
  });
});
