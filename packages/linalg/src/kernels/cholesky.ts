import { addBlockProducts, addLowerProducts } from './block-products.js';
import { denseAxpy, denseDot } from './dense.js';

/** Columns that are brought up to date together with all columns before them. */
const BLOCK = 64;
/** Columns that are brought up to date together within a block. */
const GROUP = 4;
/** Columns before a block that are subtracted at a time: 64 rows of so many entries stay in the second cache. */
const CHUNK = 256;

/**
 * Subtracts from the lower part of columns [first, end) the products of the entries [from, from + length) of its rows.
 */
function subtractEarlier(n: number, a: Float64Array, first: number, end: number, from: number, length: number): void {
  addLowerProducts(-1, a, first * n + first, n, a, first * n + from, n, end - first, length);
  const below = end * n;
  addBlockProducts(-1, a, below + first, n, a, below + from, n, n - end, a, first * n + from, n, end - first, length);
}

/** Finishes row i in the columns [first, end), for which only the products within these columns are still missing. */
function finishRow(n: number, a: Float64Array, i: number, first: number, end: number): void {
  for (let j = first; j < end; j++) {
    let rest = a[i * n + j];
    for (let k = first; k < j; k++) rest -= a[i * n + k] * a[j * n + k];
    a[i * n + j] = rest / a[j * n + j];
  }
}

/**
 * Factorises the columns [from, to) of a symmetric matrix, A = L L', where the columns before are done: the lower
 * triangle of `a` (n x n, row by row) becomes that of L, the upper one is not touched. `from` is a multiple of 64, `to`
 * one too or n. Returns `to`, or the first column whose pivot is not positive and finite.
 */
export function choleskyFactor(n: number, a: Float64Array, from: number, to: number): number {
  for (let block = from; block < to; block += BLOCK) {
    const end = Math.min(block + BLOCK, to);
    for (let k = 0; k < block; k += CHUNK) subtractEarlier(n, a, block, end, k, Math.min(CHUNK, block - k));
    for (let first = block; first < end; first += GROUP) {
      const last = Math.min(first + GROUP, end);
      if (first > block) subtractEarlier(n, a, first, last, block, first - block);
      for (let j = first; j < last; j++) {
        finishRow(n, a, j, first, j);
        let pivot = a[j * n + j];
        for (let k = first; k < j; k++) pivot -= a[j * n + k] * a[j * n + k];
        if (!(pivot > 0 && pivot < Infinity)) return j;
        a[j * n + j] = Math.sqrt(pivot);
      }
      for (let i = last; i < n; i++) finishRow(n, a, i, first, last);
    }
  }
  return to;
}

/**
 * Solves L L' x = b in place: `x` holds b and becomes the solution; L is the lower triangle of `l` (n x n, row by row).
 */
export function choleskySolve(n: number, l: Float64Array, x: Float64Array): void {
  for (let i = 0; i < n; i++) x[i] = (x[i] - denseDot(l, i * n, x, i)) / l[i * n + i];
  for (let i = n - 1; i >= 0; i--) {
    x[i] /= l[i * n + i];
    denseAxpy(-x[i], l, i * n, x, i);
  }
}
