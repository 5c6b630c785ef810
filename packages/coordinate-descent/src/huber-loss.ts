import { requireVector } from '@lemmata/core';
import { huberLoss } from './blocks/functions/row-loss.js';
import { ParabolaLoss } from './problem/parabola-loss.js';
import type { MakeLoss } from './row-loss-algorithm.js';

/**
 * Makes Huber's loss of a model.
 *
 * @param b - the target, as given
 * @param epsilon - where the loss turns straight, > 0
 * @returns what checks the target and makes the loss
 */
export function makeHuberLoss(b: ArrayLike<number>, epsilon: number): MakeLoss {
  return ({ design, penalty, weights, offset }) => {
    const target = requireVector('b', b, design.rows, 'rows of A');
    for (let i = 0; i < target.length; i++) target[i] -= offset[i];
    // Targets far from 0 would leave residuals few digits.
    const origin = design.intercept ? weightedMean(target, weights) : 0;
    for (let i = 0; i < target.length; i++) target[i] -= origin;
    const rows = { target, weights, offset: new Float64Array(target.length), origin };
    return new ParabolaLoss(design, penalty, huberLoss(epsilon), rows);
  };
}

/** The mean by weights of mean 1; the value itself of a constant vector. */
function weightedMean(values: Float64Array, weights: Float64Array): number {
  const first = values[0];
  let above = 0;
  for (let i = 0; i < values.length; i++) above += weights[i] * (values[i] - first);
  return first + above / values.length;
}
