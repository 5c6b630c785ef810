import { scatter } from '../problem/best-iterate.js';
import { newCounts } from '../problem/lasso-problem.js';
import type { LogisticLoss } from '../problem/logistic-loss.js';
import { openDesign } from '../problem/open-design.js';
import { TRANSCENDENTAL } from '../problem/row-sum-loss.js';
import type { SliceMeter } from '../slices.js';
import { activeColumns } from './gram-descent.js';
import { GroupEngine } from './group-engine.js';
import type { GroupLogisticLoss } from './group-logistic-loss.js';
import { GroupPenalty } from './group-penalty.js';
import { type GroupProblem, groupProblem, loadGroups } from './group-problem.js';
import { SquaredLoss } from './squared-loss.js';
import { squaredSolver } from './squared-solver.js';

/** Most Newton steps of one outer iteration. */
const MOST_STEPS = 30;
/** Most outer iterations on one quadratic model. */
const MOST_ROUNDS = 20;
/** Share of the gap of the restricted problem to which its quadratic model is solved. */
const MODEL_SHARE = 0.1;
/** Share of the predicted decrease that a step has to bring. */
const ARMIJO = 0.01;
/** Most halvings of a step. */
const HALVINGS = 40;

/**
 * Proximal Newton steps on the groups of the working set: each minimises the quadratic model of the loss plus the penalty,
 * a group Lasso whose rows are weighted by the curvature, and goes towards its minimiser as far as the objective falls.
 *
 * @param engine - the run, its loss refreshed and its working set chosen
 * @param loss - the loss
 * @param target - gap of the restricted problem at which to end
 * @param meter - counts the work between slices
 */
export function* groupLogisticNewton(
  engine: GroupEngine,
  loss: GroupLogisticLoss,
  target: number,
  meter: SliceMeter,
): Generator<'slice', void, void> {
  const { problem } = engine;
  const { design, coefficients: W } = problem;
  const { along } = loss;
  const ids = activeColumns(problem);
  if (ids.length === 0) {
    engine.fixed = true;
    return;
  }
  const columns = yield* design.columns(ids, ids.length);
  const step = new Float64Array(design.rows);
  const trial = W.slice();
  const rounding = 4 * Number.EPSILON * loss.zeroValue;
  let gap = Math.max(target, engine.monitor.gap);
  for (let newton = 0; newton < MOST_STEPS; newton++) {
    const next = yield* minimiseModel(problem, columns, ids, along, Math.max(gap, target));
    const direction = next.map((value, s) => value - W[ids[s]]);
    yield* responseOf(problem, ids, direction, step, meter);
    const { slope: linear, centreStep } = slopeAlong(along, step, design.intercept);
    if (direction.every((d) => d === 0) && centreStep === 0) {
      engine.fixed = newton === 0;
      break;
    }
    // The whole way leads to exact zeros.
    const placeAt = (share: number) => {
      for (let s = 0; s < ids.length; s++) trial[ids[s]] = share === 1 ? next[s] : W[ids[s]] + share * direction[s];
      return price(problem, trial);
    };
    const before = placeAt(0);
    const slope = linear + placeAt(1) - before;
    if (!(slope < rounding)) break;
    let share = 1;
    let halvings = 0;
    for (; halvings < HALVINGS; halvings++, share /= 2) {
      const value = along.valueAt(step, share, along.centre + share * centreStep) + placeAt(share);
      if (value <= along.value + before + ARMIJO * share * slope + rounding) break;
    }
    if (halvings === HALVINGS) break;
    for (const j of ids) W[j] = trial[j];
    for (let i = 0; i < step.length; i++) along.linear[i] += share * step[i];
    along.centre += share * centreStep;
    along.settle();
    if (meter.full((4 + halvings) * TRANSCENDENTAL * design.rows)) yield 'slice';
    gap = yield* restrictedGap(problem, ids, loss, meter);
    if (gap <= target) break;
  }
}

/** The derivative of the loss along a step, the intercept's exact step on the quadratic model included. */
function slopeAlong(
  { residual, curvature }: LogisticLoss,
  step: Float64Array,
  intercept: boolean,
): { readonly slope: number; readonly centreStep: number } {
  let [slope, curved, total, sum] = [0, 0, 0, 0];
  for (let i = 0; i < step.length; i++) {
    slope -= residual[i] * step[i];
    curved += curvature[i] * step[i];
    total += curvature[i];
    sum += residual[i];
  }
  const centreStep = intercept ? (sum - curved) / total : 0;
  return { slope: slope - sum * centreStep, centreStep };
}

