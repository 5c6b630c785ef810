import { InvalidInputError, refusal, requireInteger, requireNumber } from '@lemmata/core';
import { readProbabilities } from '../sampling/component-sampler.js';
import type { FiniteSumOperator, Inclusion, Resolvent } from './inclusion.js';
import { refuseNaN } from './refuse-nan.js';

/** What a run asked of the problem. */
export interface InclusionCounts {
  /** Component evaluations: `full` counts its cost, a difference of one component counts 2. */
  readonly evaluations: number;
  /** The same with a difference counted once, the cost where components are linear. */
  readonly linearEvaluations: number;
  /** Evaluations of F in full. */
  readonly fullEvaluations: number;
  /** Calls of the resolvent. */
  readonly resolvents: number;
  /** Steps, inner ones included. */
  readonly steps: number;
  /** Restarts of the anchor. */
  readonly restarts: number;
}

/** A checked problem that counts what is asked of it. */
export class Oracle {
  readonly dimension: number;
  readonly components: number;
  readonly fullCost: number;
  /** Probabilities of the components, or undefined when they are equal. */
  readonly probabilities: Float64Array | undefined;
  readonly counts: { -readonly [K in keyof InclusionCounts]: number } = {
    evaluations: 0,
    linearEvaluations: 0,
    fullEvaluations: 0,
    resolvents: 0,
    steps: 0,
    restarts: 0,
  };
  readonly #operator: FiniteSumOperator;
  readonly #resolvent: Resolvent | undefined;
  readonly #here: Float64Array;
  readonly #there: Float64Array;

  constructor(problem: Inclusion) {
    if (typeof problem !== 'object' || problem === null) throw refusal('problem', 'an inclusion', problem);
    const { operator, resolvent } = problem;
    if (typeof operator !== 'object' || operator === null || typeof operator.full !== 'function') {
      throw refusal('problem.operator', 'an operator with a function full', operator);
    }
    if (resolvent !== undefined && typeof resolvent?.resolve !== 'function') {
      throw refusal('problem.resolvent', 'an object with a function resolve', resolvent);
    }
    this.dimension = requireInteger('problem.operator.dimension', operator.dimension, 1, 2147483647);
    this.components = requireInteger('problem.operator.components', operator.components ?? 1, 1, 2147483647);
    this.fullCost = requireNumber('problem.operator.fullCost', operator.fullCost ?? this.components, 1);
    this.probabilities = readProbabilities(operator.probabilities, this.components);
    for (const name of ['lipschitz', 'averageLipschitz', 'cocoercive'] as const) {
      const value = operator[name];
      if (value !== undefined) requireNumber(`problem.operator.${name}`, value, Number.MIN_VALUE);
    }
    this.#operator = operator;
    this.#resolvent = resolvent;
    this.#here = new Float64Array(this.dimension);
    this.#there = new Float64Array(this.dimension);
  }

  /** Refuses a problem whose components cannot be evaluated one by one. */
  requireComponents(method: string): void {
    const { component, addDifference } = this.#operator;
    if (this.components === 1 || typeof component === 'function' || typeof addDifference === 'function') return;
    throw new InvalidInputError(
      `problem.operator: expected a function component or addDifference for method '${method}', got neither`,
      'ERR_INCOMPATIBLE',
      { argument: 'problem.operator', expected: 'component or addDifference', actual: 'neither' },
    );
  }

  /** out = F(z); NaN from finite z of moderate size is the caller's mistake. */
  full(z: Float64Array, out: Float64Array): void {
    this.#operator.full(z, out);
    this.counts.evaluations += this.fullCost;
    this.counts.linearEvaluations += this.fullCost;
    this.counts.fullEvaluations++;
    refuseNaN('problem.operator.full', z, out);
  }

  /** out += weight (F_i(z) - F_i(other)). */
  addDifference(i: number, z: Float64Array, other: Float64Array, weight: number, out: Float64Array): void {
    const operator = this.#operator;
    this.counts.evaluations += 2;
    this.counts.linearEvaluations++;
    if (operator.addDifference !== undefined) {
      operator.addDifference(i, z, other, weight, out);
      return;
    }
    const here = this.#here;
    const there = this.#there;
    if (operator.component === undefined) {
      operator.full(z, here);
      operator.full(other, there);
    } else {
      operator.component(i, z, here);
      operator.component(i, other, there);
    }
    refuseNaN('problem.operator.component', z, here);
    for (let j = 0; j < out.length; j++) out[j] += weight * (here[j] - there[j]);
  }

  /** z = (I + step G)^-1 (w), and element = (w - z) / step, which lies in G(z). */
  resolve(w: Float64Array, step: number, z: Float64Array, element: Float64Array): void {
    this.resolvent(w, step, z);
    this.element(w, step, z, element);
  }

  /** z = (I + step G)^-1 (w). */
  resolvent(w: Float64Array, step: number, z: Float64Array): void {
    if (this.#resolvent === undefined) {
      z.set(w);
      return;
    }
    this.#resolvent.resolve(w, step, z);
    this.counts.resolvents++;
    refuseNaN('problem.resolvent.resolve', w, z);
  }

  /** element = (w - z) / step, which lies in G(z) when z is the resolvent of w. */
  element(w: Float64Array, step: number, z: Float64Array, element: Float64Array): void {
    if (this.#resolvent === undefined) element.fill(0);
    else for (let j = 0; j < z.length; j++) element[j] = (w[j] - z[j]) / step;
  }
}
