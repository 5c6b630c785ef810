import { GramTable } from './gram-table.js';
import type { GroupSolver } from './group-engine.js';
import type { GroupProblem } from './group-problem.js';
import { multiTaskPasses } from './multi-task-passes.js';
import { multiTaskProducts } from './multi-task-products.js';
import type { SquaredLoss } from './squared-loss.js';
import { passesOrProducts } from './squared-solver.js';

/**
 * Makes what solves least squares with several outputs on a working set of rows of W, by exact steps of a row each: the row
 * goes to the block soft threshold of its products.
 *
 * @param problem - the problem, every column a group
 * @param loss - its loss
 * @returns the solver
 */
export function multiTaskSolver(problem: GroupProblem, loss: SquaredLoss): GroupSolver {
  const table = new GramTable(problem);
  return passesOrProducts(
    problem,
    table,
    (engine, ids, target, meter) => multiTaskPasses(engine, ids, loss, target, meter),
    (engine, target, meter) => multiTaskProducts(engine, table, loss, target, meter),
  );
}
