import { bitsOf } from '@lemmata/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { denseMatrix, fromTriplets, type SparseMatrix, toDense, toSparse } from '../src/index.js';
import { readMatrixMarket, writeMatrixMarket } from '../src/io/index.js';
import { textOf } from './io-refusal.js';

const SEED = 20260105;
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const size = fc.integer({ min: 0, max: 7 });

describe('writeMatrixMarket', () => {
  test('writes a sparse matrix by coordinates, in the order in which it is stored', () => {
    const A = fromTriplets(2, 3, { rows: [0, 1, 1], cols: [2, 0, 2], values: [0.5, -0, 1e21] });
    const header = '%%MatrixMarket matrix coordinate real general\n2 3 3\n';
    expect(textOf(writeMatrixMarket(A))).toBe(`${header}1 3 0.5\n2 1 -0\n2 3 1e+21\n`);
    expect(textOf(writeMatrixMarket(toSparse(A, 'csc')))).toBe(`${header}2 1 -0\n1 3 0.5\n2 3 1e+21\n`);
  });

  test('writes a dense matrix as an array, column by column', () => {
    const text = '%%MatrixMarket matrix array real general\n2 2\n1\n-0\n1e-7\n4\n';
    expect(
      textOf(
        writeMatrixMarket([
          [1, 1e-7],
          [-0, 4],
        ]),
      ),
    ).toBe(text);
    expect(textOf(writeMatrixMarket(denseMatrix(2, 2, [1, -0, 1e-7, 4], 'column')))).toBe(text);
  });

  test('a dense matrix that is read again has the same bits', async () => {
    const matrices = fc
      .tuple(size, size, fc.constantFrom<'row' | 'column'>('row', 'column'))
      .chain(([m, n, layout]) =>
        fc.array(finite, { minLength: m * n, maxLength: m * n }).map((data) => denseMatrix(m, n, data, layout)),
      );
    await fc.assert(
      fc.asyncProperty(matrices, async (matrix) => {
        const read = await readMatrixMarket(writeMatrixMarket(matrix));
        const expected = toDense(matrix, 'column');
        expect(read).toMatchObject({ format: 'array', field: 'real', symmetry: 'general' });
        expect(read.matrix).toMatchObject({ layout: 'column', rows: matrix.rows, cols: matrix.cols });
        expect(bitsOf(read.matrix.data)).toEqual(bitsOf(expected.data));
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  test('a sparse matrix that is read again has the same bits, by rows', async () => {
    const matrices = fc.tuple(size, size, fc.constantFrom<'csr' | 'csc'>('csr', 'csc')).chain(([m, n, layout]) =>
      fc
        .uniqueArray(fc.tuple(fc.nat(Math.max(0, m * n - 1)), finite), {
          selector: ([place]) => place,
          maxLength: m * n,
        })
        .map((entries) =>
          fromTriplets(
            m,
            n,
            {
              rows: entries.map(([place]) => Math.floor(place / n)),
              cols: entries.map(([place]) => place % n),
              values: entries.map(([, value]) => value),
            },
            layout,
          ),
        ),
    );
    await fc.assert(
      fc.asyncProperty(matrices, async (matrix) => {
        const read = await readMatrixMarket(writeMatrixMarket(matrix));
        const expected = toSparse(matrix, 'csr');
        const sparse = read.matrix as SparseMatrix;
        expect(read).toMatchObject({ format: 'coordinate', field: 'real', symmetry: 'general' });
        expect({ ...sparse, data: bitsOf(sparse.data) }).toEqual({ ...expected, data: bitsOf(expected.data) });
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  test('large matrices come in several chunks', async () => {
    const matrix = denseMatrix(
      5000,
      7,
      Float64Array.from({ length: 35000 }, (_, k) => Math.sqrt(k) - 50),
    );
    const chunks = [...writeMatrixMarket(matrix)];
    expect(chunks.length).toBeGreaterThan(5);
    expect(bitsOf((await readMatrixMarket(chunks)).matrix.data)).toEqual(bitsOf(toDense(matrix, 'column').data));
    const sparse = [...writeMatrixMarket(toSparse(matrix))];
    expect(sparse.length).toBeGreaterThan(5);
    expect(bitsOf((await readMatrixMarket(sparse)).matrix.data)).toEqual(bitsOf(toSparse(matrix).data));
  });

  test('refuses what is no matrix before the first chunk', () => {
    expect(() => writeMatrixMarket(3 as never)).toThrow(expect.objectContaining({ code: 'ERR_INPUT' }));
    expect(() => writeMatrixMarket([[Number.NaN]])).toThrow('matrix[0][0]: expected a finite number, got NaN');
  });
});
