import { type Algorithm, type BackendChoice, InvalidInputError } from '@lemmata/core';
import { type CodedLabels, codeLabels, type Label } from './labels.js';
import { fitAlgorithm, type LassoAnswer, type Task } from './lasso-algorithm.js';
import {
  isPenalised,
  type LassoColumn,
  type LassoCommonSettings,
  type LassoSettings,
  type LassoState,
} from './lasso-options.js';
import { type LassoPathAnswer, pathAlgorithm } from './lasso-path-algorithm.js';
import type { LassoPathColumn, LassoPathSettings, LassoPathState } from './lasso-path-options.js';
import { penaltyShape, sampleWeights, subtractOffset } from './model-options.js';
import { newCounts } from './problem/lasso-problem.js';
import { LogisticLoss } from './problem/logistic-loss.js';
import type { OpenDesign } from './problem/open-design.js';
import { Penalty } from './problem/penalty.js';
import { acquireDesign, type DesignLike } from './problem/prepare-design.js';
import { proxNewton } from './prox-newton.js';

/** The two classes, in order: the model gives the probability of the second one. */
export type TwoClasses = readonly [Label, Label];

/**
 * Opens the design of a logistic regression: without weights, which the loss has.
 *
 * @param A - the design
 * @param settings - options, checked
 * @returns the design and how to release it
 * @throws InvalidInputError `ERR_INCOMPATIBLE` for a design that was prepared with weights
 */
export function openLogistic(A: DesignLike, settings: LassoCommonSettings): OpenDesign {
  return openUnweighted(A, settings.intercept, settings.backend, isPenalised(settings));
}

/**
 * Opens a design without weights, for a loss that has them.
 *
 * @param A - the design
 * @param intercept - the option as given
 * @param backend - the option as given or its default
 * @param penalised - whether there is to be room for a penalty that is not uniform
 * @returns the design and how to release it
 * @throws InvalidInputError `ERR_INCOMPATIBLE` for a design that was prepared with weights
 */
export function openUnweighted(
  A: DesignLike,
  intercept: boolean | undefined,
  backend: BackendChoice,
  penalised: boolean,
): OpenDesign {
  const opened = acquireDesign(A, intercept, backend, undefined, penalised);
  if (opened.design.roots === undefined) return opened;
  opened.dispose();
  const expected = 'a design prepared without sampleWeights: give them to the fit';
  throw new InvalidInputError(`A: expected ${expected}, got one with them`, 'ERR_INCOMPATIBLE', {
    argument: 'A',
    expected,
    actual: 'weighted',
  });
}

/**
 * Checks labels, weights, offset, factors and bounds of a logistic regression.
 *
 * @param opened - the design
 * @param labels - the classes of the samples
 * @param settings - options, checked but for what depends on the design
 * @returns the task
 */
export function logisticTask(opened: OpenDesign, labels: CodedLabels, settings: LassoCommonSettings): Task {
  const { design } = opened;
  const { rows, cols } = design;
  const weights = sampleWeights(settings.sampleWeights, rows) ?? new Float64Array(rows).fill(1);
  const signs = Float64Array.from(labels.codes, (code) => 2 * code - 1);
  requireBothClasses(signs, weights);
  const offset = new Float64Array(rows);
  subtractOffset(offset, settings.offset);
  const shape = penaltyShape(settings, cols);
  requireNoBoundWithoutPenalty(shape.factors, shape.lower, shape.upper);
  // The loss has the weights, not the design: columns are scaled by their weighted variance nevertheless.
  const penalty = new Penalty(
    shape,
    design.work.penalty,
    cols,
    settings.sampleWeights === undefined ? undefined : weights,
  );
  const loss = new LogisticLoss(
    design,
    penalty,
    signs,
    weights,
    offset.map((value) => -value),
  );
  if (opened.loaded) design.work.coefficients.fill(0);
  return {
    problem: { design, penalty, loss, counts: newCounts(), primed: false, active: 0 },
    inner: (engine, target, meter) => proxNewton(engine, loss, target, meter),
    dualPoint: ({ bestDualPoint }) => bestDualPoint.map((value) => value / rows),
  };
}

