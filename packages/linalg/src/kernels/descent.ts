import { denseAxpy, denseDot } from './dense.js';
import { sparseAxpy, sparseDot } from './sparse.js';

/** S(z, threshold) / square; NaN stays NaN, so that an overflow shows. */
function shrink(z: number, threshold: number, square: number): number {
  if (Math.abs(z) <= threshold) return 0;
  return (z > 0 ? z - threshold : z + threshold) / square;
}

/** One pass of Lasso descent over the dense columns ids[from..to); returns the number of coordinates that changed. */
export function lassoEpochDense(
  rows: number,
  a: Float64Array,
  ids: Int32Array,
  from: number,
  to: number,
  squares: Float64Array,
  threshold: number,
  r: Float64Array,
  w: Float64Array,
): number {
  let changed = 0;
  for (let k = from; k < to; k++) {
    const j = ids[k];
    const square = squares[j];
    if (square === 0) continue;
    const old = w[j];
    const value = shrink(denseDot(a, j * rows, r, rows) + square * old, threshold, square);
    const change = value - old;
    if (change !== 0) {
      w[j] = value;
      denseAxpy(-change, a, j * rows, r, rows);
      changed++;
    }
  }
  return changed;
}

/** One pass over the sparse columns ids[from..to), centred by their means. */
export function lassoEpochSparse(
  indptr: Int32Array,
  indices: Int32Array,
  data: Float64Array,
  ids: Int32Array,
  from: number,
  to: number,
  squares: Float64Array,
  means: Float64Array,
  threshold: number,
  r: Float64Array,
  residualSum: Float64Array,
  w: Float64Array,
): number {
  const rows = r.length;
  let sum = residualSum[0];
  let changed = 0;
  for (let k = from; k < to; k++) {
    const j = ids[k];
    const square = squares[j];
    if (square === 0) continue;
    const start = indptr[j];
    const end = indptr[j + 1];
    const mean = means[j];
    const old = w[j];
    const value = shrink(sparseDot(indices, data, start, end, r) - mean * sum + square * old, threshold, square);
    const change = value - old;
    if (change !== 0) {
      w[j] = value;
      sparseAxpy(-change, indices, data, start, end, r);
      sum -= change * (rows * mean);
      changed++;
    }
  }
  residualSum[0] = sum;
  return changed;
}
