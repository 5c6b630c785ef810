import { descendColumns, type Pass, restrictedGap } from './descent.js';
import type { LassoEngine } from './engine.js';
import { Extrapolation, WINDOW } from './extrapolation.js';
import { productPass, residualPass } from './inner/cost-model.js';
import type { ProductTable } from './inner/product-table.js';
import { supportStep } from './inner/support-newton.js';
import { SupportWatch } from './inner/support-watch.js';
import type { InnerTools } from './inner/tools.js';
import type { LassoProblem } from './problem/lasso-problem.js';
import type { SliceMeter } from './slices.js';

/** Most passes of one outer iteration. */
const MOST_EPOCHS = 500;
/** Passes whose savings a table of products may cost before any were made: few restricted problems are solved in less. */
const ADVANCE = 20;

/**
 * Passes of coordinate descent over the working set that keep the residual of least squares up to date, with Newton steps
 * on the support as they become due, and extrapolation while they are not.
 *
 * @param engine - the run, its working set chosen and the working set's products with the residual in `innerProducts`
 * @param tools - products of columns with one another, and what goes with them
 * @param pass - the working set
 * @param target - gap of the restricted problem at which to end
 * @param meter - counts the work between slices
 * @returns whether passes over products should go on from here: they cost less, and the table is paid for
 */
export function* residualDescent(
  engine: LassoEngine,
  tools: InnerTools,
  pass: Pass,
  target: number,
  meter: SliceMeter,
): Generator<'slice', boolean, void> {
  const { problem } = engine;
  const { design } = problem;
  const { table, account } = tools;
  const ids = pass.ids.slice(0, pass.count);
  const watch = new SupportWatch(problem, pass);
  let extrapolation: Extrapolation | undefined;
  const savings = savingsOf(problem, table, ids, pass);
  if (savings > 0 && account.buysTable(table.cost(ids), ADVANCE * savings)) return true;
  for (let epoch = 1; epoch <= MOST_EPOCHS; epoch++) {
    const changed = yield* descendColumns(problem, pass, meter);
    if (changed === 0) {
      engine.fixed = epoch === 1;
      return false;
    }
    account.book(residualPass(pass.cost / 2, changed / pass.count), savings);
    extrapolation?.keep();
    const support = watch.look();
    const due = support !== undefined && account.buysNewton(newtonPrice(problem, tools, support));
    if (epoch % WINDOW !== 0 && !due) continue;
    const { primal, gap } = yield* restrictedGap(problem, pass, meter);
    if (gap <= target) return false;
    if (savings > 0 && account.buysTable(table.cost(ids), 0)) return true;
    if (due) {
      yield* newton(engine, tools, support, meter);
      extrapolation = undefined;
      continue;
    }
    // The first passes find the support; extrapolation pays once it rests, and where a pass costs more than the
    // copy of the residual that it takes.
    if (pass.cost < design.rows) continue;
    extrapolation ??= new Extrapolation(problem, pass);
    extrapolation.extrapolate(primal);
  }
  return false;
}

/** How many multiply-adds less than a pass that keeps the residual one over products costs; negative where it costs more. */
function savingsOf({ design }: LassoProblem, table: ProductTable, ids: Int32Array, pass: Pass): number {
  const { coefficients: w } = design.work;
  let support = 0;
  let missing = 0;
  for (const j of ids) {
    if (w[j] !== 0) support++;
    if (table.slot(j) < 0) missing++;
  }
  // At least half of a new working set's room is used in the end.
  const changes = Math.max(support, ids.length / 2);
  const byResidual = residualPass(pass.cost / 2, changes / ids.length);
  return byResidual - productPass(ids.length, changes, table.held + missing);
}

/** Multiply-adds of a Newton step with the update of the residual. */
function newtonPrice({ design }: LassoProblem, { table, factor }: InnerTools, support: Int32Array): number {
  let price = table.cost(support) + factor.cost(support);
  for (const j of support) price += design.cost(j);
  return price;
}

/** A Newton step; the residual follows. */
function* newton(
  { problem }: LassoEngine,
  { table, factor, account }: InnerTools,
  support: Int32Array,
  meter: SliceMeter,
): Generator<'slice', void, void> {
  const { design, counts } = problem;
  const { coefficients: w, innerProducts: c } = design.work;
  // The table's products of sparse columns go through the same room.
  const kept = Float64Array.from(support, (j) => c[j]);
  yield* table.take(support, meter);
  for (let i = 0; i < support.length; i++) c[support[i]] = kept[i];
  const step = yield* supportStep(problem, table, factor, support, meter);
  if (step === undefined) {
    account.fail();
    return;
  }
  account.took(step.whole);
  const { columns, values, changes } = step;
  for (let i = 0; i < columns.length; i++) {
    const j = columns[i];
    if (changes[i] === 0) continue;
    w[j] = values[i];
    design.addColumn(j, -changes[i]);
    counts.columnTouches++;
    if (meter.full(design.cost(j))) yield 'slice';
  }
}
