import type { SliceEnd, Status } from '@lemmata/core';
import type { PathSettings } from './lasso-path-options.js';
import type { PathRecorder } from './path-recorder.js';

/** What a path goes by at each lambda. */
interface PathSteps {
  /** Begins to solve at a lambda from the coefficients as they are; tells iterations. */
  descend(lambda: number, report: (iteration: number) => void): Generator<SliceEnd, Status, void>;
  /** Keeps what was found at a lambda. */
  finish(lambda: number, status: Status, iterations: number): void;
  /** Where the path stands: coefficients that are not 0, and the share of the loss that they take away. */
  standing(): { readonly nonzeros: number; readonly devianceRatio: number };
}

/**
 * Solves at one lambda after the other; iterations past the limit of a lambda are not begun.
 *
 * @param lambdas - falling
 * @param settings - limits, and where the path may end early
 * @param recorder - what `finish` keeps
 * @param steps - what solves and keeps
 * @returns the first status that is not `converged`, `limit` for a path that has gone as far as the caller wants
 */
export function* followPath(
  lambdas: Float64Array,
  settings: PathSettings,
  recorder: PathRecorder,
  steps: PathSteps,
): Generator<SliceEnd, Status, void> {
  for (let t = 0; t < lambdas.length; t++) {
    const before = t === 0 ? 0 : steps.standing().devianceRatio;
    const status = yield* solveAt(lambdas[t], settings.maxIterations, steps);
    if (status === 'diverged' || t === lambdas.length - 1) return recorder.status();
    const { nonzeros, devianceRatio } = steps.standing();
    if (isEnough(settings, nonzeros, before, devianceRatio)) return 'limit';
    yield 'iteration';
  }
  return recorder.status();
}

function* solveAt(lambda: number, maxIterations: number, steps: PathSteps): Generator<SliceEnd, Status, void> {
  let done = 0;
  const descent = steps.descend(lambda, (iteration) => {
    done = iteration;
  });
  for (;;) {
    const step = descent.next();
    const ending = step.done === true ? step.value : undefined;
    const status = ending ?? (step.value === 'iteration' && done >= maxIterations ? 'max-iterations' : undefined);
    if (status !== undefined) {
      steps.finish(lambda, status, done);
      return status;
    }
    yield 'slice';
  }
}

/**
 * Whether a path has gone as far as the caller wants.
 *
 * @param settings - where it may end
 * @param nonzeros - coefficients that are not 0 at the lambda just finished
 * @param before - deviance ratio of the lambda before it, 0 for the first one
 * @param ratio - deviance ratio of the lambda just finished
 * @returns true to end the path
 */
function isEnough(settings: PathSettings, nonzeros: number, before: number, ratio: number): boolean {
  const { maxNonzeros, minDevianceChange, maxDevianceRatio } = settings;
  if (maxNonzeros !== undefined && nonzeros > maxNonzeros) return true;
  if (maxDevianceRatio !== undefined && ratio > maxDevianceRatio) return true;
  return minDevianceChange !== undefined && before > 0 && ratio - before < minDevianceChange * ratio;
}
