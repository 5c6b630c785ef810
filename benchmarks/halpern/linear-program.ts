// The problem: a pair of points is as good a solution of a linear program as the largest of its three errors.
import { type Params, type Problem, readParams } from '@lemmata/bench';
import { kktErrors, type ProgramInstance, type ProgramSolution, requireFinite } from './kkt-errors.js';

/** A linear program, by its primal error, dual error and gap. */
export function problem(given: Params): Problem<ProgramInstance, ProgramInstance, ProgramSolution> {
  return {
    name: 'linear-program',
    version: '1',
    params: readParams('problem linear-program', given, {}),
    metric: 'error',
    metricLabel: 'largest of relative primal error, dual error and gap',
    count: 'matvecs',
    referenceKind: 'certified',
    load: (data) => data,
    evaluate: (instance, solution) => {
      const { primal, dual, gap, objective } = kktErrors(instance, solution);
      return { error: Math.max(primal, dual, gap), primal, dual, gap, objective };
    },
    trivialSolution: ({ A, colLower, colUpper }) => ({
      x: colLower.map((lower, j) => Math.min(Math.max(0, lower), colUpper[j])),
      y: new Float64Array(A.rows),
    }),
    verify: ({ A }, { x, y }) => {
      requireFinite('x', x, A.cols);
      requireFinite('y', y, A.rows);
    },
  };
}
