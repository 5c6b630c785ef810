import type { SliceMeter } from '../slices.js';
import { blockMinimiser, curvatureOf, type GroupCurvature } from './block-step.js';
import { activeColumns, gramDescent } from './gram-descent.js';
import { GramTable } from './gram-table.js';
import type { GroupEngine, GroupSolver } from './group-engine.js';
import type { GroupProblem } from './group-problem.js';
import type { SquaredLoss } from './squared-loss.js';
import { type WorkingColumns, workingColumns } from './working-columns.js';

/** Most passes of one outer iteration that keep the residual. */
const EPOCHS = 20;
/** A pass that lowers the model by less than this share of the target is the last one. */
const LAST_SHARE = 0.003;
/** Passes that a table of products may cost before any were made. */
const CREDIT = 4;

/**
 * Makes what solves least squares on a working set: by passes that keep the residual, until these have cost as much as the
 * products of columns with one another would, from then on by products. So neither costs more than twice the better one.
 *
 * @param problem - the problem
 * @param loss - its loss
 * @returns the solver
 */
export function squaredSolver(problem: GroupProblem, loss: SquaredLoss): GroupSolver {
  const table = new GramTable(problem);
  const curvatures: Map<number, GroupCurvature> = new Map();
  let spent = 0;
  return function* solve(engine, target, meter) {
    const ids = activeColumns(problem);
    const pass = 2 * ids.length * problem.penalty.outputs * problem.design.rows;
    const cost = table.cost(ids);
    if (cost <= spent + CREDIT * pass) {
      spent = Math.max(0, spent - cost);
      yield* gramDescent(engine, table, loss, target, meter);
      return;
    }
    spent += pass * (yield* residualPasses(engine, ids, curvatures, loss, target, meter));
  };
}

/** Passes over the working set that keep the residual, with exact steps of blocks; returns how many. */
function* residualPasses(
  engine: GroupEngine,
  ids: Int32Array,
  curvatures: Map<number, GroupCurvature>,
  loss: SquaredLoss,
  target: number,
  meter: SliceMeter,
): Generator<'slice', number, void> {
  const { problem } = engine;
  const { design, penalty, coefficients: W, workingSet, active, counts, scales } = problem;
  const { starts } = penalty.groups;
  const k = penalty.outputs;
  const matrix = yield* design.columns(ids, ids.length);
  const columns = workingColumns(matrix, scales && Float64Array.from(ids, (j) => scales[j]));
  const R = loss.residual;
  const direction = design.roots ?? new Float64Array(design.rows).fill(1);
  const product = new Float64Array(k);
  const change = new Float64Array(k);
  for (let epoch = 1; epoch <= EPOCHS; epoch++) {
    let changed = 0;
    let decrease = 0;
    for (let a = 0, first = 0; a < active; a++) {
      const g = workingSet[a];
      const size = starts[g + 1] - starts[g];
      let curvature = curvatures.get(g);
      if (curvature === undefined) {
        curvature = curvatureOf(ownProducts(columns, first, size, design.rows), size);
        curvatures.set(g, curvature);
        counts.columnTouches += size * size;
        if (meter.full(size * size * design.rows)) yield 'slice';
      }
      const c = new Float64Array(size * k);
      const w = new Float64Array(size * k);
      const next = new Float64Array(size * k);
      for (let s = 0; s < size; s++) {
        columns.products(first + s, R, k, product);
        c.set(product, s * k);
        w.set(W.subarray(ids[first + s] * k, (ids[first + s] + 1) * k), s * k);
        if (meter.full(k * columns.cost(first + s))) yield 'slice';
      }
      blockMinimiser(curvature, c, w, penalty.level(g), penalty.ridge, penalty.entrywise, next);
      const steepest = curvature.values.reduce((most, value) => Math.max(most, value), 0);
      for (let s = 0; s < size; s++) {
        let moved = false;
        for (let o = 0; o < k; o++) {
          const e = s * k + o;
          change[o] = w[e] - next[e];
          if (change[o] !== 0) moved = true;
          decrease += (steepest * change[o] * change[o]) / 2;
          W[ids[first + s] * k + o] = next[e];
        }
        if (!moved) continue;
        changed++;
        columns.add(first + s, change, k, R);
        if (meter.full(k * columns.cost(first + s))) yield 'slice';
      }
      first += size;
    }
    // Sparse columns are not centred: the intercept takes up their means.
    if (design.intercept) centreOutputs(R, direction, k);
    counts.epochs++;
    counts.columnTouches += k * (ids.length + changed);
    if (changed === 0) engine.fixed = epoch === 1;
    if (!(decrease > LAST_SHARE * target)) return epoch;
  }
  return EPOCHS;
}

/** The products of a group's columns with one another. */
function ownProducts(columns: WorkingColumns, first: number, size: number, rows: number): Float64Array {
  const a = new Float64Array(size * size);
  const column = new Float64Array(rows);
  const one = Float64Array.of(1);
  const product = new Float64Array(1);
  for (let s = 0; s < size; s++) {
    column.fill(0);
    columns.add(first + s, one, 1, column);
    for (let t = 0; t <= s; t++) {
      columns.products(first + t, column, 1, product);
      a[s * size + t] = product[0];
      a[t * size + s] = product[0];
    }
  }
  return a;
}

/** Makes every output orthogonal to a direction of squared length m. */
function centreOutputs(R: Float64Array, direction: Float64Array, k: number): void {
  const m = direction.length;
  for (let o = 0; o < k; o++) {
    let mean = 0;
    for (let i = 0; i < m; i++) mean += direction[i] * R[o * m + i];
    mean /= m;
    for (let i = 0; i < m; i++) R[o * m + i] -= direction[i] * mean;
  }
}
