import {
  type Algorithm,
  InvalidInputError,
  type RunOptions,
  requireBoolean,
  requireNumber,
  resolveOptions,
  type Settings,
} from '@lemmata/core';
import type { MatrixLike } from '@lemmata/linalg';
import { codeLabels, type Label } from '../labels.js';
import {
  checkPath,
  type LassoPathColumn,
  type LassoPathState,
  PATH_DEFAULTS,
  type PathOptions,
  type PathSettings,
  requireGrid,
} from '../lasso-path-options.js';
import { sampleWeights } from '../model-options.js';
import { newCounts } from '../problem/lasso-problem.js';
import type { OpenDesign } from '../problem/open-design.js';
import type { DesignLike } from '../problem/prepare-design.js';
import { openUnweighted } from '../row-loss-algorithm.js';
import { singleColumns } from './column-groups.js';
import { type GroupTask, groupAlgorithm } from './group-algorithm.js';
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
import {
  type OutputsAnswer,
  type OutputsPathAnswer,
  outputsAnswer,
  outputsPathAnswer,
  readOutputs,
  readOutputsOffset,
} from './outputs-fit.js';
import { SoftmaxLoss } from './softmax-loss.js';
import { softmaxNewton } from './softmax-newton.js';

/** What softmax regressions accept about their penalty. */
export interface SoftmaxPenaltyOptions {
  /** Share of the norms in the penalty, in [0, 1]: 1, the default, is they alone, 0 the ridge alone. */
  readonly l1Ratio?: number;
  /**
   * Whether the norm is that of rows of W, so that a column of A counts in all classes or in none; default false: the sum of
   * the sizes of all entries.
   */
  readonly groupFeatures?: boolean;
}

/** Options of a single softmax regression. */
export interface SoftmaxRegressionOptions
  extends GroupCommonOptions,
    OutputsOptions,
    SoftmaxPenaltyOptions,
    RunOptions<GroupState> {
  /** Weight of the penalty, in the units of the objective per sample; >= 0. */
  readonly lambda: number;
  /** Coefficients to start from, shape (n, k), finite; default all 0. */
  readonly initial?: MatrixLike;
}

/** Options of a path of softmax regressions; with `l1Ratio: 0` there is no default grid, so give `lambdas`. */
export interface SoftmaxRegressionPathOptions
  extends GroupCommonOptions,
    OutputsOptions,
    SoftmaxPenaltyOptions,
    PathOptions {}

type Absent = 'lambda' | 'initial' | 'offset' | 'intercept' | 'sampleWeights' | 'signal' | 'onIteration';

/** Defaults of what all softmax regressions share. */
export const SOFTMAX_DEFAULTS: SoftmaxModelSettings = Object.freeze({
  ...GROUP_DEFAULTS,
  offset: undefined,
  l1Ratio: 1,
  groupFeatures: false,
});

const DEFAULTS: Settings<SoftmaxRegressionOptions, Absent> = Object.freeze({
  ...SOFTMAX_DEFAULTS,
  ...RUN_DEFAULTS,
  lambda: undefined,
  initial: undefined,
});

/** What all softmax regressions share, after defaults. */
export type SoftmaxModelSettings = GroupCommonSettings & OutputsSettings & Required<SoftmaxPenaltyOptions>;

/** The options of a single fit after defaults. */
export type SoftmaxSettings = typeof DEFAULTS & { readonly lambda: number };

/** The options of a path after defaults. */
export type SoftmaxPathSettings = SoftmaxModelSettings & PathSettings;

/**
 * Completes and checks the options of a single fit, but for what depends on the design.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @returns every option
 */
export function softmaxSettings(entryPoint: string, options: SoftmaxRegressionOptions): SoftmaxSettings {
  const settings = resolveOptions(entryPoint, options, DEFAULTS);
  const lambda = requireNumber('options.lambda', settings.lambda, 0);
  checkGroupOptions(settings);
  checkPenalty(settings);
  return { ...settings, lambda };
}

/**
 * Completes and checks the options of a path.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @returns every option
 */
export function softmaxPathSettings(
  entryPoint: string,
  options: SoftmaxRegressionPathOptions | undefined,
): SoftmaxPathSettings {
  const settings = resolveOptions(entryPoint, options, { ...SOFTMAX_DEFAULTS, ...PATH_DEFAULTS });
  checkGroupOptions(settings);
  checkPenalty(settings);
  const lambdas = checkPath(settings);
  if (settings.l1Ratio === 0) requireGrid(lambdas);
  return { ...settings, lambdas };
}

