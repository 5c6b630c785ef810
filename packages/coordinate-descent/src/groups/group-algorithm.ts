import type { Algorithm, Backend, SliceEnd, Status } from '@lemmata/core';
import { DenseView, scatter } from '../problem/best-iterate.js';
import type { LassoCounts } from '../problem/lasso-problem.js';
import type { OpenDesign } from '../problem/open-design.js';
import { surveyDesign } from '../problem/survey.js';
import { GroupEngine, type GroupSolver } from './group-engine.js';
import type { GroupColumn, GroupState } from './group-options.js';
import { type GroupProblem, type LoadOptions, loadGroups } from './group-problem.js';

/** What a run on groups minimises and how. */
export interface GroupTask extends LoadOptions {
  /** The problem, not loaded yet. */
  readonly problem: GroupProblem;
  /** What solves on a working set. */
  readonly inner: GroupSolver;
  /** Share of the norms in the penalty, in [0, 1]; the rest is the ridge's. */
  readonly l1Ratio: number;
}

/** A fit of k outputs without what the driver adds: coefficients of the columns as given, entry (j, c) at j k + c. */
export interface GroupAnswer {
  readonly coefficients: Float64Array;
  readonly intercepts: Float64Array;
  readonly objective: number;
  readonly gap: number;
  readonly relativeGap: number;
  /** Dual point per sample, m x k in column layout, in terms of the rows as given. */
  readonly dual: Float64Array;
  readonly counts: LassoCounts;
  /** Entries of the coefficients that are not 0, rising. */
  readonly entries: Int32Array;
  readonly backend: Backend;
  readonly warnings: readonly string[];
}

const COLUMNS: readonly GroupColumn[] = [
  'objective',
  'gap',
  'relativeGap',
  'nonzeros',
  'workingSetSize',
  'columnTouches',
];

/**
 * Makes the run of a single fit on groups.
 *
 * @param opened - the design, released when the task cannot be made
 * @param lambda - weight of the penalty per sample, >= 0
 * @param tolerance - relative gap that counts as converged
 * @param makeTask - checks the data and makes the task
 * @returns the run, for the driver; it owns the memory
 */
export function groupAlgorithm(
  opened: OpenDesign,
  lambda: number,
  tolerance: number,
  makeTask: (opened: OpenDesign) => GroupTask,
): Algorithm<GroupState, GroupColumn, GroupAnswer> {
  try {
    return prepare(opened, lambda, tolerance, makeTask(opened));
  } catch (error) {
    opened.dispose();
    throw error;
  }
}

function prepare(
  opened: OpenDesign,
  lambda: number,
  tolerance: number,
  task: GroupTask,
): Algorithm<GroupState, GroupColumn, GroupAnswer> {
  const { design } = opened;
  const { problem } = task;
  const k = problem.penalty.outputs;
  const engine = new GroupEngine(problem, task.inner);
  const { monitor } = engine;
  const view = new DenseView(design.cols * k);
  let warnings: readonly string[] = [];
  const state: GroupState = {
    iteration: 0,
    objective: problem.loss.zeroValue / design.rows,
    gap: problem.loss.zeroValue / design.rows,
    relativeGap: engine.relativeGap,
    nonzeros: 0,
    workingSetSize: 0,
    columnTouches: 0,
    coefficients: view.vector,
    intercepts: new Float64Array(k),
  };
  const report = (iteration: number): void => {
    state.iteration = iteration;
    state.objective = monitor.bestPrimal / design.rows;
    state.gap = monitor.gap / design.rows;
    state.relativeGap = engine.relativeGap;
    state.nonzeros = monitor.best.size;
    state.workingSetSize = problem.active;
    state.columnTouches = problem.counts.columnTouches;
    view.show(monitor.best);
    rescale(problem, monitor.best.support(), state.coefficients);
    state.intercepts.set(fittedIntercepts(engine));
  };

  function* slices(): Generator<SliceEnd, Status, void> {
    yield* loadGroups(problem, opened, task);
    const survey = surveyDesign(design);
    warnings = survey.warnings;
    if (!survey.finite) return 'diverged';
    engine.start(lambda, task.l1Ratio, tolerance);
    return yield* engine.descend(report);
  }

  return { state, columns: COLUMNS, slices, answer: () => answerOf(engine, warnings), dispose: opened.dispose };
}

/** The best answer of a run so far. */
function answerOf(engine: GroupEngine, warnings: readonly string[]): GroupAnswer {
  const { problem, monitor } = engine;
  const { design, penalty } = problem;
  const entries = monitor.best.support();
  const coefficients = scatter(design.cols * penalty.outputs, entries, monitor.best.values());
  rescale(problem, entries, coefficients);
  return {
    coefficients,
    intercepts: fittedIntercepts(engine),
    objective: monitor.bestPrimal / design.rows,
    gap: monitor.gap / design.rows,
    relativeGap: engine.relativeGap,
    dual: monitor.bestDualPoint.map(
      (value, e) => (design.roots === undefined ? value : value * design.roots[e % design.rows]) / design.rows,
    ),
    counts: { ...problem.counts },
    entries,
    backend: design.backend,
    warnings,
  };
}

/**
 * Turns coefficients of scaled columns into those of the columns as given.
 *
 * @param problem - the problem
 * @param entries - which entries
 * @param values - the entries in their places; changed in place
 */
export function rescale({ scales, penalty }: GroupProblem, entries: Int32Array, values: Float64Array): void {
  if (scales === undefined) return;
  for (const e of entries) values[e] *= scales[(e - (e % penalty.outputs)) / penalty.outputs];
}

/**
 * The intercepts that go with the best coefficients: those of centred columns minus their mean responses.
 *
 * @param engine - the run
 * @returns a new array; all 0 when the model has none
 */
export function fittedIntercepts({ problem, monitor }: GroupEngine): Float64Array {
  const { design, penalty, scales } = problem;
  const k = penalty.outputs;
  const intercepts = new Float64Array(k);
  if (!design.intercept) return intercepts;
  intercepts.set(monitor.bestCentres);
  const entries = monitor.best.support();
  const values = monitor.best.values();
  for (let s = 0; s < entries.length; s++) {
    const c = entries[s] % k;
    const j = (entries[s] - c) / k;
    intercepts[c] -= design.means[j] * (scales?.[j] ?? 1) * values[s];
  }
  return intercepts;
}
