// Our alternating least squares, through its public call: a fixed number of rounds, as the peers make.
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { completeMatrix } from '@lemmata/matrix-completion';
import type { CompletionInstance, CompletionSolution } from '../completion.js';

/** `completeMatrix` by one of its ways to solve rows and columns. */
export function solver(given: Params): Solver<CompletionInstance, CompletionSolution> {
  const params = readParams('solver lemmata', given, { solver: ['auto', 'cholesky', 'cg', 'pcg'] });
  let instance: CompletionInstance;
  let seed = '';
  let solution: CompletionSolution;
  let counts: Readonly<Record<string, number>>;
  return {
    name: 'lemmata',
    version: '1',
    params,
    language: 'TypeScript',
    sampling: 'once',
    determinism: 'R3',
    supports: () => true,
    setup: (given, context) => {
      instance = given;
      seed = context.seed;
    },
    run: (probe) => {
      const { rows, cols, rowOf, colOf, values, rank, lambda, rounds } = instance;
      const fit = completeMatrix(
        { rows: rowOf, cols: colOf, values, shape: [rows, cols] },
        { rank, lambda, solver: params.solver, seed, maxIterations: rounds, tolerance: 0, historyEvery: rounds },
      );
      const { U, V, rowBiases, colBiases, mean } = fit;
      solution = { U: U.data, V: V.data, rowBiases, colBiases, mean };
      counts = { ...fit.counts, rounds: fit.iterations };
      probe.tick();
    },
    solution: () => solution,
    counts: () => counts,
  };
}
