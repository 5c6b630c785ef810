import type { Backend, BackendChoice } from '@lemmata/core';
import type { Kernels, Matrix } from '@lemmata/linalg';
import type { PenaltyVectors } from '../kernels/descent-kernels.js';
import type { Penalty } from './penalty.js';

/**
 * A design in the memory of a run, with the operations that algorithms need. Columns are centred when the model has an
 * intercept: dense ones in place, sparse ones by their means, so that they stay sparse. With sample weights h, of mean 1,
 * rows are multiplied by sqrt(h) and means are weighted. "Column j" below is what comes of this.
 */
export interface Design {
  /** Number of rows (samples) m, an integer >= 1. */
  readonly rows: number;
  /** Number of columns (features) n, an integer >= 1. */
  readonly cols: number;
  /** Whether columns are centred. */
  readonly intercept: boolean;
  /** Square roots of the sample weights, length m; undefined when all rows count alike. */
  readonly roots: Float64Array | undefined;
  /** Which kernels run. */
  readonly backend: Backend;
  /** The kernels, over the memory of the run. */
  readonly kernels: Kernels;
  /** Vectors in the memory of the run. */
  readonly work: DesignWork;
  /** |column j|^2, length n; 0 for constant columns, which no algorithm touches. */
  readonly squares: Float64Array;
  /** Square roots of `squares`, length n. */
  readonly norms: Float64Array;
  /** Column means of the matrix as given, length n; all 0 without an intercept. */
  readonly means: Float64Array;
  /**
   * Computes means and squares and copies the matrix in, unless it may stay; to be run once, before anything else. With a
   * residual, `innerProducts` become the columns' products with it: they are in the cache then.
   */
  load(residual?: Float64Array): Generator<'slice', void, void>;
  /** Multiply-adds of a product with column j. */
  cost(j: number): number;
  /** The largest end <= to such that the columns [from, end) cost no more than a slice; from + 1 at least. */
  sliceEnd(from: number, to: number): number;
  /** out[j] = column j . residual, for j in [from, to). */
  products(residual: Float64Array, out: Float64Array, from: number, to: number): void;
  /** out[j] = column j . residual, for j = ids[k], k in [from, to). */
  selectedProducts(ids: Int32Array, residual: Float64Array, out: Float64Array, from: number, to: number): void;
  /** One pass over the columns ids[k], k in [from, to); returns how many coefficients changed. */
  epoch(ids: Int32Array, from: number, to: number, penalty: Penalty): number;
  /** residual += alpha times column j. */
  addColumn(j: number, alpha: number): void;
  /** A copy of the columns ids[k], k < count, as a matrix: centred or as given, but for weights. */
  columns(ids: Int32Array, count: number): Generator<'slice', Matrix, void>;
  /**
   * out = rows [from, from + length) of the columns ids[k], k < count, one column after the other; undefined for sparse
   * columns.
   */
  readonly packRows:
    | ((ids: Int32Array, count: number, from: number, length: number, out: Float64Array) => void)
    | undefined;
  /** |residual|^2, of the centred residual. */
  residualSquare(): number;
}

/** Vectors that the kernels of a run read and write. */
export interface DesignWork {
  /** The target minus its mean (or as given without an intercept), length m. */
  readonly target: Float64Array;
  /** target - A w, length m; for sparse centred designs up to a constant, see `residualSum`. */
  readonly residual: Float64Array;
  /** Sum of `residual` as the sparse epochs keep it, length 1; 0 whenever the residual was recomputed. */
  readonly residualSum: Float64Array;
  /** Coefficients w, length n. */
  readonly coefficients: Float64Array;
  /** What the certificate knows of column products, length n: see `GapMonitor`. */
  readonly reach: Float64Array;
  /** Column products with the residual, signed, length n: of the last evaluation's `selection`, then of the inner solver. */
  readonly innerProducts: Float64Array;
  /** Scores of columns while a working set is chosen, and a copy of them, length 2 n. */
  readonly scores: Float64Array;
  /** Columns that passes go over, rising, length n; how many: see `LassoProblem.active`. */
  readonly workingSet: Int32Array;
  /** Columns whose products the certificate needs, length n. */
  readonly selection: Int32Array;
  /** Room for a penalty that is not uniform, length n each, or none. */
  readonly penalty: PenaltyVectors;
}

/** What a design is to hold beside its matrix. */
export interface DesignNeeds {
  /** Whether columns are centred. */
  readonly intercept: boolean;
  /** Sample weights of mean 1, length m, >= 0; undefined for 1. */
  readonly weights: Float64Array | undefined;
  /** Whether there is room for a penalty that is not uniform. */
  readonly penalised: boolean;
}

/** A design and how to release its memory. */
export interface OwnedDesign {
  /** The design. */
  readonly design: Design;
  /** Releases the memory; calling it again has no effect. */
  dispose(): void;
}

/** The arena blocks of {@link DesignWork} and of what every design keeps per column. */
export interface WorkLayout {
  readonly target: readonly ['f64', number];
  readonly residual: readonly ['f64', number];
  readonly residualSum: readonly ['f64', number];
  readonly coefficients: readonly ['f64', number];
  readonly reach: readonly ['f64', number];
  readonly innerProducts: readonly ['f64', number];
  readonly scores: readonly ['f64', number, 'unset'];
  readonly workingSet: readonly ['i32', number];
  readonly selection: readonly ['i32', number];
  readonly squares: readonly ['f64', number];
  readonly norms: readonly ['f64', number];
  readonly means: readonly ['f64', number];
  readonly l1: readonly ['f64', number];
  readonly l2: readonly ['f64', number];
  readonly lower: readonly ['f64', number];
  readonly upper: readonly ['f64', number];
}

/**
 * The blocks that a run needs beside the matrix.
 *
 * @param rows - rows of the design
 * @param cols - columns of the design
 * @param penalised - whether there is to be room for a penalty that is not uniform
 * @returns a part of an arena layout
 */
export function workLayout(rows: number, cols: number, penalised: boolean): WorkLayout {
  const room = penalised ? cols : 0;
  return {
    target: ['f64', rows],
    residual: ['f64', rows],
    residualSum: ['f64', 1],
    coefficients: ['f64', cols],
    reach: ['f64', cols],
    innerProducts: ['f64', cols],
    scores: ['f64', 2 * cols, 'unset'],
    workingSet: ['i32', cols],
    selection: ['i32', cols],
    squares: ['f64', cols],
    norms: ['f64', cols],
    means: ['f64', cols],
    l1: ['f64', room],
    l2: ['f64', room],
    lower: ['f64', room],
    upper: ['f64', room],
  };
}

/**
 * Whether a centred column is nothing but the rounding of a constant one: after two passes of centring each entry is
 * within a few units of rounding of 0, 2^-52 |mean| each.
 *
 * @param square - |column|^2 after centring
 * @param mean - the mean taken away
 * @param rows - length of the column
 * @returns true when the column carries no information
 */
export function isConstant(square: number, mean: number, rows: number): boolean {
  return Math.sqrt(square) <= 4 * Number.EPSILON * Math.abs(mean) * Math.sqrt(rows);
}

/** Bytes that one WebAssembly memory can have. */
const WASM_BYTES = 4294967296;

/**
 * Turns `'auto'` into `'js'` for a matrix that fits into no WebAssembly memory, so that it can stay where it is.
 *
 * @param choice - the option
 * @param bytes - size of the matrix
 * @returns the choice to open the memory with
 */
export function backendFor(choice: BackendChoice, bytes: number): BackendChoice {
  return choice === 'auto' && bytes >= WASM_BYTES ? 'js' : choice;
}
