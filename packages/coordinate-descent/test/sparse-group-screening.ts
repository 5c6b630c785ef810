import { randomStream } from '@lemmata/core';
import { GroupEngine } from '../src/groups/group-engine.js';
import { groupLassoTask, openGroupDesign } from '../src/groups/group-lasso-algorithm.js';
import { groupLassoSettings } from '../src/groups/group-lasso-options.js';
import { loadGroups } from '../src/groups/group-problem.js';
import { groupLasso, groupLassoIterations, groupLassoLambdaMax } from '../src/index.js';
import { testProblem } from './problems.js';

/** Groups of twelve columns. */
export const SCREENED_GROUPS = [[0, 4], [1], [2, 3, 5], [6, 7, 8, 9], [10, 11]];

/**
 * Screens at every outer iteration of runs on random designs, with and without a share of L1 and weights of 0.
 *
 * @returns groups of the support that were ruled out, and groups that were ruled out at all
 */
export function screenSparseGroups(count: number, seed: string): { readonly wrong: number; readonly screened: number } {
  const GROUPS = SCREENED_GROUPS;
  const stream = randomStream(seed);
  let wrong = 0;
  let screened = 0;
  for (let k = 0; k < count; k++) {
    const m = 6 + (k % 13);
    const { rows, sparse, b } = testProblem(`${seed} ${k}`, m, 12, k % 3 === 0 ? 0.4 : 1, k % 5 === 0 ? 1 : 0);
    const A = k % 3 === 0 ? sparse : rows;
    const l1Share = [0, 0.3, 0.7, 1][k % 4];
    const weights = GROUPS.map((_, g) => (k % 7 === 0 && g === 1 ? 0 : 0.3 + stream.uniform()));
    const shape = { groups: GROUPS, weights, l1Share, intercept: k % 2 === 0 };
    const lambda = groupLassoLambdaMax(A, b, shape) / [1.5, 4, 20][(k >> 1) % 3];
    const options = { ...shape, lambda, tolerance: 1e-12, backend: 'js' as const };
    const exact = groupLasso(A, b, options);
    const settings = groupLassoSettings('groupLasso', options);
    const opened = openGroupDesign(A, settings);
    const task = groupLassoTask(opened, b, settings);
    for (const _ of loadGroups(task.problem, opened, task));
    const engine = new GroupEngine(task.problem, task.inner);
    engine.start(lambda, 1, 1e-12);
    task.problem.active = GROUPS.length;
    task.problem.workingSet.set(GROUPS.map((_, g) => g));
    for (const state of groupLassoIterations(A, b, options)) {
      task.problem.coefficients.set(state.coefficients);
      for (const _ of engine.monitor.evaluate());
      engine.monitor.screen();
    }
    // A coefficient counts as one of the support where it is larger than what the gap leaves open.
    GROUPS.forEach((ids, g) => {
      const size = Math.max(...ids.map((j) => Math.abs(exact.coefficients[j])));
      if (size > 1e-4 && engine.monitor.screened[g] === 1) wrong++;
    });
    screened += engine.monitor.screened.reduce((sum, value) => sum + value, 0);
    opened.dispose();
  }
  return { wrong, screened };
}
