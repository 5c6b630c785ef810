import { describe, expect, test } from 'vitest';
import { type ReadLibsvmOptions, readLibsvm } from '../src/io/index.js';
import { bytes, expectTextRefusal, rejection, singleBytes, type TextRefusal } from './io-refusal.js';

type Source = Parameters<typeof readLibsvm>[0];

const noNumbers = ['', '0x10', '1_000', 'inf', 'Infinity', 'nan', '1e', '.', '+', '--1', '1,5', '"1"', '1d3'];
const noIndices = ['', '-1', '+2', '1.0', '1e1', 'x', '0x1', 'sid'];

const refusals: readonly TextRefusal[] = [
  ...noNumbers
    .filter((text) => text !== '')
    .map((text) => ({
      what: `${JSON.stringify(text)} as a label`,
      source: `1 1:2\n ${text} 1:2\n`,
      message: `expected a decimal number as the label, got ${JSON.stringify(text)}`,
      at: [2, 2] as const,
    })),
  ...noNumbers.map((text) => ({
    what: `${JSON.stringify(text)} as a value`,
    source: `1 1:2\n1 1:2 30:${text}\n`,
    message: `expected a decimal number after the index, got ${JSON.stringify(text)}`,
    at: [2, 10] as const,
  })),
  ...noIndices.map((text) => ({
    what: `${JSON.stringify(text)} as an index`,
    source: `1 ${text}:2`,
    message: `expected an index, an integer in [1, 2147483647], got ${JSON.stringify(text)}`,
    at: [1, 3] as const,
  })),
  { what: 'a list of labels', source: '1,3 2:4', message: 'as the label, got "1,3"', at: [1, 1] },
  { what: 'a row without its label', source: '1\n 2:4', message: 'as the label, got "2:4"', at: [2, 2] },
  { what: 'a label beyond doubles', source: '1e400', message: 'a number in the range of doubles as the', at: [1, 1] },
  { what: 'a value beyond doubles', source: '1 1:-1e309', message: 'in the range of doubles after', at: [1, 5] },
  { what: 'a word without colon', source: '1 1:2 3', message: 'expected index:value, got "3"', at: [1, 7] },
  { what: 'a value with blanks before', source: '1 1: 2', message: 'after the index, got ""', at: [1, 5] },
  { what: 'index 0', source: '1 0:2', message: 'an integer in [1, 2147483647], got "0"', at: [1, 3] },
  { what: 'an index too large', source: '1 2147483648:2', message: 'got "2147483648"', at: [1, 3] },
  {
    what: 'an index too large from 0',
    source: '1 2147483647:2',
    options: { firstIndex: 0 },
    message: 'an integer in [0, 2147483646], got "2147483647"',
    at: [1, 3],
  },
  {
    what: 'an index beyond the columns',
    source: '1 1:2\n1 3:1\n1 4:1',
    options: { cols: 3 },
    message: 'an integer in [1, 3], got "4"',
    at: [3, 3],
  },
  {
    what: 'an index where there are no columns',
    source: '1 1:2',
    options: { cols: 0 },
    message: 'expected the end of the line (options.cols is 0), got "1:2"',
    at: [1, 3],
  },
  {
    what: 'an index again',
    source: '1 1:2 2:3 2:4',
    message: 'expected an index > 2 (strictly rising in a row), got 2',
    at: [1, 11],
  },
  { what: 'a falling index', source: '1 5:2 2:3', message: 'expected an index > 5', at: [1, 7] },
  { what: 'a query after an entry', source: '1 1:2 qid:3', message: 'right after the label, got "qid:3"', at: [1, 7] },
  { what: 'two queries', source: '1 qid:2 qid:3', message: 'right after the label', at: [1, 9] },
  { what: 'half a query', source: '1 qid:2.5', message: 'expected a query, an integer in [0, 9007', at: [1, 7] },
  { what: 'a query too large', source: '1 qid:9007199254740992', message: 'expected a query', at: [1, 7] },
  { what: 'a row without query', source: '1 qid:2\n1 1:1 # no\n', message: 'got none in this row', at: [2, 11] },
  { what: 'a query that comes late', source: '1\n1 qid:2', message: 'no query (qid:), as in the first', at: [2, 3] },
  { what: 'a lone carriage return', source: '1 1:2\r2 1:3', message: 'expected a line feed after a', at: [1, 6] },
  { what: 'a carriage return at the end', source: '1 1:2\r', message: 'expected a line feed after a', at: [1, 6] },
  { what: 'a bad byte', source: bytes('1 1:2\n2', 0xff), message: 'expected UTF-8', at: [2, 2] },
  { what: 'a bad byte in a comment', source: bytes('1 # ', 0x80, 10), message: 'expected UTF-8', at: [1, 5] },
  { what: 'a byte order mark in the middle', source: '1\n\uFEFF2', message: 'as the label', at: [2, 1] },
  { what: 'a word without end', source: `1 1:${'0'.repeat(70000)}`, message: 'at most 65536 characters', at: [1, 3] },
  // Limits.
  {
    what: 'more entries than allowed',
    source: '1 1:2 2:3\n1 1:2',
    options: { maxEntries: 2 },
    message: 'expected at most 2 entries (options.maxEntries), got more',
    at: [2, 3],
  },
  {
    what: 'more rows than allowed',
    source: '1\n2\n3\n',
    options: { maxEntries: 2 },
    message: 'expected at most 2 rows (options.maxEntries), got more',
    at: [3, 1],
  },
  {
    what: 'a longer text than allowed',
    source: '1\n2\n',
    options: { maxBytes: 3 },
    message: 'at most 3 bytes',
    at: [1, 1],
  },
  // Arguments.
  ...[undefined, null, 3, {}].map((source) => ({
    what: `${String(source)} as source`,
    source,
    code: 'ERR_INPUT',
    message: 'source: expected a string, bytes, or an iterable of chunks of bytes',
  })),
  {
    what: 'a first index',
    source: '',
    options: { firstIndex: 2 },
    code: 'ERR_OPTION',
    message: 'expected 0 or 1, got 2',
  },
  { what: 'half a column', source: '', options: { cols: 0.5 }, code: 'ERR_OPTION', message: 'options.cols' },
  { what: 'a limit', source: '', options: { maxBytes: -1 }, code: 'ERR_OPTION', message: 'options.maxBytes' },
  { what: 'another limit', source: '', options: { maxEntries: 2 ** 31 }, code: 'ERR_OPTION', message: 'options.maxEn' },
  { what: 'an unknown option', source: '', options: { header: true }, code: 'ERR_OPTION', message: 'options.header' },
];

describe('readLibsvm refuses', () => {
  for (const refusal of refusals) {
    test(refusal.what, async () => {
      const promise = readLibsvm(refusal.source as Source, refusal.options as ReadLibsvmOptions);
      expectTextRefusal(await rejection(promise), refusal);
    });
  }

  test('the same whatever the pieces: every byte a chunk', async () => {
    for (const refusal of refusals) {
      const { source, options, at } = refusal;
      if (typeof source !== 'string' || at === undefined || source.length > 1000) continue;
      // A limit on bytes is noticed at the chunk that passes it, elsewhere than in one piece.
      if ((options as ReadLibsvmOptions | undefined)?.maxBytes !== undefined) continue;
      const promise = readLibsvm(singleBytes(bytes(source)), options as ReadLibsvmOptions);
      expectTextRefusal(await rejection(promise), refusal);
    }
  });

  test('nothing that is just within the limits', async () => {
    const { A } = await readLibsvm('1 1:2\n3 2:4', { maxEntries: 2, maxBytes: 11 });
    expect(A.data.length).toBe(2);
  });
});
