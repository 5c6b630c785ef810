import { InvalidInputError } from '@lemmata/core';
import { columnCombination, columnProducts } from '../kernels/dense.js';
import { sparseColumnCombination, sparseColumnProducts } from '../kernels/sparse.js';
import { requireLength } from './check.js';
import { toMatrix } from './to-matrix.js';
import type { LinearOperator, Matrix, MatrixLike } from './types.js';

/**
 * Makes the linear map of a matrix: x to A x, and y to A' y.
 *
 * Of the two products, one takes inner products with the lines of the layout and the other combines those lines in
 * order; the sums have the order of the kernels' reference loops and so the same bits in every engine.
 *
 * @param matrix - any matrix of shape (m, n); typed arrays that have the right type are kept and must not change
 * @returns the operator: `apply(x, out)` with x of length n and out of length m, `applyTranspose(y, out)` the other
 * way; each overwrites `out`, throws DimensionError for a wrong length and InvalidInputError (`ERR_INCOMPATIBLE`) when
 * `out` lies in the memory of the vector that is read. Entries of the vectors are not looked at.
 * @throws DimensionError, InvalidInputError as `toMatrix` does
 * Complexity: O(entries) to make it and for each product; no memory beyond the matrix.
 *
 * @example
 * ```ts
 * import { linearOperator } from '@lemmata/linalg';
 *
 * const out = new Float64Array(2);
 * linearOperator([
 *   [1, 2, 0],
 *   [0, 1, 1],
 * ]).apply(Float64Array.of(1, 1, 1), out); // out is (3, 2)
 * ```
 */
export function linearOperator(matrix: MatrixLike): LinearOperator {
  const checked = toMatrix('matrix', matrix);
  const { rows, cols } = checked;
  const byRows = checked.layout === 'row' || checked.layout === 'csr';
  const lines = byRows ? rows : cols;
  const products = lineProducts(checked, lines, byRows ? cols : rows);
  const combination = lineCombination(checked, lines, byRows ? cols : rows);
  const [forward, backward] = byRows ? [products, combination] : [combination, products];
  return {
    rows,
    cols,
    apply(x, out) {
      requireVectors('x', x, cols, 'columns of the matrix', out, rows, 'rows of the matrix');
      forward(x, out);
    },
    applyTranspose(y, out) {
      requireVectors('y', y, rows, 'rows of the matrix', out, cols, 'columns of the matrix');
      backward(y, out);
    },
  };
}

type Product = (input: Float64Array, out: Float64Array) => void;

/** The inner product of each line with the input. */
function lineProducts(matrix: Matrix, lines: number, width: number): Product {
  if (!('indptr' in matrix)) return (input, out) => columnProducts(width, matrix.data, input, out, 0, lines);
  const { indptr, indices, data } = matrix;
  return (input, out) => sparseColumnProducts(indptr, indices, data, input, out, 0, lines);
}

/** The sum of the lines, each times its entry of the input. */
function lineCombination(matrix: Matrix, lines: number, width: number): Product {
  if (!('indptr' in matrix)) {
    return (input, out) => columnCombination(width, matrix.data, input, out.fill(0), 0, lines);
  }
  const { indptr, indices, data } = matrix;
  return (input, out) => sparseColumnCombination(indptr, indices, data, input, out.fill(0), 0, lines);
}

function requireVectors(
  name: string,
  input: Float64Array,
  inputLength: number,
  inputReason: string,
  out: Float64Array,
  outLength: number,
  outReason: string,
): void {
  requireLength(name, input.length, inputLength, inputReason);
  requireLength('out', out.length, outLength, outReason);
  const apart =
    input.buffer !== out.buffer ||
    input.byteOffset + input.byteLength <= out.byteOffset ||
    out.byteOffset + out.byteLength <= input.byteOffset;
  if (apart) return;
  throw new InvalidInputError(`out: expected memory apart from that of ${name}, got an overlap`, 'ERR_INCOMPATIBLE', {
    argument: 'out',
    expected: `memory apart from that of ${name}`,
    actual: 'an overlap',
  });
}
