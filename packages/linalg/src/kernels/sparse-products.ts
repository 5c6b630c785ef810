/**
 * Rows times a dense matrix: c_i = sum over the entries (j, v) of row i of v b_j, in their order, for i in [from, to).
 * The rows of b and c have `width` entries.
 */
export function sparseRowsTimesDense(
  indptr: Int32Array,
  indices: Int32Array,
  data: Float64Array,
  b: Float64Array,
  width: number,
  c: Float64Array,
  from: number,
  to: number,
): void {
  const fours = width - (width & 3);
  for (let i = from; i < to; i++) {
    const start = indptr[i];
    const end = indptr[i + 1];
    const out = i * width;
    for (let l = 0; l < fours; l += 4) {
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let k = start; k < end; k++) {
        const value = data[k];
        const p = indices[k] * width + l;
        s0 += value * b[p];
        s1 += value * b[p + 1];
        s2 += value * b[p + 2];
        s3 += value * b[p + 3];
      }
      c[out + l] = s0;
      c[out + l + 1] = s1;
      c[out + l + 2] = s2;
      c[out + l + 3] = s3;
    }
    for (let l = fours; l < width; l++) {
      let sum = 0;
      for (let k = start; k < end; k++) sum += data[k] * b[indices[k] * width + l];
      c[out + l] = sum;
    }
  }
}

/**
 * Columns times a dense matrix: c_i += v b_j for the entries (i, v) of column j, in their order, for j in [from, to).
 * The rows of b and c have `width` entries. Starting from zeros and done for all columns in turn, the sums are those of
 * {@link sparseRowsTimesDense}.
 */
export function sparseColumnsTimesDense(
  indptr: Int32Array,
  indices: Int32Array,
  data: Float64Array,
  b: Float64Array,
  width: number,
  c: Float64Array,
  from: number,
  to: number,
): void {
  const fours = width - (width & 3);
  for (let j = from; j < to; j++) {
    const start = j * width;
    for (let k = indptr[j]; k < indptr[j + 1]; k++) {
      const value = data[k];
      const out = indices[k] * width;
      for (let l = 0; l < fours; l += 4) {
        c[out + l] += value * b[start + l];
        c[out + l + 1] += value * b[start + l + 1];
        c[out + l + 2] += value * b[start + l + 2];
        c[out + l + 3] += value * b[start + l + 3];
      }
      for (let l = fours; l < width; l++) c[out + l] += value * b[start + l];
    }
  }
}

/**
 * The lower triangle of the product of the transpose with the matrix itself: g[i][j] += v w for every two entries (i,
 * v) and (j, w), j <= i, of each row in [from, to), in their order. g has `cols` rows and columns.
 */
export function addSparseLowerProducts(
  indptr: Int32Array,
  indices: Int32Array,
  data: Float64Array,
  cols: number,
  g: Float64Array,
  from: number,
  to: number,
): void {
  for (let row = from; row < to; row++) {
    const start = indptr[row];
    for (let k = start; k < indptr[row + 1]; k++) {
      const value = data[k];
      const out = indices[k] * cols;
      for (let h = start; h <= k; h++) g[out + indices[h]] += value * data[h];
    }
  }
}
