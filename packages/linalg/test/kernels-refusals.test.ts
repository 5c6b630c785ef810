import { openArena } from '@lemmata/core';
import { describe, expect, test } from 'vitest';
import type { Kernels } from '../src/kernels/kernels.js';
import { LINALG_KERNELS, linalgKernels } from '../src/kernels/linalg-kernels.js';

const ROWS = 3;
const COLS = 2;
const layout = {
  a: ['f64', ROWS * COLS],
  indptr: ['i32', COLS + 1],
  indices: ['i32', 4],
  data: ['f64', 4],
  ids: ['i32', COLS],
  r: ['f64', ROWS],
  y: ['f64', ROWS],
  x: ['f64', COLS],
  w: ['f64', COLS],
  squares: ['f64', COLS],
  means: ['f64', COLS],
  one: ['f64', 1],
} as const;

type Views = ReturnType<typeof openArena<typeof layout>>['views'];
type Call = (kernels: Kernels, v: Views, from: number, to: number, threshold: number) => unknown;

/** One valid call of every kernel. */
const CALLS: Record<keyof Omit<Kernels, 'backend'>, Call> = {
  dot: (k, v) => k.dot(v.r, v.y),
  axpy: (k, v) => k.axpy(2, v.r, v.y),
  columnProducts: (k, v, from, to) => k.columnProducts(ROWS, v.a, v.r, v.x, from, to),
  selectedColumnProducts: (k, v, from, to) => k.selectedColumnProducts(ROWS, v.a, v.ids, v.r, v.x, from, to),
  columnCombination: (k, v, from, to) => k.columnCombination(ROWS, v.a, v.x, v.y, from, to),
  sparseColumnProducts: (k, v, from, to) => k.sparseColumnProducts(v.indptr, v.indices, v.data, v.r, v.x, from, to),
  selectedSparseColumnProducts: (k, v, from, to) =>
    k.selectedSparseColumnProducts(v.indptr, v.indices, v.data, v.ids, v.r, v.x, from, to),
  sparseColumnCombination: (k, v, from, to) =>
    k.sparseColumnCombination(v.indptr, v.indices, v.data, v.x, v.y, from, to),
  lassoEpochDense: (k, v, from, to, threshold) =>
    k.lassoEpochDense(ROWS, v.a, v.ids, from, to, v.squares, threshold, v.r, v.w),
  lassoEpochSparse: (k, v, from, to, threshold) =>
    k.lassoEpochSparse(
      ...([v.indptr, v.indices, v.data, v.ids, from, to, v.squares, v.means] as const),
      ...([threshold, v.r, v.one, v.w] as const),
    ),
};

/** Which arrays of each kernel must have one length; the arrays of a sparse kernel's rows give their own. */
const LENGTHS: Record<keyof typeof CALLS, readonly (keyof Views)[]> = {
  dot: ['r', 'y'],
  axpy: ['r', 'y'],
  columnProducts: ['a', 'r', 'x'],
  selectedColumnProducts: ['a', 'r', 'x', 'ids'],
  columnCombination: ['a', 'x', 'y'],
  sparseColumnProducts: ['indptr', 'indices', 'data', 'x'],
  selectedSparseColumnProducts: ['indptr', 'indices', 'data', 'x', 'ids'],
  sparseColumnCombination: ['indptr', 'indices', 'data', 'x'],
  lassoEpochDense: ['a', 'r', 'w', 'squares', 'ids'],
  lassoEpochSparse: ['indptr', 'indices', 'data', 'w', 'squares', 'means', 'one', 'ids'],
};

const NAMES = Object.keys(CALLS) as (keyof typeof CALLS)[];
const RANGED = NAMES.filter((name) => name !== 'dot' && name !== 'axpy');
const SELECTING = RANGED.filter((name) => LENGTHS[name].includes('ids'));

