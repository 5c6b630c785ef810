// Products of sparse matrices: with a vector, column by column, and with a dense matrix.
import type { Kernel, PreparedKernel } from '@lemmata/bench';
import { openArena } from '@lemmata/core';
import { LINALG_KERNELS, linalgKernels, matrixKernels, type SparseMatrix, toSparse, zipfDesign } from '@lemmata/linalg';
import { joined, uniform } from './data.js';
import { plainC } from './native.js';

const ROWS = 5000;
const COLS = 24_000;
const PER_ROW = 14;
const WIDTH = 16;
const ENTRIES = ROWS * PER_ROW;

const columns = (): SparseMatrix =>
  toSparse(zipfDesign({ rows: ROWS, cols: COLS, perRow: PER_ROW, seed: 'kernels' }), 'csc');
const lines = (): SparseMatrix => toSparse(columns(), 'csr');
const vector = (): Float64Array => uniform('r', ROWS);
const dense = (): Float64Array => uniform('b', COLS * WIDTH);

function columnProducts(backend: 'js' | 'wasm'): PreparedKernel {
  const layout = {
    indptr: ['i32', COLS + 1],
    indices: ['i32', ENTRIES],
    data: ['f64', ENTRIES],
    r: ['f64', ROWS],
    out: ['f64', COLS],
  } as const;
  const arena = openArena(layout, backend, [LINALG_KERNELS]);
  const { indptr, indices, data, r, out } = arena.views;
  const A = columns();
  indptr.set(A.indptr);
  indices.set(A.indices);
  data.set(A.data);
  r.set(vector());
  const kernels = linalgKernels(arena);
  return {
    run: () => kernels.sparseColumnProducts(indptr, indices, data, r, out, 0, COLS),
    result: () => out.slice(),
  };
}

function plainColumnProducts(): PreparedKernel {
  const { indptr, indices, data } = columns();
  const [r, out] = [vector(), new Float64Array(COLS)];
  return {
    run: () => {
      for (let j = 0; j < COLS; j++) {
        let sum = 0;
        for (let k = indptr[j]; k < indptr[j + 1]; k++) sum += data[k] * r[indices[k]];
        out[j] = sum;
      }
    },
    result: () => out.slice(),
  };
}

function timesDense(backend: 'js' | 'wasm'): PreparedKernel {
  const layout = {
    indptr: ['i32', ROWS + 1],
    indices: ['i32', ENTRIES],
    data: ['f64', ENTRIES],
    b: ['f64', COLS * WIDTH],
    c: ['f64', ROWS * WIDTH],
  } as const;
  const arena = openArena(layout, backend, [LINALG_KERNELS]);
  const { indptr, indices, data, b, c } = arena.views;
  const A = lines();
  indptr.set(A.indptr);
  indices.set(A.indices);
  data.set(A.data);
  b.set(dense());
  const kernels = matrixKernels(arena);
  return {
    run: () => kernels.sparseRowsTimesDense(indptr, indices, data, b, WIDTH, c, 0, ROWS),
    result: () => c.slice(),
  };
}

function plainTimesDense(): PreparedKernel {
  const { indptr, indices, data } = lines();
  const [b, c] = [dense(), new Float64Array(ROWS * WIDTH)];
  return {
    run: () => {
      c.fill(0);
      for (let i = 0; i < ROWS; i++) {
        for (let k = indptr[i]; k < indptr[i + 1]; k++) {
          for (let w = 0; w < WIDTH; w++) c[i * WIDTH + w] += data[k] * b[indices[k] * WIDTH + w];
        }
      }
    },
    result: () => c.slice(),
  };
}

/** Kernels of sparse matrices. */
export const sparseKernels: readonly Kernel[] = [
  {
    name: "A' r, sparse",
    size: `${ROWS} x ${COLS}, ${ENTRIES} entries`,
    operations: 2 * ENTRIES,
    // A column has at most m entries below 1: m^2 u in any order, against a largest product above 1.
    tolerance: 2 * ROWS * ROWS * Number.EPSILON,
    versions: [
      { label: 'WebAssembly', kind: 'ours', prepare: () => columnProducts('wasm') },
      { label: 'TypeScript', kind: 'twin', prepare: () => columnProducts('js') },
      { label: 'plain loop', kind: 'plain', prepare: plainColumnProducts },
    ],
    native: [plainC('sparse-column-products')],
    input: () => {
      const { indptr, indices, data } = columns();
      return joined(indptr, indices, data, vector());
    },
    sizes: [ROWS, COLS, ENTRIES],
  },
  {
    name: 'sparse x dense',
    size: `${ROWS} x ${COLS} with ${ENTRIES} entries, times ${COLS} x ${WIDTH}`,
    operations: 2 * ENTRIES * WIDTH,
    // 14 products below 1 an entry: 14^2 u, against a largest entry of order 1; fused operations round differently.
    tolerance: 2 * PER_ROW * PER_ROW * Number.EPSILON,
    versions: [
      { label: 'WebAssembly', kind: 'ours', prepare: () => timesDense('wasm') },
      { label: 'TypeScript', kind: 'twin', prepare: () => timesDense('js') },
      { label: 'plain loop', kind: 'plain', prepare: plainTimesDense },
    ],
    native: [plainC('sparse-dense')],
    input: () => {
      const { indptr, indices, data } = lines();
      return joined(indptr, indices, data, dense());
    },
    sizes: [ROWS, COLS, ENTRIES, WIDTH],
  },
];
