import { describe, expect, it } from 'vitest';
import { digestTree, treeFromBytes, treeToBytes } from '../src/tree.js';

const tree = {
  A: { layout: 'csc', rows: 2, indptr: Int32Array.of(0, 1, 2), data: Float64Array.of(-0, Number.NaN, 0.1) },
  flags: Uint8Array.of(1, 2, 3),
  clamped: Uint8ClampedArray.of(255),
  halves: Float32Array.of(0.5, -Infinity),
  empty: new Float64Array(0),
  scalars: [Number.NaN, -0, Infinity, 1e-300, 'NaN', null, true],
};

describe('files of trees', () => {
  it('come back with every bit, also through a Buffer that shares its memory', () => {
    const bytes = treeToBytes(tree);
    const back = treeFromBytes(bytes, 'file') as typeof tree;
    expect(back).toEqual(tree);
    expect(Object.is(back.A.data[0], -0)).toBe(true);
    expect(Object.is(back.scalars[1], -0)).toBe(true);
    const pool = Buffer.alloc(bytes.length + 13, 1);
    pool.set(bytes, 13);
    expect(treeFromBytes(pool.subarray(13), 'file')).toEqual(tree);
  });

  it('begin their arrays at multiples of 64 bytes after one line of JSON', () => {
    const bytes = treeToBytes(tree);
    const start = bytes.indexOf(10) + 1;
    expect(start % 64).toBe(0);
    const head = JSON.parse(new TextDecoder().decode(bytes.subarray(0, start)));
    const { offset, length } = head.tree.A.data.$array;
    expect(offset % 8).toBe(0);
    expect(new DataView(bytes.buffer).getFloat64(start + offset + 16, true)).toBe(0.1);
    expect(length).toBe(3);
  });

  it('are refused when they are cut, or are something else', () => {
    const bytes = treeToBytes(tree);
    expect(() => treeFromBytes(bytes.subarray(0, bytes.length - 1), 'file')).toThrow(/expected \d+ bytes of arrays/);
    expect(() => treeFromBytes(new TextEncoder().encode('{}\n'), 'file')).toThrow('lemmata/arrays, version 1');
    expect(() => treeFromBytes(new TextEncoder().encode('{}'), 'file')).toThrow('a line of JSON');
    const head = {
      format: 'lemmata/arrays',
      version: 1,
      bytes: 0,
      tree: { $array: { type: 'float64', length: 1, offset: 0 } },
    };
    expect(() => treeFromBytes(new TextEncoder().encode(`${JSON.stringify(head)}\n`), 'f')).toThrow(
      'arrays within the file',
    );
  });

  it('hold no instances of classes, no functions, no cycles, no names that marks use', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    for (const wrong of [new Map(), () => 1, cycle, { $array: 1 }, 1n])
      expect(() => treeToBytes(wrong)).toThrow(/expected/);
  });
});

describe('digests of trees', () => {
  it('depend on values and types, not on the order of names', async () => {
    const digest = await digestTree({ a: Float64Array.of(1, 2), b: 'x' });
    expect(await digestTree({ b: 'x', a: Float64Array.of(1, 2), c: undefined })).toBe(digest);
    for (const other of [
      { a: Float64Array.of(1, 2.0000000000000004), b: 'x' },
      { a: Float32Array.of(1, 2), b: 'x' },
      { a: Float64Array.of(1, 2), b: 'y' },
      { a: [1, 2], b: 'x' },
    ]) {
      expect(await digestTree(other)).not.toBe(digest);
    }
    expect(await digestTree({ x: -0 })).not.toBe(await digestTree({ x: 0 }));
  });
});
