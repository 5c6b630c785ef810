import type { Backend, Ending } from '@lemmata/core';
import type { LassoColumn } from './lasso-options.js';
import type { LassoCounts } from './problem/lasso-problem.js';

/**
 * Proof of how good a fit is, to be checked without the solver.
 *
 * Every u of length m with |a_j . u| <= lambda for all columns a_j of A, and with sum(u) = 0 if there is an intercept,
 * gives the lower bound D(u) = b . u - (m / 2) |u|^2 of the minimal objective. `dual` is such a point, feasible to
 * rounding, and `gap` = objective - D(dual).
 */
export interface DualityGapCertificate {
  /** What kind of proof this is. */
  readonly kind: 'duality-gap';
  /** objective - D(dual), per sample, of the full problem; >= 0, and 0 also where rounding makes it negative. */
  readonly gap: number;
  /** `gap` relative to the objective at zero coefficients with the fitted intercept; unitless, 0 for a constant b. */
  readonly relativeGap: number;
  /** The dual point u, length m. */
  readonly dual: Float64Array;
}

/** A fitted linear model with its proof: plain data that survives `structuredClone`. */
export interface LassoFit extends Ending<LassoColumn> {
  /** Coefficients w, length n. */
  readonly coefficients: Float64Array;
  /** Intercept c; 0 when none was fitted. */
  readonly intercept: number;
  /** Weight of the penalty, as given. */
  readonly lambda: number;
  /** 1/(2m) |b - A w - c|^2 + lambda |w|_1, per sample. */
  readonly objective: number;
  /** How far the objective is from its minimum at most, and why. */
  readonly certificate: DualityGapCertificate;
  /** Costs in machine-independent units. */
  readonly counts: LassoCounts;
  /** Indices of the nonzero coefficients, rising. */
  readonly activeSet: Int32Array;
  /** Which kernels ran. */
  readonly backend: Backend;
  /** What the caller should know, in sentences; mostly empty. */
  readonly warnings: readonly string[];
}
