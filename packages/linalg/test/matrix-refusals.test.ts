import { describe, expect, it, test } from 'vitest';
import { type DenseMatrix, type MatrixLike, requireFinite, toMatrix } from '../src/index.js';
import { caught, expectRefusal, type Refusal } from './refusal.js';

/** A valid matrix with the entries 1 and 2 in column 0 and 3 in column 2; each case below spoils one thing. */
const csc = { layout: 'csc', rows: 3, cols: 3, indptr: [0, 2, 2, 3], indices: [0, 2, 1], data: [1, 2, 3] };
const csr = { ...csc, layout: 'csr' };
const accepted =
  'expected a matrix: { rows, cols, data }, { layout, rows, cols, indptr, indices, data }, an array of rows or a Matrix of ml-matrix';
const mlMatrix = (rows: unknown, columns: unknown, entry: unknown) => ({ rows, columns, get: () => entry });

const refusals: readonly Refusal[] = [
  { what: 'undefined', value: undefined, code: 'ERR_INPUT', message: `A: ${accepted}, got undefined` },
  { what: 'null', value: null, code: 'ERR_INPUT', message: `A: ${accepted}, got null` },
  { what: 'a number', value: 3, code: 'ERR_INPUT', message: `A: ${accepted}, got 3` },
  { what: 'a string', value: '12', code: 'ERR_INPUT', message: `A: ${accepted}, got "12"` },
  { what: 'another object', value: { x: 1 }, code: 'ERR_INPUT', message: `A: ${accepted}, got an object (Object)` },
  {
    what: 'a flat typed array',
    value: new Float64Array(4),
    code: 'ERR_INPUT',
    message: `A: ${accepted}, got Float64Array of length 4`,
  },
  // Nested arrays.
  {
    what: 'a flat array',
    value: [1, 2],
    code: 'ERR_INPUT',
    message: 'A[0]: expected an array of numbers (a row), got 1',
    details: { argument: 'A[0]' },
  },
  {
    what: 'a row that is a string',
    value: [[1], '2'],
    code: 'ERR_INPUT',
    message: 'A[1]: expected an array of numbers (a row), got "2"',
  },
  {
    what: 'rows of BigInt',
    value: [new BigInt64Array(2)],
    code: 'ERR_INPUT',
    message: 'A[0]: expected an array of numbers (a row), got BigInt64Array of length 2',
  },
  {
    what: 'a DataView as row',
    value: [new DataView(new ArrayBuffer(8))],
    code: 'ERR_INPUT',
    message: 'A[0]: expected an array of numbers (a row)',
  },
  {
    what: 'ragged rows',
    value: [[1, 2], [3, 4], [5]],
    code: 'ERR_DIMENSION',
    message: 'A[2]: expected length 2 (that of A[0]), got 1',
    details: { argument: 'A[2]', expected: 2, actual: 1 },
  },
  {
    what: 'NaN in a row',
    value: [[1], [2], [3], [Number.NaN]],
    code: 'ERR_NOT_FINITE',
    message: 'A[3][0]: expected a finite number, got NaN',
    details: { argument: 'A[3][0]', index: [3, 0] },
  },
  {
    what: '-Infinity in a typed row',
    value: [Float32Array.of(1, -Infinity)],
    code: 'ERR_NOT_FINITE',
    message: 'A[0][1]: expected a finite number, got -Infinity',
    details: { index: [0, 1] },
  },
  {
    what: 'a number as text',
    value: [[1, '2']],
    code: 'ERR_INPUT',
    message: 'A[0][1]: expected a finite number, got "2"',
    details: { index: [0, 1] },
  },
  {
    what: 'a hole in a row',
    value: [new Array(1)],
    code: 'ERR_INPUT',
    message: 'A[0][0]: expected a finite number, got undefined',
  },
  // Dense matrices.
  {
    what: 'an unknown layout',
    value: { layout: 'rows', rows: 1, cols: 1, data: [1] },
    code: 'ERR_INPUT',
    message: `A.layout: expected one of 'row', 'column', got "rows"`,
  },
  {
    what: 'a null layout',
    value: { layout: null, rows: 1, cols: 1, data: [1] },
    code: 'ERR_INPUT',
    message: `A.layout: expected one of 'row', 'column', got null`,
  },
  {
    what: 'a dense matrix that calls itself sparse',
    value: { layout: 'csr', rows: 1, cols: 1, data: [1] },
    code: 'ERR_INPUT',
    message: `A.layout: expected one of 'row', 'column', got "csr"`,
  },
  {
    what: 'negative rows',
    value: { rows: -1, cols: 1, data: [] },
    code: 'ERR_INPUT',
    message: 'A.rows: expected an integer in [0, 2147483647], got -1',
  },
  {
    what: 'half a column',
    value: { rows: 2, cols: 0.5, data: [1] },
    code: 'ERR_INPUT',
    message: 'A.cols: expected an integer in [0, 2147483647], got 0.5',
  },
  {
    what: 'too many rows',
    value: { rows: 2 ** 31, cols: 0, data: [] },
    code: 'ERR_INPUT',
    message: 'A.rows: expected an integer in [0, 2147483647], got 2147483648',
  },
  {
    what: 'no data',
    value: { rows: 1, cols: 1 },
    code: 'ERR_INPUT',
    message: 'A.data: expected an array of numbers, got undefined',
  },
  {
    what: 'data of BigInt',
    value: { rows: 1, cols: 1, data: new BigUint64Array(1) },
    code: 'ERR_INPUT',
    message: 'A.data: expected an array of numbers, got BigUint64Array of length 1',
  },
  {
    what: 'too few entries',
    value: { rows: 2, cols: 3, data: new Float64Array(5) },
    code: 'ERR_DIMENSION',
    message: 'A.data: expected length 6 (rows * cols = 2 * 3), got 5',
    details: { argument: 'A.data', expected: 6, actual: 5 },
  },
  {
    what: 'NaN in row layout',
    value: { rows: 2, cols: 3, data: [0, 1, 2, 3, Number.NaN, 5] },
    code: 'ERR_NOT_FINITE',
    message: 'A[1][1]: expected a finite number, got NaN',
    details: { index: [1, 1] },
  },
  {
    what: 'Infinity in column layout',
    value: { layout: 'column', rows: 2, cols: 3, data: Float64Array.of(0, 1, 2, 3, 4, Infinity) },
    code: 'ERR_NOT_FINITE',
    message: 'A[1][2]: expected a finite number, got Infinity',
    details: { index: [1, 2] },
  },
  {
    what: 'NaN among enough entries for the unrolled check',
    value: { rows: 1, cols: 9, data: Float64Array.of(1, 2, 3, 4, 5, 6, Number.NaN, 8, 9) },
    code: 'ERR_NOT_FINITE',
    message: 'A[0][6]: expected a finite number, got NaN',
  },
  {
    what: 'an entry that is no number',
    value: { rows: 1, cols: 2, data: [1, null] },
    code: 'ERR_INPUT',
    message: 'A[0][1]: expected a finite number, got null',
  },
  // Sparse matrices.
  {
    what: 'a sparse matrix without layout',
    value: { ...csc, layout: undefined },
    code: 'ERR_INPUT',
    message: `A.layout: expected one of 'csr', 'csc', got undefined`,
  },
  {
    what: 'no offsets',
    value: { ...csc, indptr: undefined },
    code: 'ERR_INPUT',
    message: 'A.indptr: expected an array of numbers, got undefined',
  },
  {
    what: 'too few offsets',
    value: { ...csc, indptr: [0, 2, 3] },
    code: 'ERR_DIMENSION',
    message: 'A.indptr: expected length 4 (cols + 1), got 3',
  },
  {
    what: 'too few offsets of rows',
    value: { ...csr, rows: 4 },
    code: 'ERR_DIMENSION',
    message: 'A.indptr: expected length 5 (rows + 1), got 4',
  },
  {
    what: 'a first offset that is not 0',
    value: { ...csc, indptr: [1, 2, 2, 3] },
    code: 'ERR_INPUT',
    message: 'A.indptr[0]: expected 0, got 1',
    details: { index: 0 },
  },
  {
    what: 'offsets that fall',
    value: { ...csc, indptr: [0, 2, 1, 3] },
    code: 'ERR_INPUT',
    message: 'A.indptr[2]: expected an integer >= 2 (offsets never fall), got 1',
    details: { index: 2 },
  },
  {
    what: 'an offset that is no integer',
    value: { ...csc, indptr: [0, 1.5, 2, 3] },
    code: 'ERR_INPUT',
    message: 'A.indptr[1]: expected an integer in [0, 2147483647], got 1.5',
    details: { index: 1 },
  },
  {
    what: 'an offset beyond 32 bits',
    value: { ...csc, indptr: [0, 2, 2, 2 ** 32 + 3] },
    code: 'ERR_INPUT',
    message: 'A.indptr[3]: expected an integer in [0, 2147483647], got 4294967299',
  },
  {
    what: 'too few indices',
    value: { ...csc, indices: [0, 2] },
    code: 'ERR_DIMENSION',
    message: 'A.indices: expected length 3 (the last entry of A.indptr), got 2',
  },
  {
    what: 'too many entries',
    value: { ...csc, data: [1, 2, 3, 4] },
    code: 'ERR_DIMENSION',
    message: 'A.data: expected length 3 (the last entry of A.indptr), got 4',
  },
  {
    what: 'an index out of range',
    value: { ...csc, indices: [0, 3, 1] },
    code: 'ERR_INPUT',
    message: 'A.indices[1] (column 0, position 1): expected a row in [0, 3), got 3',
    details: { index: 1, line: 0, position: 1, actual: 3 },
  },
  {
    what: 'a negative index',
    value: { ...csr, indices: Int32Array.of(0, 2, -1) },
    code: 'ERR_INPUT',
    message: 'A.indices[2] (row 2, position 0): expected a column in [0, 3), got -1',
    details: { index: 2, line: 2, position: 0 },
  },
  {
    what: 'an index that is text',
    value: { ...csc, indices: [0, '2', 1] },
    code: 'ERR_INPUT',
    message: 'A.indices[1]: expected an integer in [0, 2147483647], got "2"',
  },
  {
    what: 'indices out of order',
    value: { ...csc, indices: [2, 0, 1] },
    code: 'ERR_INPUT',
    message: 'A.indices[1] (column 0, position 1): expected a row > 2 (strictly rising in a column), got 0',
    details: { index: 1, line: 0, position: 1 },
  },
  {
    what: 'a repeated index',
    value: { ...csr, indices: [2, 2, 1] },
    code: 'ERR_INPUT',
    message: 'A.indices[1] (row 0, position 1): expected a column > 2 (strictly rising in a row), got 2',
    details: { index: 1, line: 0, position: 1 },
  },
  {
    what: 'NaN in compressed columns',
    value: { ...csc, data: [1, Number.NaN, 3] },
    code: 'ERR_NOT_FINITE',
    message: 'A[2][0]: expected a finite number, got NaN',
    details: { index: [2, 0] },
  },
  {
    what: 'Infinity in compressed rows, after an empty one',
    value: { ...csr, data: Float32Array.of(1, 2, Infinity) },
    code: 'ERR_NOT_FINITE',
    message: 'A[2][1]: expected a finite number, got Infinity',
    details: { index: [2, 1] },
  },
  // Anything with the face of ml-matrix.
  {
    what: 'a matrix with a wrong number of columns',
    value: mlMatrix(1, '2', 0),
    code: 'ERR_INPUT',
    message: 'A.columns: expected an integer in [0, 2147483647], got "2"',
  },
  {
    what: 'a matrix that gives NaN',
    value: mlMatrix(1, 1, Number.NaN),
    code: 'ERR_NOT_FINITE',
    message: 'A[0][0]: expected a finite number, got NaN',
    details: { index: [0, 0] },
  },
  {
    what: 'a matrix that gives nothing',
    value: mlMatrix(1, 1, undefined),
    code: 'ERR_INPUT',
    message: 'A[0][0]: expected a finite number, got undefined',
  },
  { what: 'a matrix without get', value: { rows: 1, columns: 1 }, code: 'ERR_INPUT', message: `A: ${accepted}` },
];

