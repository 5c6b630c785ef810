// Our linear programs, through their public call.
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { type LpState, solveLP } from '@lemmata/halpern';
import { BestSoFar } from '../best-so-far.js';
import type { ProgramInstance, ProgramSolution } from '../kkt-errors.js';

/** `solveLP`. */
export function solver(given: Params): Solver<ProgramInstance, ProgramSolution> {
  let instance: ProgramInstance;
  let solution: ProgramSolution;
  let counts: Readonly<Record<string, number>>;
  return {
    name: 'lemmata',
    version: '1',
    params: readParams('solver lemmata', given, {}),
    language: 'TypeScript',
    sampling: 'callback',
    determinism: 'R3',
    supports: () => true,
    setup: (given) => {
      instance = given;
    },
    run: (probe) => {
      const best = new BestSoFar(probe);
      const onIteration = ({ x, y, matvecs, primalError, dualError, gap }: LpState) => {
        counts = { matvecs };
        return best.offer(Math.max(primalError, dualError, gap), () => {
          solution = { x: x.slice(), y: y.slice() };
        });
      };
      const result = solveLP(instance, {
        ...(probe.tolerance === undefined ? {} : { tolerance: probe.tolerance }),
        maxIterations: 100_000,
        onIteration,
      });
      solution = { x: result.x, y: result.y };
      counts = { ...result.counts };
    },
    solution: () => solution,
    counts: () => counts,
  };
}
