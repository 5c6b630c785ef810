import { type Algorithm, randomStream, type SliceEnd, type Status } from '@lemmata/core';
import { Budget, type Sliced } from './budget.js';
import { type Measured, measure } from './certificates/measure.js';
import type { Completion, CompletionColumn, CompletionState } from './completion.js';
import { orthonormalise, timesTransposed } from './kernels/orthonormalise.js';
import { type InnerRule, LineSolver } from './line-solver.js';
import { compress } from './problem/lines.js';
import type { Entries } from './problem/observed.js';
import { type ModelSettings, makeProblem, type Problem, type Side } from './problem/problem.js';
import { conditionNumber } from './rules/accuracy.js';
import { completionWarnings, diagnose } from './rules/diagnostics.js';

/** A completion without what the driver adds. */
export type CompletionAnswer = Omit<Completion, 'status' | 'iterations' | 'history' | 'elapsedMs'>;

/** What tells one form of alternating minimisation from another. */
export interface AlternationPlan {
  readonly model: ModelSettings;
  readonly seed: string;
  /** Writes the row factors to start from, and their biases. */
  start(problem: Problem, rows: Side, budget: Budget): Sliced<readonly string[]>;
  /** Whether factors are made orthonormal between half sweeps. */
  readonly orthonormal: boolean;
  /** Cuts the entries into 2 splitRounds + 1 random parts, one for the start and one for each half sweep; 0: no cut. */
  readonly splitRounds: number;
  /** How accurately the next round, counted from 1, is solved. */
  rule(round: number, state: CompletionState): InnerRule;
  /** Whether the round that was just measured is good enough. */
  converged(state: CompletionState): boolean;
  /** Whether an inexact run that has converged is followed by one exact round. */
  readonly finalize: boolean;
}

const COLUMNS: readonly CompletionColumn[] = [
  'objective',
  'rmse',
  'relativeResidual',
  'relativeGradient',
  'kappa',
  'innerSteps',
  'entryPasses',
];

/**
 * Makes a run of alternating minimisation: V from U, then U from V, round after round.
 *
 * @param entries - the observed entries, checked
 * @param plan - the form of the method
 * @returns the run, for the driver
 */
