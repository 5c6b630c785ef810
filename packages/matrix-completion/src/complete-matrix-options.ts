import {
  checkRunOptions,
  InvalidInputError,
  type RunOptions,
  refusal,
  requireBoolean,
  requireInteger,
  requireNumber,
  requireOneOf,
  requireVector,
  resolveOptions,
  type Settings,
  seedString,
} from '@lemmata/core';
import type { CompletionState } from './completion.js';
import type { SolverChoice } from './line-solver.js';
import type { Entries } from './problem/observed.js';
import type { RidgeScaling } from './problem/problem.js';

/** Row factors to start from. */
export interface InitialFactors {
  /** Row factors, length rows * rank, row by row, finite. */
  readonly U: ArrayLike<number>;
  /** Biases of the rows, length rows, finite; default all 0; only for a model with biases. */
  readonly rowBiases?: ArrayLike<number> | undefined;
}

/** Options of a completion by alternating least squares. */
export interface CompleteMatrixOptions extends RunOptions<CompletionState> {
  /** Columns of the factors, an integer from 1 to the smaller side of the matrix. */
  readonly rank: number;
  /** Weight of the ridge on the factors, >= 0: 0 to recover an exact matrix of low rank, more against noise. */
  readonly lambda: number;
  /** Weight of the ridge on the biases, >= 0; default `lambda`. */
  readonly biasLambda?: number;
  /** `'count'` (default) multiplies the ridge of each row and column by the sum of its weights, `'none'` does not. */
  readonly ridgeScaling?: RidgeScaling;
  /** `'model'` fits the mean and a bias for each row and column; default `'model'` when lambda > 0, else `'none'`. */
  readonly biases?: 'none' | 'model';
  /**
   * How rows and columns are solved: `'cholesky'` exactly; `'cg'` and `'pcg'` by conjugate gradients from the last
   * round's solution, without and with one preconditioner for all rows; `'auto'` (default) by counted costs.
   */
  readonly solver?: SolverChoice;
  /**
   * Steps of conjugate gradients for a row, an integer >= 1, or `'adaptive'`: as many as keep the rate of exact solves.
   * Default `'adaptive'` when lambda = 0, else 3.
   */
  readonly innerSteps?: number | 'adaptive';
  /** Whether the last round is exact when others were not; default true. */
  readonly finalize?: boolean;
  /**
   * Row factors to start from: `'svd'` the leading singular vectors, `'svd-degree'` those after dividing entries by the
   * degrees of their row and column, `'random'` normal numbers, or given. Default: singular vectors when lambda = 0 or
   * there are at least 2 entries for each degree of freedom, by degree when some row or column has more than 4 times the
   * mean; else `'random'`.
   */
  readonly initial?: 'svd' | 'svd-degree' | 'random' | InitialFactors;
  /**
   * Converged when the objective falls by less than this share in two rounds in a row; >= 0; default 1e-12 when
   * lambda = 0, else 1e-5.
   */
  readonly tolerance?: number;
  /** Converged as well when residual over values, both by norm, is at most this; >= 0, default 1e-12. */
  readonly residualTolerance?: number;
  /** Where random numbers come from; default 0. */
  readonly seed?: number | string;
}

/** Options without a default of their own. */
type Absent =
  | 'rank'
  | 'lambda'
  | 'biasLambda'
  | 'biases'
  | 'innerSteps'
  | 'initial'
  | 'tolerance'
  | 'maxIterations'
  | 'signal'
  | 'onIteration';

/** The default of every option; those that depend on `lambda` or the data are undefined here. */
export const COMPLETE_MATRIX_DEFAULTS: Settings<CompleteMatrixOptions, Absent> = Object.freeze({
  rank: undefined,
  lambda: undefined,
  biasLambda: undefined,
  ridgeScaling: 'count',
  biases: undefined,
  solver: 'auto',
  innerSteps: undefined,
  finalize: true,
  initial: undefined,
  tolerance: undefined,
  residualTolerance: 1e-12,
  seed: 0,
  maxIterations: undefined,
  timeLimitMs: Infinity,
  signal: undefined,
  onIteration: undefined,
  historyEvery: 1,
});

/** The options after defaults. */
export type CompleteMatrixSettings = Settings<CompleteMatrixOptions, 'initial' | 'signal' | 'onIteration'> & {
  readonly seed: string;
};

