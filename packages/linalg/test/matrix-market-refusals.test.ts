import { describe, expect, test } from 'vitest';
import { type ReadLimits, readMatrixMarket } from '../src/io/index.js';
import { bytes, expectTextRefusal, rejection, singleBytes, type TextRefusal } from './io-refusal.js';

type Source = Parameters<typeof readMatrixMarket>[0];

const COORDINATE = '%%MatrixMarket matrix coordinate real general\n';
const INTEGER = '%%MatrixMarket matrix coordinate integer general\n';
const PATTERN = '%%MatrixMarket matrix coordinate pattern general\n';
const SYMMETRIC = '%%MatrixMarket matrix coordinate real symmetric\n';
const SKEW = '%%MatrixMarket matrix coordinate real skew-symmetric\n';
const ARRAY = '%%MatrixMarket matrix array real general\n';
const header = (words: string) => `%%MatrixMarket ${words}\n1 1 1\n1 1 1\n`;

const refusals: readonly TextRefusal[] = [
  // The first line.
  { what: 'an empty text', source: '', message: '%%MatrixMarket at the begin, got the end of the text', at: [1, 1] },
  { what: 'an empty first line', source: '\n', message: 'at the begin, got none', at: [1, 1] },
  { what: 'another file', source: 'a,b\n1,2', message: 'expected %%MatrixMarket at the begin, got "a,b"', at: [1, 1] },
  { what: 'a banner in lower case', source: '%%matrixmarket matrix', message: 'got "%%matrixmarket"', at: [1, 1] },
  { what: 'a vector', source: header('vector array real general'), message: 'expected matrix, got', at: [1, 16] },
  { what: 'another format', source: header('matrix dense real general'), message: 'coordinate or array', at: [1, 23] },
  {
    what: 'complex entries',
    source: header('matrix coordinate complex general'),
    message: 'expected real or integer or pattern (matrices here have real entries), got "complex"',
    at: [1, 34],
  },
  {
    what: 'a hermitian matrix',
    source: header('matrix coordinate real hermitian'),
    message: '(matrices here have real entries, and a real hermitian matrix is symmetric), got "hermitian"',
    at: [1, 39],
  },
  {
    what: 'too few words',
    source: header('matrix array real'),
    message: 'expected %%MatrixMarket, object, format, field, symmetry, got 4 of them',
    at: [1, 33],
  },
  { what: 'too many words', source: header('matrix array real general 3'), message: 'got "3"', at: [1, 42] },
  { what: 'an array pattern', source: header('matrix array pattern general'), message: 'no pattern)', at: [1, 29] },
  {
    what: 'a skew pattern',
    source: header('matrix coordinate pattern skew-symmetric'),
    message: 'expected general or symmetric (a pattern has no signs), got "skew-symmetric"',
    at: [1, 42],
  },
  // Sizes.
  { what: 'no sizes', source: `${COORDINATE}% x\n`, message: 'the line of sizes, got the end of the text', at: [3, 1] },
  {
    what: 'two sizes of three',
    source: `${COORDINATE}2 2\n1 1 1`,
    message: 'expected the number of rows, of columns, of entries, got 2 of them',
    at: [2, 4],
  },
  {
    what: 'three sizes of two',
    source: `${ARRAY}2 2 4\n`,
    message: 'the end of the line after the number',
    at: [2, 5],
  },
  { what: 'a size with sign', source: `${COORDINATE}2 -2 0`, message: 'a number of columns', at: [2, 3] },
  { what: 'half a row', source: `${ARRAY}1.5 1\n1`, message: 'expected a number of rows', at: [2, 1] },
  {
    what: '10^12 rows',
    source: `${COORDINATE}1000000000000 1 1\n1 1 1`,
    message:
      'expected a number of rows (options.maxEntries is 67108864), an integer in [0, 67108864], got "1000000000000"',
    at: [2, 1],
  },
  { what: '10^12 columns', source: `${COORDINATE}1 1000000000000 1\n1 1 1`, message: 'number of columns', at: [2, 3] },
  {
    what: '10^12 entries',
    source: `${COORDINATE}60000000 60000000 1000000000000\n1 1 1`,
    message: 'expected a number of entries (options.maxEntries is 67108864), an integer in [0, 67108864]',
    at: [2, 19],
  },
  {
    what: 'a number of digits',
    source: `${COORDINATE}${'9'.repeat(60000)} 1 1`,
    message: 'number of rows',
    at: [2, 1],
  },
  {
    what: 'an array of 10^12 entries',
    source: `${ARRAY}1000000 1000000\n1`,
    message: 'expected at most 67108864 entries (options.maxEntries), got 1000000 x 1000000',
    at: [2, 1],
  },
  { what: 'more entries than places', source: `${COORDINATE}2 2 5\n`, message: 'an integer in [0, 4]', at: [2, 5] },
  { what: 'more than a triangle', source: `${SYMMETRIC}2 2 4\n`, message: 'an integer in [0, 3], got "4"', at: [2, 5] },
  { what: 'more than a strict one', source: `${SKEW}2 2 2\n`, message: 'an integer in [0, 1], got "2"', at: [2, 5] },
  {
    what: 'a symmetric matrix that is not square',
    source: `${SYMMETRIC}2 3 1\n1 1 1`,
    message: 'expected 2 columns (a symmetric matrix is square), got 3',
    at: [2, 3],
  },
  // Entries.
  {
    what: 'fewer entries than announced',
    source: `${COORDINATE}2 2 3\n1 1 1\n2 2 1\n`,
    message: 'expected 3 entries, as announced, got the end of the text after 2',
    at: [5, 1],
  },
  {
    what: 'more entries than announced',
    source: `${COORDINATE}2 2 1\n1 1 1\n\n 2 2 1`,
    message: 'expected the end of the text after the announced entries (1), got another entry',
    at: [5, 2],
  },
  { what: 'fewer in an array', source: `${ARRAY}2 1\n1`, message: '2 entries, as announced', at: [3, 2] },
  { what: 'two entries in one line', source: `${ARRAY}2 1\n1 2`, message: 'after an entry, got "2"', at: [3, 3] },
  { what: 'half an entry', source: `${COORDINATE}2 2 1\n1 1`, message: 'row, column, entry, got 2 of', at: [3, 4] },
  {
    what: 'an entry in a pattern',
    source: `${PATTERN}2 2 1\n1 1 5`,
    message: 'after row, column, got "5"',
    at: [3, 5],
  },
  { what: 'a comment after the sizes', source: `${COORDINATE}2 2 1\n% 1 1`, message: 'expected a row, an', at: [3, 1] },
  { what: 'row 0', source: `${COORDINATE}2 2 1\n0 1 1`, message: 'a row, an integer in [1, 2], got "0"', at: [3, 1] },
  { what: 'column 3 of 2', source: `${COORDINATE}2 2 1\n1 3 1`, message: 'a column, an integer in [1, 2]', at: [3, 3] },
  { what: 'a word', source: `${COORDINATE}2 2 1\n1 1 one`, message: 'a decimal number as an entry', at: [3, 5] },
  { what: 'an old exponent', source: `${COORDINATE}2 2 1\n1 1 1D+2`, message: 'as an entry, got "1D+2"', at: [3, 5] },
  { what: 'an infinity', source: `${ARRAY}1 1\n1e400`, message: 'a number in the range of doubles as', at: [3, 1] },
  { what: 'a fraction among integers', source: `${INTEGER}1 1 1\n1 1 1.0`, message: 'an integer that a', at: [3, 5] },
  { what: 'an integer too large', source: `${INTEGER}1 1 1\n1 1 9007199254740993`, message: 'exactly', at: [3, 5] },
  {
    what: 'a place above the diagonal',
    source: `${SYMMETRIC}2 2 1\n1 2 1`,
    message: 'expected a place on or below the diagonal (the matrix is symmetric), got "2"',
    at: [3, 3],
  },
  {
    what: 'a place on the diagonal of a skew matrix',
    source: `${SKEW}2 2 1\n2 2 1`,
    message: 'expected a place below the diagonal (the matrix is skew-symmetric), got "2"',
    at: [3, 3],
  },
  {
    what: 'a place twice',
    source: `${COORDINATE}3 3 4\n2 3 1e308\n1 1 1\n\n2 3 1e308\n1 1 5\n`,
    message: 'expected each place once, got row 2, column 3 again',
    at: [6, 1],
  },
  { what: 'a mirrored place twice', source: `${SYMMETRIC}3 3 2\n3 2 1\n3 2 1`, message: 'row 3, column 2', at: [4, 1] },
  { what: 'a lone carriage return', source: `${ARRAY}1 1\r1`, message: 'expected a line feed after a', at: [2, 4] },
  { what: 'a bad byte', source: bytes(`${ARRAY}1 1\n1`, 0xff), message: 'expected UTF-8', at: [3, 2] },
  {
    what: 'a word without end',
    source: `${ARRAY}${'1'.repeat(70000)}`,
    message: 'at most 65536 characters',
    at: [2, 1],
  },
  // Limits.
  { what: 'rows', source: `${COORDINATE}4 1 1\n1 1 1`, options: { maxEntries: 3 }, message: 'is 3)', at: [2, 1] },
  { what: 'entries', source: `${COORDINATE}3 3 4\n1 1 1`, options: { maxEntries: 3 }, message: '[0, 3]', at: [2, 5] },
  { what: 'arrays', source: `${ARRAY}2 2\n1`, options: { maxEntries: 3 }, message: 'got 2 x 2', at: [2, 1] },
  {
    what: 'mirror images beyond the limit',
    source: `${SYMMETRIC}3 3 3\n1 1 1\n2 1 1\n3 1 1`,
    options: { maxEntries: 4 },
    message: 'expected at most 4 entries (options.maxEntries), got more',
    at: [5, 1],
  },
  { what: 'a longer text', source: ARRAY, options: { maxBytes: 10 }, message: 'at most 10 bytes', at: [1, 1] },
  // Arguments.
  { what: 'no source', source: undefined, code: 'ERR_INPUT', message: 'source: expected a string, bytes, or an' },
  { what: 'a limit', source: '', options: { maxEntries: -1 }, code: 'ERR_OPTION', message: 'options.maxEntries' },
  { what: 'an unknown option', source: '', options: { layout: 'csc' }, code: 'ERR_OPTION', message: 'options.layout' },
];

