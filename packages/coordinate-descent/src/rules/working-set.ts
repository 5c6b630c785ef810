import type { GapMonitor } from '../certificates/duality-gap.js';
import type { LassoProblem } from '../problem/lasso-problem.js';
import { BOTH_SIDES } from '../problem/penalty.js';
import { kthSmallest } from './kth-smallest.js';

/** Smallest number of columns that a working set aims at. */
const SMALLEST = 20;
/** Room beside the support, as a share of it. */
const ROOM = 0.5;

/**
 * Chooses the columns that the inner solver works on, after an evaluation of the gap: all of the support and all columns
 * without penalty, then those whose dual constraints are nearest.
 *
 * A column outside the support scores (t_j - |x_j . s r|) / |x_j|: how far the dual point is from its constraint. The set
 * takes in the smallest scores, ties in the order of the columns. It has room for half as many columns as the support
 * has, or for all that violate their constraint at the residual itself, up to twice the support; for three times the
 * support while nearly all members are in use and many columns wait; and it aims at 20 members at least.
 *
 * @param problem - the problem; the set goes into `design.work.workingSet`, rising, and its size into `active`
 * @param monitor - the gap, just evaluated
 */
export function chooseWorkingSet(problem: LassoProblem, monitor: GapMonitor): void {
  const { design, active, penalty } = problem;
  const { threshold, uniform, sides } = penalty;
  const { norms } = design;
  const { coefficients: w, reach, scores, selection, workingSet } = design.work;
  const { computed, way } = monitor;
  const scale = threshold > 0 ? Math.abs(monitor.scale) : 1;
  let support = 0;
  let candidates = 0;
  let violators = 0;
  for (let k = 0; k < computed; k++) {
    const j = selection[k];
    const product = reach[j] + norms[j] * way;
    const level = uniform ? threshold : penalty.level(j);
    if (w[j] !== 0 || (!uniform && level === 0 && sides[j] === BOTH_SIDES)) {
      support++;
      scores[k] = -Infinity;
      continue;
    }
    if (product > level) violators++;
    scores[k] = (level - scale * product) / norms[j];
    candidates++;
  }
  const crowded = support > 0.8 * active && violators > support;
  const room = crowded ? 3 * support : Math.min(Math.max(violators, Math.ceil(ROOM * support)), 2 * support);
  const wanted = Math.min(candidates, Math.max(SMALLEST - support, room));
  scores.copyWithin(computed, 0, computed);
  // The support comes first among the scores.
  const limit = wanted > 0 ? kthSmallest(scores.subarray(computed, 2 * computed), support + wanted) : -Infinity;
  let ties = support + wanted;
  for (let k = 0; k < computed; k++) if (scores[k] < limit) ties--;
  let count = 0;
  for (let k = 0; k < computed; k++) {
    if (scores[k] === -Infinity || scores[k] < limit || (scores[k] === limit && ties-- > 0)) {
      workingSet[count++] = selection[k];
    }
  }
  problem.active = count;
}