/**
 * Reads the labels of a logistic regression.
 *
 * @param labels - what the caller gave
 * @param rows - rows of A
 * @returns two classes and every sample's
 * @throws DimensionError, InvalidInputError when they are not the labels of two classes
 */
export function twoClassLabels(labels: ArrayLike<Label>, rows: number): CodedLabels & { classes: TwoClasses } {
  const coded = codeLabels(labels, rows);
  const [first, second] = coded.classes;
  if (coded.classes.length === 2) return { ...coded, classes: [first, second] };
  throw new InvalidInputError(`labels: expected two classes, got ${coded.classes.length}`, 'ERR_INPUT', {
    argument: 'labels',
    expected: 2,
    actual: coded.classes.length,
  });
}

/**
 * Makes the run of a single logistic regression.
 *
 * @param A - the design
 * @param labels - the classes of the samples
 * @param settings - options, checked
 * @returns the run, for the driver; it owns the memory
 */
export function logisticAlgorithm(
  A: DesignLike,
  labels: ArrayLike<Label>,
  settings: LassoSettings,
): Algorithm<LassoState, LassoColumn, LassoAnswer & { readonly classes: TwoClasses }> {
  let classes: TwoClasses = [0, 1];
  const algorithm = fitAlgorithm(openLogistic(A, settings), settings, (opened) => {
    const coded = twoClassLabels(labels, opened.design.rows);
    classes = coded.classes;
    return logisticTask(opened, coded, settings);
  });
  return { ...algorithm, answer: () => ({ ...algorithm.answer(), classes }) };
}

/**
 * Makes the run of a path of logistic regressions.
 *
 * @param A - the design
 * @param labels - the classes of the samples
 * @param settings - options, checked
 * @returns the run, for the driver; it owns the memory
 */
export function logisticPathAlgorithm(
  A: DesignLike,
  labels: ArrayLike<Label>,
  settings: LassoPathSettings,
): Algorithm<LassoPathState, LassoPathColumn, LassoPathAnswer & { readonly classes: TwoClasses }> {
  let classes: TwoClasses = [0, 1];
  const algorithm = pathAlgorithm(openLogistic(A, settings), settings, (opened) => {
    const coded = twoClassLabels(labels, opened.design.rows);
    classes = coded.classes;
    return logisticTask(opened, coded, settings);
  });
  return { ...algorithm, answer: () => ({ ...algorithm.answer(), classes }) };
}

/**
 * Requires samples of both classes that count.
 *
 * @param signs - -1 or 1 for each sample
 * @param weights - weight of each
 * @throws InvalidInputError when a class has no weight
 */
export function requireBothClasses(signs: Float64Array, weights: Float64Array): void {
  for (const sign of [-1, 1]) {
    if (signs.some((value, i) => value === sign && weights[i] > 0)) continue;
    throw new InvalidInputError(
      'options.sampleWeights: expected a weight > 0 in each class, got a class without one',
      'ERR_OPTION',
      { argument: 'options.sampleWeights', expected: 'a weight > 0 in each class', actual: 0 },
    );
  }
}

/** A bounded coefficient without penalty has no certificate here: its product is not made 0 by Newton's method. */
function requireNoBoundWithoutPenalty(
  factors: Float64Array | undefined,
  lower: Float64Array | undefined,
  upper: Float64Array | undefined,
): void {
  if (factors === undefined) return;
  for (let j = 0; j < factors.length; j++) {
    if (factors[j] > 0 || ((lower?.[j] ?? -Infinity) === -Infinity && (upper?.[j] ?? Infinity) === Infinity)) continue;
    throw new InvalidInputError(
      `options.penaltyFactors[${j}]: expected a number > 0 where the coefficient is bounded, got 0`,
      'ERR_INCOMPATIBLE',
      { argument: `options.penaltyFactors[${j}]`, expected: 'a number > 0', actual: 0, index: j },
    );
  }
}
