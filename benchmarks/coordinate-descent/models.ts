// The problem: a model with several coefficients a group, several outputs or classes, as good as its duality gap relative to
// the objective at zero.
import { type Params, type Problem, readParams } from '@lemmata/bench';
import type { Matrix } from '@lemmata/linalg';
import {
  gapOf,
  largestLambda,
  type ModelInstance,
  type ModelName,
  type ModelSolution,
  objectiveAtZero,
} from './model-certificate.js';

/** What a data set for this problem makes. */
export interface ModelInput {
  /** Design, shape (m, n): column layout or CSC. */
  readonly A: Matrix;
  /** Targets, m x k one output after the other, or classes 0 .. k - 1. */
  readonly b: Float64Array;
  /** k; 1 when it is not given. */
  readonly outputs?: number;
}

/** -1 and 1 for targets below their median and from it on. */
function halves(b: Float64Array): Float64Array {
  const sorted = b.slice().sort();
  const middle = sorted[sorted.length >> 1];
  return b.map((value) => (value < middle ? -1 : 1));
}

/** One of the models at lambda = lambdaMax / divisor, without intercept. */
export function problem(given: Params): Problem<ModelInput, ModelInstance, ModelSolution> {
  const params = readParams('problem models', given, {
    model: ['group-lasso', 'multi-task', 'softmax', 'logistic'],
    divisor: { default: 10, min: 1 },
    groupSize: { default: 1, min: 1, integer: true },
  });
  const model: ModelName = params.model;
  return {
    name: 'models',
    version: '1',
    params,
    metric: 'relativeGap',
    metricLabel: 'relative duality gap',
    count: 'columnTouches',
    referenceKind: 'certified',
    load: ({ A, b, outputs = 1 }) => {
      const targets = model === 'logistic' ? halves(b) : b;
      const instance = { model, A, b: targets, outputs, groupSize: params.groupSize };
      return { ...instance, lambda: largestLambda(instance) / params.divisor };
    },
    evaluate: (instance, solution) => {
      const { objective, gap } = gapOf(instance, solution);
      const support = solution.coefficients.reduce((count, w) => count + (w === 0 ? 0 : 1), 0);
      return { relativeGap: gap / objectiveAtZero(instance), objective, support };
    },
    trivialSolution: ({ A, outputs }) => ({ coefficients: new Float64Array(A.cols * outputs) }),
    verify: ({ A, outputs }, { coefficients }) => {
      const length = A.cols * outputs;
      if (coefficients.length !== length) {
        throw new RangeError(`coefficients: expected length ${length}, got ${coefficients.length}`);
      }
      const wrong = coefficients.findIndex((w) => !Number.isFinite(w));
      if (wrong >= 0) throw new RangeError(`coefficients[${wrong}]: expected a finite number`);
    },
  };
}
