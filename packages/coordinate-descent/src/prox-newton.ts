import { descendColumns, planPass, restrictedGap, restrictedLossGap } from './descent.js';
import type { LassoEngine } from './engine.js';
import { Extrapolation, WINDOW } from './extrapolation.js';
import { type LassoProblem, lassoProblem } from './problem/lasso-problem.js';
import type { LogisticLoss } from './problem/logistic-loss.js';
import { TRANSCENDENTAL } from './problem/logistic-loss.js';
import { openDesign } from './problem/open-design.js';
import { PLAIN } from './problem/penalty.js';
import type { SliceMeter } from './slices.js';

/** Most Newton steps of one outer iteration. */
const MOST_STEPS = 30;
/** Most passes on one quadratic model. */
const MOST_EPOCHS = 100;
/** Share of the gap of the restricted problem to which its quadratic model is solved. */
const MODEL_SHARE = 0.1;
/** Share of the predicted decrease that a step has to bring. */
const ARMIJO = 0.01;
/** Most halvings of a step. */
const HALVINGS = 40;

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
  loss: LogisticLoss,
  target: number,
  meter: SliceMeter,
): Generator<'slice', void, void> {
  const { problem } = engine;
  const { design, active } = problem;
  const { workingSet, coefficients: w, residual: r } = design.work;
  const pass = planPass(design, workingSet, active);
  const columns = yield* design.columns(workingSet, active);
  const step = new Float64Array(design.rows);
  let gap = Math.max(target, engine.monitor.gap);
  for (let newton = 0; newton < MOST_STEPS; newton++) {
    const goal = Math.max(MODEL_SHARE * gap, MODEL_SHARE * target);
    const next = yield* minimiseModel(problem, columns, loss, goal, meter);
    const direction = next.map((value, k) => value - w[workingSet[k]]);
    yield* responseOf(problem, direction, step, meter);
    let slope = 0;
    let curved = 0;
    let total = 0;
    let sum = 0;
    for (let i = 0; i < step.length; i++) {
      slope -= loss.residual[i] * step[i];
      curved += loss.curvature[i] * step[i];
      total += loss.curvature[i];
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
    for (let k = 0; k < active; k++) {
      const j = workingSet[k];
      // The whole way leads to exact zeros.
      w[j] = share === 1 ? next[k] : w[j] + share * direction[k];
    }
    for (let i = 0; i < step.length; i++) loss.linear[i] += share * step[i];
    loss.centre += share * centreStep;
    loss.settle();
    if (meter.full((4 + halvings) * TRANSCENDENTAL * design.rows)) yield 'slice';
    r.set(loss.residual);
    design.work.residualSum[0] = 0;
    gap = (yield* restrictedLossGap(problem, pass, meter)).gap;
    if (gap <= target) break;
  }
}

/** The minimiser of the quadratic model, for each column of the working set. */
function* minimiseModel(
  problem: LassoProblem,
  columns: Parameters<typeof openDesign>[0],
  loss: LogisticLoss,
  goal: number,
  meter: SliceMeter,
): Generator<'slice', Float64Array, void> {
  const { design, penalty, counts, active } = problem;
  const { rows } = design;
  const { coefficients: w, workingSet } = design.work;
  let mean = 0;
  for (const curvature of loss.curvature) mean += curvature / rows;
  // Rows whose curvature underflows still have to hold their residual.
  const least = mean * 1e-12;
  const weights = loss.curvature.map((curvature) => Math.max(curvature, least) / mean);
  const needs = { intercept: design.intercept, weights, penalised: true };
  const opened = openDesign(columns, needs, design.backend, false);
  try {
    yield* opened.design.load();
    const way = loss.residual.map((residual, i) => residual / (weights[i] * mean));
    const model = lassoProblem(
      opened,
      way.map((value, i) => value + loss.linear[i] - loss.offset[i]),
      {
        ...PLAIN,
        standardize: !penalty.uniform,
      },
    );
    model.penalty.restrict(penalty, workingSet, active);
    model.penalty.set(penalty.threshold / mean, penalty.ridge / mean);
    const { work } = opened.design;
    for (let k = 0; k < active; k++) {
      work.coefficients[k] = w[workingSet[k]];
      work.workingSet[k] = k;
    }
    // The residual at the coefficients as they are is known.
    let centre = 0;
    if (design.intercept) for (let i = 0; i < rows; i++) centre += (weights[i] * way[i]) / rows;
    for (let i = 0; i < rows; i++) work.residual[i] = Math.sqrt(weights[i]) * (way[i] - centre);
    const pass = planPass(opened.design, work.workingSet, active);
    const extrapolation = new Extrapolation(model, pass);
    for (let epoch = 1; epoch <= MOST_EPOCHS; epoch++) {
      const changed = yield* descendColumns(model, pass, meter);
      if (changed === 0) break;
      extrapolation.keep();
      if (epoch % WINDOW !== 0) continue;
      const { primal, gap } = yield* restrictedGap(model, pass, meter);
      if (gap * mean <= goal) break;
      extrapolation.extrapolate(primal);
    }
    counts.columnTouches += active + model.counts.columnTouches;
    counts.epochs += model.counts.epochs;
    counts.extrapolations += model.counts.extrapolations;
    return work.coefficients.slice(0, active);
  } finally {
    opened.dispose();
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
