import {
  checkRunOptions,
  type Ending,
  type RunOptions,
  refusal,
  requireOneOf,
  resolveOptions,
  type Settings,
} from '@lemmata/core';
import type { ResidualCertificate } from '@lemmata/linalg';

/** What `onIteration` and the generators see: one object, updated in place. */
export interface RelaxationState {
  /** Iterations done; 0 before the first. */
  iteration: number;
  /** Norm of the residual of this iterate as the recurrence has it, in the unit of b. */
  residualNorm: number;
  /** `residualNorm` relative to the norm of b; unitless. */
  relativeResidual: number;
}

/** What `sor`, `ssor` and `ssorCg` accept. */
export interface RelaxationOptions extends RunOptions<RelaxationState> {
  /** The relaxation factor, in (0, 2); default 1. */
  readonly omega?: number;
  /** Ends as `converged` once |b - A x| <= tolerance times the reference; > 0, default 1e-8. */
  readonly tolerance?: number;
  /** The reference: |b| (the default), the residual at the start, or 1 in the unit of b. */
  readonly toleranceReference?: 'rhs' | 'initial' | 'absolute';
  /** Where to start, length n, finite; default zeros. */
  readonly initial?: ArrayLike<number>;
}

/** A solution of a linear system with its proof: plain data that survives `structuredClone`. */
export interface RelaxationResult extends Ending<'residualNorm' | 'relativeResidual'> {
  /** The solution, length n; the last finite iterate whatever the status. */
  readonly x: Float64Array;
  /** The relaxation factor that was used, in (0, 2). */
  readonly omega: number;
  /** How large the true residual is. */
  readonly certificate: ResidualCertificate;
  /** What the run cost, whatever the machine. */
  readonly counts: {
    /** How often the entries off the diagonal were read, all of them counting as 1; a multiple of 1/2. */
    readonly matrixPasses: number;
    /** Residuals computed from x, an integer >= 1; each is one of the passes. */
    readonly matvecs: number;
  };
  /** Why a run ended as `breakdown`, in a sentence; empty for most. */
  readonly warnings: readonly string[];
}

/** Options after their check. */
export type RelaxationSettings = Settings<RelaxationOptions, 'initial' | 'signal' | 'onIteration'>;

/** Defaults of {@link RelaxationOptions}. */
export const RELAXATION_DEFAULTS: RelaxationSettings = Object.freeze({
  omega: 1,
  tolerance: 1e-8,
  toleranceReference: 'rhs',
  maxIterations: 10000,
  timeLimitMs: Infinity,
  historyEvery: 1,
  initial: undefined,
  signal: undefined,
  onIteration: undefined,
});

/** Completes and checks the options. */
export function relaxationSettings(entryPoint: string, options: RelaxationOptions | undefined): RelaxationSettings {
  const settings = resolveOptions(entryPoint, options, RELAXATION_DEFAULTS);
  checkRunOptions(settings);
  requireOpen('options.omega', settings.omega, 2);
  requireOpen('options.tolerance', settings.tolerance, Infinity);
  requireOneOf('options.toleranceReference', settings.toleranceReference, ['rhs', 'initial', 'absolute']);
  return settings;
}

/** Requires a number in (0, bound). */
export function requireOpen(argument: string, value: unknown, bound: number): number {
  if (typeof value === 'number' && value > 0 && value < bound) return value;
  throw refusal(argument, bound === Infinity ? 'a finite number > 0' : `a number in (0, ${bound})`, value);
}
