import { describe, expect, test } from 'vitest';
import { type ReadCsvOptions, readCsv } from '../src/io/index.js';

type Source = Parameters<typeof readCsv>[0];

interface Refusal {
  readonly what: string;
  readonly source: unknown;
  readonly options?: unknown;
  readonly code?: string;
  readonly message: string;
  readonly at?: readonly [line: number, column: number];
}

const bytes = (text: string, ...more: number[]) => Uint8Array.of(...new TextEncoder().encode(text), ...more);
const number = (text: string) => `expected a decimal number in field 1, got ${JSON.stringify(text)}`;
const noNumbers = ['', ' 1', '1 ', '0x10', '1_000', 'Infinity', '-Infinity', 'NaN', 'NA', '1e', '.', '+', '--1', '1,5'];

const refusals: readonly Refusal[] = [
  ...noNumbers.map((text) => ({
    what: `${JSON.stringify(text)} as a number`,
    source: `a\n1\n"${text}"\n`,
    message: number(text),
    at: [3, 1] as const,
  })),
  {
    what: 'a number beyond doubles',
    source: 'a,b\n1,-1e309\n',
    message: 'source, line 2, column 3: expected a number in the range of doubles in field 2, got "-1e309"',
    at: [2, 3],
  },
  {
    what: 'long text where a number should be, cut in the message',
    source: `a\n${'x'.repeat(100)}`,
    message: `got "${'x'.repeat(40)}..."`,
    at: [2, 1],
  },
  { what: 'a text without its header', source: '', message: 'expected a header, got the end of the text', at: [1, 1] },
  { what: 'too few fields', source: 'a,b,c\n1,2,3\n4,5\n6,7,8', message: 'expected 3 fields, got 2', at: [3, 4] },
  { what: 'too few fields at the end', source: 'a,b\n1', message: 'expected 2 fields, got 1', at: [2, 2] },
  {
    what: 'too many fields',
    source: 'a,b\r\n1,2\r\n3,4,5\r\n',
    message: 'expected the end of the line after 2 fields, got another field, "5"',
    at: [3, 5],
  },
  { what: 'an empty line', source: 'a,b\n1,2\n\n3,4', message: 'in field 1, got ""', at: [3, 1] },
  { what: 'a second line end at the end', source: 'a\n1\n\n', message: number(''), at: [3, 1] },
  { what: 'an empty last field', source: 'a,b\n1,', message: 'in field 2, got ""', at: [2, 3] },
  { what: 'a quote inside a field', source: 'a,b\n1,2"\n', message: 'got a quote inside the field', at: [2, 4] },
  {
    what: 'text after a closing quote',
    source: 'a,b\n"1"x,2\n',
    message: 'expected "," or the end of the line after a closing quote, got "x"',
    at: [2, 4],
  },
  { what: 'a quote that is not closed', source: 'a,"b\n1,2\n3,4\n', message: 'expected a closing quote', at: [1, 3] },
  {
    what: 'a field without end',
    source: `a,"${'b\n'.repeat(40000)}`,
    message: 'expected a field of at most 65536 characters, got a longer one',
    at: [1, 3],
  },
  { what: 'a lone carriage return', source: 'a,b\r1,2', message: 'expected a line feed after a carriage', at: [1, 4] },
  { what: 'a carriage return at the end', source: 'a\n12\r', message: 'expected a line feed after a', at: [2, 3] },
  { what: 'places after line ends in quotes', source: '"a\n\nb",c\n1,x', message: 'in field 2', at: [4, 3] },
  { what: 'places after a byte order mark', source: '\uFEFFa,b"\n', message: 'a quote inside the field', at: [1, 4] },
  // Bytes that are no UTF-8: a lone continuation, an overlong form, a surrogate, too large, cut in the middle.
  { what: 'a lone continuation byte', source: bytes('a\n1', 0x80), message: 'expected UTF-8', at: [2, 2] },
  { what: 'an overlong form', source: bytes('ab', 0xc0, 0x80), message: 'expected UTF-8', at: [1, 3] },
  { what: 'an overlong form of three', source: bytes('ab', 0xe0, 0x80, 0x80), message: 'expected UTF-8', at: [1, 3] },
  { what: 'a surrogate', source: bytes('a', 0xed, 0xa0, 0x80), message: 'expected UTF-8', at: [1, 2] },
  { what: 'a value above U+10FFFF', source: bytes('a', 0xf4, 0x90, 0x80, 0x80), message: 'UTF-8', at: [1, 2] },
  { what: 'a byte of no character', source: bytes('é', 0xff), message: 'expected UTF-8', at: [1, 2] },
  { what: 'a character cut by another', source: bytes('a', 0xe2, 0x82, 0x31), message: 'expected UTF-8', at: [1, 2] },
  {
    what: 'a character cut by the end',
    source: bytes('a\n1\n', 0xe2, 0x82),
    message: 'expected UTF-8, got the end of the text inside a character',
    at: [3, 1],
  },
  // Limits.
  {
    what: 'more entries than allowed',
    source: 'a,b\n1,2\n3,4\n',
    options: { maxEntries: 3 },
    message: 'expected at most 3 entries (options.maxEntries), got more',
    at: [3, 3],
  },
  {
    what: 'more names than allowed',
    source: 'a,b,c',
    options: { maxEntries: 2 },
    message: 'expected at most 2 entries',
    at: [1, 5],
  },
  {
    what: 'a longer text than allowed',
    source: 'é\n1\n',
    options: { maxBytes: 4 },
    message: 'expected at most 4 bytes (options.maxBytes), got more',
    at: [1, 1],
  },
  {
    what: 'more bytes than allowed',
    source: [bytes('é\n1\n'), bytes('2')],
    options: { maxBytes: 5 },
    message: 'expected at most 5 bytes',
    at: [3, 1],
  },
  // Arguments.
  ...[undefined, null, 3, {}, new ArrayBuffer(2)].map((source) => ({
    what: `${String(source)} as source`,
    source,
    code: 'ERR_INPUT',
    message: 'source: expected a string, bytes, or an iterable of chunks of bytes',
  })),
  {
    what: 'chunks that are text',
    source: ['a\n'],
    code: 'ERR_INPUT',
    message: 'source: expected chunks of bytes (Uint8Array), got "a\\n"',
  },
  ...['', ',,', '"', '\n', '\r', '\uFEFF', '😀', 44].map((delimiter) => ({
    what: `${JSON.stringify(delimiter)} as delimiter`,
    source: 'a',
    options: { delimiter },
    code: 'ERR_OPTION',
    message: 'options.delimiter: expected one character other than a quote and a line end',
  })),
  { what: 'a header word', source: 'a', options: { header: 1 }, code: 'ERR_OPTION', message: 'options.header' },
  { what: 'a negative limit', source: 'a', options: { maxBytes: -1 }, code: 'ERR_OPTION', message: 'options.maxBytes' },
  { what: 'half an entry', source: 'a', options: { maxEntries: 0.5 }, code: 'ERR_OPTION', message: 'options.maxEntr' },
  { what: 'an unknown option', source: 'a', options: { sep: ';' }, code: 'ERR_OPTION', message: 'options.sep' },
];

