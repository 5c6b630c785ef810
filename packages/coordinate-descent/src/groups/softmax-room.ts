import { type Arena, type Backend, openArena } from '@lemmata/core';
import { type Kernels, LINALG_KERNELS, linalgKernels, type Matrix } from '@lemmata/linalg';
import { type ColumnStore, fillStore, type StoreLayout, storeLayout, storeSlice } from '../kernels/column-store.js';
import { gatheredProduct } from '../kernels/columns.js';
import { DESCENT_KERNELS } from '../kernels/descent-kernels.js';
import { type SoftmaxKernels, softmaxKernels } from '../kernels/softmax-kernels.js';
import type { SliceMeter } from '../slices.js';

/** The arena blocks of a room. */
interface RoomLayout extends StoreLayout {
  readonly [block: string]: readonly ['f64' | 'i32', number];
  readonly moving: readonly ['f64', number];
  readonly P: readonly ['f64', number];
  readonly S: readonly ['f64', number];
  readonly Q: readonly ['f64', number];
  readonly h: readonly ['f64', number];
  readonly row: readonly ['f64', number];
  readonly w: readonly ['f64', number];
  readonly slopes: readonly ['f64', number];
  readonly bounds: readonly ['f64', number];
  readonly step: readonly ['f64', number];
  readonly classes: readonly ['f64', number];
  readonly largest: readonly ['f64', number];
  readonly ids: readonly ['i32', number];
}

/**
 * The memory of an inner solver of softmax: copies of the p columns of a working set (dense ones centred, sparse ones not),
 * matrices of m rows and k classes, and p coefficients for each class, all of them one class after the other.
 */
export class SoftmaxRoom {
  /** The columns. */
  readonly columns: ColumnStore;
  /** How many columns there are. */
  readonly count: number;
  /** Number of classes. */
  readonly classes: number;
  /** H Z of the quadratic model, m x k, or room of that size between models. */
  readonly Y: Float64Array;
  /** Step of the intercepts, length k. */
  readonly centreStep: Float64Array;
  /** `Y`, then `centreStep`. */
  readonly moving: Float64Array;
  /** Probabilities, m x k. */
  readonly P: Float64Array;
  /** Curvatures of rows and classes, or room of that size, m x k. */
  readonly S: Float64Array;
  /** Room for an m x k matrix. */
  readonly Q: Float64Array;
  /** Sample weights, length m. */
  readonly h: Float64Array;
  /** Room for a number a row. */
  readonly row: Float64Array;
  /** Coefficients, p x k. */
  readonly w: Float64Array;
  /** Products of columns with the residual at the start of the model, p x k. */
  readonly slopes: Float64Array;
  /** Bounds of curvatures, p x k. */
  readonly bounds: Float64Array;
  /** A step of the coefficients, p x k. */
  readonly step: Float64Array;
  /** Room for a number a class. */
  readonly perClass: Float64Array;
  /** Room for a number. */
  readonly largest: Float64Array;
  /** Room for a list of columns for each class, then one of all columns. */
  readonly ids: Int32Array;
  /** The loops of the model. */
  readonly loops: SoftmaxKernels;
  readonly #kernels: Kernels;
  readonly #arena: Arena<RoomLayout>;

