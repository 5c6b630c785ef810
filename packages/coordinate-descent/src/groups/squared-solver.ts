import type { SliceMeter } from '../slices.js';
import type { GroupCurvature } from './block-step.js';
import { activeColumns, gramDescent } from './gram-descent.js';
import { GramTable } from './gram-table.js';
import type { GroupEngine, GroupSolver } from './group-engine.js';
import { groupPasses } from './group-passes.js';
import type { GroupProblem } from './group-problem.js';
import type { SquaredLoss } from './squared-loss.js';

/** Passes that a table of products may cost before any were made. */
const CREDIT = 4;

/** Passes over some columns that keep the residual; returns how many. */
type Passes = (
  engine: GroupEngine,
  columns: Int32Array,
  target: number,
  meter: SliceMeter,
) => Generator<'slice', number, void>;

/**
 * Makes what solves least squares with one output on a working set.
 *
 * @param problem - the problem
 * @param loss - its loss
 * @returns the solver
 */
export function squaredSolver(problem: GroupProblem, loss: SquaredLoss): GroupSolver {
  const table = new GramTable(problem);
  const curvatures: Map<number, GroupCurvature> = new Map();
  return passesOrProducts(
    problem,
    table,
    (engine, ids, target, meter) => groupPasses(engine, ids, curvatures, loss, target, meter),
    (engine, target, meter) => gramDescent(engine, table, loss, target, meter),
  );
}

/**
 * Makes a solver of passes that keep the residual, until these have cost as much as the products of columns with one another
 * would, from then on of passes by products. So neither costs more than twice the better one.
 *
 * @param problem - the problem
 * @param table - the products
 * @param passes - passes that keep the residual
 * @param products - what solves by products, with room for those of the working set
 * @returns the solver
 */
export function passesOrProducts(
  problem: GroupProblem,
  table: GramTable,
  passes: Passes,
  products: GroupSolver,
): GroupSolver {
  let spent = 0;
  return function* solve(engine, target, meter) {
    const ids = activeColumns(problem);
    const pass = 2 * ids.length * problem.penalty.outputs * problem.design.rows;
    const cost = table.cost(ids);
    if (cost <= spent + CREDIT * pass) {
      spent = Math.max(0, spent - cost);
      yield* products(engine, target, meter);
      return;
    }
    spent += pass * (yield* passes(engine, ids, target, meter));
  };
}
