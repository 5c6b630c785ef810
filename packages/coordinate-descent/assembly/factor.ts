// A Cholesky factor whose rows come and go: lower triangular, rows of `stride` entries.
import { axpy, dot } from '../../linalg/assembly/dense';

/**
 * Turns row n, which holds products with the rows before it and with itself, into row n of the factor; returns whether
 * its pivot is above `least`. If it is not, the row is spoiled.
 */
export function appendFactorRow(l: usize, stride: usize, n: usize, least: f64): i32 {
  const bytes = stride << 3;
  const row = l + n * bytes;
  let above = l;
  for (let j: usize = 0; j < n; j++) {
    const at = row + (j << 3);
    store<f64>(at, (load<f64>(at) - dot(row, above, j)) / load<f64>(above + (j << 3)));
    above += bytes;
  }
  const at = row + (n << 3);
  const pivot = load<f64>(at) - dot(row, row, n);
  if (!(pivot > least && pivot < Infinity)) return 0;
  store<f64>(at, sqrt(pivot));
  return 1;
}

/** Takes row k out of n rows: those after it move up, turned by plane rotations; `turns` has room for 2 n numbers. */
export function removeFactorRow(l: usize, stride: usize, n: usize, k: usize, turns: usize): void {
  const bytes = stride << 3;
  for (let i = k + 1; i < n; i++) {
    const from = l + i * bytes;
    const to = from - bytes;
    memory.copy(to, from, k << 3);
    let x = load<f64>(from + (k << 3));
    let turn = turns;
    for (let t = k; t + 1 < i; t++) {
      const c = load<f64>(turn);
      const s = load<f64>(turn, 8);
      const y = load<f64>(from + (t << 3), 8);
      store<f64>(to + (t << 3), c * x + s * y);
      x = c * y - s * x;
      turn += 16;
    }
    const y = load<f64>(from + (i << 3));
    const length = sqrt(x * x + y * y);
    store<f64>(turn, x / length);
    store<f64>(turn, y / length, 8);
    store<f64>(to + ((i - 1) << 3), length);
  }
}

/** Solves L L' x = b over n rows in place: x holds b and becomes the solution. */
export function solveFactor(l: usize, stride: usize, n: usize, x: usize): void {
  const bytes = stride << 3;
  let row = l;
  for (let i: usize = 0; i < n; i++) {
    const at = x + (i << 3);
    store<f64>(at, (load<f64>(at) - dot(row, x, i)) / load<f64>(row + (i << 3)));
    row += bytes;
  }
  for (let i = n; i > 0; i--) {
    row -= bytes;
    const at = x + ((i - 1) << 3);
    const value = load<f64>(at) / load<f64>(row + ((i - 1) << 3));
    store<f64>(at, value);
    axpy(-value, row, x, i - 1);
  }
}
