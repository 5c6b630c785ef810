import { type Algorithm, requireVector, type SliceEnd, type Status } from '@lemmata/core';
import { cyclicDescent } from './cyclic.js';
import { LassoEngine } from './engine.js';
import type { LassoFit } from './lasso-fit.js';
import { initialCoefficients, type LassoColumn, type LassoSettings, type LassoState } from './lasso-options.js';
import { type BestIterate, DenseView, scatter } from './problem/best-iterate.js';
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

/**
 * Checks the data of a single fit and makes the run.
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
  const opened = acquireDesign(A, settings.intercept, settings.backend);
  try {
    return prepare(opened, b, settings);
  } catch (error) {
    opened.dispose();
    throw error;
  }
}

function prepare(
  opened: OpenDesign,
  b: ArrayLike<number>,
  settings: LassoSettings,
): Algorithm<LassoState, LassoColumn, LassoAnswer> {
  const { design } = opened;
  const target = requireVector('b', b, design.rows, 'rows of A');
  const initial = initialCoefficients(settings.initial, design.cols);
  const problem = lassoProblem(opened, target);
  const engine = new LassoEngine(problem);
  const { monitor } = engine;
  const view = new DenseView(design.cols);
  let warnings: readonly string[] = [];
  const state: LassoState = {
    iteration: 0,
    objective: problem.zeroObjective / design.rows,
    gap: problem.zeroObjective / design.rows,
    relativeGap: relativeGap(engine),
    nonzeros: 0,
    workingSetSize: 0,
    columnTouches: 0,
    coefficients: view.vector,
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
    state.intercept = fittedIntercept(problem, monitor.best);
  };

  function* slices(): Generator<SliceEnd, Status, void> {
    yield* loadProblem(problem, opened, initial);
    const survey = surveyDesign(design);
    warnings = survey.warnings;
    if (!survey.finite) return 'diverged';
    engine.start(settings.lambda * design.rows, settings.tolerance * problem.zeroObjective);
    return yield* ALGORITHMS[settings.algorithm](engine, report);
  }

  return {
    state,
    columns: COLUMNS,
    slices,
    answer: () => ({
      coefficients: scatter(design.cols, monitor.best.support(), monitor.best.values()),
      intercept: fittedIntercept(problem, monitor.best),
      lambda: settings.lambda,
      objective: monitor.bestPrimal / design.rows,
      certificate: {
        kind: 'duality-gap',
        gap: monitor.gap / design.rows,
        relativeGap: relativeGap(engine),
        dual: monitor.bestDualPoint.map((value) => value / design.rows),
      },
      counts: { ...problem.counts },
      activeSet: monitor.best.support(),
      backend: design.backend,
      warnings,
    }),
    dispose: opened.dispose,
  };
}

/**
 * The gap relative to the objective at zero coefficients.
 *
 * @param engine - the run
 * @returns a number >= 0; 0 when the target is constant, where zero coefficients are the solution
 */
export function relativeGap(engine: LassoEngine): number {
  const { zeroObjective } = engine.problem;
  return zeroObjective === 0 ? 0 : engine.monitor.gap / zeroObjective;
}

/**
 * The intercept that goes with coefficients: mean of b minus their mean response.
 *
 * @param problem - the problem
 * @param best - the coefficients
 * @returns the intercept; 0 when the model has none
 */
export function fittedIntercept(problem: LassoProblem, best: BestIterate): number {
  const { design, offset } = problem;
  if (!design.intercept) return 0;
  const support = best.support();
  const values = best.values();
  let response = 0;
  for (let k = 0; k < support.length; k++) response += design.means[support[k]] * values[k];
  return offset - response;
}
