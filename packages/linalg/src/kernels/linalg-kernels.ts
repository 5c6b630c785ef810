import type { Arena, ArenaLayout, KernelModule } from '@lemmata/core';
import { KERNELS_BASE64 } from '../generated/kernels.js';
import {
  requireDense,
  requireLength,
  requireRange,
  requireSelection,
  requireSparse,
  requireThreshold,
} from './checks.js';
import * as dense from './dense.js';
import * as descent from './descent.js';
import type { Kernels, Loops } from './kernels.js';
import * as sparse from './sparse.js';
import { wasmLoops } from './wasm-loops.js';

/** The WebAssembly module of the kernels: name it when opening the arena of a run that uses {@link linalgKernels}. */
export const LINALG_KERNELS: KernelModule = { name: '@lemmata/linalg', base64: KERNELS_BASE64 };

const TYPESCRIPT_LOOPS: Loops = {
  dot: dense.dot,
  axpy: dense.axpy,
  columnProducts: dense.columnProducts,
  selectedColumnProducts: dense.selectedColumnProducts,
  columnCombination: dense.columnCombination,
  sparseColumnProducts: sparse.sparseColumnProducts,
  selectedSparseColumnProducts: sparse.selectedSparseColumnProducts,
  sparseColumnCombination: sparse.sparseColumnCombination,
  lassoEpochDense: descent.lassoEpochDense,
  lassoEpochSparse: descent.lassoEpochSparse,
};

/**
 * Makes the kernels of an arena: WebAssembly over its memory, or plain TypeScript when it lies on the heap.
 *
 * Both backends refuse the same lengths, ranges and selections and give the same bits. Arrays written to must not
 * overlap arrays read, and the contents of `indptr` and `indices` are trusted: they are checked where a matrix is made.
 * The TypeScript backend takes any arrays, the WebAssembly one views of the arena alone.
 *
 * @param arena - the arena of the run; when it is a `wasm` one, {@link LINALG_KERNELS} was named at its opening
 * @returns the kernels; each throws DimensionError for lengths that do not fit, ranges outside the columns and ids that
 * are no column, and InvalidInputError (`ERR_INPUT`) for arrays outside the arena and a threshold that is not >= 0
 * @throws InvalidInputError `ERR_STATE` when the arena is disposed of or was opened without the module
 * Complexity: O(1); each call checks in O(1) plus one comparison an id.
 * @example
 * ```ts
 * import { openArena } from '@lemmata/core';
 * import { LINALG_KERNELS, linalgKernels } from '@lemmata/linalg';
 *
 * const arena = openArena({ x: ['f64', 3], y: ['f64', 3] }, 'auto', [LINALG_KERNELS]);
 * arena.views.x.set([1, 2, 3]);
 * arena.views.y.set([4, 5, 6]);
 * linalgKernels(arena).dot(arena.views.x, arena.views.y); // 32
 * arena.dispose();
 * ```
 * @see {@link Kernels} for what each loop computes
 */
export function linalgKernels(arena: Arena<ArenaLayout>): Kernels {
  const loops = arena.backend === 'wasm' ? wasmLoops(arena, arena.exports(LINALG_KERNELS)) : TYPESCRIPT_LOOPS;
  return {
    backend: arena.backend,
    dot: (x, y) => {
      requireLength('y', y, x.length, 'length of x');
      return loops.dot(x, y);
    },
    axpy: (alpha, x, y) => {
      requireLength('y', y, x.length, 'length of x');
      loops.axpy(alpha, x, y);
    },
    columnProducts: (rows, a, r, out, from, to) => {
      requireDense(rows, a, out.length);
      requireLength('r', r, rows, 'rows');
      requireRange(from, to, out.length);
      loops.columnProducts(rows, a, r, out, from, to);
    },
    selectedColumnProducts: (rows, a, ids, r, out, from, to) => {
      requireDense(rows, a, out.length);
      requireLength('r', r, rows, 'rows');
      requireSelection(ids, from, to, out.length);
      loops.selectedColumnProducts(rows, a, ids, r, out, from, to);
    },
    columnCombination: (rows, a, x, y, from, to) => {
      requireDense(rows, a, x.length);
      requireLength('y', y, rows, 'rows');
      requireRange(from, to, x.length);
      loops.columnCombination(rows, a, x, y, from, to);
    },
    sparseColumnProducts: (indptr, indices, data, r, out, from, to) => {
      requireSparse(indptr, indices, data, out.length);
      requireRange(from, to, out.length);
      loops.sparseColumnProducts(indptr, indices, data, r, out, from, to);
    },
    selectedSparseColumnProducts: (indptr, indices, data, ids, r, out, from, to) => {
      requireSparse(indptr, indices, data, out.length);
      requireSelection(ids, from, to, out.length);
      loops.selectedSparseColumnProducts(indptr, indices, data, ids, r, out, from, to);
    },
    sparseColumnCombination: (indptr, indices, data, x, y, from, to) => {
      requireSparse(indptr, indices, data, x.length);
      requireRange(from, to, x.length);
      loops.sparseColumnCombination(indptr, indices, data, x, y, from, to);
    },
    lassoEpochDense: (rows, a, ids, from, to, squares, threshold, r, w) => {
      requireDense(rows, a, w.length);
      requireLength('squares', squares, w.length, 'length of w');
      requireLength('r', r, rows, 'rows');
      requireThreshold(threshold);
      requireSelection(ids, from, to, w.length);
      return loops.lassoEpochDense(rows, a, ids, from, to, squares, threshold, r, w);
    },
    lassoEpochSparse: (indptr, indices, data, ids, from, to, squares, means, threshold, r, residualSum, w) => {
      requireSparse(indptr, indices, data, w.length);
      requireLength('squares', squares, w.length, 'length of w');
      requireLength('means', means, w.length, 'length of w');
      requireLength('residualSum', residualSum, 1, 'one sum');
      requireThreshold(threshold);
      requireSelection(ids, from, to, w.length);
      return loops.lassoEpochSparse(indptr, indices, data, ids, from, to, squares, means, threshold, r, residualSum, w);
    },
  };
}
