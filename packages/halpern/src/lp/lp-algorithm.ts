import { type Algorithm, type Ending, requireVector, type SliceEnd, type Status } from '@lemmata/core';
import { SliceMeter } from '../slices.js';
import { clamp, type KktCertificate, type KktPoint, kktError, kktJudge } from './kkt.js';
import { type CheckedProgram, checkProgram, type LinearProgram } from './linear-program.js';
import { PrimalWeight } from './primal-weight.js';
import { ReflectedSteps } from './reflected-steps.js';
import { type ScaledProgram, scaleProgram } from './scaling.js';
import type { LP_DEFAULTS, LpColumn, LpState } from './solve-lp-options.js';

/** What a linear program's run cost. */
export interface LpCounts {
  /** Steps of the iteration, an integer >= 0. */
  readonly steps: number;
  /** Products with A or its transpose, those for certificates included. */
  readonly matvecs: number;
  /** Restarts. */
  readonly restarts: number;
}

/** A primal-dual pair near a solution with its proof: plain data that survives `structuredClone`. */
export interface LpResult extends Ending<LpColumn> {
  /** Primal point, length n, within its bounds exactly. */
  readonly x: Float64Array;
  /** Dual point, length m: y_i > 0 pushes A x up from its lower side, y_i < 0 down from its upper side. */
  readonly y: Float64Array;
  /** c - A'y, length n. */
  readonly reducedCosts: Float64Array;
  /** c'x + offset. */
  readonly objective: number;
  /** Dual objective, a lower bound of the minimum where the dual residual is 0. */
  readonly dualObjective: number;
  /** How far the pair is from a solution, and why. */
  readonly certificate: KktCertificate;
  /** Costs in machine-independent units. */
  readonly counts: LpCounts;
  /** What the caller should know, in sentences; mostly empty. */
  readonly warnings: readonly string[];
}

type LpAnswer = Omit<LpResult, 'status' | 'iterations' | 'history' | 'elapsedMs'>;

const COLUMNS: readonly LpColumn[] = ['primalError', 'dualError', 'gap', 'objective', 'matvecs', 'restarts'];

/** Where the run starts, in the caller's units: x within its bounds, y only where there is a side to push from. */
function startOf(program: CheckedProgram, settings: typeof LP_DEFAULTS): { x: Float64Array; y: Float64Array } {
  const { byRow, rowLower, rowUpper, colLower, colUpper } = program;
  const given = settings.initial;
  const x = given === undefined ? new Float64Array(byRow.cols) : read('x', given.x, byRow.cols, 'columns of A');
  const y = given === undefined ? new Float64Array(byRow.rows) : read('y', given.y, byRow.rows, 'rows of A');
  for (let j = 0; j < x.length; j++) x[j] = clamp(x[j], colLower[j], colUpper[j]);
  for (let i = 0; i < y.length; i++) {
    if (y[i] > 0 ? rowLower[i] === -Infinity : rowUpper[i] === Infinity) y[i] = 0;
  }
  return { x, y };
}

function read(name: 'x' | 'y', value: ArrayLike<number>, length: number, reason: string): Float64Array {
  return requireVector(`options.initial.${name}`, value, length, reason);
}

/**
 * Checks a linear program and makes the run.
 *
 * @param input - the program
 * @param settings - options, checked
 * @returns the run, for the driver
 */
export function lpAlgorithm(
  input: LinearProgram,
  settings: typeof LP_DEFAULTS,
): Algorithm<LpState, LpColumn, LpAnswer> {
  const program = checkProgram(input);
  const start = startOf(program, settings);
  const judge = kktJudge(program);
  const meter = new SliceMeter();
  const state: LpState = {
    iteration: 0,
    primalError: Infinity,
    dualError: Infinity,
    gap: Infinity,
    objective: 0,
    matvecs: 0,
    restarts: 0,
    x: new Float64Array(start.x.length),
    y: new Float64Array(start.y.length),
  };
  let best = judge(start.x, start.y);
  let steps = 0;
  state.matvecs = 2;

  function show(point: KktPoint): Status | undefined {
    state.primalError = point.certificate.primalError;
    state.dualError = point.certificate.dualError;
    state.gap = point.certificate.gap;
    state.objective = point.objective;
    state.x.set(point.x);
    state.y.set(point.y);
    const error = kktError(point.certificate);
    if (error < kktError(best.certificate)) best = point;
    if (error <= settings.tolerance) return 'converged';
    return error < Infinity ? undefined : 'diverged';
  }

  function* slices(): Generator<SliceEnd, Status, void> {
    let end = show(best);
    if (end !== undefined) return end;
    yield 'iteration';
    const scaled: ScaledProgram = scaleProgram(program);
    const iterates = new ReflectedSteps(scaled, settings.reflection, scaled.fromX(start.x), scaled.fromY(start.y));
    const weight = new PrimalWeight();
    const work = 2 * program.byRow.data.length + 8 * (start.x.length + start.y.length);
    let last = Infinity;
    for (;;) {
      for (let k = 1; k <= settings.checkEvery; k++) {
        iterates.step(weight.value, k === settings.checkEvery);
        if (meter.full(work)) yield 'slice';
      }
      const point = judge(scaled.toX(iterates.px), scaled.toY(iterates.py));
      end = show(point);
      state.iteration++;
      steps = iterates.steps;
      const { error, firstError, age } = iterates;
      const first = state.iteration === 1;
      const fallen = error <= 0.2 * firstError || (error <= 0.5 * firstError && error > last);
      last = error;
      if (first || fallen || age >= 0.36 * steps) {
        const [primalMove, dualMove] = iterates.moves();
        const { primalError, dualError } = point.certificate;
        weight.update(primalMove, dualMove, dualError / primalError);
        iterates.restart();
        last = Infinity;
        state.restarts++;
      }
      state.matvecs = iterates.matvecs + 2 * (state.iteration + 1);
      if (end !== undefined) return end;
      yield 'iteration';
    }
  }

  return {
    state,
    columns: COLUMNS,
    slices,
    answer: () => ({
      x: best.x.slice(),
      y: best.y.slice(),
      reducedCosts: best.reducedCosts.slice(),
      objective: best.objective,
      dualObjective: best.dualObjective,
      certificate: best.certificate,
      counts: { steps, matvecs: state.matvecs, restarts: state.restarts },
      warnings: [],
    }),
    dispose: () => {},
  };
}
