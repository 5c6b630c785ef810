import { type BackendChoice, checkRunOptions, type Limits, requireBoolean, requireNumber } from '@lemmata/core';
import type { MatrixLike } from '@lemmata/linalg';
import { LASSO_DEFAULTS } from '../lasso-options.js';

/** What `onIteration` shows of a fit on groups: one live object, updated in place after every outer iteration. */
export interface GroupState {
  /** Outer iterations done; 0 is the start. */
  iteration: number;
  /** Objective per sample of the best coefficients so far. */
  objective: number;
  /** Duality gap per sample of the full problem: the objective is at most so far above the minimum; >= 0. */
  gap: number;
  /** `gap` relative to the objective at zero coefficients with the fitted intercepts; unitless, >= 0. */
  relativeGap: number;
  /** Coefficients that are not 0, a count. */
  nonzeros: number;
  /** Groups that the next passes go over, a count. */
  workingSetSize: number;
  /** Products or updates with one column and one output so far, a count. */
  columnTouches: number;
  /** The best coefficients so far, length n k, that of column j and output c at j k + c; the same array every time. */
  readonly coefficients: Float64Array;
  /** The intercepts that go with them, length k; all 0 when none are fitted. */
  readonly intercepts: Float64Array;
}

/** Names of the numbers of a {@link GroupState} that a history keeps. */
export type GroupColumn = 'objective' | 'gap' | 'relativeGap' | 'nonzeros' | 'workingSetSize' | 'columnTouches';

/** Options that all fits and paths on groups share. */
export interface GroupCommonOptions {
  /** Whether to fit an intercept for each output, not penalised; default true, or as a prepared design was prepared. */
  readonly intercept?: boolean;
  /** Converged once the gap is at most this share of the objective at zero coefficients; >= 0, default 1e-6. */
  readonly tolerance?: number;
  /** Which kernels are to run; default `'auto'`. The answer's bits do not depend on it. */
  readonly backend?: BackendChoice;
  /**
   * Weights of the samples, length m, >= 0, finite, not all 0; default 1 each. They are divided by their mean: a weight of
   * 2 counts as two equal rows.
   */
  readonly sampleWeights?: ArrayLike<number>;
  /** Whether the penalty is to act on coefficients of columns scaled to variance 1; default false. */
  readonly standardize?: boolean;
}

/** What models of several outputs accept beside. */
export interface OutputsOptions {
  /**
   * A known part of the linear forms, shape (m, k), finite: taken away from targets before the fit, added to the forms of
   * classes, in their order; default 0.
   */
  readonly offset?: MatrixLike;
}

/** The same after defaults. */
export interface OutputsSettings {
  readonly offset: MatrixLike | undefined;
}

/** What all of them have after defaults. */
export interface GroupCommonSettings {
  readonly intercept: boolean | undefined;
  readonly tolerance: number;
  readonly backend: BackendChoice;
  readonly sampleWeights: ArrayLike<number> | undefined;
  readonly standardize: boolean;
}

/** Defaults of {@link GroupCommonOptions}. */
export const GROUP_DEFAULTS: GroupCommonSettings = Object.freeze({
  intercept: undefined,
  tolerance: LASSO_DEFAULTS.tolerance,
  backend: LASSO_DEFAULTS.backend,
  sampleWeights: undefined,
  standardize: false,
});

/** Defaults of the options of a run. */
export const RUN_DEFAULTS: {
  readonly maxIterations: number;
  readonly timeLimitMs: number;
  readonly signal: undefined;
  readonly onIteration: undefined;
  readonly historyEvery: number;
} = Object.freeze({
  maxIterations: LASSO_DEFAULTS.maxIterations,
  timeLimitMs: LASSO_DEFAULTS.timeLimitMs,
  signal: undefined,
  onIteration: undefined,
  historyEvery: LASSO_DEFAULTS.historyEvery,
});

/**
 * Checks what fits and paths share, but for what depends on the design.
 *
 * @param settings - options with defaults applied
 * @throws InvalidInputError `ERR_OPTION` for values out of range
 */
export function checkGroupOptions<State>(settings: GroupCommonSettings & Limits<State>): void {
  requireNumber('options.tolerance', settings.tolerance, 0);
  requireBoolean('options.standardize', settings.standardize);
  checkRunOptions(settings);
}
