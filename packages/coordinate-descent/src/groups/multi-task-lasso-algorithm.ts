import { type Algorithm, type RunOptions, requireNumber, resolveOptions, type Settings } from '@lemmata/core';
import type { MatrixLike } from '@lemmata/linalg';
import type { LassoPathColumn, LassoPathState } from '../lasso-path-options.js';
import { checkPath, PATH_DEFAULTS, type PathOptions, type PathSettings } from '../lasso-path-options.js';
import { newCounts } from '../problem/lasso-problem.js';
import type { OpenDesign } from '../problem/open-design.js';
import type { DesignLike } from '../problem/prepare-design.js';
import { singleColumns } from './column-groups.js';
import { type GroupTask, groupAlgorithm } from './group-algorithm.js';
import { openGroupDesign } from './group-lasso-algorithm.js';
import {
  checkGroupOptions,
  GROUP_DEFAULTS,
  type GroupColumn,
  type GroupCommonOptions,
  type GroupCommonSettings,
  type GroupState,
  type OutputsOptions,
  type OutputsSettings,
  RUN_DEFAULTS,
} from './group-options.js';
import { groupPathAlgorithm } from './group-path-algorithm.js';
import { GroupPenalty } from './group-penalty.js';
import { groupProblem } from './group-problem.js';
import { multiTaskSolver } from './multi-task-solver.js';
import {
  type OutputsAnswer,
  type OutputsPathAnswer,
  outputsAnswer,
  outputsPathAnswer,
  readOutputs,
  readOutputsOffset,
} from './outputs-fit.js';
import { SquaredLoss } from './squared-loss.js';

/** Options of a single multi-task Lasso. */
export interface MultiTaskLassoOptions extends GroupCommonOptions, OutputsOptions, RunOptions<GroupState> {
  /** Weight of the penalty, in the units of the objective per sample; >= 0. */
  readonly lambda: number;
  /** Coefficients to start from, shape (n, k), finite; default all 0. */
  readonly initial?: MatrixLike;
}

/** Options of a path of multi-task Lassos. */
export interface MultiTaskLassoPathOptions extends GroupCommonOptions, OutputsOptions, PathOptions {}

type Absent = 'lambda' | 'initial' | 'offset' | 'intercept' | 'sampleWeights' | 'signal' | 'onIteration';

/** Defaults of what all multi-task Lassos share. */
export const MULTI_TASK_DEFAULTS: GroupCommonSettings & OutputsSettings = Object.freeze({
  ...GROUP_DEFAULTS,
  offset: undefined,
});

const DEFAULTS: Settings<MultiTaskLassoOptions, Absent> = Object.freeze({
  ...MULTI_TASK_DEFAULTS,
  ...RUN_DEFAULTS,
  lambda: undefined,
  initial: undefined,
});

/** The options of a single fit after defaults. */
export type MultiTaskSettings = typeof DEFAULTS & { readonly lambda: number };

/** The options of a path after defaults. */
export type MultiTaskPathSettings = GroupCommonSettings & OutputsSettings & PathSettings;

/**
 * Completes and checks the options of a single fit, but for what depends on the design.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @returns every option
 */
export function multiTaskSettings(entryPoint: string, options: MultiTaskLassoOptions): MultiTaskSettings {
  const settings = resolveOptions(entryPoint, options, DEFAULTS);
  const lambda = requireNumber('options.lambda', settings.lambda, 0);
  checkGroupOptions(settings);
  return { ...settings, lambda };
}

/**
 * Completes and checks the options of a path.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @returns every option
 */
export function multiTaskPathSettings(
  entryPoint: string,
  options: MultiTaskLassoPathOptions | undefined,
): MultiTaskPathSettings {
  const settings = resolveOptions(entryPoint, options, { ...MULTI_TASK_DEFAULTS, ...PATH_DEFAULTS });
  checkGroupOptions(settings);
  return { ...settings, lambdas: checkPath(settings) };
}

/**
 * Checks the data of a multi-task Lasso.
 *
 * @param opened - the design
 * @param B - the targets
 * @param settings - options, checked but for what depends on the design
 * @param initial - coefficients to start from, as given
 * @returns the task
 */
export function multiTaskTask(
  opened: OpenDesign,
  B: MatrixLike,
  settings: GroupCommonSettings & OutputsSettings,
  initial?: MatrixLike,
): GroupTask {
  const { design } = opened;
  const { rows, cols } = design;
  const { data, cols: k } = readOutputs('B', B, rows, 'rows of A', 'column');
  const offset = readOutputsOffset(settings.offset, rows, k);
  if (offset !== undefined) for (let e = 0; e < data.length; e++) data[e] -= offset[e];
  const penalty = new GroupPenalty(singleColumns(cols), new Float64Array(cols).fill(1), k, false);
  const start =
    initial === undefined ? undefined : readOutputs('options.initial', initial, cols, 'columns of A', 'row', k).data;
  const loss = new SquaredLoss(design, data, k);
  const problem = groupProblem(design, penalty, loss, newCounts());
  return {
    problem,
    inner: multiTaskSolver(problem, loss),
    l1Ratio: 1,
    standardize: settings.standardize,
    weights: undefined,
    initial: start,
  };
}

/**
 * Makes the run of a single multi-task Lasso.
 *
 * @param A - the design
 * @param B - the targets
 * @param settings - options, checked
 * @returns the run, for the driver; it owns the memory
 */
export function multiTaskAlgorithm(
  A: DesignLike,
  B: MatrixLike,
  settings: MultiTaskSettings,
): Algorithm<GroupState, GroupColumn, OutputsAnswer> {
  const { lambda, tolerance, initial } = settings;
  let k = 1;
  const algorithm = groupAlgorithm(openGroupDesign(A, settings), lambda, tolerance, (opened) => {
    const task = multiTaskTask(opened, B, settings, initial);
    k = task.problem.penalty.outputs;
    return task;
  });
  return { ...algorithm, answer: () => outputsAnswer(algorithm.answer(), lambda, k) };
}

/**
 * Makes the run of a path of multi-task Lassos.
 *
 * @param A - the design
 * @param B - the targets
 * @param settings - options, checked
 * @returns the run, for the driver; it owns the memory
 */
export function multiTaskPathAlgorithm(
  A: DesignLike,
  B: MatrixLike,
  settings: MultiTaskPathSettings,
): Algorithm<LassoPathState, LassoPathColumn, OutputsPathAnswer> {
  let k = 1;
  const algorithm = groupPathAlgorithm(openGroupDesign(A, settings), settings, settings.tolerance, (opened) => {
    const task = multiTaskTask(opened, B, settings);
    k = task.problem.penalty.outputs;
    return task;
  });
  return { ...algorithm, answer: () => outputsPathAnswer(algorithm.answer(), k) };
}
