import { bitsOf } from '@lemmata/testing';
import { describe, expect, test } from 'vitest';
import { readLibsvm } from '../src/io/index.js';

const plain = (text: string, options = {}) =>
  readLibsvm(text, options).then(({ A, labels, queries }) => ({
    size: [A.rows, A.cols],
    indptr: Array.from(A.indptr),
    indices: Array.from(A.indices),
    data: Array.from(A.data),
    labels: Array.from(labels),
    queries: Array.from(queries),
  }));

describe('labelled rows', () => {
  test('as a sparse matrix by rows, labels and no queries', async () => {
    expect(await readLibsvm('+1 1:0.5 3:2\n-1 2:-4\n')).toEqual({
      A: {
        layout: 'csr',
        rows: 2,
        cols: 3,
        indptr: Int32Array.of(0, 2, 3),
        indices: Int32Array.of(0, 2, 1),
        data: Float64Array.of(0.5, 2, -4),
      },
      labels: Float64Array.of(1, -1),
      queries: new Float64Array(0),
    });
  });

  test('labels are classes or targets; numbers become the nearest doubles, zeros are kept', async () => {
    const { A, labels } = await readLibsvm('-0 1:0 2:-0\n2.75e-3 1:.1\n007 3:9007199254740993\n5e-324 1:1e-999\n');
    expect(bitsOf(labels)).toEqual(bitsOf([-0, 0.00275, 7, 5e-324]));
    expect(bitsOf(A.data)).toEqual(bitsOf([0, -0, 0.1, 9007199254740992, 0]));
  });

  test('rows may be without entries, and there may be no rows', async () => {
    expect(await plain('1\n2\n3 4:1\n4')).toEqual({
      size: [4, 4],
      indptr: [0, 0, 0, 1, 1],
      indices: [3],
      data: [1],
      labels: [1, 2, 3, 4],
      queries: [],
    });
    const none = { size: [0, 0], indptr: [0], indices: [], data: [], labels: [], queries: [] };
    for (const text of ['', '\n', '\uFEFF', ' \t\r\n', '# nothing', '#\n\n  # nothing\r\n']) {
      expect(await plain(text)).toEqual(none);
    }
    expect((await plain('', { cols: 7 })).size).toEqual([0, 7]);
  });

  test('blanks, comments, line ends and a byte order mark', async () => {
    const expected = await plain('1 2:3 4:5\n-1 1:2\n');
    for (const text of [
      '1 2:3 4:5\r\n-1 1:2\r\n',
      '1 2:3 4:5\n-1 1:2',
      '1 2:3 4:5\r\n-1 1:2\n',
      '\uFEFF1 2:3 4:5\n-1 1:2\n',
      '  1 \t 2:3\t4:5 \t\n\t-1 1:2 ',
      '# é😀 "quoted\n1 2:3 4:5#6:7\n\n#\n-1 1:2 # x:y # \r z',
      '\n\n1 2:3 4:5 # one\r\n# two\r\n \r\n-1 1:2#\r\n',
    ]) {
      expect(await plain(text)).toEqual(expected);
    }
  });

  test('a comment may be longer than any field', async () => {
    expect((await plain(`1 1:2 #${'x'.repeat(200000)}\n2`)).labels).toEqual([1, 2]);
  });

  test('queries stand in all rows', async () => {
    const { queries, labels, data } = await plain('3 qid:1 1:1\n2 qid:1\n1 qid:9007199254740991 2:1 # last\n');
    expect([queries, labels, data]).toEqual([
      [1, 1, 9007199254740991],
      [3, 2, 1],
      [1, 1],
    ]);
  });

  test('indices from 0, where the option says so', async () => {
    const { size, indices } = await plain('1 0:5 2:6\n', { firstIndex: 0 });
    expect([size, indices]).toEqual([
      [1, 3],
      [0, 2],
    ]);
  });

  test('the number of columns, where it is given', async () => {
    expect((await plain('1 2:5', { cols: 9 })).size).toEqual([1, 9]);
    expect((await plain('1 2:5', { cols: 2 })).size).toEqual([1, 2]);
    expect((await plain('1 1:5', { cols: 2, firstIndex: 0 })).size).toEqual([1, 2]);
  });

  test('the largest index costs nothing', async () => {
    expect((await plain('1 2147483647:5')).size).toEqual([1, 2147483647]);
    expect((await plain('1 2147483646:5', { firstIndex: 0 })).size).toEqual([1, 2147483647]);
  });

  test('the result survives a structured clone', async () => {
    const data = await readLibsvm('1 qid:2 3:4\n');
    expect(structuredClone(data)).toEqual(data);
  });
});
