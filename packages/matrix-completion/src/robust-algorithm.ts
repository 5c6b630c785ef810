import { type Algorithm, randomStream } from '@lemmata/core';
import { innerRule } from './alternating-least-squares.js';
import { type AlternationPlan, alternation, type CompletionAnswer } from './alternation.js';
import { checkRank } from './complete-matrix-options.js';
import type { CompletionColumn, CompletionState } from './completion.js';
import { orthonormalise } from './kernels/orthonormalise.js';
import { type Observed, readObserved } from './problem/observed.js';
import type { RobustSettings } from './robust-options.js';
import { clipFactor, guessIncoherence } from './rules/clip.js';
import { leadingSubspace } from './rules/initial.js';

/**
 * Checks the data and makes a run of robust alternating minimisation.
 *
 * @param observed - the data
 * @param settings - options, checked
 * @returns the run, for the driver
 */
export function robustAlgorithm(
  observed: Observed,
  settings: RobustSettings,
): Algorithm<CompletionState, CompletionColumn, CompletionAnswer> {
  const { rank: k, seed, clip } = settings;
  const entries = readObserved(observed);
  checkRank(k, entries);
  const plan: AlternationPlan = {
    model: { rank: k, lambda: 0, biasLambda: 0, ridgeScaling: 'none', biases: 'none' },
    seed,
    *start(problem, rows, budget) {
      const stream = randomStream(seed).fork('initial');
      const m = entries.rows;
      const U = yield* leadingSubspace(problem.byRow, problem.byCol, k, 0, false, stream, budget);
      const mu = settings.incoherence ?? guessIncoherence(m, k, U);
      const clipped = clipFactor(m, k, U, mu, clip);
      if (clipped > 0) yield* orthonormalise(m, k, U, budget);
      rows.factor.set(U);
      return clipped > 0 ? [`${clipped} ${clip} of the start were cut off at incoherence ${mu}`] : [];
    },
    orthonormal: true,
    splitRounds: settings.splitSamples ? settings.maxIterations : 0,
    rule: (_round, state) => innerRule(settings, false, state),
    converged: (state) => state.relativeResidual <= settings.tolerance,
    finalize: false,
  };
  return alternation(entries, plan);
}
