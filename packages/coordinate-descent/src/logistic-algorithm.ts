import type { Algorithm } from '@lemmata/core';
import type { Label } from './labels.js';
import type { LassoAnswer } from './lasso-algorithm.js';
import type { LassoColumn, LassoSettings, LassoState } from './lasso-options.js';
import type { LassoPathAnswer } from './lasso-path-algorithm.js';
import type { LassoPathColumn, LassoPathSettings, LassoPathState } from './lasso-path-options.js';
import { LogisticLoss } from './problem/logistic-loss.js';
import type { DesignLike } from './problem/prepare-design.js';
import { type MakeSignLoss, type TwoClasses, twoClassFitAlgorithm, twoClassPathAlgorithm } from './two-classes.js';

const makeLoss: MakeSignLoss = ({ design, penalty, weights, offset }, signs) =>
  new LogisticLoss(design, penalty, signs, weights, offset);

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
  return twoClassFitAlgorithm(A, labels, settings, makeLoss);
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
  return twoClassPathAlgorithm(A, labels, settings, makeLoss);
}
