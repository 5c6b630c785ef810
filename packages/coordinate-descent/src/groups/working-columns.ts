import type { Matrix } from '@lemmata/linalg';
import { columnProduct, gatheredProduct } from '../kernels/columns.js';

/**
 * Copies of some columns, as they come from a design: dense ones centred, sparse ones not. Matrices V of shape (m, k) are in
 * column layout.
 */
export interface WorkingColumns {
  /** Multiply-adds of a product of one column with one output. */
  cost(column: number): number;
  /** out[c] = column . V[., c]. */
  products(column: number, V: Float64Array, k: number, out: Float64Array): void;
  /** V[., c] += column * d[c]. */
  add(column: number, d: Float64Array, k: number, V: Float64Array): void;
  /** Curvatures out[c] = sum over rows of column^2 Q[., c]. */
  squares(column: number, Q: Float64Array, k: number, out: Float64Array): void;
  /** The step V <- V - h (diag(p) - p p') (column d'), row by row, of softmax. */
  addCurved(column: number, d: Float64Array, k: number, P: Float64Array, h: Float64Array, V: Float64Array): void;
}

/**
 * Makes the operations of some columns.
 *
 * @param matrix - the columns, in column layout or CSC; its entries are scaled in place
 * @param scales - what each column is multiplied by; undefined for 1
 * @returns the operations
 */
export function workingColumns(matrix: Matrix, scales: Float64Array | undefined): WorkingColumns {
  const { rows, cols, data } = matrix;
  if (scales !== undefined) {
    for (let j = 0; j < cols; j++) {
      const start = 'indptr' in matrix ? matrix.indptr[j] : j * rows;
      const end = 'indptr' in matrix ? matrix.indptr[j + 1] : (j + 1) * rows;
      for (let e = start; e < end; e++) data[e] *= scales[j];
    }
  }
  return 'indptr' in matrix ? sparseColumns(rows, matrix.indptr, matrix.indices, data) : denseColumns(rows, data);
}

function denseColumns(rows: number, data: Float64Array): WorkingColumns {
  const means = new Float64Array(rows);
  return {
    cost: () => rows + 8,
    products: (column, V, k, out) => {
      for (let c = 0; c < k; c++)
        out[c] = columnProduct(data, column * rows, V.subarray(c * rows, (c + 1) * rows), rows);
    },
    add: (column, d, k, V) => {
      for (let c = 0; c < k; c++) {
        const step = d[c];
        if (step === 0) continue;
        for (let i = 0, e = column * rows, v = c * rows; i < rows; i++, e++, v++) V[v] += step * data[e];
      }
    },
    squares: (column, Q, k, out) => {
      for (let c = 0; c < k; c++) {
        let sum = 0;
        for (let i = 0, e = column * rows, q = c * rows; i < rows; i++, e++, q++) sum += data[e] * data[e] * Q[q];
        out[c] = sum;
      }
    },
    addCurved: (column, d, k, P, h, V) => {
      means.fill(0);
      for (let c = 0; c < k; c++) {
        const step = d[c];
        if (step !== 0) for (let i = 0, p = c * rows; i < rows; i++, p++) means[i] += step * P[p];
      }
      const start = column * rows;
      for (let c = 0; c < k; c++) {
        const step = d[c];
        for (let i = 0, v = c * rows; i < rows; i++, v++) V[v] -= h[i] * data[start + i] * P[v] * (step - means[i]);
      }
    },
  };
}

function sparseColumns(rows: number, indptr: Int32Array, indices: Int32Array, data: Float64Array): WorkingColumns {
  const means = new Float64Array(rows);
  return {
    cost: (column) => indptr[column + 1] - indptr[column] + 8,
    products: (column, V, k, out) => {
      const start = indptr[column];
      const end = indptr[column + 1];
      for (let c = 0; c < k; c++) {
        out[c] = gatheredProduct(indices, data, start, end, V.subarray(c * rows, (c + 1) * rows));
      }
    },
    add: (column, d, k, V) => {
      for (let c = 0; c < k; c++) {
        const step = d[c];
        if (step === 0) continue;
        for (let e = indptr[column]; e < indptr[column + 1]; e++) V[c * rows + indices[e]] += step * data[e];
      }
    },
    squares: (column, Q, k, out) => {
      for (let c = 0; c < k; c++) {
        let sum = 0;
        for (let e = indptr[column]; e < indptr[column + 1]; e++) sum += data[e] * data[e] * Q[c * rows + indices[e]];
        out[c] = sum;
      }
    },
    addCurved: (column, d, k, P, h, V) => {
      const start = indptr[column];
      const end = indptr[column + 1];
      for (let e = start; e < end; e++) means[indices[e]] = 0;
      for (let c = 0; c < k; c++) {
        const step = d[c];
        if (step !== 0) for (let e = start; e < end; e++) means[indices[e]] += step * P[c * rows + indices[e]];
      }
      for (let c = 0; c < k; c++) {
        const step = d[c];
        for (let e = start; e < end; e++) {
          const i = indices[e];
          V[c * rows + i] -= h[i] * data[e] * P[c * rows + i] * (step - means[i]);
        }
      }
    },
  };
}
