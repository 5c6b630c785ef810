import { bitsOf } from '@lemmata/testing';
import { describe, expect, test } from 'vitest';
import { toArrays } from '../src/index.js';
import { readMatrixMarket } from '../src/io/index.js';

const rowsOf = async (...lines: string[]) => toArrays((await readMatrixMarket(lines.join('\n'))).matrix);

describe('the coordinate format', () => {
  test('is a sparse matrix by rows, from entries in any order', async () => {
    const text = '%%MatrixMarket matrix coordinate real general\n3 4 4\n3 4 -0\n1 2 2.5\n3 1 4\n1 1 0\n';
    expect(await readMatrixMarket(text)).toEqual({
      format: 'coordinate',
      field: 'real',
      symmetry: 'general',
      matrix: {
        layout: 'csr',
        rows: 3,
        cols: 4,
        indptr: Int32Array.of(0, 2, 2, 4),
        indices: Int32Array.of(0, 1, 0, 3),
        data: Float64Array.of(0, 2.5, 4, -0),
      },
    });
  });

  test('symmetric: entries stand for their mirror images, those on the diagonal once', async () => {
    const header = '%%MatrixMarket matrix coordinate real symmetric';
    expect(await rowsOf(header, '3 3 4', '3 1 5', '1 1 1', '3 2 -0.5', '2 2 7')).toEqual([
      [1, 0, 5],
      [0, 7, -0.5],
      [5, -0.5, 0],
    ]);
  });

  test('skew-symmetric: with the opposite sign', async () => {
    const header = '%%MatrixMarket matrix coordinate integer skew-symmetric';
    expect(await rowsOf(header, '3 3 2', '2 1 5', '3 2 -7')).toEqual([
      [0, -5, 0],
      [5, 0, 7],
      [0, -7, 0],
    ]);
  });

  test('pattern: entries are 1', async () => {
    expect(await rowsOf('%%MatrixMarket matrix coordinate pattern general', '2 3 2', '2 3', '1 1')).toEqual([
      [1, 0, 0],
      [0, 0, 1],
    ]);
    expect(await rowsOf('%%MatrixMarket matrix coordinate pattern symmetric', '2 2 2', '2 1', '1 1')).toEqual([
      [1, 1],
      [1, 0],
    ]);
  });

  test('may be empty', async () => {
    const header = '%%MatrixMarket matrix coordinate real general\n';
    for (const [rows, cols] of [
      [0, 0],
      [2, 0],
      [0, 3],
      [2, 3],
    ]) {
      const { matrix } = await readMatrixMarket(`${header}${rows} ${cols} 0`);
      expect(matrix).toMatchObject({ layout: 'csr', rows, cols, indptr: new Int32Array(rows + 1) });
      expect(matrix.data.length).toBe(0);
    }
  });
});

describe('the array format', () => {
  test('is a dense matrix, column by column', async () => {
    const text = '%%MatrixMarket matrix array real general\n2 3\n1\n2\n3\n4\n5\n6\n';
    expect(await readMatrixMarket(text)).toEqual({
      format: 'array',
      field: 'real',
      symmetry: 'general',
      matrix: { layout: 'column', rows: 2, cols: 3, data: Float64Array.of(1, 2, 3, 4, 5, 6) },
    });
  });

  test('symmetric: the lower triangle; skew-symmetric: without the diagonal', async () => {
    const lower = ['1', '2', '3', '4', '5', '6'];
    expect(await rowsOf('%%MatrixMarket matrix array integer symmetric', '3 3', ...lower)).toEqual([
      [1, 2, 3],
      [2, 4, 5],
      [3, 5, 6],
    ]);
    expect(await rowsOf('%%MatrixMarket matrix array real skew-symmetric', '3 3', '1', '2', '3')).toEqual([
      [0, -1, -2],
      [1, 0, -3],
      [2, 3, 0],
    ]);
  });

  test('may be empty', async () => {
    for (const [rows, cols] of [
      [0, 0],
      [2, 0],
      [0, 3],
    ]) {
      const { matrix } = await readMatrixMarket(`%%MatrixMarket matrix array real general\n${rows} ${cols}\n`);
      expect(matrix).toEqual({ layout: 'column', rows, cols, data: new Float64Array(0) });
    }
    expect(await rowsOf('%%MatrixMarket matrix array real skew-symmetric', '1 1')).toEqual([[0]]);
  });
});

test('numbers become the nearest doubles', async () => {
  const literals = ['-0', '+1', '007', '1.', '.5', '1E+2', '9007199254740993', '5e-324', '1e-999'];
  const text = `%%MatrixMarket matrix array real general\n${literals.length} 1\n${literals.join('\n')}`;
  const { matrix } = await readMatrixMarket(text);
  expect(bitsOf(matrix.data)).toEqual(bitsOf([-0, 1, 7, 1, 0.5, 100, 9007199254740992, 5e-324, 0]));
});

test('words in any case, blanks, comments, empty lines, line ends and a byte order mark', async () => {
  const expected = await readMatrixMarket('%%MatrixMarket matrix coordinate real general\n2 2 2\n1 1 3\n2 2 4\n');
  for (const text of [
    '%%MatrixMarket MATRIX Coordinate REAL General\r\n2 2 2\r\n1 1 3\r\n2 2 4\r\n',
    '\uFEFF%%MatrixMarket matrix coordinate real general\n2 2 2\n1 1 3\n2 2 4',
    '%%MatrixMarket\tmatrix  coordinate real general \n \t2\t2  2 \n\t1 1  3\n2 2 4\t',
    `%%MatrixMarket matrix coordinate real general\n%\n% é "x" ${'word '.repeat(100000)}\n\n%%\n2 2 2\n1 1 3\n2 2 4`,
    '%%MatrixMarket matrix coordinate real general\n\n2 2 2\n\n1 1 3\n \t\r\n2 2 4\n\n\n',
  ]) {
    expect(await readMatrixMarket(text)).toEqual(expected);
  }
});

test('the result survives a structured clone', async () => {
  const data = await readMatrixMarket('%%MatrixMarket matrix coordinate pattern general\n2 2 1\n1 2\n');
  expect(structuredClone(data)).toEqual(data);
});
