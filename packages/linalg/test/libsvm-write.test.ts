import { bitsOf } from '@lemmata/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sparseMatrix, toSparse } from '../src/index.js';
import { readLibsvm, type WriteLibsvmOptions, writeLibsvm } from '../src/io/index.js';
import { textOf } from './io-refusal.js';

const SEED = 20260104;

describe('writeLibsvm', () => {
  test('writes a line for each row, with the shortest numbers', () => {
    expect(
      textOf(
        writeLibsvm(
          [
            [0.5, 0, 2],
            [0, 0, 0],
            [0, -1e21, 1e-7],
          ],
          [1, -0, 0.1],
        ),
      ),
    ).toBe('1 1:0.5 3:2\n-0\n0.1 2:-1e+21 3:1e-7\n');
  });

  test('writes queries, and indices from 0', () => {
    const written = writeLibsvm(
      [
        [5, 6],
        [0, 7],
      ],
      Int8Array.of(1, 2),
      { queries: [3, 9007199254740991], firstIndex: 0 },
    );
    expect(textOf(written)).toBe('1 qid:3 0:5 1:6\n2 qid:9007199254740991 1:7\n');
  });

  test('a matrix without rows is an empty text', () => {
    expect([...writeLibsvm([], [])]).toEqual([]);
  });

  test('what is read again has the same bits', async () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    const rows = fc.integer({ min: 0, max: 8 }).chain((m) =>
      fc.record({
        cols: fc.integer({ min: 0, max: 2147483647 }),
        labels: fc.array(finite, { minLength: m, maxLength: m }),
        queries: fc.option(fc.array(fc.maxSafeNat(), { minLength: m, maxLength: m }), { nil: [] }),
        lines: fc.array(fc.array(fc.tuple(fc.nat(2147483646), finite), { maxLength: 5 }), {
          minLength: m,
          maxLength: m,
        }),
        firstIndex: fc.constantFrom<0 | 1>(0, 1),
      }),
    );
    await fc.assert(
      fc.asyncProperty(rows, async ({ cols, labels, queries, lines, firstIndex }) => {
        const indptr = [0];
        const indices: number[] = [];
        const data: number[] = [];
        for (const line of lines) {
          const byIndex = new Map(line.filter(([index]) => index < cols));
          for (const index of [...byIndex.keys()].sort((a, b) => a - b)) {
            indices.push(index);
            data.push(byIndex.get(index) as number);
          }
          indptr.push(indices.length);
        }
        const A = sparseMatrix({ layout: 'csr', rows: labels.length, cols, indptr, indices, data });
        const read = await readLibsvm(writeLibsvm(A, labels, { queries, firstIndex }), { firstIndex, cols });
        expect([read.A.rows, read.A.cols]).toEqual([A.rows, A.cols]);
        expect([Array.from(read.A.indptr), Array.from(read.A.indices)]).toEqual([indptr, indices]);
        expect(bitsOf(read.A.data)).toEqual(bitsOf(data));
        expect(bitsOf(read.labels)).toEqual(bitsOf(labels));
        expect(Array.from(read.queries)).toEqual(queries);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  test('large matrices come in several chunks, from any layout the same', async () => {
    const dense = Array.from({ length: 3000 }, (_, i) =>
      Array.from({ length: 7 }, (_, j) => Math.sqrt(7 * i + j) - 50),
    );
    const labels = dense.map((row) => row[0]);
    const chunks = [...writeLibsvm(dense, labels)];
    expect(chunks.length).toBeGreaterThan(5);
    expect(textOf(writeLibsvm(toSparse(dense, 'csc'), labels))).toBe(textOf(chunks));
    const { A } = await readLibsvm(chunks);
    expect(bitsOf(A.data)).toEqual(bitsOf(toSparse(dense).data));
  });

  const refusals: readonly [string, unknown, unknown, unknown, string, string][] = [
    ['a matrix that is none', 3, [], {}, 'ERR_INPUT', 'matrix: expected a matrix'],
    ['too few labels', [[1], [2]], [1], {}, 'ERR_DIMENSION', 'labels: expected length 2 (rows of the matrix), got 1'],
    ['a label that is NaN', [[1]], [Number.NaN], {}, 'ERR_NOT_FINITE', 'labels[0]: expected a finite number'],
    ['labels that are none', [[1]], 'x', {}, 'ERR_INPUT', 'labels: expected an array of numbers'],
    ['a query too many', [[1]], [1], { queries: [1, 2] }, 'ERR_DIMENSION', 'options.queries: expected length 1'],
    ['half a query', [[1]], [1], { queries: [0.5] }, 'ERR_OPTION', 'options.queries[0]: expected an integer in'],
    ['queries in a string', [[1]], [1], { queries: '1' }, 'ERR_OPTION', 'options.queries: expected an array of'],
    ['a first index', [[1]], [1], { firstIndex: '1' }, 'ERR_OPTION', 'options.firstIndex: expected 0 or 1, got "1"'],
    ['an unknown option', [[1]], [1], { cols: 1 }, 'ERR_OPTION', 'options.cols'],
  ];
  for (const [what, matrix, labels, options, code, message] of refusals) {
    test(`refuses ${what} before the first chunk`, () => {
      const call = () => writeLibsvm(matrix as number[][], labels as number[], options as WriteLibsvmOptions);
      expect(call).toThrow(message);
      expect(call).toThrow(expect.objectContaining({ code }));
    });
  }
});
