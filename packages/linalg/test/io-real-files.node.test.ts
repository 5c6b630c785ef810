import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { DenseMatrix, SparseMatrix } from '../src/index.js';
import { readCsv, readLibsvm, readMatrixMarket } from '../src/io/index.js';

const FOLDER = new URL('fixtures/io/', import.meta.url);
/** What numpy, scipy and scikit-learn read; see fixtures/io/expected.py. */
const expected = JSON.parse(readFileSync(new URL('expected.json', FOLDER), 'utf8'));

const file = (name: string) => createReadStream(new URL(name, FOLDER), { highWaterMark: 1000 });

/** SHA-256 over little-endian bytes: Node runs on little-endian machines alone where these tests run. */
const digest = (array: Float64Array | Int32Array) =>
  createHash('sha256')
    .update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
    .digest('hex');

function facts(matrix: DenseMatrix | SparseMatrix): Record<string, unknown> {
  const { rows, cols, data } = matrix;
  if (!('indptr' in matrix)) return { rows, cols, data: digest(data) };
  const { indptr, indices } = matrix;
  return { rows, cols, nnz: data.length, indptr: digest(indptr), indices: digest(indices), data: digest(data) };
}

describe('files from elsewhere are read as numpy, scipy and scikit-learn read them', () => {
  test('the files are those of SOURCE.md', () => {
    const source = readFileSync(new URL('SOURCE.md', FOLDER), 'utf8');
    for (const name of Object.keys(expected).filter((key) => key !== 'versions')) {
      const row = source.split('\n').find((line) => line.startsWith(`| \`${name}\` |`));
      const sha256 = createHash('sha256')
        .update(readFileSync(new URL(name, FOLDER)))
        .digest('hex');
      expect(row).toContain(`\`${sha256}\``);
    }
  });

  test('CSV: iris.csv', async () => {
    const { names, matrix } = await readCsv(file('iris.csv'));
    expect({ names, ...facts(matrix) }).toEqual(expected['iris.csv']);
  });

  test('CSV, gzip, without header: digits.csv.gz', async () => {
    const { matrix } = await readCsv(file('digits.csv.gz'), { header: false });
    expect(facts(matrix)).toEqual(expected['digits.csv.gz']);
  });

  for (const name of ['heart_scale', 'svmlight_classification.txt']) {
    test(`LIBSVM: ${name}`, async () => {
      const { A, labels, queries } = await readLibsvm(file(name));
      expect({ ...facts(A), labels: digest(labels) }).toEqual(expected[name]);
      expect(queries.length).toBe(0);
    });
  }

  test('Matrix Market, coordinate, gzip: well1033.mtx.gz', async () => {
    const { matrix, ...header } = await readMatrixMarket(file('well1033.mtx.gz'));
    expect(header).toEqual({ format: 'coordinate', field: 'real', symmetry: 'general' });
    expect(facts(matrix)).toEqual(expected['well1033.mtx.gz']);
  });

  test('Matrix Market, array, gzip: well1033_rhs1.mtx.gz', async () => {
    const { matrix, ...header } = await readMatrixMarket(file('well1033_rhs1.mtx.gz'));
    expect(header).toEqual({ format: 'array', field: 'real', symmetry: 'general' });
    expect(facts(matrix)).toEqual(expected['well1033_rhs1.mtx.gz']);
  });
});