function checkPenalty(settings: SoftmaxModelSettings): void {
  requireNumber('options.l1Ratio', settings.l1Ratio, 0, 1);
  requireBoolean('options.groupFeatures', settings.groupFeatures);
}

/** A task with the classes that were found. */
export interface SoftmaxTask extends GroupTask {
  /** The classes in order. */
  readonly classes: readonly Label[];
}

/**
 * Opens the design of a softmax regression: without weights, which the loss has.
 *
 * @param A - the design
 * @param settings - options, checked
 * @returns the design and how to release it
 */
export function openSoftmax(A: DesignLike, settings: GroupCommonSettings): OpenDesign {
  return openUnweighted(A, settings.intercept, settings.backend, settings.standardize);
}

/**
 * Checks the data of a softmax regression.
 *
 * @param opened - the design
 * @param labels - the classes of the samples
 * @param settings - options, checked but for what depends on the design
 * @param initial - coefficients to start from, as given
 * @returns the task
 */
export function softmaxTask(
  opened: OpenDesign,
  labels: ArrayLike<Label>,
  settings: SoftmaxModelSettings,
  initial?: MatrixLike,
): SoftmaxTask {
  const { design } = opened;
  const { rows, cols } = design;
  const { classes, codes } = codeLabels(labels, rows);
  const k = classes.length;
  const given = sampleWeights(settings.sampleWeights, rows);
  const weights = given ?? new Float64Array(rows).fill(1);
  requireEveryClass(codes, weights, k);
  const penalty = new GroupPenalty(singleColumns(cols), new Float64Array(cols).fill(1), k, !settings.groupFeatures);
  const start =
    initial === undefined ? undefined : readOutputs('options.initial', initial, cols, 'columns of A', 'row', k).data;
  const offset = readOutputsOffset(settings.offset, rows, k);
  const loss = new SoftmaxLoss(design, codes, weights, k, offset);
  return {
    problem: groupProblem(design, penalty, loss, newCounts()),
    inner: (engine, target, meter) => softmaxNewton(engine, loss, target, meter),
    l1Ratio: settings.l1Ratio,
    standardize: settings.standardize,
    weights: given,
    initial: start,
    classes,
  };
}

function requireEveryClass(codes: Int32Array, weights: Float64Array, k: number): void {
  const totals = new Float64Array(k);
  for (let i = 0; i < codes.length; i++) totals[codes[i]] += weights[i];
  if (totals.every((total) => total > 0)) return;
  throw new InvalidInputError(
    'options.sampleWeights: expected a weight > 0 in each class, got a class without one',
    'ERR_OPTION',
    { argument: 'options.sampleWeights', expected: 'a weight > 0 in each class', actual: 0 },
  );
}

/** What a run answers beside the model: the classes. */
type WithClasses<Answer> = Answer & { readonly classes: readonly Label[] };

/**
 * Makes the run of a single softmax regression.
 *
 * @param A - the design
 * @param labels - the classes of the samples
 * @param settings - options, checked
 * @returns the run, for the driver; it owns the memory
 */
export function softmaxAlgorithm(
  A: DesignLike,
  labels: ArrayLike<Label>,
  settings: SoftmaxSettings,
): Algorithm<GroupState, GroupColumn, WithClasses<OutputsAnswer>> {
  const { lambda, tolerance, initial } = settings;
  let classes: readonly Label[] = [];
  const algorithm = groupAlgorithm(openSoftmax(A, settings), lambda, tolerance, (opened) => {
    const task = softmaxTask(opened, labels, settings, initial);
    classes = task.classes;
    return task;
  });
  const answer = () => ({ ...outputsAnswer(algorithm.answer(), lambda, classes.length), classes });
  return { ...algorithm, answer };
}

/**
 * Makes the run of a path of softmax regressions.
 *
 * @param A - the design
 * @param labels - the classes of the samples
 * @param settings - options, checked
 * @returns the run, for the driver; it owns the memory
 */
export function softmaxPathAlgorithm(
  A: DesignLike,
  labels: ArrayLike<Label>,
  settings: SoftmaxPathSettings,
): Algorithm<LassoPathState, LassoPathColumn, WithClasses<OutputsPathAnswer>> {
  let classes: readonly Label[] = [];
  const algorithm = groupPathAlgorithm(openSoftmax(A, settings), settings, settings.tolerance, (opened) => {
    const task = softmaxTask(opened, labels, settings);
    classes = task.classes;
    return task;
  });
  const answer = () => ({ ...outputsPathAnswer(algorithm.answer(), classes.length), classes });
  return { ...algorithm, answer };
}
