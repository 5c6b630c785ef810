import { TRANSCENDENTAL } from '../problem/row-sum-loss.js';
import type { SliceMeter } from '../slices.js';
import { activeColumns } from './gram-descent.js';
import type { GroupEngine } from './group-engine.js';
import type { GroupProblem } from './group-problem.js';
import type { SoftmaxLoss } from './softmax-loss.js';
import { minimiseSoftmaxModel, price } from './softmax-model.js';
import { SoftmaxRoom } from './softmax-room.js';

/** Most Newton steps of one outer iteration. */
const MOST_STEPS = 30;
/** Share of the predicted decrease that a step has to bring. */
const ARMIJO = 0.01;
/** Most halvings of a step. */
const HALVINGS = 40;

/**
 * Proximal Newton steps on the columns of the working set: each minimises the quadratic model of the loss plus the penalty
 * by coordinate descent, and goes towards its minimiser as far as the objective falls.
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
  const { design, penalty, scales } = engine.problem;
  const ids = activeColumns(engine.problem);
  const matrix = yield* design.columns(ids, ids.length);
  const scaled = scales && Float64Array.from(ids, (j) => scales[j]);
  const room = new SoftmaxRoom(matrix, loss.weights, penalty.outputs, design.backend);
  try {
    yield* room.load(matrix, scaled, meter);
    yield* newtonSteps(engine, room, ids, loss, target, meter);
  } finally {
    room.dispose();
  }
}

function* newtonSteps(
  engine: GroupEngine,
  room: SoftmaxRoom,
  ids: Int32Array,
  loss: SoftmaxLoss,
  target: number,
  meter: SliceMeter,
): Generator<'slice', void, void> {
  const { problem } = engine;
  const { coefficients: W } = problem;
  const { w, count: p, classes: k } = room;
  ids.forEach((j, s) => {
    for (let c = 0; c < k; c++) w[c * p + s] = W[j * k + c];
  });
  const start = new Float64Array(w.length);
  const step = new Float64Array(loss.linear.length);
  yield* restrictedGap(problem, room, ids, loss, meter);
  for (let newton = 0; newton < MOST_STEPS; newton++) {
    start.set(w);
    yield* minimiseSoftmaxModel(problem, room, loss, meter);
    const { moves, slope } = yield* stepOf(room, start, step, meter);
    problem.counts.columnTouches += moves;
    const before = price(problem, w, start, 0, p);
    const falls = slope + price(problem, w, start, 1, p) - before;
    if (moves === 0 && room.centreStep.every((value) => value === 0)) {
      engine.fixed = newton === 0;
      break;
    }
    const rounding = 4 * Number.EPSILON * loss.zeroValue;
    if (!(falls < rounding)) break;
    let share = 1;
    let halvings = 0;
    for (; halvings < HALVINGS; halvings++, share /= 2) {
      const value = loss.valueAt(step, room.centreStep, share) + price(problem, w, start, share, p);
      if (value <= loss.value + before + ARMIJO * share * falls + rounding) break;
      if (meter.full(TRANSCENDENTAL * step.length)) yield 'slice';
    }
    if (halvings === HALVINGS) break;
    // The whole way leads to exact zeros.
    if (share < 1) for (let e = 0; e < w.length; e++) w[e] = start[e] + share * (w[e] - start[e]);
    moveLoss(problem, room, ids, loss, step, share);
    ids.forEach((j, s) => {
      for (let c = 0; c < k; c++) W[j * k + c] = w[c * p + s];
    });
    yield* loss.settle();
    if (meter.full((2 * TRANSCENDENTAL + k) * step.length)) yield 'slice';
    if ((yield* restrictedGap(problem, room, ids, loss, meter)) <= target) break;
  }
}

/** Where the model leads: Z = A D into `step`, how many coefficients move, and the slope of the loss, -(A'R) . D. */
function* stepOf(
  room: SoftmaxRoom,
  start: Float64Array,
  step: Float64Array,
  meter: SliceMeter,
): Generator<'slice', { readonly moves: number; readonly slope: number }, void> {
  const { w, slopes, step: D, Y } = room;
  let moves = 0;
  let slope = 0;
  for (let e = 0; e < w.length; e++) {
    D[e] = w[e] - start[e];
    if (D[e] === 0) continue;
    moves++;
    slope -= D[e] * slopes[e];
  }
  Y.fill(0);
  yield* room.combine(D, Y, meter);
  step.set(Y);
  return { moves, slope };
}

/** Moves the loss along. What the means of sparse columns, which are not centred, do to A W goes to the intercepts. */
function moveLoss(
  { design, scales }: GroupProblem,
  { step: D, centreStep, columns, count, classes }: SoftmaxRoom,
  ids: Int32Array,
  loss: SoftmaxLoss,
  step: Float64Array,
  share: number,
): void {
  const uncentred = design.intercept && columns.indptr.length > 0;
  for (let c = 0, e = 0; c < classes; c++) {
    let shift = 0;
    if (uncentred) {
      for (let s = 0; s < count; s++) shift += design.means[ids[s]] * (scales?.[ids[s]] ?? 1) * D[c * count + s];
    }
    for (let i = 0; i < design.rows; i++, e++) loss.linear[e] += share * (step[e] - shift);
    loss.centres[c] += share * (centreStep[c] + shift);
  }
}

/**
 * Products A'R of the working set, and the gap of the restricted problem at the loss as it was evaluated, which steers and
 * certifies nothing.
 */
function* restrictedGap(
  problem: GroupProblem,
  room: SoftmaxRoom,
  ids: Int32Array,
  loss: SoftmaxLoss,
  meter: SliceMeter,
): Generator<'slice', number, void> {
  const { penalty, products: C, coefficients: W, counts } = problem;
  const { outputs: k, ridge } = penalty;
  const { slopes, count } = room;
  room.Y.set(loss.residual);
  yield* room.products(room.Y, slopes, meter);
  counts.columnTouches += slopes.length;
  let ratio = 1;
  let value = loss.value;
  for (let s = 0; s < count; s++) {
    const j = ids[s];
    for (let c = 0; c < k; c++) C[j * k + c] = slopes[c * count + s];
    value += penalty.value(j, W);
    const level = penalty.level(j);
    if (level > 0) ratio = Math.max(ratio, penalty.reach(j, C, W, ridge) / level);
  }
  const scale = 1 / ratio;
  let dual = loss.dual(scale);
  if (ridge > 0) for (const j of ids) dual -= penalty.conjugate(j, C, scale);
  return value - dual;
}