export function alternation(
  entries: Entries,
  plan: AlternationPlan,
): Algorithm<CompletionState, CompletionColumn, CompletionAnswer> {
  const { model } = plan;
  const { rank: k } = model;
  const { rows: m, cols: n } = entries;
  const problem = makeProblem(entries, model.biases === 'model');
  const solver = new LineSolver(model);
  const budget = new Budget();
  const rows: Side = { factor: new Float64Array(m * k), bias: new Float64Array(m) };
  const cols: Side = { factor: new Float64Array(n * k), bias: new Float64Array(n) };
  // The last round that was finished: what the answer is made of, out of reach of callbacks and half sweeps.
  const kept = {
    U: rows.factor.slice(),
    V: cols.factor.slice(),
    rowBias: rows.bias.slice(),
    colBias: cols.bias.slice(),
  };
  let keptMeasure: Measured = {
    objective: problem.valueNorm * problem.valueNorm,
    residualNorm: problem.valueNorm,
    gradientNorm: 0,
    relativeGradient: 0,
  };
  let keptKappa = 1;
  let warnings = completionWarnings(problem, model);
  const state: CompletionState = {
    iteration: 0,
    objective: keptMeasure.objective,
    rmse: problem.valueNorm / Math.sqrt(problem.totalWeight),
    relativeResidual: relative(problem.valueNorm, problem),
    relativeGradient: 0,
    kappa: 1,
    innerSteps: 0,
    entryPasses: 0,
    U: rows.factor.slice(),
    V: cols.factor.slice(),
  };

  /** Measures the factors and shows them; false when they left the finite numbers. */
  function* report(iteration: number): Sliced<boolean> {
    state.iteration = iteration;
    state.innerSteps = solver.counts.innerSteps;
    state.entryPasses = solver.counts.entryPasses;
    const measured = yield* measure(problem, model, rows, cols, budget);
    if (!Number.isFinite(measured.objective) || !Number.isFinite(measured.gradientNorm)) return false;
    const kappa = yield* conditionNumber(m, n, k, rows.factor, cols.factor, budget);
    kept.U.set(rows.factor);
    kept.V.set(cols.factor);
    kept.rowBias.set(rows.bias);
    kept.colBias.set(cols.bias);
    keptMeasure = measured;
    keptKappa = kappa;
    state.objective = measured.objective;
    state.rmse = measured.residualNorm / Math.sqrt(problem.totalWeight);
    state.relativeResidual = relative(measured.residualNorm, problem);
    state.relativeGradient = measured.relativeGradient;
    state.kappa = kappa;
    state.U.set(kept.U);
    state.V.set(kept.V);
    return true;
  }

  function* slices(): Generator<SliceEnd, Status, void> {
    const { splitRounds } = plan;
    const labels = splitRounds === 0 ? undefined : partLabels(plan.seed, entries.values.length, 2 * splitRounds + 1);
    const part = (by: 'row' | 'col', kept: number) => {
      if (labels === undefined) return by === 'row' ? problem.byRow : problem.byCol;
      return compress(entries, by, { of: labels, kept });
    };
    const first = { ...problem, byRow: part('row', 0), byCol: part('col', 0) };
    warnings = [...warnings, ...(yield* plan.start(first, rows, budget))];
    if (!(yield* report(0))) return 'diverged';
    yield 'iteration';
    let last = false;
    for (let round = 1; ; round++) {
      const rule = last ? { ...plan.rule(round, state), exact: true } : plan.rule(round, state);
      if (plan.orthonormal && round > 1) {
        yield* timesTransposed(n, k, cols.factor, yield* orthonormalise(m, k, rows.factor, budget), budget);
      }
      yield* solver.sweep(part('col', round), problem.colWeights, cols, rows, problem.mean, rule);
      if (plan.orthonormal) {
        yield* timesTransposed(m, k, rows.factor, yield* orthonormalise(n, k, cols.factor, budget), budget);
      }
      yield* solver.sweep(part('row', splitRounds + round), problem.rowWeights, rows, cols, problem.mean, rule);
      if (!(yield* report(round))) return 'diverged';
      if (last) return 'converged';
      if (plan.converged(state)) {
        if (!plan.finalize || rule.exact || solver.counts.gradientSolves === 0) return 'converged';
        last = true;
      }
      yield 'iteration';
    }
  }

  return {
    state,
    columns: COLUMNS,
    slices,
    answer: () => ({
      U: { layout: 'row', rows: m, cols: k, data: kept.U },
      V: { layout: 'row', rows: n, cols: k, data: kept.V },
      mean: problem.mean,
      rowBiases: kept.rowBias,
      colBiases: kept.colBias,
      biases: model.biases,
      lambda: model.lambda,
      biasLambda: model.biasLambda,
      ridgeScaling: model.ridgeScaling,
      objective: keptMeasure.objective,
      rmse: keptMeasure.residualNorm / Math.sqrt(problem.totalWeight),
      certificate: {
        kind: 'stationarity',
        gradientNorm: keptMeasure.gradientNorm,
        relativeGradient: keptMeasure.relativeGradient,
        relativeResidual: relative(keptMeasure.residualNorm, problem),
      },
      diagnostics: diagnose(problem, k, keptKappa),
      counts: { ...solver.counts },
      seed: plan.seed,
      warnings,
    }),
    dispose: () => solver.dispose(),
  };
}

function relative(residualNorm: number, problem: Problem): number {
  return problem.valueNorm === 0 ? residualNorm : residualNorm / problem.valueNorm;
}

function partLabels(seed: string, count: number, parts: number): Int32Array {
  const stream = randomStream(seed).fork('split');
  return Int32Array.from({ length: count }, () => stream.integer(parts));
}
