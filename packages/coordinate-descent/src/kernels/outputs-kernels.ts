import type { Arena, ArenaLayout } from '@lemmata/core';
import type { ColumnStore } from './column-store.js';
import { addMultiple, columnProduct, gatheredProduct } from './columns.js';
import { DESCENT_KERNELS } from './descent-kernels.js';

/** What a pass over rows of W reads and writes. */
export interface OutputsModel {
  /** |column|^2 of each column. */
  readonly squares: Float64Array;
  /** Residual, m x k in column layout, kept along. */
  readonly R: Float64Array;
  /** W, p x k in row layout. */
  readonly w: Float64Array;
  /** Room for a number an output. */
  readonly u: Float64Array;
  /** The length of the largest change of a row times its curvature, length 1: raised. */
  readonly largest: Float64Array;
}

/** The same in terms of products of p columns with one another. */
export interface OutputsGram {
  /** The products, p x p. */
  readonly h: Float64Array;
  /** Products with the residual, p x k in column layout, kept along. */
  readonly c: Float64Array;
  /** W, p x k in column layout. */
  readonly w: Float64Array;
  /** Room for a number an output. */
  readonly u: Float64Array;
}

/**
 * Passes of block coordinate descent for least squares with k outputs, blocks being rows of W, in one of two backends with the
 * same bits. All arrays of a `wasm` backend lie in its arena.
 */
export interface OutputsKernels {
  /** One pass over the rows ids[e], e in [from, to); returns how many changed. */
  pass(
    columns: ColumnStore,
    ids: Int32Array,
    from: number,
    to: number,
    model: OutputsModel,
    threshold: number,
    ridge: number,
  ): number;
  /** One pass over the rows [from, to) by products; returns how many changed. */
  gramPass(model: OutputsGram, from: number, to: number, threshold: number, ridge: number): number;
}

/** What multiplies u in the minimiser of (divisor / 2) |v|^2 - u . v + threshold |v|; NaN stays NaN. */
function shrinkage(size: number, threshold: number, divisor: number): number {
  return size <= threshold ? 0 : (1 - threshold / size) / divisor;
}

const TYPESCRIPT: OutputsKernels = {
  pass: ({ rows, data, indptr, indices }, ids, from, to, { squares, R, w, u, largest }, threshold, ridge) => {
    const sparse = indptr.length > 0;
    const outputs = Array.from(u, (_, o) => R.subarray(o * rows, (o + 1) * rows));
    let most = largest[0];
    let changed = 0;
    for (let e = from; e < to; e++) {
      const j = ids[e];
      const square = squares[j];
      if (square === 0) continue;
      const start = sparse ? indptr[j] : j * rows;
      const end = sparse ? indptr[j + 1] : start + rows;
      const own = j * u.length;
      let size = 0;
      for (let o = 0; o < u.length; o++) {
        const r = outputs[o];
        const product = sparse ? gatheredProduct(indices, data, start, end, r) : columnProduct(data, start, r, rows);
        u[o] = product + square * w[own + o];
        size += u[o] * u[o];
      }
      const factor = shrinkage(Math.sqrt(size), threshold, square + ridge);
      let moved = 0;
      for (let o = 0; o < u.length; o++) {
        const value = factor === 0 ? 0 : factor * u[o];
        const change = value - w[own + o];
        if (change === 0) continue;
        moved += change * change;
        w[own + o] = value;
        const r = outputs[o];
        if (sparse) for (let q = start; q < end; q++) r[indices[q]] += -change * data[q];
        else addMultiple(-change, data, start, r, rows);
      }
      if (moved === 0) continue;
      most = Math.max(most, (square + ridge) * Math.sqrt(moved));
      changed++;
    }
    largest[0] = most;
    return changed;
  },
  gramPass: ({ h, c, w, u }, from, to, threshold, ridge) => {
    const p = w.length / u.length;
    const products = Array.from(u, (_, o) => c.subarray(o * p, (o + 1) * p));
    let changed = 0;
    for (let j = from; j < to; j++) {
      const square = h[j * p + j];
      if (square === 0) continue;
      let size = 0;
      for (let o = 0; o < u.length; o++) {
        u[o] = c[o * p + j] + square * w[o * p + j];
        size += u[o] * u[o];
      }
      const factor = shrinkage(Math.sqrt(size), threshold, square + ridge);
      let moved = false;
      for (let o = 0; o < u.length; o++) {
        const value = factor === 0 ? 0 : factor * u[o];
        const change = value - w[o * p + j];
        if (change === 0) continue;
        moved = true;
        w[o * p + j] = value;
        addMultiple(-change, h, j * p, products[o], p);
      }
      if (moved) changed++;
    }
    return changed;
  },
};

/**
 * Makes the passes of an arena: WebAssembly over its memory, or plain TypeScript when it lies on the heap. Their arrays are
 * the engine's own and are not checked again.
 *
 * @param arena - the arena of the run; when it is a `wasm` one, {@link DESCENT_KERNELS} was named at its opening
 * @returns the passes
 */
export function outputsKernels(arena: Arena<ArenaLayout>): OutputsKernels {
  if (arena.backend === 'js') return TYPESCRIPT;
  const exports = arena.exports(DESCENT_KERNELS);
  const at = (array: Float64Array | Int32Array) => array.byteOffset;
  return {
    pass: ({ rows, data, indptr, indices }, ids, from, to, { squares, R, w, u, largest }, threshold, ridge) => {
      const k = u.length;
      const rest = [at(squares), threshold, ridge, at(R), at(w), at(u), at(largest)] as const;
      return indptr.length > 0
        ? exports.outputsPassSparse(rows, k, at(indptr), at(indices), at(data), at(ids), from, to, ...rest)
        : exports.outputsPassDense(rows, k, at(data), at(ids), from, to, ...rest);
    },
    gramPass: ({ h, c, w, u }, from, to, threshold, ridge) =>
      exports.outputsGramPass(
        ...[w.length / u.length, u.length, from, to, at(h), threshold, ridge, at(c), at(w), at(u)],
      ),
  };
}
