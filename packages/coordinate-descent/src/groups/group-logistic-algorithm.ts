import { type Algorithm, requireVector } from '@lemmata/core';
import type { Label } from '../labels.js';
import type { LassoPathAnswer } from '../lasso-path-algorithm.js';
import type { LassoPathColumn, LassoPathState } from '../lasso-path-options.js';
import { sampleWeights } from '../model-options.js';
import { newCounts } from '../problem/lasso-problem.js';
import type { OpenDesign } from '../problem/open-design.js';
import type { DesignLike } from '../problem/prepare-design.js';
import { openUnweighted } from '../row-loss-algorithm.js';
import { requireBothClasses, type TwoClasses, twoClassLabels } from '../two-classes.js';
import type { GroupTask } from './group-algorithm.js';
import {
  type GroupLassoAnswer,
  type GroupModelSettings,
  groupPenalty,
  groupStart,
  oneOutput,
} from './group-lasso-algorithm.js';
import type { GroupLassoSettings } from './group-lasso-options.js';
import type { GroupLassoPathSettings } from './group-lasso-path.js';
import { GroupLogisticLoss } from './group-logistic-loss.js';
import { groupLogisticNewton } from './group-logistic-newton.js';
import type { GroupColumn, GroupCommonSettings, GroupState } from './group-options.js';
import { groupPathAlgorithm } from './group-path-algorithm.js';
import { groupProblem } from './group-problem.js';

/** What a run answers beside the model: the classes. */
type WithClasses<Answer> = Answer & { readonly classes: TwoClasses };

/** A task with the classes that were found. */
type LogisticTask = WithClasses<GroupTask>;

/**
 * Opens the design of a logistic regression on groups: without weights, which the loss has.
 *
 * @param A - the design
 * @param settings - options, checked
 * @returns the design and how to release it
 */
export function openGroupLogistic(A: DesignLike, settings: GroupCommonSettings): OpenDesign {
  return openUnweighted(A, settings.intercept, settings.backend, settings.standardize);
}

/**
 * Checks the data of a logistic regression on groups.
 *
 * @param opened - the design
 * @param labels - the classes of the samples
 * @param settings - options, checked but for what depends on the design
 * @param initial - coefficients to start from, as given
 * @returns the task
 */
export function groupLogisticTask(
  opened: OpenDesign,
  labels: ArrayLike<Label>,
  settings: GroupModelSettings,
  initial?: ArrayLike<number>,
): LogisticTask {
  const { design } = opened;
  const { rows, cols } = design;
  const { classes, codes } = twoClassLabels(labels, rows);
  const given = sampleWeights(settings.sampleWeights, rows);
  const weights = given ?? new Float64Array(rows).fill(1);
  const signs = Float64Array.from(codes, (code) => 2 * code - 1);
  requireBothClasses(signs, weights);
  const { offset } = settings;
  const known =
    offset === undefined ? new Float64Array(rows) : requireVector('options.offset', offset, rows, 'rows of A');
  const penalty = groupPenalty(settings, cols);
  const start = groupStart(initial, cols);
  const loss = new GroupLogisticLoss(design, signs, weights, known);
  return {
    problem: groupProblem(design, penalty, loss, newCounts()),
    inner: (engine, target, meter) => groupLogisticNewton(engine, loss, target, meter),
    l1Ratio: 1,
    standardize: settings.standardize,
    weights: given,
    initial: start,
    classes,
  };
}

/**
 * Makes the run of a single logistic regression on groups.
 *
 * @param A - the design
 * @param labels - the classes of the samples
 * @param settings - options, checked
 * @returns the run, for the driver; it owns the memory
 */
export function groupLogisticAlgorithm(
  A: DesignLike,
  labels: ArrayLike<Label>,
  settings: GroupLassoSettings,
): Algorithm<GroupState, GroupColumn, WithClasses<GroupLassoAnswer>> {
  let classes: TwoClasses = [0, 1];
  const algorithm = oneOutput(openGroupLogistic(A, settings), settings, (opened) => {
    const task = groupLogisticTask(opened, labels, settings, settings.initial);
    classes = task.classes;
    return task;
  });
  return { ...algorithm, answer: () => ({ ...algorithm.answer(), classes }) };
}

/**
 * Makes the run of a path of logistic regressions on groups.
 *
 * @param A - the design
 * @param labels - the classes of the samples
 * @param settings - options, checked
 * @returns the run, for the driver; it owns the memory
 */
export function groupLogisticPathAlgorithm(
  A: DesignLike,
  labels: ArrayLike<Label>,
  settings: GroupLassoPathSettings,
): Algorithm<LassoPathState, LassoPathColumn, WithClasses<LassoPathAnswer>> {
  let classes: TwoClasses = [0, 1];
  const algorithm = groupPathAlgorithm(openGroupLogistic(A, settings), settings, settings.tolerance, (opened) => {
    const task = groupLogisticTask(opened, labels, settings);
    classes = task.classes;
    return task;
  });
  return { ...algorithm, answer: () => ({ ...algorithm.answer(), classes }) };
}
