import { axpy, dot } from './dense';
import { addBlockProducts, addLowerProducts } from './symmetric-product';

// A = L L' by columns, left-looking: blocks of 64 columns subtract all columns before them, 256 at a time; groups of 4
// subtract the columns of their block before them; what is left within a group is done entry by entry.

/** The address of entry (i, j) of an n x n matrix. */
function place(n: usize, a: usize, i: usize, j: usize): usize {
  return a + ((i * n + j) << 3);
}

/**
 * Subtracts from the lower part of columns [first, end) the products of the entries [from, from + length) of its rows.
 */
function subtractEarlier(n: usize, a: usize, first: usize, end: usize, from: usize, length: usize): void {
  const top = place(n, a, first, from);
  addLowerProducts(-1, place(n, a, first, first), n, top, n, end - first, length);
  addBlockProducts(-1, place(n, a, end, first), n, place(n, a, end, from), n, n - end, top, n, end - first, length);
}

/** Finishes row i in the columns [first, end), for which only the products within these columns are still missing. */
function finishRow(n: usize, a: usize, i: usize, first: usize, end: usize): void {
  const row = a + ((i * n) << 3);
  for (let j = first; j < end; j++) {
    const above = a + ((j * n) << 3);
    let rest = load<f64>(row + (j << 3));
    for (let k = first; k < j; k++) rest -= load<f64>(row + (k << 3)) * load<f64>(above + (k << 3));
    store<f64>(row + (j << 3), rest / load<f64>(above + (j << 3)));
  }
}

/**
 * The same for all rows from `last` on and a group of four columns: what finishRow does, with the group in registers.
 */
function finishRowsOfFour(n: usize, a: usize, first: usize, last: usize): void {
  const bytes = n << 3;
  const d = place(n, a, first, first);
  const p0 = load<f64>(d);
  const l10 = load<f64>(d + bytes);
  const p1 = load<f64>(d + bytes, 8);
  const l20 = load<f64>(d + 2 * bytes);
  const l21 = load<f64>(d + 2 * bytes, 8);
  const p2 = load<f64>(d + 2 * bytes, 16);
  const l30 = load<f64>(d + 3 * bytes);
  const l31 = load<f64>(d + 3 * bytes, 8);
  const l32 = load<f64>(d + 3 * bytes, 16);
  const p3 = load<f64>(d + 3 * bytes, 24);
  let row = place(n, a, last, first);
  for (let i = n - last; i > 0; i--) {
    const x0 = load<f64>(row) / p0;
    const x1 = (load<f64>(row, 8) - x0 * l10) / p1;
    const x2 = (load<f64>(row, 16) - x0 * l20 - x1 * l21) / p2;
    store<f64>(row, x0);
    store<f64>(row, x1, 8);
    store<f64>(row, x2, 16);
    store<f64>(row, (load<f64>(row, 24) - x0 * l30 - x1 * l31 - x2 * l32) / p3, 24);
    row += bytes;
  }
}

/** Factorises the columns [from, to); returns `to`, or the first column whose pivot is not positive and finite. */
export function choleskyFactor(n: usize, a: usize, from: usize, to: usize): usize {
  for (let block = from; block < to; block += 64) {
    const end: usize = to - block < 64 ? to : block + 64;
    for (let k: usize = 0; k < block; k += 256) subtractEarlier(n, a, block, end, k, block - k < 256 ? block - k : 256);
    for (let first = block; first < end; first += 4) {
      const last: usize = end - first < 4 ? end : first + 4;
      if (first > block) subtractEarlier(n, a, first, last, block, first - block);
      for (let j = first; j < last; j++) {
        finishRow(n, a, j, first, j);
        let pivot = load<f64>(place(n, a, j, j));
        for (let k = first; k < j; k++) pivot -= load<f64>(place(n, a, j, k)) * load<f64>(place(n, a, j, k));
        if (!(pivot > 0 && pivot < Infinity)) return j;
        store<f64>(place(n, a, j, j), sqrt(pivot));
      }
      if (last - first == 4) finishRowsOfFour(n, a, first, last);
      else for (let i = last; i < n; i++) finishRow(n, a, i, first, last);
    }
  }
  return to;
}

/** Solves L L' x = b in place: x holds b and becomes the solution. */
export function choleskySolve(n: usize, l: usize, x: usize): void {
  for (let i: usize = 0; i < n; i++) {
    const row = l + ((i * n) << 3);
    const at = x + (i << 3);
    store<f64>(at, (load<f64>(at) - dot(row, x, i)) / load<f64>(row + (i << 3)));
  }
  for (let i = n; i > 0; i--) {
    const row = l + (((i - 1) * n) << 3);
    const at = x + ((i - 1) << 3);
    const value = load<f64>(at) / load<f64>(row + ((i - 1) << 3));
    store<f64>(at, value);
    axpy(-value, row, x, i - 1);
  }
}