  /**
   * @param matrix - the columns, in column layout or CSC
   * @param weights - sample weights
   * @param classes - number of classes
   * @param backend - which kernels are to run
   */
  constructor(matrix: Matrix, weights: Float64Array, classes: number, backend: Backend) {
    const { rows, cols } = matrix;
    const layout: RoomLayout = {
      ...storeLayout(matrix),
      moving: ['f64', (rows + 1) * classes],
      P: ['f64', rows * classes],
      S: ['f64', rows * classes],
      Q: ['f64', rows * classes],
      h: ['f64', rows],
      row: ['f64', rows],
      w: ['f64', cols * classes],
      slopes: ['f64', cols * classes],
      bounds: ['f64', cols * classes],
      step: ['f64', cols * classes],
      classes: ['f64', classes],
      largest: ['f64', 1],
      ids: ['i32', cols * (classes + 1)],
    };
    // A room too large for WebAssembly lies on the heap, with the same bits.
    this.#arena = openArena(layout, backend === 'wasm' ? 'auto' : 'js', [LINALG_KERNELS, DESCENT_KERNELS]);
    const { data, indptr, indices, classes: perClass, ...views } = this.#arena.views;
    this.columns = { rows, data, indptr, indices };
    this.count = cols;
    this.classes = classes;
    this.perClass = perClass;
    this.moving = views.moving;
    this.Y = views.moving.subarray(0, rows * classes);
    this.centreStep = views.moving.subarray(rows * classes);
    this.P = views.P;
    this.S = views.S;
    this.Q = views.Q;
    this.h = views.h;
    this.row = views.row;
    this.w = views.w;
    this.slopes = views.slopes;
    this.bounds = views.bounds;
    this.step = views.step;
    this.largest = views.largest;
    this.ids = views.ids;
    this.#kernels = linalgKernels(this.#arena);
    this.loops = softmaxKernels(this.#arena);
    this.h.set(weights);
  }

  /**
   * Copies the columns in; to be run once, before anything else.
   *
   * @param matrix - the columns
   * @param scales - what each is multiplied by; undefined for 1
   * @param meter - counts the work between slices
   */
  load(matrix: Matrix, scales: Float64Array | undefined, meter: SliceMeter): Generator<'slice', void, void> {
    return fillStore(this.columns, matrix, scales, meter);
  }

  /** Releases the memory. */
  dispose(): void {
    this.#arena.dispose();
  }

  /** bounds[c p + j] = the sum over rows of column_j^2 q. */
  *squares(c: number, q: Float64Array, meter: SliceMeter): Generator<'slice', void, void> {
    const { bounds, columns, count, loops } = this;
    const out = bounds.subarray(c * count, (c + 1) * count);
    for (let from = 0; from < count; ) {
      const { to, cost } = storeSlice(columns, from, count, 1);
      loops.columnSquares(columns, q, out, from, to);
      from = to;
      if (meter.full(cost)) yield 'slice';
    }
  }

  /** out[c p + j] = column j . V_c. */
  *products(V: Float64Array, out: Float64Array, meter: SliceMeter): Generator<'slice', void, void> {
    const { columns, count, classes } = this;
    const { rows, data, indptr, indices } = columns;
    for (let c = 0; c < classes; c++) {
      const v = V.subarray(c * rows, (c + 1) * rows);
      const products = out.subarray(c * count, (c + 1) * count);
      for (let from = 0; from < count; ) {
        const { to, cost } = storeSlice(columns, from, count, 1);
        if (indptr.length === 0) this.#kernels.columnProducts(rows, data, v, products, from, to);
        else this.#kernels.sparseColumnProducts(indptr, indices, data, v, products, from, to);
        from = to;
        if (meter.full(cost)) yield 'slice';
      }
    }
  }

  /** out[c] = column . V_c. */
  classProducts(column: number, V: Float64Array, out: Float64Array): void {
    const { rows, data, indptr, indices } = this.columns;
    if (indptr.length === 0) {
      this.#kernels.columnProducts(rows, V, data.subarray(column * rows, (column + 1) * rows), out, 0, this.classes);
      return;
    }
    for (let c = 0; c < this.classes; c++) {
      out[c] = gatheredProduct(indices, data, indptr[column], indptr[column + 1], V.subarray(c * rows, (c + 1) * rows));
    }
  }

  /** out_c += sum of columns j times steps[c p + j]. */
  *combine(steps: Float64Array, out: Float64Array, meter: SliceMeter): Generator<'slice', void, void> {
    const { columns, count, classes } = this;
    const { rows, data, indptr, indices } = columns;
    for (let c = 0; c < classes; c++) {
      const x = steps.subarray(c * count, (c + 1) * count);
      const y = out.subarray(c * rows, (c + 1) * rows);
      for (let from = 0; from < count; ) {
        const { to, cost } = storeSlice(columns, from, count, 1);
        if (indptr.length === 0) this.#kernels.columnCombination(rows, data, x, y, from, to);
        else this.#kernels.sparseColumnCombination(indptr, indices, data, x, y, from, to);
        from = to;
        if (meter.full(cost)) yield 'slice';
      }
    }
  }
}
