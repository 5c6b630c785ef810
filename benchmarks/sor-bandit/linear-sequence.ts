// The problem: a sequence of linear systems is solved as well as the worst of its relative residuals.
import { type Params, type Problem, readParams } from '@lemmata/bench';
import { relativeResiduals, type SequenceSolution, type SystemSequence } from './systems.js';

/** Systems one after the other; each solver follows its own solutions where systems are coupled. */
export function problem(given: Params): Problem<SystemSequence, SystemSequence, SequenceSolution> {
  return {
    name: 'linear-sequence',
    version: '1',
    params: readParams('problem linear-sequence', given, {}),
    metric: 'worstResidual',
    metricLabel: 'worst relative residual',
    count: 'iterations',
    referenceKind: 'certified',
    load: (data) => data,
    evaluate: (instance, solution) => {
      const residuals = relativeResiduals(instance, solution);
      return { worstResidual: residuals.reduce((worst, value) => Math.max(worst, value), 0) };
    },
    trivialSolution: ({ n, steps }) => ({ x: new Float64Array(n * steps) }),
    verify: ({ n, steps }, { x }) => {
      if (x.length !== n * steps) throw new RangeError(`x: expected length ${n * steps}, got ${x.length}`);
      const wrong = x.findIndex((value) => !Number.isFinite(value));
      if (wrong >= 0) throw new RangeError(`x[${wrong}]: expected a finite number, got ${x[wrong]}`);
    },
  };
}
