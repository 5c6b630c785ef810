import { type Algorithm, type Ending, iterate, run, runAsync, type SliceEnd, type Status } from '@lemmata/core';
import type { SquareOperator } from '../matrix/to-operator.js';
import type { MatrixLike } from '../matrix/types.js';
import { LanczosBasis } from './lanczos-basis.js';
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
export interface LanczosState {
  /** Steps done. */
  iteration: number;
  /** The smallest Ritz value, in the unit of A; it falls from step to step. */
  smallest: number;
  /** The largest Ritz value, in the unit of A; it rises from step to step. */
  largest: number;
  /** The larger of the two residuals, as the recurrence has it, in the unit of A. */
  residual: number;
}

/** The two ends of a spectrum with their proof: plain data that survives `structuredClone`. */
export interface ExtremeEigenvalues extends Ending<'smallest' | 'largest' | 'residual'> {
  /** The pair of the smallest eigenvalue. */
  readonly smallest: EigenPair;
  /** The pair of the largest eigenvalue. */
  readonly largest: EigenPair;
  /** How near eigenvalues are to the two values. */
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

type Answer = Omit<ExtremeEigenvalues, 'status' | 'iterations' | 'history' | 'elapsedMs'>;

/** Makes the run. */
export function lanczosAlgorithm(
  operator: CountedOperator,
  settings: SpectrumSettings<LanczosState>,
): Algorithm<LanczosState, 'smallest' | 'largest' | 'residual', Answer> {
  const { n } = operator;
  const start = randomUnit(n, settings.seed);
  const basis = new LanczosBasis(operator, start, Math.min(n, Math.max(settings.maxIterations, 1)));
  const state: LanczosState = { iteration: 0, smallest: 0, largest: 0, residual: Infinity };

  function* slices(): Generator<SliceEnd, Status, void> {
    for (;;) {
      state.iteration = basis.size + 1;
      const beta = yield* basis.extend();
      if (Number.isNaN(beta)) return 'diverged';
      const [low, high] = basis.extremes();
      state.smallest = low.value;
      state.largest = high.value;
      state.residual = Math.max(low.residual, high.residual);
      const size = Math.max(Math.abs(low.value), Math.abs(high.value));
      // beta = 0: the space is invariant, and a random start is in no smaller one than that of all eigenvalues.
      if (beta === 0 || state.residual <= settings.tolerance * size) return 'converged';
      if (basis.size === n) return 'stalled';
      yield 'iteration';
    }
  }

  return {
    state,
    columns: ['smallest', 'largest', 'residual'],
    slices,
    answer: () => {
      const vectors = basis.size === 0 ? [start, start.slice()] : basis.vectors(basis.extremes());
      const [low, high] = vectors.map((vector) => eigenPair(operator, vector));
      return {
        smallest: low,
        largest: high,
        certificate: eigenCertificate([low, high]),
        counts: { ...operator.counts },
        seed: settings.seed,
        warnings: [],
      };
    },
    dispose: () => {},
  };
}

/**
 * Finds the smallest and the largest eigenvalue of a symmetric matrix by Lanczos' method with full reorthogonalisation.
 *
 * The Ritz values of the Krylov space of a random start move outwards to the two ends of the spectrum, so they never
 * lie outside it by more than rounding. The certificate holds the residuals |A v - theta v| of the two pairs, computed
 * from the vectors: an eigenvalue lies within each. That these are the outermost ones is certain only up to the chance
 * that the start is orthogonal to their vectors. Symmetry is not checked.
 *
 * @param A - symmetric matrix of shape (n, n), n >= 1, or an operator with `rows`, `cols` and `apply(x, out)`
 * @param options - `tolerance`, `seed` and the options of a run: `maxIterations` (steps, default 300), `timeLimitMs`,
 * `signal`, `onIteration`, `historyEvery`
 * @returns both pairs, whatever the status; `stalled` when n steps did not reach the tolerance
 * @throws DimensionError when A is not square; InvalidInputError for an empty A, entries that are not finite and
 * options out of range or unknown; NumericalError when an operator of the caller's returns NaN
 * Complexity: step k takes one product by A, 4 k n multiplications and O(k^2) for the Ritz values; k n numbers of
 * memory.
 *
 * @example
 * ```ts
 * import { extremeEigenvalues } from '@lemmata/linalg';
 *
 * const { smallest, largest } = extremeEigenvalues([[2, 1], [1, 2]]);
 * console.log(smallest.value, largest.value); // 1 3, to rounding
 * ```
 * @see B. N. Parlett, The Symmetric Eigenvalue Problem, SIAM 1998, chapter 13
 */
export function extremeEigenvalues(
  A: MatrixLike | SquareOperator,
  options?: SpectrumOptions<LanczosState>,
): ExtremeEigenvalues {
  const settings = spectrumSettings('extremeEigenvalues', options, 300);
  return run(() => lanczosAlgorithm(countedOperator(A), settings), settings);
}

/**
 * Finds both ends of a spectrum like {@link extremeEigenvalues}, one step at a time.
 *
 * Yields the same live state after every step, the last one included, and returns the result.
 *
 * @param A - symmetric matrix of shape (n, n), or an operator
 * @param options - as for {@link extremeEigenvalues}
 * @returns a generator of states
 * @throws what {@link extremeEigenvalues} throws: options at the call, data at the first step
 * Complexity: as {@link extremeEigenvalues}.
 *
 * @example
 * ```ts
 * import { extremeEigenvaluesIterations } from '@lemmata/linalg';
 *
 * for (const state of extremeEigenvaluesIterations([[2, 1], [1, 2]])) console.log(state.smallest, state.largest);
 * ```
 * @see extremeEigenvalues
 */
export function extremeEigenvaluesIterations(
  A: MatrixLike | SquareOperator,
  options?: SpectrumOptions<LanczosState>,
): Generator<LanczosState, ExtremeEigenvalues, void> {
  const settings = spectrumSettings('extremeEigenvaluesIterations', options, 300);
  return iterate(() => lanczosAlgorithm(countedOperator(A), settings), settings);
}

/**
 * Finds both ends of a spectrum like {@link extremeEigenvalues} without blocking the event loop for long.
 *
 * The same bits, in slices of about a millisecond; an operator of the caller's is one slice. Timers, events and
 * `signal` get their turn at least every 16 ms. A must not change before the promise is settled.
 *
 * @param A - symmetric matrix of shape (n, n), or an operator
 * @param options - as for {@link extremeEigenvalues}
 * @returns a promise of the result; aborting the signal fulfils it with status `aborted` and the pairs so far
 * @throws never; the promise is rejected with what {@link extremeEigenvalues} would throw
 * Complexity: as {@link extremeEigenvalues}.
 *
 * @example
 * ```ts
 * import { extremeEigenvaluesAsync } from '@lemmata/linalg';
 *
 * const { smallest, largest } = await extremeEigenvaluesAsync([[2, 1], [1, 2]], { timeLimitMs: 1000 });
 * ```
 * @see extremeEigenvalues
 */
export async function extremeEigenvaluesAsync(
  A: MatrixLike | SquareOperator,
  options?: SpectrumOptions<LanczosState>,
): Promise<ExtremeEigenvalues> {
  const settings = spectrumSettings('extremeEigenvaluesAsync', options, 300);
  return await runAsync(() => lanczosAlgorithm(countedOperator(A), settings), settings);
}
