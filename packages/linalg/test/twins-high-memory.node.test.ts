import { openArena, randomStream } from '@lemmata/core';
import { expect, test } from 'vitest';
import { LINALG_KERNELS, linalgKernels } from '../src/kernels/linalg-kernels.js';

const ROWS = 40;
const COLS = 5;
const END = 2 ** 32;
/** Bytes before the first block of an arena, and those of the blocks below, each rounded up to 64. */
const USED = 1024 + 1600 + 320 + 64 * 7 + 320;

test('kernels reach the last byte of 4 GiB: addresses beyond 2 GiB are not negative, and ends do not wrap to 0', () => {
  const layout = {
    gap: ['u8', 0],
    indptr: ['i32', COLS + 1],
    ids: ['i32', COLS],
    out: ['f64', COLS],
    w: ['f64', COLS],
    squares: ['f64', COLS],
    means: ['f64', COLS],
    sum: ['f64', 1],
    r: ['f64', ROWS],
    indices: ['i32', 2 * ROWS],
    a: ['f64', ROWS * COLS],
  } as const;
  const high = openArena({ ...layout, gap: ['u8', END - USED] }, 'wasm', [LINALG_KERNELS]);
  const low = openArena(layout, 'js', []);
  expect(high.views.a.byteOffset + high.views.a.byteLength).toBe(END);
  const stream = randomStream('high memory');
  for (const name of ['a', 'r', 'w'] as const) {
    for (let i = 0; i < low.views[name].length; i++) low.views[name][i] = stream.normal();
  }
  low.views.squares.fill(ROWS);
  low.views.ids.set(stream.permutation(COLS));
  // The entries of the sparse matrix are the end of the dense one, so that they too end where the memory does.
  low.views.indptr.set([0, 16, 16, 33, 40, 80]);
  for (let j = 0; j < COLS; j++) {
    const [start, end] = [low.views.indptr[j], low.views.indptr[j + 1]];
    low.views.indices.set(stream.sample(ROWS, end - start).sort(), start);
  }
  for (const name of Object.keys(layout) as (keyof typeof layout)[]) {
    if (name !== 'gap') (high.views[name] as Float64Array).set(low.views[name] as Float64Array);
  }

  const results = [low, high].map((arena) => {
    const v = arena.views;
    const kernels = linalgKernels(arena);
    const data = v.a.subarray(ROWS * (COLS - 2));
    const last = v.a.subarray(ROWS * (COLS - 1));
    const seen: (number | Float64Array)[] = [kernels.dot(last, v.r), kernels.dot(v.r, last)];
    kernels.columnProducts(ROWS, v.a, v.r, v.out, 0, COLS);
    seen.push(v.out.slice());
    kernels.selectedColumnProducts(ROWS, v.a, v.ids, v.r, v.out, 0, COLS);
    kernels.columnCombination(ROWS, v.a, v.w, v.r, 0, COLS);
    seen.push(v.r.slice());
    kernels.sparseColumnProducts(v.indptr, v.indices, data, v.r, v.out, 0, COLS);
    seen.push(v.out.slice());
    kernels.selectedSparseColumnProducts(v.indptr, v.indices, data, v.ids, v.r, v.out, 0, COLS);
    kernels.sparseColumnCombination(v.indptr, v.indices, data, v.w, v.r, 0, COLS);
    seen.push(kernels.lassoEpochDense(ROWS, v.a, v.ids, 0, COLS, v.squares, 0.5, v.r, v.w));
    seen.push(
      kernels.lassoEpochSparse(
        ...([v.indptr, v.indices, data, v.ids, 0, COLS, v.squares, v.means, 0.5, v.r, v.sum, v.w] as const),
      ),
    );
    kernels.axpy(0.3, v.r, last);
    seen.push(v.r.slice(), v.w.slice(), v.a.slice());
    arena.dispose();
    return seen;
  });
  expect(results[1]).toEqual(results[0]);
});
