import type { Algorithm, Backend, SliceEnd, Status } from '@lemmata/core';
import { followPath } from '../follow-path.js';
import { geometricGrid } from '../lasso-path-algorithm.js';
import type { LassoPathColumn, LassoPathState, PathSettings } from '../lasso-path-options.js';
import { type PathColumns, PathRecorder } from '../path-recorder.js';
import { BestIterate, DenseView } from '../problem/best-iterate.js';
import type { LassoCounts } from '../problem/lasso-problem.js';
import type { OpenDesign } from '../problem/open-design.js';
import { surveyDesign } from '../problem/survey.js';
import { fittedIntercepts, type GroupTask, rescale } from './group-algorithm.js';
import { GroupEngine } from './group-engine.js';
import { loadGroups } from './group-problem.js';

/** A path of k outputs without what the driver adds; coefficients in rows (j, c) at j k + c. */
export interface GroupPathAnswer extends Omit<PathColumns, 'intercepts'> {
  /** Intercepts, lambdas x k in row layout. */
  readonly intercepts: Float64Array;
  readonly counts: LassoCounts;
  readonly backend: Backend;
  readonly warnings: readonly string[];
}

const COLUMNS: readonly LassoPathColumn[] = ['lambda', 'objective', 'gap', 'relativeGap', 'nonzeros', 'columnTouches'];

/**
 * Makes the run of a path on groups.
 *
 * @param opened - the design, released when the task cannot be made
 * @param settings - lambdas and run, checked
 * @param tolerance - relative gap that counts as converged at every lambda
 * @param makeTask - checks the data and makes the task
 * @returns the run, for the driver; it owns the memory
 */
export function groupPathAlgorithm(
  opened: OpenDesign,
  settings: PathSettings,
  tolerance: number,
  makeTask: (opened: OpenDesign) => GroupTask,
): Algorithm<LassoPathState, LassoPathColumn, GroupPathAnswer> {
  try {
    return prepare(opened, settings, tolerance, makeTask(opened));
  } catch (error) {
    opened.dispose();
    throw error;
  }
}

function prepare(
  opened: OpenDesign,
  settings: PathSettings,
  tolerance: number,
  task: GroupTask,
): Algorithm<LassoPathState, LassoPathColumn, GroupPathAnswer> {
  const { design } = opened;
  const { rows, cols } = design;
  const { problem } = task;
  const engine = new GroupEngine(problem, task.inner);
  const { monitor } = engine;
  const length = cols * problem.penalty.outputs;
  const view = new DenseView(length);
  const recorder = new PathRecorder(length);
  const intercepts: number[] = [];
  let warnings: readonly string[] = [];
  const state: LassoPathState = {
    iteration: 0,
    lambda: 0,
    objective: 0,
    gap: 0,
    relativeGap: 0,
    nonzeros: 0,
    columnTouches: 0,
    coefficients: view.vector,
  };

  function finish(lambda: number, status: Status, iterations: number): void {
    state.iteration++;
    state.lambda = lambda;
    state.objective = monitor.bestPrimal / rows;
    state.gap = monitor.gap / rows;
    state.relativeGap = engine.relativeGap;
    state.columnTouches = problem.counts.columnTouches;
    state.nonzeros = monitor.best.size;
    view.show(monitor.best);
    const entries = monitor.best.support();
    rescale(problem, entries, state.coefficients);
    const best = new BestIterate();
    best.take(state.coefficients, entries, entries.length);
    intercepts.push(...fittedIntercepts(engine));
    const { objective, gap, relativeGap } = state;
    const entry = { lambda, intercept: 0, objective, gap, relativeGap, status, iterations };
    recorder.add({ ...entry, devianceRatio: devianceRatio(engine) }, best);
  }

  function* slices(): Generator<SliceEnd, Status, void> {
    yield* loadGroups(problem, opened, task);
    const survey = surveyDesign(design);
    warnings = survey.warnings;
    if (!survey.finite) return 'diverged';
    const first = settings.lambdas === undefined ? yield* largestUseful(engine, task.l1Ratio) : 0;
    const lambdas = settings.lambdas ?? geometricGrid(first, settings, rows < cols);
    return yield* followPath(lambdas, settings, recorder, {
      descend: (lambda, report) => {
        engine.start(lambda, task.l1Ratio, tolerance);
        return engine.descend(report);
      },
      finish,
      standing: () => ({ nonzeros: state.nonzeros, devianceRatio: devianceRatio(engine) }),
    });
  }

  return {
    state,
    columns: COLUMNS,
    slices,
    answer: () => ({
      ...recorder.columns(),
      intercepts: Float64Array.from(intercepts),
      counts: { ...problem.counts },
      backend: design.backend,
      warnings,
    }),
    dispose: opened.dispose,
  };
}

/** The share of the loss at zero coefficients that a fit takes away; 0 when that is 0. */
function devianceRatio({ problem, monitor }: GroupEngine): number {
  const { zeroValue } = problem.loss;
  return zeroValue === 0 ? 0 : 1 - monitor.bestLoss / zeroValue;
}

/**
 * The smallest lambda with all coefficients 0.
 *
 * @param engine - the run, loaded, all coefficients 0; its weight is 0 afterwards
 * @param l1Ratio - share of the norms in the penalty, in (0, 1]
 * @returns lambda >= 0, rounded up where rounding would let a group in
 */
export function* largestUseful(engine: GroupEngine, l1Ratio: number): Generator<'slice', number, void> {
  const { problem, monitor } = engine;
  engine.start(0, 1, 0);
  yield* monitor.evaluate();
  const lambda = monitor.largest / (problem.design.rows * l1Ratio);
  return lambda + 8 * Number.EPSILON * lambda;
}

/**
 * Computes the smallest lambda with all coefficients 0 and releases the design.
 *
 * @param opened - the design
 * @param makeTask - checks the data and makes the task
 * @returns lambda >= 0
 */
export function groupLambdaMax(opened: OpenDesign, makeTask: (opened: OpenDesign) => GroupTask): number {
  try {
    const task = makeTask(opened);
    for (const _ of loadGroups(task.problem, opened, task));
    const steps = largestUseful(new GroupEngine(task.problem, task.inner), task.l1Ratio);
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    return step.value;
  } finally {
    opened.dispose();
  }
}
