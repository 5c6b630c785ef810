import { DimensionError, InvalidInputError } from '@lemmata/core';
import { type MatrixLike, type SparseMatrix, toMatrix, toSparse } from '@lemmata/linalg';

/** One strict triangle by rows. */
export interface Triangle {
  /** Where each row begins, length n + 1. */
  readonly indptr: Int32Array;
  /** Columns, rising within a row. */
  readonly indices: Int32Array;
  /** Entries, none of them 0. */
  readonly data: Float64Array;
}

/** A square matrix as D + L + U. */
export interface SplitMatrix {
  /** Order. */
  readonly n: number;
  /** D, length n, no entry 0. */
  readonly diagonal: Float64Array;
  /** L, strictly below the diagonal. */
  readonly lower: Triangle;
  /** U, strictly above the diagonal. */
  readonly upper: Triangle;
  /** Whether U is the transpose of L, to the last bit. */
  readonly symmetric: boolean;
  /** Rows that make about one slice of work. */
  readonly sliceRows: number;
}

/** Multiplications of one slice: about a millisecond. */
const SLICE = 2097152;

/**
 * Splits a square matrix with a diagonal free of zeros.
 *
 * @param A - any matrix; explicit zeros off the diagonal are dropped
 * @returns the parts, in arrays of their own
 * @throws DimensionError when A is not square; InvalidInputError for bad entries and a zero on the diagonal
 */
export function splitMatrix(A: MatrixLike): SplitMatrix {
  const checked = toMatrix('A', A);
  const { rows: n, cols } = checked;
  if (n !== cols) {
    throw new DimensionError(`A: expected a square matrix, got ${n} x ${cols}`, {
      argument: 'A',
      expected: n,
      actual: cols,
    });
  }
  const csr = toSparse(checked, 'csr');
  const diagonal = new Float64Array(n);
  const lower = triangle(csr, diagonal, (i, j) => j < i);
  const upper = triangle(csr, diagonal, (i, j) => j > i);
  const zero = diagonal.indexOf(0);
  if (zero >= 0) {
    throw new InvalidInputError(`A[${zero}][${zero}]: expected a diagonal entry other than 0, got 0`, 'ERR_INPUT', {
      argument: `A[${zero}][${zero}]`,
      expected: 'not 0',
      actual: 0,
      index: [zero, zero],
    });
  }
  const entries = n + lower.data.length + upper.data.length;
  return {
    n,
    diagonal,
    lower,
    upper,
    symmetric: isTranspose(n, lower, upper),
    sliceRows: Math.max(1, Math.floor(SLICE / Math.max(1, Math.ceil(entries / Math.max(n, 1))))),
  };
}

/** The entries that a test keeps; those on the diagonal go into `diagonal`. */
function triangle(csr: SparseMatrix, diagonal: Float64Array, keep: (i: number, j: number) => boolean): Triangle {
  const { rows: n, indptr, indices, data } = csr;
  const begins = new Int32Array(n + 1);
  const columns = new Int32Array(data.length);
  const values = new Float64Array(data.length);
  let count = 0;
  for (let i = 0; i < n; i++) {
    for (let k = indptr[i]; k < indptr[i + 1]; k++) {
      const j = indices[k];
      if (j === i) diagonal[i] = data[k];
      if (data[k] === 0 || !keep(i, j)) continue;
      columns[count] = j;
      values[count] = data[k];
      count++;
    }
    begins[i + 1] = count;
  }
  return { indptr: begins, indices: columns.slice(0, count), data: values.slice(0, count) };
}

function isTranspose(n: number, lower: Triangle, upper: Triangle): boolean {
  const turned = toSparse({ layout: 'csr', rows: n, cols: n, ...upper }, 'csc');
  return (
    lower.data.length === turned.data.length &&
    lower.indptr.every((value, i) => value === turned.indptr[i]) &&
    lower.indices.every((value, k) => value === turned.indices[k]) &&
    lower.data.every((value, k) => value === turned.data[k])
  );
}
