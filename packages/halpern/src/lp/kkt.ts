import { linearOperator } from '@lemmata/linalg';
import type { CheckedProgram } from './linear-program.js';

/**
 * Proof of how good a primal-dual pair is, to be checked without the solver.
 *
 * x keeps its bounds exactly. With reduced costs r = c - A'y of which those parts are kept that a finite bound can pay for,
 * the dual objective is the sum of y_i times the side it pushes from and r_j times its bound. At a solution all three
 * errors are 0. They are relative: at 1e-4 an objective may be off by much more than 1e-4.
 */
export interface KktCertificate {
  /** What kind of proof this is. */
  readonly kind: 'kkt';
  /** |objective - dual objective| / (1 + |objective| + |dual objective|); >= 0. */
  readonly gap: number;
  /** Distance of A x from its rows' sides, in the 2-norm, relative to 1 + the norm of the sides; >= 0. */
  readonly primalError: number;
  /** 2-norm of the parts of c - A'y that no bound pays for, relative to 1 + |c|; >= 0. */
  readonly dualError: number;
  /** Distance of A x from its rows' sides, in the 2-norm; >= 0. */
  readonly primalResidual: number;
  /** 2-norm of the parts of c - A'y that no bound pays for; >= 0. */
  readonly dualResidual: number;
}

/** A pair of points in the caller's units with all that is known of it. */
export interface KktPoint {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly reducedCosts: Float64Array;
  readonly objective: number;
  readonly dualObjective: number;
  readonly certificate: KktCertificate;
}

/** The nearest number of [lower, upper]. */
export function clamp(value: number, lower: number, upper: number): number {
  return Math.min(Math.max(value, lower), upper);
}

/**
 * Makes the judge of a program's points.
 *
 * @param program - the program
 * @returns a function of x (within its bounds) and y, which it keeps
 */
export function kktJudge(program: CheckedProgram): (x: Float64Array, y: Float64Array) => KktPoint {
  const { c, byRow, byCol, rowLower, rowUpper, colLower, colUpper, offset } = program;
  const [rows, cols] = [byRow.rows, byRow.cols];
  const forward = linearOperator(byRow);
  const backward = linearOperator(byCol);
  const activity = new Float64Array(rows);
  let sides = 0;
  for (let i = 0; i < rows; i++) {
    if (Number.isFinite(rowLower[i]) && rowLower[i] !== rowUpper[i]) sides += rowLower[i] * rowLower[i];
    if (Number.isFinite(rowUpper[i])) sides += rowUpper[i] * rowUpper[i];
  }
  let costs = 0;
  for (let j = 0; j < cols; j++) costs += c[j] * c[j];
  const primalScale = 1 + Math.sqrt(sides);
  const dualScale = 1 + Math.sqrt(costs);

  return (x, y) => {
    const reducedCosts = new Float64Array(cols);
    forward.apply(x, activity);
    backward.applyTranspose(y, reducedCosts);
    let primal = 0;
    let dualObjective = offset;
    for (let i = 0; i < rows; i++) {
      const miss = activity[i] - clamp(activity[i], rowLower[i], rowUpper[i]);
      primal += miss * miss;
      if (y[i] !== 0) dualObjective += y[i] * (y[i] > 0 ? rowLower[i] : rowUpper[i]);
    }
    let dual = 0;
    let objective = offset;
    for (let j = 0; j < cols; j++) {
      const reduced = c[j] - reducedCosts[j];
      reducedCosts[j] = reduced;
      objective += c[j] * x[j];
      const bound = reduced > 0 ? colLower[j] : colUpper[j];
      if (Number.isFinite(bound)) dualObjective += reduced * bound;
      else dual += reduced * reduced;
    }
    const primalResidual = Math.sqrt(primal);
    const dualResidual = Math.sqrt(dual);
    const certificate: KktCertificate = {
      kind: 'kkt',
      gap: Math.abs(objective - dualObjective) / (1 + Math.abs(objective) + Math.abs(dualObjective)),
      primalError: primalResidual / primalScale,
      dualError: dualResidual / dualScale,
      primalResidual,
      dualResidual,
    };
    return { x, y, reducedCosts, objective, dualObjective, certificate };
  };
}

/**
 * The largest of the three relative errors.
 *
 * @param certificate - of a pair
 * @returns a number >= 0, NaN or Infinity where the pair left the finite numbers
 */
export function kktError({ gap, primalError, dualError }: KktCertificate): number {
  return Math.max(gap, primalError, dualError);
}
