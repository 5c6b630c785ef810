import { type Arena, openArena } from '@lemmata/core';
import { LINALG_KERNELS, type MatrixKernels, matrixKernels } from '@lemmata/linalg';

/** The arena of small dense matrices. */
interface Layout {
  readonly [block: string]: readonly ['f64', number];
  readonly factor: readonly ['f64', number];
  readonly vector: readonly ['f64', number];
}

/** Share of the largest diagonal entry that is added to a matrix which is not positive definite to working precision. */
const FIRST_SHIFT = 1e-10;

/** Steps of the power iteration before its estimate is tried. */
const POWER_STEPS = 30;

/** Solves with symmetric blocks and bounds their eigenvalues. */
export class BlockMatrix {
  readonly #size: number;
  #memory: { readonly arena: Arena<Layout>; readonly kernels: MatrixKernels } | undefined;
  /** Factorisations so far. */
  factorizations = 0;

  /** @param size - variables of the largest block; memory is taken at the first use */
  constructor(size: number) {
    this.#size = size;
  }

  /** Releases the memory. */
  dispose(): void {
    this.#memory?.arena.dispose();
  }

  #open(): { readonly arena: Arena<Layout>; readonly kernels: MatrixKernels } {
    if (this.#memory === undefined) {
      const size = this.#size;
      const arena = openArena<Layout>({ factor: ['f64', size * size], vector: ['f64', size] }, 'auto', [
        LINALG_KERNELS,
      ]);
      this.#memory = { arena, kernels: matrixKernels(arena) };
    }
    return this.#memory;
  }

  get #kernels(): MatrixKernels {
    return this.#open().kernels;
  }

  get #factor(): Float64Array {
    return this.#open().arena.views.factor;
  }

  get #vector(): Float64Array {
    return this.#open().arena.views.vector;
  }

  /**
   * Factorises H + shift I: with no shift when that is possible, else with one that is 1e-10 of the largest diagonal entry
   * or ten, a hundred, ... times that.
   *
   * @param n - variables of the block
   * @param h - H, row by row, symmetric with diagonal >= 0
   * @returns the factor, a copy, to be given to `solve`
   */
  factorize(n: number, h: Float64Array): Float64Array {
    let largest = 0;
    for (let a = 0; a < n; a++) largest = Math.max(largest, h[a * n + a]);
    if (largest === 0) largest = 1;
    for (let shift = 0; ; shift = shift === 0 ? FIRST_SHIFT * largest : 10 * shift) {
      const factor = this.#factor;
      factor.set(h.subarray(0, n * n));
      for (let a = 0; a < n; a++) factor[a * n + a] += shift;
      if (this.#positive(n, h)) return factor.slice(0, n * n);
    }
  }

  /** Whether what stands in the factor's place has a factor, with pivots that are more than rounding. */
  #positive(n: number, h: Float64Array): boolean {
    this.factorizations++;
    const factor = this.#factor;
    if (this.#kernels.choleskyFactor(n, factor, 0, n) < n) return false;
    for (let a = 0; a < n; a++) {
      const root = factor[a * n + a];
      if (root * root <= 1e-12 * h[a * n + a]) return false;
    }
    return true;
  }

  /** x <- (H + shift I)^-1 x. */
  solve(n: number, factor: Float64Array, x: Float64Array): void {
    this.#factor.set(factor.subarray(0, n * n));
    const room = this.#vector.subarray(0, n);
    room.set(x.subarray(0, n));
    this.#kernels.choleskySolve(n, this.#factor, room);
    x.set(room);
  }

  /**
   * A bound of the largest eigenvalue, at most 1% above it where the power iteration has settled: tried by factorising
   * L I - H, which succeeds only when L is an upper bound to working precision.
   *
   * @param n - variables of the block
   * @param h - H, row by row, symmetric positive semidefinite
   * @returns L >= the largest eigenvalue, > 0
   */
  largestEigenvalue(n: number, h: Float64Array): number {
    if (n === 1) return h[0] > 0 ? h[0] : 1;
    if (n === 2) {
      const half = (h[0] + h[3]) / 2;
      const apart = (h[0] - h[3]) / 2;
      const value = half + Math.sqrt(apart * apart + h[1] * h[1]);
      return value > 0 ? value * (1 + 4 * Number.EPSILON) : 1;
    }
    let limit = 0;
    for (let a = 0; a < n; a++) {
      let sum = 0;
      for (let c = 0; c < n; c++) sum += Math.abs(h[a * n + c]);
      limit = Math.max(limit, sum);
    }
    if (limit === 0) return 1;
    let value = 1.01 * this.#powerIteration(n, h);
    while (value < limit && !this.#bounds(n, h, value)) value *= 1.05;
    return Math.min(value, limit);
  }

  #bounds(n: number, h: Float64Array, value: number): boolean {
    const factor = this.#factor;
    for (let k = 0; k < n * n; k++) factor[k] = -h[k];
    for (let a = 0; a < n; a++) factor[a * n + a] += value;
    this.factorizations++;
    return this.#kernels.choleskyFactor(n, factor, 0, n) === n;
  }

  #powerIteration(n: number, h: Float64Array): number {
    let v = Float64Array.from({ length: n }, (_, a) => h[a * n + a] + 1e-3 * h[0] * ((a % 7) + 1));
    let value = 0;
    for (let step = 0; step < POWER_STEPS; step++) {
      const w = new Float64Array(n);
      let square = 0;
      let product = 0;
      for (let a = 0; a < n; a++) {
        for (let c = 0; c < n; c++) w[a] += h[a * n + c] * v[c];
        product += w[a] * v[a];
        square += v[a] * v[a];
      }
      if (square === 0) return value;
      value = product / square;
      const size = Math.sqrt(w.reduce((sum, entry) => sum + entry * entry, 0));
      if (size === 0) return value;
      v = w.map((entry) => entry / size);
    }
    return value;
  }
}
