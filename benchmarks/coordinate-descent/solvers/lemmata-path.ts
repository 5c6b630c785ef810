// Our path of Lasso fits, through its public call.
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { lassoPath } from '@lemmata/coordinate-descent';
import type { LassoPathInstance, LassoPathSolution } from '../lasso-path.js';

/** `lassoPath` by one of its backends. */
export function solver(given: Params): Solver<LassoPathInstance, LassoPathSolution> {
  const params = readParams('solver lemmata-path', given, { backend: ['auto', 'js', 'wasm'] });
  let instance: LassoPathInstance;
  let path: ReturnType<typeof lassoPath>;
  return {
    name: 'lemmata-path',
    version: '1',
    params,
    language: 'TypeScript',
    sampling: 'rerun',
    determinism: 'R3',
    supports: () => true,
    setup: (given) => {
      instance = given;
    },
    run: (probe) => {
      path = lassoPath(instance.A, instance.b, {
        ...params,
        lambdas: instance.lambdas,
        intercept: false,
        ...(probe.tolerance === undefined ? {} : { tolerance: probe.tolerance }),
        historyEvery: 0,
      });
    },
    solution: () => {
      const { indptr, indices, data, rows, cols } = path.coefficients;
      const coefficients = new Float64Array(rows * cols);
      for (let t = 0; t < cols; t++) {
        for (let k = indptr[t]; k < indptr[t + 1]; k++) coefficients[t * rows + indices[k]] = data[k];
      }
      return { coefficients };
    },
    counts: () => ({ ...path.counts }),
  };
}