describe.each(['js', 'wasm'] as const)('refusals in %s', (backend) => {
  const arena = openArena(layout, backend, [LINALG_KERNELS]);
  const kernels = linalgKernels(arena);
  const views = arena.views;
  views.indptr.set([0, 2, 4]);
  views.indices.set([0, 2, 1, 2]);
  views.ids.set([1, 0]);
  views.y.fill(5);
  const contents = (): unknown => structuredClone(views);

  /** Expects a call to be refused with a code, in words of "what: expected, got", with nothing written. */
  function expectRefusal(call: () => unknown, code: string, words: string | RegExp): void {
    const before = contents();
    let error: unknown;
    try {
      call();
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ code });
    expect((error as Error).message).toMatch(words);
    expect(contents()).toEqual(before);
  }

  test.each(NAMES)('%s takes the call that the others vary', (name) => {
    CALLS[name](kernels, views, 0, COLS, 1);
    CALLS[name](kernels, views, COLS, COLS, 1);
  });

  test.each(NAMES)('%s refuses arrays that are too short', (name) => {
    for (const array of LENGTHS[name]) {
      const short = { ...views, [array]: views[array].subarray(1) };
      expectRefusal(() => CALLS[name](kernels, short, 0, COLS, 1), 'ERR_DIMENSION', /: expected .*, got /);
    }
  });

  test.each(RANGED)('%s refuses ranges outside the columns, reversed or fractional', (name) => {
    for (const [from, to] of [
      [-1, 1],
      [0, COLS + 1],
      [2, 1],
      [0.5, 1],
      [0, 1.5],
      [Number.NaN, 1],
      [0, Number.NaN],
    ]) {
      expectRefusal(() => CALLS[name](kernels, views, from, to, 1), 'ERR_DIMENSION', /^\[from, to\): expected /);
    }
  });

  test.each(SELECTING)('%s refuses ids that are no column', (name) => {
    for (const id of [-1, COLS]) {
      views.ids[1] = id;
      expectRefusal(
        () => CALLS[name](kernels, views, 0, COLS, 1),
        'ERR_DIMENSION',
        `ids[1]: expected a column in [0, ${COLS}), got ${id}`,
      );
      CALLS[name](kernels, views, 0, 1, 1);
    }
    views.ids[1] = 0;
  });

  test('sparse kernels refuse entries that are not all there', () => {
    views.indptr[COLS] = 5;
    for (const name of RANGED.filter((name) => LENGTHS[name].includes('indptr'))) {
      expectRefusal(() => CALLS[name](kernels, views, 0, COLS, 1), 'ERR_DIMENSION', 'data: expected length >= 5');
    }
    views.indptr[COLS] = 4;
  });

  test('passes refuse a threshold that is not >= 0', () => {
    for (const threshold of [-1, Number.NaN]) {
      for (const name of ['lassoEpochDense', 'lassoEpochSparse'] as const) {
        expectRefusal(() => CALLS[name](kernels, views, 0, COLS, threshold), 'ERR_INPUT', /^threshold: expected /);
      }
    }
  });

  test('arrays outside the arena are refused by WebAssembly and taken by TypeScript', () => {
    for (const name of NAMES) {
      for (const array of LENGTHS[name]) {
        const foreign = { ...views, [array]: views[array].slice() };
        const call = (): unknown => CALLS[name](kernels, foreign, 0, COLS, 1);
        if (backend === 'js') call();
        else expectRefusal(call, 'ERR_INPUT', /: expected a view of the kernels' arena, got /);
      }
    }
  });
});

test('an arena without the module, without blocks or disposed of is refused', () => {
  const without = openArena({ x: ['f64', 1] }, 'wasm', []);
  expect(() => linalgKernels(without)).toThrow(expect.objectContaining({ code: 'ERR_STATE' }));
  const empty = openArena({}, 'wasm', [LINALG_KERNELS]);
  const x = new Float64Array(1);
  expect(() => linalgKernels(empty).dot(x, x)).toThrow(expect.objectContaining({ code: 'ERR_INPUT' }));
  empty.dispose();
  expect(() => linalgKernels(empty)).toThrow(expect.objectContaining({ code: 'ERR_STATE' }));
});
