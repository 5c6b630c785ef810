import { type Algorithm, type Backend, type Ending, requireVector } from '@lemmata/core';
import type { DualityGapCertificate } from '../lasso-fit.js';
import { subtractOffset } from '../model-options.js';
import { type LassoCounts, newCounts } from '../problem/lasso-problem.js';
import type { OpenDesign } from '../problem/open-design.js';
import { acquireDesign, type DesignLike } from '../problem/prepare-design.js';
import { readGroups } from './column-groups.js';
import { type GroupAnswer, type GroupTask, groupAlgorithm } from './group-algorithm.js';
import { type GroupLassoCommonOptions, type GroupLassoSettings, groupWeights } from './group-lasso-options.js';
import type { GroupColumn, GroupCommonSettings, GroupState } from './group-options.js';
import { GroupPenalty } from './group-penalty.js';
import { groupProblem } from './group-problem.js';
import { SquaredLoss } from './squared-loss.js';
import { squaredSolver } from './squared-solver.js';

/** A fitted linear model with a penalty on groups, and its proof: plain data that survives `structuredClone`. */
export interface GroupLassoFit extends Ending<GroupColumn> {
  /** Coefficients w, length n. */
  readonly coefficients: Float64Array;
  /** Intercept c; 0 when none was fitted. */
  readonly intercept: number;
  /** Weight of the penalty, as given. */
  readonly lambda: number;
  /** 1/(2m) |b - A w - c|^2 + lambda (alpha |w|_1 + (1 - alpha) sum_g weight_g |w_g|), per sample; alpha is `l1Share`. */
  readonly objective: number;
  /**
   * How far the objective is from its minimum at most: `dual` is a point u with |A_g'u| <= lambda weight_g for all groups,
   * to rounding, and sum(u) = 0 if there is an intercept, and the gap is the objective less b . u - (m / 2) |u|^2. With
   * `l1Share` alpha it is |soft(A_g'u, lambda alpha)| <= lambda (1 - alpha) weight_g, soft being the soft threshold.
   */
  readonly certificate: DualityGapCertificate;
  /** Costs in machine-independent units; `screened` counts groups. */
  readonly counts: LassoCounts;
  /** Groups with a coefficient that is not 0, rising. */
  readonly activeGroups: Int32Array;
  /** Indices of the nonzero coefficients, rising. */
  readonly activeSet: Int32Array;
  /** Which kernels ran. */
  readonly backend: Backend;
  /** What the caller should know, in sentences; mostly empty. */
  readonly warnings: readonly string[];
}

/** A fit without what the driver adds. */
export type GroupLassoAnswer = Omit<GroupLassoFit, 'status' | 'iterations' | 'history' | 'elapsedMs'>;

/** The options of a linear model on groups after defaults. */
export type GroupModelSettings = GroupCommonSettings &
  Pick<GroupLassoCommonOptions, 'groups'> & {
    readonly weights: ArrayLike<number> | undefined;
    readonly l1Share: number;
    readonly offset: ArrayLike<number> | undefined;
  };

/**
 * Opens the design of a linear model on groups.
 *
 * @param A - the design
 * @param settings - options, checked
 * @returns the design and how to release it
 */
export function openGroupDesign(A: DesignLike, settings: GroupCommonSettings): OpenDesign {
  return acquireDesign(A, settings.intercept, settings.backend, settings.sampleWeights, settings.standardize);
}

/**
 * Checks the data of a group Lasso.
 *
 * @param opened - the design
 * @param b - the target
 * @param settings - options, checked but for what depends on the design
 * @param initial - coefficients to start from, as given
 * @returns the task
 */
export function groupLassoTask(
  opened: OpenDesign,
  b: ArrayLike<number>,
  settings: GroupModelSettings,
  initial?: ArrayLike<number>,
): GroupTask {
  const { design } = opened;
  const { rows, cols } = design;
  const target = requireVector('b', b, rows, 'rows of A');
  subtractOffset(target, settings.offset);
  const penalty = groupPenalty(settings, cols);
  const start = groupStart(initial, cols);
  const loss = new SquaredLoss(design, target, 1);
  const problem = groupProblem(design, penalty, loss, newCounts());
  return {
    problem,
    inner: squaredSolver(problem, loss),
    l1Ratio: 1,
    standardize: settings.standardize,
    weights: undefined,
    initial: start,
  };
}

/**
 * Reads groups and weights.
 *
 * @param settings - options, checked but for what depends on the design
 * @param cols - columns of A
 * @returns the penalty
 */
export function groupPenalty({ groups, weights, l1Share }: GroupModelSettings, cols: number): GroupPenalty {
  const read = readGroups(groups, cols);
  return new GroupPenalty(read, groupWeights(weights, read), 1, false, l1Share);
}

/** Coefficients to start from, a copy, if there are any. */
export function groupStart(initial: ArrayLike<number> | undefined, cols: number): Float64Array | undefined {
  return initial === undefined ? undefined : requireVector('options.initial', initial, cols, 'columns of A');
}

/**
 * Checks the data of a single group Lasso and makes the run.
 *
 * @param A - the design
 * @param b - the target
 * @param settings - options, checked
 * @returns the run, for the driver; it owns the memory
 */
export function groupLassoAlgorithm(
  A: DesignLike,
  b: ArrayLike<number>,
  settings: GroupLassoSettings,
): Algorithm<GroupState, GroupColumn, GroupLassoAnswer> {
  return oneOutput(openGroupDesign(A, settings), settings, (opened) =>
    groupLassoTask(opened, b, settings, settings.initial),
  );
}

/**
 * Makes the run of a single fit of one output.
 *
 * @param design - the design, released when the task cannot be made
 * @param settings - options, checked
 * @param makeTask - checks the data and makes the task
 * @returns the run, for the driver; it owns the memory
 */
export function oneOutput(
  design: OpenDesign,
  { lambda, tolerance }: GroupLassoSettings,
  makeTask: (opened: OpenDesign) => GroupTask,
): Algorithm<GroupState, GroupColumn, GroupLassoAnswer> {
  let groupOf: Int32Array = new Int32Array(0);
  const algorithm = groupAlgorithm(design, lambda, tolerance, (opened) => {
    const task = makeTask(opened);
    groupOf = groupIds(task);
    return task;
  });
  return { ...algorithm, answer: () => fitOf(algorithm.answer(), lambda, groupOf) };
}

function fitOf(answer: GroupAnswer, lambda: number, groupOf: Int32Array): GroupLassoAnswer {
  const { intercepts, gap, relativeGap, dual, entries, ...rest } = answer;
  return {
    ...rest,
    intercept: intercepts[0],
    lambda,
    certificate: { kind: 'duality-gap', gap, relativeGap, dual },
    activeGroups: Int32Array.from(new Set(Array.from(entries, (j) => groupOf[j]))).sort(),
    activeSet: entries,
  };
}

/** The group of each column. */
function groupIds({ problem }: GroupTask): Int32Array {
  const { count, starts, members } = problem.penalty.groups;
  const ids = new Int32Array(members.length);
  for (let g = 0; g < count; g++) for (let s = starts[g]; s < starts[g + 1]; s++) ids[members[s]] = g;
  return ids;
}
