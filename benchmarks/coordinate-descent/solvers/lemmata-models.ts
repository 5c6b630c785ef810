// Our models of groups, tasks and classes, through their public calls.
import { type Params, readParams, type Solver } from '@lemmata/bench';
import {
  type GroupState,
  groupLasso,
  logisticRegression,
  multiTaskLasso,
  softmaxRegression,
} from '@lemmata/coordinate-descent';
import type { ModelInstance, ModelSolution } from '../model-certificate.js';

/** Coefficients in rows, one output after the other. */
function byOutput(data: Float64Array, outputs: number): Float64Array {
  const n = data.length / outputs;
  return Float64Array.from({ length: data.length }, (_, e) => data[(e % n) * outputs + Math.floor(e / n)]);
}

interface Answer {
  readonly coefficients: Float64Array | { readonly data: Float64Array };
  readonly counts: object;
}

function fit(
  { model, A, b, outputs, groupSize, lambda }: ModelInstance,
  run: {
    readonly tolerance?: number;
    readonly onIteration: (state: Pick<GroupState, 'coefficients' | 'columnTouches'>) => boolean | undefined;
  },
): Answer {
  const options = { lambda, intercept: false, maxIterations: 100_000, ...run };
  if (model === 'logistic') return logisticRegression(A, b, options);
  if (model === 'softmax') return softmaxRegression(A, b, options);
  if (model === 'multi-task') {
    return multiTaskLasso(A, { layout: 'column', rows: A.rows, cols: outputs, data: b }, options);
  }
  const groups = Int32Array.from({ length: A.cols }, (_, j) => Math.floor(j / groupSize));
  return groupLasso(A, b, { ...options, groups });
}

/** `@lemmata/coordinate-descent`. */
export function solver(given: Params): Solver<ModelInstance, ModelSolution> {
  const params = readParams('solver lemmata-models', given, {});
  let instance: ModelInstance;
  let latest: Float64Array;
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
      const { coefficients, counts: spent } = fit(instance, {
        ...(probe.tolerance === undefined ? {} : { tolerance: probe.tolerance }),
        onIteration: (state) => {
          latest = state.coefficients;
          counts = { columnTouches: state.columnTouches };
          return probe.tick();
        },
      });
      latest = coefficients instanceof Float64Array ? coefficients : coefficients.data;
      counts = { ...spent };
    },
    solution: () => ({ coefficients: byOutput(latest, instance.outputs) }),
    counts: () => counts,
  };
}