/** The words for how rows and columns are solved. */
export const SOLVERS: readonly SolverChoice[] = ['auto', 'cholesky', 'cg', 'pcg'];

/**
 * Completes and checks the options, but for what depends on the data.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @returns every option
 * @throws InvalidInputError `ERR_OPTION` for unknown keys and values out of range, `ERR_INCOMPATIBLE` for biases to
 * start from in a model without
 */
export function completeMatrixSettings(entryPoint: string, options: CompleteMatrixOptions): CompleteMatrixSettings {
  const given = resolveOptions(entryPoint, options, COMPLETE_MATRIX_DEFAULTS);
  const lambda = requireNumber('options.lambda', given.lambda, 0);
  const exact = lambda === 0;
  const settings = {
    ...given,
    lambda,
    rank: requireInteger('options.rank', given.rank, 1),
    biasLambda: requireNumber('options.biasLambda', given.biasLambda ?? lambda, 0),
    biases: requireOneOf('options.biases', given.biases ?? (exact ? 'none' : 'model'), ['none', 'model'] as const),
    innerSteps: innerSteps(given.innerSteps ?? (exact ? 'adaptive' : 3)),
    tolerance: requireNumber('options.tolerance', given.tolerance ?? (exact ? 1e-12 : 1e-5), 0),
    maxIterations: given.maxIterations ?? (exact ? 500 : 30),
    seed: seedString(given.seed),
  };
  requireOneOf('options.ridgeScaling', settings.ridgeScaling, ['none', 'count']);
  requireOneOf('options.solver', settings.solver, SOLVERS);
  requireBoolean('options.finalize', settings.finalize);
  requireNumber('options.residualTolerance', settings.residualTolerance, 0);
  checkInitial(settings.initial, settings.biases);
  checkRunOptions(settings);
  return settings;
}

/**
 * Checks the steps of inner solves.
 *
 * @param value - what the caller gave
 * @returns a count or `'adaptive'`
 * @throws InvalidInputError when it is neither
 */
export function innerSteps(value: unknown): number | 'adaptive' {
  if (value === 'adaptive') return value;
  if (typeof value === 'number') return requireInteger('options.innerSteps', value, 1);
  throw refusal('options.innerSteps', "an integer >= 1 or 'adaptive'", value);
}

function checkInitial(initial: CompleteMatrixSettings['initial'], biases: 'none' | 'model'): void {
  if (initial === undefined || initial === 'svd' || initial === 'svd-degree' || initial === 'random') return;
  if (typeof initial !== 'object' || initial === null) {
    throw refusal('options.initial', "'svd', 'svd-degree', 'random' or { U }", initial);
  }
  for (const key of Object.keys(initial)) {
    if (key !== 'U' && key !== 'rowBiases') throw refusal(`options.initial.${key}`, 'U and rowBiases', 'another key');
  }
  if (initial.rowBiases !== undefined && biases === 'none') {
    throw new InvalidInputError(
      "options.initial.rowBiases: expected none with biases 'none', got some",
      'ERR_INCOMPATIBLE',
      { argument: 'options.initial.rowBiases', expected: 'none', actual: 'some' },
    );
  }
}

/**
 * Checks the rank against the data.
 *
 * @param rank - columns of the factors
 * @param entries - the data
 * @throws InvalidInputError when the rank is above the smaller side
 */
export function checkRank(rank: number, entries: Entries): void {
  requireInteger('options.rank', rank, 1, Math.min(entries.rows, entries.cols));
}

/**
 * Reads given row factors.
 *
 * @param initial - what the caller gave
 * @param rows - rows of the matrix
 * @param rank - columns of the factors
 * @returns copies
 * @throws DimensionError, InvalidInputError when they are no such vectors
 */
export function readInitial(
  initial: InitialFactors,
  rows: number,
  rank: number,
): { readonly U: Float64Array; readonly rowBiases: Float64Array } {
  return {
    U: requireVector('options.initial.U', initial.U, rows * rank, 'rows times rank'),
    rowBiases:
      initial.rowBiases === undefined
        ? new Float64Array(rows)
        : requireVector('options.initial.rowBiases', initial.rowBiases, rows, 'rows'),
  };
}
