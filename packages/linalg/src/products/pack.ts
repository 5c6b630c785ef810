import type { DenseMatrix } from '../matrix/types.js';

/** Entries of a sum that are taken together: 64 lines of so many stay in the second cache. */
export const CHUNK = 256;
/** Lines that are multiplied with as many others in one call of a kernel. */
export const BLOCK = 64;

/**
 * Copies a slice of every line: packed[i * length + k] = entry from + k of line i, where the lines are the rows or the
 * columns of a matrix.
 */
export function packLines(
  matrix: DenseMatrix,
  lines: 'rows' | 'columns',
  from: number,
  length: number,
  packed: Float64Array,
): void {
  const { rows, cols, data } = matrix;
  const count = lines === 'rows' ? rows : cols;
  const width = lines === 'rows' ? cols : rows;
  if ((matrix.layout === 'row') === (lines === 'rows')) {
    for (let i = 0; i < count; i++) {
      packed.set(data.subarray(i * width + from, i * width + from + length), i * length);
    }
    return;
  }
  // Eight lines at a time: each of their entries is read from one cache line.
  for (let top = 0; top < count; top += 8) {
    const bottom = Math.min(top + 8, count);
    for (let k = 0; k < length; k++) {
      const start = (from + k) * count;
      for (let i = top; i < bottom; i++) packed[i * length + k] = data[start + i];
    }
  }
}
