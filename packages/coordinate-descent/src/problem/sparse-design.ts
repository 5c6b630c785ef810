import { type Arena, type BackendChoice, openArena } from '@lemmata/core';
import { LINALG_KERNELS, linalgKernels, type SparseMatrix } from '@lemmata/linalg';
import { COLUMN_OVERHEAD, SLICE } from '../slices.js';
import { backendFor, type Design, isConstant, type OwnedDesign, type WorkLayout, workLayout } from './design.js';

/** The arena blocks of a sparse design. */
interface SparseLayout extends WorkLayout {
  readonly [block: string]: readonly ['f64' | 'i32', number];
  readonly indptr: readonly ['i32', number];
  readonly indices: readonly ['i32', number];
  readonly data: readonly ['f64', number];
}

/**
 * Opens the memory of a run on a sparse matrix. Nothing is copied before `load`.
 *
 * A TypeScript run leaves the matrix where it is; all others copy it.
 *
 * @param matrix - the matrix in CSC, checked
 * @param intercept - whether columns are to be centred, by their means
 * @param choice - which kernels are to run
 * @param mayStay - whether the matrix is unchanged as long as the design is in use
 * @returns the design, and how to release its memory
 */
export function sparseDesign(
  matrix: SparseMatrix,
  intercept: boolean,
  choice: BackendChoice,
  mayStay: boolean,
): OwnedDesign {
  const { rows, cols } = matrix;
  const entries = matrix.indptr[cols];
  const backend = backendFor(choice, 12 * entries);
  const own = mayStay && backend === 'js' ? 0 : 1;
  const layout: SparseLayout = {
    ...workLayout(rows, cols),
    indptr: ['i32', own * (cols + 1)],
    indices: ['i32', own * entries],
    data: ['f64', own * entries],
  };
  const arena: Arena<SparseLayout> = openArena(layout, backend, [LINALG_KERNELS]);
  const kernels = linalgKernels(arena);
  const { squares, norms, means, ...work } = arena.views;
  const { residual: r, residualSum, coefficients: w } = work;
  const stays = mayStay && arena.backend === 'js';
  const { indptr, indices, data } = stays ? matrix : arena.views;

  const cost = (from: number, to: number) => indptr[to] - indptr[from] + COLUMN_OVERHEAD * (to - from);

  const sliceEnd = (from: number, to: number): number => {
    if (cost(from, to) <= SLICE) return to;
    let low = from + 1;
    let high = to;
    // The cost rises with the end: bisection for the last one within a slice, one column at least.
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (cost(from, middle) <= SLICE) low = middle;
      else high = middle - 1;
    }
    return low;
  };

  function* load(): Generator<'slice', void, void> {
    if (!stays) {
      indptr.set(matrix.indptr);
      indices.set(matrix.indices.subarray(0, entries));
      data.set(matrix.data.subarray(0, entries));
    }
    for (let from = 0; from < cols; ) {
      const to = sliceEnd(from, cols);
      if (intercept) centreColumns(rows, indptr, data, means, squares, from, to);
      else squareColumns(indptr, data, squares, from, to);
      for (let j = from; j < to; j++) norms[j] = Math.sqrt(squares[j]);
      from = to;
      yield 'slice';
    }
  }

  const design: Design = {
    rows,
    cols,
    intercept,
    backend: arena.backend,
    kernels,
    work,
    squares,
    norms,
    means,
    load,
    cost: (j) => cost(j, j + 1),
    sliceEnd,
    products: (residual, out, from, to) => {
      kernels.sparseColumnProducts(indptr, indices, data, residual, out, from, to);
      if (!intercept) return;
      const sum = residualSum[0];
      for (let j = from; j < to; j++) out[j] -= means[j] * sum;
    },
    selectedProducts: (ids, residual, out, from, to) => {
      kernels.selectedSparseColumnProducts(indptr, indices, data, ids, residual, out, from, to);
      if (!intercept) return;
      const sum = residualSum[0];
      for (let k = from; k < to; k++) out[ids[k]] -= means[ids[k]] * sum;
    },
    epoch: (ids, from, to, threshold) =>
      kernels.lassoEpochSparse(indptr, indices, data, ids, from, to, squares, means, threshold, r, residualSum, w),
    addColumn: (j, alpha) => {
      for (let k = indptr[j]; k < indptr[j + 1]; k++) r[indices[k]] += alpha * data[k];
      residualSum[0] += alpha * (rows * means[j]);
    },
    residualSquare: () => kernels.dot(r, r) - (residualSum[0] * residualSum[0]) / rows,
  };
  return { design, dispose: arena.dispose };
}

/** squares[j] = |column j|^2 for j in [from, to), added up in order. */
function squareColumns(indptr: Int32Array, data: Float64Array, squares: Float64Array, from: number, to: number): void {
  for (let j = from; j < to; j++) {
    const end = indptr[j + 1];
    let square = 0;
    for (let k = indptr[j]; k < end; k++) square += data[k] * data[k];
    squares[j] = square;
  }
}

/** Means and squares of the centred columns j in [from, to); entries that are not stored are 0. */
function centreColumns(
  rows: number,
  indptr: Int32Array,
  data: Float64Array,
  means: Float64Array,
  squares: Float64Array,
  from: number,
  to: number,
): void {
  for (let j = from; j < to; j++) {
    const start = indptr[j];
    const end = indptr[j + 1];
    const zeros = rows - (end - start);
    let mean = 0;
    for (let k = start; k < end; k++) mean += data[k];
    mean /= rows;
    // A second pass adds what rounding took.
    let left = -zeros * mean;
    for (let k = start; k < end; k++) left += data[k] - mean;
    mean += left / rows;
    let square = zeros * mean * mean;
    for (let k = start; k < end; k++) square += (data[k] - mean) * (data[k] - mean);
    means[j] = mean;
    squares[j] = isConstant(square, mean, rows) ? 0 : square;
  }
}
