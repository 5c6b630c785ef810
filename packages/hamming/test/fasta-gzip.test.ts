import { gzip } from '@lemmata/linalg/io';
import { describe, expect, it } from 'vitest';
import { type ReadFastaOptions, readFasta, searchFasta } from '../src/index.js';

const bytes = (text: string) => new TextEncoder().encode(text);

async function compressed(parts: Iterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: number[] = [];
  for await (const chunk of gzip(parts)) chunks.push(...chunk);
  return Uint8Array.from(chunks);
}

function* repeated(text: string, times: number): Generator<Uint8Array> {
  const piece = bytes(text);
  for (let k = 0; k < times; k++) yield piece;
}

async function letters(chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, options?: ReadFastaOptions) {
  let text = '';
  for await (const { name, sequence, last } of readFasta(chunks, options)) {
    text += new TextDecoder().decode(sequence) + (last ? `<${name};` : '');
  }
  return text;
}

describe('FASTA files that are compressed', () => {
  const file = '>one\nACGT\r\nacgt\n>two\nTTGATTACA\n';
  const expected = 'ACGTacgt<one;TTGATTACA<two;';

  it('are read as they are, wherever they are cut', async () => {
    const all = await compressed([bytes(file)]);
    for (let cut = 0; cut <= all.length; cut++) {
      expect(await letters([all.subarray(0, cut), all.subarray(cut)])).toBe(expected);
    }
    expect(await letters(Array.from(all, (byte) => Uint8Array.of(byte)))).toBe(expected);
    expect(await letters(gzip(bytes(file)))).toBe(expected);
  });

  it('are searched as they are', async () => {
    const found = [];
    for await (const match of searchFasta(gzip(bytes(file)), 'GATTACA', 1)) found.push(match);
    expect(found).toEqual([{ record: 1, name: 'two', position: 2, distance: 0, strand: '+' }]);
  });

  it('that end too early or are damaged are refused, with line and column', async () => {
    const all = await compressed([bytes(file)]);
    const message = 'expected a whole gzip stream, got damaged or truncated gzip data';
    for (let end = 2; end < all.length; end++) {
      const error = await letters([all.subarray(0, end)]).catch((caught) => caught);
      expect([error.name, error.code]).toEqual(['InvalidInputError', 'ERR_FORMAT']);
      expect(error.message).toContain(message);
      expect(error.details).toMatchObject({ argument: 'chunks', line: expect.any(Number), column: expect.any(Number) });
    }
    const checksum = all.slice();
    checksum[all.length - 6] ^= 1;
    await expect(letters([checksum])).rejects.toThrow(message);
    await expect(letters([Uint8Array.of(0x1f)])).rejects.toThrow("expected '>' before the first sequence, got byte 31");
  });

  it('that are no FASTA inside are refused where they go wrong', async () => {
    const error = await letters(gzip(bytes('>a\nAC\nA1'))).catch((caught) => caught);
    expect([error.code, error.details.line, error.details.column]).toEqual(['ERR_FORMAT', 3, 2]);
    await expect(letters(gzip(new Uint8Array(0)))).resolves.toBe('');
  });

  it('that are bombs are stopped at the limit of bytes or of a header', async () => {
    const limit = 'expected at most 1000000 bytes (options.maxBytes), got more';
    const sequence = await compressed([bytes('>a\n'), ...repeated('ACGT\n'.repeat(100000), 30)]);
    expect(sequence.length).toBeLessThan(100000);
    await expect(letters([sequence], { maxBytes: 1e6 })).rejects.toThrow(limit);
    const header = await compressed([bytes('>a\n'), ...repeated('>'.repeat(100000), 30)]);
    await expect(letters([header])).rejects.toThrow('a header of at most 1048576 bytes');
  });

  it('passes on what the source throws', async () => {
    const all = await compressed([bytes(file)]);
    const failure = new Error('line went dead');
    function* failing() {
      yield all.subarray(0, 12);
      throw failure;
    }
    await expect(letters(failing())).rejects.toBe(failure);
  });
});
