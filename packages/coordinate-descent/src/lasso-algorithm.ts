import { type Algorithm, requireVector, type SliceEnd, type Status } from '@lemmata/core';
import type { GapMonitor } from './certificates/duality-gap.js';
import { cyclicDescent } from './cyclic.js';
import { type InnerSolver, LassoEngine } from './engine.js';
import type { LassoFit } from './lasso-fit.js';
import {
  initialCoefficients,
  isPenalised,
  type LassoColumn,
  type LassoCommonSettings,
  type LassoSettings,
  type LassoState,
} from './lasso-options.js';
import { penaltyShape, subtractOffset } from './model-options.js';
import { DenseView, scatter } from './problem/best-iterate.js';
import { type LassoProblem, lassoProblem, loadProblem } from './problem/lasso-problem.js';
import type { OpenDesign } from './problem/open-design.js';
import { acquireDesign, type DesignLike } from './problem/prepare-design.js';
import { surveyDesign } from './problem/survey.js';
import { workingSetDescent } from './working-set.js';

/** The ways to solve, by their names among the options. */
export const ALGORITHMS: { readonly 'working-set': typeof workingSetDescent; readonly cyclic: typeof cyclicDescent } =
  Object.freeze({ 'working-set': workingSetDescent, cyclic: cyclicDescent });

/** A fit without what the driver adds. */
export type LassoAnswer = Omit<LassoFit, 'status' | 'iterations' | 'history' | 'elapsedMs'>;

const COLUMNS: readonly LassoColumn[] = [
  'objective',
  'gap',
  'relativeGap',
  'nonzeros',
  'workingSetSize',
  'columnTouches',
];

/** What a run minimises and how: a loss with its penalty, what solves on a working set, and the dual point it reports. */
export interface Task {
  /** The problem, not loaded yet. */
  readonly problem: LassoProblem;
  /** What solves on a working set; least squares by passes where it is left out. */
  readonly inner?: InnerSolver;
  /** The best dual point of a run per sample, in terms of the rows as given. */
  dualPoint(monitor: GapMonitor): Float64Array;
}

/**
 * Checks the data of a single least squares fit and makes the run.
 *
 * @param A - the design
 * @param b - the target
 * @param settings - options, checked
 * @returns the run, for the driver; it owns the memory
 */
export function lassoAlgorithm(
  A: DesignLike,
  b: ArrayLike<number>,
  settings: LassoSettings,
): Algorithm<LassoState, LassoColumn, LassoAnswer> {
  return fitAlgorithm(openModel(A, settings), settings, (opened) => leastSquaresTask(opened, b, settings));
}

/**
 * Makes the run of a single fit.
 *
 * @param opened - the design, released when the task cannot be made
 * @param settings - options, checked
 * @param makeTask - checks the data and makes the task
 * @returns the run, for the driver; it owns the memory
 */
export function fitAlgorithm(
  opened: OpenDesign,
  settings: LassoSettings,
  makeTask: (opened: OpenDesign) => Task,
): Algorithm<LassoState, LassoColumn, LassoAnswer> {
  try {
    return prepare(opened, settings, makeTask(opened));
  } catch (error) {
    opened.dispose();
    throw error;
  }
}

