import { type Arena, type BackendChoice, openArena } from '@lemmata/core';
import { type DenseMatrix, LINALG_KERNELS, linalgKernels, requireFinite } from '@lemmata/linalg';
import { DESCENT_KERNELS, descentKernels } from '../kernels/descent-kernels.js';
import { COLUMN_OVERHEAD, SLICE, SliceMeter } from '../slices.js';
import {
  backendFor,
  type Design,
  type DesignNeeds,
  isConstant,
  type OwnedDesign,
  type WorkLayout,
  workLayout,
} from './design.js';

/** Entries copied at a time: they are still in the second-level cache when their columns are centred and squared. */
const CHUNK = 32768;

/** Multiply-adds that take the time of copying an entry into new memory; centring takes the same again. */
const COPY_COST = 4;

/** The arena blocks of a dense design. */
interface DenseLayout extends WorkLayout {
  readonly [block: string]: readonly ['f64' | 'i32', number, 'unset'?];
  readonly matrix: readonly ['f64', number, 'unset'];
  readonly ones: readonly ['f64', number];
}

/**
 * Opens the memory of a run on a dense matrix. Nothing is copied before `load`.
 *
 * A TypeScript run on a matrix in column layout that needs no centring and no weights leaves it where it is; all others
 * copy it.
 *
 * @param matrix - the matrix, checked
 * @param needs - what else the run needs
 * @param choice - which kernels are to run
 * @param mayStay - whether the matrix is unchanged as long as the design is in use
 * @returns the design, and how to release its memory
 */
export function denseDesign(
  matrix: DenseMatrix,
  needs: DesignNeeds,
  choice: BackendChoice,
  mayStay: boolean,
): OwnedDesign {
  const { rows, cols } = matrix;
  const { intercept, penalised } = needs;
  const roots = needs.weights?.map(Math.sqrt);
  const backend = backendFor(choice, 8 * rows * cols);
  const canStay = mayStay && !intercept && roots === undefined && matrix.layout === 'column';
  const layout: DenseLayout = {
    ...workLayout(rows, cols, penalised),
    matrix: ['f64', canStay && backend === 'js' ? 0 : rows * cols, 'unset'],
    ones: ['f64', intercept ? rows : 0],
  };
  const arena: Arena<DenseLayout> = openArena(
    layout,
    backend,
    penalised ? [LINALG_KERNELS, DESCENT_KERNELS] : [LINALG_KERNELS],
  );
  const kernels = linalgKernels(arena);
  const passes = penalised ? descentKernels(arena) : undefined;
  const { squares, norms, means, ones, l1, l2, lower, upper, ...vectors } = arena.views;
  const work = { ...vectors, penalty: { l1, l2, lower, upper } };
  const stays = canStay && arena.backend === 'js';
  const a = stays ? matrix.data : arena.views.matrix;
  const perSlice = Math.max(1, Math.floor(SLICE / (rows + COLUMN_OVERHEAD)));

  /** Takes the mean away twice: the second pass removes what rounding left of it in the first. */
  const centre = (values: Float64Array): number => {
    const first = kernels.dot(values, ones) / rows;
    kernels.axpy(-first, ones, values);
    const second = kernels.dot(values, ones) / rows;
    kernels.axpy(-second, ones, values);
    return first + second;
  };

  const copy = (from: number, to: number) => {
    if (stays) return;
    if (matrix.layout === 'column') a.set(matrix.data.subarray(from * rows, to * rows), from * rows);
    else transposeInto(a, matrix, from, to);
  };

  function* load(residual?: Float64Array): Generator<'slice', void, void> {
    if (intercept) ones.set(roots ?? new Float64Array(rows).fill(1));
    const meter = new SliceMeter();
    const step = Math.max(1, Math.floor(CHUNK / rows));
    let sum = 0;
    const perEntry = intercept ? 2 * COPY_COST : COPY_COST;
    for (let from = 0; from < cols; from += step) {
      const to = Math.min(cols, from + step);
      copy(from, to);
      for (let j = from; j < to; j++) {
        const values = a.subarray(j * rows, (j + 1) * rows);
        if (roots !== undefined) for (let i = 0; i < rows; i++) values[i] *= roots[i];
        if (intercept) means[j] = centre(values);
        const square = kernels.dot(values, values);
        sum += square;
        squares[j] = intercept && isConstant(square, means[j], rows) ? 0 : square;
        norms[j] = Math.sqrt(squares[j]);
      }
      if (residual !== undefined) kernels.columnProducts(rows, a, residual, work.innerProducts, from, to);
      if (meter.full((to - from) * (rows + COLUMN_OVERHEAD) * perEntry)) yield 'slice';
    }
    // An entry that is not finite shows in the square of its column; numbers that are only too large for it are the run's.
    if (!Number.isFinite(sum)) requireFinite('A', matrix);
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
    cost: () => rows + COLUMN_OVERHEAD,
    sliceEnd: (from, to) => Math.min(to, from + perSlice),
    products: (residual, out, from, to) => kernels.columnProducts(rows, a, residual, out, from, to),
    selectedProducts: (ids, residual, out, from, to) =>
      kernels.selectedColumnProducts(rows, a, ids, residual, out, from, to),
    epoch: (ids, from, to, penalty) => {
      const { threshold, ridge } = penalty;
      const { residual: r, coefficients: w } = work;
      return penalty.plain || passes === undefined
        ? kernels.lassoEpochDense(rows, a, ids, from, to, squares, threshold, r, w)
        : passes.epochDense(rows, a, ids, from, to, squares, threshold, ridge, penalty.vectors, r, w);
    },
    addColumn: (j, alpha) => kernels.axpy(alpha, a.subarray(j * rows, (j + 1) * rows), work.residual),
    *columns(ids, count) {
      const data = new Float64Array(rows * count);
      const meter = new SliceMeter();
      for (let k = 0; k < count; k++) {
        data.set(a.subarray(ids[k] * rows, (ids[k] + 1) * rows), k * rows);
        if (meter.full(COPY_COST * rows)) yield 'slice';
      }
      return { layout: 'column', rows, cols: count, data };
    },
    packRows: (ids, count, from, length, out) => {
      for (let k = 0; k < count; k++) {
        const start = ids[k] * rows + from;
        out.set(a.subarray(start, start + length), k * length);
      }
    },
    residualSquare: () => kernels.dot(work.residual, work.residual),
  };
  return { design, dispose: arena.dispose };
}

/** Copies columns [from, to) of a matrix in row layout to their place in column layout. */
function transposeInto(a: Float64Array, matrix: DenseMatrix, from: number, to: number): void {
  const { rows, cols, data } = matrix;
  for (let i = 0; i < rows; i++) {
    for (let j = from; j < to; j++) a[j * rows + i] = data[i * cols + j];
  }
}
