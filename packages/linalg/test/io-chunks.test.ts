import { describe, expect, test } from 'vitest';
import { gzip, readCsv, readLibsvm, readMatrixMarket, type TextSource } from '../src/io/index.js';
import { rejection, singleBytes } from './io-refusal.js';

const utf8 = (text: string) => new TextEncoder().encode(text);

async function compress(bytes: Uint8Array): Promise<Uint8Array> {
  const all: number[] = [];
  for await (const chunk of gzip(bytes)) all.push(...chunk);
  return Uint8Array.from(all);
}

const readers: readonly { name: string; read: (source: TextSource) => Promise<unknown>; text: string }[] = [
  { name: 'readCsv', read: (source) => readCsv(source), text: '\uFEFFé,"😀\r\n""b"""\r\n1.5,-0\n-3.5e0,4\r\n' },
  {
    name: 'readLibsvm',
    read: (source) => readLibsvm(source),
    text: '\uFEFF# é 😀\r\n+1.5 qid:12\t3:-0  10:2e-7 # end\r\n\r\n-1 qid:13\n',
  },
  {
    name: 'readMatrixMarket, coordinate',
    read: (source) => readMatrixMarket(source),
    text: '\uFEFF%%MatrixMarket matrix coordinate real symmetric\r\n% é 😀\n\n12 12 2\n 12\t11  -0\r\n1 1 2e-7',
  },
  {
    name: 'readMatrixMarket, array',
    read: (source) => readMatrixMarket(source),
    text: '%%MatrixMarket matrix array integer general\r\n%\r\n2 1\n-12\r\n345\n',
  },
];

for (const { name, read, text } of readers) {
  describe(name, () => {
    test('reads the same from a text and from bytes cut at every place', async () => {
      const expected = await read(text);
      const bytes = utf8(text);
      expect(await read(bytes)).toEqual(expected);
      for (let cut = 0; cut <= bytes.length; cut++) {
        expect(await read([bytes.subarray(0, cut), new Uint8Array(0), bytes.subarray(cut)])).toEqual(expected);
      }
      expect(await read(singleBytes(bytes))).toEqual(expected);
    });

    test('reads gzip, cut at every place', async () => {
      const expected = await read(text);
      const compressed = await compress(utf8(text));
      for (let cut = 0; cut <= compressed.length; cut++) {
        expect(await read([compressed.subarray(0, cut), compressed.subarray(cut)])).toEqual(expected);
      }
      expect(await read(singleBytes(compressed))).toEqual(expected);
      expect(await read(gzip(singleBytes(utf8(text))))).toEqual(expected);
    });

    test('refuses gzip that ends too early, wherever it ends', async () => {
      const compressed = await compress(utf8(text));
      for (let end = 2; end < compressed.length; end++) {
        const error = await rejection(read(compressed.subarray(0, end)));
        expect(error.code).toBe('ERR_FORMAT');
        expect(error.message).toContain('expected a whole gzip stream, got damaged or truncated gzip data');
        expect(error.details).toMatchObject({ line: expect.any(Number), column: expect.any(Number) });
      }
    });

    test('passes on an error of the source, and closes the source when reading fails', async () => {
      const failure = new Error('line went dead');
      async function* failing(): AsyncGenerator<Uint8Array> {
        yield utf8(text.slice(0, 10));
        throw failure;
      }
      expect(await rejection(read(failing()))).toBe(failure);
      let closed = false;
      function* endless(): Generator<Uint8Array> {
        try {
          for (;;) yield utf8('no "number"\n');
        } finally {
          closed = true;
        }
      }
      expect((await rejection(read(endless()))).code).toBe('ERR_FORMAT');
      expect(closed).toBe(true);
    });
  });
}