function prepare(
  opened: OpenDesign,
  settings: LassoSettings,
  task: Task,
): Algorithm<LassoState, LassoColumn, LassoAnswer> {
  const { design } = opened;
  const { problem } = task;
  const initial = initialCoefficients(settings.initial, design.cols, problem.penalty.shape);
  const engine = new LassoEngine(problem, task.inner);
  const { monitor } = engine;
  const view = new DenseView(design.cols);
  let warnings: readonly string[] = [];
  const state: LassoState = {
    iteration: 0,
    objective: problem.loss.zeroValue / design.rows,
    gap: problem.loss.zeroValue / design.rows,
    relativeGap: relativeGap(engine),
    nonzeros: 0,
    workingSetSize: 0,
    columnTouches: 0,
    get coefficients() {
      return view.vector;
    },
    intercept: 0,
  };
  const report = (iteration: number): void => {
    state.iteration = iteration;
    state.objective = monitor.bestPrimal / design.rows;
    state.gap = monitor.gap / design.rows;
    state.relativeGap = relativeGap(engine);
    state.workingSetSize = problem.active;
    state.columnTouches = problem.counts.columnTouches;
    state.nonzeros = monitor.best.size;
    view.show(monitor.best);
    state.intercept = fittedIntercept(problem, monitor);
  };

  function* slices(): Generator<SliceEnd, Status, void> {
    yield* loadProblem(problem, opened, initial);
    const survey = surveyDesign(design);
    warnings = survey.warnings;
    if (!survey.finite) return 'diverged';
    startAt(engine, settings.lambda, settings);
    return yield* ALGORITHMS[settings.algorithm](engine, report);
  }

  return {
    state,
    columns: COLUMNS,
    slices,
    answer: () => ({
      coefficients: scatter(design.cols, monitor.best.support(), monitor.best.values()),
      intercept: fittedIntercept(problem, monitor),
      lambda: settings.lambda,
      objective: monitor.bestPrimal / design.rows,
      certificate: {
        kind: 'duality-gap',
        gap: monitor.gap / design.rows,
        relativeGap: relativeGap(engine),
        dual: task.dualPoint(monitor),
      },
      counts: { ...problem.counts },
      activeSet: monitor.best.support(),
      backend: design.backend,
      warnings,
    }),
    dispose: () => {
      engine.dispose();
      opened.dispose();
    },
  };
}

/**
 * Opens the design of a linear model.
 *
 * @param A - the design
 * @param settings - options, checked
 * @returns the design and how to release it
 */
export function openModel(A: DesignLike, settings: LassoCommonSettings): OpenDesign {
  return acquireDesign(A, settings.intercept, settings.backend, settings.sampleWeights, isPenalised(settings));
}

/**
 * Checks target, offset, factors and bounds and makes the problem of a linear model.
 *
 * @param opened - the design
 * @param b - the target
 * @param settings - options, checked but for what depends on the design
 * @returns the problem, not loaded yet
 */
export function modelProblem(opened: OpenDesign, b: ArrayLike<number>, settings: LassoCommonSettings): LassoProblem {
  const { rows, cols } = opened.design;
  const target = requireVector('b', b, rows, 'rows of A');
  subtractOffset(target, settings.offset);
  return lassoProblem(opened, target, penaltyShape(settings, cols));
}

/**
 * Checks the data of a least squares fit.
 *
 * @param opened - the design
 * @param b - the target
 * @param settings - options, checked but for what depends on the design
 * @returns the task
 */
export function leastSquaresTask(opened: OpenDesign, b: ArrayLike<number>, settings: LassoCommonSettings): Task {
  const { rows, roots } = opened.design;
  return {
    problem: modelProblem(opened, b, settings),
    dualPoint: ({ bestDualPoint }) => {
      const point = new Float64Array(rows);
      for (let i = 0; i < rows; i++) {
        point[i] = (roots === undefined ? bestDualPoint[i] : bestDualPoint[i] * roots[i]) / rows;
      }
      return point;
    },
  };
}

/**
 * Turns a run to a penalty weight per sample.
 *
 * @param engine - the run
 * @param lambda - >= 0
 * @param settings - options, checked
 */
export function startAt(engine: LassoEngine, lambda: number, settings: LassoCommonSettings): void {
  const { design, loss } = engine.problem;
  const weight = lambda * design.rows;
  const ridge = settings.l1Ratio < 1 ? weight * (1 - settings.l1Ratio) : 0;
  engine.start(settings.l1Ratio < 1 ? weight * settings.l1Ratio : weight, ridge, settings.tolerance * loss.zeroValue);
}

/**
 * The gap relative to the objective at zero coefficients.
 *
 * @param engine - the run
 * @returns a number >= 0; 0 when the target is constant, where zero coefficients are the solution
 */
export function relativeGap(engine: LassoEngine): number {
  const { zeroValue } = engine.problem.loss;
  return zeroValue === 0 ? 0 : engine.monitor.gap / zeroValue;
}

/**
 * The intercept that goes with the best coefficients: that of centred columns minus their mean response.
 *
 * @param problem - the problem
 * @param monitor - the best coefficients
 * @returns the intercept; 0 when the model has none
 */
export function fittedIntercept({ design, loss }: LassoProblem, { best, bestCentre }: GapMonitor): number {
  if (!design.intercept) return 0;
  const support = best.support();
  const values = best.values();
  let response = 0;
  for (let k = 0; k < support.length; k++) response += design.means[support[k]] * values[k];
  return bestCentre - response + loss.origin;
}
