import type { Design } from '../problem/design.js';
import type { RunningCounts } from '../problem/lasso-problem.js';
import type { OpenDesign } from '../problem/open-design.js';
import { Penalty, PLAIN } from '../problem/penalty.js';
import { SLICE } from '../slices.js';
import type { GroupPenalty } from './group-penalty.js';

/**
 * A smooth convex loss f(X W + 1 c') of k outputs as the engine sees it, X being the columns of the design. Matrices of
 * shape (m, k) are in column layout: one output after the other.
 */
export interface OutputsLoss {
  /** The loss at W = 0 with the fitted intercepts. */
  readonly zeroValue: number;
  /** grad f is Lipschitz continuous with this constant. */
  readonly smoothness: number;
  /** A bound of |R| wherever the loss is no larger than at W = 0, for margins of rounding. */
  readonly residualBound: number;
  /** The loss at the last refresh. */
  readonly value: number;
  /** Scale of R at which the dual value is largest, penalty aside. */
  readonly bestScale: number;
  /** R = -grad f at the last refresh, m x k; with intercepts each of its columns adds up to 0, to rounding. */
  readonly residual: Float64Array;
  /** Intercepts in terms of centred columns, length k. */
  readonly centres: Float64Array;
  /** Recomputes R from the coefficients; moves only the intercepts and the coefficients of groups without penalty. */
  refresh(problem: GroupProblem): Generator<'slice', void, void>;
  /** The dual value of the point s R, penalty aside. */
  dual(scale: number): number;
}

/**
 * Minimise f(X W) + the penalty of groups, for coefficients W of shape (n, k), entry (j, c) at j k + c. Objective, gap and
 * penalty are m times those of the caller, who has them per sample. With scales, column j of the design times `scales[j]`
 * is the column of the problem, and W is what multiplies it.
 */
export interface GroupProblem {
  /** The design and its vectors. */
  readonly design: Design;
  /** The penalty; its weight is set when a run or a lambda starts. */
  readonly penalty: GroupPenalty;
  /** The loss. */
  readonly loss: OutputsLoss;
  /** What was spent so far. */
  readonly counts: RunningCounts;
  /** W. */
  readonly coefficients: Float64Array;
  /** Products X'R of the last evaluation, n x k; those of groups passed over are old. */
  readonly products: Float64Array;
  /** A bound of the spectral norm of each group's columns: their Frobenius norm. */
  readonly norms: Float64Array;
  /** Groups that the inner solver works on, rising; coefficients outside of them are 0. */
  readonly workingSet: Int32Array;
  /** What columns are multiplied by; undefined for 1. */
  scales: Float64Array | undefined;
  /** How many groups `workingSet` lists. */
  active: number;
}

/**
 * Makes a problem, not loaded yet.
 *
 * @param design - the design
 * @param penalty - the penalty
 * @param loss - the loss
 * @param counts - zeros
 * @returns the problem with all coefficients 0
 */
export function groupProblem(
  design: Design,
  penalty: GroupPenalty,
  loss: OutputsLoss,
  counts: RunningCounts,
): GroupProblem {
  const { count } = penalty.groups;
  const length = design.cols * penalty.outputs;
  return {
    design,
    penalty,
    loss,
    counts,
    coefficients: new Float64Array(length),
    products: new Float64Array(length),
    norms: new Float64Array(count),
    workingSet: new Int32Array(count),
    scales: undefined,
    active: 0,
  };
}

/** What loading needs beside the problem. */
export interface LoadOptions {
  /** Whether columns are scaled to variance 1. */
  readonly standardize: boolean;
  /** Sample weights of mean 1 that the design does not have, for these variances. */
  readonly weights: Float64Array | undefined;
  /** Coefficients of the columns as given to start from, n x k; undefined for 0. */
  readonly initial: Float64Array | undefined;
}

/**
 * Copies the matrix in, unless that was done before, scales columns and puts the initial coefficients in place.
 *
 * @param problem - the problem
 * @param opened - its design
 * @param options - scales and start
 */
export function* loadGroups(
  problem: GroupProblem,
  opened: OpenDesign,
  { standardize, weights, initial }: LoadOptions,
): Generator<'slice', void, void> {
  const { design, counts, norms, coefficients, penalty } = problem;
  const { outputs: k } = penalty;
  const { count, starts, members } = penalty.groups;
  if (!opened.loaded) {
    yield* design.load();
    counts.columnTouches += design.cols;
  }
  if (standardize) {
    const deviations = new Penalty({ ...PLAIN, standardize }, design.work.penalty, design.cols, weights);
    yield* deviations.fill(design);
    problem.scales = deviations.vectors.l1.map((deviation) => 1 / deviation);
  }
  for (let g = 0; g < count; g++) {
    let square = 0;
    let some = false;
    for (let s = starts[g]; s < starts[g + 1]; s++) {
      const j = members[s];
      const scale = problem.scales?.[j] ?? 1;
      square += design.squares[j] * scale * scale;
      for (let c = 0; c < k; c++) {
        const value = design.squares[j] === 0 ? 0 : (initial?.[j * k + c] ?? 0);
        coefficients[j * k + c] = value / scale;
        if (value !== 0) some = true;
      }
    }
    norms[g] = Math.sqrt(square);
    if (some || penalty.isFree(g)) problem.workingSet[problem.active++] = g;
  }
}

/**
 * The product X W for one output, into the residual of the design, without its mean.
 *
 * @param problem - the problem
 * @param c - which output
 * @param sign - 1, or -1 to take the product away
 */
export function* addOutput(problem: GroupProblem, c: number, sign: 1 | -1): Generator<'slice', void, void> {
  const { design, coefficients: W, workingSet, active, penalty, counts, scales } = problem;
  const { starts, members } = penalty.groups;
  let cost = 0;
  for (let a = 0; a < active; a++) {
    for (let s = starts[workingSet[a]]; s < starts[workingSet[a] + 1]; s++) {
      const j = members[s];
      const value = W[j * penalty.outputs + c];
      if (value === 0) continue;
      design.addColumn(j, sign * value * (scales?.[j] ?? 1));
      counts.columnTouches++;
      cost += design.cost(j);
      if (cost < SLICE) continue;
      cost = 0;
      yield 'slice';
    }
  }
}
