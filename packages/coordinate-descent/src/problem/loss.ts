import type { LassoProblem } from './lasso-problem.js';

/**
 * A smooth convex loss f(X w + c) as the engine sees it. It keeps r = -grad f in `design.work.residual`, so that the
 * gradient of coefficient j is -x_j . r, and with an intercept sees to it that the sum of r is 0 to rounding.
 */
export interface Loss {
  /** The loss at w = 0 with the fitted intercept. */
  readonly zeroValue: number;
  /** The intercept, in terms of centred columns, that goes with w = 0. */
  readonly zeroCentre: number;
  /** grad f is Lipschitz continuous with this constant. */
  readonly smoothness: number;
  /** A bound of |r| wherever the loss is no larger than at w = 0, for margins of rounding. */
  readonly residualBound: number;
  /** One byte a column: whether its coefficient has no penalty and its product was made 0; none for a uniform penalty. */
  readonly solved: Uint8Array;
  /** The intercept, in terms of centred columns, at the last refresh. */
  readonly centre: number;
  /** What was taken away from the target before, and is to be added to the intercept. */
  readonly origin: number;
  /** Whether r at w = 0 is the target: its products can then be computed while columns are copied. */
  readonly startsAtTarget: boolean;
  /** The loss at the last refresh. */
  readonly value: number;
  /** Scale of r at which the dual value is largest, penalty aside. */
  readonly bestScale: number;
  /** Recomputes r from the coefficients; moves only the intercept and coefficients without penalty. */
  refresh(problem: LassoProblem): Generator<'slice', void, void>;
  /** Moves coefficient j by a step between two refreshes: r, or whatever the loss descends on, follows. */
  move(problem: LassoProblem, j: number, step: number): void;
  /** The dual value of the point s r, penalty aside. */
  dual(scale: number): number;
}
