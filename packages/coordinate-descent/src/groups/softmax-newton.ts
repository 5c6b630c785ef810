import { TRANSCENDENTAL } from '../problem/logistic-loss.js';
import type { SliceMeter } from '../slices.js';
import { activeColumns } from './gram-descent.js';
import type { GroupEngine } from './group-engine.js';
import type { GroupProblem } from './group-problem.js';
import type { SoftmaxLoss } from './softmax-loss.js';
import { minimiseSoftmaxModel, price } from './softmax-model.js';
import { type WorkingColumns, workingColumns } from './working-columns.js';

/** Most Newton steps of one outer iteration. */
const MOST_STEPS = 30;
/** Share of the gap of the restricted problem to which its quadratic model is solved. */
const MODEL_SHARE = 0.1;
/** Share of the predicted decrease that a step has to bring. */
const ARMIJO = 0.01;
/** Most halvings of a step. */
const HALVINGS = 40;

/**
 * Proximal Newton steps on the columns of the working set: each minimises the quadratic model of the loss plus the penalty
 * by block coordinate descent over rows of W, and goes towards its minimiser as far as the objective falls.
 *
 * @param engine - the run, its loss refreshed and its working set chosen
 * @param loss - the loss
 * @param target - gap of the restricted problem at which to end
 * @param meter - counts the work between slices
 */
export function* softmaxNewton(
  engine: GroupEngine,
  loss: SoftmaxLoss,
  target: number,
  meter: SliceMeter,
): Generator<'slice', void, void> {
  const { problem } = engine;
  const { design, penalty, coefficients: W, scales, counts } = problem;
  const k = penalty.outputs;
  const ids = activeColumns(problem);
  const matrix = yield* design.columns(ids, ids.length);
  const columns = workingColumns(matrix, scales && Float64Array.from(ids, (j) => scales[j]));
  // Sparse columns are not centred: what their means do to X W goes to the intercepts.
  const means =
    design.intercept && 'indptr' in matrix
      ? Float64Array.from(ids, (j) => design.means[j] * (scales?.[j] ?? 1))
      : undefined;
  const step = new Float64Array(loss.linear.length);
  const row = new Float64Array(k);
  let gap = Math.max(target, engine.monitor.gap);
  for (let newton = 0; newton < MOST_STEPS; newton++) {
    const goal = MODEL_SHARE * Math.max(gap, target);
    const { next, centreStep } = yield* minimiseSoftmaxModel(problem, columns, ids, loss, goal, meter);
    step.fill(0);
    const shift = new Float64Array(k);
    let moved = centreStep.some((value) => value !== 0);
    for (let s = 0; s < ids.length; s++) {
      let some = false;
      for (let c = 0; c < k; c++) {
        row[c] = next[s * k + c] - W[ids[s] * k + c];
        if (row[c] !== 0) some = true;
        if (means !== undefined) shift[c] += means[s] * row[c];
      }
      if (!some) continue;
      moved = true;
      columns.add(s, row, k, step);
      counts.columnTouches += k;
      if (meter.full(k * columns.cost(s))) yield 'slice';
    }
    if (!moved) {
      engine.fixed = newton === 0;
      break;
    }
    let slope = 0;
    for (let c = 0, e = 0; c < k; c++) {
      for (let i = 0; i < design.rows; i++, e++) slope -= loss.residual[e] * (step[e] + centreStep[c]);
    }
    const before = price(problem, ids, next, 0);
    slope += price(problem, ids, next, 1) - before;
    if (!(slope < 4 * Number.EPSILON * loss.zeroValue)) break;
    let share = 1;
    let halvings = 0;
    for (; halvings < HALVINGS; halvings++, share /= 2) {
      const value = loss.valueAt(step, centreStep, share) + price(problem, ids, next, share);
      if (value <= loss.value + before + ARMIJO * share * slope + 4 * Number.EPSILON * loss.zeroValue) break;
      if (meter.full(TRANSCENDENTAL * step.length)) yield 'slice';
    }
    if (halvings === HALVINGS) break;
    for (let s = 0; s < ids.length; s++) {
      for (let c = 0; c < k; c++) {
        const e = ids[s] * k + c;
        // The whole way leads to exact zeros.
        W[e] = share === 1 ? next[s * k + c] : W[e] + share * (next[s * k + c] - W[e]);
      }
    }
    for (let c = 0, e = 0; c < k; c++) {
      for (let i = 0; i < design.rows; i++, e++) loss.linear[e] += share * (step[e] - shift[c]);
      loss.centres[c] += share * (centreStep[c] + shift[c]);
    }
    yield* loss.settle();
    if (meter.full((2 * TRANSCENDENTAL + k) * step.length)) yield 'slice';
    gap = yield* restrictedGap(problem, columns, ids, loss, meter);
    if (gap <= target) break;
  }
}

/** The gap of the restricted problem at the loss as it was evaluated: it steers and certifies nothing. */
function* restrictedGap(
  problem: GroupProblem,
  columns: WorkingColumns,
  ids: Int32Array,
  loss: SoftmaxLoss,
  meter: SliceMeter,
): Generator<'slice', number, void> {
  const { penalty, products: C, coefficients: W, counts } = problem;
  const { outputs: k, ridge } = penalty;
  const row = new Float64Array(k);
  let ratio = 1;
  let value = loss.value;
  counts.columnTouches += k * ids.length;
  for (let s = 0; s < ids.length; s++) {
    const j = ids[s];
    columns.products(s, loss.residual, k, row);
    C.set(row, j * k);
    value += penalty.value(j, W);
    const level = penalty.level(j);
    if (level > 0) ratio = Math.max(ratio, penalty.reach(j, C, W, ridge) / level);
    if (meter.full(k * columns.cost(s))) yield 'slice';
  }
  const scale = 1 / ratio;
  let dual = loss.dual(scale);
  if (ridge > 0) for (const j of ids) dual -= penalty.conjugate(j, C, scale);
  return value - dual;
}
