import type { Algorithm, Ending, SliceEnd, Status } from '@lemmata/core';
import { InclusionEngine, type Measure } from './inclusion-engine.js';
import { anchoredGradient } from './methods/anchored-gradient.js';
import { anchoredSteps } from './methods/anchored-steps.js';
import { extragradient } from './methods/extragradient.js';
import { inexactHalpern } from './methods/inexact-halpern.js';
import { vrForb } from './methods/vr-forb.js';
import type { Inclusion } from './problem/inclusion.js';
import type { InclusionCounts, Oracle } from './problem/oracle.js';
import type { InclusionColumn, InclusionMethod, InclusionSettings, InclusionState } from './solve-inclusion-options.js';

/**
 * Proof of how good a point x is, to be checked without the solver: g lies in G(x), since it came out of a resolvent, and
 * |F(x) + g| is computed from F in full. Where F + G is strongly monotone with constant mu, x is within gap / mu of the
 * solution; on a bounded domain of diameter D the gap function is at most D times it.
 */
export interface ResidualCertificate {
  /** What kind of proof this is. */
  readonly kind: 'residual';
  /** |F(x) + g|, >= 0. */
  readonly gap: number;
  /** g, length d. */
  readonly element: Float64Array;
}

/** A point near a solution with its proof: plain data that survives `structuredClone`. */
export interface InclusionResult extends Ending<InclusionColumn> {
  /** The certified point of least residual, length d. */
  readonly x: Float64Array;
  /** How far x is from a solution, and why. */
  readonly certificate: ResidualCertificate;
  /** Which method ran. */
  readonly method: InclusionMethod;
  /** Step size at the end, > 0. */
  readonly stepSize: number;
  /** Costs in machine-independent units. */
  readonly counts: InclusionCounts;
  /** Seed of coins and draws. */
  readonly seed: string;
  /** What the caller should know, in sentences; mostly empty. */
  readonly warnings: readonly string[];
}

/** A result without what the driver adds. */
export type InclusionAnswer = Omit<InclusionResult, 'status' | 'iterations' | 'history' | 'elapsedMs'>;

const COLUMNS: readonly InclusionColumn[] = ['residual', 'bestResidual', 'evaluations', 'stepSize', 'restarts'];

/** Chooses by what the problem states. */
function chosen(problem: Inclusion, oracle: Oracle): InclusionMethod {
  const { cocoercive, averageLipschitz, component, addDifference } = problem.operator;
  const single = oracle.components === 1 || (component === undefined && addDifference === undefined);
  if (cocoercive !== undefined) return single ? 'halpern' : 'vr-halpern';
  return single || averageLipschitz === undefined ? 'extragradient' : 'vr-forb';
}

function slicesOf(method: InclusionMethod, engine: InclusionEngine): () => Generator<SliceEnd, Status, void> {
  switch (method) {
    case 'vr-halpern':
    case 'halpern':
      return anchoredSteps(engine, method);
    case 'vr-forb':
      return vrForb(engine);
    case 'inexact-halpern':
      return inexactHalpern(engine);
    case 'anchored-gradient':
      return anchoredGradient(engine);
    case 'extragradient':
      return extragradient(engine);
  }
}

/**
 * Checks a problem and makes the run.
 *
 * @param problem - the inclusion
 * @param settings - options, checked
 * @param measure - what is to fall to the tolerance
 * @returns the run, for the driver
 */
export function inclusionAlgorithm(
  problem: Inclusion,
  settings: InclusionSettings,
  measure: Measure,
): Algorithm<InclusionState, InclusionColumn, InclusionAnswer> {
  const engine = new InclusionEngine(problem, settings, measure);
  const method = settings.method === 'auto' ? chosen(problem, engine.oracle) : settings.method;
  const slices = slicesOf(method, engine);
  const { state, best } = engine;
  return {
    state,
    columns: COLUMNS,
    slices,
    answer: () => ({
      x: best.x.slice(),
      certificate: { kind: 'residual', gap: state.bestResidual, element: best.element.slice() },
      method,
      stepSize: state.stepSize,
      counts: { ...engine.oracle.counts },
      seed: engine.stream.seed,
      warnings: [],
    }),
    dispose: () => {},
  };
}
