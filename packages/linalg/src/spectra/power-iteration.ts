import { type Algorithm, type Ending, iterate, run, runAsync, type SliceEnd, type Status } from '@lemmata/core';
import { dot } from '../kernels/dense.js';
import type { SquareOperator } from '../matrix/to-operator.js';
import type { MatrixLike } from '../matrix/types.js';
import { vectorNorm } from './norms.js';
import {
  type CountedOperator,
  countedOperator,
  type EigenCertificate,
  type EigenPair,
  eigenCertificate,
  eigenPair,
  randomUnit,
  type SpectrumOptions,
  type SpectrumSettings,
  spectrumSettings,
} from './spectrum-options.js';

/** What `onIteration` sees. */
export interface DominantEigenvalueState {
  /** Products done. */
  iteration: number;
  /** The Rayleigh quotient, in the unit of A. */
  value: number;
  /** |A v - value v|, in the unit of A. */
  residual: number;
}

/** The dominant eigenvalue with its proof: plain data that survives `structuredClone`. */
export interface DominantEigenvalue extends Ending<'value' | 'residual'> {
  /** The pair found. */
  readonly dominant: EigenPair;
  /** How near an eigenvalue is. */
  readonly certificate: EigenCertificate;
  /** Products by A. */
  readonly counts: {
    /** Products by A, an integer >= 1. */
    readonly matvecs: number;
  };
  /** Seed of the start. */
  readonly seed: string;
  /** Remarks for the caller; none so far. */
  readonly warnings: readonly string[];
}

type Answer = Omit<DominantEigenvalue, 'status' | 'iterations' | 'history' | 'elapsedMs'>;

function powerAlgorithm(
  operator: CountedOperator,
  settings: SpectrumSettings<DominantEigenvalueState>,
): Algorithm<DominantEigenvalueState, 'value' | 'residual', Answer> {
  const { n } = operator;
  const v = randomUnit(n, settings.seed);
  const image = new Float64Array(n);
  const rest = new Float64Array(n);
  const state: DominantEigenvalueState = { iteration: 0, value: 0, residual: Infinity };

  function* slices(): Generator<SliceEnd, Status, void> {
    for (let iteration = 1; ; iteration++) {
      yield* operator.apply(v, image);
      state.iteration = iteration;
      const value = dot(v, image);
      if (!Number.isFinite(value)) return 'diverged';
      for (let i = 0; i < n; i++) rest[i] = image[i] - value * v[i];
      state.value = value;
      state.residual = vectorNorm(rest);
      if (state.residual <= settings.tolerance * Math.abs(value)) return 'converged';
      yield 'iteration';
      const norm = vectorNorm(image);
      for (let i = 0; i < n; i++) v[i] = image[i] / norm;
    }
  }

  return {
    state,
    columns: ['value', 'residual'],
    slices,
    answer: () => {
      const dominant = eigenPair(operator, v.slice());
      return {
        dominant,
        certificate: eigenCertificate([dominant]),
        counts: { ...operator.counts },
        seed: settings.seed,
        warnings: [],
      };
    },
    dispose: () => {},
  };
}

/**
 * Finds the eigenvalue of largest modulus of a symmetric matrix by power iteration.
 *
 * v <- A v / |A v| from a random start; the error of the value falls by (lambda_2 / lambda_1)^2 a step. Two eigenvalues
 * of opposite sign and equal modulus never settle. The certificate is the residual of the pair: an eigenvalue lies
 * within it. That it is the dominant one is certain only up to the chance that the start is orthogonal to its vector.
 * Symmetry is not checked. `extremeEigenvalues` needs fewer products and more memory.
 *
 * @param A - symmetric matrix of shape (n, n), n >= 1, or an operator with `rows`, `cols` and `apply(x, out)`
 * @param options - `tolerance`, `seed` and the options of a run: `maxIterations` (default 10000), `timeLimitMs`,
 * `signal`, `onIteration`, `historyEvery`
 * @returns the pair, whatever the status
 * @throws DimensionError when A is not square; InvalidInputError for an empty A, entries that are not finite and
 * options out of range or unknown; NumericalError when an operator of the caller's returns NaN
 * Complexity: one product by A and 3 n multiplications for each iteration; 3 n numbers of memory.
 *
 * @example
 * ```ts
 * import { dominantEigenvalue } from '@lemmata/linalg';
 *
 * const { dominant } = dominantEigenvalue([[2, 1], [1, 2]]);
 * console.log(dominant.value, dominant.residual < 1e-9); // 3 true, to rounding
 * ```
 * @see B. N. Parlett, The Symmetric Eigenvalue Problem, SIAM 1998, sections 4.2 and 4.5
 */
export function dominantEigenvalue(
  A: MatrixLike | SquareOperator,
  options?: SpectrumOptions<DominantEigenvalueState>,
): DominantEigenvalue {
  const settings = spectrumSettings('dominantEigenvalue', options, 10000);
  return run(() => powerAlgorithm(countedOperator(A), settings), settings);
}

/**
 * Finds the dominant eigenvalue like {@link dominantEigenvalue}, one step at a time.
 *
 * Yields the same live state after every step, the last one included, and returns the result.
 *
 * @param A - symmetric matrix of shape (n, n), or an operator
 * @param options - as for {@link dominantEigenvalue}
 * @returns a generator of states
 * @throws what {@link dominantEigenvalue} throws: options at the call, data at the first step
 * Complexity: as {@link dominantEigenvalue}.
 *
 * @example
 * ```ts
 * import { dominantEigenvalueIterations } from '@lemmata/linalg';
 *
 * for (const { value, residual } of dominantEigenvalueIterations([[2, 1], [1, 2]])) console.log(value, residual);
 * ```
 * @see dominantEigenvalue
 */
export function dominantEigenvalueIterations(
  A: MatrixLike | SquareOperator,
  options?: SpectrumOptions<DominantEigenvalueState>,
): Generator<DominantEigenvalueState, DominantEigenvalue, void> {
  const settings = spectrumSettings('dominantEigenvalueIterations', options, 10000);
  return iterate(() => powerAlgorithm(countedOperator(A), settings), settings);
}

/**
 * Finds the dominant eigenvalue like {@link dominantEigenvalue} without blocking the event loop for long.
 *
 * The same bits, in slices of about a millisecond; an operator of the caller's is one slice. Timers, events and
 * `signal` get their turn at least every 16 ms. A must not change before the promise is settled.
 *
 * @param A - symmetric matrix of shape (n, n), or an operator
 * @param options - as for {@link dominantEigenvalue}
 * @returns a promise of the result; aborting the signal fulfils it with status `aborted` and the pair so far
 * @throws never; the promise is rejected with what {@link dominantEigenvalue} would throw
 * Complexity: as {@link dominantEigenvalue}.
 *
 * @example
 * ```ts
 * import { dominantEigenvalueAsync } from '@lemmata/linalg';
 *
 * const { dominant } = await dominantEigenvalueAsync([[2, 1], [1, 2]], { timeLimitMs: 1000 });
 * ```
 * @see dominantEigenvalue
 */
export async function dominantEigenvalueAsync(
  A: MatrixLike | SquareOperator,
  options?: SpectrumOptions<DominantEigenvalueState>,
): Promise<DominantEigenvalue> {
  const settings = spectrumSettings('dominantEigenvalueAsync', options, 10000);
  return await runAsync(() => powerAlgorithm(countedOperator(A), settings), settings);
}
