import { type Algorithm, type Ending, iterate, run, runAsync, type SliceEnd, type Status } from '@lemmata/core';
import type { MatrixLike } from '@lemmata/linalg';
import { inclusionAlgorithm } from '../inclusion-algorithm.js';
import type { Measure } from '../inclusion-engine.js';
import type { InclusionCounts } from '../problem/oracle.js';
import type { InclusionMethod } from '../solve-inclusion-options.js';
import { type GameCertificate, gameGap, payoffMatrix } from './game-gap.js';
import { gameBounds, gameInclusion } from './game-operator.js';
import {
  type GAME_DEFAULTS,
  type GameColumn,
  type GameState,
  gameSettings,
  inclusionSettingsOf,
  type MatrixGameOptions,
} from './matrix-game-options.js';

/** Strategies near an equilibrium with their proof: plain data that survives `structuredClone`. */
export interface MatrixGameResult extends Ending<GameColumn> {
  /** Strategy of the column player, who pays, length n; >= 0, sum 1 to rounding. */
  readonly x: Float64Array;
  /** Strategy of the row player, who earns, length m. */
  readonly y: Float64Array;
  /** Middle of the certified bounds of the game's value: off by at most half the gap. */
  readonly value: number;
  /** How far the strategies are from an equilibrium, and why. */
  readonly certificate: GameCertificate;
  /** Which method ran. */
  readonly method: InclusionMethod;
  /** Costs in machine-independent units. */
  readonly counts: InclusionCounts;
  /** Seed of coins and draws. */
  readonly seed: string;
  /** What the caller should know, in sentences; mostly empty. */
  readonly warnings: readonly string[];
}

type GameAnswer = Omit<MatrixGameResult, 'status' | 'iterations' | 'history' | 'elapsedMs'>;

function gameAlgorithm(A: MatrixLike, settings: typeof GAME_DEFAULTS): Algorithm<GameState, GameColumn, GameAnswer> {
  const matrix = payoffMatrix(A);
  const { rows, cols } = matrix;
  const uniform = Float64Array.from({ length: cols + rows }, (_, k) => 1 / (k < cols ? cols : rows));
  const gapOf: Measure = (_z, value) => {
    const { lower, upper } = gameBounds(cols, value);
    return upper - lower;
  };
  const inner = inclusionSettingsOf({ ...settings, initial: settings.initial ?? uniform });
  const withLipschitz = settings.method === 'extragradient' || settings.method === 'anchored-gradient';
  const algorithm = inclusionAlgorithm(gameInclusion(matrix, withLipschitz), inner, gapOf);
  const state: GameState = {
    iteration: 0,
    gap: Infinity,
    bestGap: Infinity,
    evaluations: 0,
    strategies: algorithm.state.x,
  };
  function show(): void {
    state.iteration = algorithm.state.iteration;
    state.gap = algorithm.state.residual;
    state.bestGap = algorithm.state.bestResidual;
    state.evaluations = algorithm.state.evaluations;
  }
  function* slices(): Generator<SliceEnd, Status, void> {
    const steps = algorithm.slices();
    for (;;) {
      const step = steps.next();
      if (step.done === true || step.value === 'iteration') show();
      if (step.done === true) return step.value;
      yield step.value;
    }
  }
  return {
    state,
    columns: ['gap', 'bestGap', 'evaluations'],
    slices,
    answer: () => {
      const { x: point, method, counts, seed, warnings } = algorithm.answer();
      const x = point.slice(0, cols);
      const y = point.slice(cols);
      const certificate = gameGap(matrix, x, y);
      const value = certificate.lower + (certificate.upper - certificate.lower) / 2;
      return { x, y, value, certificate, method, counts, seed, warnings };
    },
    dispose: algorithm.dispose,
  };
}

/**
 * Solves a matrix game and proves how well.
 *
 * Finds min over x, max over y of y'A x over probability vectors x and y. The run ends as `converged` once the duality gap
 * max (A x)_i - min (A'y)_j of a pair at hand is at most `tolerance`; the best pair is returned, whatever the status. By
 * default rows and columns are sampled in proportion to their squared norms.
 *
 * @param A - payoffs to the row player, shape (m, n), m and n >= 1, dense or sparse, finite
 * @param options - `method` (default `'vr-forb'`), `tolerance` (default 1e-3), `initial`, `maxEvaluations`, `seed`, and
 * the options of a run: `maxIterations`, `timeLimitMs`, `signal`, `onIteration`, `historyEvery`
 * @returns strategies, the bounds they prove for the value, and the evaluations spent
 * @throws DimensionError, InvalidInputError for a matrix that is empty or not finite, and options out of range or unknown
 * Complexity: O(entries) for a certificate, O(m + n) for a step of the variance-reduced methods, of which there are about
 * m n / (m + n) between two certificates; O(entries) memory.
 *
 * @example
 * ```ts
 * import { matrixGame } from '@lemmata/halpern';
 *
 * const game = matrixGame([[0, -1, 1], [1, 0, -1], [-1, 1, 0]], { initial: [1, 0, 0, 0, 1, 0] });
 * console.log(game.status, game.x, game.certificate.lower, game.certificate.upper);
 * ```
 * @see A. Alacaoglu, Y. Malitsky, "Stochastic Variance Reduction for Variational Inequality Methods", COLT 2022
 */
export function matrixGame(A: MatrixLike, options?: MatrixGameOptions): MatrixGameResult {
  const settings = gameSettings('matrixGame', options);
  return run(() => gameAlgorithm(A, settings), settings);
}

/**
 * Solves a matrix game like {@link matrixGame}, one certified pair at a time.
 *
 * Takes the same steps towards the min-max of y'A x, with the same bits. Yields the same live state for every certified
 * pair and returns the result.
 *
 * @param A - payoffs, shape (m, n)
 * @param options - as for {@link matrixGame}
 * @returns a generator of states
 * @throws what {@link matrixGame} throws: options at the call, the matrix at the first step
 * Complexity: as {@link matrixGame}.
 *
 * @example
 * ```ts
 * import { matrixGameIterations } from '@lemmata/halpern';
 *
 * for (const state of matrixGameIterations([[2, 0], [0, 1]])) console.log(state.iteration, state.gap);
 * ```
 * @see {@link matrixGame}
 */
export function matrixGameIterations(
  A: MatrixLike,
  options?: MatrixGameOptions,
): Generator<GameState, MatrixGameResult, void> {
  const settings = gameSettings('matrixGameIterations', options);
  return iterate(() => gameAlgorithm(A, settings), settings);
}

/**
 * Solves a matrix game like {@link matrixGame} without blocking the event loop for long.
 *
 * Takes the same steps towards the min-max of y'A x, with the same bits; timers, events and `signal` get their turn.
 *
 * @param A - payoffs, shape (m, n); must not change before the promise is settled
 * @param options - as for {@link matrixGame}
 * @returns a promise of the result; aborting the signal fulfils it with status `aborted` and the best pair so far
 * @throws never; the promise is rejected with what {@link matrixGame} would throw
 * Complexity: as {@link matrixGame}.
 *
 * @example
 * ```ts
 * import { matrixGameAsync } from '@lemmata/halpern';
 *
 * const game = await matrixGameAsync([[2, 0], [0, 1]], { signal: AbortSignal.timeout(1000) });
 * console.log(game.status, game.value);
 * ```
 * @see {@link matrixGame}
 */
export async function matrixGameAsync(A: MatrixLike, options?: MatrixGameOptions): Promise<MatrixGameResult> {
  const settings = gameSettings('matrixGameAsync', options);
  return await runAsync(() => gameAlgorithm(A, settings), settings);
}
