import { centreUniform } from './centre-uniform.js';
import type { Design } from './design.js';
import { LeastSquares } from './least-squares.js';
import type { Loss } from './loss.js';
import type { OpenDesign } from './open-design.js';
import { Penalty, type PenaltyShape, PLAIN } from './penalty.js';

/** What a run spent, in machine-independent units. */
export interface LassoCounts {
  /** Products or updates with one column (dot or axpy), of all kinds: copies and norms count one each. */
  readonly columnTouches: number;
  /** Passes that keep the residual, over the working set, or over all columns that are left with `'cyclic'`. */
  readonly epochs: number;
  /** Passes over the working set by products of its columns with one another. */
  readonly productEpochs: number;
  /** Products of two columns computed for those and for Newton steps. */
  readonly crossProducts: number;
  /** Newton steps on the support. */
  readonly newtonSteps: number;
  /** Evaluations of the duality gap of the full problem. */
  readonly gapEvaluations: number;
  /** Column products spent on them, in units of one product A'r: columns that provably cannot matter are passed over. */
  readonly fullProducts: number;
  /** Extrapolations of the iterates that were taken. */
  readonly extrapolations: number;
  /** Columns ruled out by gap-safe screening when the run ended. */
  readonly screened: number;
}

/** {@link LassoCounts} while they are being counted. */
export type RunningCounts = { -readonly [K in keyof LassoCounts]: LassoCounts[K] };

/**
 * Minimise f(X w) + sum_j t_j |w_j| + mu_j / 2 w_j^2 within bounds, where f is the loss, mostly
 * 1/2 |y - X w|^2, and y and X are the target and the columns,
 * centred with an intercept and multiplied by the roots of sample weights; t, mu, the objective and the gap here are m
 * times those of the caller, who has them per sample.
 */
export interface LassoProblem {
  /** The design and the vectors of the run. */
  readonly design: Design;
  /** The penalty; its weight is set when a run or a lambda starts. */
  readonly penalty: Penalty;
  /** The loss. */
  readonly loss: Loss;
  /** What was spent so far. */
  readonly counts: RunningCounts;
  /** Whether `innerProducts` hold the products with the residual at coefficients 0, which the first evaluation then takes. */
  primed: boolean;
  /** How many columns `design.work.workingSet` lists; coefficients outside the list are 0. */
  active: number;
}

/**
 * Centres the target if the design asks for it and puts it into the memory of the run, with all coefficients 0.
 *
 * @param opened - the design
 * @param b - the target, length m
 * @param shape - what is known of the penalty
 * @returns the problem
 */
export function lassoProblem(opened: OpenDesign, b: Float64Array, shape: PenaltyShape = PLAIN): LassoProblem {
  const { design } = opened;
  const { target, coefficients } = design.work;
  target.set(b);
  const offset = centreTarget(target, design);
  const penalty = new Penalty(shape, design.work.penalty, design.cols);
  if (opened.loaded) coefficients.fill(0);
  return {
    design,
    penalty,
    loss: new LeastSquares(design, penalty, offset),
    counts: newCounts(),
    primed: false,
    active: 0,
  };
}

/**
 * Counts of nothing yet.
 *
 * @returns zeros
 */
export function newCounts(): RunningCounts {
  return {
    columnTouches: 0,
    epochs: 0,
    productEpochs: 0,
    crossProducts: 0,
    newtonSteps: 0,
    gapEvaluations: 0,
    fullProducts: 0,
    extrapolations: 0,
    screened: 0,
  };
}

/**
 * Takes the mean away, twice; a constant target becomes exactly 0. Applies the sample weights.
 *
 * @param target - one target, length m, written to
 * @param design - says whether there is an intercept, and the weights
 * @returns the mean that was taken away
 */
export function centreTarget(target: Float64Array, { roots, intercept }: Design): number {
  if (!intercept) {
    if (roots !== undefined) for (let i = 0; i < target.length; i++) target[i] *= roots[i];
    return 0;
  }
  const first = target[0];
  if (target.every((value) => value === first)) {
    target.fill(0);
    return first;
  }
  let offset = 0;
  for (let pass = 0; pass < 2; pass++) {
    let sum = 0;
    if (roots === undefined) for (let i = 0; i < target.length; i++) sum += target[i];
    else for (let i = 0; i < target.length; i++) sum += roots[i] * roots[i] * target[i];
    const mean = sum / target.length;
    for (let i = 0; i < target.length; i++) target[i] -= mean;
    offset += mean;
  }
  if (roots !== undefined) for (let i = 0; i < target.length; i++) target[i] *= roots[i];
  return offset;
}

/**
 * Copies the matrix in, unless that was done before, and puts the initial coefficients in place.
 *
 * @param problem - the problem
 * @param opened - its design
 * @param initial - coefficients to start from, length n, or undefined for 0
 */
export function* loadProblem(
  problem: LassoProblem,
  opened: OpenDesign,
  initial: Float64Array | undefined,
): Generator<'slice', void, void> {
  const { design, counts, penalty, loss } = problem;
  if (!opened.loaded) {
    const { residual, residualSum, target } = design.work;
    const prime = loss.startsAtTarget && initial === undefined;
    if (prime) {
      residual.set(target);
      centreUniform(residual, residualSum, design.roots, design.intercept);
    }
    yield* design.load(prime ? residual : undefined);
    counts.columnTouches += design.cols;
    // The penalty of scaled columns may need the room, and columns without a penalty are solved for first.
    problem.primed = prime && penalty.uniform;
  }
  yield* penalty.fill(design);
  const { coefficients, workingSet } = design.work;
  if (initial === undefined) {
    workingSet.set(penalty.free);
    problem.active = penalty.free.length;
    return;
  }
  let next = 0;
  for (let j = 0; j < design.cols; j++) {
    const free = penalty.free[next] === j;
    if (free) next++;
    if ((initial[j] === 0 && !free) || design.squares[j] === 0) continue;
    coefficients[j] = initial[j];
    workingSet[problem.active++] = j;
  }
}
