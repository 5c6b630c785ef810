import { type Algorithm, InvalidInputError } from '@lemmata/core';
import { type CodedLabels, codeLabels, type Label } from './labels.js';
import type { LassoAnswer } from './lasso-algorithm.js';
import type { LassoColumn, LassoCommonSettings, LassoSettings, LassoState } from './lasso-options.js';
import type { LassoPathAnswer } from './lasso-path-algorithm.js';
import type { LassoPathColumn, LassoPathSettings, LassoPathState } from './lasso-path-options.js';
import type { DesignLike } from './problem/prepare-design.js';
import type { RowSumLoss } from './problem/row-sum-loss.js';
import { type LossParts, rowLossAlgorithm, rowLossLambdaMax, rowLossPathAlgorithm } from './row-loss-algorithm.js';

/** The two classes, in order: where a score is above 0 the model says the second one. */
export type TwoClasses = readonly [Label, Label];

/** What a run answers beside the model: the classes. */
type WithClasses<Answer> = Answer & { readonly classes: TwoClasses };

/** Makes a loss of two classes from signs of -1 for the first and 1 for the second one. */
export type MakeSignLoss = (parts: LossParts, signs: Float64Array) => RowSumLoss;

/**
 * Makes the run of a single fit of two classes.
 *
 * @param A - the design
 * @param labels - the classes of the samples
 * @param settings - options, checked
 * @param makeLoss - makes the loss
 * @returns the run, for the driver; it owns the memory
 */
export function twoClassFitAlgorithm(
  A: DesignLike,
  labels: ArrayLike<Label>,
  settings: LassoSettings,
  makeLoss: MakeSignLoss,
): Algorithm<LassoState, LassoColumn, WithClasses<LassoAnswer>> {
  const reader = new SignReader(labels, makeLoss);
  const algorithm = rowLossAlgorithm(A, settings, (parts) => reader.makeLoss(parts));
  return { ...algorithm, answer: () => ({ ...algorithm.answer(), classes: reader.classes }) };
}

/**
 * Makes the run of a path of two classes.
 *
 * @param A - the design
 * @param labels - the classes of the samples
 * @param settings - options, checked
 * @param makeLoss - makes the loss
 * @returns the run, for the driver; it owns the memory
 */
export function twoClassPathAlgorithm(
  A: DesignLike,
  labels: ArrayLike<Label>,
  settings: LassoPathSettings,
  makeLoss: MakeSignLoss,
): Algorithm<LassoPathState, LassoPathColumn, WithClasses<LassoPathAnswer>> {
  const reader = new SignReader(labels, makeLoss);
  const algorithm = rowLossPathAlgorithm(A, settings, (parts) => reader.makeLoss(parts));
  return { ...algorithm, answer: () => ({ ...algorithm.answer(), classes: reader.classes }) };
}

/**
 * Computes the smallest penalty weight at which all penalised coefficients are 0, for a loss of two classes.
 *
 * @param A - the design
 * @param labels - the classes of the samples
 * @param settings - options, checked; `l1Ratio` above 0
 * @param makeLoss - makes the loss
 * @returns lambda >= 0
 */
export function twoClassLambdaMax(
  A: DesignLike,
  labels: ArrayLike<Label>,
  settings: LassoCommonSettings,
  makeLoss: MakeSignLoss,
): number {
  const reader = new SignReader(labels, makeLoss);
  return rowLossLambdaMax(A, settings, (parts) => reader.makeLoss(parts));
}

/** Reads labels when the number of rows is known, and keeps the classes for the answer. */
class SignReader {
  classes: TwoClasses = [0, 1];
  readonly #labels: ArrayLike<Label>;
  readonly #makeLoss: MakeSignLoss;

  constructor(labels: ArrayLike<Label>, makeLoss: MakeSignLoss) {
    this.#labels = labels;
    this.#makeLoss = makeLoss;
  }

  makeLoss(parts: LossParts): RowSumLoss {
    const { classes, codes } = twoClassLabels(this.#labels, parts.design.rows);
    const signs = Float64Array.from(codes, (code) => 2 * code - 1);
    requireBothClasses(signs, parts.weights);
    this.classes = classes;
    return this.#makeLoss(parts, signs);
  }
}

/**
 * Reads the labels of a model of two classes.
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
