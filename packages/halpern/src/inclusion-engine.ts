import { InvalidInputError, type RandomStream, randomStream, requireVector, type Status } from '@lemmata/core';
import type { Inclusion } from './problem/inclusion.js';
import { Oracle } from './problem/oracle.js';
import { SliceMeter } from './slices.js';
import type { InclusionMethod, InclusionSettings, InclusionState } from './solve-inclusion-options.js';

/** Measures how good a point z is, given F(z) and an element g of G(z): 0 at a solution. */
export type Measure = (z: Float64Array, value: Float64Array, element: Float64Array) => number;

/**
 * |F(z) + g|.
 *
 * @param z - the point; not looked at
 * @param value - F(z)
 * @param element - g in G(z)
 * @returns the 2-norm, >= 0
 */
export const residualNorm: Measure = (_z, value, element) => {
  let sum = 0;
  for (let j = 0; j < value.length; j++) sum += (value[j] + element[j]) * (value[j] + element[j]);
  return Math.sqrt(sum);
};

/** What the methods share: the problem, the state that is shown, and the best certified point. */
export class InclusionEngine {
  readonly problem: Inclusion;
  readonly oracle: Oracle;
  readonly settings: InclusionSettings;
  readonly state: InclusionState;
  readonly stream: RandomStream;
  readonly meter: SliceMeter = new SliceMeter();
  /** The certified point of least measure, F there, and an element of G there. */
  readonly best: { readonly x: Float64Array; readonly value: Float64Array; readonly element: Float64Array };
  /** The start: the resolvent of what the caller gave, with an element of G there; set by `start`. */
  readonly initial: Float64Array;
  readonly maxEvaluations: number;
  /** Measures a point without showing it. */
  readonly value: Measure;
  #certified = false;

  constructor(problem: Inclusion, settings: InclusionSettings, measure: Measure) {
    this.problem = problem;
    this.oracle = new Oracle(problem);
    this.settings = settings;
    this.value = measure;
    const d = this.oracle.dimension;
    this.initial =
      settings.initial === undefined
        ? new Float64Array(d)
        : requireVector('options.initial', settings.initial, d, 'problem.operator.dimension');
    this.stream = randomStream(settings.seed);
    this.maxEvaluations = settings.maxEvaluations ?? 10000 * this.oracle.fullCost;
    this.best = { x: new Float64Array(d), value: new Float64Array(d), element: new Float64Array(d) };
    this.state = {
      iteration: 0,
      residual: Infinity,
      bestResidual: Infinity,
      evaluations: 0,
      stepSize: 0,
      restarts: 0,
      x: new Float64Array(d),
    };
  }

  /** Puts the start into z and an element of G there into `element`; measures it and gives the ending, if it is one. */
  start(stepSize: number, z: Float64Array, value: Float64Array, element: Float64Array): Status | undefined {
    this.state.stepSize = stepSize;
    this.oracle.resolve(this.initial, stepSize, z, element);
    this.oracle.full(z, value);
    this.best.x.set(z);
    return this.certify(z, value, element);
  }

  /** Measures a point at which F is known and shows it; gives the ending, if it is one. */
  certify(z: Float64Array, value: Float64Array, element: Float64Array): Status | undefined {
    return this.verdict(this.measure(z, value, element));
  }

  /** Measures a point at which F is known, shows it, and keeps it when it is the best. */
  measure(z: Float64Array, value: Float64Array, element: Float64Array): number {
    const { state, best } = this;
    const residual = this.value(z, value, element);
    if (this.#certified) state.iteration++;
    this.#certified = true;
    state.residual = residual;
    state.x.set(z);
    state.evaluations = this.oracle.counts.evaluations;
    if (residual < state.bestResidual) {
      state.bestResidual = residual;
      best.x.set(z);
      best.value.set(value);
      best.element.set(element);
    }
    return residual;
  }

  /** The ending that a residual calls for. */
  verdict(residual: number): Status | undefined {
    if (residual <= this.settings.tolerance) return 'converged';
    if (!(residual < Infinity)) return 'diverged';
    return this.oracle.counts.evaluations >= this.maxEvaluations ? 'max-evaluations' : undefined;
  }

  /** Counts a restart of the anchor. */
  restarted(): void {
    this.state.restarts = ++this.oracle.counts.restarts;
  }

  /** L_Q, which is L_F where there is a single component. */
  averageLipschitz(method: InclusionMethod): number {
    if (this.oracle.components > 1) return this.constant(method, 'averageLipschitz');
    return this.constant(method, 'averageLipschitz', 'lipschitz');
  }

  /** A constant that the method needs. */
  constant(method: InclusionMethod, ...names: readonly ('lipschitz' | 'averageLipschitz' | 'cocoercive')[]): number {
    for (const name of names) {
      const value = this.problem.operator[name];
      if (value !== undefined) return value;
    }
    const wanted = names.map((name) => `problem.operator.${name}`).join(' or ');
    throw new InvalidInputError(
      `${wanted}: expected a number > 0 for method '${method}', got none`,
      'ERR_INCOMPATIBLE',
      {
        argument: `problem.operator.${names[0]}`,
        expected: 'a number > 0',
        actual: undefined,
      },
    );
  }
}
