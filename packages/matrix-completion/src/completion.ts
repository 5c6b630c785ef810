import type { Ending } from '@lemmata/core';
import type { DenseMatrix } from '@lemmata/linalg';
import type { CompletionCounts } from './line-solver.js';
import type { RidgeScaling } from './problem/problem.js';

/** What prediction and fold-in need: plain data. */
export interface CompletionModel {
  /** Row factors, shape (m, rank), row layout. */
  readonly U: DenseMatrix;
  /** Column factors, shape (n, rank), row layout. */
  readonly V: DenseMatrix;
  /** Weighted mean of the observed values when the model has biases, else 0; in the unit of the values. */
  readonly mean: number;
  /** Biases of the rows, length m; all 0 when the model has none. */
  readonly rowBiases: Float64Array;
  /** Biases of the columns, length n; all 0 when the model has none. */
  readonly colBiases: Float64Array;
  /** Whether the model has biases. */
  readonly biases: 'none' | 'model';
  /** Weight of the ridge on factors, >= 0. */
  readonly lambda: number;
  /** Weight of the ridge on biases, >= 0. */
  readonly biasLambda: number;
  /** How the ridge of a row or column grows with its weights. */
  readonly ridgeScaling: RidgeScaling;
}

/**
 * Shows how near the factors are to a stationary point of the objective, to be checked without the solver: at a
 * minimiser the gradient is 0. The problem is not convex, so this alone does not prove a global minimum; see
 * `certifyNuclearNorm` for what does.
 */
export interface StationarityCertificate {
  /** What kind of evidence this is. */
  readonly kind: 'stationarity';
  /** Euclidean norm of half the gradient of the objective with respect to all factors and biases; >= 0. */
  readonly gradientNorm: number;
  /**
   * The gradient of each side over |w (y - mean)| times the norm of the other side's factors (with a 1 for the bias),
   * both sides together by the root of squares; unitless, >= 0, the same for values in any unit when lambda = 0.
   */
  readonly relativeGradient: number;
  /** Square root of sum w r^2 over that of sum w (y - mean)^2; unitless, >= 0; near 0 the entries are met. */
  readonly relativeResidual: number;
}

/** Names of the numbers of a {@link CompletionState} that a history keeps. */
export type CompletionColumn =
  | 'objective'
  | 'rmse'
  | 'relativeResidual'
  | 'relativeGradient'
  | 'kappa'
  | 'innerSteps'
  | 'entryPasses';

/** What `onIteration` and the generators show: one live object, updated in place after every round. */
export interface CompletionState {
  /** Rounds done, each a half sweep for V and one for U; 0 is the start. */
  iteration: number;
  /** sum w r^2 plus the ridge terms; >= 0. */
  objective: number;
  /** Weighted root mean square of the residual on the observed entries, in the unit of the values. */
  rmse: number;
  /** Norm of the residual over that of the values less their mean; unitless. */
  relativeResidual: number;
  /** Norm of the gradient, unitless; see {@link StationarityCertificate}. */
  relativeGradient: number;
  /** Largest over smallest nonzero singular value of U V'; >= 1. */
  kappa: number;
  /** Steps of conjugate gradients so far, a count. */
  innerSteps: number;
  /** Reads of pairs of an entry and a factor row so far, a count. */
  entryPasses: number;
  /** The row factors so far, rows x rank, row by row; the same array every time. */
  readonly U: Float64Array;
  /** The column factors so far, cols x rank, row by row; the same array every time. */
  readonly V: Float64Array;
}

/** A completed matrix as a model, with how it was found: plain data that survives `structuredClone`. */
export interface Completion extends CompletionModel, Ending<CompletionColumn> {
  /** sum w r^2 plus the ridge terms; >= 0. */
  readonly objective: number;
  /** Weighted root mean square of the residual on the observed entries, in the unit of the values. */
  readonly rmse: number;
  /** How near the factors are to a stationary point. */
  readonly certificate: StationarityCertificate;
  /** Facts about the data and the answer. */
  readonly diagnostics: {
    /** Observed entries with a positive weight, a count. */
    readonly entries: number;
    /** Entries over the degrees of freedom, entries / (rank (m + n - rank)); below 1 nothing can be determined. */
    readonly oversampling: number;
    /** Largest over smallest nonzero singular value of U V'; >= 1. */
    readonly kappa: number;
    /** Rows without an entry, a count: their factors are 0. */
    readonly emptyRows: number;
    /** Columns without an entry, a count: their factors are 0. */
    readonly emptyCols: number;
  };
  /** Costs in machine-independent units. */
  readonly counts: Readonly<CompletionCounts>;
  /** The seed, as a string. */
  readonly seed: string;
  /** What the caller should know, in sentences; mostly empty. */
  readonly warnings: readonly string[];
}
