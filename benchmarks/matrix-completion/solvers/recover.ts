// Our solvers on matrices of exactly low rank, until the observed entries are met as well as the target asks.
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { type Completion, completeMatrix, robustAlternatingMinimization } from '@lemmata/matrix-completion';
import type { CompletionInstance, CompletionSolution } from '../completion.js';

/** `robustAlternatingMinimization`, or `completeMatrix` with inexact or exact solves. */
export function solver(given: Params): Solver<CompletionInstance, CompletionSolution> {
  const params = readParams('solver recover', given, { algorithm: ['robust', 'als', 'als-exact'] });
  let instance: CompletionInstance;
  let seed = '';
  let solution: CompletionSolution;
  let counts: Readonly<Record<string, number>>;

  function complete(tolerance: number): Completion {
    const { rows, cols, rowOf, colOf, values, rank, rounds } = instance;
    const observed = { rows: rowOf, cols: colOf, values, shape: [rows, cols] } as const;
    const common = { rank, seed, maxIterations: rounds };
    if (params.algorithm === 'robust') return robustAlternatingMinimization(observed, { ...common, tolerance });
    const exact = params.algorithm === 'als-exact';
    return completeMatrix(observed, {
      ...common,
      lambda: 0,
      solver: exact ? 'cholesky' : 'pcg',
      finalize: exact,
      tolerance: 0,
      residualTolerance: tolerance,
    });
  }

  return {
    name: 'recover',
    version: '1',
    params,
    language: 'TypeScript',
    sampling: 'rerun',
    determinism: 'R3',
    supports: ({ lambda }) => lambda === 0 || { skip: 'only for lambda 0: matrices of exactly low rank' },
    setup: (given, context) => {
      instance = given;
      seed = context.seed;
    },
    run: (probe) => {
      const fit = complete(probe.tolerance ?? 1e-8);
      const { U, V, rowBiases, colBiases, mean } = fit;
      solution = { U: U.data, V: V.data, rowBiases, colBiases, mean };
      counts = { ...fit.counts, rounds: fit.iterations };
    },
    solution: () => solution,
    counts: () => counts,
  };
}
