import { type Algorithm, randomStream } from '@lemmata/core';
import { type AlternationPlan, alternation, type CompletionAnswer } from './alternation.js';
import { type CompleteMatrixSettings, checkRank, readInitial } from './complete-matrix-options.js';
import type { CompletionColumn, CompletionState } from './completion.js';
import type { InnerRule } from './line-solver.js';
import { type Observed, readObserved } from './problem/observed.js';
import type { Problem } from './problem/problem.js';
import { innerTolerance } from './rules/accuracy.js';
import { hasUnevenDegrees, leadingSubspace, randomFactor } from './rules/initial.js';

/** Rounds in a row in which the objective must have become flat. */
const FLAT_ROUNDS = 2;
/** Entries for each degree of freedom from which the singular vectors are a good start. */
const SVD_OVERSAMPLING = 2;

/**
 * Checks the data and makes a run of alternating least squares.
 *
 * @param observed - the data
 * @param settings - options, checked
 * @returns the run, for the driver
 */
export function alternatingLeastSquares(
  observed: Observed,
  settings: CompleteMatrixSettings,
): Algorithm<CompletionState, CompletionColumn, CompletionAnswer> {
  const { rank: k, lambda, biasLambda, ridgeScaling, biases, seed } = settings;
  const entries = readObserved(observed);
  checkRank(k, entries);
  const { initial } = settings;
  const given = typeof initial === 'object' ? readInitial(initial, entries.rows, k) : undefined;
  const dense = entries.values.length >= SVD_OVERSAMPLING * k * (entries.rows + entries.cols - k);
  const startsAtRandom = initial === 'random' || (initial === undefined && lambda > 0 && !dense);
  let flat = 0;
  let previous = Infinity;

  const plan: AlternationPlan = {
    model: { rank: k, lambda, biasLambda, ridgeScaling, biases },
    seed,
    *start(problem, rows, budget) {
      if (given !== undefined) {
        rows.factor.set(given.U);
        rows.bias.set(given.rowBiases);
        return [];
      }
      const stream = randomStream(seed).fork('initial');
      const deviation = entryDeviation(problem, k);
      if (startsAtRandom) {
        rows.factor.set(randomFactor(rows.factor.length, deviation, stream));
        return [];
      }
      const { byRow, byCol, mean } = problem;
      const uneven = initial === undefined && (hasUnevenDegrees(byRow) || hasUnevenDegrees(byCol));
      const byDegree = initial === 'svd-degree' || uneven;
      const U = yield* leadingSubspace(byRow, byCol, k, mean, byDegree, stream, budget);
      // The ridge sees the scale: both factors are to have entries of like size.
      const scale = lambda === 0 ? 1 : deviation * Math.sqrt(entries.rows);
      for (let e = 0; e < U.length; e++) rows.factor[e] = scale * U[e];
      return [];
    },
    orthonormal: lambda === 0,
    splitRounds: 0,
    rule: (round, state) => innerRule(settings, settings.finalize && round === settings.maxIterations, state),
    converged: (state) => {
      if (state.relativeResidual <= settings.residualTolerance) return true;
      flat = state.objective >= previous * (1 - settings.tolerance) ? flat + 1 : 0;
      previous = state.objective;
      return flat >= FLAT_ROUNDS;
    },
    finalize: settings.finalize,
  };
  return alternation(entries, plan);
}

/** Size of factor entries for which products u . v have the deviation of the values: a^2 sqrt(k) = deviation. */
function entryDeviation(problem: Problem, k: number): number {
  const deviation = problem.valueNorm / Math.sqrt(problem.totalWeight);
  return Math.sqrt((deviation > 0 ? deviation : 1) / Math.sqrt(k));
}

/**
 * Says how accurately a round is solved.
 *
 * @param settings - which solver and how many steps
 * @param exact - whether this round is to be exact in any case
 * @param state - the last round
 * @returns the rule; `'adaptive'` solves have at most twice as many steps as unknowns, and 10 more
 */
export function innerRule(
  settings: Pick<CompleteMatrixSettings, 'solver' | 'innerSteps' | 'rank'>,
  exact: boolean,
  state: CompletionState,
): InnerRule {
  const { solver, innerSteps, rank } = settings;
  if (exact || solver === 'cholesky') return { exact: true, solver, steps: 0, eta: 0 };
  if (innerSteps !== 'adaptive') return { exact: false, solver, steps: innerSteps, eta: 0 };
  return { exact: false, solver, steps: 2 * rank + 10, eta: innerTolerance(state.relativeResidual, state.kappa) };
}
