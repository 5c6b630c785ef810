import type { Arena, ArenaLayout, KernelModule } from '@lemmata/core';
import { KERNELS_BASE64 } from '../generated/kernels.js';
import { addMultiple, columnProduct, gatheredProduct } from './columns.js';

/** The WebAssembly module of the passes: name it when opening an arena that uses {@link descentKernels}. */
export const DESCENT_KERNELS: KernelModule = { name: '@lemmata/coordinate-descent', base64: KERNELS_BASE64 };

/** Threshold, ridge and bounds of every coordinate: entries of four vectors, the first two times one number each. */
export interface PenaltyVectors {
  /** Multiples of the threshold, >= 0. */
  readonly l1: Float64Array;
  /** Multiples of the ridge, >= 0. */
  readonly l2: Float64Array;
  /** Smallest values, <= 0; may be -Infinity. */
  readonly lower: Float64Array;
  /** Largest values, >= 0; may be Infinity. */
  readonly upper: Float64Array;
}

/** The passes, in one of two backends with the same bits. All arrays of a `wasm` backend lie in its arena. */
export interface DescentKernels {
  /** One pass over the dense columns ids[k], k in [from, to); returns how many coefficients changed. */
  epochDense(
    rows: number,
    a: Float64Array,
    ids: Int32Array,
    from: number,
    to: number,
    squares: Float64Array,
    threshold: number,
    ridge: number,
    penalty: PenaltyVectors,
    r: Float64Array,
    w: Float64Array,
  ): number;
  /** One pass over the sparse columns ids[k], k in [from, to), centred by their means. */
  epochSparse(
    indptr: Int32Array,
    indices: Int32Array,
    data: Float64Array,
    ids: Int32Array,
    from: number,
    to: number,
    squares: Float64Array,
    means: Float64Array,
    threshold: number,
    ridge: number,
    penalty: PenaltyVectors,
    r: Float64Array,
    residualSum: Float64Array,
    w: Float64Array,
  ): number;
  /**
   * One pass over the coordinates slots[0 .. count) of a quadratic model: g its matrix in rows of `stride` entries, c the
   * products of the first `used` coordinates with the residual, which follow.
   */
  gramEpoch(
    slots: Int32Array,
    count: number,
    g: Float64Array,
    stride: number,
    used: number,
    c: Float64Array,
    w: Float64Array,
    threshold: number,
    ridge: number,
    penalty: PenaltyVectors,
  ): number;
}

/**
 * The minimiser over [lower, upper] of (divisor / 2) v^2 - z v + threshold |v|, where lower <= 0 <= upper.
 *
 * @param z - the product
 * @param threshold - >= 0
 * @param divisor - > 0
 * @param lower - smallest value
 * @param upper - largest value
 * @returns the minimiser; NaN stays NaN, so that an overflow shows
 */
export function proximal(z: number, threshold: number, divisor: number, lower: number, upper: number): number {
  if (Math.abs(z) <= threshold) return 0;
  const value = (z > 0 ? z - threshold : z + threshold) / divisor;
  if (value < lower) return lower;
  if (value > upper) return upper;
  return value;
}

const TYPESCRIPT: DescentKernels = {
  epochDense: (rows, a, ids, from, to, squares, threshold, ridge, { l1, l2, lower, upper }, r, w) => {
    let changed = 0;
    for (let k = from; k < to; k++) {
      const j = ids[k];
      const square = squares[j];
      if (square === 0) continue;
      const old = w[j];
      const z = columnProduct(a, j * rows, r, rows) + square * old;
      const value = proximal(z, threshold * l1[j], square + ridge * l2[j], lower[j], upper[j]);
      const change = value - old;
      if (change === 0) continue;
      w[j] = value;
      addMultiple(-change, a, j * rows, r, rows);
      changed++;
    }
    return changed;
  },
  epochSparse: (
    indptr,
    indices,
    data,
    ids,
    from,
    to,
    squares,
    means,
    threshold,
    ridge,
    { l1, l2, lower, upper },
    r,
    residualSum,
    w,
  ) => {
    const rows = r.length;
    let sum = residualSum[0];
    let changed = 0;
    for (let k = from; k < to; k++) {
      const j = ids[k];
      const square = squares[j];
      if (square === 0) continue;
      const start = indptr[j];
      const end = indptr[j + 1];
      const old = w[j];
      const z = gatheredProduct(indices, data, start, end, r) - means[j] * sum + square * old;
      const value = proximal(z, threshold * l1[j], square + ridge * l2[j], lower[j], upper[j]);
      const change = value - old;
      if (change === 0) continue;
      w[j] = value;
      sum -= change * (rows * means[j]);
      changed++;
      for (let e = start; e < end; e++) r[indices[e]] -= change * data[e];
    }
    residualSum[0] = sum;
    return changed;
  },
  gramEpoch: (slots, count, g, stride, used, c, w, threshold, ridge, { l1, l2, lower, upper }) => {
    let changed = 0;
    for (let k = 0; k < count; k++) {
      const s = slots[k];
      const square = g[s * stride + s];
      const old = w[s];
      const value = proximal(c[s] + square * old, threshold * l1[s], square + ridge * l2[s], lower[s], upper[s]);
      const change = value - old;
      if (change === 0) continue;
      w[s] = value;
      addMultiple(-change, g, s * stride, c, used);
      changed++;
    }
    return changed;
  },
};

/**
 * Makes the passes of an arena: WebAssembly over its memory, or plain TypeScript when it lies on the heap. Their arrays
 * are the engine's own and are not checked again.
 *
 * @param arena - the arena of the run; when it is a `wasm` one, {@link DESCENT_KERNELS} was named at its opening
 * @returns the passes
 */
export function descentKernels(arena: Arena<ArenaLayout>): DescentKernels {
  if (arena.backend === 'js') return TYPESCRIPT;
  const { penalisedEpochDense, penalisedEpochSparse, gramEpoch } = arena.exports(DESCENT_KERNELS);
  const at = (array: Float64Array | Int32Array) => array.byteOffset;
  return {
    epochDense: (rows, a, ids, from, to, squares, threshold, ridge, { l1, l2, lower, upper }, r, w) =>
      penalisedEpochDense(
        ...[rows, at(a), at(ids), from, to, at(squares), threshold, ridge],
        ...[at(l1), at(l2), at(lower), at(upper), at(r), at(w)],
      ),
    epochSparse: (
      indptr,
      indices,
      data,
      ids,
      from,
      to,
      squares,
      means,
      threshold,
      ridge,
      { l1, l2, lower, upper },
      r,
      residualSum,
      w,
    ) =>
      penalisedEpochSparse(
        ...[r.length, at(indptr), at(indices), at(data), at(ids), from, to, at(squares), at(means), threshold, ridge],
        ...[at(l1), at(l2), at(lower), at(upper), at(r), at(residualSum), at(w)],
      ),
    gramEpoch: (slots, count, g, stride, used, c, w, threshold, ridge, { l1, l2, lower, upper }) =>
      gramEpoch(
        ...[at(slots), count, at(g), stride, used, at(c), at(w), threshold, ridge],
        ...[at(l1), at(l2), at(lower), at(upper)],
      ),
  };
}
