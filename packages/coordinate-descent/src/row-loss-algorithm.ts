import { type Algorithm, type BackendChoice, InvalidInputError } from '@lemmata/core';
import { LassoEngine } from './engine.js';
import { evaluateUnpenalised, largestUseful } from './lambda-max.js';
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
import type { Design } from './problem/design.js';
import { loadProblem, newCounts } from './problem/lasso-problem.js';
import type { OpenDesign } from './problem/open-design.js';
import { Penalty } from './problem/penalty.js';
import { acquireDesign, type DesignLike } from './problem/prepare-design.js';
import type { RowSumLoss } from './problem/row-sum-loss.js';
import { proxNewton } from './prox-newton.js';

/** What a loss is made from. */
export interface LossParts {
  /** The design, loaded or not. */
  readonly design: Design;
  /** The penalty. */
  readonly penalty: Penalty;
  /** Sample weights of mean 1, length m. */
  readonly weights: Float64Array;
  /** Offsets, length m. */
  readonly offset: Float64Array;
}

/** Checks the targets or labels of a model and makes its loss. */
export type MakeLoss = (parts: LossParts) => RowSumLoss;

/**
 * Makes the run of a single fit with a loss of rows.
 *
 * @param A - the design
 * @param settings - options, checked
 * @param makeLoss - makes the loss
 * @returns the run, for the driver; it owns the memory
 */
export function rowLossAlgorithm(
  A: DesignLike,
  settings: LassoSettings,
  makeLoss: MakeLoss,
): Algorithm<LassoState, LassoColumn, LassoAnswer> {
  return fitAlgorithm(openRows(A, settings), settings, (opened) => rowLossTask(opened, settings, makeLoss));
}

/**
 * Makes the run of a path with a loss of rows.
 *
 * @param A - the design
 * @param settings - options, checked
 * @param makeLoss - makes the loss
 * @returns the run, for the driver; it owns the memory
 */
export function rowLossPathAlgorithm(
  A: DesignLike,
  settings: LassoPathSettings,
  makeLoss: MakeLoss,
): Algorithm<LassoPathState, LassoPathColumn, LassoPathAnswer> {
  return pathAlgorithm(openRows(A, settings), settings, (opened) => rowLossTask(opened, settings, makeLoss));
}

/**
 * Computes the smallest penalty weight at which all penalised coefficients are 0, for a loss of rows.
 *
 * @param A - the design
 * @param settings - options, checked; `l1Ratio` above 0
 * @param makeLoss - makes the loss
 * @returns lambda >= 0
 */
export function rowLossLambdaMax(A: DesignLike, settings: LassoCommonSettings, makeLoss: MakeLoss): number {
  const opened = openRows(A, settings);
  try {
    const { problem, inner } = rowLossTask(opened, settings, makeLoss);
    for (const _ of loadProblem(problem, opened, undefined));
    const engine = new LassoEngine(problem, inner);
    for (const _ of evaluateUnpenalised(engine));
    return largestUseful(problem, engine.monitor, settings.l1Ratio);
  } finally {
    opened.dispose();
  }
}

/** Opens the design: without weights, which the loss has. */
function openRows(A: DesignLike, settings: LassoCommonSettings): OpenDesign {
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

/** Checks weights, offset, factors and bounds, has the loss made, and makes the task. */
function rowLossTask(opened: OpenDesign, settings: LassoCommonSettings, makeLoss: MakeLoss): Task {
  const { design } = opened;
  const { rows, cols } = design;
  const given = sampleWeights(settings.sampleWeights, rows);
  const weights = given ?? new Float64Array(rows).fill(1);
  const negative = new Float64Array(rows);
  subtractOffset(negative, settings.offset);
  const shape = penaltyShape(settings, cols);
  requireNoBoundWithoutPenalty(shape.factors, shape.lower, shape.upper);
  // The loss has the weights, not the design: columns are scaled by their weighted variance nevertheless.
  const penalty = new Penalty(shape, design.work.penalty, cols, given);
  const loss = makeLoss({ design, penalty, weights, offset: negative.map((value) => -value) });
  if (opened.loaded) design.work.coefficients.fill(0);
  return {
    problem: { design, penalty, loss, counts: newCounts(), primed: false, active: 0 },
    inner: (engine, target, meter) => proxNewton(engine, loss, target, meter),
    dualPoint: ({ bestDualPoint }) => bestDualPoint.map((value) => value / rows),
  };
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
