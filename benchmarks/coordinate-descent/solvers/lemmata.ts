// Our Lasso, through its public call.
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { type LassoState, lasso } from '@lemmata/coordinate-descent';
import type { LassoInstance, LassoSolution } from '../certificate.js';

/** `@lemmata/coordinate-descent` by one of its algorithms and backends. */
export function solver(given: Params): Solver<LassoInstance, LassoSolution> {
  const params = readParams('solver lemmata', given, {
    algorithm: ['working-set', 'cyclic'],
    backend: ['auto', 'js', 'wasm'],
  });
  let instance: LassoInstance;
  let solution: LassoSolution;
  let counts: Readonly<Record<string, number>>;
  return {
    name: 'lemmata',
    version: '1',
    params,
    language: 'TypeScript',
    sampling: 'callback',
    determinism: 'R3',
    supports: () => true,
    setup: (given) => {
      instance = given;
    },
    run: (probe) => {
      const onIteration = ({ coefficients, intercept, columnTouches }: LassoState) => {
        solution = { coefficients, intercept };
        counts = { columnTouches };
        return probe.tick();
      };
      const result = lasso(instance.A, instance.b, {
        ...params,
        lambda: instance.lambda,
        intercept: instance.intercept,
        ...(probe.tolerance === undefined ? {} : { tolerance: probe.tolerance }),
        maxIterations: 100_000,
        onIteration,
      });
      solution = { coefficients: result.coefficients, intercept: result.intercept };
      counts = { ...result.counts };
    },
    solution: () => solution,
    counts: () => counts,
  };
}
