// The problem: a path of Lasso fits is as good as the largest relative duality gap of its lambdas.
import { type Params, type Problem, readParams } from '@lemmata/bench';
import type { Matrix } from '@lemmata/linalg';
import { dualBound, largestLambda, objectiveAtZero, primalValue, residual } from './certificate.js';
import type { RegressionInput } from './lasso.js';

/** A sequence of Lasso problems without intercept. */
export interface LassoPathInstance {
  /** Design, shape (m, n): column layout or CSC. */
  readonly A: Matrix;
  /** Targets, length m. */
  readonly b: Float64Array;
  /** Weights of the L1 norm, per sample, falling from the one at which all coefficients are 0. */
  readonly lambdas: Float64Array;
}

/** Answers to all of them. */
export interface LassoPathSolution {
  /** Coefficients, n for each lambda, one lambda after the other. */
  readonly coefficients: Float64Array;
}

/** Lambdas in equal ratios from lambdaMax to lambdaMax / divisor. */
export function problem(given: Params): Problem<RegressionInput, LassoPathInstance, LassoPathSolution> {
  const params = readParams('problem lasso-path', given, {
    lambdas: { default: 100, min: 2, integer: true },
    divisor: { default: 100, min: 1 },
  });
  return {
    name: 'lasso-path',
    version: '1',
    params,
    metric: 'relativeGap',
    metricLabel: 'largest relative duality gap of the path',
    count: 'columnTouches',
    referenceKind: 'certified',
    load: ({ A, b }) => {
      const first = largestLambda(A, b, false);
      const last = params.lambdas - 1;
      return {
        A,
        b,
        lambdas: Float64Array.from({ length: last + 1 }, (_, t) => first * params.divisor ** (-t / last)),
      };
    },
    evaluate: ({ A, b, lambdas }, { coefficients }) => {
      let relativeGap = 0;
      for (let t = 0; t < lambdas.length; t++) {
        const instance = { A, b, lambda: lambdas[t], intercept: false };
        const solution = { coefficients: coefficients.subarray(t * A.cols, (t + 1) * A.cols), intercept: 0 };
        const gap = primalValue(instance, solution) - dualBound(instance, residual(instance, solution));
        relativeGap = Math.max(relativeGap, gap / objectiveAtZero(instance));
      }
      const last = coefficients.subarray((lambdas.length - 1) * A.cols);
      return { relativeGap, support: last.reduce((count, w) => count + (w === 0 ? 0 : 1), 0) };
    },
    trivialSolution: ({ A, lambdas }) => ({ coefficients: new Float64Array(A.cols * lambdas.length) }),
    verify: ({ A, lambdas }, { coefficients }) => {
      const expected = A.cols * lambdas.length;
      if (coefficients.length !== expected) {
        throw new RangeError(`coefficients: expected length ${expected}, got ${coefficients.length}`);
      }
      const wrong = coefficients.findIndex((w) => !Number.isFinite(w));
      if (wrong >= 0) throw new RangeError(`coefficients[${wrong}]: expected a finite number`);
    },
  };
}