/** The minimiser of the quadratic model, for each column of the working set, to a share of a gap. */
function* minimiseModel(
  problem: GroupProblem,
  columns: Parameters<typeof openDesign>[0],
  ids: Int32Array,
  loss: LogisticLoss,
  goal: number,
): Generator<'slice', Float64Array, void> {
  const { design, penalty, counts, coefficients: W, workingSet, active, scales } = problem;
  const { rows, intercept } = design;
  let mean = 0;
  for (const curvature of loss.curvature) mean += curvature / rows;
  // Rows whose curvature underflows still have to hold their residual.
  const weights = loss.curvature.map((curvature) => Math.max(curvature, mean * 1e-12) / mean);
  const opened = openDesign(columns, { intercept, weights, penalised: false }, design.backend, false);
  try {
    const target = loss.residual.map((r, i) => r / (weights[i] * mean) + loss.linear[i] - loss.offset[i]);
    const squared = new SquaredLoss(opened.design, target, 1);
    const model = groupProblem(opened.design, restrict(penalty, workingSet.subarray(0, active)), squared, newCounts());
    model.scales = scales && Float64Array.from(ids, (j) => scales[j]);
    const initial = Float64Array.from(ids, (j) => W[j] * (scales?.[j] ?? 1));
    yield* loadGroups(model, opened, { standardize: false, weights: undefined, initial });
    const engine = new GroupEngine(model, squaredSolver(model, squared));
    engine.start(penalty.threshold / (mean * rows), 1, 0);
    let round = 0;
    const descent = engine.descend((iteration) => {
      round = iteration;
      // The gap of the model where it begins may be small while that of the loss is not: some progress is asked for.
      if (iteration === 0) engine.gapTarget = MODEL_SHARE * Math.min(goal / mean, engine.monitor.gap);
    });
    for (let part = descent.next(); part.done !== true; part = descent.next()) {
      if (part.value === 'iteration' && round >= MOST_ROUNDS) break;
      yield 'slice';
    }
    counts.columnTouches += ids.length + model.counts.columnTouches;
    counts.epochs += model.counts.epochs;
    counts.extrapolations += model.counts.extrapolations;
    return scatter(ids.length, engine.monitor.best.support(), engine.monitor.best.values());
  } finally {
    opened.dispose();
  }
}

/** The penalty of some groups, their columns one after the other. */
function restrict(penalty: GroupPenalty, groups: Int32Array): GroupPenalty {
  const { starts } = penalty.groups;
  const firsts = new Int32Array(groups.length + 1);
  for (let a = 0; a < groups.length; a++) firsts[a + 1] = firsts[a] + starts[groups[a] + 1] - starts[groups[a]];
  const members = Int32Array.from({ length: firsts[groups.length] }, (_, s) => s);
  const norms = Float64Array.from(groups, (g) => penalty.norms[g]);
  return new GroupPenalty({ count: groups.length, starts: firsts, members }, norms, 1, false, penalty.l1Share);
}

/** step = X d over the working set; uses the residual as room. */
function* responseOf(
  { design, scales }: GroupProblem,
  ids: Int32Array,
  direction: Float64Array,
  step: Float64Array,
  meter: SliceMeter,
): Generator<'slice', void, void> {
  const { residual: r, residualSum } = design.work;
  r.fill(0);
  residualSum[0] = 0;
  for (let s = 0; s < ids.length; s++) {
    if (direction[s] === 0) continue;
    design.addColumn(ids[s], direction[s] * (scales?.[ids[s]] ?? 1));
    if (meter.full(design.cost(ids[s]))) yield 'slice';
  }
  const shift = design.intercept ? residualSum[0] / design.rows : 0;
  for (let i = 0; i < step.length; i++) step[i] = r[i] - shift;
  residualSum[0] = 0;
}

/** The penalty of the working set. */
function price({ penalty, workingSet, active }: GroupProblem, W: Float64Array): number {
  let sum = 0;
  for (let a = 0; a < active; a++) sum += penalty.value(workingSet[a], W);
  return sum;
}

/** The gap of the restricted problem at the loss as it was evaluated: it steers and certifies nothing. */
function* restrictedGap(
  problem: GroupProblem,
  ids: Int32Array,
  loss: GroupLogisticLoss,
  meter: SliceMeter,
): Generator<'slice', number, void> {
  const { design, penalty, products: C, coefficients: W, counts, workingSet, active, scales } = problem;
  const { residual: r, reach, selection } = design.work;
  r.set(loss.residual);
  selection.set(ids);
  for (let s = 0; s < ids.length; s++) {
    design.selectedProducts(selection, r, reach, s, s + 1);
    C[ids[s]] = reach[ids[s]] * (scales?.[ids[s]] ?? 1);
    if (meter.full(design.cost(ids[s]))) yield 'slice';
  }
  counts.columnTouches += ids.length;
  let ratio = 1;
  for (let a = 0; a < active; a++) {
    const g = workingSet[a];
    // Groups without penalty are solved for at the next evaluation of the gap.
    if (penalty.level(g) > 0) ratio = Math.max(ratio, penalty.reach(g, C, W, 0) / penalty.level(g));
  }
  return loss.value + price(problem, W) - loss.dual(1 / ratio);
}
