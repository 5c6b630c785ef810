import type { Arena, ArenaLayout } from '@lemmata/core';
import { DESCENT_KERNELS } from './descent-kernels.js';

/**
 * The loops of a Cholesky factor whose rows come and go, in one of two backends with the same bits. The factor is lower
 * triangular, with rows of `stride` entries. All arrays of a `wasm` backend lie in its arena.
 */
export interface FactorKernels {
  /**
   * Turns row n, which holds products with the rows before it and with itself, into row n of the factor; returns whether
   * its pivot is above `least` and finite. If it is not, the row is spoiled.
   */
  appendRow(l: Float64Array, stride: number, n: number, least: number): boolean;
  /** Takes row k out of n rows: those after it move up. `turns` has room for 2 n numbers. */
  removeRow(l: Float64Array, stride: number, n: number, k: number, turns: Float64Array): void;
  /** x <- the solution of L L' x = b over n rows, where x holds b. */
  solve(l: Float64Array, stride: number, n: number, x: Float64Array): void;
}

/** x[p ..] . y[q ..] over n entries: eight partial sums, combined in a fixed tree, then the tail. */
function rowProduct(x: Float64Array, p: number, y: Float64Array, q: number, n: number): number {
  const eights = p + n - (n & 7);
  const end = p + n;
  let [a0, a1, b0, b1, c0, c1, d0, d1] = [0, 0, 0, 0, 0, 0, 0, 0];
  let i = p;
  let k = q;
  for (; i < eights; i += 8, k += 8) {
    a0 += x[i] * y[k];
    a1 += x[i + 1] * y[k + 1];
    b0 += x[i + 2] * y[k + 2];
    b1 += x[i + 3] * y[k + 3];
    c0 += x[i + 4] * y[k + 4];
    c1 += x[i + 5] * y[k + 5];
    d0 += x[i + 6] * y[k + 6];
    d1 += x[i + 7] * y[k + 7];
  }
  let sum = a0 + b0 + (c0 + d0) + (a1 + b1 + (c1 + d1));
  for (; i < end; i++, k++) sum += x[i] * y[k];
  return sum;
}

const TYPESCRIPT: FactorKernels = {
  appendRow: (l, stride, n, least) => {
    const row = n * stride;
    for (let j = 0; j < n; j++) {
      l[row + j] = (l[row + j] - rowProduct(l, row, l, j * stride, j)) / l[j * stride + j];
    }
    const pivot = l[row + n] - rowProduct(l, row, l, row, n);
    if (!(pivot > least && pivot < Infinity)) return false;
    l[row + n] = Math.sqrt(pivot);
    return true;
  },
  removeRow: (l, stride, n, k, turns) => {
    for (let i = k + 1; i < n; i++) {
      const from = i * stride;
      const to = from - stride;
      l.copyWithin(to, from, from + k);
      let x = l[from + k];
      let turn = 0;
      for (let t = k; t + 1 < i; t++, turn += 2) {
        const c = turns[turn];
        const s = turns[turn + 1];
        const y = l[from + t + 1];
        l[to + t] = c * x + s * y;
        x = c * y - s * x;
      }
      const y = l[from + i];
      const length = Math.sqrt(x * x + y * y);
      turns[turn] = x / length;
      turns[turn + 1] = y / length;
      l[to + i - 1] = length;
    }
  },
  solve: (l, stride, n, x) => {
    for (let i = 0; i < n; i++) {
      x[i] = (x[i] - rowProduct(l, i * stride, x, 0, i)) / l[i * stride + i];
    }
    for (let i = n - 1; i >= 0; i--) {
      const row = i * stride;
      const value = x[i] / l[row + i];
      x[i] = value;
      for (let k = 0; k < i; k++) x[k] += -value * l[row + k];
    }
  },
};

/**
 * Makes the loops of an arena: WebAssembly over its memory, or plain TypeScript when it lies on the heap. Their arrays are
 * the engine's own and are not checked again.
 *
 * @param arena - the arena; when it is a `wasm` one, `DESCENT_KERNELS` was named at its opening
 * @returns the loops
 */
export function factorKernels(arena: Arena<ArenaLayout>): FactorKernels {
  if (arena.backend === 'js') return TYPESCRIPT;
  const { appendFactorRow, removeFactorRow, solveFactor } = arena.exports(DESCENT_KERNELS);
  return {
    appendRow: (l, stride, n, least) => appendFactorRow(l.byteOffset, stride, n, least) === 1,
    removeRow: (l, stride, n, k, turns) => {
      removeFactorRow(l.byteOffset, stride, n, k, turns.byteOffset);
    },
    solve: (l, stride, n, x) => {
      solveFactor(l.byteOffset, stride, n, x.byteOffset);
    },
  };
}
