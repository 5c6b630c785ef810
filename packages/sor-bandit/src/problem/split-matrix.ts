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
  const { lower, upper } = triangles(csr, diagonal);
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

/** The entries below the diagonal and those above; those on it go into `diagonal`. */
function triangles(
  { rows: n, indptr, indices, data }: SparseMatrix,
  diagonal: Float64Array,
): { readonly lower: Triangle; readonly upper: Triangle } {
  const below = new Int32Array(n + 1);
  const above = new Int32Array(n + 1);
  for (let i = 0; i < n; i++) {
    let [left, right] = [0, 0];
    for (let k = indptr[i]; k < indptr[i + 1]; k++) {
      if (data[k] === 0) continue;
      if (indices[k] < i) left++;
      else if (indices[k] > i) right++;
    }
    below[i + 1] = below[i] + left;
    above[i + 1] = above[i] + right;
  }
  const lower = emptyTriangle(below);
  const upper = emptyTriangle(above);
  let [l, u] = [0, 0];
  for (let i = 0; i < n; i++) {
    for (let k = indptr[i]; k < indptr[i + 1]; k++) {
      const [j, value] = [indices[k], data[k]];
      if (j === i) diagonal[i] = value;
      else if (value === 0) continue;
      else if (j < i) {
        lower.indices[l] = j;
        lower.data[l++] = value;
      } else {
        upper.indices[u] = j;
        upper.data[u++] = value;
      }
    }
  }
  return { lower, upper };
}

function emptyTriangle(indptr: Int32Array): Triangle {
  const count = indptr[indptr.length - 1];
  return { indptr, indices: new Int32Array(count), data: new Float64Array(count) };
}

/** Walks through U row by row, and through every row of L at once: what comes next in row j of L has to be (j, i). */
function isTranspose(n: number, lower: Triangle, upper: Triangle): boolean {
  if (lower.data.length !== upper.data.length) return false;
  const next = lower.indptr.slice(0, n);
  for (let i = 0; i < n; i++) {
    for (let k = upper.indptr[i]; k < upper.indptr[i + 1]; k++) {
      const j = upper.indices[k];
      const at = next[j]++;
      if (at >= lower.indptr[j + 1] || lower.indices[at] !== i || lower.data[at] !== upper.data[k]) return false;
    }
  }
  return true;
}
