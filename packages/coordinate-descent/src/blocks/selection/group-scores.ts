import type { GroupSeparable } from '../group-separable.js';
import type { UpdateContext } from '../updates/update.js';

/**
 * Scores every group at the current point.
 *
 * - `gs-s` the square of the least subgradient on the group; `gs-r` the square of its step of length 1 / L_g with the prox;
 *   `gs-q` the decrease of the model with D_i, above 0 for all groups that do not rest at 0
 *
 * @param rule - the rule
 * @param separable - the penalty
 * @param context - the function, its gradient up to date; L_g and D_i
 * @param scores - where scores go, one a group
 * Complexity: O(n) and, for groups whose D_i differ, a Newton iteration each.
 */
export function scoreGroups(
  rule: 'gs-s' | 'gs-r' | 'gs-q',
  separable: GroupSeparable,
  { oracle, constants, majorizer }: Pick<UpdateContext, 'oracle' | 'constants' | 'majorizer'>,
  scores: Float64Array,
): void {
  const { gradient, x } = oracle;
  const { starts, members } = separable.units.groups;
  for (let group = 0; group < scores.length; group++) {
    const own = separable.read(group, x);
    const slope = separable.read(group, gradient);
    if (rule === 'gs-s') {
      scores[group] = square(separable.leastSubgradient(group, own, slope));
      continue;
    }
    const d = rule === 'gs-q' ? separable.read(group, majorizer) : new Float64Array(own.length).fill(constants[group]);
    const to = own.map((value, a) => d[a] * value - slope[a]);
    separable.shrink(group, to, d);
    const step = to.map((value, a) => value - own[a]);
    if (rule === 'gs-r') {
      scores[group] = square(step);
      continue;
    }
    const block = members.subarray(starts[group], starts[group + 1]);
    let change = separable.blockChange(block, own, to);
    for (let a = 0; a < step.length; a++) change += step[a] * (slope[a] + (d[a] * step[a]) / 2);
    const free = own.some((value) => value !== 0) ? Number.MIN_VALUE : 0;
    scores[group] = Math.max(free, -change);
  }
}

function square(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}
