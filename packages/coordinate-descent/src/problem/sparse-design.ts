import { type Arena, type BackendChoice, openArena } from '@lemmata/core';
import { LINALG_KERNELS, linalgKernels, type SparseMatrix } from '@lemmata/linalg';
import { DESCENT_KERNELS, descentKernels } from '../kernels/descent-kernels.js';
import { COLUMN_OVERHEAD, SLICE } from '../slices.js';
import {
  backendFor,
  type Design,
  type DesignNeeds,
  isConstant,
  type OwnedDesign,
  type WorkLayout,
  workLayout,
} from './design.js';

/** The arena blocks of a sparse design. */
interface SparseLayout extends WorkLayout {
  readonly [block: string]: readonly ['f64' | 'i32', number, 'unset'?];
  readonly indptr: readonly ['i32', number, 'unset'];
  readonly indices: readonly ['i32', number, 'unset'];
  readonly data: readonly ['f64', number, 'unset'];
}

/**
 * Opens the memory of a run on a sparse matrix. Nothing is copied before `load`.
 *
 * A TypeScript run without weights leaves the matrix where it is; all others copy it.
 *
 * @param matrix - the matrix in CSC, checked
 * @param needs - what else the run needs; columns are centred by their means
 * @param choice - which kernels are to run
 * @param mayStay - whether the matrix is unchanged as long as the design is in use
 * @returns the design, and how to release its memory
 */
export function sparseDesign(
  matrix: SparseMatrix,
  needs: DesignNeeds,
  choice: BackendChoice,
  mayStay: boolean,
): OwnedDesign {
  const { rows, cols } = matrix;
  const { intercept, weights, penalised } = needs;
  const roots = weights?.map(Math.sqrt);
  const entries = matrix.indptr[cols];
  const backend = backendFor(choice, 12 * entries);
  const canStay = mayStay && roots === undefined;
  const own = canStay && backend === 'js' ? 0 : 1;
  const layout: SparseLayout = {
    ...workLayout(rows, cols, penalised),
    indptr: ['i32', own * (cols + 1), 'unset'],
    indices: ['i32', own * entries, 'unset'],
    data: ['f64', own * entries, 'unset'],
  };
  const arena: Arena<SparseLayout> = openArena(
    layout,
    backend,
    penalised ? [LINALG_KERNELS, DESCENT_KERNELS] : [LINALG_KERNELS],
  );
  const kernels = linalgKernels(arena);
  const passes = penalised ? descentKernels(arena) : undefined;
  const { squares, norms, means, l1, l2, lower, upper, ...vectors } = arena.views;
  const work = { ...vectors, penalty: { l1, l2, lower, upper } };
  const { residual: r, residualSum, coefficients: w } = work;
  const stays = canStay && arena.backend === 'js';
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

  function* load(residual?: Float64Array): Generator<'slice', void, void> {
    if (!stays) {
      indptr.set(matrix.indptr);
      indices.set(matrix.indices.subarray(0, entries));
      data.set(matrix.data.subarray(0, entries));
      if (roots !== undefined) for (let k = 0; k < entries; k++) data[k] *= roots[indices[k]];
    }
    for (let from = 0; from < cols; ) {
      const to = sliceEnd(from, cols);
      if (intercept && weights !== undefined) centreWeighted(matrix, weights, means, squares, from, to);
      else if (intercept) centreColumns(rows, indptr, data, means, squares, from, to);
      else squareColumns(indptr, data, squares, from, to);
      for (let j = from; j < to; j++) norms[j] = Math.sqrt(squares[j]);
      if (residual !== undefined) design.products(residual, work.innerProducts, from, to);
      from = to;
      yield 'slice';
    }
  }

  const design: Design = {
    rows,
    cols,
    intercept,
    roots,
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
    epoch: (ids, from, to, penalty) => {
      const { threshold, ridge } = penalty;
      return penalty.plain || passes === undefined
        ? kernels.lassoEpochSparse(indptr, indices, data, ids, from, to, squares, means, threshold, r, residualSum, w)
        : passes.epochSparse(
            ...([indptr, indices, data, ids, from, to, squares, means, threshold, ridge] as const),
            ...([penalty.vectors, r, residualSum, w] as const),
          );
    },
    addColumn: (j, alpha) => {
      for (let k = indptr[j]; k < indptr[j + 1]; k++) r[indices[k]] += alpha * data[k];
      residualSum[0] += alpha * (rows * means[j]);
    },
    // biome-ignore lint/correctness/useYield: a column has few entries
    *columns(ids, count) {
      const starts = new Int32Array(count + 1);
      for (let k = 0; k < count; k++) starts[k + 1] = starts[k] + indptr[ids[k] + 1] - indptr[ids[k]];
      const places = new Int32Array(starts[count]);
      const values = new Float64Array(starts[count]);
      for (let k = 0; k < count; k++) {
        places.set(indices.subarray(indptr[ids[k]], indptr[ids[k] + 1]), starts[k]);
        values.set(data.subarray(indptr[ids[k]], indptr[ids[k] + 1]), starts[k]);
      }
      return { layout: 'csc', rows, cols: count, indptr: starts, indices: places, data: values };
    },
    packRows: undefined,
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

/** Weighted means of the columns j in [from, to) and squares of what is left of them, sqrt(h) (column - mean). */
function centreWeighted(
  matrix: SparseMatrix,
  weights: Float64Array,
  means: Float64Array,
  squares: Float64Array,
  from: number,
  to: number,
): void {
  const { rows, indptr, indices, data } = matrix;
  for (let j = from; j < to; j++) {
    const start = indptr[j];
    const end = indptr[j + 1];
    let mean = 0;
    let stored = 0;
    for (let k = start; k < end; k++) {
      mean += weights[indices[k]] * data[k];
      stored += weights[indices[k]];
    }
    mean /= rows;
    const zeros = Math.max(0, rows - stored);
    let left = -zeros * mean;
    for (let k = start; k < end; k++) left += weights[indices[k]] * (data[k] - mean);
    mean += left / rows;
    let square = zeros * mean * mean;
    for (let k = start; k < end; k++) square += weights[indices[k]] * (data[k] - mean) * (data[k] - mean);
    means[j] = mean;
    squares[j] = isConstant(square, mean, rows) ? 0 : square;
  }
}
