import { GroupSeparable } from '../group-separable.js';
import type { Separable } from '../separable.js';
import type { UpdateContext } from '../updates/update.js';
import { scoreGroups } from './group-scores.js';

/** Greedy rules that score every variable by itself. */
export type CoordinateRule = 'gs' | 'gsl' | 'gsd' | 'gs-s' | 'gs-r' | 'gs-q';

/**
 * Scores every variable at the current point, or every group where there are groups; the score of a block is the sum of
 * its variables' or groups' scores.
 *
 * - `gs` g_i^2; `gsl` g_i^2 / L_i; `gsd` g_i^2 / D_i
 * - `gs-s` the square of the least subgradient; `gs-r` the square of the step of length 1 / L_i with its prox;
 *   `gs-q` the decrease of the model with D_i, that is -min over d of g_i d + D_i d^2 / 2 + h_i(x_i + d) - h_i(x_i); above 0 for all
 *   variables that rest at no kink
 *
 * @param rule - the rule
 * @param context - the function, its gradient up to date; the rest of the problem; L_u and D_i
 * @param scores - where scores go, one a variable or group
 */
export function scoreCoordinates(rule: CoordinateRule, context: UpdateContext, scores: Float64Array): void {
  const { oracle, separable, majorizer } = context;
  if (separable instanceof GroupSeparable) {
    scoreGroups(rule as 'gs-s' | 'gs-r' | 'gs-q', separable, context, scores);
    return;
  }
  const { gradient: g, x, lipschitz } = oracle;
  const n = scores.length;
  switch (rule) {
    case 'gs':
      for (let i = 0; i < n; i++) scores[i] = g[i] * g[i];
      break;
    case 'gsl':
      for (let i = 0; i < n; i++) scores[i] = (g[i] * g[i]) / lipschitz[i];
      break;
    case 'gsd':
      for (let i = 0; i < n; i++) scores[i] = (g[i] * g[i]) / majorizer[i];
      break;
    case 'gs-s':
      for (let i = 0; i < n; i++) {
        const slope = separable.slope(i, x[i], g[i]);
        scores[i] = slope * slope;
      }
      break;
    case 'gs-r':
      for (let i = 0; i < n; i++) {
        const step = separable.prox(i, x[i] - g[i] / lipschitz[i], lipschitz[i]) - x[i];
        scores[i] = step * step;
      }
      break;
    case 'gs-q':
      for (let i = 0; i < n; i++) scores[i] = modelDecrease(i, x[i], g[i], majorizer[i], separable);
      break;
  }
}

/**
 * -min over d of g d + scale d^2 / 2 + h_i(x + d) - h_i(x); never below 0.
 *
 * A variable that rests at no kink scores above 0 always: where little is left to gain, blocks go to variables that are
 * free to move, so that a Newton step on them is one on all of the manifold.
 */
function modelDecrease(i: number, x: number, g: number, scale: number, separable: Separable): number {
  const free = separable.kink(i, x) === 0 ? Number.MIN_VALUE : 0;
  const to = separable.prox(i, x - g / scale, scale);
  const d = to - x;
  const sign = x >= 0 && to >= 0 ? 1 : x <= 0 && to <= 0 ? -1 : 0;
  // With one sign throughout the penalty is linear on the way, and nothing large cancels.
  const linear = sign === 0 ? g * d + separable.change(i, x, to) : (g + sign * separable.l1[i]) * d;
  return Math.max(free, -(linear + (scale * d * d) / 2));
}
