// The problem: a Lasso solution is as good as its duality gap, relative to the objective at zero.
import { type Params, type Problem, readParams } from '@lemmata/bench';
import type { Matrix } from '@lemmata/linalg';
import {
  dualBound,
  type LassoInstance,
  type LassoSolution,
  largestLambda,
  objectiveAtZero,
  primalValue,
  residual,
} from './certificate.js';

/** What a data set for this problem makes. */
export interface RegressionInput {
  /** Design, shape (m, n): column layout or CSC. */
  readonly A: Matrix;
  /** Targets, length m. */
  readonly b: Float64Array;
}

/** The Lasso at lambda = lambdaMax / divisor. */
export function problem(given: Params): Problem<RegressionInput, LassoInstance, LassoSolution> {
  const params = readParams('problem lasso', given, {
    divisor: { default: 10, min: 1 },
    intercept: [false, true],
  });
  return {
    name: 'lasso',
    version: '1',
    params,
    metric: 'relativeGap',
    metricLabel: 'relative duality gap',
    count: 'columnTouches',
    referenceKind: 'certified',
    load: ({ A, b }) => ({
      A,
      b,
      lambda: largestLambda(A, b, params.intercept) / params.divisor,
      intercept: params.intercept,
    }),
    evaluate: (instance, solution) => {
      const objective = primalValue(instance, solution);
      const gap = objective - dualBound(instance, residual(instance, solution));
      const support = solution.coefficients.reduce((count, w) => count + (w === 0 ? 0 : 1), 0);
      return { relativeGap: gap / objectiveAtZero(instance), objective, support };
    },
    trivialSolution: ({ A, b, intercept }) => ({
      coefficients: new Float64Array(A.cols),
      intercept: intercept ? b.reduce((sum, entry) => sum + entry, 0) / b.length : 0,
    }),
    verify: ({ A, intercept }, solution) => {
      if (solution.coefficients.length !== A.cols) {
        throw new RangeError(`coefficients: expected length ${A.cols}, got ${solution.coefficients.length}`);
      }
      const wrong = solution.coefficients.findIndex((w) => !Number.isFinite(w));
      if (wrong >= 0) throw new RangeError(`coefficients[${wrong}]: expected a finite number`);
      if (!Number.isFinite(solution.intercept) || (!intercept && solution.intercept !== 0)) {
        throw new RangeError(`intercept: expected ${intercept ? 'a finite number' : '0'}, got ${solution.intercept}`);
      }
    },
  };
}
