import { describe, expect, test } from 'vitest';
import { readCsv } from '../src/io/index.js';

/** Compresses with the platform's own gzip, piece by piece. */
async function gzip(pieces: Iterable<Uint8Array>): Promise<Uint8Array> {
  const { readable, writable } = new CompressionStream('gzip');
  const writer = writable.getWriter();
  const feeding = (async () => {
    for (const piece of pieces) await writer.write(new Uint8Array(piece));
    await writer.close();
  })();
  const compressed = new Uint8Array(await new Response(readable).arrayBuffer());
  await feeding;
  return compressed;
}

function* repeated(text: string, times: number): Generator<Uint8Array> {
  const piece = new TextEncoder().encode(text);
  for (let k = 0; k < times; k++) yield piece;
}

const rejection = (promise: Promise<unknown>) =>
  promise.then(
    () => {
      throw new Error('expected a refusal, got a table');
    },
    (reason) => reason,
  );

describe('gzip', () => {
  test('is recognised and inflated, wherever the bytes are cut', async () => {
    const compressed = await gzip(repeated('a,b\n1,2\n3,4\n', 1));
    const expected = await readCsv('a,b\n1,2\n3,4\n');
    expect(await readCsv(compressed)).toEqual(expected);
    for (let cut = 0; cut <= compressed.length; cut++) {
      expect(await readCsv([compressed.subarray(0, cut), compressed.subarray(cut)])).toEqual(expected);
    }
    expect(await readCsv(Array.from(compressed, (byte) => Uint8Array.of(byte)))).toEqual(expected);
  });

  test('of a table larger than any piece', async () => {
    const { rows, matrix } = await readCsv(await gzip(repeated('1.5,-2\n'.repeat(1000), 50)), { header: false });
    expect(rows).toBe(50000);
    expect(matrix.data.every((value, k) => value === (k % 2 === 0 ? 1.5 : -2))).toBe(true);
  });

  test('that ends too early is refused, wherever it ends', async () => {
    const compressed = await gzip(repeated('a,b\n1,2\n3,4\n', 1));
    for (let end = 2; end < compressed.length; end++) {
      const error = await rejection(readCsv(compressed.subarray(0, end)));
      expect([error.name, error.code]).toEqual(['InvalidInputError', 'ERR_FORMAT']);
      expect(error.message).toContain('expected a whole gzip stream, got damaged or truncated gzip data');
      expect(error.details).toMatchObject({ line: expect.any(Number), column: expect.any(Number) });
    }
  });

  test('whose checksum does not fit is refused', async () => {
    const compressed = await gzip(repeated('a,b\n1,2\n', 1));
    compressed[compressed.length - 5] ^= 1;
    const error = await rejection(readCsv(compressed));
    expect([error.code, error.details.actual]).toEqual(['ERR_FORMAT', 'damaged or truncated gzip data']);
  });

  test('that is malformed inside is refused as text is', async () => {
    const error = await rejection(readCsv(await gzip(repeated('a,b\n1,x\n', 1))));
    expect([error.code, error.details.line, error.details.column]).toEqual(['ERR_FORMAT', 2, 3]);
  });

  test('bombs are stopped at the limit of bytes, of entries or of a field', async () => {
    const zeros = await gzip(repeated('0'.repeat(1000000), 64));
    const lines = await gzip(repeated('0\n'.repeat(500000), 64));
    expect(zeros.length).toBeLessThan(100000);
    const field = await rejection(readCsv(zeros, { header: false }));
    expect([field.code, field.details.line, field.details.column]).toEqual(['ERR_FORMAT', 1, 1]);
    expect(field.message).toContain('at most 65536 characters');
    const inflated = await rejection(readCsv(lines, { header: false, maxBytes: 1000000 }));
    expect(inflated.code).toBe('ERR_FORMAT');
    expect(inflated.message).toContain('at most 1000000 bytes (options.maxBytes)');
    const entries = await rejection(readCsv(lines, { header: false, maxEntries: 1000 }));
    expect([entries.code, entries.details.line, entries.details.column]).toEqual(['ERR_FORMAT', 1001, 1]);
  });

  test('a source behind it that fails is passed on, and is closed when reading fails', async () => {
    const compressed = await gzip(repeated('a\n1\n', 1));
    const failure = new Error('line went dead');
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield compressed.subarray(0, 12);
      throw failure;
    }
    expect(await rejection(readCsv(failing()))).toBe(failure);
    const noise = Array.from({ length: 50000 }, (_, k) => `x${Math.sqrt(k)}\n`).join('');
    const bad = await gzip(repeated(noise, 1));
    let read = 0;
    let close = (_value: boolean): void => undefined;
    const closed = new Promise<boolean>((resolve) => {
      close = resolve;
    });
    async function* watched(): AsyncGenerator<Uint8Array> {
      try {
        for (; read < bad.length; read += 16) yield bad.subarray(read, read + 16);
      } finally {
        close(true);
      }
    }
    expect((await rejection(readCsv(watched()))).details.line).toBe(2);
    expect(await closed).toBe(true);
    expect(read).toBeLessThan(bad.length);
  });
});
