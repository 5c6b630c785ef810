import { planPass } from '../descent.js';
import type { LassoEngine } from '../engine.js';
import type { LassoProblem } from '../problem/lasso-problem.js';
import { residualDescent } from '../residual-descent.js';
import type { SliceMeter } from '../slices.js';
import { Account } from './account.js';
import { productDescent } from './product-descent.js';
import { ProductTable } from './product-table.js';
import { SupportFactor } from './support-factor.js';

/**
 * Solves least squares on a working set: by passes that keep the residual, by passes over products of columns, with Newton
 * steps on the support in both. Which of them is decided by counted operations: see `cost-model.ts` and {@link Account}.
 * The products of columns last over a path.
 */
export class LeastSquaresSolver {
  readonly #account: Account = new Account();
  readonly #table: ProductTable;
  readonly #factor: SupportFactor;

  /** @param problem - the problem */
  constructor(problem: LassoProblem) {
    this.#table = new ProductTable(problem);
    this.#factor = new SupportFactor(problem, this.#table);
  }

  /**
   * Solves the problem restricted to the working set; to the end of the run where that is cheap beside an evaluation.
   *
   * @param engine - the run, its working set chosen
   * @param target - gap of the restricted problem at which to end
   * @param meter - counts the work between slices
   */
  *solve(engine: LassoEngine, target: number, meter: SliceMeter): Generator<'slice', void, void> {
    const { problem } = engine;
    const pass = planPass(problem.design, problem.design.work.workingSet, problem.active);
    const tools = { table: this.#table, factor: this.#factor, account: this.#account };
    this.#account.restart();
    const before = problem.counts.epochs;
    if (!(yield* residualDescent(engine, tools, pass, target, meter))) return;
    yield* productDescent(engine, tools, pass, meter);
    // Passes that kept the residual had changed something before.
    if (problem.counts.epochs > before) engine.fixed = false;
  }

  /** Releases the memory. */
  dispose(): void {
    this.#table.dispose();
  }
}
