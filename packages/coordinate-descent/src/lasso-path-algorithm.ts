import { type Algorithm, type Backend, type Ending, pow, type SliceEnd, type Status } from '@lemmata/core';
import type { GapMonitor } from './certificates/duality-gap.js';
import { LassoEngine } from './engine.js';
import { followPath } from './follow-path.js';
import { evaluateUnpenalised, largestUseful } from './lambda-max.js';
import {
  ALGORITHMS,
  fittedIntercept,
  leastSquaresTask,
  openModel,
  relativeGap,
  startAt,
  type Task,
} from './lasso-algorithm.js';
import {
  GRID_LENGTH,
  type LassoPathColumn,
  type LassoPathSettings,
  type LassoPathState,
} from './lasso-path-options.js';
import { type PathColumns, PathRecorder } from './path-recorder.js';
import { DenseView } from './problem/best-iterate.js';
import { type LassoCounts, type LassoProblem, loadProblem } from './problem/lasso-problem.js';
import type { OpenDesign } from './problem/open-design.js';
import type { DesignLike } from './problem/prepare-design.js';
import { surveyDesign } from './problem/survey.js';

/** A regularisation path: plain data that survives `structuredClone`. A path that ends early holds what it finished. */
export interface LassoPath extends PathColumns, Ending<LassoPathColumn> {
  /** Costs of the whole path in machine-independent units; `screened` is that of the last lambda. */
  readonly counts: LassoCounts;
  /** Which kernels ran. */
  readonly backend: Backend;
  /** What the caller should know, in sentences; mostly empty. */
  readonly warnings: readonly string[];
}

/** A path without what the driver adds. */
export type LassoPathAnswer = Omit<LassoPath, 'status' | 'iterations' | 'history' | 'elapsedMs'>;

const COLUMNS: readonly LassoPathColumn[] = ['lambda', 'objective', 'gap', 'relativeGap', 'nonzeros', 'columnTouches'];

/**
 * Checks the data of a least squares path and makes the run.
 *
 * @param A - the design
 * @param b - the target
 * @param settings - options, checked
 * @returns the run, for the driver; it owns the memory
 */
export function lassoPathAlgorithm(
  A: DesignLike,
  b: ArrayLike<number>,
  settings: LassoPathSettings,
): Algorithm<LassoPathState, LassoPathColumn, LassoPathAnswer> {
  return pathAlgorithm(openModel(A, settings), settings, (opened) => leastSquaresTask(opened, b, settings));
}

/**
 * Makes the run of a path.
 *
 * @param opened - the design, released when the task cannot be made
 * @param settings - options, checked
 * @param makeTask - checks the data and makes the task
 * @returns the run, for the driver; it owns the memory
 */
export function pathAlgorithm(
  opened: OpenDesign,
  settings: LassoPathSettings,
  makeTask: (opened: OpenDesign) => Task,
): Algorithm<LassoPathState, LassoPathColumn, LassoPathAnswer> {
  try {
    return prepare(opened, settings, makeTask(opened));
  } catch (error) {
    opened.dispose();
    throw error;
  }
}

function prepare(
  opened: OpenDesign,
  settings: LassoPathSettings,
  task: Task,
): Algorithm<LassoPathState, LassoPathColumn, LassoPathAnswer> {
  const { design } = opened;
  const { rows, cols } = design;
  const { problem } = task;
  const engine = new LassoEngine(problem, task.inner);
  const { monitor } = engine;
  const view = new DenseView(cols);
  const recorder = new PathRecorder(cols);
  let warnings: readonly string[] = [];
  const state: LassoPathState = {
    iteration: 0,
    lambda: 0,
    objective: 0,
    gap: 0,
    relativeGap: 0,
    nonzeros: 0,
    columnTouches: 0,
    get coefficients() {
      return view.vector;
    },
  };

  function finish(lambda: number, status: Status, iterations: number): void {
    state.iteration++;
    state.lambda = lambda;
    state.objective = monitor.bestPrimal / rows;
    state.gap = monitor.gap / rows;
    state.relativeGap = relativeGap(engine);
    state.columnTouches = problem.counts.columnTouches;
    state.nonzeros = monitor.best.size;
    view.show(monitor.best);
    const intercept = fittedIntercept(problem, monitor);
    recorder.add(
      {
        lambda,
        intercept,
        objective: state.objective,
        gap: state.gap,
        relativeGap: state.relativeGap,
        devianceRatio: devianceRatio(problem, monitor),
        status,
        iterations,
      },
      monitor.best,
    );
  }

  function* slices(): Generator<SliceEnd, Status, void> {
    yield* loadProblem(problem, opened, undefined);
    const survey = surveyDesign(design);
    warnings = survey.warnings;
    if (!survey.finite) return 'diverged';
    let lambdas = settings.lambdas;
    if (lambdas === undefined) {
      yield* evaluateUnpenalised(engine);
      lambdas = geometricGrid(largestUseful(problem, monitor, settings.l1Ratio), settings, rows < cols);
    }
    return yield* followPath(lambdas, settings, recorder, {
      descend: (lambda, report) => {
        startAt(engine, lambda, settings);
        return ALGORITHMS[settings.algorithm](engine, report);
      },
      finish,
      standing: () => ({ nonzeros: state.nonzeros, devianceRatio: devianceRatio(problem, monitor) }),
    });
  }

  return {
    state,
    columns: COLUMNS,
    slices,
    answer: () => ({ ...recorder.columns(), counts: { ...problem.counts }, backend: design.backend, warnings }),
    dispose: () => {
      engine.dispose();
      opened.dispose();
    },
  };
}

/**
 * The share of the loss at zero coefficients that a fit takes away.
 *
 * @param problem - the problem
 * @param monitor - the best coefficients
 * @returns 1 - loss / loss at zero coefficients; 0 when that is 0
 */
function devianceRatio({ loss }: LassoProblem, { bestLoss }: GapMonitor): number {
  return loss.zeroValue === 0 ? 0 : 1 - bestLoss / loss.zeroValue;
}

/**
 * The default grid.
 *
 * @param first - lambdaMax
 * @param settings - length and last share of the grid
 * @param wide - whether there are more columns than rows
 * @returns lambdaMax times minRatio^(t / (T - 1)), t = 0 .. T - 1; the one lambda 0 where lambdaMax is 0
 */
export function geometricGrid(
  first: number,
  settings: Pick<LassoPathSettings, 'numLambdas' | 'minRatio'>,
  wide: boolean,
): Float64Array {
  if (first === 0) return new Float64Array(1);
  const length = settings.numLambdas ?? GRID_LENGTH;
  const minRatio = settings.minRatio ?? (wide ? 0.01 : 0.001);
  return Float64Array.from({ length }, (_, t) => (t === 0 ? first : first * pow(minRatio, t / (length - 1))));
}
