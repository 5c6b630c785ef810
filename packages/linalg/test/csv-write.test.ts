import { bitsOf } from '@lemmata/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { denseMatrix, toSparse } from '../src/index.js';
import { readCsv, type WriteCsvOptions, writeCsv } from '../src/io/index.js';

const SEED = 20260103;

function text(chunks: Iterable<Uint8Array>): string {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let joined = '';
  for (const chunk of chunks) joined += decoder.decode(chunk, { stream: true });
  return joined + decoder.decode();
}

describe('writeCsv', () => {
  test('writes lines with CRLF and quotes only what needs them', () => {
    const names = ['a', 'b,c', 'd"e', '', ' f ', '\uFEFFg'];
    const written = text(writeCsv([[1, -0.5, 1e21, -0, 1e-7, 100]], { names }));
    expect(written).toBe('a,"b,c","d""e","", f ,"\uFEFFg"\r\n1,-0.5,1e+21,-0,1e-7,100\r\n');
    expect(text(writeCsv([[1, -2]], { delimiter: '-' }))).toBe('1-"-2"\r\n');
  });

  test('what is read again has the same bits and names', async () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    const tables = fc
      .record({ rows: fc.integer({ min: 0, max: 8 }), cols: fc.integer({ min: 1, max: 6 }) })
      .chain(({ rows, cols }) =>
        fc.record({
          rows: fc.constant(rows),
          cols: fc.constant(cols),
          data: fc.array(finite, { minLength: rows * cols, maxLength: rows * cols }),
          names: fc.array(fc.string({ unit: 'binary' }), { minLength: cols, maxLength: cols }),
          delimiter: fc.constantFrom(',', ';', '\t', '-', 'e', '1'),
        }),
      );
    await fc.assert(
      fc.asyncProperty(tables, async ({ rows, cols, data, names, delimiter }) => {
        const chunks = writeCsv(denseMatrix(rows, cols, data), { names, delimiter });
        const table = await readCsv(chunks, { delimiter });
        expect(table.names).toEqual(names);
        expect([table.rows, table.cols]).toEqual([rows, cols]);
        expect(bitsOf(table.matrix.data)).toEqual(bitsOf(data));
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  test('large tables come in several chunks', async () => {
    const matrix = denseMatrix(
      5000,
      7,
      Float64Array.from({ length: 35000 }, (_, k) => Math.sqrt(k) - 50),
    );
    const chunks = [...writeCsv(matrix)];
    expect(chunks.length).toBeGreaterThan(5);
    const table = await readCsv(chunks, { header: false });
    expect(bitsOf(table.matrix.data)).toEqual(bitsOf(matrix.data));
    expect(text(writeCsv(toSparse(matrix, 'csc')))).toBe(text(chunks));
  });

  test('the empty table is an empty text', async () => {
    expect([...writeCsv([])]).toEqual([]);
    expect((await readCsv(writeCsv([]), { header: false })).cols).toBe(0);
  });

  const refusals: readonly [string, unknown, WriteCsvOptions | undefined, string, string][] = [
    ['a matrix that is none', 3, undefined, 'ERR_INPUT', 'matrix: expected a matrix'],
    ['NaN', [[Number.NaN]], undefined, 'ERR_NOT_FINITE', 'matrix[0][0]: expected a finite number, got NaN'],
    ['rows without columns', [[], []], undefined, 'ERR_INCOMPATIBLE', 'got 2 x 0 without names'],
    ['columns alone', denseMatrix(0, 2, []), {}, 'ERR_INCOMPATIBLE', 'got 0 x 2 without names'],
    [
      'too few names',
      [[1, 2]],
      { names: ['a'] },
      'ERR_DIMENSION',
      'options.names: expected length 2 (columns of the matrix), got 1',
    ],
    ['names in a string', [[1, 2]], { names: 'ab' as never }, 'ERR_OPTION', 'options.names: expected an array of'],
    [
      'a name that is a number',
      [[1]],
      { names: [1 as never] },
      'ERR_OPTION',
      'options.names[0]: expected a well-formed',
    ],
    ['half a character', [[1]], { names: ['\uD800'] }, 'ERR_OPTION', 'options.names[0]: expected a well-formed'],
    ['a name too long to read', [[1]], { names: ['a'.repeat(65537)] }, 'ERR_OPTION', 'at most 65536 characters'],
    ['a delimiter', [[1]], { delimiter: '\n' }, 'ERR_OPTION', 'options.delimiter'],
    ['an unknown option', [[1]], { header: true } as never, 'ERR_OPTION', 'options.header'],
  ];
  for (const [what, matrix, options, code, message] of refusals) {
    test(`refuses ${what} before the first chunk`, () => {
      const call = () => writeCsv(matrix as number[][], options);
      expect(call).toThrow(message);
      expect(call).toThrow(expect.objectContaining({ code }));
    });
  }
});