describe('toMatrix refuses', () => {
  for (const { what, value, ...refusal } of refusals) {
    test(what, () => {
      expectRefusal(
        caught(() => toMatrix('A', value as MatrixLike)),
        refusal,
      );
    });
  }
});

test('toMatrix finds a bad entry wherever it stands among good ones, the first of several first', () => {
  for (const bad of [Number.NaN, Infinity, -Infinity]) {
    for (let length = 1; length <= 13; length++) {
      for (let position = 0; position < length; position++) {
        const data = new Float64Array(length).fill(Number.MAX_VALUE);
        data[position] = bad;
        if (position + 1 < length) data[position + 1] = -bad;
        expectRefusal(
          caught(() => toMatrix('A', { rows: 1, cols: length, data })),
          { code: 'ERR_NOT_FINITE', message: `A[0][${position}]`, details: { index: [0, position] } },
        );
      }
    }
  }
});

describe('entries that are looked at later', () => {
  it('are refused by requireFinite as by toMatrix, and not before', () => {
    for (const layout of ['row', 'column'] as const) {
      for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
        const data = Float64Array.from({ length: 12 }, (_, k) => (k === 7 ? value : k));
        const matrix = toMatrix('A', { layout, rows: 3, cols: 4, data }, 'later');
        expect(matrix).toEqual({ layout, rows: 3, cols: 4, data });
        const refused = (act: () => void) => {
          try {
            act();
          } catch (error) {
            return (error as Error).message;
          }
          return undefined;
        };
        const now = refused(() => toMatrix('A', { layout, rows: 3, cols: 4, data }));
        expect(now).toContain(layout === 'row' ? 'A[1][3]' : 'A[1][2]');
        expect(refused(() => requireFinite('A', matrix as DenseMatrix))).toBe(now);
      }
    }
    // Arrays that have to be converted are looked at on the way.
    expect(() => toMatrix('A', { rows: 1, cols: 1, data: [Number.NaN] }, 'later')).toThrow(/A\[0\]\[0\]/);
    expect(() => requireFinite('A', { layout: 'row', rows: 1, cols: 2, data: Float64Array.of(1, -0) })).not.toThrow();
  });
});

describe('indices of lines', () => {
  it('are accepted exactly where they rise inside each line, whatever lines are empty', () => {
    // All matrices of 3 lines with indices in [0, 3), 0 to 2 entries a line.
    const lines: number[][] = [
      [],
      ...[0, 1, 2].map((i) => [i]),
      ...[0, 1, 2].flatMap((i) => [0, 1, 2].map((j) => [i, j])),
    ];
    let accepted = 0;
    for (const first of lines) {
      for (const second of lines) {
        for (const third of lines) {
          const all = [first, second, third];
          const indices = all.flat();
          const indptr = [0, first.length, first.length + second.length, indices.length];
          const rises = all.every((line) => line.every((index, k) => k === 0 || index > line[k - 1]));
          const read = () => toMatrix('A', { layout: 'csc', rows: 3, cols: 3, indptr, indices, data: indices });
          if (rises) expect(read).not.toThrow();
          else expect(read).toThrow(/strictly rising/);
          accepted += rises ? 1 : 0;
        }
      }
    }
    expect(accepted).toBe(7 ** 3);
  });
});
