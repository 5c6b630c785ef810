import { type Backend, DimensionError, type Ending } from '@lemmata/core';
import { type DenseMatrix, type MatrixLike, type SparseMatrix, toDense, toMatrix } from '@lemmata/linalg';
import type { LassoPathColumn } from '../lasso-path-options.js';
import type { PathColumns } from '../path-recorder.js';
import type { LassoCounts } from '../problem/lasso-problem.js';
import type { GroupAnswer } from './group-algorithm.js';
import type { GroupColumn } from './group-options.js';
import type { GroupPathAnswer } from './group-path-algorithm.js';

/** Proof of how good a fit of k outputs is, to be checked without the solver. */
export interface OutputsCertificate {
  /** What kind of proof this is. */
  readonly kind: 'duality-gap';
  /** objective - D(dual), per sample, of the full problem; >= 0, and 0 also where rounding makes it negative. */
  readonly gap: number;
  /** `gap` relative to the objective at zero coefficients with the fitted intercepts; unitless. */
  readonly relativeGap: number;
  /** The dual point, shape (m, k), column layout. */
  readonly dual: DenseMatrix;
}

/** A fitted linear model of k outputs with its proof: plain data that survives `structuredClone`. */
export interface OutputsFit extends Ending<GroupColumn> {
  /** Coefficients W, shape (n, k), row layout. */
  readonly coefficients: DenseMatrix;
  /** Intercepts, length k; all 0 when none were fitted. */
  readonly intercepts: Float64Array;
  /** Weight of the penalty, as given. */
  readonly lambda: number;
  /** The objective per sample. */
  readonly objective: number;
  /** How far the objective is from its minimum at most, and why. */
  readonly certificate: OutputsCertificate;
  /** Costs in machine-independent units; `screened` counts rows of W. */
  readonly counts: LassoCounts;
  /** Rows of W (columns of A) with a coefficient that is not 0, rising. */
  readonly activeSet: Int32Array;
  /** Which kernels ran. */
  readonly backend: Backend;
  /** What the caller should know, in sentences; mostly empty. */
  readonly warnings: readonly string[];
}

/** A regularisation path of models of k outputs: plain data. A path that ends early holds what it finished. */
export interface OutputsPath extends Omit<PathColumns, 'coefficients' | 'intercepts'>, Ending<LassoPathColumn> {
  /** Number of outputs k. */
  readonly outputs: number;
  /** Coefficients, CSC of shape (n k, lambdas finished): W_jc at `lambdas[t]` is entry j k + c of column t. */
  readonly coefficients: SparseMatrix;
  /** Intercepts at each lambda, shape (lambdas finished, k), row layout. */
  readonly intercepts: DenseMatrix;
  /** Costs of the whole path in machine-independent units; `screened` is that of the last lambda. */
  readonly counts: LassoCounts;
  /** Which kernels ran. */
  readonly backend: Backend;
  /** What the caller should know, in sentences; mostly empty. */
  readonly warnings: readonly string[];
}

/** A fit without what the driver adds. */
export type OutputsAnswer = Omit<OutputsFit, 'status' | 'iterations' | 'history' | 'elapsedMs'>;

/** A path without what the driver adds. */
export type OutputsPathAnswer = Omit<OutputsPath, 'status' | 'iterations' | 'history' | 'elapsedMs'>;

/**
 * The answer of a fit in matrices.
 *
 * @param answer - the answer of the engine
 * @param lambda - weight of the penalty, as given
 * @param k - number of outputs
 * @returns the answer for the caller
 */
export function outputsAnswer(answer: GroupAnswer, lambda: number, k: number): OutputsAnswer {
  const { coefficients, gap, relativeGap, dual, entries, ...rest } = answer;
  return {
    ...rest,
    coefficients: rowsOf(coefficients, k),
    lambda,
    certificate: {
      kind: 'duality-gap',
      gap,
      relativeGap,
      dual: { layout: 'column', rows: dual.length / k, cols: k, data: dual },
    },
    activeSet: Int32Array.from(new Set(Array.from(entries, (e) => (e - (e % k)) / k))),
  };
}

/**
 * The answer of a path in matrices.
 *
 * @param answer - the answer of the engine
 * @param k - number of outputs
 * @returns the answer for the caller
 */
export function outputsPathAnswer(answer: GroupPathAnswer, k: number): OutputsPathAnswer {
  return { ...answer, outputs: k, intercepts: rowsOf(answer.intercepts, k) };
}

function rowsOf(data: Float64Array, cols: number): DenseMatrix {
  return { layout: 'row', rows: data.length / cols, cols, data };
}

/**
 * Reads a matrix of a known shape as entries in a layout.
 *
 * @param argument - name for messages
 * @param given - what the caller gave
 * @param rows - number of rows it has to have
 * @param rowsReason - what that number is
 * @param layout - order of the entries
 * @param cols - number of columns it has to have; undefined for any, one at least
 * @returns a copy of the entries, and how many columns there are
 * @throws DimensionError, InvalidInputError when it is no such matrix
 */
export function readOutputs(
  argument: string,
  given: MatrixLike,
  rows: number,
  rowsReason: string,
  layout: 'row' | 'column',
  cols?: number,
): { readonly data: Float64Array; readonly cols: number } {
  const matrix = toMatrix(argument, given);
  if (matrix.rows !== rows) throw wrongShape(argument, `${rows} rows (${rowsReason})`, rows, matrix.rows);
  if (cols !== undefined && matrix.cols !== cols) throw wrongShape(argument, `${cols} columns`, cols, matrix.cols);
  if (matrix.cols === 0) throw wrongShape(argument, 'at least one column', 1, 0);
  return { data: toDense(matrix, layout).data.slice(), cols: matrix.cols };
}

/**
 * Reads a known part of linear forms.
 *
 * @param given - the option
 * @param rows - rows of A
 * @param k - number of outputs
 * @returns its entries in column layout; undefined for none
 * @throws DimensionError, InvalidInputError when it is no matrix of that shape
 */
export function readOutputsOffset(given: MatrixLike | undefined, rows: number, k: number): Float64Array | undefined {
  return given === undefined ? undefined : readOutputs('options.offset', given, rows, 'rows of A', 'column', k).data;
}

function wrongShape(argument: string, what: string, expected: number, actual: number): DimensionError {
  return new DimensionError(`${argument}: expected ${what}, got ${actual}`, { argument, expected, actual });
}
