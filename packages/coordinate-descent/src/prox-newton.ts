import { planPass, restrictedLossGap } from './descent.js';
import type { LassoEngine } from './engine.js';
import { minimiseModel } from './newton-model.js';
import type { LassoProblem } from './problem/lasso-problem.js';
import { type RowSumLoss, TRANSCENDENTAL } from './problem/row-sum-loss.js';
import type { SliceMeter } from './slices.js';

/** Most Newton steps of one outer iteration. */
const MOST_STEPS = 30;
/** Share of the gap of the restricted problem to which its quadratic model is solved. */
const MODEL_SHARE = 0.1;
/** Share of the predicted decrease that a step has to bring. */
const ARMIJO = 0.01;
/** Most halvings of a step. */
const HALVINGS = 40;
/** First share of the largest curvature of a row that its curvature in a model has at least, where the loss needs one. */
const FIRST_SHARE = 1e-3;
/** What a full step divides that share by, and a shortened one multiplies it by. */
const SHARE_STEP = 10;
/** Smallest and largest such share. */
const [LAST_SHARE, MOST_SHARE] = [1e-4, 1e-1];

/**
 * Proximal Newton steps on the columns of the working set: each minimises the quadratic model of the loss plus the penalty
 * by coordinate descent, as a least squares problem whose rows are weighted by the curvature, and goes towards its
 * minimiser as far as the objective falls.
 *
 * @param engine - the run, its loss refreshed and its working set chosen
 * @param loss - the loss
 * @param target - gap of the restricted problem at which to end
 * @param meter - counts the work between slices
 */
export function* proxNewton(
  engine: LassoEngine,
  loss: RowSumLoss,
  target: number,
  meter: SliceMeter,
): Generator<'slice', void, void> {
  const { problem } = engine;
  const { design, active } = problem;
  const { workingSet, coefficients: w, residual: r } = design.work;
  if (active === 0) {
    engine.fixed = true;
    return;
  }
  const pass = planPass(design, workingSet, active);
  const columns = yield* design.columns(workingSet, active);
  const step = new Float64Array(design.rows);
  let gap = Math.max(target, engine.monitor.gap);
  let least = FIRST_SHARE;
  for (let newton = 0; newton < MOST_STEPS; newton++) {
    const goal = Math.max(MODEL_SHARE * gap, MODEL_SHARE * target);
    const curvature = loss.modelCurvature(least);
    const next = yield* minimiseModel(problem, columns, loss, curvature, goal, meter);
    const direction = next.map((value, k) => value - w[workingSet[k]]);
    yield* responseOf(problem, direction, step, meter);
    let slope = 0;
    let curved = 0;
    let total = 0;
    let sum = 0;
    for (let i = 0; i < step.length; i++) {
      slope -= loss.residual[i] * step[i];
      curved += curvature[i] * step[i];
      total += curvature[i];
      sum += loss.residual[i];
    }
    const centreStep = design.intercept ? (sum - curved) / total : 0;
    slope -= sum * centreStep;
    const before = price(problem, direction, 0);
    slope += price(problem, direction, 1) - before;
    // The model finds nothing to move. A slope that is all rounding is no reason to end: coefficients settle after values.
    if (direction.every((d) => d === 0) && centreStep === 0) {
      engine.fixed = newton === 0;
      break;
    }
    if (!(slope < 4 * Number.EPSILON * loss.zeroValue)) break;
    let share = 1;
    let halvings = 0;
    for (; halvings < HALVINGS; halvings++, share /= 2) {
      const value = loss.valueAt(step, share, loss.centre + share * centreStep) + price(problem, direction, share);
      if (value <= loss.value + before + ARMIJO * share * slope + 4 * Number.EPSILON * loss.zeroValue) break;
    }
    if (halvings === HALVINGS) break;
    least = share === 1 ? Math.max(LAST_SHARE, least / SHARE_STEP) : Math.min(MOST_SHARE, least * SHARE_STEP);
    for (let k = 0; k < active; k++) {
      const j = workingSet[k];
      // The whole way leads to exact zeros.
      w[j] = share === 1 ? next[k] : w[j] + share * direction[k];
    }
    for (let i = 0; i < step.length; i++) loss.linear[i] += share * step[i];
    loss.centre += share * centreStep;
    loss.settle();
    if (loss.straight) yield* loss.solveFree(problem);
    if (meter.full((4 + halvings) * TRANSCENDENTAL * design.rows)) yield 'slice';
    r.set(loss.residual);
    design.work.residualSum[0] = 0;
    gap = (yield* restrictedLossGap(problem, pass, meter)).gap;
    if (gap <= target) break;
  }
}

/** step = X d over the working set; uses the residual as room. */
function* responseOf(
  { design, active }: LassoProblem,
  direction: Float64Array,
  step: Float64Array,
  meter: SliceMeter,
): Generator<'slice', void, void> {
  const { residual: r, residualSum, workingSet } = design.work;
  r.fill(0);
  residualSum[0] = 0;
  for (let k = 0; k < active; k++) {
    if (direction[k] === 0) continue;
    design.addColumn(workingSet[k], direction[k]);
    if (meter.full(design.cost(workingSet[k]))) yield 'slice';
  }
  const shift = design.intercept ? residualSum[0] / design.rows : 0;
  for (let i = 0; i < step.length; i++) step[i] = r[i] - shift;
}

/** The penalty a share of the way on. */
function price({ design, penalty, active }: LassoProblem, direction: Float64Array, share: number): number {
  const { coefficients: w, workingSet } = design.work;
  let sum = 0;
  for (let k = 0; k < active; k++) {
    const value = w[workingSet[k]] + share * direction[k];
    sum += penalty.plain ? penalty.threshold * Math.abs(value) : penalty.value(workingSet[k], value);
  }
  return sum;
}
