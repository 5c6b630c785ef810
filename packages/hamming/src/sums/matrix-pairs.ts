import { DimensionError, refusal } from '@lemmata/core';
import { type DenseMatrix, type MatrixLike, toDense, toMatrix } from '@lemmata/linalg';
import type { ExactnessCertificate } from '../certificates/rounding-bound.js';

/** What a product of matrices by comparisons costs, in operations. */
export interface ComparisonCounts {
  /** Pairs of equal or ordered entries that were taken singly. */
  readonly pairs: number;
  /** Words of 32 pairs that were taken at once. */
  readonly words: number;
}

/** A matrix that counts, for each row of A and column of B, the places at which their entries compare as wanted. */
export interface ComparisonProduct {
  /** The computation was carried out in full. */
  readonly status: 'complete';
  /** Shape (rows of A, columns of B), row layout, integers in [0, columns of A]. */
  readonly product: DenseMatrix;
  /** What it cost, in operations. */
  readonly counts: ComparisonCounts;
  /** Why the product is exact: only integers were added. */
  readonly certificate: ExactnessCertificate;
  /** What the caller should know; empty for exact products. */
  readonly warnings: readonly string[];
  /** Time from the call to the result, in milliseconds. */
  readonly elapsedMs: number;
}

/** Two matrices of integers that can be multiplied: A by columns, B by rows, so that their entries k lie together. */
export interface IntegerMatrices {
  /** Entry (i, k) at k rows + i. */
  readonly a: Float64Array;
  /** Entry (k, j) at k cols + j. */
  readonly b: Float64Array;
  readonly rows: number;
  readonly inner: number;
  readonly cols: number;
}

/**
 * Reads a matrix of integers.
 *
 * @param argument - name for the message
 * @param value - what the caller gave
 * @param layout - in which its entries are to lie
 * @returns a copy
 * @throws InvalidInputError for anything but a matrix of safe integers
 */
export function readMatrix(argument: string, value: MatrixLike, layout: 'row' | 'column'): DenseMatrix {
  const matrix = toDense(toMatrix(argument, value), layout);
  const wrong = matrix.data.findIndex((entry) => !Number.isSafeInteger(entry));
  if (wrong >= 0) throw refusal(argument, 'integers', matrix.data[wrong], 'ERR_INPUT');
  return matrix;
}

/**
 * Reads two matrices of integers.
 *
 * @param A - shape (rows, inner)
 * @param B - shape (inner, cols)
 * @returns their entries
 * @throws DimensionError when the shapes do not fit
 * @throws InvalidInputError for anything but matrices of safe integers
 */
export function openMatrices(A: MatrixLike, B: MatrixLike): IntegerMatrices {
  const left = readMatrix('A', A, 'column');
  const right = readMatrix('B', B, 'row');
  if (left.cols !== right.rows) {
    throw new DimensionError(`B: expected ${left.cols} rows (columns of A), got ${right.rows}`, {
      argument: 'B',
      expected: left.cols,
      actual: right.rows,
    });
  }
  return { a: left.data, b: right.data, rows: left.rows, inner: left.cols, cols: right.cols };
}

/** Adds, to a matrix of counts, products of sets of rows and sets of columns: 32 of them at once when they are many. */
export interface PairAdder {
  /** Adds 1 to every entry of the rows and columns; `rows` and `cols` are read at once. */
  add(rows: ArrayLike<number>, cols: ArrayLike<number>): void;
  /** Adds what is still waiting and gives the result. */
  finish(): { readonly product: DenseMatrix; readonly counts: ComparisonCounts };
  /** Adds 1 to one entry. */
  addOne(row: number, col: number): void;
}

/** A word of 32 products costs about as much for each entry as so many single additions. */
const ADDITIONS_PER_WORD = 2;

/**
 * Begins the sum of products of sets.
 *
 * Heavy products, with more than a share 2 / 32 of all entries, are collected as bits, one a product, in a word for each
 * row and each column; full words are added by counting the ones of their conjunctions. Light ones are enumerated.
 *
 * @param rows - of the result
 * @param cols - of the result
 * @returns the adder
 */
export function pairAdder(rows: number, cols: number): PairAdder {
  const data = new Float64Array(rows * cols);
  const rowBits = new Int32Array(rows);
  const colBits = new Int32Array(cols);
  let filled = 0;
  let pairs = 0;
  let words = 0;
  const flush = (): void => {
    if (filled === 0) return;
    for (let i = 0; i < rows; i++) {
      const mine = rowBits[i];
      if (mine === 0) continue;
      for (let j = 0; j < cols; j++) data[i * cols + j] += onesOf(mine & colBits[j]);
    }
    words += rows * cols;
    rowBits.fill(0);
    colBits.fill(0);
    filled = 0;
  };
  return {
    add(someRows, someCols) {
      const size = someRows.length * someCols.length;
      if (size * 32 <= ADDITIONS_PER_WORD * rows * cols) {
        for (let r = 0; r < someRows.length; r++) {
          for (let c = 0; c < someCols.length; c++) data[someRows[r] * cols + someCols[c]]++;
        }
        pairs += size;
        return;
      }
      for (let r = 0; r < someRows.length; r++) rowBits[someRows[r]] |= 1 << filled;
      for (let c = 0; c < someCols.length; c++) colBits[someCols[c]] |= 1 << filled;
      filled++;
      if (filled === 32) flush();
    },
    addOne(row, col) {
      data[row * cols + col]++;
      pairs++;
    },
    finish() {
      flush();
      return { product: { layout: 'row', rows, cols, data }, counts: { pairs, words } };
    },
  };
}

/** The number of ones among 32 bits. */
function onesOf(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
