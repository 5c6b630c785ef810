import type { Arena, ArenaLayout, KernelExports } from '@lemmata/core';
import { addresses } from './addresses.js';
import type { Loops } from './kernels.js';

/**
 * Binds the exports of the WebAssembly module to arrays: checks that each lies in the arena, then passes its address.
 *
 * @param arena - a `wasm` arena
 * @param exports - the module's exports over that arena's memory
 * @returns the loops; lengths and ranges are the caller's to check
 */
export function wasmLoops(arena: Arena<ArenaLayout>, exports: KernelExports): Loops {
  const {
    dot,
    axpy,
    columnProducts,
    selectedColumnProducts,
    columnCombination,
    sparseColumnProducts,
    selectedSparseColumnProducts,
    sparseColumnCombination,
    lassoEpochDense,
    lassoEpochSparse,
  } = exports;
  const at = addresses(arena);
  return {
    dot: (x, y) => dot(at('x', x), at('y', y), x.length),
    axpy: (alpha, x, y) => {
      axpy(alpha, at('x', x), at('y', y), x.length);
    },
    columnProducts: (rows, a, r, out, from, to) => {
      columnProducts(rows, at('a', a), at('r', r), at('out', out), from, to);
    },
    selectedColumnProducts: (rows, a, ids, r, out, from, to) => {
      selectedColumnProducts(rows, at('a', a), at('ids', ids), at('r', r), at('out', out), from, to);
    },
    columnCombination: (rows, a, x, y, from, to) => {
      columnCombination(rows, at('a', a), at('x', x), at('y', y), from, to);
    },
    sparseColumnProducts: (indptr, indices, data, r, out, from, to) => {
      sparseColumnProducts(
        at('indptr', indptr),
        at('indices', indices),
        at('data', data),
        at('r', r),
        at('out', out),
        from,
        to,
      );
    },
    selectedSparseColumnProducts: (indptr, indices, data, ids, r, out, from, to) => {
      selectedSparseColumnProducts(
        at('indptr', indptr),
        at('indices', indices),
        at('data', data),
        at('ids', ids),
        at('r', r),
        at('out', out),
        from,
        to,
      );
    },
    sparseColumnCombination: (indptr, indices, data, x, y, from, to) => {
      sparseColumnCombination(
        at('indptr', indptr),
        at('indices', indices),
        at('data', data),
        at('x', x),
        at('y', y),
        from,
        to,
      );
    },
    lassoEpochDense: (rows, a, ids, from, to, squares, threshold, r, w) =>
      lassoEpochDense(
        rows,
        at('a', a),
        at('ids', ids),
        from,
        to,
        at('squares', squares),
        threshold,
        at('r', r),
        at('w', w),
      ),
    lassoEpochSparse: (indptr, indices, data, ids, from, to, squares, means, threshold, r, residualSum, w) =>
      lassoEpochSparse(
        r.length,
        at('indptr', indptr),
        at('indices', indices),
        at('data', data),
        at('ids', ids),
        from,
        to,
        at('squares', squares),
        at('means', means),
        threshold,
        at('r', r),
        at('residualSum', residualSum),
        at('w', w),
      ),
  };
}
