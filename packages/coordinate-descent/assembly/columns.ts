// Columns of a matrix, dense ones or CSC: which of the two is known where a pass is compiled, so that nothing is asked per
// column.
import { dot } from '../../linalg/assembly/dense';
import { gatherDot } from '../../linalg/assembly/sparse';

/** The number of the first entry of column j. */
// @ts-ignore: decorator
@inline
export function columnStart(sparse: bool, rows: usize, indptr: usize, j: usize): usize {
  return sparse ? <usize>load<u32>(indptr + (j << 2)) : j * rows;
}

/** The number of entries of column j, which begins at one. */
// @ts-ignore: decorator
@inline
export function columnLength(sparse: bool, rows: usize, indptr: usize, j: usize, start: usize): usize {
  return sparse ? <usize>load<u32>(indptr + (j << 2), 4) - start : rows;
}

/** The product of a column of n entries with r. */
// @ts-ignore: decorator
@inline
export function columnProduct(sparse: bool, indices: usize, data: usize, n: usize, r: usize): f64 {
  return sparse ? gatherDot(indices, data, n, r) : dot(data, r, n);
}
