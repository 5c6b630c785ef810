import { NumericalError } from '@lemmata/core';
import type { SparseMatrix } from '@lemmata/linalg';
import type { SmoothFunction } from './functions/smooth-function.js';
import type { Separable } from './separable.js';

/** Work that gives way between slices. */
export type Slices<Result = void> = Generator<'slice', Result, void>;

/** Costs in machine-independent units. */
export interface BlockCounts {
  /** Products or updates with one column of A; for quadratic functions with one row of H. */
  columnTouches: number;
  /** Gradients computed in full; one that is kept up to date along the way is not counted. */
  gradientEvaluations: number;
  /** Values of f along a line, or in full. */
  functionEvaluations: number;
  /** Cholesky factorisations of a block. */
  factorizations: number;
}

/**
 * A smooth function at a point that moves block by block: value and, where it is cheap, the gradient are kept up to date.
 */
export interface BlockOracle {
  /** Number of variables n. */
  readonly dimension: number;
  /** L_i, length n, all > 0. */
  readonly lipschitz: Float64Array;
  /** M_i that bound the third derivative along every coordinate, length n; undefined where none are known. */
  readonly thirdOrder: Float64Array | undefined;
  /** Whether the Hessian is the bound itself, everywhere. */
  readonly isQuadratic: boolean;
  /** The point, length n; written by `move`, or by the caller before `reset`. */
  readonly x: Float64Array;
  /** The gradient at x after `refresh`, length n. */
  readonly gradient: Float64Array;
  /** f(x). */
  readonly value: number;
  /** Costs so far. */
  readonly counts: BlockCounts;
  /** Whether blocks of a bound of the Hessian are to be had. */
  readonly bounded: boolean;
  /** Whether blocks of the Hessian are to be had. */
  readonly curved: boolean;
  /** The bound of the Hessian, in CSR, where messages may pass along its graph. */
  readonly graph?: SparseMatrix;
  /** The Hessian in the same form, its rows as `curve` left them; undefined where it is the bound itself. */
  readonly hessianGraph?: SparseMatrix;
  /** Brings rows of the Hessian's graph to x. */
  curve?(block: ArrayLike<number>): void;
  /** Computes everything afresh from x, but for the gradient, which is stale afterwards. */
  reset(): Slices;
  /** Brings the gradient up to date. */
  refresh(): Slices;
  /** The gradient's part for a block, computed if it is stale. */
  blockGradient(block: Int32Array, out: Float64Array): void;
  /** H_b, row by row. */
  bound(block: Int32Array, out: Float64Array): Slices;
  /** The block of the Hessian at x, row by row. */
  hessian(block: Int32Array, out: Float64Array): Slices;
  /** The diagonal of the Hessian at x, length n. */
  curvatures(out: Float64Array): Slices;
  /** out[j] = H_ij of the bound for j in ids. */
  boundRow(i: number, ids: Int32Array, out: Float64Array): Slices;
  /** out = H[:, block] d of the bound, out of length n. */
  boundProduct(block: Int32Array, d: Float64Array, out: Float64Array): Slices;
  /** Gets ready to keep the gradient up to date over moves of a block whose variables are likely to move again. */
  prepare(block: Int32Array): Slices;
  /** Turns to the line from x to the point with `target` on a block. */
  direct(block: Int32Array, target: Float64Array): void;
  /** f at x + step (target - x). */
  valueAt(step: number): number;
  /** Goes there; a step of 1 lands on the target exactly. */
  move(step: number): void;
  /** Whether the lower bound comes as near to the minimum as one likes. */
  closes(separable: Separable): boolean;
  /** The best known lower bound of the minimum of f plus the separable part; the gradient is up to date. */
  lowerBound(separable: Separable): number;
  /** Releases what is held. */
  dispose(): void;
}

/** Zero counts. */
export function noCounts(): BlockCounts {
  return { columnTouches: 0, gradientEvaluations: 0, functionEvaluations: 0, factorizations: 0 };
}

/**
 * Lipschitz constants that can be divided by: a variable that f does not depend on gets the largest of the others, which
 * bounds its own as well.
 *
 * @param lipschitz - as given, >= 0
 * @returns a new array, all > 0
 */
export function positiveConstants(lipschitz: ArrayLike<number>): Float64Array {
  let largest = 0;
  for (let i = 0; i < lipschitz.length; i++) largest = Math.max(largest, lipschitz[i]);
  return Float64Array.from(lipschitz, (value) => (value > 0 ? value : largest > 0 ? largest : 1));
}

/** The oracle of a function that is known by its value and gradient alone: every move makes the gradient stale. */
export class FunctionOracle implements BlockOracle {
  readonly dimension: number;
  readonly lipschitz: Float64Array;
  readonly thirdOrder: Float64Array | undefined;
  readonly isQuadratic = false;
  readonly x: Float64Array;
  readonly gradient: Float64Array;
  readonly counts: BlockCounts = noCounts();
  readonly bounded: boolean;
  readonly curved: boolean;
  value = 0;
  readonly #f: SmoothFunction;
  readonly #from: Float64Array;
  readonly #trial: Float64Array;
  #block: Int32Array = new Int32Array(0);
  #target: Float64Array = new Float64Array(0);
  #current = false;

