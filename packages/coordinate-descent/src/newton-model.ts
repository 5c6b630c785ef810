import type { Matrix } from '@lemmata/linalg';
import { descendColumns, planPass, restrictedGap } from './descent.js';
import { LassoEngine } from './engine.js';
import { Extrapolation, WINDOW } from './extrapolation.js';
import { scatter } from './problem/best-iterate.js';
import { type LassoProblem, lassoProblem } from './problem/lasso-problem.js';
import { openDesign } from './problem/open-design.js';
import { PLAIN } from './problem/penalty.js';
import type { RowSumLoss } from './problem/row-sum-loss.js';
import type { SliceMeter } from './slices.js';
import { workingSetDescent } from './working-set.js';

/** Most passes on one quadratic model. */
const MOST_EPOCHS = 100;
/** Most working sets on one that is solved well. */
const MOST_ROUNDS = 3;
/** Share of the gap with which such a model begins that is to be left of it at most. */
const PROGRESS = 0.1;

/**
 * Minimises the quadratic model of the loss plus the penalty on the working set, as a least squares problem whose rows are
 * weighted by the curvature.
 *
 * @param problem - the problem, its loss evaluated
 * @param columns - those of the working set
 * @param loss - the loss
 * @param curvatures - of the model, length m
 * @param goal - gap at which to end
 * @param meter - counts the work between slices
 * @returns coefficients, one for each column of the working set
 */
export function* minimiseModel(
  problem: LassoProblem,
  columns: Matrix,
  loss: RowSumLoss,
  curvatures: Float64Array,
  goal: number,
  meter: SliceMeter,
): Generator<'slice', Float64Array, void> {
  const { design, penalty, counts, active } = problem;
  const { rows } = design;
  const { coefficients: w, workingSet } = design.work;
  let mean = 0;
  for (const curvature of curvatures) mean += curvature / rows;
  // Rows whose curvature underflows still have to hold their residual.
  const least = mean * 1e-12;
  const weights = curvatures.map((curvature) => Math.max(curvature, least) / mean);
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
    model.active = active;
    // The residual at the coefficients as they are is known.
    let centre = 0;
    if (design.intercept) for (let i = 0; i < rows; i++) centre += (weights[i] * way[i]) / rows;
    for (let i = 0; i < rows; i++) work.residual[i] = Math.sqrt(weights[i]) * (way[i] - centre);
    const next = yield* loss.straight ? bySets(model, goal / mean) : byPasses(model, goal / mean, meter);
    counts.columnTouches += active + model.counts.columnTouches;
    counts.epochs += model.counts.epochs;
    counts.productEpochs += model.counts.productEpochs;
    counts.crossProducts += model.counts.crossProducts;
    counts.newtonSteps += model.counts.newtonSteps;
    counts.extrapolations += model.counts.extrapolations;
    return next;
  } finally {
    opened.dispose();
  }
}

/** Passes over all columns, to a gap: enough for a model that is to be replaced soon. */
function* byPasses(model: LassoProblem, goal: number, meter: SliceMeter): Generator<'slice', Float64Array, void> {
  const { design, active } = model;
  const pass = planPass(design, design.work.workingSet, active);
  const extrapolation = new Extrapolation(model, pass);
  for (let epoch = 1; epoch <= MOST_EPOCHS; epoch++) {
    const changed = yield* descendColumns(model, pass, meter);
    if (changed === 0) break;
    extrapolation.keep();
    if (epoch % WINDOW !== 0) continue;
    const { primal, gap } = yield* restrictedGap(model, pass, meter);
    if (gap <= goal) break;
    extrapolation.extrapolate(primal);
  }
  return design.work.coefficients.slice(0, active);
}

/** All that least squares has, columns without penalty solved for, to a gap of its own. */
function* bySets(model: LassoProblem, goal: number): Generator<'slice', Float64Array, void> {
  const { active, penalty } = model;
  const engine = new LassoEngine(model);
  try {
    engine.start(penalty.threshold, penalty.ridge, 0);
    let round = 0;
    const descent = workingSetDescent(engine, (iteration) => {
      round = iteration;
      // The gap where the model begins may be small while that of the loss is not: some progress is asked for.
      if (iteration === 0) engine.gapTarget = Math.min(goal, PROGRESS * engine.monitor.gap);
    });
    for (let part = descent.next(); part.done !== true; part = descent.next()) {
      if (part.value === 'iteration' && round >= MOST_ROUNDS) break;
      yield 'slice';
    }
    const { best } = engine.monitor;
    return scatter(active, best.support(), best.values());
  } finally {
    engine.dispose();
  }
}
