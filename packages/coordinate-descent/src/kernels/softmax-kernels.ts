import type { Arena, ArenaLayout } from '@lemmata/core';
import type { ColumnStore } from './column-store.js';
import { columnProduct, gatheredProduct } from './columns.js';
import { DESCENT_KERNELS } from './descent-kernels.js';

/** What a pass over one class reads and writes; vectors of rows and of columns belong to that class. */
export interface ClassModel {
  /** The class's part of H Z for the step Z so far, kept along. */
  readonly y: Float64Array;
  /** Curvature of each row. */
  readonly s: Float64Array;
  /** Products of columns with the residual at the start. */
  readonly slopes: Float64Array;
  /** Curvature of each column. */
  readonly bounds: Float64Array;
  /** Coefficients. */
  readonly w: Float64Array;
  /** The largest change times its curvature, length 1: raised. */
  readonly largest: Float64Array;
}

/**
 * Loops on the quadratic model of the softmax loss, in one of two backends with the same bits. Matrices of m rows and k
 * classes are in column layout; all arrays of a `wasm` backend lie in its arena.
 */
export interface SoftmaxKernels {
  /** out[j] = the sum over rows of column_j^2 q, for j in [from, to). */
  columnSquares(columns: ColumnStore, q: Float64Array, out: Float64Array, from: number, to: number): void;
  /** One pass over the columns ids[e], e in [from, to), for one class; returns how many coefficients changed. */
  classPass(
    columns: ColumnStore,
    ids: Int32Array,
    from: number,
    to: number,
    model: ClassModel,
    threshold: number,
    ridge: number,
  ): number;
  /** Y_c -= P_c t, entry by entry, in all classes but `own`. */
  spreadClass(own: number, P: Float64Array, t: Float64Array, Y: Float64Array): void;
  /** Y += h (diag(p) - p p') (column d') row by row; `means` is room for a number a row. */
  addCurved(
    columns: ColumnStore,
    column: number,
    d: Float64Array,
    P: Float64Array,
    h: Float64Array,
    means: Float64Array,
    Y: Float64Array,
  ): void;
}

/** The minimiser of (divisor / 2) v^2 - z v + threshold |v|; NaN stays NaN, so that an overflow shows. */
function shrink(z: number, threshold: number, divisor: number): number {
  if (Math.abs(z) <= threshold) return 0;
  return (z > 0 ? z - threshold : z + threshold) / divisor;
}

const TYPESCRIPT: SoftmaxKernels = {
  columnSquares: ({ rows, data, indptr, indices }, q, out, from, to) => {
    for (let j = from; j < to; j++) {
      if (indptr.length > 0) {
        let sum = 0;
        for (let e = indptr[j]; e < indptr[j + 1]; e++) sum += data[e] * data[e] * q[indices[e]];
        out[j] = sum;
        continue;
      }
      const pairs = rows - (rows & 1);
      let [even, odd] = [0, 0];
      let e = j * rows;
      for (let i = 0; i < pairs; i += 2, e += 2) {
        even += data[e] * data[e] * q[i];
        odd += data[e + 1] * data[e + 1] * q[i + 1];
      }
      const sum = even + odd;
      out[j] = pairs < rows ? sum + data[e] * data[e] * q[pairs] : sum;
    }
  },
  classPass: ({ rows, data, indptr, indices }, ids, from, to, model, threshold, ridge) => {
    const { y, s, slopes, bounds, w, largest } = model;
    const sparse = indptr.length > 0;
    let most = largest[0];
    let changed = 0;
    for (let e = from; e < to; e++) {
      const j = ids[e];
      const bound = bounds[j];
      if (bound === 0) continue;
      const start = sparse ? indptr[j] : j * rows;
      const end = sparse ? indptr[j + 1] : start + rows;
      const product = sparse ? gatheredProduct(indices, data, start, end, y) : columnProduct(data, start, y, rows);
      const old = w[j];
      const divisor = bound + ridge;
      const value = shrink(slopes[j] - product + bound * old, threshold, divisor);
      const change = value - old;
      if (change === 0) continue;
      w[j] = value;
      if (sparse) for (let q = start; q < end; q++) y[indices[q]] += change * data[q] * s[indices[q]];
      else for (let i = 0; i < rows; i++) y[i] += change * data[start + i] * s[i];
      most = Math.max(most, divisor * Math.abs(change));
      changed++;
    }
    largest[0] = most;
    return changed;
  },
  spreadClass: (own, P, t, Y) => {
    const rows = t.length;
    for (let c = 0, e = 0; e < Y.length; c++) {
      if (c === own) e += rows;
      else for (let i = 0; i < rows; i++, e++) Y[e] -= P[e] * t[i];
    }
  },
  addCurved: ({ rows, data, indptr, indices }, column, d, P, h, means, Y) => {
    const sparse = indptr.length > 0;
    const start = sparse ? indptr[column] : column * rows;
    const end = sparse ? indptr[column + 1] : start + rows;
    for (let q = start; q < end; q++) {
      const i = sparse ? indices[q] : q - start;
      let mean = 0;
      for (let c = 0, e = i; c < d.length; c++, e += rows) mean += d[c] * P[e];
      means[i] = mean;
    }
    for (let c = 0; c < d.length; c++) {
      const first = c * rows;
      for (let q = start; q < end; q++) {
        const i = sparse ? indices[q] : q - start;
        Y[first + i] += h[i] * data[q] * P[first + i] * (d[c] - means[i]);
      }
    }
  },
};

/**
 * Makes the loops of an arena: WebAssembly over its memory, or plain TypeScript when it lies on the heap. Their arrays are
 * the engine's own and are not checked again.
 *
 * @param arena - the arena of the run; when it is a `wasm` one, {@link DESCENT_KERNELS} was named at its opening
 * @returns the loops
 */
export function softmaxKernels(arena: Arena<ArenaLayout>): SoftmaxKernels {
  if (arena.backend === 'js') return TYPESCRIPT;
  const exports = arena.exports(DESCENT_KERNELS);
  const at = (array: Float64Array | Int32Array) => array.byteOffset;
  return {
    columnSquares: ({ rows, data, indptr, indices }, q, out, from, to) => {
      if (indptr.length === 0) exports.columnSquaresDense(rows, at(data), at(q), at(out), from, to);
      else exports.columnSquaresSparse(at(indptr), at(indices), at(data), at(q), at(out), from, to);
    },
    classPass: ({ rows, data, indptr, indices }, ids, from, to, model, threshold, ridge) => {
      const { y, s, slopes, bounds, w, largest } = model;
      const vectors = [at(y), at(s), at(slopes), at(bounds)] as const;
      const last = [threshold, ridge, at(w), at(largest)] as const;
      return indptr.length > 0
        ? exports.classPassSparse(at(indptr), at(indices), at(data), at(ids), from, to, ...vectors, ...last)
        : exports.classPassDense(rows, at(data), at(ids), from, to, ...vectors, ...last);
    },
    spreadClass: (own, P, t, Y) => {
      exports.spreadClass(t.length, Y.length / t.length, own, at(P), at(t), at(Y));
    },
    addCurved: ({ rows, data, indptr, indices }, column, d, P, h, means, Y) => {
      if (indptr.length === 0) {
        exports.addCurvedDense(rows, d.length, at(data) + 8 * column * rows, at(d), at(P), at(h), at(means), at(Y));
        return;
      }
      const start = indptr[column];
      const n = indptr[column + 1] - start;
      exports.addCurvedSparse(
        ...[rows, d.length, at(indices) + 4 * start, at(data) + 8 * start, n, at(d), at(P), at(h), at(Y)],
      );
    },
  };
}
