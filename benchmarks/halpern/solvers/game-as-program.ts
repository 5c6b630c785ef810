// A game, written as a linear program and solved by our `solveLP`: which of our two ways to an equilibrium is shorter?
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { type LpState, solveLP } from '@lemmata/halpern';
import { BestSoFar } from '../best-so-far.js';
import { type GameInstance, type GameSolution, payoffRange } from '../game-certificate.js';
import { gameProgram, strategiesOf } from '../game-program.js';
import type { ProgramInstance } from '../kkt-errors.js';

/** `solveLP` on a game; one product with A counts as its share of rows and columns. */
export function solver(given: Params): Solver<GameInstance, GameSolution> {
  let program: ProgramInstance;
  let range: number;
  let share: number;
  let solution: GameSolution;
  let counts: Readonly<Record<string, number>>;
  return {
    name: 'lemmata-program',
    version: '1',
    params: readParams('solver lemmata-program', given, {}),
    language: 'TypeScript',
    sampling: 'callback',
    determinism: 'R3',
    supports: () => true,
    setup: ({ A }) => {
      program = gameProgram({ A });
      range = payoffRange({ A });
      share = (A.rows * A.cols) / (A.rows + A.cols);
    },
    run: (probe) => {
      const best = new BestSoFar(probe);
      const onIteration = ({ x, y, matvecs, primalError, dualError, gap }: LpState) => {
        counts = { evaluations: matvecs * share };
        return best.offer(Math.max(primalError, dualError, gap), () => {
          solution = strategiesOf({ x, y });
        });
      };
      const result = solveLP(program, {
        ...(probe.tolerance === undefined ? {} : { tolerance: Math.min(1, probe.tolerance * range) }),
        maxIterations: 100_000,
        onIteration,
      });
      solution = strategiesOf(result);
      counts = { evaluations: result.counts.matvecs * share };
    },
    solution: () => solution,
    counts: () => counts,
  };
}
