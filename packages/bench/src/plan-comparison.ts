import { digestJson, InvalidInputError, type JsonValue } from '@lemmata/core';
import type { PairTiming, PlannedComparison } from './comparison.js';
import { RUNNER_VERSION } from './identity.js';
import type { PlannedTask } from './plan.js';
import { type CellChoice, selectCell } from './select-cell.js';

/** What is to be compared. */
export interface ComparisonRequest {
  /** What the cell is. */
  readonly cell: CellChoice;
  /** Labels of the two solvers; the same one twice compares it with itself. */
  readonly solvers: readonly [string, string];
  /** Number of pairs, an integer >= 1. */
  readonly pairs: number;
  /** How long each process times. */
  readonly timing: PairTiming;
}

/**
 * Plans a comparison of two solvers on one cell.
 *
 * @param tasks - the tasks of a suite
 * @param request - cell, solvers, pairs
 * @returns the comparison
 * @throws InvalidInputError `ERR_INPUT` when the cell or a solver is not there
 */
export async function planComparison(
  tasks: readonly PlannedTask[],
  { cell, solvers, pairs, timing }: ComparisonRequest,
): Promise<PlannedComparison> {
  const contenders = selectCell(tasks, cell);
  const [first, second] = solvers.map((label) => {
    const found = contenders.find(({ solver }) => solver.label === label);
    if (found !== undefined) return found;
    const labels = contenders.map(({ solver }) => solver.label).join(', ');
    throw new InvalidInputError(`solvers: expected two of ${labels}, got ${label}`, 'ERR_INPUT');
  });
  const identity = { runner: RUNNER_VERSION, first: first.taskKey, second: second.taskKey, pairs, timing };
  const comparisonKey = await digestJson(identity as unknown as JsonValue);
  return { comparisonKey, suite: first.suite, first, second, pairs, timing };
}