  /** @param f - the function, its parts checked */
  constructor(f: SmoothFunction) {
    this.#f = f;
    this.dimension = f.dimension;
    this.lipschitz = positiveConstants(f.lipschitz);
    this.thirdOrder = f.thirdOrder === undefined ? undefined : Float64Array.from(f.thirdOrder);
    this.x = new Float64Array(f.dimension);
    this.gradient = new Float64Array(f.dimension);
    this.#from = new Float64Array(f.dimension);
    this.#trial = new Float64Array(f.dimension);
    this.bounded = typeof f.blockBound === 'function';
    this.curved = typeof f.blockHessian === 'function';
  }

  // biome-ignore lint/correctness/useYield: one call of the caller's function cannot be cut
  *reset(): Slices {
    this.value = this.#evaluate(this.x);
    this.#current = false;
  }

  // biome-ignore lint/correctness/useYield: one call of the caller's function cannot be cut
  *refresh(): Slices {
    this.#refresh();
  }

  blockGradient(block: Int32Array, out: Float64Array): void {
    this.#refresh();
    for (let k = 0; k < block.length; k++) out[k] = this.gradient[block[k]];
  }

  // biome-ignore lint/correctness/useYield: one call of the caller's function cannot be cut
  *bound(block: Int32Array, out: Float64Array): Slices {
    this.#f.blockBound?.(block, out);
    requireNumbers('blockBound', out, block.length * block.length);
  }

  // biome-ignore lint/correctness/useYield: one call of the caller's function cannot be cut
  *hessian(block: Int32Array, out: Float64Array): Slices {
    this.#f.blockHessian?.(this.x, block, out);
    requireNumbers('blockHessian', out, block.length * block.length);
  }

  *curvatures(out: Float64Array): Slices {
    const entry = new Float64Array(1);
    for (let i = 0; i < this.dimension; i++) {
      yield* this.hessian(Int32Array.of(i), entry);
      out[i] = entry[0];
    }
  }

  *boundRow(i: number, ids: Int32Array, out: Float64Array): Slices {
    const pair = new Float64Array(4);
    for (const j of ids) {
      if (j === i) {
        yield* this.bound(Int32Array.of(i), pair);
        out[j] = pair[0];
        continue;
      }
      yield* this.bound(Int32Array.of(Math.min(i, j), Math.max(i, j)), pair);
      out[j] = pair[1];
    }
  }

  *boundProduct(block: Int32Array, d: Float64Array, out: Float64Array): Slices {
    const ids = Int32Array.from({ length: this.dimension }, (_, j) => j);
    const row = new Float64Array(this.dimension);
    out.fill(0);
    for (let k = 0; k < block.length; k++) {
      if (d[k] === 0) continue;
      yield* this.boundRow(block[k], ids, row);
      for (let j = 0; j < out.length; j++) out[j] += d[k] * row[j];
    }
  }

  *prepare(): Slices {}

  direct(block: Int32Array, target: Float64Array): void {
    this.#block = block;
    this.#target = target;
    for (let k = 0; k < block.length; k++) this.#from[k] = this.x[block[k]];
  }

  valueAt(step: number): number {
    this.#trial.set(this.x);
    this.#place(this.#trial, step);
    return this.#evaluate(this.#trial);
  }

  move(step: number): void {
    this.#place(this.x, step);
    this.value = this.#evaluate(this.x);
    this.#current = false;
  }

  closes(): boolean {
    return false;
  }

  lowerBound(): number {
    return -Infinity;
  }

  dispose(): void {
    // Nothing is held but memory of the heap.
  }

  #place(x: Float64Array, step: number): void {
    for (let k = 0; k < this.#block.length; k++) {
      const from = this.#from[k];
      x[this.#block[k]] = step === 1 ? this.#target[k] : from + step * (this.#target[k] - from);
    }
  }

  #evaluate(x: Float64Array): number {
    this.counts.functionEvaluations++;
    const value = this.#f.value(x);
    if (Number.isNaN(value)) throw new NumericalError('problem.smooth.value: expected a number, got NaN');
    return value;
  }

  #refresh(): void {
    if (this.#current) return;
    this.#f.gradient(this.x, this.gradient);
    requireNumbers('gradient', this.gradient, this.dimension);
    this.counts.gradientEvaluations++;
    this.#current = true;
  }
}

function requireNumbers(name: string, values: Float64Array, count: number): void {
  for (let k = 0; k < count; k++) {
    if (Number.isNaN(values[k])) throw new NumericalError(`problem.smooth.${name}: expected numbers, got NaN at ${k}`);
  }
}
