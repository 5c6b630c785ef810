import type { Design } from './design.js';
import type { OpenDesign } from './open-design.js';

/** What a run spent, in machine-independent units. */
export interface LassoCounts {
  /** Products or updates with one column (dot or axpy), of all kinds: copies and norms count one each. */
  readonly columnTouches: number;
  /** Passes over the working set, or over all columns that are left with `'cyclic'`. */
  readonly epochs: number;
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
 * Minimise 1/2 |y - X w|^2 + t |w|_1, where y and X are the target and the columns, centred with an intercept; t, the
 * objective and the gap here are m times those of the caller, who has them per sample.
 */
export interface LassoProblem {
  /** The design and the vectors of the run. */
  readonly design: Design;
  /** Mean of the target as given; 0 without an intercept. */
  readonly offset: number;
  /** 1/2 |y|^2: the objective at w = 0. */
  readonly zeroObjective: number;
  /** What was spent so far. */
  readonly counts: RunningCounts;
  /** How many columns `design.work.workingSet` lists; coefficients outside the list are 0. */
  active: number;
}

/**
 * Centres the target if the design asks for it and puts it into the memory of the run, with all coefficients 0.
 *
 * @param opened - the design
 * @param b - the target, length m
 * @returns the problem
 */
export function lassoProblem(opened: OpenDesign, b: Float64Array): LassoProblem {
  const { design } = opened;
  const { target, coefficients } = design.work;
  target.set(b);
  const offset = design.intercept ? centreTarget(target) : 0;
  if (opened.loaded) coefficients.fill(0);
  return {
    design,
    offset,
    zeroObjective: design.kernels.dot(target, target) / 2,
    counts: { columnTouches: 0, epochs: 0, gapEvaluations: 0, fullProducts: 0, extrapolations: 0, screened: 0 },
    active: 0,
  };
}

/** Takes the mean away, twice; a constant target becomes exactly 0. Returns the mean. */
function centreTarget(target: Float64Array): number {
  const first = target[0];
  if (target.every((value) => value === first)) {
    target.fill(0);
    return first;
  }
  let offset = 0;
  for (let pass = 0; pass < 2; pass++) {
    let sum = 0;
    for (let i = 0; i < target.length; i++) sum += target[i];
    const mean = sum / target.length;
    for (let i = 0; i < target.length; i++) target[i] -= mean;
    offset += mean;
  }
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
  const { design, counts } = problem;
  if (!opened.loaded) {
    yield* design.load();
    counts.columnTouches += design.cols;
  }
  if (initial === undefined) return;
  const { coefficients, workingSet } = design.work;
  for (let j = 0; j < design.cols; j++) {
    if (initial[j] === 0 || design.squares[j] === 0) continue;
    coefficients[j] = initial[j];
    workingSet[problem.active++] = j;
  }
}