describe('readCsv refuses', () => {
  for (const { what, source, options, code = 'ERR_FORMAT', message, at } of refusals) {
    test(what, async () => {
      const error = await readCsv(source as Source, options as ReadCsvOptions).then(
        () => {
          throw new Error('expected a refusal, got a table');
        },
        (reason) => reason,
      );
      expect(error.message).toContain(message);
      expect([error.name, error.code]).toEqual(['InvalidInputError', code]);
      if (at !== undefined) expect([error.details.line, error.details.column]).toEqual(at);
    });
  }

  test('the same whatever the pieces: every byte a chunk', async () => {
    for (const { source, options, message, at } of refusals) {
      if (typeof source !== 'string' || at === undefined || source.length > 1000) continue;
      // A limit on bytes is noticed at the chunk that passes it, elsewhere than in one piece.
      if ((options as ReadCsvOptions | undefined)?.maxBytes !== undefined) continue;
      const chunks = Array.from(bytes(source), (byte) => Uint8Array.of(byte));
      const error = await readCsv(chunks, options as ReadCsvOptions).catch((reason) => reason);
      expect(error.message).toContain(message);
      expect([error.details.line, error.details.column]).toEqual(at);
    }
  });

  test('nothing that is just within the limits', async () => {
    expect((await readCsv('a,b\n1,2\n', { maxEntries: 2, maxBytes: 8 })).rows).toBe(1);
    expect((await readCsv(`"${'b'.repeat(65536)}"\n1`)).names[0].length).toBe(65536);
    expect((await readCsv('é😀\n', { maxBytes: 7 })).names).toEqual(['é😀']);
    await expect(readCsv('é😀\n', { maxBytes: 6 })).rejects.toThrow('at most 6 bytes');
  });
});
