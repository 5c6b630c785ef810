import { bitsOf } from '@lemmata/testing';
import { describe, expect, test } from 'vitest';
import { readCsv } from '../src/io/index.js';

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('a table', () => {
  test('with names, as a dense matrix in row layout', async () => {
    expect(await readCsv('height,weight\n1.75,68\n1.62,55\n')).toEqual({
      names: ['height', 'weight'],
      rows: 2,
      cols: 2,
      matrix: { layout: 'row', rows: 2, cols: 2, data: Float64Array.of(1.75, 68, 1.62, 55) },
    });
  });

  test('without names', async () => {
    const { names, rows, cols, matrix } = await readCsv('1,2,3', { header: false });
    expect([names, rows, cols, ...matrix.data]).toEqual([[], 1, 3, 1, 2, 3]);
  });

  test('with nothing below the header, and with nothing at all', async () => {
    const headerOnly = await readCsv('a,b,c\r\n');
    expect([headerOnly.names, headerOnly.rows, headerOnly.cols]).toEqual([['a', 'b', 'c'], 0, 3]);
    const nothing = await readCsv('', { header: false });
    expect([nothing.rows, nothing.cols, nothing.matrix.data.length]).toEqual([0, 0, 0]);
  });

  test('survives a structured clone', async () => {
    const table = await readCsv('a\n1\n');
    expect(structuredClone(table)).toEqual(table);
  });

  test('larger than the blocks in which it is collected', async () => {
    const rows = 40000;
    const text = Array.from({ length: rows }, (_, i) => `${i},${-i},${i / 8}`).join('\n');
    const { matrix } = await readCsv(utf8(text), { header: false });
    expect([matrix.rows, matrix.cols]).toEqual([rows, 3]);
    expect(matrix.data.every((value, k) => value === [1, -1, 1 / 8][k % 3] * Math.floor(k / 3))).toBe(true);
  });
});

describe('the grammar of RFC 4180', () => {
  const table = (text: string, options = {}) =>
    readCsv(text, options).then(({ names, matrix }) => ({ names, entries: Array.from(matrix.data) }));

  test('lines end with CRLF, LF, mixed, or with the text', async () => {
    for (const text of ['a,b\r\n1,2\r\n', 'a,b\r\n1,2', 'a,b\n1,2\n', 'a,b\n1,2', 'a,b\r\n1,2\n']) {
      expect(await table(text)).toEqual({ names: ['a', 'b'], entries: [1, 2] });
    }
  });

  test('fields in quotes hold delimiters, quotes and line ends', async () => {
    const text = '"a,b","say ""x""","two\r\nlines",""""\n"1","-2.5",3,"4e1"\r\n';
    expect(await table(text)).toEqual({ names: ['a,b', 'say "x"', 'two\r\nlines', '"'], entries: [1, -2.5, 3, 40] });
  });

  test('names may be empty, repeated, spaced or foreign', async () => {
    expect((await table(',"", a ,é😀,é😀\n1,2,3,4,5')).names).toEqual(['', '', ' a ', 'é😀', 'é😀']);
  });

  test('a byte order mark is passed over at the start and kept elsewhere', async () => {
    expect((await table('\uFEFFa,b\n1,2')).names).toEqual(['a', 'b']);
    expect((await readCsv(utf8('\uFEFF"a",\uFEFFb\n1,2'))).names).toEqual(['a', '\uFEFFb']);
  });

  test('other delimiters', async () => {
    expect(await table('a;b\n1;2', { delimiter: ';' })).toEqual({ names: ['a', 'b'], entries: [1, 2] });
    expect(await table('a,x\tb\n1\t2', { delimiter: '\t' })).toEqual({ names: ['a,x', 'b'], entries: [1, 2] });
    expect(await table('a-b\n1-"-2"', { delimiter: '-' })).toEqual({ names: ['a', 'b'], entries: [1, -2] });
  });
});

test('numbers are decimal literals and become the nearest doubles', async () => {
  const literals = [
    '0',
    '-0',
    '+1',
    '007',
    '1.',
    '.5',
    '-.5e-3',
    '1E+2',
    '0.1',
    '9007199254740993',
    '5e-324',
    '1e-999',
  ];
  const { matrix } = await readCsv(literals.join(','), { header: false });
  expect(bitsOf(matrix.data)).toEqual(bitsOf([0, -0, 1, 7, 1, 0.5, -0.0005, 100, 0.1, 9007199254740992, 5e-324, 0]));
});

test('a file as programs for statistics write them', async () => {
  const text = [
    '"","mpg","cyl","disp","hp"',
    '"1",21,6,160,110',
    '"2",22.8,4,108,93',
    '"3",21.4,6,258,110',
    '"4",18.7,8,360,175',
    '',
  ].join('\r\n');
  const { names, rows, matrix } = await readCsv(utf8(text));
  expect(names).toEqual(['', 'mpg', 'cyl', 'disp', 'hp']);
  expect(rows).toBe(4);
  expect(Array.from(matrix.data.subarray(5, 10))).toEqual([2, 22.8, 4, 108, 93]);
});

describe('sources', () => {
  const bytes = utf8('é,"b\n"\n1,2\r\n-3.5e0,4\n');
  const expected = {
    names: ['é', 'b\n'],
    rows: 2,
    cols: 2,
    matrix: { layout: 'row', rows: 2, cols: 2, data: Float64Array.of(1, 2, -3.5, 4) },
  };

  test('bytes cut at every place give the same table', async () => {
    for (let cut = 0; cut <= bytes.length; cut++) {
      const chunks = [bytes.subarray(0, cut), new Uint8Array(0), bytes.subarray(cut)];
      expect(await readCsv(chunks)).toEqual(expected);
    }
    expect(await readCsv(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(expected);
  });

  test('asynchronous chunks, web streams and buffers that are used again', async () => {
    async function* reused(): AsyncGenerator<Uint8Array> {
      const buffer = new Uint8Array(1);
      for (const byte of bytes) {
        buffer[0] = byte;
        yield buffer;
        buffer[0] = 0;
      }
    }
    expect(await readCsv(reused())).toEqual(expected);
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytes);
        controller.close();
      },
    });
    expect(await readCsv(stream)).toEqual(expected);
  });

  test('shared memory', async () => {
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
    shared.set(bytes);
    expect(await readCsv(shared)).toEqual(expected);
  });

  test('an error of the source is passed on, and a source is closed when reading fails', async () => {
    const failure = new Error('disk on fire');
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield utf8('a\n1\n');
      throw failure;
    }
    await expect(readCsv(failing())).rejects.toBe(failure);
    let closed = false;
    function* endless(): Generator<Uint8Array> {
      try {
        for (;;) yield utf8('1\nx\n');
      } finally {
        closed = true;
      }
    }
    await expect(readCsv(endless())).rejects.toThrow('source, line 2, column 1');
    expect(closed).toBe(true);
  });
});
