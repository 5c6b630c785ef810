import {
  checkRunOptions,
  type Ending,
  type RunOptions,
  refusal,
  requireNumber,
  resolveOptions,
  type Settings,
} from '@lemmata/core';
import type { SquareOperator } from './matrix/to-operator.js';

/** What `onIteration` and the generator see: one object, updated in place. */
export interface ConjugateGradientState {
  /** Steps done; 0 before the first. */
  iteration: number;
  /** Norm of the residual as the recurrence has it, in the unit of b. */
  residualNorm: number;
  /** `residualNorm` relative to the norm of b; unitless. */
  relativeResidual: number;
}

/** What {@link conjugateGradient} accepts. */
export interface ConjugateGradientOptions extends RunOptions<ConjugateGradientState> {
  /** Ends as `converged` once |b - A x| <= tolerance |b|; unitless, > 0, default 1e-10. */
  readonly tolerance?: number;
  /** Where to start, length n, finite; default zeros. */
  readonly initial?: ArrayLike<number>;
  /** The inverse of a symmetric positive definite matrix near A, as an operator: out = M^-1 r; default none. */
  readonly preconditioner?: SquareOperator;
}

/** Proof of how good a solution is, checked with one product by A. */
export interface ResidualCertificate {
  /** What kind of proof this is. */
  readonly kind: 'residual';
  /** |b - A x|, computed from x, in the unit of b. */
  readonly gap: number;
  /** `gap` relative to the norm of b; unitless, 0 for b = 0 and gap 0. */
  readonly relativeGap: number;
}

/** A solution of a linear system with its proof: plain data that survives `structuredClone`. */
export interface ConjugateGradientResult extends Ending<'residualNorm' | 'relativeResidual'> {
  /** The solution, length n. */
  readonly x: Float64Array;
  /** How large the true residual is. */
  readonly certificate: ResidualCertificate;
  /** Products by A and by the preconditioner. */
  readonly counts: {
    /** Products by A, an integer >= 1. */
    readonly matvecs: number;
    /** Products by the preconditioner, an integer >= 0. */
    readonly preconditionerApplications: number;
  };
  /** Why a run ended as `breakdown`, in a sentence; empty for most. */
  readonly warnings: readonly string[];
}

/** Options after their check. */
export type ConjugateGradientSettings = Settings<
  ConjugateGradientOptions,
  'initial' | 'preconditioner' | 'signal' | 'onIteration'
>;

/** Defaults of {@link ConjugateGradientOptions}. */
export const CONJUGATE_GRADIENT_DEFAULTS: ConjugateGradientSettings = Object.freeze({
  tolerance: 1e-10,
  maxIterations: 10000,
  timeLimitMs: Infinity,
  historyEvery: 1,
  initial: undefined,
  preconditioner: undefined,
  signal: undefined,
  onIteration: undefined,
});

/** Completes and checks the options. */
export function conjugateGradientSettings(
  entryPoint: string,
  options: ConjugateGradientOptions | undefined,
): ConjugateGradientSettings {
  const settings = resolveOptions(entryPoint, options, CONJUGATE_GRADIENT_DEFAULTS);
  checkRunOptions(settings);
  requireNumber('options.tolerance', settings.tolerance, Number.MIN_VALUE);
  const { preconditioner } = settings;
  if (preconditioner !== undefined && typeof preconditioner?.apply !== 'function') {
    throw refusal('options.preconditioner', 'an operator with apply(r, out)', preconditioner);
  }
  return settings;
}
