import { kthSmallest } from '../rules/kth-smallest.js';
import type { GroupMonitor } from './group-gap.js';
import type { GroupProblem } from './group-problem.js';

/** Smallest number of groups that a working set aims at. */
const SMALLEST = 10;
/** Room beside the support, as a share of it. */
const ROOM = 0.5;

/**
 * Chooses the groups that the inner solver works on, after an evaluation of the gap: all of the support and those without
 * penalty, then those whose dual constraints are nearest. The rule is that of `chooseWorkingSet` with groups in place of columns.
 *
 * @param problem - the problem; the set goes into `workingSet`, rising, and its size into `active`
 * @param monitor - the gap, just evaluated
 */
export function chooseGroups(problem: GroupProblem, monitor: GroupMonitor): void {
  const { penalty, norms, workingSet, active, products: C, coefficients: W } = problem;
  const { count } = penalty.groups;
  const scale = penalty.threshold > 0 ? monitor.scale : 1;
  const scores = new Float64Array(count).fill(Infinity);
  const outside = new Float64Array(count);
  let support = 0;
  let candidates = 0;
  let violators = 0;
  for (let g = 0; g < count; g++) {
    if (monitor.computed[g] === 0 || monitor.screened[g] === 1) continue;
    if (penalty.isFree(g) || hasSupport(problem, g, W)) {
      support++;
      scores[g] = -Infinity;
      continue;
    }
    const level = penalty.level(g);
    const size = penalty.reach(g, C, W, 0);
    if (size > level) violators++;
    scores[g] = (level - scale * size) / norms[g];
    outside[candidates++] = scores[g];
  }
  const crowded = support > 0.8 * active && violators > support;
  const room = crowded ? 3 * support : Math.min(Math.max(violators, Math.ceil(ROOM * support)), 2 * support);
  const wanted = Math.min(candidates, Math.max(SMALLEST - support, room));
  const limit = wanted > 0 ? kthSmallest(outside.subarray(0, candidates), wanted) : -Infinity;
  let ties = wanted;
  for (let g = 0; g < count; g++) if (scores[g] !== -Infinity && scores[g] < limit) ties--;
  let next = 0;
  for (let g = 0; g < count; g++) {
    const score = scores[g];
    if (score === Infinity) continue;
    if (score === -Infinity || score < limit || (score === limit && ties-- > 0)) workingSet[next++] = g;
  }
  problem.active = next;
}

/** Whether some coefficient of a group is not 0. */
export function hasSupport({ penalty }: GroupProblem, g: number, W: Float64Array): boolean {
  const { starts, members } = penalty.groups;
  const k = penalty.outputs;
  for (let s = starts[g]; s < starts[g + 1]; s++) {
    for (let e = members[s] * k; e < (members[s] + 1) * k; e++) if (W[e] !== 0) return true;
  }
  return false;
}
