import { type Pass, restrictedGapAt } from '../descent.js';
import type { LassoEngine } from '../engine.js';
import { SLICE, type SliceMeter } from '../slices.js';
import { productPass } from './cost-model.js';
import type { ProductTable } from './product-table.js';
import { type SupportStep, supportStep } from './support-newton.js';
import { SupportWatch } from './support-watch.js';
import type { InnerTools } from './tools.js';

/** Most passes of one outer iteration. */
const MOST_EPOCHS = 1000;

/**
 * Coordinate descent on the working set by products of columns alone: the products c of the columns with the residual
 * follow a change of w_j by those of column j with all others, and the residual waits. With r_0, c_0, w_0 at the start,
 * |r|^2 = |r_0|^2 - (w - w_0) . (c_0 + c), so that the restricted gap costs nothing beside a pass and is looked at after
 * each. Newton steps on the support come in as they become due. Since passes cost little beside an evaluation of the full
 * gap, they go on to what the run asks for in the end, whatever the gap is now.
 *
 * @param engine - the run; its working set's products with the residual are in `innerProducts`
 * @param tools - a table with room for the working set, and what goes with it
 * @param pass - the working set
 * @param meter - counts the work between slices
 */
export function* productDescent(
  engine: LassoEngine,
  tools: InnerTools,
  pass: Pass,
  meter: SliceMeter,
): Generator<'slice', void, void> {
  const { problem, finalTarget } = engine;
  const { table, factor, account } = tools;
  const { design } = problem;
  const { coefficients: w, innerProducts: c } = design.work;
  const { count } = pass;
  const ids = pass.ids.slice(0, count);
  const c0 = Float64Array.from(ids, (j) => c[j]);
  const w0 = Float64Array.from(ids, (j) => w[j]);
  const square0 = design.residualSquare();
  yield* table.take(ids, meter);
  load(engine, table, ids, c0);
  const watch = new SupportWatch(problem, pass);
  for (let epoch = 1; epoch <= MOST_EPOCHS; epoch++) {
    const changed = yield* descendProducts(engine, table, count, meter);
    if (changed === 0) {
      engine.fixed = epoch === 1;
      break;
    }
    account.book(productPass(count, changed, table.held), 0);
    unload(engine, table, ids);
    let square = square0;
    let fitted = 0;
    for (let k = 0; k < count; k++) {
      const j = ids[k];
      square -= (w[j] - w0[k]) * (c0[k] + c[j]);
      fitted += c[j] * w[j];
    }
    square = Math.max(0, square);
    if (restrictedGapAt(problem, pass, square, square + fitted).gap <= finalTarget) break;
    const support = watch.look();
    if (support === undefined) continue;
    if (!account.buysNewton(factor.cost(support) + support.length * table.held)) continue;
    const step = yield* supportStep(problem, table, factor, support, meter);
    if (step === undefined) {
      account.fail();
      continue;
    }
    account.took(step.whole);
    yield* apply(table, step, meter);
  }
  unload(engine, table, ids);
}

/** Brings coefficients, products and penalty of the working set to their slots. */
function load({ problem }: LassoEngine, table: ProductTable, ids: Int32Array, c0: Float64Array): void {
  const { penalty, design } = problem;
  const { pulls, values, order, l1, l2, lower, upper } = table.memory.arena.views;
  pulls.fill(0);
  for (let k = 0; k < ids.length; k++) {
    const j = ids[k];
    const s = table.slot(j);
    order[k] = s;
    pulls[s] = c0[k];
    values[s] = design.work.coefficients[j];
    l1[s] = penalty.uniform ? 1 : penalty.vectors.l1[j];
    l2[s] = penalty.uniform ? 1 : penalty.vectors.l2[j];
    lower[s] = penalty.uniform ? -Infinity : penalty.vectors.lower[j];
    upper[s] = penalty.uniform ? Infinity : penalty.vectors.upper[j];
  }
}

/** Brings coefficients and products of the working set back. */
function unload({ problem }: LassoEngine, table: ProductTable, ids: Int32Array): void {
  const { coefficients: w, innerProducts: c } = problem.design.work;
  const { pulls, values } = table.memory.arena.views;
  for (let k = 0; k < ids.length; k++) {
    const s = table.slot(ids[k]);
    w[ids[k]] = values[s];
    c[ids[k]] = pulls[s];
  }
}

/** One pass; returns how many coefficients changed. */
function* descendProducts(
  { problem }: LassoEngine,
  table: ProductTable,
  count: number,
  meter: SliceMeter,
): Generator<'slice', number, void> {
  const { threshold, ridge } = problem.penalty;
  const { arena, room, descent } = table.memory;
  const { products, pulls, values, order, ...vectors } = arena.views;
  const most = Math.max(1, Math.floor(SLICE / table.held));
  let changed = 0;
  for (let from = 0; from < count; from += most) {
    const piece = order.subarray(from, Math.min(count, from + most));
    const moved = descent.gramEpoch(
      ...([piece, piece.length, products, room, table.held, pulls, values, threshold, ridge, vectors] as const),
    );
    changed += moved;
    if (meter.full(productPass(piece.length, moved, table.held))) yield 'slice';
  }
  problem.counts.productEpochs++;
  return changed;
}

/** Takes a step: coefficients and products of the slots move. */
function* apply(
  table: ProductTable,
  { columns, values: after, changes }: SupportStep,
  meter: SliceMeter,
): Generator<'slice', void, void> {
  const { arena, room, kernels } = table.memory;
  const { products, pulls, values } = arena.views;
  const all = pulls.subarray(0, table.held);
  for (let i = 0; i < columns.length; i++) {
    if (changes[i] === 0) continue;
    const s = table.slot(columns[i]);
    values[s] = after[i];
    kernels.axpy(-changes[i], products.subarray(s * room, s * room + table.held), all);
    if (meter.full(table.held)) yield 'slice';
  }
}