describe('readMatrixMarket refuses', () => {
  for (const refusal of refusals) {
    test(refusal.what, async () => {
      const promise = readMatrixMarket(refusal.source as Source, refusal.options as ReadLimits);
      expectTextRefusal(await rejection(promise), refusal);
    });
  }

  test('the same whatever the pieces: every byte a chunk', async () => {
    for (const refusal of refusals) {
      const { source, options, at } = refusal;
      if (typeof source !== 'string' || at === undefined || source.length > 1000) continue;
      // A limit on bytes is noticed at the chunk that passes it, elsewhere than in one piece.
      if ((options as ReadLimits | undefined)?.maxBytes !== undefined) continue;
      const promise = readMatrixMarket(singleBytes(bytes(source)), options as ReadLimits);
      expectTextRefusal(await rejection(promise), refusal);
    }
  });

  test('nothing that is just within the limits', async () => {
    const options = { maxEntries: 4 };
    expect((await readMatrixMarket(`${COORDINATE}4 4 4\n1 1 1\n2 2 1\n3 3 1\n4 4 1`, options)).matrix.data.length).toBe(
      4,
    );
    expect((await readMatrixMarket(`${SYMMETRIC}3 3 2\n3 1 1\n2 1 1`, options)).matrix.data.length).toBe(4);
    expect((await readMatrixMarket(`${ARRAY}4 1\n1\n2\n3\n4`, options)).matrix.data.length).toBe(4);
    expect((await readMatrixMarket(`${INTEGER}1 1 1\n1 1 -9007199254740991`)).matrix.data[0]).toBe(-9007199254740991);
  });
});
