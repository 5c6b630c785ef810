// Our matrix games, through their public call.
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { type GameState, matrixGame } from '@lemmata/halpern';
import { BestSoFar } from '../best-so-far.js';
import { type GameInstance, type GameSolution, payoffRange } from '../game-certificate.js';

/** `matrixGame` by one of its methods: variance-reduced steps, or extragradient steps with F in full as the baseline. */
export function solver(given: Params): Solver<GameInstance, GameSolution> {
  const params = readParams('solver lemmata', given, {
    method: ['vr-forb', 'inexact-halpern', 'vr-halpern', 'anchored-gradient', 'extragradient'],
  });
  let instance: GameInstance;
  let range: number;
  let seed: string;
  let solution: GameSolution;
  let counts: Readonly<Record<string, number>>;
  return {
    name: 'lemmata',
    version: '1',
    params,
    language: 'TypeScript',
    sampling: 'callback',
    determinism: 'R3',
    supports: () => true,
    setup: (given, context) => {
      instance = given;
      range = payoffRange(given);
      seed = context.seed;
    },
    run: (probe) => {
      const { A } = instance;
      const best = new BestSoFar(probe);
      const onIteration = ({ strategies, evaluations, gap }: GameState) => {
        counts = { evaluations };
        return best.offer(gap, () => {
          solution = { x: strategies.slice(0, A.cols), y: strategies.slice(A.cols) };
        });
      };
      const result = matrixGame(A, {
        method: params.method,
        seed,
        maxEvaluations: Infinity,
        ...(probe.tolerance === undefined ? {} : { tolerance: probe.tolerance * range }),
        onIteration,
      });
      solution = { x: result.x, y: result.y };
      counts = { ...result.counts };
    },
    solution: () => solution,
    counts: () => counts,
  };
}
